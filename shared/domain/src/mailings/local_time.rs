use jiff::civil::Time;

use crate::Invalid;

/// What a clock on the wall shows, to the minute: `08:00`. Which instant that is depends on the day and the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(Time);

impl LocalTime {
    /// Reads `HH:MM`, from `00:00`, which is midnight, to `23:59`.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::because("Must be a time of day from 00:00 to 23:59, as 08:00.");
        let (hour, minute) = raw.trim().split_once(':').ok_or_else(invalid)?;
        let number = |digits: &str| {
            let are_two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| are_two)
        };
        let (hour, minute) = number(hour).zip(number(minute)).ok_or_else(invalid)?;
        Time::new(hour, minute, 0, 0).map(Self).map_err(|_| invalid())
    }

    /// The first instant of its minute.
    #[must_use]
    pub fn time(self) -> Time {
        self.0
    }
}

impl std::fmt::Display for LocalTime {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(text, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_two_digits_twice() {
        for raw in ["00:00", "08:05", "23:59", " 22:00 "] {
            assert_eq!(LocalTime::parse(raw).unwrap().to_string(), raw.trim());
        }
    }

    #[test]
    fn what_is_no_time_of_day_is_refused_and_told_the_form() {
        for raw in [
            "",
            ":",
            "8:00",
            "08:0",
            "08:000",
            "24:00",
            "08:60",
            "08:00:00",
            "0800",
            "-1:00",
            "+8:00",
            "08:+1",
            "08 :00",
            "٠٨:٠٠",
        ] {
            let refused = LocalTime::parse(raw).unwrap_err().to_string();
            assert!(refused.contains("from 00:00 to 23:59"), "{raw}: {refused}");
        }
    }
}
