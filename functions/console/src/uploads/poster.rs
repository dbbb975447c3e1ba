use axum::{
    extract::Path,
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use sha2::{Digest, Sha256};

use super::form::{Asking, shown as form};
use crate::{
    entities::{EVENTS, PICTURE},
    entity::{Place, Spot},
    web::{Call, Filled, Reader, Refused, Sending, Sent, shown},
    words::{things, ui as w},
};

/// `GET /events/{id}/poster/new`.
pub(crate) async fn new_poster(reader: Reader, Path(id): Path<String>) -> Response {
    asked(&reader, &id, None).await
}

async fn asked(reader: &Reader, id: &str, again: Option<(&Sent, &Refused)>) -> Response {
    let Some(event) = Spot::at(Place::of(&EVENTS), id) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    let found = match reader.get(event.api()).await {
        Ok(found) => found.value,
        Err(refused) => return shown::refused(&refused, reader.language),
    };
    let asking = Asking {
        title: format!(
            "{}: {}",
            things::POSTER.within(reader.language),
            EVENTS.name_of(reader, &found)
        ),
        text: None,
        fields: PICTURE,
        send: w::UPLOAD.within(reader.language),
        back: event.href(),
    };
    form(reader, asking, again)
}

/// `POST /events/{id}/poster/new`: a form that is sent twice uploads one.
pub(crate) async fn upload_poster(reader: Reader, Path(id): Path<String>, Filled(sent): Filled) -> Response {
    let picture = sent.files.iter().find(|file| file.field == "image");
    let picture = picture.map_or(&[][..], |file| &file.bytes);
    // Of the picture, so that the same form is the same request, and no picture has it within.
    let boundary: String = Sha256::digest(picture)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let call = Call {
        once: sent.get("once").filter(|once| !once.is_empty()),
        body: Sending::Bytes(
            format!("multipart/form-data; boundary={boundary}"),
            body(&boundary, &id, picture),
        ),
        ..Call::new(Method::POST, "/api/events/upload", Some(&reader.caller))
    };
    match reader.console.api.ask(call).await {
        Ok(answered) if answered.is_replayed => shown::replayed(reader.language),
        Ok(_) => Redirect::to(&format!("/events/{id}?done=created")).into_response(),
        Err(refused) if refused.leaves_form() => asked(&reader, &id, Some((&sent, &refused))).await,
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// A form as the API reads it (RFC 7578): of an event, and without a picture where none was chosen.
fn body(boundary: &str, event: &str, picture: &[u8]) -> Vec<u8> {
    let field = |name: &str, more: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n")
    };
    let mut body = field("event", "").into_bytes();
    body.extend(event.as_bytes());
    body.extend(b"\r\n");
    if !picture.is_empty() {
        let more = "; filename=\"image\"\r\nContent-Type: application/octet-stream";
        body.extend(field("image", more).as_bytes());
        body.extend(picture);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    body
}
