use serde_json::Value;

/// Statuses of messages that have not come to their end (SPEC §7).
const ON_THE_WAY: [&str; 4] = ["waiting", "wrong_time", "queued", "error"];

/// How many of a mailing's messages have come to their end.
pub(crate) struct Bar {
    pub(crate) ended: u64,
    /// All of them, as far as they are planned.
    pub(crate) all: u64,
    /// In percent; 100 only when all have.
    pub(crate) percent: u64,
}

impl Bar {
    /// Of a mailing's messages by status.
    pub(crate) fn of(counts: &Value) -> Self {
        let all = counts.as_object().into_iter().flatten();
        let all = all.filter_map(|(_, count)| count.as_u64()).sum();
        let ended = all - sum(counts, &ON_THE_WAY);
        Self {
            ended,
            all,
            percent: (ended * 100).checked_div(all).unwrap_or_default(),
        }
    }
}

/// How many messages are in one of these statuses.
pub(super) fn sum(counts: &Value, names: &[&str]) -> u64 {
    names.iter().filter_map(|name| counts[*name].as_u64()).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Bar;

    #[test]
    fn a_bar_is_full_when_and_only_when_every_message_has_come_to_its_end() {
        let bar = |sent: u64, expired: u64, queued: u64, wrong_time: u64| {
            let counts =
                json!({ "sent": sent, "expired": expired, "queued": queued, "wrong_time": wrong_time });
            let bar = Bar::of(&counts);
            (bar.ended, bar.all, bar.percent)
        };
        assert_eq!(bar(0, 0, 0, 0), (0, 0, 0));
        assert_eq!(bar(900, 99, 0, 1), (999, 1000, 99));
        assert_eq!(bar(900, 100, 0, 0), (1000, 1000, 100));
        assert_eq!(bar(1, 0, 1, 1), (1, 3, 33));
    }
}
