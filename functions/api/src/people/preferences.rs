use kabar_domain::{
    Invalid,
    news::{Preferences, Topic},
    power::Channel,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{
    ToSchema,
    openapi::{
        Schema,
        schema::{AdditionalProperties, ObjectBuilder, Type},
    },
};

use crate::frame::{Body, Entity, Fields, IfMatch, LoggedIn, Request, Result, Sent};

/// What a person wants to be told, and how. What they ask for by what they do (a password, a ticket) is not among it.
#[derive(Serialize, ToSchema)]
#[schema(as = Preferences)]
pub(crate) struct PreferencesView {
    /// Of events that are about to start.
    reminders: ChannelsView,
    /// Of power that is out, or back.
    outages: ChannelsView,
    /// What operators mail to many.
    mailings: ChannelsView,
}

/// By which channels a person wants to be told.
#[derive(Serialize, ToSchema)]
#[schema(as = Channels)]
pub(crate) struct ChannelsView {
    #[schema(example = true)]
    email: bool,
    #[schema(example = true)]
    telegram: bool,
}

impl From<&Preferences> for PreferencesView {
    fn from(preferences: &Preferences) -> Self {
        let channels = |topic| ChannelsView {
            email: preferences.wants(topic, Channel::Email),
            telegram: preferences.wants(topic, Channel::Telegram),
        };
        Self {
            reminders: channels(Topic::Reminders),
            outages: channels(Topic::Outages),
            mailings: channels(Topic::Mailings),
        }
    }
}

/// What a person wants to be told from now on; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PreferencesChange)]
pub(crate) struct PreferencesBody {
    #[schema(schema_with = channels_change)]
    reminders: Sent,
    #[schema(schema_with = channels_change)]
    outages: Sent,
    #[schema(schema_with = channels_change)]
    mailings: Sent,
}

/// By which channels a person wants to be told from now on; what is absent stays.
fn channels_change() -> Schema {
    let wants = || ObjectBuilder::new().schema_type(Type::Boolean);
    ObjectBuilder::new()
        .property(Channel::Email.name(), wants())
        .property(Channel::Telegram.name(), wants())
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .description(Some("By which channels, or not; what is absent stays."))
        .examples([json!({ "email": false })])
        .into()
}

impl PreferencesBody {
    fn read(&self) -> Result<Vec<(Topic, Channel, bool)>> {
        let mut fields = Fields::default();
        let mut change = Vec::new();
        for (topic, sent) in [
            (Topic::Reminders, &self.reminders),
            (Topic::Outages, &self.outages),
            (Topic::Mailings, &self.mailings),
        ] {
            let channels = fields
                .change(topic.name(), sent, read_channels)
                .unwrap_or_default();
            change.extend(
                channels
                    .into_iter()
                    .map(|(channel, wants)| (topic, channel, wants)),
            );
        }
        fields.done()?;
        Ok(change)
    }
}

fn read_channels(value: &Value) -> std::result::Result<Vec<(Channel, bool)>, Invalid> {
    let shape = || Invalid::because("Must be an object with email, telegram or both, each true or false.");
    let channels = value.as_object().ok_or_else(shape)?;
    let read = |(name, wants): (&String, &Value)| {
        let channel = Channel::parse(name).ok();
        let channel = channel.filter(|channel| Channel::OF_ACCOUNTS.contains(channel));
        let channel = channel.ok_or_else(shape)?;
        Ok((channel, wants.as_bool().ok_or_else(shape)?))
    };
    channels.iter().map(read).collect()
}

fn entity(preferences: &Preferences) -> Entity<PreferencesView> {
    Entity::versioned(preferences.version, preferences.into())
}

/// What do I want to be told?
#[utoipa::path(get, path = "/api/users/me/preferences/", tag = "people",
    responses((status = 200, body = PreferencesView)))]
pub(crate) async fn get_preferences(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
) -> Result<Entity<PreferencesView>> {
    Ok(entity(&app.preferences(&caller).await?))
}

/// Say what I want to be told, from the next message on. What is absent stays.
#[utoipa::path(put, path = "/api/users/me/preferences/", tag = "people", request_body = PreferencesBody,
    params(("If-Match" = Option<String>, Header, description = "Only if it still has this entity tag")),
    responses((status = 200, body = PreferencesView), (status = 412, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_preferences(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    IfMatch(expected): IfMatch,
    Body(body): Body<PreferencesBody>,
) -> Result<Entity<PreferencesView>> {
    let change = body.read()?;
    Ok(entity(&app.change_preferences(&caller, expected, &change).await?))
}
