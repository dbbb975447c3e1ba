use crate::Invalid;

/// An email address that SES will take: one `@`, a dotted domain, ASCII without spaces.
///
/// Narrower than RFC 5322 on purpose (no quoted local parts, no address literals): what people really have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// RFC 5321 §4.5.3.1.3 allows a path of 256 octets, two of which are the angle brackets.
    pub const MAX_LENGTH: usize = 254;
    /// RFC 5321 §4.5.3.1.1.
    const MAX_LOCAL: usize = 64;

    /// Reads an address.
    ///
    /// # Errors
    /// When it is not one, or too long.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let raw = raw.trim();
        if raw.len() > Self::MAX_LENGTH {
            return Err(Invalid::because(format!(
                "May have at most {} characters.",
                Self::MAX_LENGTH
            )));
        }
        let invalid = || Invalid::because("Must be a valid email address.");
        let (local, domain) = raw.rsplit_once('@').ok_or_else(invalid)?;
        let local_ok = !local.is_empty()
            && local.len() <= Self::MAX_LOCAL
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        if local_ok && domain_ok {
            Ok(Self(raw.to_owned()))
        } else {
            Err(invalid())
        }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it unique: letter case does not.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass_and_keep_their_spelling() {
        for address in [
            "sari@example.com",
            "Budi.Santoso+kabar@mail.example.co.id",
            "o'neil@example.com",
        ] {
            assert_eq!(Email::parse(address).unwrap().as_str(), address);
        }
        assert_eq!(
            Email::parse(" Sari@Example.com ").unwrap().folded(),
            "sari@example.com"
        );
    }

    #[test]
    fn what_could_end_a_header_or_reach_two_people_is_refused() {
        let long = format!("{}@example.com", "a".repeat(300));
        let bad = [
            "",
            "sari",
            "@example.com",
            "a@b",
            "a b@example.com",
            "a@example.com\r\nBcc: x@example.com",
            "a@example.com,b@example.com",
            "a..b@example.com",
            "<a@example.com>",
            "a@-example.com",
            "é@example.com",
            long.as_str(),
        ];
        for address in bad {
            assert!(Email::parse(address).is_err(), "{address:?}");
        }
    }
}
