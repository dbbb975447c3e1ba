use axum::{
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use kabar_domain::Language;
use serde_json::{Map, Value, json};

use crate::{
    web::{Call, Filled, Reader, Sent, shown},
    words::{Text, mine as m, values},
};

/// What people can be told of, as the API calls it.
const TOPICS: [(&str, Text); 3] = [
    ("outages", m::OUTAGES),
    ("reminders", m::REMINDERS),
    ("mailings", m::MAILINGS),
];

/// A topic, with the channels by which it is wanted or not.
pub(super) struct Topic {
    pub(super) text: &'static str,
    pub(super) channels: Vec<Wish>,
}

/// Whether a person wants to be told of a topic by a channel.
pub(super) struct Wish {
    /// The field of the form.
    pub(super) name: String,
    /// Both, in words.
    pub(super) label: String,
    pub(super) is_wanted: bool,
}

/// The preferences as the API has them, in rows.
pub(super) fn topics(told: &Value, language: Language) -> Vec<Topic> {
    let topic = |(topic, text): (&str, Text)| Topic {
        text: text.within(language),
        channels: values::PERSON_CHANNELS
            .iter()
            .map(|channel| Wish {
                name: name(topic, channel.value),
                label: format!("{}: {}", text.within(language), channel.text.within(language)),
                is_wanted: told[topic][channel.value] == true,
            })
            .collect(),
    };
    TOPICS.into_iter().map(topic).collect()
}

fn name(topic: &str, channel: &str) -> String {
    format!("{topic}.{channel}")
}

/// `POST /me/preferences`: what is not checked is not wanted.
pub(crate) async fn prefer(reader: Reader, Filled(sent): Filled) -> Response {
    let call = Call {
        tag: sent.get("tag").filter(|tag| !tag.is_empty()),
        ..Call::new(Method::PUT, "/api/users/me/preferences", Some(&reader.caller))
    };
    match reader.console.api.ask(call.with(wishes(&sent))).await {
        Ok(_) => Redirect::to("/me?done=saved").into_response(),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

fn wishes(sent: &Sent) -> Value {
    let mut all = Map::new();
    for (topic, _) in TOPICS {
        let wish = |channel: &str| json!(sent.get(&name(topic, channel)).is_some());
        let channels = values::PERSON_CHANNELS.iter();
        let channels: Map<String, Value> = channels
            .map(|channel| (channel.value.to_owned(), wish(channel.value)))
            .collect();
        all.insert(topic.to_owned(), channels.into());
    }
    all.into()
}
