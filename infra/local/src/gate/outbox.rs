//! Everything that left the system, in order.

use std::{collections::BTreeMap, sync::Mutex};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::calls::lock;
use super::mail::{self, Mail};
use super::sms::TextMessage;
use crate::outside;

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
    pub(super) channel: Channel,
    /// What its sender calls it, if they said.
    message: Option<String>,
    /// Addresses or phones, with commas between them.
    to: String,
    #[serde(flatten)]
    mail: Mail,
    raw: String,
    /// When it was made to say something else, if it was: it then shows what it says now.
    edited_at: Option<String>,
    #[serde(skip)]
    pub(super) accepted: Accepted,
}

/// A mail as SES took it.
#[derive(Clone, Debug, Default)]
pub(super) struct Accepted {
    pub(super) at: Timestamp,
    /// Whom it is for.
    pub(super) to: Vec<String>,
    /// What its sender calls it, by name: SES hands tags back with all that it says of a mail.
    pub(super) tags: BTreeMap<String, String>,
    /// SES's name for it; empty until it is kept.
    pub(super) provider_id: String,
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

impl Kept {
    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

/// The messages since the start.
#[derive(Default)]
pub(super) struct Outbox {
    kept: Mutex<Kept>,
}

impl Outbox {
    /// Keeps a raw mail that was accepted; returns SES's name for it.
    pub(super) fn keep_mail(&self, mut accepted: Accepted, raw: &[u8]) -> String {
        let mut kept = lock(&self.kept);
        let id = kept.next_id();
        // Of the form of SES's own: milliseconds, an unrepeated middle, zeros.
        accepted.provider_id = format!(
            "010e{:012x}-{id:08x}-0000-4000-8000-{id:012x}-000000",
            accepted.at.as_millisecond()
        );
        let provider_id = accepted.provider_id.clone();
        kept.messages.push(Message {
            id,
            at: format!("{:.3}", accepted.at),
            channel: Channel::Email,
            message: accepted.tags.get("message").cloned(),
            to: accepted.to.join(", "),
            mail: mail::parse(raw),
            raw: String::from_utf8_lossy(raw).into_owned(),
            edited_at: None,
            accepted,
        });
        provider_id
    }

    /// Keeps a text message that was accepted; returns the gateway's name for it.
    pub(super) fn keep_text(&self, message: TextMessage, raw: &[u8]) -> String {
        let mut kept = lock(&self.kept);
        let id = kept.next_id();
        kept.messages.push(Message {
            id,
            at: format!("{:.3}", outside::now()),
            channel: Channel::Sms,
            message: Some(message.id),
            to: message.phone,
            mail: Mail {
                text: Some(message.text),
                ..Mail::default()
            },
            raw: String::from_utf8_lossy(raw).into_owned(),
            edited_at: None,
            accepted: Accepted::default(),
        });
        format!("sms-{id}")
    }

    /// Keeps a message in Telegram; returns its number there.
    pub(super) fn keep_chat(&self, chat: i64, html: &str, raw: &[u8]) -> u64 {
        let mut kept = lock(&self.kept);
        let id = kept.next_id();
        kept.messages.push(Message {
            id,
            at: format!("{:.3}", outside::now()),
            channel: Channel::Telegram,
            message: Some(id.to_string()),
            to: chat.to_string(),
            mail: mail::chat(html),
            raw: String::from_utf8_lossy(raw).into_owned(),
            edited_at: None,
            accepted: Accepted::default(),
        });
        id
    }

    /// Has a message in Telegram say something else; `None`: there is none. `false`: it says that already.
    pub(super) fn edit_chat(&self, chat: i64, number: u64, html: &str, raw: &[u8]) -> Option<bool> {
        let mut kept = lock(&self.kept);
        let is_it = |message: &&mut Message| {
            message.id == number && message.channel == Channel::Telegram && message.to == chat.to_string()
        };
        let message = kept.messages.iter_mut().find(is_it)?;
        let says = mail::chat(html);
        let is_new = message.mail != says;
        if is_new {
            message.mail = says;
            message.raw = String::from_utf8_lossy(raw).into_owned();
            message.edited_at = Some(format!("{:.3}", outside::now()));
        }
        Some(is_new)
    }

    /// The message with this id.
    pub(super) fn find(&self, id: u64) -> Option<Message> {
        let kept = lock(&self.kept);
        kept.messages.iter().find(|message| message.id == id).cloned()
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
            let accepted = Accepted {
                to: vec![to.to_owned()],
                ..Accepted::default()
            };
            outbox.keep_mail(accepted, raw.as_bytes());
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
    fn a_text_message_is_kept_beside_the_mails() {
        let outbox = outbox();
        let message = TextMessage {
            id: "0199".to_owned(),
            phone: "79161234567".to_owned(),
            text: "Power is back".to_owned(),
        };
        assert_eq!(outbox.keep_text(message, b"{}"), "sms-3");
        let filter = Filter {
            channel: Some(Channel::Sms),
            to: Some("7916".to_owned()),
            ..Filter::default()
        };
        let shown = serde_json::to_value(outbox.list(&filter)).unwrap();
        assert_eq!(shown[0]["channel"], "sms");
        assert_eq!(shown[0]["message"], "0199");
        assert_eq!(shown[0]["to"], "79161234567");
        assert_eq!(shown[0]["text"], "Power is back");
        assert_eq!(shown.as_array().unwrap().len(), 1);
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let outbox = outbox();
        outbox.clear(&Filter::default());
        assert_eq!(ids(&outbox, &Filter::default()), [0; 0]);
        outbox.keep_mail(Accepted::default(), b"");
        assert_eq!(ids(&outbox, &Filter::default()), [3]);
        assert!(outbox.find(1).is_none() && outbox.find(3).is_some());
    }

    #[test]
    fn a_message_is_shown_in_one_flat_object() {
        let shown = serde_json::to_value(&outbox().list(&Filter::default())[0]).unwrap();
        let names: Vec<&String> = shown.as_object().unwrap().keys().collect();
        let expected = [
            "at",
            "attachments",
            "channel",
            "edited_at",
            "headers",
            "html",
            "id",
            "message",
            "raw",
            "subject",
            "text",
            "to",
        ];
        assert_eq!(names, expected);
        assert_eq!(shown["channel"], "email");
    }
}
