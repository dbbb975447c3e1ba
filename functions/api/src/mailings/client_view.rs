use jiff::Timestamp;
use kabar_domain::{
    Invalid, Language, Zone,
    mailings::{Client, ClientChange, NewClient, OperatorCode, Phone, Tag},
    people::{Email, person_name},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{Fields, Result, Sent, read_text};

/// Somebody whom mailings go to.
#[derive(Serialize, ToSchema)]
#[schema(as = Client)]
pub(crate) struct ClientView {
    id: String,
    #[schema(example = "79161234567")]
    phone: String,
    /// To be found by: digits 2 to 4 of the phone, unless another was given.
    #[schema(example = "916")]
    operator_code: String,
    /// To be found by; perhaps empty, never null.
    #[schema(example = "vip")]
    tag: String,
    /// IANA name of the zone in which their clock stands.
    #[schema(example = "Europe/Moscow")]
    time_zone: String,
    email: Option<String>,
    /// How to greet them; perhaps empty, never null.
    first_name: String,
    /// What they read: `en` or `id`.
    language: Option<&'static str>,
    /// Whether they asked to be mailed no more.
    unsubscribed: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Client> for ClientView {
    fn from(client: Client) -> Self {
        Self {
            id: client.id.to_string(),
            phone: client.phone.as_str().to_owned(),
            operator_code: client.operator_code.as_str().to_owned(),
            tag: client.tag.as_str().to_owned(),
            time_zone: client.zone.name().to_owned(),
            email: client.email.map(|email| email.as_str().to_owned()),
            first_name: client.first_name,
            language: client.language.map(Language::code),
            unsubscribed: client.is_unsubscribed,
            created_at: client.created_at,
        }
    }
}

/// A part of the list of clients.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClientList {
    pub(super) clients: Vec<ClientView>,
    /// Give as `cursor` to go on; null at the end.
    pub(super) next: Option<String>,
}

/// What a client is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewClient)]
pub(crate) struct ClientBody {
    /// 11 digits, the first a 7, perhaps after a `+`; no two clients have the same.
    #[schema(value_type = String, required, pattern = r"^\+?7[0-9]{10}$", example = "79161234567")]
    phone: Sent,
    /// 3 digits; unless said, digits 2 to 4 of the phone.
    #[schema(value_type = Option<String>, pattern = r"^[0-9]{3}$", example = "916")]
    operator_code: Sent,
    /// Letter case counts.
    #[schema(value_type = Option<String>, max_length = 64, example = "vip")]
    tag: Sent,
    /// IANA name.
    #[schema(value_type = String, required, example = "Europe/Moscow")]
    time_zone: Sent,
    #[schema(value_type = Option<String>, max_length = 254, example = "ayu@example.com")]
    email: Sent,
    /// How to greet them.
    #[schema(value_type = Option<String>, max_length = 150, example = "Ayu")]
    first_name: Sent,
    /// `en` or `id`.
    #[schema(value_type = Option<String>, example = "id")]
    language: Sent,
}

/// What is to change of a client; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ClientChange)]
pub(crate) struct ClientChangeBody {
    /// 11 digits, the first a 7, perhaps after a `+`. With another phone comes its own operator code, unless one is given.
    #[schema(value_type = Option<String>, pattern = r"^\+?7[0-9]{10}$", example = "79031234567")]
    phone: Sent,
    /// 3 digits, or null for digits 2 to 4 of the phone.
    #[schema(value_type = Option<String>, pattern = r"^[0-9]{3}$", example = "903")]
    operator_code: Sent,
    #[schema(value_type = Option<String>, max_length = 64, example = "vip")]
    tag: Sent,
    /// IANA name.
    #[schema(value_type = Option<String>, example = "Asia/Yekaterinburg")]
    time_zone: Sent,
    /// An address, or null for none.
    #[schema(value_type = Option<String>, max_length = 254, example = "ayu@example.com")]
    email: Sent,
    /// How to greet them; perhaps empty.
    #[schema(value_type = Option<String>, max_length = 150, example = "Ayu")]
    first_name: Sent,
    /// Whether they are mailed no more.
    #[schema(value_type = Option<bool>)]
    unsubscribed: Sent,
    /// `en` or `id`, or null for nothing known.
    #[schema(value_type = Option<String>, example = "en")]
    language: Sent,
}

impl ClientBody {
    pub(super) fn read(&self) -> Result<NewClient> {
        let mut fields = Fields::default();
        let phone = fields.required("phone", &self.phone, |v| Phone::parse(read_text(v)?));
        let operator_code = fields.optional("operator_code", &self.operator_code, |v| {
            OperatorCode::parse(read_text(v)?)
        });
        let tag = fields.optional("tag", &self.tag, |v| Tag::parse(read_text(v)?));
        let zone = fields.required("time_zone", &self.time_zone, |v| Zone::parse(read_text(v)?));
        let email = fields.optional("email", &self.email, |v| Email::parse(read_text(v)?));
        let language = fields.optional("language", &self.language, |v| Language::parse(read_text(v)?));
        let first_name = fields.optional("first_name", &self.first_name, |v| person_name(read_text(v)?));
        let (phone, zone) = fields.all((phone, zone))?;
        Ok(NewClient {
            phone,
            operator_code,
            tag: tag.unwrap_or_default(),
            zone,
            email,
            first_name: first_name.unwrap_or_default(),
            language,
        })
    }

    /// The change that leaves nothing as it was.
    pub(super) fn read_whole(&self) -> Result<ClientChange> {
        let new = self.read()?;
        Ok(ClientChange {
            phone: Some(new.phone),
            operator_code: Some(new.operator_code),
            tag: Some(new.tag),
            zone: Some(new.zone),
            email: Some(new.email),
            first_name: Some(new.first_name),
            language: Some(new.language),
            is_unsubscribed: None,
        })
    }
}

impl ClientChangeBody {
    pub(super) fn read(&self) -> Result<ClientChange> {
        let mut fields = Fields::default();
        let phone = fields.change("phone", &self.phone, |v| Phone::parse(read_text(v)?));
        let code = fields.optional("operator_code", &self.operator_code, |v| {
            OperatorCode::parse(read_text(v)?)
        });
        let tag = fields.change("tag", &self.tag, |v| Tag::parse(read_text(v)?));
        let zone = fields.change("time_zone", &self.time_zone, |v| Zone::parse(read_text(v)?));
        let email = fields.optional("email", &self.email, |v| Email::parse(read_text(v)?));
        let language = fields.optional("language", &self.language, |v| Language::parse(read_text(v)?));
        let first_name = fields.change("first_name", &self.first_name, |v| person_name(read_text(v)?));
        let is_unsubscribed = fields.change("unsubscribed", &self.unsubscribed, |v| {
            v.as_bool()
                .ok_or_else(|| Invalid::because("Must be true or false."))
        });
        fields.done()?;
        Ok(ClientChange {
            phone,
            operator_code: self.operator_code.is_there().then_some(code),
            tag,
            zone,
            email: self.email.is_there().then_some(email),
            first_name,
            is_unsubscribed,
            language: self.language.is_there().then_some(language),
        })
    }
}
