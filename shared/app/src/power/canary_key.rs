use kabar_domain::ids::{DetectorId, HomeId};
use kabar_store::{Result, power::BeatKey};

use super::{Checker, secrets::DeviceKey};

/// The home of our own device: no home has this id, so no check looks at it.
const NO_HOME: [u8; 16] = [0; 16];

impl Checker {
    /// What our own device calls with. Its key lies with it as it is: all it is good for is to say that we hear ourselves.
    pub(super) async fn canary_key(&self) -> Result<String> {
        let (home, detector) = (HomeId::from_bytes(NO_HOME), DetectorId::from_bytes(NO_HOME));
        let drawn = DeviceKey::new(&*self.world, home, detector);
        let (encoded, hash) = (drawn.encode(), drawn.hash());
        let stored = BeatKey {
            home,
            detector,
            hash: &hash,
        };
        self.grid.canary(&stored, &encoded).await
    }
}
