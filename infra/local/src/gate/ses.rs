//! SES v2's `SendEmail`, played by the gate: no emulator keeps a mail as it was sent.

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::faults::Service;
use super::outbox::Accepted;
use super::{Gate, LARGEST_BODY, answers, mail, played};
use crate::outside;

const OPERATION: &str = "SendEmail";
/// SES refuses more.
const MOST_RECIPIENTS: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    #[serde(default)]
    destination: Destination,
    content: Content,
    #[serde(default)]
    email_tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    name: String,
    value: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Destination {
    to_addresses: Vec<String>,
    cc_addresses: Vec<String>,
    bcc_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    raw: Option<Raw>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Raw {
    data: String,
}

/// Takes one mail, unless a fault says otherwise.
pub(super) async fn send_email(State(gate): State<Gate>, body: Body) -> Response {
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return bad_request("The message is larger than 40 MB.");
    };
    gate.shared.calls.count_mail(|counts| counts.asked += 1);
    let answer = played::answer(&gate, Service::Ses, OPERATION, &body, || accept(&gate, &body)).await;
    if answer.status() == StatusCode::TOO_MANY_REQUESTS {
        gate.shared.calls.count_mail(|counts| counts.throttled += 1);
    }
    answer
}

fn accept(gate: &Gate, body: &[u8]) -> Response {
    let (accepted, raw) = match read(body, outside::now()) {
        Ok(mail) => mail,
        Err(reason) => return bad_request(&reason),
    };
    let message_id = gate.shared.outbox.keep_mail(accepted, &raw);
    gate.shared.calls.count_mail(|counts| counts.accepted += 1);
    Json(json!({"MessageId": message_id})).into_response()
}

/// What SES takes of a request, and the raw mail, or why it would refuse it.
fn read(body: &[u8], at: Timestamp) -> Result<(Accepted, Vec<u8>), String> {
    let request: Request = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let raw = request
        .content
        .raw
        .ok_or("The local gate takes raw mails only (Content.Raw).")?;
    let raw = STANDARD
        .decode(raw.data)
        .map_err(|error| format!("Content.Raw.Data is not base64: {error}"))?;
    let Destination {
        to_addresses,
        cc_addresses,
        bcc_addresses,
    } = request.destination;
    let mut to = [to_addresses, cc_addresses, bcc_addresses].concat();
    if to.is_empty() {
        to = mail::recipients(&raw);
    }
    match to.len() {
        0 => Err("Missing final destination: nobody to send to.".to_owned()),
        1..=MOST_RECIPIENTS => {
            let tags = request.email_tags.into_iter().map(|tag| (tag.name, tag.value));
            let accepted = Accepted {
                at,
                to,
                tags: tags.collect(),
                provider_id: String::new(),
            };
            Ok((accepted, raw))
        }
        _ => Err("Recipient count exceeds 50.".to_owned()),
    }
}

fn bad_request(message: &str) -> Response {
    answers::ses(StatusCode::BAD_REQUEST, "BadRequestException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(to: &[&str], raw: &str) -> Vec<u8> {
        let content = json!({"Raw": {"Data": STANDARD.encode(raw)}});
        json!({"Destination": {"ToAddresses": to}, "Content": content})
            .to_string()
            .into_bytes()
    }

    fn taken(body: &[u8]) -> Result<(Accepted, Vec<u8>), String> {
        read(body, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn recipients_come_from_the_call_else_from_the_mail() {
        let raw = "To: Budi <budi@example.com>\r\nSubject: Hi\r\n\r\nHello\r\n";
        let (accepted, kept) = taken(&request(&["ayu@example.com"], raw)).unwrap();
        assert_eq!(
            (accepted.to, kept),
            (vec!["ayu@example.com".to_owned()], raw.as_bytes().to_vec())
        );
        assert_eq!(taken(&request(&[], raw)).unwrap().0.to, ["budi@example.com"]);
    }

    #[test]
    fn tags_are_kept() {
        let mut request: serde_json::Value =
            serde_json::from_slice(&request(&["ayu@example.com"], "Subject: Hi\r\n\r\n")).unwrap();
        request["EmailTags"] = json!([{"Name": "message", "Value": "7"}]);
        let (accepted, _) = taken(request.to_string().as_bytes()).unwrap();
        assert_eq!(accepted.tags["message"], "7");
    }

    #[test]
    fn what_ses_would_refuse_is_refused() {
        assert!(taken(b"{}").is_err());
        assert!(
            taken(br#"{"Content": {"Simple": {}}}"#)
                .unwrap_err()
                .contains("raw mails only")
        );
        assert!(
            taken(&request(&[], "Subject: nobody\r\n\r\n"))
                .unwrap_err()
                .contains("nobody")
        );
        assert!(
            taken(&request(&["a@example.com"; 51], "\r\n"))
                .unwrap_err()
                .contains("exceeds 50")
        );
    }
}
