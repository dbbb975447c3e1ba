//! Everything that left the system, in order.

use std::sync::Mutex;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::calls::lock;
use super::mail::{self, Mail};

/// How a message left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Channel {
    Email,
    Telegram,
    Sms,
}

/// One message as its receiver gets it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Message {
    /// Counts up from 1.
    id: u64,
    at: String,
    channel: Channel,
    /// Addresses, with commas between them.
    to: String,
    #[serde(flatten)]
    mail: Mail,
    raw: String,
}

/// Which messages to list: all conditions must hold, texts are looked for anywhere and in any case.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Filter {
    channel: Option<Channel>,
    to: Option<String>,
    subject: Option<String>,
    /// Only messages after the one with this id.
    after: Option<u64>,
}

impl Filter {
    fn fits(&self, message: &Message) -> bool {
        let has = |text: &str, wanted: &Option<String>| {
            wanted
                .as_ref()
                .is_none_or(|wanted| text.to_lowercase().contains(&wanted.to_lowercase()))
        };
        self.channel.is_none_or(|channel| channel == message.channel)
            && self.after.is_none_or(|after| message.id > after)
            && has(&message.to, &self.to)
            && has(&message.mail.subject, &self.subject)
    }
}

#[derive(Default)]
struct Kept {
    /// Counts on when messages are deleted, so that an id never means two messages.
    last_id: u64,
    messages: Vec<Message>,
}

/// The messages since the start.
#[derive(Default)]
pub(super) struct Outbox {
    kept: Mutex<Kept>,
}

impl Outbox {
    /// Keeps a raw mail that was accepted for these addresses; returns its id.
    pub(super) fn keep_mail(&self, at: Timestamp, to: &[String], raw: &[u8]) -> u64 {
        let mail = mail::parse(raw);
        let mut kept = lock(&self.kept);
        kept.last_id += 1;
        let id = kept.last_id;
        let message = Message {
            id,
            at: format!("{at:.3}"),
            channel: Channel::Email,
            to: to.join(", "),
            mail,
            raw: String::from_utf8_lossy(raw).into_owned(),
        };
        kept.messages.push(message);
        id
    }

    pub(super) fn list(&self, filter: &Filter) -> Vec<Message> {
        lock(&self.kept)
            .messages
            .iter()
            .filter(|message| filter.fits(message))
            .cloned()
            .collect()
    }

    /// Forgets the messages that fit.
    pub(super) fn clear(&self, filter: &Filter) {
        lock(&self.kept).messages.retain(|message| !filter.fits(message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outbox() -> Outbox {
        let outbox = Outbox::default();
        for (to, subject) in [
            ("Ayu@example.com", "Power is out"),
            ("budi@example.com", "Power is back"),
        ] {
            let raw = format!("To: {to}\r\nSubject: {subject}\r\n\r\nHello\r\n");
            outbox.keep_mail(Timestamp::UNIX_EPOCH, &[to.to_owned()], raw.as_bytes());
        }
        outbox
    }

    fn ids(outbox: &Outbox, filter: &Filter) -> Vec<u64> {
        outbox.list(filter).iter().map(|message| message.id).collect()
    }

    #[test]
    fn messages_are_found_by_any_part_of_their_address_and_subject() {
        let outbox = outbox();
        let to = |text: &str| Filter {
            to: Some(text.to_owned()),
            ..Filter::default()
        };
        let subject = |text: &str| Filter {
            subject: Some(text.to_owned()),
            ..Filter::default()
        };
        assert_eq!(ids(&outbox, &to("ayu@")), [1]);
        assert_eq!(ids(&outbox, &subject("BACK")), [2]);
        assert_eq!(ids(&outbox, &subject("power")), [1, 2]);
        assert_eq!(
            ids(
                &outbox,
                &Filter {
                    after: Some(1),
                    ..Filter::default()
                }
            ),
            [2]
        );
        assert_eq!(
            ids(
                &outbox,
                &Filter {
                    channel: Some(Channel::Sms),
                    ..Filter::default()
                }
            ),
            [0; 0]
        );
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let outbox = outbox();
        outbox.clear(&Filter::default());
        assert_eq!(ids(&outbox, &Filter::default()), [0; 0]);
        assert_eq!(outbox.keep_mail(Timestamp::UNIX_EPOCH, &[], b""), 3);
    }

    #[test]
    fn a_message_is_shown_in_one_flat_object() {
        let shown = serde_json::to_value(&outbox().list(&Filter::default())[0]).unwrap();
        let names: Vec<&String> = shown.as_object().unwrap().keys().collect();
        let expected = [
            "at",
            "attachments",
            "channel",
            "headers",
            "html",
            "id",
            "raw",
            "subject",
            "text",
            "to",
        ];
        assert_eq!(names, expected);
        assert_eq!(shown["channel"], "email");
    }
}
