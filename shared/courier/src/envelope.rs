use jiff::Timestamp;
use kabar_domain::{ids::MessageId, news::Kind, people::Email};

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
    /// What the sender is called, and their address.
    pub(crate) fn sender(&self) -> (&'a str, &'a str) {
        let (name, address) = match self.from.rsplit_once('<') {
            Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end_matches('>')),
            None => ("", self.from.trim()),
        };
        (if name.is_empty() { "Kabar" } else { name }, address)
    }

    /// The right part of ids that must be like no other in the world.
    pub(crate) fn domain(&self) -> &'a str {
        let (_, address) = self.sender();
        address.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }
}
