use jiff::Timestamp;
use kabar_domain::{ids::MessageId, news::Kind, people::Email};

use crate::sender::Sender;

/// What stands on the outside of a letter.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The sender: an address, or a name with an address in angle brackets.
    pub from: &'a str,
    /// The one reader.
    pub to: &'a Email,
    /// Which message it is. A letter that is sent again carries the same Message-ID, by which mail programs show it
    /// once.
    pub message: MessageId,
    /// Of which kind its news is.
    pub kind: Kind,
    /// Where the reader, or their mail program for them, can ask to be told no more of such news: a URL of ours.
    pub unsubscribe: Option<&'a str>,
    /// The Date header, and the moment that calendars take what it says to be of.
    pub date: Timestamp,
}

impl<'a> Envelope<'a> {
    /// Who it is from.
    pub(crate) fn sender(&self) -> Sender<'a> {
        Sender::read(self.from)
    }
}
