use std::collections::BTreeSet;

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use kabar_domain::Invalid;
use kabar_store::{Order, Window};

use super::{Fields, Problem, Result};
use crate::Api;

const DEFAULT_LIMIT: u16 = 50;
const MOST: u16 = 200;

/// Query parameters as they were sent; unknown ones are ignored.
pub(crate) struct Params(Vec<(String, String)>);

impl FromRequestParts<Api> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> std::result::Result<Self, Problem> {
        let Query(params) = Query::from_request_parts(parts, api)
            .await
            .unwrap_or_else(|_| Query(Vec::new()));
        Ok(Self(params))
    }
}

/// A kind of list: its cursors are good for nothing else.
#[derive(Clone, Copy)]
pub(crate) struct Listing {
    /// What is listed.
    pub(crate) name: &'static str,
    /// Whether this can be a sort key of the list.
    pub(crate) is_sort_key: fn(&str) -> bool,
}

/// Parameters of a list, being read.
pub(crate) struct ListQuery<'a> {
    pub(crate) params: &'a Params,
    pub(crate) fields: Fields,
}

impl Params {
    /// The parameter of this name; of several the last one counts.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.every(name).last()
    }

    /// Every parameter of this name.
    fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(one, _)| one == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The part of a list that is asked for.
    pub(crate) fn window(&self, listing: Listing) -> Result<Window> {
        self.part(|query| query.window(listing))
    }

    /// The part of a list that goes both ways.
    pub(crate) fn ordered(&self, listing: Listing) -> Result<Window> {
        self.part(|query| query.ordered(listing))
    }

    fn part(&self, read: impl FnOnce(&mut ListQuery<'_>) -> Window) -> Result<Window> {
        let mut query = ListQuery {
            params: self,
            fields: Fields::default(),
        };
        let window = read(&mut query);
        query.fields.done()?;
        Ok(window)
    }
}

impl ListQuery<'_> {
    /// The part of a list that is asked for; what is wrong is noted.
    pub(crate) fn window(&mut self, listing: Listing) -> Window {
        self.within(listing, name_of(Order::Newest))
    }

    /// The part of a list that goes both ways, in the order that is asked for; what is wrong is noted.
    pub(crate) fn ordered(&mut self, listing: Listing) -> Window {
        let order = self.parameter("order", |raw| {
            let mut all = [Order::Newest, Order::Oldest].into_iter();
            let order = all.find(|order| name_of(*order) == raw);
            order.ok_or_else(|| Invalid::because("Must be newest or oldest."))
        });
        let order = order.unwrap_or_default();
        Window {
            order,
            ..self.within(listing, name_of(order))
        }
    }

    /// The part of a list in the order of a name; what is wrong is noted.
    pub(crate) fn within(&mut self, listing: Listing, order: &str) -> Window {
        let limit = self.parameter("limit", |raw| {
            let limit = raw.parse().ok().filter(|limit| (1..=MOST).contains(limit));
            limit.ok_or_else(|| Invalid::because(format!("Must be a number from 1 to {MOST}.")))
        });
        Window {
            after: self.cursor_in(listing, order),
            ..Window::first(limit.unwrap_or(DEFAULT_LIMIT))
        }
    }

    /// Where to go on in a list.
    pub(crate) fn cursor(&mut self, listing: Listing) -> Option<String> {
        self.cursor_in(listing, name_of(Order::Newest))
    }

    fn cursor_in(&mut self, listing: Listing, order: &str) -> Option<String> {
        self.parameter("cursor", |raw| {
            let cursor = listing.read(order, raw);
            cursor.ok_or_else(|| Invalid::because("Is not a cursor of this list."))
        })
    }

    /// A parameter that may be absent.
    pub(crate) fn parameter<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        let raw = self.params.get(name)?;
        read(raw).map_or_else(|reason| self.fields.refuse(name, reason), Some)
    }

    /// A parameter that may be there several times.
    pub(crate) fn parameters<T: Ord>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> std::result::Result<T, Invalid>,
    ) -> BTreeSet<T> {
        let all: std::result::Result<BTreeSet<T>, Invalid> = self.params.every(name).map(read).collect();
        all.unwrap_or_else(|reason| {
            self.fields.refuse::<()>(name, reason);
            BTreeSet::new()
        })
    }
}

/// An order as the parameter `order` says it.
const fn name_of(order: Order) -> &'static str {
    match order {
        Order::Newest => "newest",
        Order::Oldest => "oldest",
    }
}

impl Listing {
    /// The cursor with which the list goes on after this sort key.
    pub(crate) fn cursor(self, sort_key: &str) -> String {
        self.cursor_in(name_of(Order::Newest), sort_key)
    }

    /// The cursor with which a list that goes both ways goes on, of which this was a part.
    pub(crate) fn next(self, window: &Window, sort_key: &str) -> String {
        self.cursor_in(name_of(window.order), sort_key)
    }

    /// The same in the order of a name: a cursor of one order is none of another.
    pub(crate) fn cursor_in(self, order: &str, sort_key: &str) -> String {
        BASE64.encode(format!("{}:{sort_key}", self.label(order)))
    }

    /// What a cursor begins with.
    fn label(self, order: &str) -> String {
        match order == name_of(Order::Newest) {
            true => self.name.to_owned(),
            false => format!("{}-{order}", self.name),
        }
    }

    fn read(self, order: &str, cursor: &str) -> Option<String> {
        let text = String::from_utf8(BASE64.decode(cursor).ok()?).ok()?;
        let (label, sort_key) = text.split_once(':')?;
        (label == self.label(order) && (self.is_sort_key)(sort_key)).then(|| sort_key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: Listing = Listing {
        name: "groups",
        is_sort_key: |key| key.bytes().all(|byte| byte.is_ascii_digit()),
    };

    #[test]
    fn a_cursor_is_good_for_its_own_list_in_its_own_order_only() {
        let own = Some("12".to_owned());
        assert_eq!(DIGITS.read("newest", &DIGITS.cursor("12")), own);
        let oldest = Window {
            order: Order::Oldest,
            ..Window::default()
        };
        assert_eq!(DIGITS.read("oldest", &DIGITS.next(&oldest, "12")), own);
        let other = Listing {
            name: "users",
            ..DIGITS
        };
        let of_others = [
            other.cursor("12"),
            DIGITS.cursor("12#x"),
            DIGITS.next(&oldest, "12"),
        ];
        for bad in ["", "x", "!!!"]
            .into_iter()
            .chain(of_others.iter().map(String::as_str))
        {
            assert_eq!(DIGITS.read("newest", bad), None, "{bad}");
        }
        assert_eq!(DIGITS.read("oldest", &DIGITS.cursor("12")), None);
    }
}
