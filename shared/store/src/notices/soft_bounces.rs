use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{AddressId, MessageId},
    news::SoftBounces,
};
use serde::{Deserialize, Serialize};

use super::{Notices, items::id};
use crate::{Result, StoreError, db::item, instant::Millis, keys, keys::Key};

/// How long soft bounces are remembered: an address that gets fewer than three mails in this time is not one that is
/// mailed in vain.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The soft bounces of an address, as they lie there.
#[derive(Clone, Debug, Default)]
pub struct Bounced {
    /// Which.
    pub soft: SoftBounces,
    /// How often they were written.
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct BouncedItem {
    pk: String,
    sk: String,
    version: u64,
    bounces: Vec<(String, Millis)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delivered_at: Option<Millis>,
    /// For `DynamoDB`'s time to live: seconds.
    expires_at: i64,
}

impl TryFrom<BouncedItem> for Bounced {
    type Error = StoreError;

    fn try_from(item: BouncedItem) -> Result<Self> {
        let bounces = item.bounces.into_iter();
        let bounces = bounces.map(|(message, at)| Ok((id(MessageId::parse(&message))?, at.into())));
        Ok(Self {
            soft: SoftBounces {
                bounces: bounces.collect::<Result<_>>()?,
                delivered_at: item.delivered_at.map(Timestamp::from),
            },
            version: item.version,
        })
    }
}

impl Notices {
    /// The soft bounces of these addresses, of which none may be asked for twice; those without any are left out. What
    /// was written a moment ago may be missing: whoever writes them holds to the version that was read. One read for
    /// every hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn bounced(
        &self,
        addresses: impl IntoIterator<Item = AddressId>,
    ) -> Result<HashMap<AddressId, Bounced>> {
        let by_name: HashMap<String, AddressId> = addresses
            .into_iter()
            .map(|address| (address.to_string(), address))
            .collect();
        let keys = by_name.values().copied().map(keys::soft_bounces).collect();
        let mut bounced = HashMap::new();
        for found in self.0.get_many::<BouncedItem>(keys, false).await? {
            let address = keys::bounced_of(&found.pk).and_then(|name| by_name.get(name));
            bounced.insert(id(address.copied())?, found.try_into()?);
        }
        Ok(bounced)
    }

    /// The write of an address's soft bounces, if they are still the version that was read.
    pub(super) fn write_bounced(
        &self,
        address: AddressId,
        bounced: &Bounced,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let Key { pk, sk } = keys::soft_bounces(address);
        let SoftBounces {
            bounces,
            delivered_at,
        } = &bounced.soft;
        let after = item(&BouncedItem {
            pk,
            sk,
            version: bounced.version + 1,
            bounces: bounces
                .iter()
                .map(|(message, at)| (message.to_string(), (*at).into()))
                .collect(),
            delivered_at: delivered_at.map(Millis::from),
            expires_at: (now + REMEMBERED).as_second(),
        })?;
        match bounced.version {
            0 => self.0.put_new(after),
            version => self.0.replace(after, version),
        }
    }
}
