use std::collections::BTreeSet;

use jiff::Timestamp;
use kabar_domain::{
    Invalid,
    mailings::{Audience, LocalTime, LocalWindow, MailingChange, MailingSays, OperatorCode, Tag, Wording},
    power::Channel,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{
    filter_schema::{MOST_NAMED, MOST_PAIRS, filter_schema},
    mailing_view::WindowView,
};
use crate::frame::{Fields, Result, Sent, read_millis, read_text};

type Read<T> = std::result::Result<T, Invalid>;

/// The hours of a mailing that says nothing of them: a decent part of everybody's own day (SPEC §8).
const USUAL: (&str, &str) = ("08:00", "22:00");

/// What a mailing is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewMailing)]
pub(crate) struct MailingBody {
    /// Nobody is told before. One that is past begins at once.
    #[schema(value_type = String, required, example = "2026-12-01T08:00:00Z")]
    start_time: Sent,
    /// Nobody is told after. It is after the start, and in the future.
    #[schema(value_type = String, required, example = "2026-12-03T20:00:00Z")]
    end_time: Sent,
    /// Fields as `{{first_name}}` or `{{first_name|friend}}` are each reader's own: there are `first_name`, `phone`,
    /// `email`, `operator_code`, `tag` and `time_zone`.
    #[schema(value_type = String, required, max_length = 1000, example = "Dear {{first_name|friend}}, we are open on Sunday.")]
    text: Sent,
    /// One line, perhaps with fields; text messages do not show it.
    #[schema(value_type = Option<String>, max_length = 200, example = "Open on Sunday")]
    subject: Sent,
    /// Whom it goes to: clients of any of these operators who have any of these tags. Nothing named is everybody.
    #[schema(schema_with = filter_schema)]
    filter: Sent,
    /// `email` unless said, or `sms`.
    #[schema(value_type = Option<String>, example = "email")]
    channel: Sent,
    /// At which hours of their own day people are told, the last one excluded; 08:00 to 22:00 unless said, null for all
    /// hours. A window that ends before it begins runs over midnight.
    #[schema(value_type = Option<WindowView>)]
    local_window: Sent,
}

/// What is to change of a mailing; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MailingChange)]
pub(crate) struct MailingChangeBody {
    /// Not once it has begun.
    #[schema(value_type = Option<String>, example = "2026-12-01T08:00:00Z")]
    start_time: Sent,
    #[schema(value_type = Option<String>, example = "2026-12-04T20:00:00Z")]
    end_time: Sent,
    #[schema(value_type = Option<String>, max_length = 1000, example = "Dear {{first_name|friend}}, we are closed on Sunday.")]
    text: Sent,
    /// A line, or null for none.
    #[schema(value_type = Option<String>, max_length = 200, example = "Closed on Sunday")]
    subject: Sent,
    #[schema(schema_with = filter_schema)]
    filter: Sent,
    /// Not once it has begun.
    #[schema(value_type = Option<String>, example = "email")]
    channel: Sent,
    /// The hours, or null for all of them.
    #[schema(value_type = Option<WindowView>)]
    local_window: Sent,
}

impl MailingBody {
    pub(super) fn read(&self) -> Result<MailingSays> {
        let mut fields = Fields::default();
        let start = fields.required("start_time", &self.start_time, read_millis);
        let end = fields.required("end_time", &self.end_time, read_millis);
        let text = fields.required("text", &self.text, text);
        let subject = fields.optional("subject", &self.subject, subject);
        let filter = fields.optional("filter", &self.filter, filter);
        let channel = fields.optional("channel", &self.channel, channel);
        let usual = json!({ "from": USUAL.0, "to": USUAL.1 });
        let window = if self.local_window.is_there() {
            fields.optional("local_window", &self.local_window, window)
        } else {
            window(&usual).ok()
        };
        let (start_time, end_time, text): (Timestamp, Timestamp, Wording) = fields.all((start, end, text))?;
        Ok(MailingSays {
            start_time,
            end_time,
            subject,
            text,
            filter: filter.unwrap_or_default(),
            channel: channel.unwrap_or(Channel::Email),
            window,
        })
    }

    /// The change that leaves nothing as it was.
    pub(super) fn read_whole(&self) -> Result<MailingChange> {
        let says = self.read()?;
        Ok(MailingChange {
            start_time: Some(says.start_time),
            end_time: Some(says.end_time),
            subject: Some(says.subject),
            text: Some(says.text),
            filter: Some(says.filter),
            channel: Some(says.channel),
            window: Some(says.window),
        })
    }
}

impl MailingChangeBody {
    pub(super) fn read(&self) -> Result<MailingChange> {
        let mut fields = Fields::default();
        let start_time = fields.change("start_time", &self.start_time, read_millis);
        let end_time = fields.change("end_time", &self.end_time, read_millis);
        let text = fields.change("text", &self.text, text);
        let subject = fields.optional("subject", &self.subject, subject);
        let filter = fields.change("filter", &self.filter, filter);
        let channel = fields.change("channel", &self.channel, channel);
        let window = fields.optional("local_window", &self.local_window, window);
        fields.done()?;
        Ok(MailingChange {
            start_time,
            end_time,
            subject: self.subject.is_there().then_some(subject),
            text,
            filter,
            channel,
            window: self.local_window.is_there().then_some(window),
        })
    }
}

fn text(value: &Value) -> Read<Wording> {
    Wording::text(read_text(value)?, MailingSays::MAX_TEXT)
}

fn subject(value: &Value) -> Read<Wording> {
    Wording::line(read_text(value)?, MailingSays::MAX_SUBJECT)
}

fn channel(value: &Value) -> Read<Channel> {
    match Channel::parse(read_text(value)?) {
        Ok(channel @ (Channel::Email | Channel::Sms)) => Ok(channel),
        Ok(Channel::Telegram) | Err(_) => Err(Invalid::because("Must be one of email, sms.")),
    }
}

/// What an object has, and nothing else.
fn object<'v>(value: &'v Value, keys: [&str; 2]) -> Read<&'v Map<String, Value>> {
    let refused = || Invalid::because(format!("Must be an object with {} and {}.", keys[0], keys[1]));
    let object = value.as_object().ok_or_else(refused)?;
    let is_known = object.keys().all(|key| keys.contains(&key.as_str()));
    if is_known { Ok(object) } else { Err(refused()) }
}

