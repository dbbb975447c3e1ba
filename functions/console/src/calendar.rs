use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    entities::REGISTRATIONS,
    entity::{Place, Spot},
    web::{Reader, Refused, shown},
};

/// `GET /registrations/{id}/calendar`: the event of a registration, as a file that calendars take.
pub(crate) async fn calendar(reader: Reader, Path(id): Path<String>) -> Response {
    let Some(spot) = Spot::at(Place::of(&REGISTRATIONS), &id) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    match reader.get(format!("{}/calendar", spot.api())).await {
        Ok(calendar) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"event.ics\""),
            ];
            (headers, calendar.text).into_response()
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}
