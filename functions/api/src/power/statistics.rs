use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use kabar_domain::{
    ids::{HomeId, RegionId},
    power::{Period, Statistics},
};

use super::statistics_view::{BucketView, COLUMNS, RegionStatisticsView, StatisticsView};
use crate::frame::{
    Anyone, Entity, Fields, Id, ListQuery, LoggedIn, Request, Result, Table, Tabular, Wanted, rows, tag_of,
};

/// What became of a region in a period up to now, as JSON or, for whoever likes `text/csv` better, its parts as a file.
#[utoipa::path(get, path = "/api/regions/{id}/stats/", tag = "power",
    params(("id" = String, Path),
           ("period" = Option<String>, Query, pattern = r"^(24h|7d|30d|1y)$",
               description = "How far back: `24h`, `7d`, `30d` or `1y`; a month unless said", example = "30d")),
    responses((status = 200, content((RegionStatisticsView = "application/json"), (String = "text/csv")),
        headers(("Content-Disposition" = String, description = "Of a file: its name"),
                ("Vary" = String, description = "`Accept`"))),
              (status = 400, body = crate::frame::ProblemBody)))]
pub(crate) async fn get_region_statistics(
    _: Anyone,
    Request(app): Request,
    Id(id): Id<RegionId>,
    asked: Tabular,
) -> Result<Response> {
    let found = app.region_statistics(id, period(&asked)?).await?;
    match asked.wanted {
        Wanted::Json => Ok(Tabular::json(Entity::unversioned(RegionStatisticsView::from(
            &found,
        )))),
        Wanted::Csv => table(&asked, &format!("region-{id}"), &found.statistics),
    }
}

/// What became of a home in a period up to now, as JSON or, for whoever likes `text/csv` better, its parts as a file. For its
/// owner, its members and staff.
#[utoipa::path(get, path = "/api/homes/{id}/stats/", tag = "power",
    params(("id" = String, Path),
           ("period" = Option<String>, Query, pattern = r"^(24h|7d|30d|1y)$",
               description = "How far back: `24h`, `7d`, `30d` or `1y`; a month unless said", example = "30d")),
    responses((status = 200, content((StatisticsView = "application/json"), (String = "text/csv")),
        headers(("Content-Disposition" = String, description = "Of a file: its name"),
                ("Vary" = String, description = "`Accept`"))),
              (status = 400, body = crate::frame::ProblemBody)))]
pub(crate) async fn get_home_statistics(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    asked: Tabular,
) -> Result<Response> {
    let found = app.home_statistics(&caller, id, period(&asked)?).await?;
    match asked.wanted {
        Wanted::Json => Ok(Tabular::json(Entity::unversioned(StatisticsView::from(&found)))),
        Wanted::Csv => table(&asked, &format!("home-{id}"), &found),
    }
}

fn period(asked: &Tabular) -> Result<Period> {
    let mut query = ListQuery {
        params: &asked.params,
        fields: Fields::default(),
    };
    let period = query.parameter("period", Period::parse);
    query.fields.done()?;
    Ok(period.unwrap_or(Period::Month))
}

fn table(asked: &Tabular, of: &str, statistics: &Statistics) -> Result<Response> {
    let rows = rows(Some(COLUMNS), statistics.buckets.iter().map(BucketView::row));
    let tag = rows.as_ref().map(|rows| HeaderValue::from_str(&tag_of(rows)));
    let tag = tag.ok().and_then(std::result::Result::ok);
    let mut answer = asked.table(Table {
        name: format!("{of}-{}.csv", statistics.period.name()),
        rows,
        next: None,
    })?;
    answer.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    Ok(answer)
}
