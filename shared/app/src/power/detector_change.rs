use kabar_domain::{
    Invalid,
    power::{Detector, Means, Target, probe_period_s},
};

use crate::{Failure, FieldError, Result};

/// What is to change of a detector; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct DetectorChange {
    /// The kind that it is taken for, which has to be its own.
    pub kind: Option<&'static str>,
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it tries to reach.
    pub target: Option<Target>,
    /// How often it calls or is tried, in seconds.
    pub period_s: Option<u32>,
    /// By how much it may be late, in seconds.
    pub grace_s: Option<u32>,
    /// Misses in a row before *off*.
    pub misses: Option<u32>,
    /// Hits in a row before *on*.
    pub hits: Option<u32>,
    /// How long power must have stayed before it counts as back, in seconds.
    pub dwell_s: Option<u32>,
}

impl DetectorChange {
    /// Changes a detector.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every field that such a detector does not have.
    pub(super) fn apply(&self, to: &mut Detector) -> Result<()> {
        if self.kind.is_some_and(|kind| kind != to.means.name()) {
            return Err(Failure::field("kind", "It stays of its kind."));
        }
        let errors = self.errors(&to.means);
        if !errors.is_empty() {
            return Err(Failure::Invalid(errors));
        }
        match &mut to.means {
            Means::Heartbeat { period_s, grace_s } => {
                *period_s = self.period_s.unwrap_or(*period_s);
                *grace_s = self.grace_s.unwrap_or(*grace_s);
            }
            Means::Probe { target, period_s } => {
                *target = self.target.clone().unwrap_or_else(|| target.clone());
                *period_s = self.period_s.unwrap_or(*period_s);
            }
            Means::Manual { .. } => {}
        }
        if let Some(name) = &self.name {
            to.name.clone_from(name);
        }
        let thresholds = &mut to.thresholds;
        thresholds.misses = self.misses.unwrap_or(thresholds.misses);
        thresholds.hits = self.hits.unwrap_or(thresholds.hits);
        thresholds.dwell_s = self.dwell_s.unwrap_or(thresholds.dwell_s);
        to.version += 1;
        Ok(())
    }

    /// What such a detector does not have, or not so.
    fn errors(&self, means: &Means) -> Vec<FieldError> {
        let foreign: &[(_, _, _)] = &[
            ("target", self.target.is_some(), "Only a probe has this."),
            ("grace_s", self.grace_s.is_some(), "Only a heartbeat has this."),
            (
                "period_s",
                self.period_s.is_some(),
                "Only a heartbeat or a probe has this.",
            ),
        ];
        let foreign = match means {
            Means::Heartbeat { .. } => &foreign[..1],
            Means::Probe { .. } => &foreign[1..2],
            Means::Manual { .. } => foreign,
        };
        let sent = foreign.iter().filter(|(_, is_sent, _)| *is_sent);
        let mut errors: Vec<_> = sent
            .map(|(field, _, why)| error(field, Invalid::because(*why)))
            .collect();
        if let (Means::Probe { .. }, Some(period)) = (means, self.period_s) {
            let period = probe_period_s(period.into());
            errors.extend(period.err().map(|reason| error("period_s", reason)));
        }
        errors
    }
}

const fn error(field: &'static str, reason: Invalid) -> FieldError {
    FieldError { field, reason }
}
