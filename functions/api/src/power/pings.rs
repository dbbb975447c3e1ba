//! Where devices call. They say who they are by the key in the path, and nothing else of the request is looked at.

use axum::http::StatusCode;
use kabar_domain::power::Says;

use crate::frame::{Anyone, Id, InPath, Request, Result};

/// What stands in the path; whether it is good is for the store to say.
pub(crate) struct DeviceKey(String);

impl InPath for DeviceKey {
    fn read(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
}

macro_rules! calls {
    ($($(#[doc = $doc:literal])* $name:ident: $method:ident $path:literal $says:ident;)*) => {$(
        $(#[doc = $doc])*
        #[utoipa::path($method, path = $path, tag = "power", params(("key" = String, Path)), responses((status = 204)))]
        pub(crate) async fn $name(
            _: Anyone,
            Request(app): Request,
            Id(DeviceKey(key)): Id<DeviceKey>,
        ) -> Result<StatusCode> {
            app.ping(&key, Says::$says).await?;
            Ok(StatusCode::NO_CONTENT)
        }
    )*};
}

calls! {
    /// A device calls: it lives, on mains power. The answer comes when that is stored.
    get_ping: get "/ping/{key}/" Alive;
    /// A device calls: it lives, on mains power. The answer comes when that is stored.
    ping: post "/ping/{key}/" Alive;
    /// A device says outright that there is no power. That stands until it says something else, however long it is silent.
    get_ping_off: get "/ping/{key}/off/" Off;
    /// A device says outright that there is no power. That stands until it says something else, however long it is silent.
    ping_off: post "/ping/{key}/off/" Off;
    /// A device says outright that there is power. That stands until it says something else, however long it is silent.
    get_ping_on: get "/ping/{key}/on/" On;
    /// A device says outright that there is power. That stands until it says something else, however long it is silent.
    ping_on: post "/ping/{key}/on/" On;
}
