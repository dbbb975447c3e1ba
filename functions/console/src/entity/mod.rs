//! How a kind of thing is described: once, for its lists, details, forms, actions and CSV.

mod cell;
mod field;
mod input;
mod place;
mod value;

use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::{
    web::{Reader, Result},
    words::{Text, text, ui},
};

pub(crate) use cell::{Cell, cell};
pub(crate) use field::{Choice, Field, Kind, field};
pub(crate) use input::{Input, Source, inputs};
pub(crate) use place::{Place, Spot};
pub(crate) use value::{at, document};

/// A kind of thing that the API has.
pub(crate) struct Entity {
    /// What it is called in the console's addresses, as a list.
    pub(crate) name: &'static str,
    /// Where the API lists it; within another thing, what follows that thing's path.
    pub(crate) path: &'static str,
    /// The member of the API's answer that holds the list; empty where the answer is the list.
    pub(crate) list: &'static str,
    /// The member by which the API knows one.
    pub(crate) id: &'static str,
    /// The member by which people know one.
    pub(crate) title: &'static str,
    pub(crate) one: Text,
    pub(crate) many: Text,
    /// In whose menu it is; what of it is theirs the API says.
    pub(crate) who: Who,
    /// What a list shows.
    pub(crate) columns: &'static [Field],
    /// What one shows beside that; none where the API has no path of one.
    pub(crate) facts: Option<&'static [Field]>,
    /// By what the API finds some of them.
    pub(crate) filters: &'static [Field],
    /// By which column the API's list goes, if it goes both ways.
    pub(crate) order: Option<Order>,
    /// What a new one is made of; empty where none can be made.
    pub(crate) create: &'static [Field],
    /// Where one is shown, if that is not within its list.
    pub(crate) elsewhere: Option<&'static str>,
    /// What can be changed.
    pub(crate) change: &'static [Field],
    /// What is shown once, of one that was just made.
    pub(crate) reveals: &'static [Field],
    pub(crate) actions: &'static [Action],
    /// What belongs to one.
    pub(crate) parts: &'static [Part],
    /// What a page of one says before its facts.
    pub(crate) above: Option<Beside>,
    /// What a page of one says after its facts: what was with it.
    pub(crate) past: Option<Beside>,
    /// Another page that things of it come from, and what it is called.
    pub(crate) also: Option<(&'static str, Text)>,
    /// Whether its form shows beside it what is being written.
    pub(crate) is_previewed: bool,
    /// What else a page of one has for its readers.
    pub(crate) beside: Option<Beside>,
}

/// Makes a part of a page as HTML, of a thing as the API has it.
pub(crate) type Beside = for<'r> fn(&'r Reader, &'r Spot, &'r Value) -> BoxFuture<'r, Result<Option<String>>>;

/// Who looks for a kind of thing in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Everybody,
    Staff,
    Superusers,
    /// It is found with what it belongs to.
    Nobody,
}

