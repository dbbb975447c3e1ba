use std::{collections::BTreeSet, sync::LazyLock};

use axum::routing::{MethodFilter, MethodRouter, on};

use crate::{
    Console, account, brake, calendar, entities, import, mailing, me, overview, pages, status, uploads,
    web::{Declares, Rule, asset},
};

/// A page: where it is, and who may open it.
#[derive(Clone, Debug)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, without the slash at its end that it also answers to.
    pub path: String,
    /// Who may open it, as the handler's signature says.
    pub rule: Rule,
}

/// A handler whose first parameter does not say who may open it does not compile here.
fn route<H, T>(
    method: &'static str,
    filter: MethodFilter,
    path: &str,
    handler: H,
) -> (Route, MethodRouter<Console>)
where
    H: axum::handler::Handler<T, Console>,
    T: Declares + 'static,
{
    let route = Route {
        method,
        path: path.to_owned(),
        rule: T::RULE,
    };
    (route, on(filter, handler))
}

macro_rules! routes {
    ($($method:ident $path:expr => $handler:path;)*) => {
        [$(route(stringify!($method), MethodFilter::$method, $path, $handler)),*]
    };
}

/// The whole URL space of the console.
#[must_use]
pub fn routes() -> Vec<(Route, MethodRouter<Console>)> {
    let mut all = Vec::from(routes! {
        // for everybody
        GET  "/status" => status::regions;
        GET  "/status/{region}" => status::region;
        GET  "/status/{region}/feed.xml" => status::feed;
        GET  "/status/{region}/badge.svg" => status::badge;
        GET  "/status/{region}/badge.json" => status::badge_json;
        GET  "/assets/{file}" => asset;

        // to come in and go
        GET  "/login" => account::log_in_form;
        POST "/login" => account::log_in;
        POST "/logout" => account::leave;
        GET  "/sign-up" => account::sign_up_form;
        POST "/sign-up" => account::sign_up;
        GET  "/forgot" => account::forgot_form;
        POST "/forgot" => account::forgot;
        GET  "/reset" => account::reset_form;
        POST "/reset" => account::reset;

        // for whoever is logged in
        GET  "/" => overview::overview;
        POST "/me/language" => account::speak;
        POST "/mailings/preview" => mailing::preview;
        POST "/mailings/letter" => mailing::letter;
        GET  "/mailings/{id}/export" => mailing::export;
        GET  "/clients/import" => import::form;
        POST "/clients/import" => import::import;
        GET  "/me" => me::mine;
        POST "/me" => me::change;
        POST "/me/preferences" => me::prefer;
        POST "/me/telegram" => me::connect;
        POST "/me/home" => me::join;
        POST "/me/logout" => me::leave_everywhere;
        GET  "/me/delete" => me::ask_to_delete;
        POST "/me/delete" => me::delete;
        GET  "/me/export" => me::export;
        GET  "/me/tickets" => me::tickets;
        GET  "/registrations/{id}/calendar" => calendar::calendar;
        GET  "/me/messages" => me::messages;
        GET  "/me/messages/csv" => me::messages_csv;
        GET  "/me/messages/{id}" => me::message;
        GET  "/events/{id}/poster/new" => uploads::new_poster;
        POST "/events/{id}/poster/new" => uploads::upload_poster;
        GET  "/brake" => brake::brake;
        POST "/brake" => brake::release;
        GET  "/regions/{id}/planned-cuts/new" => uploads::new_plan;
        POST "/regions/{id}/planned-cuts/new" => uploads::take_plan;
    });
    // Things of every kind, and things that belong to a thing.
    for (list, one) in [
        ("/{kind}", "/{kind}/{id}"),
        ("/{kind}/{id}/{part}", "/{kind}/{id}/{part}/{part_id}"),
    ] {
        let at = |base: &str, rest: &str| format!("{base}{rest}");
        all.extend(routes! {
            GET  list => pages::list;
            POST list => pages::create;
            GET  &at(list, "/new") => pages::new;
            GET  &at(list, "/csv") => pages::list_csv;
            POST &at(list, "/many") => pages::many;
            GET  one => pages::details;
            GET  &at(one, "/edit") => pages::edit;
            POST &at(one, "/edit") => pages::change;
            GET  &at(one, "/do/{action}") => pages::ask;
            POST &at(one, "/do/{action}") => pages::act;
        });
    }
    all
}

/// The nearest page at or above an address that a route answers: some addresses only take forms.
pub(crate) fn page_above<'p>(route: &str, path: &'p str) -> &'p str {
    static PAGES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let all = routes().into_iter().map(|(route, _)| route);
        all.filter(|route| route.method == "GET")
            .map(|route| route.path)
            .collect()
    });
    let is_list = |path: &str| {
        path.strip_prefix('/')
            .is_some_and(|name| entities::named(name).is_some())
    };
    let (mut route, mut path) = (route.trim_end_matches('/'), path.trim_end_matches('/'));
    while !PAGES.contains(route) && !is_list(path) {
        let (Some((outer, _)), Some((above, _))) = (route.rsplit_once('/'), path.rsplit_once('/')) else {
            return "/";
        };
        (route, path) = (outer, above);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::page_above;

    #[test]
    fn above_what_only_takes_forms_there_is_a_page() {
        for (route, path, page) in [
            ("/me/telegram/", "/me/telegram/", "/me"),
            ("/logout", "/logout", "/"),
            ("/mailings/preview", "/mailings/preview", "/mailings"),
            ("/{kind}/many", "/events/many", "/events"),
            (
                "/{kind}/{id}/{part}/many",
                "/homes/7/detectors/many",
                "/homes/7/detectors",
            ),
            ("/{kind}/{id}/edit", "/events/7/edit", "/events/7/edit"),
            ("/", "/", "/"),
            ("", "/nothing/at/all", "/"),
        ] {
            assert_eq!(page_above(route, path), page, "{path}");
        }
    }
}
