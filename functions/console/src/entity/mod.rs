//! How a kind of thing is described: once, for its lists, details, forms, actions and CSV.

mod cell;
mod field;
mod input;
mod place;
mod value;

use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::{
    web::Reader,
    words::{self, Text, ui},
};

pub(crate) use cell::{Cell, cell, short};
pub(crate) use field::{Choice, Field, Kind, field};
pub(crate) use input::{Input, Source, inputs, unsaid};
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
    /// Who is offered to make new ones.
    pub(crate) makers: Who,
    /// Who is offered to change one.
    pub(crate) keepers: Who,
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
    /// A file of one: what follows its address, and what it is called.
    pub(crate) file: Option<(&'static str, Text)>,
    /// Whether its form shows beside it what is being written.
    pub(crate) is_previewed: bool,
    /// What else a page of one has for its readers.
    pub(crate) beside: Option<Beside>,
}

/// Makes a part of a page as HTML, of a thing as the API has it; none where there is none, or where it cannot be made: what
/// there is to do with the thing does not wait for it.
pub(crate) type Beside = for<'r> fn(&'r Reader, &'r Spot, &'r Value) -> BoxFuture<'r, Option<String>>;

/// To whom something is shown that the API may still refuse them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Everybody,
    Organizers,
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
    /// A filter with which the list has an order of its own.
    pub(crate) except: Option<&'static str>,
}

/// The newest come first by this column, unless it is the oldest that are asked for.
pub(crate) const fn newest_by(column: &'static str) -> Order {
    Order {
        column,
        up: "oldest",
        down: "newest",
        usual: Some("newest"),
        except: None,
    }
}

/// Something that can be done with one, or with many.
pub(crate) struct Action {
    /// In the console's addresses.
    pub(crate) name: &'static str,
    pub(crate) label: Text,
    /// Who is offered to do it; whose thing it has to be the API says.
    pub(crate) who: Who,
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
    /// Whether something is made by it, which may be there already.
    pub(crate) is_making: bool,
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
    one: words::text("", ""),
    many: words::text("", ""),
    who: Who::Nobody,
    makers: Who::Everybody,
    keepers: Who::Everybody,
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
    file: None,
    is_previewed: false,
    beside: None,
};

/// What a description of an action leaves out: one that posts, loses nothing and leaves the thing there.
pub(crate) const NO_ACTION: Action = Action {
    name: "",
    label: words::text("", ""),
    who: Who::Everybody,
    warning: words::text("", ""),
    method: "POST",
    path: "",
    named_by: None,
    fields: &[],
    reveals: &[],
    says: &[],
    when: None,
    is_making: false,
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

impl Who {
    /// Whether whoever reads is one of them.
    pub(crate) fn has(self, reader: &Reader) -> bool {
        match self {
            Self::Everybody => true,
            Self::Organizers => reader.is_organizer(),
            Self::Staff => reader.is_staff(),
            Self::Superusers => reader.me["is_superuser"] == true,
            Self::Nobody => false,
        }
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

    /// The things of an answer of the API that lists them, and where it goes on.
    pub(crate) fn listed(&self, mut answer: Value) -> (Vec<Value>, Option<String>) {
        let next = answer["next"].as_str().map(str::to_owned);
        let list = match self.list {
            "" => answer,
            name => answer[name].take(),
        };
        match list {
            Value::Array(things) => (things, next),
            _ => (Vec::new(), next),
        }
    }

    /// By what the API knows a thing.
    pub(crate) fn id_of(&self, thing: &Value) -> String {
        said(at(thing, self.id))
    }

    /// What a thing is called, as whoever reads is shown it.
    pub(crate) fn name_of(&self, reader: &Reader, thing: &Value) -> String {
        let title = said(at(thing, self.title));
        if title.is_empty() {
            return self.id_of(thing);
        }
        let column = self.columns.iter().find(|field| field.name == self.title);
        column.map_or(title, |field| {
            cell(field, thing, &reader.zone, reader.language).text
        })
    }

    /// What its page is called: what has no name of its own is called after its kind as well.
    pub(crate) fn heading_of(&self, reader: &Reader, thing: &Value) -> String {
        let name = self.name_of(reader, thing);
        match self.title {
            "id" => format!("{} {name}", self.one.within(reader.language)),
            _ => name,
        }
    }

    /// Whether whoever reads can make one.
    pub(crate) fn is_made_by(&self, reader: &Reader) -> bool {
        !self.create.is_empty() && self.makers.has(reader)
    }

    /// Whether whoever reads can change one.
    pub(crate) fn is_changed_by(&self, reader: &Reader) -> bool {
        !self.change.is_empty() && self.keepers.has(reader)
    }
}

/// A member of a thing that is a text.
pub(crate) fn text(thing: &Value, name: &str) -> String {
    thing[name].as_str().unwrap_or_default().to_owned()
}

/// Ids are texts or numbers.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
