use jiff::Timestamp;

use super::{OperatorCode, Phone, Tag};
use crate::{Language, Zone, ids::ClientId, people::Email};

/// Somebody whom mailings go to. No account is needed for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Which.
    pub id: ClientId,
    /// To be reached at by text message; no two clients have the same.
    pub phone: Phone,
    /// To be found by.
    pub operator_code: OperatorCode,
    /// To be found by, too.
    pub tag: Tag,
    /// Where their clock stands.
    pub zone: Zone,
    /// To be reached at by mail.
    pub email: Option<Email>,
    /// How to greet them; perhaps empty.
    pub first_name: String,
    /// What they read, if they have said so.
    pub language: Option<Language>,
    /// Whether they asked to be mailed no more.
    pub is_unsubscribed: bool,
    /// Since when they are known.
    pub created_at: Timestamp,
    /// When they last came to stand at another place of the audiences that they are in, or in another audience.
    pub moved_at: Option<Timestamp>,
    /// How often they have changed; the entity tag.
    pub version: u64,
}

/// A client as staff describe them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClient {
    /// To be reached at by text message.
    pub phone: Phone,
    /// To be found by; the phone's own unless said.
    pub operator_code: Option<OperatorCode>,
    /// To be found by, too.
    pub tag: Tag,
    /// Where their clock stands.
    pub zone: Zone,
    /// To be reached at by mail.
    pub email: Option<Email>,
    /// How to greet them; perhaps empty.
    pub first_name: String,
    /// What they read.
    pub language: Option<Language>,
}

/// What is to change of a client; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientChange {
    /// To be reached at by text message.
    pub phone: Option<Phone>,
    /// To be found by, or the phone's own.
    pub operator_code: Option<Option<OperatorCode>>,
    /// To be found by, too.
    pub tag: Option<Tag>,
    /// Where their clock stands.
    pub zone: Option<Zone>,
    /// To be reached at by mail, or not.
    pub email: Option<Option<Email>>,
    /// How to greet them; perhaps empty.
    pub first_name: Option<String>,
    /// Whether they asked to be mailed no more.
    pub is_unsubscribed: Option<bool>,
    /// What they read, or nothing known.
    pub language: Option<Option<Language>>,
}

impl Client {
    /// A client who is new.
    #[must_use]
    pub fn new(id: ClientId, new: NewClient, now: Timestamp) -> Self {
        Self {
            id,
            operator_code: new.operator_code.unwrap_or_else(|| OperatorCode::of(&new.phone)),
            phone: new.phone,
            tag: new.tag,
            zone: new.zone,
            email: new.email,
            first_name: new.first_name,
            is_unsubscribed: false,
            language: new.language,
            created_at: now,
            moved_at: None,
            version: 1,
        }
    }

    /// What the frame of a mailing is written in for them: English, unless they have said what they read.
    #[must_use]
    pub fn reads(&self) -> Language {
        self.language.unwrap_or(Language::En)
    }

    /// The client after a change, in the next version if anything is different.
    ///
    /// With another phone comes the operator code of that phone, also in place of one that was once given: it was said
    /// of the old number. Only a code that comes with the change itself outranks the phone.
    #[must_use]
    pub fn changed(&self, change: ClientChange, now: Timestamp) -> Self {
        let mut after = self.clone();
        after.phone = change.phone.unwrap_or(after.phone);
        after.operator_code = match change.operator_code {
            Some(Some(code)) => code,
            Some(None) => OperatorCode::of(&after.phone),
            None if after.phone != self.phone => OperatorCode::of(&after.phone),
            None => after.operator_code,
        };
        after.tag = change.tag.unwrap_or(after.tag);
        after.zone = change.zone.unwrap_or(after.zone);
        after.email = change.email.unwrap_or(after.email);
        after.first_name = change.first_name.unwrap_or(after.first_name);
        after.is_unsubscribed = change.is_unsubscribed.unwrap_or(after.is_unsubscribed);
        after.language = change.language.unwrap_or(after.language);
        if self.place() != after.place() {
            after.moved_at = Some(now);
        }
        after.version += u64::from(after != *self);
        after
    }

