use super::{Client, Field};
use crate::Invalid;

/// Words for many with fields that are each reader's own: `Dear {{first_name|friend}}`. What follows the bar stands
/// where the field is empty. Every field is known, for it is checked when the words are saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording(String);

/// A piece of words.
enum Piece<'w> {
    /// As it stands.
    Plain(&'w str),
    /// A field, and what stands for it where it is empty.
    Own(Field, &'w str),
}

impl Wording {
    /// Reads a text of one or more lines, at most `max` characters long.
    ///
    /// # Errors
    /// When it is empty, too long, has control characters other than line breaks, or fields that there are not.
    pub fn text(raw: &str, max: usize) -> Result<Self, Invalid> {
        let text = raw.replace("\r\n", "\n");
        let is_odd = |c: char| c.is_control() && c != '\n';
        Self::checked(text.trim(), max, is_odd)
    }

    /// Reads one line, at most `max` characters long.
    ///
    /// # Errors
    /// As [`Self::text`], or when it has more lines.
    pub fn line(raw: &str, max: usize) -> Result<Self, Invalid> {
        Self::checked(raw.trim(), max, char::is_control)
    }

    fn checked(text: &str, max: usize, is_odd: impl Fn(char) -> bool) -> Result<Self, Invalid> {
        if text.is_empty() {
            return Err(Invalid::because("May not be empty."));
        }
        if text.chars().count() > max {
            return Err(Invalid::because(format!("May have at most {max} characters.")));
        }
        if text.chars().any(is_odd) {
            return Err(Invalid::because("May not contain control characters."));
        }
        pieces(text)?;
        Ok(Self(text.to_owned()))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a client reads.
    #[must_use]
    pub fn filled(&self, client: &Client) -> Self {
        let pieces = pieces(&self.0).unwrap_or_default();
        let own = |piece| match piece {
            Piece::Plain(text) => text,
            Piece::Own(field, otherwise) => Some(field.of(client))
                .filter(|own| !own.is_empty())
                .unwrap_or(otherwise),
        };
        Self(pieces.into_iter().map(own).collect())
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Invalid> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once("{{") {
        let (inside, after) = after
            .split_once("}}")
            .ok_or_else(|| Invalid::because("Has a {{ without its }}."))?;
        let (name, otherwise) = inside.split_once('|').unwrap_or((inside, ""));
        let field = Field::ALL.into_iter().find(|field| field.name() == name.trim());
        let field = field.ok_or_else(|| {
            let known = Field::ALL.map(Field::name).join(", ");
            Invalid::because(format!("Has a field that there is not; there are {known}."))
        })?;
        pieces.extend([Piece::Plain(plain), Piece::Own(field, otherwise.trim())]);
        rest = after;
    }
    pieces.push(Piece::Plain(rest));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        Zone,
        ids::ClientId,
        mailings::{NewClient, Phone, Tag},
    };

    fn client(first_name: &str) -> Client {
        let new = NewClient {
            phone: Phone::parse("79161234567").unwrap(),
            operator_code: None,
            tag: Tag::parse("{{phone}}").unwrap(),
            zone: Zone::utc(),
            email: None,
            first_name: first_name.to_owned(),
            language: None,
        };
        Client::new(ClientId::from_bytes([1; 16]), new, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn fields_are_each_reader_s_own_and_nothing_in_them_is_a_field() {
        let text = Wording::text("Hi {{ first_name |friend}}, {{tag}}: {{operator_code}} } {", 1000).unwrap();
        assert_eq!(
            text.filled(&client("Sari")).as_str(),
            "Hi Sari, {{phone}}: 916 } {"
        );
        assert_eq!(text.filled(&client("")).as_str(), "Hi friend, {{phone}}: 916 } {");
        let empty = Wording::line("To {{email}}{{first_name|}}.", 100).unwrap();
        assert_eq!(empty.filled(&client("")).as_str(), "To .");
    }

    #[test]
    fn what_is_no_field_is_refused_when_it_is_written() {
        for (text, part) in [
            ("Hi {{name}}", "there are first_name, phone"),
            ("Hi {{}}", "there are"),
            ("Hi {{first_name", "without its"),
            ("Hi {{first_name}} {{", "without its"),
            ("Hi {{first name}}", "there are"),
            (" \n ", "empty"),
            ("a\u{7}", "control"),
        ] {
            let refused = Wording::text(text, 1000).unwrap_err().to_string();
            assert!(refused.contains(part), "{text:?}: {refused}");
        }
        assert!(Wording::line("a\nb", 100).is_err());
        assert!(Wording::text("a\r\nb", 3).is_ok());
        assert!(Wording::text(&"й".repeat(1001), 1000).is_err());
    }
}
