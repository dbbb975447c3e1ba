use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{Method, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use kabar_api::frame::Problem;
use kabar_app::{Failure, people::Tokens};
use kabar_domain::{Language, Zone, people::Caller};
use serde_json::Value;

use super::{Answered, Call, Refused, Result, session_of, shown};
use crate::{Console, asked::Asked, routes::page_above};

/// Who may open a page, before it looks at what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everybody.
    Anyone,
    /// Whoever is logged in; what of it is theirs the API says.
    LoggedIn,
}

/// Everybody may open it.
pub(crate) struct Anyone;

/// Somebody who is logged in, and reads in their language and by their clock.
pub(crate) struct Reader {
    pub(crate) console: Console,
    /// As the API describes them.
    pub(crate) me: Value,
    pub(crate) language: Language,
    pub(crate) zone: Zone,
    /// As whom the API lets them in.
    pub(crate) caller: Caller,
    /// What proves that a form is ours.
    pub(crate) csrf: String,
    /// What they asked for.
    pub(crate) uri: Uri,
    /// The page that they are on; on the answer to a form, one that can be opened again.
    pub(crate) here: String,
}

/// The parameters of a handler, the first of which says who may open it.
pub(crate) trait Declares {
    const RULE: Rule;
}

macro_rules! declares {
    ($($first:ty => $rule:ident: $(($($other:ident),*))*;)*) => {$($(
        impl<Marker, $($other),*> Declares for (Marker, $first, $($other,)*) {
            const RULE: Rule = Rule::$rule;
        }
    )*)*};
}
declares! {
    Anyone => Anyone: () (A) (A, B) (A, B, C) (A, B, C, D);
    Reader => LoggedIn: () (A) (A, B) (A, B, C) (A, B, C, D);
}

impl Console {
    /// What the forms of a session know, and nobody else.
    async fn csrf(&self, cookie: &str) -> Result<String> {
        Ok(csrf_of(self.app.tokens().await.map_err(not_let_in)?, cookie))
    }

    /// Whether this is what the forms of a session know. Fingerprints are compared, so that how long it takes says nothing
    /// of how much is right.
    pub(super) async fn is_of_session(&self, said: &str, cookie: &str) -> Result<bool> {
        let tokens = self.app.tokens().await.map_err(not_let_in)?;
        let [said, known] =
            [said, &csrf_of(tokens, cookie)].map(|text| tokens.fingerprint(&[text.as_bytes()]));
        Ok(said == known)
    }

    /// By which a form that is sent twice is known again.
    pub(crate) fn once(&self) -> String {
        let mut random = [0; 16];
        self.app.world.fill_random(&mut random);
        BASE64.encode(random)
    }
}

impl<S: Sync> FromRequestParts<S> for Anyone {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        Ok(Self)
    }
}

impl FromRequestParts<Console> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> std::result::Result<Self, Response> {
        match Self::of(console, parts).await {
            Ok(reader) => {
                // What else looks at this request speaks their language too.
                parts.extensions.insert(reader.language);
                Ok(reader)
            }
            Err(refused) if refused.status == Refused::not_logged_in().status => {
                Err(to_log_in(&parts.method, &parts.uri))
            }
            Err(refused) => {
                let Ok(asked) = Asked::from_request_parts(parts, console).await;
                Err(shown::refused(&refused, asked.language))
            }
        }
    }
}

fn csrf_of(tokens: &Tokens, cookie: &str) -> String {
    tokens.fingerprint(&[b"form", cookie.as_bytes()])
}

/// Why somebody cannot be let in, as the API would say it.
fn not_let_in(failure: Failure) -> Refused {
    Refused::of(Problem::from(failure).into_response().status())
}

/// Whoever logs in goes on where they wanted to be, if that was a page.
fn to_log_in(method: &Method, uri: &Uri) -> Response {
    let wanted = uri.path_and_query().map_or("/", |path| path.as_str());
    let query = match *method {
        Method::GET if wanted != "/" => {
            let mut query = url::form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
            query.append_pair("next", wanted).finish()
        }
        _ => String::new(),
    };
    Redirect::to(&format!("/login{query}")).into_response()
}

/// Where whoever asks is, without the host, which a request's address has on AWS.
fn here(parts: &Parts) -> String {
    let route = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    match parts.method {
        Method::GET => parts
            .uri
            .path_and_query()
            .map_or("/", |here| here.as_str())
            .to_owned(),
        _ => page_above(route, parts.uri.path()).to_owned(),
    }
}

impl Reader {
    /// Whoever has a cookie of a session that is open. A read of the store, and what the API reads for their account.
    async fn of(console: &Console, parts: &Parts) -> Result<Self> {
        let cookie = session_of(&parts.headers).ok_or_else(Refused::not_logged_in)?;
        let enter = async { console.app.enter(&cookie).await.map_err(not_let_in) };
        let (caller, csrf) = tokio::try_join!(enter, console.csrf(&cookie))?;
        let me = console
            .api
            .ask(Call::new(Method::GET, "/api/users/me", Some(&caller)))
            .await?
            .value;
        Ok(Self {
            console: console.clone(),
            language: me["language"]
                .as_str()
                .and_then(|code| Language::parse(code).ok())
                .unwrap_or_default(),
            zone: me["time_zone"]
                .as_str()
                .and_then(|name| Zone::parse(name).ok())
                .unwrap_or_else(Zone::utc),
            csrf,
            me,
            caller,
            here: here(parts),
            uri: parts.uri.clone(),
        })
    }

    /// What the API has at a path.
    ///
    /// # Errors
    /// What the API refuses.
    pub(crate) async fn get(&self, path: impl Into<String>) -> Result<Answered> {
        let call = Call::new(Method::GET, path, Some(&self.caller));
        self.console.api.ask(call).await
    }

    /// Changes something.
    ///
    /// # Errors
    /// What the API refuses.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> Result<Answered> {
        let call = Call::new(method, path, Some(&self.caller)).with(body);
        self.console.api.ask(call).await
    }

    /// Whether they look after everything.
    pub(crate) fn is_staff(&self) -> bool {
        self.me["is_superuser"] == true || self.is_in("admin")
    }

    /// Whether they look after events.
    pub(crate) fn is_organizer(&self) -> bool {
        self.is_staff() || self.is_in("organizer")
    }

    fn is_in(&self, group: &str) -> bool {
        self.me["groups"]
            .as_array()
            .is_some_and(|groups| groups.iter().any(|one| one == group))
    }

    /// By which a form that is sent twice is known again.
    pub(crate) fn once(&self) -> String {
        self.console.once()
    }
}
