//! The SMS gateway (SPEC §7): what it is asked to send lands in the outbox.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use serde::Deserialize;
use serde_json::json;

use super::faults::Service;
use super::{Gate, answers, played};

const OPERATION: &str = "Send";

/// A text message as it is handed over.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct TextMessage {
    /// What its sender calls it.
    pub(super) id: String,
    pub(super) phone: String,
    pub(super) text: String,
}

/// Takes one message from whoever knows the token.
pub(super) async fn send(
    State(gate): State<Gate>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|header| header.to_str().ok()?.strip_prefix("Bearer "));
    if token != Some(gate.shared.secrets.sms_token.as_str()) {
        return answers::sms(StatusCode::UNAUTHORIZED, "Unknown token.");
    }
    played::answer(&gate, Service::Sms, OPERATION, &body, || {
        accept(&gate, &id, &body)
    })
    .await
}

fn accept(gate: &Gate, id: &str, body: &[u8]) -> Response {
    match read(id, body) {
        Ok(message) => {
            let id = gate.shared.outbox.keep_text(message, body);
            Json(json!({"id": id, "message": "OK"})).into_response()
        }
        Err(reason) => answers::sms(StatusCode::BAD_REQUEST, &reason),
    }
}

/// The message, or why a gateway would refuse it; `id` is that of the path.
fn read(id: &str, body: &[u8]) -> Result<TextMessage, String> {
    let message: TextMessage = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let is_phone = message.phone.len() == 11 && message.phone.bytes().all(|byte| byte.is_ascii_digit());
    if message.id != id {
        return Err("The id is not that of the path.".to_owned());
    }
    if !is_phone {
        return Err("The phone has not eleven digits.".to_owned());
    }
    if message.text.is_empty() {
        return Err("The text is empty.".to_owned());
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::Cloud;
    use crate::gate::outbox::Filter;
    use crate::secrets::Secrets;

    fn gate() -> Gate {
        let nowhere = Cloud::new("http://127.0.0.1:1").unwrap();
        let secrets = Secrets {
            sms_token: "a-token".to_owned(),
            ..Secrets::draw().unwrap()
        };
        Gate::new(nowhere, "http://127.0.0.1:1", secrets).unwrap()
    }

    /// What the gateway answers to whoever has this token.
    async fn sent(gate: &Gate, token: &str) -> u16 {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, token.parse().unwrap());
        let body = Bytes::from(body("7", "79161234567", "Hi"));
        let answer = send(State(gate.clone()), Path("7".to_owned()), headers, body);
        answer.await.status().as_u16()
    }

    fn kept(gate: &Gate) -> usize {
        gate.shared.outbox.list(&Filter::default()).len()
    }

    #[tokio::test]
    async fn only_who_knows_the_token_sends() {
        let gate = gate();
        for token in ["", "a-token", "Bearer another", "bearer a-token"] {
            assert_eq!((sent(&gate, token).await, kept(&gate)), (401, 0), "{token:?}");
        }
        assert_eq!((sent(&gate, "Bearer a-token").await, kept(&gate)), (200, 1));
    }

    #[tokio::test]
    async fn the_gateway_fails_as_asked() {
        let gate = gate();
        for (kind, status, kept_then) in [
            ("throttle", 429, 0),
            ("error", 500, 0),
            ("accept_then_fail", 500, 1),
        ] {
            let fault = json!({"service": "sms", "operation": "Send", "contains": "7916", "kind": kind});
            gate.shared.faults.add(serde_json::from_value(fault).unwrap());
            let status_then = sent(&gate, "Bearer a-token").await;
            assert_eq!((status_then, kept(&gate)), (status, kept_then), "{kind}");
        }
        let hang = json!({"service": "sms", "kind": "hang"});
        gate.shared.faults.add(serde_json::from_value(hang).unwrap());
        let release = async {
            while !gate.shared.faults.list().is_empty() {
                tokio::task::yield_now().await;
            }
            gate.shared.faults.clear();
        };
        assert_eq!(tokio::join!(sent(&gate, "Bearer a-token"), release).0, 200);
        assert_eq!(kept(&gate), 2);
    }

    fn body(id: &str, phone: &str, text: &str) -> Vec<u8> {
        json!({"id": id, "phone": phone, "text": text})
            .to_string()
            .into_bytes()
    }

    #[test]
    fn what_a_gateway_would_refuse_is_refused() {
        assert_eq!(read("7", &body("7", "79161234567", "Hi")).unwrap().text, "Hi");
        for (bad, why) in [
            (body("8", "79161234567", "Hi"), "not that of the path"),
            (body("7", "+79161234567", "Hi"), "eleven digits"),
            (body("7", "", "Hi"), "eleven digits"),
            (body("7", "79161234567", ""), "empty"),
            (b"{}".to_vec(), "missing field"),
            (b"{\"id\": 7}".to_vec(), "expected a string"),
            (Vec::new(), "EOF"),
        ] {
            let refused = read("7", &bad).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
