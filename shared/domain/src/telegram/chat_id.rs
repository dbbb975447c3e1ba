use std::fmt;

use crate::Invalid;

/// A chat's number has at most 52 significant bits (Bot API, object `Chat`).
const BITS: u32 = 52;

/// The number of a chat in Telegram: above zero for a person's, below for that of a group or a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId(i64);

impl ChatId {
    /// Takes a number.
    ///
    /// # Errors
    /// When no chat can have it.
    pub fn new(number: i64) -> Result<Self, Invalid> {
        if number == 0 || number.unsigned_abs() >> BITS > 0 {
            return Err(Invalid::because("Must be the number of a chat in Telegram."));
        }
        Ok(Self(number))
    }

    /// Reads a number as [`Self`] is written, so that one chat has one URL.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self::new(text.parse().ok()?).ok()?;
        (id.to_string() == text).then_some(id)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Sixteen bytes, as many as other ids have: zeros, then the number.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        u128::from(self.0.cast_unsigned()).to_be_bytes()
    }

    /// Back from [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let [.., a, b, c, d, e, f, g, h] = bytes;
        Self(i64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_s_number_is_read_in_one_way() {
        for number in [
            1,
            -1,
            424_242,
            -1_001_234_567_890,
            (1 << BITS) - 1,
            1 - (1 << BITS),
        ] {
            let id = ChatId::new(number).unwrap();
            assert_eq!(ChatId::parse(&id.to_string()), Some(id));
            assert_eq!(ChatId::from_bytes(id.to_bytes()), id);
            assert_eq!(id.number(), number);
        }
        for text in [
            "",
            "0",
            "-0",
            "+7",
            "07",
            " 7",
            "7.0",
            "@kabar",
            "4503599627370496",
            "9".repeat(30).as_str(),
        ] {
            assert_eq!(ChatId::parse(text), None, "{text:?}");
        }
        assert!(ChatId::new(i64::MIN).is_err() && ChatId::new(i64::MAX).is_err());
    }
}