    /// What says where they stand in which audiences.
    fn place(&self) -> (&OperatorCode, &Tag, &Zone, Language) {
        (&self.operator_code, &self.tag, &self.zone, self.reads())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::MAX;
    const ID: &str = "01990000-0000-7000-8000-000000000001";

    fn client(code: Option<&str>) -> Client {
        let new = NewClient {
            phone: Phone::parse("79161234567").unwrap(),
            operator_code: code.map(|code| OperatorCode::parse(code).unwrap()),
            tag: Tag::parse("vip").unwrap(),
            zone: Zone::parse("Europe/Moscow").unwrap(),
            email: None,
            first_name: String::new(),
            language: Some(Language::En),
        };
        Client::new(ClientId::parse(ID).unwrap(), new, Timestamp::UNIX_EPOCH)
    }

    fn with_phone(phone: &str) -> ClientChange {
        ClientChange {
            phone: Some(Phone::parse(phone).unwrap()),
            ..ClientChange::default()
        }
    }

    #[test]
    fn the_operator_code_is_the_phone_s_unless_it_is_given() {
        assert_eq!(client(None).operator_code.as_str(), "916");
        assert_eq!(client(Some("999")).operator_code.as_str(), "999");
    }

    #[test]
    fn another_phone_brings_its_own_operator_code_unless_one_comes_with_it() {
        let other = "79031234567";
        for before in [client(None), client(Some("999"))] {
            assert_eq!(
                before.changed(with_phone(other), NOW).operator_code.as_str(),
                "903"
            );
            let both = ClientChange {
                operator_code: Some(Some(OperatorCode::parse("777").unwrap())),
                ..with_phone(other)
            };
            assert_eq!(before.changed(both, NOW).operator_code.as_str(), "777");
        }
    }

    #[test]
    fn a_given_operator_code_stays_until_the_phone_changes_or_it_is_taken_back() {
        let given = client(Some("999"));
        let tag = ClientChange {
            tag: Some(Tag::default()),
            ..ClientChange::default()
        };
        assert_eq!(given.changed(tag, NOW).operator_code.as_str(), "999");
        assert_eq!(
            given.changed(with_phone("79161234567"), NOW),
            given,
            "the same phone"
        );
        let back = ClientChange {
            operator_code: Some(None),
            ..ClientChange::default()
        };
        assert_eq!(given.changed(back, NOW).operator_code.as_str(), "916");
    }

    #[test]
    fn a_change_to_the_same_is_no_new_version() {
        let before = client(None);
        let same = ClientChange {
            tag: Some(before.tag.clone()),
            zone: Some(before.zone.clone()),
            email: Some(None),
            language: Some(Some(Language::En)),
            ..ClientChange::default()
        };
        assert_eq!(before.changed(same, NOW), before);
        let other = ClientChange {
            language: Some(None),
            ..ClientChange::default()
        };
        let after = before.changed(other, NOW);
        assert_eq!((after.language, after.version), (None, 2));
    }

    #[test]
    fn only_who_stands_elsewhere_in_an_audience_has_moved() {
        let before = client(None);
        let name = ClientChange {
            first_name: Some("Ayu".to_owned()),
            language: Some(None),
            ..ClientChange::default()
        };
        assert_eq!(
            before.changed(name, NOW).moved_at,
            None,
            "English is read by whoever says nothing"
        );
        let zone = ClientChange {
            zone: Some(Zone::parse("Asia/Jakarta").unwrap()),
            ..ClientChange::default()
        };
        let moved = before.changed(zone, NOW);
        assert_eq!((moved.moved_at, moved.version), (Some(NOW), 2));
    }
}
