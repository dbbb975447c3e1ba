use std::io;

use mail_builder::{
    MessageBuilder,
    headers::{content_type::ContentType, raw::Raw, url::URL},
    mime::MimePart,
};

use crate::{Calendar, Envelope, words::Letter};

/// The name under which mail programs offer to save what is for the calendar.
const FILE: &str = "invite.ics";

/// A letter as a MIME message (RFC 5322, RFC 2045): text and HTML as alternatives. What is for the calendar is a third
/// one, which programs that know events show with the letter (RFC 6047, §2.4), and a file, for all the others.
///
/// The same letter in the same envelope is the same bytes.
///
/// # Errors
/// When the message cannot be written into memory.
pub fn mime(envelope: &Envelope<'_>, letter: &Letter, calendar: Option<&Calendar>) -> io::Result<Vec<u8>> {
    let mut alternatives = vec![
        MimePart::new("text/plain", letter.text.as_str()),
        MimePart::new("text/html", letter.html.as_str()),
    ];
    if let Some(calendar) = calendar {
        let kind = ContentType::new("text/calendar")
            .attribute("method", calendar.method().name())
            .attribute("charset", "utf-8");
        alternatives.push(MimePart::new(kind, calendar.text()));
    }
    let mut body = parts(envelope, "alternative", alternatives);
    if let Some(calendar) = calendar {
        let kind = ContentType::new("application/ics").attribute("name", FILE);
        let file = MimePart::new(kind, calendar.text().as_bytes()).attachment(FILE);
        body = parts(envelope, "mixed", vec![body, file]);
    }
    headed(envelope, letter).body(body).write_to_vec()
}

fn headed<'a>(envelope: &Envelope<'a>, letter: &'a Letter) -> MessageBuilder<'a> {
    let sender = envelope.sender();
    let message = MessageBuilder::new()
        .from((sender.name, sender.address))
        .to(envelope.to.as_str())
        .subject(letter.subject.as_str())
        .date(envelope.date.as_second())
        .message_id(format!("{}@{}", envelope.message, sender.domain()))
        // RFC 3834: no vacation notices in answer, please.
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .header("Feedback-ID", Raw::new(feedback_id(envelope)));
    match envelope.unsubscribe {
        Some(url) => message
            .header("List-Unsubscribe", URL::new(url))
            // RFC 8058: one POST, which mail programs may make for their reader.
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click")),
        None => message,
    }
}

/// By what Gmail counts the complaints of its readers: four fields, the last of which is the sender
/// (<https://support.google.com/a/answer/6254652>).
fn feedback_id(envelope: &Envelope<'_>) -> String {
    let (notice, kind) = (envelope.message.page().notice(), envelope.kind);
    let stream = kind
        .topic()
        .map_or_else(|| kind.lane().name(), |topic| topic.name());
    format!("{notice}:{}:{stream}:kabar", kind.name())
}

/// Several parts as one. What stands between them is drawn from the message's id, which nobody who writes words of it
/// can know.
fn parts<'a>(envelope: &Envelope<'_>, how: &str, parts: Vec<MimePart<'a>>) -> MimePart<'a> {
    let boundary = format!("=_{how}_{}", envelope.message);
    let kind = ContentType::new(format!("multipart/{how}")).attribute("boundary", boundary);
    MimePart::new(kind, parts)
}
