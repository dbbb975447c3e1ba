use jiff::Timestamp;

use super::Answer;
use crate::ids::MessageId;

/// How many mails in a row may bounce softly before the address is suppressed.
pub const MOST_SOFT_BOUNCES: usize = 3;

/// The mails to an address that bounced softly since one last arrived. Answers may come in any order and twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoftBounces {
    /// Which mails, and when each came back.
    pub bounces: Vec<(MessageId, Timestamp)>,
    /// When one last arrived, as far as is known; what bounced before does not count.
    pub delivered_at: Option<Timestamp>,
}

impl SoftBounces {
    /// Takes note of what became of a mail. Only soft bounces and deliveries count: after a hard bounce there is
    /// nothing more to count, and who complains has the mail.
    pub fn note(&mut self, answer: Answer, message: MessageId, at: Timestamp) {
        match answer {
            Answer::SoftBounce if self.bounces.iter().all(|(known, _)| *known != message) => {
                self.bounces.push((message, at));
            }
            Answer::Delivered => self.delivered_at = self.delivered_at.max(Some(at)),
            Answer::SoftBounce | Answer::HardBounce | Answer::Complaint => {}
        }
        self.bounces.retain(|(_, at)| Some(*at) > self.delivered_at);
        self.bounces.sort_unstable_by_key(|(_, at)| *at);
        let surplus = self.bounces.len().saturating_sub(MOST_SOFT_BOUNCES);
        self.bounces.drain(..surplus);
    }

    /// Whether it has happened once too often.
    #[must_use]
    pub fn are_too_many(&self) -> bool {
        self.bounces.len() >= MOST_SOFT_BOUNCES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes answers by (what, which mail, when); whether it was once too often after each.
    fn noted(answers: &[(Answer, u8, i64)]) -> Vec<bool> {
        let mut soft = SoftBounces::default();
        let note = |(answer, mail, second): &(Answer, u8, i64)| {
            let at = Timestamp::from_second(*second).unwrap();
            soft.note(*answer, MessageId::from_bytes([*mail; 16]), at);
            soft.are_too_many()
        };
        answers.iter().map(note).collect()
    }

    #[test]
    fn three_in_a_row_are_too_many_and_a_delivery_in_between_begins_anew() {
        use Answer::{Delivered, SoftBounce};
        let three = [(SoftBounce, 1, 1), (SoftBounce, 2, 2), (SoftBounce, 3, 3)];
        assert_eq!(noted(&three), [false, false, true]);
        let twice = [(SoftBounce, 1, 1), (SoftBounce, 1, 1), (SoftBounce, 2, 2)];
        assert_eq!(noted(&twice), [false; 3]);
        let in_between = [
            (SoftBounce, 1, 1),
            (SoftBounce, 2, 2),
            (Delivered, 9, 3),
            (SoftBounce, 3, 4),
        ];
        assert_eq!(noted(&in_between), [false; 4]);
        let late = [
            (SoftBounce, 3, 4),
            (Delivered, 9, 3),
            (SoftBounce, 2, 2),
            (SoftBounce, 1, 1),
        ];
        assert_eq!(noted(&late), [false; 4], "in whatever order they come");
    }
}
