//! Clients as they lie in the table.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::ClientId,
    mailings::{Client, OperatorCode, Phone, Tag},
    people::Email,
};
use serde::{Deserialize, Serialize};

use crate::{Result, StoreError, instant::Millis};

#[derive(Serialize, Deserialize)]
pub(super) struct ClientItem {
    pub(super) id: String,
    phone: String,
    operator_code: String,
    tag: String,
    time_zone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    first_name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_unsubscribed: bool,
    created_at: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved_at: Option<Millis>,
    version: u64,
}

/// Whose phone it is.
#[derive(Serialize, Deserialize)]
pub(super) struct ClaimItem {
    pub(super) holder: String,
}

pub(super) fn id(text: &str) -> Result<ClientId> {
    ClientId::parse(text).ok_or_else(|| StoreError::unreadable("a client's id"))
}

impl From<&Client> for ClientItem {
    fn from(client: &Client) -> Self {
        Self {
            id: client.id.to_string(),
            phone: client.phone.as_str().to_owned(),
            operator_code: client.operator_code.as_str().to_owned(),
            tag: client.tag.as_str().to_owned(),
            time_zone: client.zone.name().to_owned(),
            email: client.email.as_ref().map(|email| email.as_str().to_owned()),
            language: client.language.map(|language| language.code().to_owned()),
            first_name: client.first_name.clone(),
            is_unsubscribed: client.is_unsubscribed,
            created_at: client.created_at.into(),
            moved_at: client.moved_at.map(Millis::from),
            version: client.version,
        }
    }
}

impl TryFrom<ClientItem> for Client {
    type Error = StoreError;

    fn try_from(item: ClientItem) -> Result<Self> {
        Ok(Self {
            id: id(&item.id)?,
            phone: Phone::parse(&item.phone)?,
            operator_code: OperatorCode::parse(&item.operator_code)?,
            tag: Tag::parse(&item.tag)?,
            zone: Zone::parse(&item.time_zone)?,
            email: item.email.as_deref().map(Email::parse).transpose()?,
            language: item.language.as_deref().map(Language::parse).transpose()?,
            first_name: item.first_name,
            is_unsubscribed: item.is_unsubscribed,
            created_at: item.created_at.into(),
            moved_at: item.moved_at.map(Timestamp::from),
            version: item.version,
        })
    }
}