/// Things that belong to a thing.
pub(crate) enum Part {
    /// The API has them within it.
    Within(&'static Entity),
    /// The document of that thing has them.
    Inside(&'static Entity),
    /// The API finds them by a filter of this name.
    By(&'static str, &'static Entity),
}

/// By which column a list goes, and how the API's parameter `order` calls both ways.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    pub(crate) column: &'static str,
    /// From the earliest on.
    pub(crate) up: &'static str,
    /// From the latest back.
    pub(crate) down: &'static str,
    /// How it goes unless it is asked to; nothing where that is by no column that is shown.
    pub(crate) usual: Option<&'static str>,
}

/// The newest come first by this column, unless it is the oldest that are asked for.
pub(crate) const fn newest_by(column: &'static str) -> Option<Order> {
    Some(Order {
        column,
        up: "oldest",
        down: "newest",
        usual: Some("newest"),
    })
}

/// Something that can be done with one, or with many.
pub(crate) struct Action {
    /// In the console's addresses.
    pub(crate) name: &'static str,
    pub(crate) label: Text,
    /// What happens then, said before it does.
    pub(crate) warning: Text,
    pub(crate) method: &'static str,
    /// What follows the thing's path in the API; a whole path where `named_by` says which thing is meant.
    pub(crate) path: &'static str,
    /// The member that has the thing's id, where the path has not.
    pub(crate) named_by: Option<&'static str>,
    pub(crate) fields: &'static [Field],
    /// What is shown once, of what came of it.
    pub(crate) reveals: &'static [Field],
    /// What is said of what came of it, where that is more than that it was done.
    pub(crate) says: &'static [Field],
    /// Where it can be done: a member, and the values that it has then.
    pub(crate) when: Option<(&'static str, &'static [&'static str])>,
    /// Whether something is lost by it.
    pub(crate) is_grave: bool,
    /// Whether it can be done with many at once.
    pub(crate) is_for_many: bool,
    /// Whether the API does it with many in one request, which has their `ids`; what follows the path of their list.
    pub(crate) is_together: bool,
    /// Whether the thing is gone after it.
    pub(crate) is_end: bool,
    /// Whether a request that is sent twice is done once by its key; else it is done once by what it does.
    pub(crate) is_once: bool,
}

/// What a description leaves out.
pub(crate) const NO_ENTITY: Entity = Entity {
    name: "",
    path: "",
    list: "",
    id: "id",
    title: "name",
    one: text("", ""),
    many: text("", ""),
    who: Who::Nobody,
    columns: &[],
    facts: None,
    filters: &[],
    order: None,
    elsewhere: None,
    create: &[],
    change: &[],
    reveals: &[],
    actions: &[],
    parts: &[],
    above: None,
    past: None,
    also: None,
    is_previewed: false,
    beside: None,
};

/// What a description of an action leaves out: one that posts, loses nothing and leaves the thing there.
pub(crate) const NO_ACTION: Action = Action {
    name: "",
    label: text("", ""),
    warning: text("", ""),
    method: "POST",
    path: "",
    named_by: None,
    fields: &[],
    reveals: &[],
    says: &[],
    when: None,
    is_grave: false,
    is_for_many: false,
    is_together: false,
    is_end: false,
    is_once: true,
};

/// Deletes a thing, with a warning of its own.
pub(crate) const fn delete(warning: Text) -> Action {
    Action {
        name: "delete",
        label: ui::DELETE,
        warning,
        method: "DELETE",
        is_grave: true,
        is_for_many: true,
        is_end: true,
        is_once: false,
        ..NO_ACTION
    }
}

impl Action {
    /// Whether it can be done with this thing now.
    pub(crate) fn fits(&self, thing: &Value) -> bool {
        self.when.is_none_or(|(member, values)| {
            let now = at(thing, member);
            let now = now.as_str().map_or_else(|| now.to_string(), str::to_owned);
            values.contains(&now.as_str())
        })
    }
}

impl Entity {
    /// The action of a name.
    pub(crate) fn action(&self, name: &str) -> Option<&'static Action> {
        self.actions.iter().find(|action| action.name == name)
    }

    /// By what the API knows a thing.
    pub(crate) fn id_of(&self, thing: &Value) -> String {
        said(at(thing, self.id))
    }

    /// What a thing is called.
    pub(crate) fn name_of(&self, thing: &Value) -> String {
        let title = said(at(thing, self.title));
        if title.is_empty() {
            self.id_of(thing)
        } else {
            title
        }
    }

    /// Whether it is in the menu of whoever reads.
    pub(crate) fn is_for(&self, reader: &Reader) -> bool {
        match self.who {
            Who::Everybody => true,
            Who::Staff => reader.is_staff(),
            Who::Superusers => reader.me["is_superuser"] == true,
            Who::Nobody => false,
        }
    }
}

/// Ids are texts or numbers.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
