use std::fmt;

use crate::Invalid;

/// An amount of money in minor units, hundredths; its currency is the installation's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(u64);

/// Amounts stay below 10¹⁰ (SPEC §1), which is 10¹² minor units.
const BOUND: u64 = 1_000_000_000_000;

impl Money {
    /// Reads a decimal with at most two places, such as `150000`, `12.5` or `12.50`.
    ///
    /// # Errors
    /// When it is no such number, negative, or 10¹⁰ or more.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let refused =
            || Invalid::because("Must be an amount from 0 to 9999999999.99 with at most two decimals.");
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // Zeros may follow without end: 12.5000 is an amount of two places.
        let part = part.trim_end_matches('0');
        if whole.is_empty() || whole.len() > 20 || part.len() > 2 || !is_digits(whole) || !is_digits(part) {
            return Err(refused());
        }
        let whole: u64 = whole.parse().map_err(|_| refused())?;
        let hundredths: u64 = format!("{part:0<2}").parse().map_err(|_| refused())?;
        let minor = whole
            .checked_mul(100)
            .and_then(|minor| minor.checked_add(hundredths));
        minor.and_then(Self::from_minor).ok_or_else(refused)
    }

    /// So many minor units, if they are no more than an amount can have.
    #[must_use]
    pub const fn from_minor(minor: u64) -> Option<Self> {
        if minor < BOUND { Some(Self(minor)) } else { None }
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Money {
    /// Without decimals if there are none: `150000`, else with two: `12.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 100 {
            0 => write!(f, "{}", self.0 / 100),
            hundredths => write!(f, "{}.{hundredths:02}", self.0 / 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_is_written(minor in 0..BOUND) {
            let money = Money::from_minor(minor).unwrap();
            prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
            let padded = format!("{}.{:02}", minor / 100, minor % 100);
            prop_assert_eq!(Money::parse(&padded), Ok(money));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = Money::parse(&text);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            ".",
            ".5",
            "-1",
            "+1",
            "1e3",
            "1,5",
            "0.001",
            "10000000000",
            "NaN",
            "٣",
            "1.2.3",
            "1.-1",
        ] {
            assert!(Money::parse(text).is_err(), "{text}");
        }
        assert_eq!(Money::parse("9999999999.99").unwrap().minor(), BOUND - 1);
    }
}
