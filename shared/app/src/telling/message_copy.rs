use kabar_courier::words::Letter;

/// A message as its reader has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageCopy {
    /// One line; only mail has it.
    pub subject: Option<String>,
    /// The plain text; Telegram has none.
    pub text: Option<String>,
    /// The same as HTML, in Telegram as it knows it; text messages have none.
    pub html: Option<String>,
}

impl From<Letter> for MessageCopy {
    fn from(letter: Letter) -> Self {
        Self {
            subject: Some(letter.subject),
            text: Some(letter.text),
            html: Some(letter.html),
        }
    }
}
