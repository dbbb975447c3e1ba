use kabar_domain::power::Says;
use kabar_store::power::{BeatKey, Beaten};

use super::secrets::DeviceKey;
use crate::{App, Failure, Result};

impl App {
    /// Stores what a device says; then, if the home waits for it or it was said outright, has its check look at once.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when no device has this key, whatever is wrong with it.
    pub async fn ping(&self, key: &str, says: Says) -> Result<()> {
        let key = DeviceKey::parse(key).ok_or(Failure::NotFound)?;
        let now = self.world.now();
        let stored = BeatKey {
            home: key.home,
            detector: key.detector,
            hash: &key.hash(),
        };
        match self.grid.beat(&stored, says, now).await? {
            Beaten::NoKey => Err(Failure::NotFound),
            Beaten::Stored { is_awaited } => {
                if is_awaited || says != Says::Alive {
                    self.grid.wake(key.home, now).await?;
                }
                Ok(())
            }
        }
    }
}
