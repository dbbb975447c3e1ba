use serde_json::Value;

use super::names::called;
use crate::{
    entity::{Cell, Field, Kind, Place, cell, short},
    web::Reader,
};

/// Things as a table.
pub(crate) struct Table {
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Row>,
}

/// What a column is called.
pub(crate) struct Head {
    pub(crate) text: &'static str,
    /// How the list goes by it, where it can.
    pub(crate) sort: Option<Sort>,
}

/// How a list goes by a column.
pub(crate) struct Sort {
    /// As `aria-sort` has it.
    pub(crate) state: &'static str,
    /// The same for eyes.
    pub(crate) arrow: &'static str,
    /// Where it goes the other way.
    pub(crate) href: String,
}

/// A thing.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) cells: Vec<Cell>,
}

impl Table {
    /// Of things as the API lists them.
    pub(crate) async fn of(reader: &Reader, place: &Place, things: &[Value]) -> Self {
        let entity = place.entity;
        let row = |thing: &Value| {
            let id = entity.id_of(thing);
            let mut cells: Vec<Cell> = entity
                .columns
                .iter()
                .map(|field| cell(field, thing, &reader.zone, reader.language))
                .collect();
            let own = || entity.facts.map(|_| place.href());
            let base = entity.elsewhere.map(str::to_owned).or_else(own);
            if let (Some(first), Some(base)) = (cells.first_mut(), base) {
                first.href = Some(format!("{base}/{id}"));
            }
            Row {
                id,
                name: entity.name_of(reader, thing),
                cells,
            }
        };
        let mut rows: Vec<Row> = things.iter().map(row).collect();
        let all: Vec<&Value> = things.iter().collect();
        let names = called(reader, entity.columns, &all).await;
        for row in &mut rows {
            for (field, cell) in entity.columns.iter().zip(&mut row.cells) {
                name(field, cell, &names);
            }
        }
        Self {
            heads: entity
                .columns
                .iter()
                .map(|field| Head {
                    text: field.label.within(reader.language),
                    sort: None,
                })
                .collect(),
            rows,
        }
    }
}

impl Table {
    /// The same without columns that say nothing in any row, or what is said around them: there is room for what does.
    pub(crate) fn said(mut self, known: Option<usize>) -> Self {
        let is_said = |column: usize| {
            if known == Some(column) {
                return false;
            }
            let mut cells = self.rows.iter().filter_map(|row| row.cells.get(column));
            column == 0 || self.rows.is_empty() || cells.any(|cell| !cell.is_blank())
        };
        let kept: Vec<bool> = (0..self.heads.len()).map(is_said).collect();
        self.heads = chosen(self.heads, &kept);
        for row in &mut self.rows {
            row.cells = chosen(std::mem::take(&mut row.cells), &kept);
        }
        self
    }
}

/// What is kept of a row.
fn chosen<T>(all: Vec<T>, kept: &[bool]) -> Vec<T> {
    let all = all.into_iter().zip(kept);
    all.filter(|(_, is_kept)| **is_kept).map(|(one, _)| one).collect()
}

/// Says what is referred to by its name; what has none here, or is gone, by a part of its id. Says whether it is known.
pub(super) fn name(
    field: &Field,
    cell: &mut Cell,
    names: &std::collections::BTreeMap<(&'static str, String), String>,
) -> bool {
    let Kind::Reference(kind) = field.kind else {
        return true;
    };
    match names.get(&(kind, cell.text.clone())) {
        Some(name) => cell.text.clone_from(name),
        None if cell.href.take().is_some() => {
            cell.plain = Some(cell.text.clone());
            cell.text = short(&cell.text);
            return false;
        }
        None => {}
    }
    true
}
