use kabar_app::people::{Export, ExportList, ExportPlace};
use serde::Serialize;
use utoipa::ToSchema;

use super::{preferences::PreferencesView, users::UserView};
use crate::{
    events::{payments::PaymentView, registrations::RegistrationView},
    frame::{Entity, Fields, ListQuery, Listing, LoggedIn, Params, Request, Result},
    power::{followers::FollowerView, home_view::HomeView},
    telegram::subscriber_view::SubscriberView,
    telling::own_messages::OwnMessageView,
};

const LISTING: Listing = Listing {
    name: "export",
    is_sort_key: |key| place(key).is_some(),
};

/// All that Kabar knows of me, or a part of it. Of a password and of the keys of devices only hashes are kept, which are not
/// among it.
#[derive(Serialize, ToSchema)]
#[schema(as = Export)]
pub(crate) struct ExportView {
    user: UserView,
    preferences: PreferencesView,
    /// The homes that I am in, my own and others', with their detectors.
    homes: Vec<HomeView>,
    /// The regions that I follow.
    follows: Vec<FollowerView>,
    /// The chat that I have connected, if I have one.
    telegram: Option<SubscriberView>,
    registrations: Vec<RegistrationView>,
    payments: Vec<PaymentView>,
    /// What I was told.
    messages: Vec<OwnMessageView>,
    /// Give as `cursor` to go on with registrations, payments and messages; null when there are no more.
    next: Option<String>,
}

impl From<Export> for ExportView {
    fn from(export: Export) -> Self {
        Self {
            user: export.user.into(),
            preferences: (&export.preferences).into(),
            homes: export.homes.into_iter().map(HomeView::from).collect(),
            follows: export.follows.into_iter().map(FollowerView::from).collect(),
            telegram: export.chat.map(SubscriberView::from),
            registrations: export
                .registrations
                .into_iter()
                .map(RegistrationView::from)
                .collect(),
            payments: export.payments.into_iter().map(PaymentView::from).collect(),
            messages: export.messages.into_iter().map(OwnMessageView::from).collect(),
            next: export.next.map(|next| LISTING.cursor(&key(&next))),
        }
    }
}

/// All that Kabar knows of me, as one document. Whoever has more than five hundred registrations, payments and messages gets
/// them in parts, the newest of each first; everything else is in every part.
#[utoipa::path(get, path = "/api/users/me/export/", tag = "people",
    params(("cursor" = Option<String>, Query, description = "Where to go on: the `next` of the part before")),
    responses((status = 200, body = ExportView), (status = 400)))]
pub(crate) async fn export_me(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Entity<ExportView>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let from = query.cursor(LISTING);
    query.fields.done()?;
    let export = app.export(&caller, from.as_deref().and_then(place)).await?;
    Ok(Entity::unversioned(export.into()))
}

/// A place in an export, as a cursor has it.
fn key(place: &ExportPlace) -> String {
    format!(
        "{}/{}",
        place.list.name(),
        place.after.as_deref().unwrap_or_default()
    )
}

fn place(key: &str) -> Option<ExportPlace> {
    let (name, after) = key.split_once('/')?;
    let list = ExportList::ALL.into_iter().find(|list| list.name() == name)?;
    let after = Some(after).filter(|after| !after.is_empty());
    let is_good = after.is_none_or(|after| kabar_domain::ids::MessageId::parse(after).is_some());
    is_good.then(|| ExportPlace {
        list,
        after: after.map(str::to_owned),
    })
}
