use axum::{Json, response::Response};
use jiff::Timestamp;
use kabar_domain::{
    ids::{HomeId, RegionId},
    power::Transition,
};
use kabar_store::{List, Window, power::Range};
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{
    Anyone, Fields, Id, ListQuery, Listing, LoggedIn, Request, Result, Table, Tabular, Wanted, read_time,
    rows,
};

const LISTING: Listing = Listing {
    name: "history",
    is_sort_key: |key| {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        key.split_once('#')
            .is_some_and(|(at, number)| is_digits(at) && is_digits(number))
    },
};
/// How many rows a part of a file has unless `limit` says otherwise: one read, of half a megabyte at the most.
const MOST_IN_FILE: u16 = 2_000;
const COLUMNS: [&str; 4] = ["at", "from", "to", "cause"];

/// That a place came to be something else.
#[derive(Serialize, ToSchema)]
#[schema(as = Transition)]
pub(crate) struct TransitionView {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What it was: `on`, `off` or `unknown`.
    #[schema(example = "on")]
    from: &'static str,
    /// What it is from then on.
    #[schema(example = "off")]
    to: &'static str,
    /// Who or what said so: `operator`, `homes`, `person`, `device`, `silence`, or `nothing` when nothing says anything
    /// any more.
    #[schema(example = "operator")]
    cause: &'static str,
}

impl From<Transition> for TransitionView {
    fn from(transition: Transition) -> Self {
        Self {
            at: transition.at,
            from: transition.from.name(),
            to: transition.to.name(),
            cause: transition.cause.name(),
        }
    }
}

impl TransitionView {
    fn row(&self) -> [String; 4] {
        let at = self.at.to_string();
        [
            at,
            self.from.to_owned(),
            self.to.to_owned(),
            self.cause.to_owned(),
        ]
    }
}

/// A part of a history.
#[derive(Serialize, ToSchema)]
pub(crate) struct TransitionList {
    transitions: Vec<TransitionView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What a region came to be, the newest first, as JSON or, for whoever likes `text/csv` better, as a file.
///
/// A file has a part of 2,000 unless `limit` says otherwise. While there is more, a `Link` header has the URL of the next
/// part; the parts put together, the first of which names the columns, are one file.
#[utoipa::path(get, path = "/api/regions/{id}/history/", tag = "power",
    params(("id" = String, Path),
           ("from" = Option<String>, Query, description = "At this time or later", example = "2026-11-21T00:00:00+07:00"),
           ("to" = Option<String>, Query, description = "Before this time", example = "2026-11-22 00:00")),
    responses((status = 200, content((TransitionList = "application/json"), (String = "text/csv")),
        headers(("Link" = String, description = "Of a file, while there is more: `<?cursor=…>; rel=\"next\"` (RFC 8288)"),
                ("Content-Disposition" = String, description = "Of a file: its name"),
                ("Vary" = String, description = "`Accept`")))))]
pub(crate) async fn list_region_history(
    _: Anyone,
    Request(app): Request,
    Id(id): Id<RegionId>,
    asked: Tabular,
) -> Result<Response> {
    let (range, window) = read(&asked)?;
    let found = app.region_history(id, &range, &window).await?;
    answer(&asked, &format!("region-{id}"), found, &window)
}

/// What a home came to be, the newest first, as JSON or, for whoever likes `text/csv` better, as a file. For its owner, its
/// members and staff.
///
/// A file has a part of 2,000 unless `limit` says otherwise. While there is more, a `Link` header has the URL of the next
/// part; the parts put together, the first of which names the columns, are one file.
#[utoipa::path(get, path = "/api/homes/{id}/history/", tag = "power",
    params(("id" = String, Path),
           ("from" = Option<String>, Query, description = "At this time or later", example = "2026-11-21T00:00:00+07:00"),
           ("to" = Option<String>, Query, description = "Before this time", example = "2026-11-22 00:00")),
    responses((status = 200, content((TransitionList = "application/json"), (String = "text/csv")),
        headers(("Link" = String, description = "Of a file, while there is more: `<?cursor=…>; rel=\"next\"` (RFC 8288)"),
                ("Content-Disposition" = String, description = "Of a file: its name"),
                ("Vary" = String, description = "`Accept`")))))]
pub(crate) async fn list_home_history(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    asked: Tabular,
) -> Result<Response> {
    let (range, window) = read(&asked)?;
    let found = app.home_history(&caller, id, &range, &window).await?;
    answer(&asked, &format!("home-{id}"), found, &window)
}

fn read(asked: &Tabular) -> Result<(Range, Window)> {
    let mut query = ListQuery {
        params: &asked.params,
        fields: Fields::default(),
    };
    let mut window = query.window(LISTING);
    if asked.wanted == Wanted::Csv && asked.params.get("limit").is_none() {
        window.limit = MOST_IN_FILE;
    }
    let range = Range {
        from: query.parameter("from", read_time),
        to: query.parameter("to", read_time),
    };
    query.fields.done()?;
    Ok((range, window))
}

fn answer(asked: &Tabular, of: &str, found: List<Transition>, window: &Window) -> Result<Response> {
    let next = found.next.map(|key| LISTING.cursor(&key));
    let transitions = found.entries.into_iter().map(TransitionView::from);
    let transitions: Vec<TransitionView> = transitions.collect();
    let columns = window.after.is_none().then_some(COLUMNS);
    match asked.wanted {
        Wanted::Json => Ok(Tabular::json(Json(TransitionList { transitions, next }))),
        Wanted::Csv => asked.table(Table {
            name: format!("{of}-history.csv"),
            rows: rows(columns, transitions.iter().map(TransitionView::row)),
            next,
        }),
    }
}
