use axum::{
    body::Body,
    http::{HeaderMap, Request, header},
    response::Response,
};
use kabar_console::{Site, service};
use kabar_domain::power::{Region, Word};
use kabar_testkit::House;
use tower::ServiceExt;

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// That all of these are in it, in this order.
    pub(crate) fn has(&self, texts: &[&str]) {
        let mut rest = self.text.as_str();
        for text in texts {
            let at = rest.find(text);
            assert!(at.is_some(), "{text:?} is not, or not there, in {}", self.text);
            rest = &rest[at.unwrap() + text.len()..];
        }
    }
}

/// Where the console is.
pub(crate) const HERE: &str = "https://kabar.example.com";

pub(crate) fn here() -> Site {
    Site {
        url: HERE.to_owned(),
        bot: "kabar_test_bot".to_owned(),
    }
}

/// Opens an address, as somebody whose browser prefers these languages.
pub(crate) async fn open_in(house: &House, path: &str, languages: &str) -> Answer {
    let request = Request::get(path)
        .header(header::ACCEPT_LANGUAGE, languages)
        .body(Body::empty())
        .unwrap();
    answered(service(house.app.clone(), here()).oneshot(request).await.unwrap()).await
}

/// An answer, read to its end.
pub(crate) async fn answered(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

pub(crate) async fn open(house: &House, path: &str) -> Answer {
    open_in(house, path, "en").await
}

/// The operator says that the power goes, and after so many minutes that it is back.
pub(crate) async fn cut(house: &House, region: &Region, minutes: i64) {
    says(house, region, Word::Off).await;
    house.world.pass_seconds(minutes * 60);
    says(house, region, Word::On).await;
}

/// The operator says something, and it is told.
pub(crate) async fn says(house: &House, region: &Region, word: Word) {
    house.say(region.id, word).await;
    house.check().await;
    house.drain().await;
}
