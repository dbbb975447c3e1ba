use askama::Template;
use axum::response::Response;
use futures_util::future::join_all;
use serde_json::Value;

use super::{Table, names::called, table::name};
use crate::{
    answer::private,
    entity::{Beside, Cell, Entity, Field, Kind, Part, Place, Spot, at, cell},
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
    /// What is shown of it before its facts.
    above: String,
    facts: Vec<(&'static str, Cell)>,
    /// What was with it, as HTML.
    past: String,
    /// What can be done with it now: name, label, and whether something is lost by it.
    actions: Vec<(&'static str, &'static str, bool)>,
    can_change: bool,
    parts: Vec<Belonging>,
    /// What else there is, as HTML.
    beside: String,
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
    entity.facts.ok_or_else(Refused::not_found)?;
    // Where there is more beside it, that is for its readers, and its parts are for whoever looks after it.
    let has_parts = entity.beside.is_none() || entity.keepers.has(reader);
    let parts = entity.parts.iter().filter(|_| has_parts);
    let parts = join_all(parts.map(|part| belonging(reader, &spot, part)));
    let (thing, parts) = tokio::join!(reader.get(spot.api()), parts);
    let thing = thing?.value;
    let (above, past, beside) = tokio::join!(
        part(entity.above, reader, &spot, &thing),
        part(entity.past, reader, &spot, &thing),
        part(entity.beside, reader, &spot, &thing)
    );
    let title = Some(entity.heading_of(reader, &thing)).filter(|name| !name.is_empty());
    let title = title.unwrap_or_else(|| spot.id.clone());
    let mut facts = facts(reader, entity, &thing).await;
    // What the page is called is said above.
    facts.retain(|(label, cell)| cell.text != title || *label != name_label(entity, reader));
    let actions = entity
        .actions
        .iter()
        .filter(|action| action.who.has(reader) && action.fits(&thing));
    Ok(Page {
        frame: Frame::of(reader, title),
        facts,
        actions: actions
            .map(|action| (action.name, action.label.within(reader.language), action.is_grave))
            .collect(),
        can_change: entity.is_changed_by(reader),
        above,
        past,
        many: entity.many.within(reader.language),
        parts: parts.into_iter().flatten().collect(),
        beside,
        spot,
    })
}

/// What that is called by which people know a thing.
fn name_label(entity: &Entity, reader: &Reader) -> &'static str {
    let column = entity.columns.iter().find(|field| field.name == entity.title);
    column.map_or("", |field| field.label.within(reader.language))
}

/// A part that this kind of thing has of its own, if it has.
async fn part(made: Option<Beside>, reader: &Reader, spot: &Spot, thing: &Value) -> String {
    match made {
        Some(made) => made(reader, spot, thing).await.unwrap_or_default(),
        None => String::new(),
    }
}

/// What there is to say of a thing, each with what it is called.
pub(crate) async fn facts(reader: &Reader, entity: &Entity, thing: &Value) -> Vec<(&'static str, Cell)> {
    let fields = entity.columns.iter().chain(entity.facts.unwrap_or_default());
    let fields: Vec<Field> = fields.copied().collect();
    told(reader, &fields, thing).await
}

/// What there is of some members of a thing, each with what it is called.
pub(crate) async fn told(reader: &Reader, fields: &[Field], thing: &Value) -> Vec<(&'static str, Cell)> {
    let known = |field: &&Field| is_said(at(thing, field.name));
    let fields: Vec<Field> = fields.iter().filter(known).copied().collect();
    let names = called(reader, &fields, &[thing]).await;
    let fact = |field: &Field| {
        let mut cell = cell(field, thing, &reader.zone, reader.language);
        if let Kind::Id = field.kind {
            // Here there is room for all of it.
            cell.text = cell.plain.take().unwrap_or(cell.text);
        }
        let is_known = name(field, &mut cell, &names);
        // An id of what they cannot see says nothing to people.
        (is_known || reader.is_organizer()).then(|| (field.label.within(reader.language), cell))
    };
    fields.iter().filter_map(fact).collect()
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
        Part::Inside(_) => return None,
        Part::By(filter, entity) => (Place::of(entity), format!("{filter}={}", spot.id)),
    };
    let entity = place.entity;
    let found = reader.get(format!("{}?limit={FIRST}&{query}", place.api())).await;
    let (mut things, _) = entity.listed(found.ok()?.value);
    things.truncate(FIRST.into());
    let new = format!("{}/new?{query}", place.href());
    let known = match part {
        Part::By(filter, _) => entity.columns.iter().position(|field| field.name == *filter),
        Part::Within(_) | Part::Inside(_) => None,
    };
    Some(Belonging {
        title: entity.many.within(reader.language),
        href: format!("{}?{query}", place.href()),
        new: entity.is_made_by(reader).then_some(new),
        // What they belong to is what the page is about.
        table: Table::of(reader, &place, &things).await.said(known),
    })
}
