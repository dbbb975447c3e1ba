use kabar_domain::{
    Invalid,
    power::{Detector, Means},
};

use crate::{Failure, FieldError, Result};

/// What is to change of a detector; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct DetectorChange {
    /// The kind that it is taken for, which has to be its own.
    pub kind: Option<&'static str>,
    /// What its owner calls it.
    pub name: Option<String>,
    /// How often it calls, in seconds.
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
        match &mut to.means {
            Means::Heartbeat { period_s, grace_s } => {
                *period_s = self.period_s.unwrap_or(*period_s);
                *grace_s = self.grace_s.unwrap_or(*grace_s);
            }
            Means::Manual { .. } => {
                let sent = [("period_s", self.period_s), ("grace_s", self.grace_s)];
                let foreign = sent.into_iter().filter(|(_, value)| value.is_some());
                let errors: Vec<_> = foreign
                    .map(|(field, _)| FieldError {
                        field,
                        reason: Invalid::because("Only a heartbeat has this."),
                    })
                    .collect();
                if !errors.is_empty() {
                    return Err(Failure::Invalid(errors));
                }
            }
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
}
