use kabar_app::power::{DetectorChange, NewDetector};
use kabar_domain::{
    Invalid, bounded_text,
    power::{HOME_NAME_MAX, Means, Target, Thresholds, dwell_s, grace_s, in_a_row, period_s, probe_period_s},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{Fields, Result, Sent, read_text};

/// By how much a device may be late that says nothing of it: one step of the schedule.
const GRACE_S: u32 = 60;
/// How often a target is tried unless said, in seconds: with every check.
const PROBE_PERIOD_S: u32 = 60;

/// What a detector is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewDetector)]
pub(crate) struct DetectorBody {
    /// `heartbeat` for a device that calls, `probe` for something that Kabar tries to reach from outside, `manual` for what
    /// people say. It stays what it is.
    #[schema(value_type = String, required, example = "heartbeat")]
    kind: Sent,
    /// What its owner calls it.
    #[schema(value_type = Option<String>, max_length = 255, example = "Router")]
    name: Sent,
    /// What to reach: `tcp://host:port` or `https://host/path`, at an address that everybody can reach; for a probe, which
    /// must have it. A page has answered with any status; redirects are not followed.
    #[schema(value_type = Option<String>, max_length = 255, example = json!(null))]
    target: Sent,
    /// How often it calls, in seconds, for a heartbeat, which must have it; how often it is tried for a probe, where it is
    /// 60 unless said, and at least that.
    #[schema(value_type = Option<u32>, minimum = 10, maximum = 86400, example = 60)]
    period_s: Sent,
    /// By how much it may be late, in seconds; 60 unless said. For a heartbeat.
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 86400, example = 30)]
    grace_s: Sent,
    /// Misses in a row before `off`; 1 unless said, 2 for a probe.
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
    /// For a probe; what is known begins anew with another.
    #[schema(value_type = String, max_length = 255, example = "https://rumah.example.com")]
    target: Sent,
    /// For a heartbeat or a probe.
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

fn read_target(value: &Value) -> Read<Target> {
    Target::parse(read_text(value)?)
}

enum Kind {
    Heartbeat,
    Probe,
    Manual,
}

fn read_kind(value: &Value) -> Read<Kind> {
    match read_text(value)? {
        "heartbeat" => Ok(Kind::Heartbeat),
        "probe" => Ok(Kind::Probe),
        "manual" => Ok(Kind::Manual),
        _ => Err(Invalid::because("Must be heartbeat, probe or manual.")),
    }
}

/// Refuses a field that such a detector does not have.
fn refuse(fields: &mut Fields, name: &'static str, sent: &Sent, why: &'static str) {
    fields.optional(name, sent, |_| -> Read<()> { Err(Invalid::because(why)) });
}

impl DetectorBody {
    pub(super) fn read(&self) -> Result<NewDetector> {
        let mut fields = Fields::default();
        let kind = fields.required("kind", &self.kind, read_kind);
        let name = fields.optional("name", &self.name, read_name);
        let means = match kind {
            Some(Kind::Manual) => self.manual(&mut fields),
            Some(Kind::Probe) => self.probe(&mut fields),
            Some(Kind::Heartbeat) | None => self.heartbeat(&mut fields),
        };
        let misses = fields.optional("misses", &self.misses, whole(in_a_row));
        let hits = fields.optional("hits", &self.hits, whole(in_a_row));
        let dwell = fields.optional("dwell_s", &self.dwell_s, whole(dwell_s));
        fields.done()?;
        let means = means.unwrap_or(Means::Manual { said: None });
        let usual = match means {
            Means::Probe { .. } => Thresholds::of_probe(),
            Means::Heartbeat { .. } | Means::Manual { .. } => Thresholds::default(),
        };
        Ok(NewDetector {
            name: name.unwrap_or_default(),
            means,
            thresholds: Thresholds {
                misses: misses.unwrap_or(usual.misses),
                hits: hits.unwrap_or(usual.hits),
                dwell_s: dwell.unwrap_or(usual.dwell_s),
            },
        })
    }
}

impl DetectorBody {
    fn heartbeat(&self, fields: &mut Fields) -> Option<Means> {
        refuse(fields, "target", &self.target, "Only a probe has this.");
        let period_s = fields.required("period_s", &self.period_s, whole(period_s));
        let grace_s = fields.optional("grace_s", &self.grace_s, whole(grace_s));
        Some(Means::Heartbeat {
            period_s: period_s?,
            grace_s: grace_s.unwrap_or(GRACE_S),
        })
    }

    fn probe(&self, fields: &mut Fields) -> Option<Means> {
        refuse(fields, "grace_s", &self.grace_s, "Only a heartbeat has this.");
        let target = fields.required("target", &self.target, read_target);
        let period_s = fields.optional("period_s", &self.period_s, whole(probe_period_s));
        Some(Means::Probe {
            target: target?,
            period_s: period_s.unwrap_or(PROBE_PERIOD_S),
        })
    }

    fn manual(&self, fields: &mut Fields) -> Option<Means> {
        refuse(fields, "target", &self.target, "Only a probe has this.");
        refuse(
            fields,
            "period_s",
            &self.period_s,
            "Only a heartbeat or a probe has this.",
        );
        refuse(fields, "grace_s", &self.grace_s, "Only a heartbeat has this.");
        Some(Means::Manual { said: None })
    }
}

impl DetectorChangeBody {
    pub(super) fn read(&self) -> Result<DetectorChange> {
        let mut fields = Fields::default();
        let change = DetectorChange {
            kind: None,
            name: fields.change("name", &self.name, read_name),
            target: fields.change("target", &self.target, read_target),
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
