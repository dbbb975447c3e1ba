use askama::Template;
use axum::response::Response;
use futures_util::future::join_all;
use serde_json::Value;

use super::{Table, names::called, table::name};
use crate::{
    answer::private,
    entity::{Cell, Part, Place, Spot, at, cell},
    web::{Frame, Reader, Refused, Result, shown},
    words::ui as w,
};

/// How many of what belongs to a thing are shown with it.
const FIRST: u8 = 10;

/// One thing, with what belongs to it.
#[derive(Template)]
#[template(path = "details.html")]
struct Page {
    frame: Frame,
    spot: Spot,
    /// What its list is called.
    many: &'static str,
    facts: Vec<(&'static str, Cell)>,
    /// What can be done with it now: name, label, and whether something is lost by it.
    actions: Vec<(&'static str, &'static str, bool)>,
    can_change: bool,
    parts: Vec<Belonging>,
}

/// What belongs to a thing.
struct Belonging {
    title: &'static str,
    /// Where all of it is.
    href: String,
    /// Where more of it is made.
    new: Option<String>,
    table: Table,
}

/// `GET /{kind}/{id}`.
pub(crate) async fn details(reader: Reader, spot: Spot) -> Response {
    match made(&reader, spot).await {
        Ok(page) => private(&page),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn made(reader: &Reader, spot: Spot) -> Result<Page> {
    let entity = spot.place.entity;
    let facts = entity.facts.ok_or_else(Refused::not_found)?;
    let parts = join_all(entity.parts.iter().map(|part| belonging(reader, &spot, part)));
    let (thing, parts) = tokio::join!(reader.get(spot.api()), parts);
    let thing = thing?.value;
    let fields: Vec<_> = entity.columns.iter().chain(facts).copied().collect();
    let names = called(reader, &fields, &[&thing]).await;
    let fact = |field| {
        let mut cell = cell(field, &thing, &reader.zone, reader.language);
        name(field, &mut cell, &names);
        (field.label.within(reader.language), cell)
    };
    let actions = entity.actions.iter().filter(|action| action.fits(&thing));
    Ok(Page {
        frame: Frame::of(
            reader,
            Some(entity.name_of(&thing))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| spot.id.clone()),
        ),
        facts: fields
            .iter()
            .filter(|field| is_said(at(&thing, field.name)))
            .map(fact)
            .collect(),
        actions: actions
            .map(|action| (action.name, action.label.within(reader.language), action.is_grave))
            .collect(),
        can_change: !entity.change.is_empty(),
        many: entity.many.within(reader.language),
        parts: parts.into_iter().flatten().collect(),
        spot,
    })
}

/// Whether there is anything to show of a member.
fn is_said(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(all) => !all.is_empty(),
        _ => true,
    }
}

/// What belongs to a thing; nothing where whoever reads may not see it.
async fn belonging(reader: &Reader, spot: &Spot, part: &Part) -> Option<Belonging> {
    let (place, query) = match part {
        Part::Within(entity) => {
            let place = Place {
                entity,
                inside: Some((spot.place.entity, spot.id.clone())),
            };
            (place, String::new())
        }
        Part::By(filter, entity) => (Place::of(entity), format!("{filter}={}", spot.id)),
    };
    let entity = place.entity;
    let mut found = reader
        .get(format!("{}?limit={FIRST}&{query}", place.api()))
        .await
        .ok()?
        .value;
    let things = match entity.list {
        "" => found.take(),
        list => found[list].take(),
    };
    let Value::Array(mut things) = things else {
        return None;
    };
    things.truncate(FIRST.into());
    let new = format!("{}/new?{query}", place.href());
    Some(Belonging {
        title: entity.many.within(reader.language),
        href: format!("{}?{query}", place.href()),
        new: (!entity.create.is_empty()).then_some(new),
        table: Table::of(reader, &place, &things).await,
    })
}
