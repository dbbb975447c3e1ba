//! What the concerns of posters share.

use kabar_app::{App, Failure, events::NewPoster};
use kabar_domain::{
    events::{Image, Poster},
    ids::EventId,
    people::Caller,
};
use kabar_testkit::{House, pictures};

/// A picture for an event.
pub(crate) fn picture(event: EventId, bytes: &[u8]) -> NewPoster {
    NewPoster {
        event,
        image: Image::read(bytes).unwrap(),
        bytes: bytes.to_vec(),
    }
}

/// Uploads a JPEG.
pub(crate) async fn upload(app: &App, caller: &Caller, event: EventId) -> Result<Poster, Failure> {
    app.add_poster(caller, picture(event, pictures::JPEG)).await
}

/// The names of all objects in the bucket.
pub(crate) fn objects(house: &House) -> Vec<String> {
    house.bucket.objects().into_keys().collect()
}

/// The names of the objects of an event's posters, in order, as their rows say.
pub(crate) async fn expected_objects(house: &House, event: EventId) -> Vec<String> {
    let posters = house.app.events.posters(event).await.unwrap();
    let mut names: Vec<_> = posters.iter().map(|poster| poster.object().to_string()).collect();
    names.sort();
    names
}
