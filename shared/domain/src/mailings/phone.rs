use crate::Invalid;

/// A mobile number of the Russian numbering plan (E.164 country code 7): `7XXXXXXXXXX`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// The country code, an operator's three digits, and seven of the subscriber.
    const DIGITS: usize = 11;

    /// Reads `79161234567`, or the same after a `+`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let raw = raw.trim();
        let digits = raw.strip_prefix('+').unwrap_or(raw);
        let is_phone = digits.len() == Self::DIGITS
            && digits.starts_with('7')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_phone {
            Ok(Self(digits.to_owned()))
        } else {
            Err(Invalid::because(
                "Must be 11 digits, the first a 7, as 79161234567 or +79161234567.",
            ))
        }
    }

    /// Its eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The three digits after the country code.
    pub(super) fn operator_digits(&self) -> &str {
        &self.0[1..4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_the_same_with_and_without_a_plus() {
        for raw in ["79161234567", "+79161234567", " +79161234567 "] {
            assert_eq!(Phone::parse(raw).unwrap().as_str(), "79161234567", "{raw}");
        }
    }

    #[test]
    fn what_is_no_phone_is_refused_and_told_the_two_forms() {
        for raw in [
            "",
            "+",
            "7916123456",
            "791612345678",
            "89161234567",
            "++79161234567",
            "7 916 123 45 67",
            "7916123456x",
            "٧٩١٦١٢٣٤٥٦٧",
            "7.91612E+10",
        ] {
            let refused = Phone::parse(raw).unwrap_err().to_string();
            assert!(
                refused.contains("79161234567 or +79161234567"),
                "{raw}: {refused}"
            );
        }
    }
}
