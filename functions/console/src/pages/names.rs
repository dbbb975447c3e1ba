use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use serde_json::Value;

use crate::{
    entities,
    entity::{Field, Kind, at},
    web::Reader,
};

/// How many things a form offers to choose from; of more, their ids are asked for.
const MOST: usize = 200;

/// What the things are called that others refer to, by their kind and id. Each is asked for once; one that cannot be
/// seen goes by its id.
pub(crate) async fn called(
    reader: &Reader,
    fields: &[Field],
    things: &[&Value],
) -> BTreeMap<(&'static str, String), String> {
    let mut wanted = BTreeSet::new();
    for field in fields {
        let Kind::Reference(kind) = field.kind else {
            continue;
        };
        for thing in things {
            if let Some(id) = at(thing, field.name).as_str() {
                wanted.insert((kind, id.to_owned()));
            }
        }
    }
    let ask = |(kind, id): (&'static str, String)| async move {
        let entity = entities::named(kind)?;
        entity.facts?;
        let found = reader.get(format!("{}/{id}", entity.path)).await.ok()?;
        Some(((kind, id), entity.name_of(reader, &found.value)))
    };
    join_all(wanted.into_iter().map(ask))
        .await
        .into_iter()
        .flatten()
        .collect()
}

/// What the references of a form can name, by their kind, where there are not too many.
pub(crate) async fn known(
    reader: &Reader,
    fields: &[Field],
) -> BTreeMap<&'static str, Vec<(String, String)>> {
    let kinds: BTreeSet<&'static str> = fields
        .iter()
        .filter_map(|field| match field.kind {
            Kind::Reference(kind) => Some(kind),
            _ => None,
        })
        .collect();
    let ask = |kind: &'static str| async move {
        let entity = entities::named(kind)?;
        let found = reader
            .get(format!("{}?limit={MOST}", entity.path))
            .await
            .ok()?
            .value;
        let (things, None) = entity.listed(found) else {
            return None;
        };
        let pair = |thing: &Value| (entity.id_of(thing), entity.name_of(reader, thing));
        let mut pairs: Vec<_> = things.iter().map(pair).collect();
        pairs.sort_by_key(|(_, name)| name.to_lowercase());
        Some((kind, pairs))
    };
    join_all(kinds.into_iter().map(ask))
        .await
        .into_iter()
        .flatten()
        .collect()
}
