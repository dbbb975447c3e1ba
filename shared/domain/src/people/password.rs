use std::fmt;

use super::Username;
use crate::Invalid;

/// A password that somebody chose; it shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// NIST SP 800-63B §5.1.1.2 asks for at least eight characters.
    pub const MIN_LENGTH: usize = 8;
    /// Long enough for any passphrase, short enough that hashing it is no weapon.
    pub const MAX_LENGTH: usize = 1024;

    /// Reads a new password for the person with this username, if that is known.
    ///
    /// # Errors
    /// When it is too short, too long, all digits, or the username.
    pub fn parse(raw: &str, username: Option<&Username>) -> Result<Self, Invalid> {
        let length = raw.chars().count();
        if length < Self::MIN_LENGTH {
            Err(Invalid::because(format!(
                "Must have at least {} characters.",
                Self::MIN_LENGTH
            )))
        } else if length > Self::MAX_LENGTH {
            Err(Invalid::because(format!(
                "May have at most {} characters.",
                Self::MAX_LENGTH
            )))
        } else if raw.chars().all(|c| c.is_numeric()) {
            Err(Invalid::because("May not be all digits."))
        } else {
            let password = Self(raw.to_owned());
            username.map_or(Ok(()), |name| password.differs_from(name))?;
            Ok(password)
        }
    }

    /// Holds the password against a username that was not known when it was read.
    ///
    /// # Errors
    /// When it is the username.
    pub fn differs_from(&self, username: &Username) -> Result<(), Invalid> {
        if username.folded() == self.0.to_lowercase() {
            Err(Invalid::because("May not be the username."))
        } else {
            Ok(())
        }
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_enough_not_a_number_and_not_the_username() {
        let name = Username::parse("Sari.Dewi").unwrap();
        for bad in ["short", "12345678901", "sari.dewi", &"x".repeat(1025)] {
            assert!(Password::parse(bad, Some(&name)).is_err(), "{bad:?}");
        }
        assert!(Password::parse("correct horse", Some(&name)).is_ok());
        assert_eq!(
            format!("{:?}", Password::parse("correct horse", None).unwrap()),
            "Password(…)"
        );
    }
}
