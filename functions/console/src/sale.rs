//! What the page of an event has for whoever wants to come: pictures, and tickets to register for.

use askama::Template;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    entity::{Field, Kind, Spot, cell, field, text},
    web::{Reader, Result},
    words::{Text, day_and_time, fields as f, sale as s, things},
};

const PRICE: Field = field("price", f::PRICE, Kind::Money);

/// Pictures and tickets, beside what else there is of an event.
#[derive(Template)]
#[template(path = "sale.html")]
struct Sale<'s> {
    reader: &'s Reader,
    name: &'s str,
    posters: Vec<Poster>,
    tickets: Vec<Ticket>,
    remaining: String,
}

/// A picture.
struct Poster {
    url: String,
    width: String,
    height: String,
}

/// A ticket, and how it is to be had.
struct Ticket {
    id: String,
    name: String,
    price: String,
    remaining: String,
    offer: Offer,
    /// So that pressing twice registers once.
    once: String,
}

/// How a ticket is to be had.
enum Offer {
    /// Now.
    Open,
    /// The reader has it: their registration.
    Held(String),
    /// Not now, and why.
    Closed(String),
}

impl Sale<'_> {
    const fn say(&self, text: Text) -> &'static str {
        text.within(self.reader.language)
    }
}

/// Of an event as the API has it; nothing where the API does not say how many seats are left.
pub(crate) fn sale<'r>(reader: &'r Reader, _: &'r Spot, event: &'r Value) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, event).await.ok()?.render().ok() })
}

async fn made<'r>(reader: &'r Reader, event: &'r Value) -> Result<Sale<'r>> {
    let id = text(event, "id");
    let (seats, tickets, posters, own) = tokio::join!(
        reader.get(format!("/api/events/{id}/availability")),
        reader.get(format!("/api/tickets?event={id}&limit=200")),
        reader.get(format!("/api/events/{id}/poster")),
        reader.get(format!("/api/registrations?user=me&event={id}&limit=200"))
    );
    let (seats, tickets, posters) = (seats?.value, tickets?.value, posters?.value);
    let own = own?.value;
    let own: Vec<&Value> = list(&own["registrations"]).collect();
    let ticket = |ticket: &Value| {
        let stock = list(&seats["tickets"]).find(|stock| stock["id"] == ticket["id"]);
        Ticket {
            id: text(ticket, "id"),
            name: text(ticket, "name"),
            price: cell(&PRICE, ticket, &reader.zone, reader.language).text,
            remaining: stock.map_or_else(String::new, |stock| stock["remaining"].to_string()),
            offer: offer(reader, ticket, stock, &own),
            once: reader.once(),
        }
    };
    let poster = |poster: &Value| Poster {
        url: text(poster, "url"),
        width: poster["width"].to_string(),
        height: poster["height"].to_string(),
    };
    Ok(Sale {
        reader,
        name: event["name"].as_str().unwrap_or_default(),
        posters: list(&posters).map(poster).collect(),
        tickets: list(&tickets["tickets"]).map(ticket).collect(),
        remaining: seats["remaining"].to_string(),
    })
}

fn offer(reader: &Reader, ticket: &Value, stock: Option<&Value>, own: &[&Value]) -> Offer {
    if let Some(held) = own.iter().find(|held| held["ticket"] == ticket["id"]) {
        return Offer::Held(text(held, "id"));
    }
    let say = |text: Text| text.within(reader.language);
    let starts = ticket["sales_start"]
        .as_str()
        .and_then(|at| at.parse::<Timestamp>().ok());
    match stock {
        Some(stock) if stock["on_sale"] == true => Offer::Open,
        Some(stock) if stock["remaining"] == 0 => Offer::Closed(say(s::SOLD_OUT).to_owned()),
        _ => Offer::Closed(match starts {
            Some(at) if at > reader.console.app.world.now() => {
                let starts = day_and_time(at, &reader.zone, reader.language);
                format!("{} {starts}", say(s::NOT_YET))
            }
            _ => say(s::NOT_ON_SALE).to_owned(),
        }),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
