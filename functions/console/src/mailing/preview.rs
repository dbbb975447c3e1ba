use askama::Template;
use axum::{http::Method, response::Response};
use futures_util::future::join_all;
use kabar_domain::Zone;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::{
    entities::{MAILINGS, WRITTEN},
    entity::{Field, Kind, Place, Spot, cell, document, field, unsaid},
    pages::looked_at,
    web::{Filled, Frame, Reader, Refused, Result, Sent, shown},
    words::{self, Text, day_and_time, fields as f, mailings as m, reason, values},
};

/// What is being written, as it would be.
#[derive(Template)]
#[template(path = "preview.html")]
struct Look {
    frame: Frame,
    /// Whether anything was written yet.
    is_begun: bool,
    /// What is wrong with which field.
    lacks: Vec<(&'static str, String)>,
    /// To how many it would go, if that is known.
    count: Option<u64>,
    cost: Option<String>,
    people: Vec<Person>,
}

/// What it would be to one of them.
#[derive(Default)]
struct Person {
    href: String,
    name: String,
    language: String,
    zone: String,
    /// When they would be told by their own clock; also for machines.
    at: Option<(String, String)>,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

const LANGUAGE: Field = field("language", f::LANGUAGE, Kind::Choice(values::LANGUAGES));

/// What is usual for a new mailing: by mail, at a decent hour (SPEC §8). When it begins somebody has to say.
pub(crate) fn usual() -> Value {
    json!({ "channel": "email", "local_window": { "from": "08:00", "to": "22:00" } })
}

/// What stands beside a form of which nothing was looked at yet.
pub(crate) fn unseen(reader: &Reader) -> String {
    Look::of(reader).render().unwrap_or_default()
}

/// `POST /mailings/preview`: the form as it was filled in, beside what that would be. Nothing is kept of it.
pub(crate) async fn preview(reader: Reader, Filled(sent): Filled) -> Response {
    let Some(spot) = Spot::at(Place::of(&MAILINGS), sent.get("of").unwrap_or_default()) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    seen(&reader, &spot, &sent, None).await
}

/// Whether a mailing goes to everybody, which is rarely meant, and nobody said yet that it is.
pub(crate) fn is_doubted(sent: &Sent, body: &Value) -> bool {
    let filter = &body["filter"];
    let is_open = |name: &str| filter[name].as_array().is_some_and(Vec::is_empty);
    sent.get("sure").is_none() && is_open("tag") && is_open("operator_code")
}

/// The form of a mailing to everybody: sent once more, it is meant.
pub(crate) async fn doubted(reader: &Reader, spot: &Spot, sent: &Sent) -> Response {
    seen(reader, spot, sent, Some(m::EVERYBODY)).await
}

async fn seen(reader: &Reader, spot: &Spot, sent: &Sent, doubt: Option<Text>) -> Response {
    let body = document(WRITTEN, sent, &reader.zone, true);
    match look(reader, body).await {
        Ok(look) => looked_at(reader, spot, sent, look.render().unwrap_or_default(), doubt).await,
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// All that it would be; of what is not whole yet, what it lacks and whom it would reach.
async fn look(reader: &Reader, body: Value) -> Result<Look> {
    let asked = reader.send(Method::POST, "/api/mailings/preview", body.clone());
    match asked.await {
        Ok(answered) => Ok(Look::whole(reader, &answered.value).await),
        Err(refused) if refused.names_fields() => Look::part(reader, &body, &refused).await,
        Err(refused) => Err(refused),
    }
}

impl Look {
    fn of(reader: &Reader) -> Self {
        Self {
            frame: Frame::of(reader, ""),
            is_begun: false,
            lacks: Vec::new(),
            count: None,
            cost: None,
            people: Vec::new(),
        }
    }

    async fn whole(reader: &Reader, shown: &Value) -> Self {
        let people = shown["people"].as_array().into_iter().flatten();
        let people = people.map(|one| async move {
            let id = one["client"].as_str().unwrap_or_default();
            let client = reader.get(format!("/api/clients/{id}")).await;
            let client = client.map(|found| found.value).unwrap_or_default();
            Person::told(reader, &client, one)
        });
        Self {
            is_begun: true,
            count: shown["count"].as_u64(),
            cost: cost(&shown["cost"], reader),
            people: join_all(people.collect::<Vec<_>>()).await,
            ..Self::of(reader)
        }
    }

    async fn part(reader: &Reader, body: &Value, refused: &Refused) -> Result<Self> {
        let reached = match reader.get(audience(&body["filter"])).await {
            Ok(found) => found.value,
            Err(refused) if refused.names_fields() => Value::Null,
            Err(refused) => return Err(refused),
        };
        let sample = reached["sample"].as_array().into_iter().flatten();
        Ok(Self {
            is_begun: true,
            lacks: lacks(body, refused, reader),
            count: reached["count"].as_u64(),
            people: sample.map(Person::of).collect(),
            ..Self::of(reader)
        })
    }
}

impl Person {
    fn of(client: &Value) -> Self {
        let text = |name: &str| client[name].as_str().unwrap_or_default();
        let name = format!("{} {}", text("first_name"), text("phone"));
        Self {
            href: format!("/clients/{}", MAILINGS.id_of(client)),
            name: name.trim().to_owned(),
            zone: text("time_zone").to_owned(),
            ..Self::default()
        }
    }

    /// With what they would read, and when.
    fn told(reader: &Reader, client: &Value, told: &Value) -> Self {
        let text = |name: &str| told[name].as_str().map(str::to_owned);
        let zone = Zone::parse(told["time_zone"].as_str().unwrap_or_default());
        let at = told["sends_at"].as_str().and_then(|at| at.parse().ok());
        let at = at.zip(zone.ok()).map(|(at, zone): (jiff::Timestamp, Zone)| {
            (at.to_string(), day_and_time(at, &zone, reader.language))
        });
        Self {
            language: cell(&LANGUAGE, told, &reader.zone, reader.language).text,
            at,
            subject: text("subject"),
            text: text("text"),
            html: text("html"),
            ..Self::of(client)
        }
    }
}

/// Where the API says whom a filter finds.
fn audience(filter: &Value) -> String {
    let mut query = Serializer::new(String::new());
    for name in ["operator_code", "tag"] {
        let all = filter[name].as_array().into_iter().flatten();
        query.extend_pairs(all.filter_map(Value::as_str).map(|one| (name, one)));
    }
    format!("/api/mailings/audience/?{}", query.finish())
}

fn lacks(body: &Value, refused: &Refused, reader: &Reader) -> Vec<(&'static str, String)> {
    let said = |(name, text): (&String, &String)| {
        let field = WRITTEN.iter().find(|field| field.name == *name);
        let label = field.map_or(m::AUDIENCE, |field| field.label);
        let text = match field {
            Some(field) if body[name] == "" => unsaid(field.kind, text),
            _ => text,
        };
        (label.within(reader.language), reason(text, reader.language))
    };
    let all = refused.errors.iter();
    all.flat_map(|(name, reasons)| reasons.iter().map(move |text| (name, text)))
        .map(said)
        .collect()
}

/// An amount of the API, with its currency; what is less than a cent is said to a hundredth of one.
pub(super) fn cost(cost: &Value, reader: &Reader) -> Option<String> {
    let total = cost["total"].as_f64()?;
    let digits = if total < 0.01 { 4 } else { 2 };
    let total = words::of(reader.language).number(total, digits);
    Some(format!("{} {total}", cost["currency"].as_str()?))
}
