use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use url::form_urlencoded::{Serializer, parse};

use super::{Table, known, table::Sort};
use crate::{
    answer::private,
    entity::{Action, Input, Place, Source, Spot, inputs},
    web::{Frame, Reader, Result, Sent, shown},
    words::ui as w,
};

/// Things of a kind, a page at a time.
#[derive(Template)]
#[template(path = "list.html")]
struct Page {
    frame: Frame,
    place: Place,
    /// Where one lies in that these belong to.
    outer: Option<String>,
    filters: Vec<Input>,
    is_filtered: bool,
    table: Table,
    csv: String,
    /// In which order, where the address says it.
    order: Option<&'static str>,
    /// Where the list begins, and where it goes on.
    first: String,
    next: Option<String>,
    is_first: bool,
    can_create: bool,
    /// What can be done with many, by name and label.
    many: Vec<(&'static str, &'static str)>,
}

/// What an address asks of a list.
struct Query {
    filters: Vec<(String, String)>,
    /// In which order, as the API calls it.
    order: Option<&'static str>,
    cursor: Option<String>,
}

impl Query {
    fn of(reader: &Reader, place: &Place) -> Self {
        let pairs: Vec<(String, String)> = parse(reader.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
        let is_filter = |name: &str| place.entity.filters.iter().any(|field| field.name == name);
        let said = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        let order = said("order").zip(place.entity.order);
        Self {
            order: order
                .and_then(|(said, order)| [order.up, order.down].into_iter().find(|way| *way == said)),
            cursor: said("cursor"),
            filters: pairs
                .into_iter()
                .filter(|(name, value)| is_filter(name) && !value.is_empty())
                .collect(),
        }
    }

    fn written(&self, cursor: Option<&str>) -> String {
        self.ordered(self.order, cursor)
    }

    fn ordered(&self, order: Option<&str>, cursor: Option<&str>) -> String {
        let mut written = Serializer::new(String::new());
        written.extend_pairs(&self.filters);
        if let Some(order) = order {
            written.append_pair("order", order);
        }
        if let Some(cursor) = cursor {
            written.append_pair("cursor", cursor);
        }
        written.finish()
    }

    /// How the list goes by a column, and how it would go the other way.
    fn sort(&self, place: &Place, column: &str) -> Option<Sort> {
        let order = place.entity.order.filter(|order| order.column == column)?;
        if self.filters.iter().any(|(name, _)| order.except == Some(name)) {
            return None;
        }
        let (state, arrow, other) = match self.order.or(order.usual) {
            Some(way) if way == order.up => ("ascending", "▲", order.down),
            Some(_) => ("descending", "▼", order.up),
            None => ("none", "↕", order.up),
        };
        Some(Sort {
            state,
            arrow,
            href: format!("{}?{}", place.href(), self.ordered(Some(other), None)),
        })
    }

    async fn found(&self, reader: &Reader, place: &Place) -> Result<(Vec<Value>, Option<String>)> {
        let found = reader
            .get(format!(
                "{}?{}",
                place.api(),
                self.written(self.cursor.as_deref())
            ))
            .await?;
        Ok(place.entity.listed(found.value))
    }
}

/// `GET /{kind}`.
pub(crate) async fn list(reader: Reader, spot: Spot) -> Response {
    match made(&reader, spot.place).await {
        Ok(page) => private(&page),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn made(reader: &Reader, place: Place) -> Result<Page> {
    let (entity, query) = (place.entity, Query::of(reader, &place));
    let (found, known) = tokio::join!(query.found(reader, &place), known(reader, entity.filters));
    let (things, next) = found?;
    let typed = Sent {
        fields: query.filters.clone(),
        files: Vec::new(),
    };
    let source = Source {
        thing: &Value::Null,
        sent: Some(&typed),
        errors: &BTreeMap::new(),
        known: &known,
    };
    let mut filters = inputs(entity.filters, &source, &reader.zone, reader.language);
    for filter in &mut filters {
        filter.nothing = w::ANY.within(reader.language);
    }
    let offered = |action: &&Action| action.is_for_many && action.who.has(reader);
    let many = entity.actions.iter().filter(offered);
    let mut table = Table::of(reader, &place, &things).await;
    for (head, field) in table.heads.iter_mut().zip(entity.columns) {
        head.sort = query.sort(&place, field.name);
    }
    Ok(Page {
        frame: Frame::of(reader, entity.many.within(reader.language)),
        filters,
        is_filtered: !query.filters.is_empty(),
        table: table.said(None),
        order: query.order,
        first: format!("{}?{}", place.href(), query.written(None)),
        csv: format!("{}/csv?{}", place.href(), query.written(query.cursor.as_deref())),
        next: next.map(|cursor| format!("{}?{}", place.href(), query.written(Some(&cursor)))),
        is_first: query.cursor.is_none(),
        can_create: entity.is_made_by(reader),
        many: many
            .map(|action| (action.name, action.label.within(reader.language)))
            .collect(),
        outer: place
            .inside
            .as_ref()
            .map(|(outer, id)| format!("/{}/{id}", outer.name)),
        place,
    })
}

/// `GET /{kind}/csv`: what the list shows, as RFC 4180 has it.
pub(crate) async fn list_csv(reader: Reader, spot: Spot) -> Response {
    let query = Query::of(&reader, &spot.place);
    let things = match query.found(&reader, &spot.place).await {
        Ok((things, _)) => things,
        Err(refused) => return shown::refused(&refused, reader.language),
    };
    let table = Table::of(&reader, &spot.place, &things).await;
    let mut lines = csv::Writer::from_writer(Vec::new());
    let heads = table.heads.iter().map(|head| head.text.to_owned()).collect();
    let rows = table.rows.into_iter().map(|row| {
        row.cells
            .into_iter()
            .map(|cell| plain(cell.time.or(cell.plain).unwrap_or(cell.text)))
    });
    for line in std::iter::once(heads).chain(rows.map(Iterator::collect::<Vec<String>>)) {
        // Into memory, which takes everything.
        let _ = lines.write_record(&line);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"{}.csv\"",
                spot.place.entity.name.replace('/', "-")
            ),
        ),
    ];
    (headers, lines.into_inner().unwrap_or_default()).into_response()
}

/// A text that no spreadsheet takes for a formula (OWASP, CSV injection).
fn plain(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text,
    }
}
