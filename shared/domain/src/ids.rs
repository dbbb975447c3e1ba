//! Identifiers: `UUIDv7`, so that the newest sorts last, each kind a type of its own.

use std::fmt;

use jiff::Timestamp;
use uuid::{Builder, Uuid, Variant, Version};

use crate::{World, news::Topic};

/// The part of a notice's id that numbers its pages (24 bits) and the messages of a page (8 bits).
const PLACE_BITS: u32 = 32;
/// Where the milliseconds of a `UUIDv7` begin (RFC 9562, §5.7).
const MILLIS_AT: u32 = 80;

fn v7(world: &dyn World) -> Uuid {
    let mut random = [0; 10];
    world.fill_random(&mut random);
    let millis = u64::try_from(world.now().as_millisecond()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Only the hyphenated form is an id, so that one object has one URL.
fn parse(text: &str) -> Option<Uuid> {
    let uuid = (text.len() == 36).then(|| Uuid::try_parse(text).ok())??;
    let is_v7 = uuid.get_version() == Some(Version::SortRand) && uuid.get_variant() == Variant::RFC4122;
    is_v7.then_some(uuid)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Reads the hyphenated form; anything else is the id of nothing.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                parse(text).map(Self)
            }

            /// The sixteen bytes.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// Back from [`Self::to_bytes`].
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! made {
    ($($name:ident),*) => {$(
        impl $name {
            /// A new id, which sorts after all that were made before.
            #[must_use]
            pub fn new(world: &dyn World) -> Self {
                Self(v7(world))
            }
        }
    )*};
}

id!(/// A person.
    UserId);
id!(/// A login: the family of tokens that came from it.
    SessionId);
id!(/// An event that people can hold tickets for.
    EventId);
id!(/// A kind of ticket of an event.
    TicketId);
id!(/// One person's seat, by one ticket.
    RegistrationId);
id!(/// A payment for a registration.
    PaymentId);
id!(/// A picture of an event.
    PosterId);
id!(/// A region of the power grid.
    RegionId);
id!(/// A metered place in a region.
    HomeId);
id!(/// What tells whether a home has power.
    DetectorId);
id!(/// One cut of the power.
    OutageId);
id!(/// A cut that is to come.
    PlannedCutId);
id!(/// Somebody whom mailings go to.
    ClientId);
id!(/// A file of clients that is imported.
    ImportId);
id!(/// A mail or text message that an operator sends to many.
    MailingId);
id!(/// A piece of news; its last 32 bits are zero, for its pages and messages to count in.
    NoticeId);
id!(/// Work that somebody asked for and can look after.
    TaskId);
id!(/// A page of a notice: the notice's id with the page's number (from 1) in bits 8 to 31.
    PageId);
id!(/// What one person was told: the page's id with the place on it (from 1) in the last 8 bits.
    MessageId);
id!(/// One holder of a claim on a page.
    ClaimId);
made!(
    UserId,
    SessionId,
    EventId,
    TicketId,
    RegistrationId,
    PaymentId,
    PosterId,
    RegionId,
    HomeId,
    DetectorId,
    OutageId,
    PlannedCutId,
    ClientId,
    ImportId,
    MailingId,
    TaskId,
    ClaimId
);

/// The number of a group of people.
pub type GroupId = u32;

/// An address without saying which: a `UUIDv8` of the hash of it (RFC 9562, §5.8). Its last 8 bits are zero, for its
/// suppressions to count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressId(Uuid);

/// That an address gets no mail of a topic: the address's id with the topic's number in the last 8 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuppressionId(Uuid);

impl AddressId {
    /// The id of the address with this hash, which is SHA-256 of its folded form.
    #[must_use]
    pub fn of_hash(hash: [u8; 32]) -> Self {
        let mut bytes = [0; 16];
        bytes[..15].copy_from_slice(&hash[..15]);
        Self(Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Of its suppression for a topic.
    #[must_use]
    pub const fn suppression(self, topic: Topic) -> SuppressionId {
        SuppressionId(Uuid::from_u128(self.0.as_u128() | topic.number() as u128))
    }
}

impl SuppressionId {
    /// Reads the hyphenated form; anything else is the id of nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let uuid = (text.len() == 36).then(|| Uuid::try_parse(text).ok())??;
        let is_v8 = uuid.get_version() == Some(Version::Custom) && uuid.get_variant() == Variant::RFC4122;
        let topic = Topic::numbered((uuid.as_u128() & 0xff) as u8);
        (is_v8 && topic.is_some()).then_some(Self(uuid))
    }

    /// The address that gets none.
    #[must_use]
    pub const fn address(self) -> AddressId {
        AddressId(Uuid::from_u128(self.0.as_u128() >> 8 << 8))
    }
}

impl fmt::Display for AddressId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for SuppressionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl NoticeId {
    /// When it was made, to the millisecond.
    #[must_use]
    pub fn made_at(self) -> Timestamp {
        let millis = i64::try_from(self.0.as_u128() >> MILLIS_AT).unwrap_or_default();
        Timestamp::from_millisecond(millis).unwrap_or_default()
    }

    /// A new id, with room for the ids of its pages and messages.
    #[must_use]
    pub fn new(world: &dyn World) -> Self {
        Self(Uuid::from_u128(v7(world).as_u128() >> PLACE_BITS << PLACE_BITS))
    }

    /// When it was made, to the millisecond: a `UUIDv7` begins with that.
    #[must_use]
    pub fn created_at(self) -> Timestamp {
        let millis = i64::try_from(self.0.as_u128() >> 80).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }

    /// The id of the notice that tells the same by another channel; that one's twin is this one again.
    #[must_use]
    pub const fn twin(self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128() ^ (1 << PLACE_BITS)))
    }

    /// The page with this number; pages count from 1, and a notice has at most 2²⁴ − 1.
    #[must_use]
    pub const fn page(self, number: u32) -> PageId {
        PageId(Uuid::from_u128(self.0.as_u128() | ((number as u128) << 8)))
    }
}

impl PageId {
    /// The notice it belongs to.
    #[must_use]
    pub const fn notice(self) -> NoticeId {
        NoticeId(Uuid::from_u128(self.0.as_u128() >> PLACE_BITS << PLACE_BITS))
    }

    /// Its number in the notice, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        ((self.0.as_u128() & 0xffff_ffff) >> 8) as u32
    }

    /// The message to the person at this place, from 1.
    #[must_use]
    pub const fn message(self, place: u8) -> MessageId {
        MessageId(Uuid::from_u128(self.0.as_u128() | place as u128))
    }
}

