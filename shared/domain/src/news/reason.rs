use super::{Answer, Topic};
use crate::Invalid;

/// Why an address is suppressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such mailbox.
    HardBounce,
    /// Mail to it bounced softly, again and again.
    SoftBounces,
    /// Its owner called a mail spam.
    Complaint,
    /// Somebody of the staff put it on the list.
    Manual,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::HardBounce, Self::SoftBounces, Self::Complaint, Self::Manual];

    /// Its name in JSON and the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HardBounce => "hard_bounce",
            Self::SoftBounces => "soft_bounces",
            Self::Complaint => "complaint",
            Self::Manual => "manual",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no reason.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|reason| reason.name() == raw);
        found.ok_or_else(|| Invalid::because("Is not the name of a reason."))
    }

    /// Why an answer puts the address on the list, if it does. `has_soft_bounced`: softly once too often.
    #[must_use]
    pub const fn of(answer: Answer, has_soft_bounced: bool) -> Option<Self> {
        match answer {
            Answer::HardBounce => Some(Self::HardBounce),
            Answer::SoftBounce if has_soft_bounced => Some(Self::SoftBounces),
            Answer::Complaint => Some(Self::Complaint),
            Answer::Delivered | Answer::SoftBounce => None,
        }
    }

    /// What the address gets none of any more; `about` is the topic of the mail that was the reason, if it had one.
    ///
    /// - There is no mailbox to tell anything: nothing at all.
    /// - Whoever called a mail spam wants no such mail, and certainly no mailings.
    /// - A mailbox that is full, or a server that will not take what we send, may take the next mail. Going on costs
    ///   the reputation by which all other mail arrives, so what can be done without stops; news of an outage does
    ///   not, for it matters more to its reader than one more bounce does to us.
    /// - Staff say themselves what they mean: nothing follows from it.
    #[must_use]
    pub fn topics(self, about: Option<Topic>) -> Vec<Topic> {
        match self {
            Self::HardBounce => Topic::ALL.to_vec(),
            Self::SoftBounces => vec![Topic::Reminders, Topic::Mailings],
            Self::Complaint => {
                let of_the_mail = about.filter(|topic| *topic != Topic::Mailings);
                of_the_mail.into_iter().chain([Topic::Mailings]).collect()
            }
            Self::Manual => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_silences() {
        use Topic::{Mailings, Outages, Reminders};
        let silenced = |answer, soft, about| -> Vec<Topic> {
            let reason = Reason::of(answer, soft);
            reason.map(|reason| reason.topics(about)).unwrap_or_default()
        };
        for about in [None, Some(Reminders), Some(Outages), Some(Mailings)] {
            assert_eq!(silenced(Answer::Delivered, true, about), []);
            assert_eq!(silenced(Answer::HardBounce, false, about), Topic::ALL);
            assert_eq!(silenced(Answer::SoftBounce, false, about), []);
            assert_eq!(silenced(Answer::SoftBounce, true, about), [Reminders, Mailings]);
        }
        assert_eq!(silenced(Answer::Complaint, false, None), [Mailings]);
        assert_eq!(silenced(Answer::Complaint, false, Some(Mailings)), [Mailings]);
        assert_eq!(
            silenced(Answer::Complaint, false, Some(Outages)),
            [Outages, Mailings]
        );
    }
}
