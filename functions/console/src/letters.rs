//! The dead letters of a queue, to choose from.

use askama::Template;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::{
    entities::LETTERS,
    entity::{Place, Spot},
    pages::Table,
    web::{Frame, Reader},
    words::operations as o,
};

/// The letters of one queue.
#[derive(Template)]
#[template(path = "letters.html")]
struct Page {
    frame: Frame,
    place: Place,
    table: Table,
    /// What can be done with those that are chosen, by name and label.
    many: Vec<(&'static str, &'static str)>,
}

/// The letters that a look at a queue found. It looks once: letters are hidden from whoever else looks meanwhile.
pub(crate) fn letters<'r>(
    reader: &'r Reader,
    spot: &'r Spot,
    queue: &'r Value,
) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, spot, queue).await.render().ok() })
}

async fn made(reader: &Reader, spot: &Spot, queue: &Value) -> Page {
    let place = Place {
        entity: &LETTERS,
        inside: Some((spot.place.entity, spot.id.clone())),
    };
    let found = queue["dead_letters"].as_array().map_or(&[][..], Vec::as_slice);
    let possible = LETTERS.actions.iter().filter(|action| action.fits(queue));
    Page {
        frame: Frame::of(reader, ""),
        table: Table::of(reader, &place, found).await.said(None),
        many: possible
            .map(|action| (action.name, action.label.within(reader.language)))
            .collect(),
        place,
    }
}