impl MessageId {
    /// The page it stands on.
    #[must_use]
    pub const fn page(self) -> PageId {
        PageId(Uuid::from_u128(self.0.as_u128() >> 8 << 8))
    }

    /// Its place on the page, from 1.
    #[must_use]
    pub const fn place(self) -> u8 {
        (self.0.as_u128() & 0xff) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still;
    impl World for Still {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
        fn fill_random(&self, bytes: &mut [u8]) {
            bytes.fill(0xff);
        }
    }

    #[test]
    fn a_message_names_its_page_and_its_notice() {
        let notice = NoticeId::new(&Still);
        let message = notice.page(70_000).message(100);
        assert_eq!(message.place(), 100);
        assert_eq!(message.page().number(), 70_000);
        assert_eq!(message.page().notice(), notice);
        assert_eq!(
            MessageId::parse(&message.to_string()),
            Some(message),
            "still a UUIDv7"
        );
    }

    #[test]
    fn a_twin_is_another_notice_whose_twin_is_the_first() {
        let notice = NoticeId::new(&Still);
        let twin = notice.twin();
        assert!(twin != notice && twin.twin() == notice);
        assert_eq!(NoticeId::parse(&twin.to_string()), Some(twin), "still a UUIDv7");
        assert_eq!((twin.page(7).notice(), twin.made_at()), (twin, notice.made_at()));
    }

    #[test]
    fn a_suppression_names_its_address_and_no_other_topic_s() {
        let address = AddressId::of_hash([0xab; 32]);
        for topic in Topic::ALL {
            let id = address.suppression(topic);
            assert_eq!(SuppressionId::parse(&id.to_string()), Some(id));
            assert_eq!(id.address(), address);
        }
        assert_eq!(SuppressionId::parse(&address.to_string()), None, "of no topic");
        assert_eq!(SuppressionId::parse(&UserId::new(&Still).to_string()), None);
    }

    #[test]
    fn what_is_not_a_hyphenated_uuid_v7_is_no_id() {
        let id = UserId::new(&Still).to_string();
        let simple = id.replace('-', "");
        for text in [
            "",
            "1",
            "../..",
            simple.as_str(),
            "00000000-0000-0000-0000-000000000000",
            &format!("{id} "),
        ] {
            assert_eq!(UserId::parse(text), None, "{text:?}");
        }
    }
}
