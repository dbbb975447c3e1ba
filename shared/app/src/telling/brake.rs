use kabar_domain::news::{Brake, Reputation};

use crate::{App, Result};

/// Whether mailings stand still, and what came back lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The brake, if it is on.
    pub brake: Option<Brake>,
    /// What came back in the last 24 hours of the clock, or since the brake was taken off.
    pub reputation: Reputation,
}

impl App {
    /// Whether mailings stand still. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn standing(&self) -> Result<Standing> {
        let now = self.world.now();
        let (brake, reputation) = tokio::try_join!(self.notices.brake(), self.notices.reputation(now))?;
        Ok(Standing { brake, reputation })
    }

    /// Lets mailings go on, and counts anew what comes back. For staff. If the brake is not on, only the counts begin
    /// anew.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn release_brake(&self) -> Result<()> {
        Ok(self.notices.release_brake(self.world.now()).await?)
    }
}
