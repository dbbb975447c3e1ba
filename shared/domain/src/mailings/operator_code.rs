use super::Phone;
use crate::Invalid;

/// The three digits by which an operator's clients are found. A number that was taken to another operator keeps its
/// digits, so the code can be another than the phone's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperatorCode(String);

impl OperatorCode {
    /// Reads three digits.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let raw = raw.trim();
        if raw.len() == 3 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(Invalid::because("Must be 3 digits, as 916."))
        }
    }

    /// What a phone says by itself: digits 2 to 4.
    #[must_use]
    pub fn of(phone: &Phone) -> Self {
        Self(phone.operator_digits().to_owned())
    }

    /// Its three digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_digits_of_which_the_first_may_be_zero() {
        for raw in ["916", "007", " 495 "] {
            assert_eq!(OperatorCode::parse(raw).unwrap().as_str(), raw.trim());
        }
        for raw in ["", "91", "9161", "9x6", "+16", "٩١٦"] {
            assert!(OperatorCode::parse(raw).is_err(), "{raw:?}");
        }
    }
}
