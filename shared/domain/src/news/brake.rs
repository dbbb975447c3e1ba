use jiff::Timestamp;

use super::Reputation;
use crate::Invalid;

/// How much may come back before mailings stop.
///
/// SES puts an account under review at a bounce rate of 5 % and may pause it at 10 %; at a complaint rate of 0.1 % and
/// of 0.5 % (Amazon SES Developer Guide, "Reputation metrics messages"). An account that is paused sends no news of
/// outages either: mailings stop where the review would begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// With fewer mails than this nothing is concluded: one bounce of ten is no rate.
    pub minimum: u32,
    /// Of hard bounces, in hundredths of the mails.
    pub bounce_percent: f64,
    /// Of complaints, in hundredths of the mails.
    pub complaint_percent: f64,
}

/// Why mailings stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrakeReason {
    /// Too many mails bounced.
    Bounces,
    /// Too many were called spam.
    Complaints,
}

/// That mailings stand still until staff let them go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brake {
    /// Why.
    pub reason: BrakeReason,
    /// Since when.
    pub since: Timestamp,
}

impl Limits {
    /// Why mailings have to stop, if they have to.
    #[must_use]
    pub fn passed_by(&self, reputation: &Reputation) -> Option<BrakeReason> {
        if reputation.answered < self.minimum {
            return None;
        }
        let is_over =
            |count: u32, percent: f64| f64::from(count) * 100.0 > f64::from(reputation.answered) * percent;
        if is_over(reputation.bounced, self.bounce_percent) {
            Some(BrakeReason::Bounces)
        } else if is_over(reputation.complained, self.complaint_percent) {
            Some(BrakeReason::Complaints)
        } else {
            None
        }
    }
}

impl BrakeReason {
    /// Its name in JSON, the store and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bounces => "bounces",
            Self::Complaints => "complaints",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no reason.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = [Self::Bounces, Self::Complaints].into_iter();
        let mut found = found.filter(|reason| reason.name() == raw);
        found
            .next()
            .ok_or_else(|| Invalid::because("Is not the name of a reason."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailings_stop_above_a_rate_and_not_at_it_nor_for_a_handful_of_mails() {
        let limits = Limits {
            minimum: 1_000,
            bounce_percent: 5.0,
            complaint_percent: 0.1,
        };
        let passed = |answered, bounced, complained| {
            limits.passed_by(&Reputation {
                answered,
                bounced,
                complained,
            })
        };
        assert_eq!(passed(999, 999, 999), None);
        assert_eq!(passed(1_000, 50, 1), None);
        assert_eq!(passed(1_000, 51, 0), Some(BrakeReason::Bounces));
        assert_eq!(passed(1_000, 0, 2), Some(BrakeReason::Complaints));
        assert_eq!(passed(10_000, 501, 11), Some(BrakeReason::Bounces));
    }
}
