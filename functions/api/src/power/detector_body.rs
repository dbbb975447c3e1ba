use kabar_app::power::{DetectorChange, NewDetector};
use kabar_domain::{
    Invalid, bounded_text,
    power::{HOME_NAME_MAX, Means, Thresholds, dwell_s, grace_s, in_a_row, period_s},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{Fields, Result, Sent, read_text};

/// By how much a device may be late that says nothing of it: one step of the schedule.
const GRACE_S: u32 = 60;

/// What a detector is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewDetector)]
pub(crate) struct DetectorBody {
    /// `heartbeat` for a device that calls, `manual` for what people say. It stays what it is.
    #[schema(value_type = String, required, example = "heartbeat")]
    kind: Sent,
    /// What its owner calls it.
    #[schema(value_type = Option<String>, max_length = 255, example = "Router")]
    name: Sent,
    /// How often it calls, in seconds; for a heartbeat, which must have it.
    #[schema(value_type = Option<u32>, minimum = 10, maximum = 86400, example = 60)]
    period_s: Sent,
    /// By how much it may be late, in seconds; 60 unless said. For a heartbeat.
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 86400, example = 30)]
    grace_s: Sent,
    /// Misses in a row before `off`; 1 unless said.
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 10, example = 1)]
    misses: Sent,
    /// Hits in a row before `on`, after it was `off`; 1 unless said.
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 10, example = 1)]
    hits: Sent,
    /// How long power must have stayed before it counts as back, in seconds; 120 unless said.
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 3600, example = 120)]
    dwell_s: Sent,
}

/// What is to change of a detector; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = DetectorChange)]
pub(crate) struct DetectorChangeBody {
    #[schema(value_type = String, max_length = 255, example = "Router")]
    name: Sent,
    /// For a heartbeat.
    #[schema(value_type = u32, minimum = 10, maximum = 86400, example = 60)]
    period_s: Sent,
    /// For a heartbeat.
    #[schema(value_type = u32, minimum = 0, maximum = 86400, example = 30)]
    grace_s: Sent,
    #[schema(value_type = u32, minimum = 1, maximum = 10, example = 1)]
    misses: Sent,
    #[schema(value_type = u32, minimum = 1, maximum = 10, example = 1)]
    hits: Sent,
    #[schema(value_type = u32, minimum = 0, maximum = 3600, example = 120)]
    dwell_s: Sent,
}

type Read<T> = std::result::Result<T, Invalid>;

/// Reads a whole number by its own rule.
fn whole(read: fn(u64) -> Read<u32>) -> impl Fn(&Value) -> Read<u32> {
    move |value| read(value.as_u64().unwrap_or(u64::MAX))
}

/// A name, which may be empty.
fn read_name(value: &Value) -> Read<String> {
    match read_text(value)?.trim() {
        "" => Ok(String::new()),
        name => bounded_text(name, HOME_NAME_MAX),
    }
}

fn read_kind(value: &Value) -> Read<bool> {
    match read_text(value)? {
        "heartbeat" => Ok(true),
        "manual" => Ok(false),
        _ => Err(Invalid::because("Must be heartbeat or manual.")),
    }
}

impl DetectorBody {
    pub(super) fn read(&self) -> Result<NewDetector> {
        let mut fields = Fields::default();
        let is_heartbeat = fields.required("kind", &self.kind, read_kind);
        let name = fields.optional("name", &self.name, read_name);
        let (period, grace) = match is_heartbeat {
            Some(false) => {
                for (field, sent) in [("period_s", &self.period_s), ("grace_s", &self.grace_s)] {
                    fields.optional(field, sent, |_| -> Read<()> {
                        Err(Invalid::because("Only a heartbeat has this."))
                    });
                }
                (None, None)
            }
            _ => (
                fields.required("period_s", &self.period_s, whole(period_s)),
                fields.optional("grace_s", &self.grace_s, whole(grace_s)),
            ),
        };
        let misses = fields.optional("misses", &self.misses, whole(in_a_row));
        let hits = fields.optional("hits", &self.hits, whole(in_a_row));
        let dwell = fields.optional("dwell_s", &self.dwell_s, whole(dwell_s));
        fields.done()?;
        let usual = Thresholds::default();
        Ok(NewDetector {
            name: name.unwrap_or_default(),
            means: match period {
                Some(period_s) => Means::Heartbeat {
                    period_s,
                    grace_s: grace.unwrap_or(GRACE_S),
                },
                None => Means::Manual { said: None },
            },
            thresholds: Thresholds {
                misses: misses.unwrap_or(usual.misses),
                hits: hits.unwrap_or(usual.hits),
                dwell_s: dwell.unwrap_or(usual.dwell_s),
            },
        })
    }
}

impl DetectorChangeBody {
    pub(super) fn read(&self) -> Result<DetectorChange> {
        let mut fields = Fields::default();
        let change = DetectorChange {
            kind: None,
            name: fields.change("name", &self.name, read_name),
            period_s: fields.change("period_s", &self.period_s, whole(period_s)),
            grace_s: fields.change("grace_s", &self.grace_s, whole(grace_s)),
            misses: fields.change("misses", &self.misses, whole(in_a_row)),
            hits: fields.change("hits", &self.hits, whole(in_a_row)),
            dwell_s: fields.change("dwell_s", &self.dwell_s, whole(dwell_s)),
        };
        fields.done()?;
        Ok(change)
    }
}
