use axum::extract::{FromRequest, Request as Sending};
use jiff::Timestamp;
use kabar_domain::{
    Invalid, Zone,
    power::{Foreseen, Source},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    plan_calendar::calendar,
    plan_rows::{FIELDS, Read, Row, Rows, hold_to_most},
    plan_table::table,
};
use crate::{
    Api,
    frame::{
        Fields, ListQuery, Params, Problem, ProblemKind, Result, Sent, essence, parse_json, read_body,
        read_millis, read_text, utf8,
    },
};

/// The cuts that are planned, as a source says them.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewPlannedCuts)]
pub(crate) struct PlanJson {
    /// Up to when these are all cuts there will be; seven days from now unless said.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-01T00:00:00+07:00")]
    valid_until: Sent,
    /// At most 1,000.
    #[schema(value_type = Vec<ForeseenBody>, required, max_items = 1000, example = json!([
        {"uid": "2026-11-23-dago", "start": "2026-11-23T09:00:00+07:00", "end": "2026-11-23T12:30:00+07:00",
         "reason": "New transformer"}
    ]))]
    cuts: Sent,
}

/// A cut that is planned.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewPlannedCut)]
pub(crate) struct ForeseenBody {
    /// What its source calls it: the same name is the same cut, however it is moved.
    #[schema(value_type = String, required, max_length = 255, example = "2026-11-23-dago")]
    uid: Sent,
    #[schema(value_type = String, required, format = DateTime, example = "2026-11-23T09:00:00+07:00")]
    start: Sent,
    /// At most seven days after the start.
    #[schema(value_type = String, required, format = DateTime, example = "2026-11-23T12:30:00+07:00")]
    end: Sent,
    #[schema(value_type = Option<String>, max_length = 500, example = "New transformer")]
    reason: Sent,
    /// Whether it is taken back.
    #[schema(value_type = Option<bool>)]
    cancelled: Sent,
}

/// A plan in one of its three forms.
pub(crate) enum PlanBody {
    Json(PlanJson),
    Table(String),
    Calendar(String),
}

/// A plan as it was read.
pub(super) struct PlanRead {
    pub(super) cuts: Vec<Foreseen>,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) is_whole: bool,
}

impl FromRequest<Api> for PlanBody {
    type Rejection = Problem;

    async fn from_request(request: Sending, _: &Api) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_body(body).await?;
        match essence(&parts.headers).as_str() {
            "text/csv" => utf8(&bytes).map(Self::Table),
            "text/calendar" => utf8(&bytes).map(Self::Calendar),
            _ => match parse_json(&parts.headers, &bytes) {
                Err(problem) if problem.kind == ProblemKind::UnsupportedMediaType => {
                    let what = "Send JSON, text/csv or text/calendar.";
                    Err(Problem::with_detail(problem.kind, what))
                }
                read => read.map(Self::Json),
            },
        }
    }
}

impl PlanBody {
    /// Reads a plan. Times in calendars that name no zone are by the clocks of this one.
    pub(super) fn read(self, params: &Params, zone: &Zone, now: Timestamp) -> Result<PlanRead> {
        let until = |time: Timestamp| Source::valid_until(time, now);
        let stated = || -> Result<Option<Timestamp>> {
            let mut query = ListQuery {
                params,
                fields: Fields::default(),
            };
            let stated = query.parameter("valid_until", |raw| {
                read_millis(&Value::from(raw)).and_then(until)
            });
            query.fields.done()?;
            Ok(stated)
        };
        let (valid_until, cuts, is_whole) = match self {
            Self::Json(plan) => {
                let mut fields = Fields::default();
                let stated = fields.optional("valid_until", &plan.valid_until, |value| {
                    read_millis(value).and_then(until)
                });
                let cuts = fields.required("cuts", &plan.cuts, |value| {
                    let cuts = value.as_array().cloned();
                    cuts.ok_or_else(|| Invalid::because("Must be a list."))
                });
                (stated, json(fields.all(cuts)?, now)?, true)
            }
            Self::Table(text) => (stated()?, table(&text, now)?, true),
            Self::Calendar(text) => {
                let stated = stated()?;
                let (cuts, is_whole) = calendar(&text, zone, now)?;
                (stated, cuts, is_whole)
            }
        };
        Ok(PlanRead {
            cuts,
            valid_until,
            is_whole,
        })
    }
}

fn json(cuts: Vec<Value>, now: Timestamp) -> Result<Vec<Foreseen>> {
    hold_to_most(cuts.len())?;
    let mut rows = Rows::new(now);
    for (number, value) in cuts.into_iter().enumerate() {
        let place = format!("cuts[{number}]");
        let is_object = value.is_object();
        match serde_json::from_value::<ForeseenBody>(value) {
            Ok(cut) if is_object => rows.take(&place, &FIELDS, cut.row()),
            _ => rows.refuse(place, &Invalid::because("Must be an object.")),
        }
    }
    rows.done()
}

impl ForeseenBody {
    fn row(&self) -> Row {
        Row {
            uid: required(&self.uid, |value| Ok(read_text(value)?.to_owned())),
            start: required(&self.start, read_millis),
            end: required(&self.end, read_millis),
            reason: self
                .reason
                .value()
                .map_or_else(|| Ok(String::new()), |value| Ok(read_text(value)?.to_owned())),
            is_cancelled: self.cancelled.value().map_or(Ok(false), |value| {
                value
                    .as_bool()
                    .ok_or_else(|| Invalid::because("Must be true or false."))
            }),
        }
    }
}

fn required<T>(sent: &Sent, read: impl FnOnce(&Value) -> Read<T>) -> Read<T> {
    let value = sent
        .value()
        .ok_or_else(|| Invalid::because("This field is required."));
    value.and_then(read)
}
