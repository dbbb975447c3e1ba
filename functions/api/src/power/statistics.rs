use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use kabar_domain::{
    ids::{HomeId, RegionId},
    power::Period,
};

use super::statistics_view::{COLUMNS, REGION_COLUMNS, RegionStatisticsView, StatisticsView};
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
    let period = period(&asked)?;
    let found = RegionStatisticsView::from(&app.region_statistics(id, period).await?);
    match asked.wanted {
        Wanted::Json => Ok(Tabular::json(Entity::unversioned(found))),
        Wanted::Csv => table(
            &asked,
            &format!("region-{id}-{}", period.name()),
            rows(Some(REGION_COLUMNS), found.rows()),
        ),
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
    let period = period(&asked)?;
    let found = StatisticsView::from(&app.home_statistics(&caller, id, period).await?);
    match asked.wanted {
        Wanted::Json => Ok(Tabular::json(Entity::unversioned(found))),
        Wanted::Csv => table(
            &asked,
            &format!("home-{id}-{}", period.name()),
            rows(Some(COLUMNS), found.rows()),
        ),
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

fn table(asked: &Tabular, name: &str, rows: std::result::Result<Vec<u8>, csv::Error>) -> Result<Response> {
    let tag = rows.as_ref().map(|rows| HeaderValue::from_str(&tag_of(rows)));
    let tag = tag.ok().and_then(std::result::Result::ok);
    let mut answer = asked.table(Table {
        name: format!("{name}.csv"),
        rows,
        next: None,
    })?;
    answer.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    Ok(answer)
}
