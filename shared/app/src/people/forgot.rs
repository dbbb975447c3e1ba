use kabar_domain::{
    ids::UserId,
    news::{Audience, News, Notice},
    people::{Email, MOST_REQUESTS, another_request},
};
use kabar_store::people::ResetRequest;

use crate::{App, Result};

impl App {
    /// Has a code for a new password mailed to whoever has this address.
    ///
    /// The caller learns nothing of the address: for one that nobody has, the same requests are counted, the store and
    /// the queue are asked as often and for the same kinds of things, and only the notice is not written. So are
    /// requests beyond what an address is granted, which are dropped without a word.
    ///
    /// # Errors
    /// When the store did not answer, or [`Failure::Secrets`].
    pub async fn forgot_password(&self, email: &Email) -> Result<()> {
        let whose = self
            .tokens()
            .await?
            .fingerprint(&[b"password reset", email.folded().as_bytes()]);
        let holder = self.people.user_called(None, Some(email)).await?;
        let now = self.world.now();
        let user = holder.unwrap_or_else(|| UserId::new(&*self.world));
        let news = News::PasswordReset {
            user,
            requested_at: now,
        };
        let notice = Notice::new(&*self.world, news, Audience::Person(user));
        // Whoever comes too late met another request that was counted; after so many of them there is no room left.
        for _ in 0..=MOST_REQUESTS {
            let before = self.people.reset_requests(&whose).await?;
            let Some(after) = another_request(&before, now) else {
                break;
            };
            let request = ResetRequest {
                whose: &whose,
                before: &before,
                after: &after,
            };
            if self
                .people
                .request_reset(request, &self.notices, &notice, holder.is_some())
                .await?
            {
                self.plan_soon(&notice).await;
                break;
            }
        }
        Ok(())
    }
}