fn filter(value: &Value) -> Read<Audience> {
    let object = object(value, ["operator_code", "tag"])?;
    audience(
        named(object.get("operator_code"), OperatorCode::parse)?,
        named(object.get("tag"), Tag::parse)?,
    )
}

/// Clients of any of these operators who have any of these tags, unless that is too much to look for.
pub(super) fn audience(operator_codes: BTreeSet<OperatorCode>, tags: BTreeSet<Tag>) -> Read<Audience> {
    let audience = Audience { operator_codes, tags };
    if audience.operator_codes.len() * audience.tags.len() > MOST_PAIRS {
        return Err(Invalid::because(format!(
            "May name at most {MOST_PAIRS} pairs of an operator and a tag."
        )));
    }
    Ok(audience)
}

/// One or more, by themselves or as a list; nothing if nothing is said.
fn named<T: Ord>(value: Option<&Value>, parse: impl Fn(&str) -> Read<T>) -> Read<BTreeSet<T>> {
    let one = |value: &Value| parse(read_text(value)?);
    let names = match value {
        None | Some(Value::Null) => return Ok(BTreeSet::new()),
        Some(Value::Array(values)) => values.iter().map(one).collect::<Read<BTreeSet<T>>>()?,
        Some(value) => BTreeSet::from([one(value)?]),
    };
    few(names)
}

/// These, unless they are too many.
pub(super) fn few<T>(names: BTreeSet<T>) -> Read<BTreeSet<T>> {
    if names.len() > MOST_NAMED {
        return Err(Invalid::because(format!(
            "May name at most {MOST_NAMED} of a kind."
        )));
    }
    Ok(names)
}

fn window(value: &Value) -> Read<LocalWindow> {
    let object = object(value, ["from", "to"])?;
    let time = |name: &str| {
        let value = object.get(name);
        let missing = || Invalid::because(format!("Must say {name}."));
        LocalTime::parse(read_text(value.ok_or_else(missing)?)?)
    };
    LocalWindow::new(time("from")?, time("to")?)
}
