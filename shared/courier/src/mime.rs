use jiff::Timestamp;
use kabar_domain::{ids::MessageId, people::Email};
use mail_builder::{MessageBuilder, headers::raw::Raw};

use crate::words::Letter;

/// What stands on the outside of a letter.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// The sender: an address, or a name with an address in angle brackets.
    pub from: &'a str,
    /// The one reader.
    pub to: &'a Email,
    /// Which message it is. A letter that is sent again carries the same Message-ID, by which mail programs show it
    /// once.
    pub message: MessageId,
    /// The Date header.
    pub date: Timestamp,
}

/// A letter as a MIME message (RFC 5322, RFC 2045): text and HTML as alternatives.
///
/// # Errors
/// When the message cannot be written into memory.
pub fn mime(envelope: &Envelope<'_>, letter: &Letter) -> std::io::Result<Vec<u8>> {
    let (name, address) = name_and_address(envelope.from);
    let domain = address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let from = (name.unwrap_or("Kabar"), address);
    MessageBuilder::new()
        .from(from)
        .to(envelope.to.as_str())
        .subject(letter.subject.as_str())
        .date(envelope.date.as_second())
        .message_id(format!("{}@{domain}", envelope.message))
        // RFC 3834: no vacation notices in answer, please.
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .text_body(letter.text.as_str())
        .html_body(letter.html.as_str())
        .write_to_vec()
}

/// Splits `Kabar <news@example.com>`.
fn name_and_address(from: &str) -> (Option<&str>, &str) {
    match from.split_once('<') {
        Some((name, rest)) => (
            Some(name.trim().trim_matches('"')).filter(|n| !n.is_empty()),
            rest.trim_end_matches('>'),
        ),
        None => (None, from.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(from: &str, subject: &str) -> String {
        let to = Email::parse("sari@example.com").unwrap();
        let message = MessageId::from_bytes([7; 16]);
        let envelope = Envelope {
            from,
            to: &to,
            message,
            date: Timestamp::UNIX_EPOCH,
        };
        let letter = Letter {
            subject: subject.into(),
            text: "Halo".into(),
            html: "<p>Halo</p>".into(),
        };
        String::from_utf8(mime(&envelope, &letter).unwrap()).unwrap()
    }

    #[test]
    fn a_letter_has_text_and_html_and_the_headers_of_an_automatic_one() {
        let raw = sent("\"Kabar Bandung\" <news@example.com>", "Listrik padam");
        for part in [
            "From: \"Kabar Bandung\" <news@example.com>",
            "To: <sari@example.com>",
            "Subject: Listrik padam",
            "Message-ID: <07070707-0707-0707-0707-070707070707@example.com>",
            "Auto-Submitted: auto-generated",
            "Date: Thu, 1 Jan 1970 00:00:00 +0000",
            "multipart/alternative",
            "text/plain",
            "text/html",
        ] {
            assert!(raw.contains(part), "{part:?} is missing in\n{raw}");
        }
    }

    #[test]
    fn a_subject_cannot_start_another_header() {
        let raw = sent("news@example.com", "x\r\nBcc: everybody@example.com");
        assert!(!raw.lines().any(|line| line.starts_with("Bcc:")), "{raw}");
    }
}
