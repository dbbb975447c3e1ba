use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    entities::MAILINGS,
    entity::{Place, Spot},
    web::{Reader, Refused, Result, shown},
};

/// How many messages a file has at most. An answer of a function is sent whole and may have 6 MB; a line of a file has
/// 250 bytes at most.
pub(super) const MOST: u64 = 20_000;
/// How many messages a part of the API's has.
const IN_PART: u64 = 2_000;

/// `GET /mailings/{id}/export`: the messages of a mailing as one file.
pub(crate) async fn export(reader: Reader, Path(id): Path<String>) -> Response {
    let Some(spot) = Spot::at(Place::of(&MAILINGS), &id) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    match file(&reader, &format!("{}/messages/export/", spot.api())).await {
        Ok(file) => {
            let name = format!("attachment; filename=\"mailing-{id}.csv\"");
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_DISPOSITION, name.as_str()),
            ];
            (headers, file).into_response()
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// Part after part, as the API links them.
async fn file(reader: &Reader, path: &str) -> Result<String> {
    let (mut file, mut query) = (String::new(), String::new());
    for _ in 0..MOST / IN_PART {
        let part = reader.get(format!("{path}{query}")).await?;
        file += &part.text;
        match part.next {
            Some(next) => query = next,
            None => break,
        }
    }
    Ok(file)
}
