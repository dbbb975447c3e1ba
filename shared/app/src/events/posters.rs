use kabar_domain::{
    events::{Image, Poster},
    ids::{EventId, PosterId},
    people::Caller,
};
use kabar_store::events::PosterWrite;

use crate::{App, Failure, Result};

/// A picture for an event.
pub struct NewPoster {
    /// For which.
    pub event: EventId,
    /// What is known of it.
    pub image: Image,
    /// The picture itself.
    pub bytes: Vec<u8>,
}

impl App {
    /// Adds a poster to an event: staff to anybody's, organizers to their own. The picture is stored before its poster
    /// is, so that no poster is without one; a picture whose poster is refused, or never written, is an orphan.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the event does not exist, [`Failure::NotAllowed`], or [`Failure::Conflict`] when it
    /// has as many posters as it may have.
    pub async fn add_poster(&self, caller: &Caller, new: NewPoster) -> Result<Poster> {
        let no_event = || Failure::field("event", "There is no such event.");
        let event = self.events.event(new.event).await?.ok_or_else(no_event)?;
        Self::must_manage(caller, event.organizer)?;
        let poster = Poster {
            id: PosterId::new(&*self.world),
            event: event.id,
            image: new.image,
            uploaded_at: self.world.now(),
        };
        self.posters.put(poster.object(), new.bytes).await?;
        let refusal = match self.events.add_poster(&poster).await? {
            PosterWrite::Written => return Ok(poster),
            PosterWrite::NoEvent => no_event(),
            PosterWrite::Full => Failure::Conflict("The event has as many posters as it may have."),
        };
        // If this fails as well, the sweep finds it.
        let _ = self.posters.delete(poster.object()).await;
        Err(refusal)
    }

    /// The posters of an event, the newest first; anyone may see them.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn posters(&self, event: EventId) -> Result<Vec<Poster>> {
        let (found, posters) = tokio::join!(self.events.event(event), self.events.posters(event));
        found?.ok_or(Failure::NotFound)?;
        Ok(posters?)
    }

    /// A link to a poster's picture, which anybody can open for a while.
    ///
    /// # Errors
    /// When it could not be signed.
    pub async fn poster_link(&self, poster: &Poster) -> Result<String> {
        Ok(self.posters.link(poster.object()).await?)
    }

    /// Removes a poster with its picture: staff anybody's, organizers their own. The poster goes first: a picture that
    /// stays behind is nobody's, and found by the sweep.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`], or [`Failure::Bucket`] when the poster is gone and its picture
    /// perhaps not yet.
    pub async fn remove_poster(&self, caller: &Caller, event: EventId, id: PosterId) -> Result<()> {
        let event = self.events.event(event).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, event.organizer)?;
        let poster = self.events.poster(event.id, id).await?.ok_or(Failure::NotFound)?;
        if !self.events.remove_poster(&poster).await? {
            return Err(Failure::NotFound);
        }
        Ok(self.posters.delete(poster.object()).await?)
    }
}
