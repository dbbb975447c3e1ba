use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::Response,
};

use super::{Entity, Part};
use crate::{
    Console,
    asked::Asked,
    entities,
    web::{Refused, shown},
};

/// The longest id that anything has.
const LONGEST: usize = 128;

/// Where things of a kind are: in the console, and in the API.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) entity: &'static Entity,
    /// What they belong to.
    pub(crate) inside: Option<(&'static Entity, String)>,
}

/// What an address names: a kind of thing, and perhaps one of them.
pub(crate) struct Spot {
    pub(crate) place: Place,
    /// Empty where the address is that of the list.
    pub(crate) id: String,
    /// What is to be done, if the address says so.
    pub(crate) action: String,
}

impl Place {
    /// Of things that belong to nothing else.
    pub(crate) const fn of(entity: &'static Entity) -> Self {
        Self { entity, inside: None }
    }

    /// The path of the list in the API.
    pub(crate) fn api(&self) -> String {
        match &self.inside {
            Some((outer, id)) => format!("{}/{id}{}", outer.path, self.entity.path),
            None => self.entity.path.to_owned(),
        }
    }

    /// The address of the list.
    pub(crate) fn href(&self) -> String {
        match &self.inside {
            Some((outer, id)) => format!("/{}/{id}/{}", outer.name, self.entity.name),
            None => format!("/{}", self.entity.name),
        }
    }
}

impl Spot {
    fn read(names: &HashMap<String, String>) -> Option<Self> {
        let name = |name: &str| names.get(name).map(String::as_str);
        let outer = entities::named(name("kind")?)?;
        let id = name("id").unwrap_or_default();
        let (entity, inside, id) = match name("part") {
            Some(part) => {
                let within = outer.parts.iter().find_map(|known| match known {
                    Part::Within(entity) | Part::Inside(entity) if entity.name == part => Some(*entity),
                    _ => None,
                })?;
                (
                    within,
                    Some((outer, id.to_owned())),
                    name("part_id").unwrap_or_default(),
                )
            }
            None => (outer, None, id),
        };
        if !inside.as_ref().is_none_or(|(_, id)| is_plain(id)) {
            return None;
        }
        let spot = Self::at(Place { entity, inside }, id)?;
        let action = name("action").unwrap_or_default().to_owned();
        Some(Self { action, ..spot })
    }

    /// The list of what is there.
    pub(crate) const fn list(place: Place) -> Self {
        Self {
            place,
            id: String::new(),
            action: String::new(),
        }
    }

    /// One of the things there, or their list where the id is empty; none where that cannot be an id.
    pub(crate) fn at(place: Place, id: &str) -> Option<Self> {
        is_plain(id).then(|| Self {
            place,
            id: id.to_owned(),
            action: String::new(),
        })
    }

    /// The path of the thing in the API.
    pub(crate) fn api(&self) -> String {
        format!("{}/{}", self.place.api(), self.id)
    }

    /// The address of the thing.
    pub(crate) fn href(&self) -> String {
        format!("{}/{}", self.place.href(), self.id)
    }
}

/// Whether this can be an id: nothing that would lead to another path of the API.
fn is_plain(id: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    id.len() <= LONGEST && id.bytes().all(is_known)
}

impl FromRequestParts<Console> for Spot {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Response> {
        let names = Path::<HashMap<String, String>>::from_request_parts(parts, console).await;
        if let Some(spot) = names.ok().and_then(|Path(names)| Self::read(&names)) {
            return Ok(spot);
        }
        let Ok(asked) = Asked::from_request_parts(parts, console).await;
        Err(shown::refused(&Refused::not_found(), asked.language))
    }
}
