//! Reads a raw mail the way a mail program would, to show and to test what people get.

use std::collections::BTreeMap;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use serde::Serialize;

/// A mail in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Mail {
    pub(super) subject: String,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    /// As written, unfolded; the values of a header that comes more than once are lines of one text.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) attachments: Vec<Attachment>,
}

/// What is attached; the content is in the raw mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Attachment {
    pub(super) name: Option<String>,
    pub(super) content_type: String,
    pub(super) size: usize,
}

/// A message in Telegram: HTML of few elements, whose lines end as in a text.
pub(super) fn chat(html: &str) -> Mail {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    for (entity, is) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, is);
    }
    Mail {
        text: Some(text),
        html: Some(format!("<div style=\"white-space: pre-wrap\">{html}</div>")),
        ..Mail::default()
    }
}

/// Takes a mail apart; what is no mail at all has no parts.
pub(super) fn parse(raw: &[u8]) -> Mail {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Mail::default();
    };
    Mail {
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        }),
        html: message.html_bodies().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        }),
        headers: headers(&message),
        attachments: message.attachments().map(attachment).collect(),
    }
}

/// The addresses in a mail's `To`, for a sender that names none beside the mail.
pub(super) fn recipients(raw: &[u8]) -> Vec<String> {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Vec::new();
    };
    let addresses = message.to().into_iter().flat_map(|to| to.iter());
    addresses
        .filter_map(|to| to.address().map(str::to_owned))
        .collect()
}

fn headers(message: &Message<'_>) -> BTreeMap<String, String> {
    let mut headers = BTreeMap::<String, String>::new();
    for (name, value) in message.headers_raw() {
        let unfolded = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = headers.entry(name.to_owned());
        entry
            .and_modify(|earlier| *earlier = format!("{earlier}\n{unfolded}"))
            .or_insert(unfolded);
    }
    headers
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Attachment {
    let content_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| {
            kind.subtype().map_or_else(
                || kind.ctype().to_owned(),
                |subtype| format!("{}/{subtype}", kind.ctype()),
            )
        },
    );
    Attachment {
        name: part.attachment_name().map(str::to_owned),
        content_type,
        size: part.contents().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = "From: Kabar <kabar@example.com>\r\nTo: Ayu <ayu@example.com>\r\n\
        Subject: =?utf-8?Q?Listrik_padam_=E2=80=93?=\r\n Jakarta\r\n\
        List-Unsubscribe: <https://example.com/u/1>,\r\n <mailto:stop@example.com>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=a\r\n\r\n\
        --a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe power is out.\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The power is <b>out</b>.</p>\r\n--b--\r\n\
        --a\r\nContent-Type: text/calendar; method=PUBLISH\r\n\
        Content-Disposition: attachment; filename=event.ics\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        QkVHSU46VkNBTEVOREFS\r\n--a--\r\n";

    #[test]
    fn a_mail_is_taken_apart() {
        let mail = parse(RAW.as_bytes());
        assert_eq!(mail.subject, "Listrik padam – Jakarta");
        assert_eq!(mail.text.as_deref().map(str::trim), Some("The power is out."));
        assert_eq!(
            mail.html.as_deref().map(str::trim),
            Some("<p>The power is <b>out</b>.</p>")
        );
        assert_eq!(
            mail.headers["List-Unsubscribe"],
            "<https://example.com/u/1>, <mailto:stop@example.com>"
        );
        let expected = Attachment {
            name: Some("event.ics".to_owned()),
            content_type: "text/calendar".to_owned(),
            size: 15,
        };
        assert_eq!(mail.attachments, [expected]);
        assert_eq!(recipients(RAW.as_bytes()), ["ayu@example.com"]);
    }

    #[test]
    fn a_plain_mail_has_no_html() {
        let mail = parse(b"Subject: Hi\r\nTo: a@example.com\r\n\r\nHello\r\n");
        assert_eq!(
            (mail.subject.as_str(), mail.text.as_deref(), mail.html),
            ("Hi", Some("Hello\r\n"), None)
        );
    }

    #[test]
    fn what_is_no_mail_has_no_parts() {
        assert_eq!(parse(b"").subject, "");
    }
}
