use axum::{
    http::{Method, header},
    response::{IntoResponse, Redirect, Response},
};
use kabar_domain::Zone;
use serde_json::Value;
use url::form_urlencoded::{Serializer, parse};

use super::page::{Again, JOIN, shown as page};
use crate::{
    entities::PROFILE,
    entity::{Field, Kind, document, field},
    pages::revealed,
    web::{Call, Filled, Reader, Refused, Result, Sent, shown},
    words::{fields as f, mine as m},
};

/// What opens the bot in Telegram, once.
const LINK: &[Field] = &[
    field("url", m::LINK, Kind::Link),
    field("expires_at", f::EXPIRES, Kind::Time),
];
/// The parts of an export that a file has, each of up to five hundred of a kind: more than anybody has, and what an
/// answer has room for.
const PARTS: usize = 5;
/// The lists of which a part has a part.
const PARTED: [&str; 3] = ["registrations", "payments", "messages"];

/// `POST /me`: changes the state that the form was made of, and no other.
pub(crate) async fn change(reader: Reader, Filled(sent): Filled) -> Response {
    let path = format!("/api/users/{}", reader.me["id"].as_str().unwrap_or_default());
    let body = document(PROFILE, &sent, &reader.zone, false);
    let call = Call {
        tag: sent.get("tag").filter(|tag| !tag.is_empty()),
        ..Call::new(Method::PATCH, path, Some(&reader.caller))
    };
    match reader.console.api.ask(call.with(body)).await {
        Ok(_) => Redirect::to("/me?done=saved").into_response(),
        Err(refused) => again(&reader, PROFILE, &sent, &refused).await,
    }
}

/// `POST /me/home`: joins the home that a code is for.
pub(crate) async fn join(reader: Reader, Filled(sent): Filled) -> Response {
    let body = document(JOIN, &sent, &Zone::utc(), true);
    let call = Call {
        once: sent.get("once"),
        ..Call::new(Method::POST, "/api/homes/join", Some(&reader.caller))
    };
    match reader.console.api.ask(call.with(body)).await {
        Ok(home) => {
            let id = home.value["id"].as_str().unwrap_or_default();
            Redirect::to(&format!("/homes/{id}?done=done")).into_response()
        }
        Err(refused) => again(&reader, JOIN, &sent, &refused).await,
    }
}

/// The form as it was filled in; a page of its own for what is wrong with no form.
async fn again(reader: &Reader, fields: &'static [Field], sent: &Sent, refused: &Refused) -> Response {
    if refused.leaves_form() {
        let again = Again {
            fields,
            sent,
            refused,
        };
        return page(reader, Some(again)).await;
    }
    shown::refused(refused, reader.language)
}

/// `POST /me/telegram`: a link that connects a chat, shown once.
pub(crate) async fn connect(reader: Reader, _: Filled) -> Response {
    let call = Call::new(Method::POST, "/api/telegram/link", Some(&reader.caller));
    match reader.console.api.ask(call).await {
        Ok(made) => revealed(
            &reader,
            m::CONNECT.within(reader.language),
            LINK,
            &made.value,
            "/me".to_owned(),
        ),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// `GET /me/export`: all that Kabar knows of the reader, as a file. Where that is more than a file has room for, its
/// `next` is the `cursor` of the one that goes on.
pub(crate) async fn export(reader: Reader) -> Response {
    let query = reader.uri.query().unwrap_or_default().as_bytes();
    let cursor = parse(query).find(|(name, _)| name == "cursor");
    match exported(&reader, cursor.map(|(_, cursor)| cursor.into_owned())).await {
        Ok(all) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"kabar.json\""),
            ];
            (headers, format!("{all:#}")).into_response()
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn exported(reader: &Reader, cursor: Option<String>) -> Result<Value> {
    let mut all = part(reader, cursor.as_deref()).await?;
    for _ in 1..PARTS {
        let Some(cursor) = all["next"].as_str().map(str::to_owned) else {
            break;
        };
        let mut more = part(reader, Some(&cursor)).await?;
        for name in PARTED {
            if let (Value::Array(list), Value::Array(more)) = (&mut all[name], more[name].take()) {
                list.extend(more);
            }
        }
        all["next"] = more["next"].take();
    }
    Ok(all)
}

async fn part(reader: &Reader, cursor: Option<&str>) -> Result<Value> {
    let query = Serializer::new(String::new())
        .extend_pairs(cursor.map(|cursor| ("cursor", cursor)))
        .finish();
    Ok(reader.get(format!("/api/users/me/export?{query}")).await?.value)
}
