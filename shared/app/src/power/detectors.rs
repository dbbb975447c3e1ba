use kabar_domain::{
    ids::{DetectorId, HomeId},
    people::Caller,
    power::{Detector, Home, MOST_DETECTORS, Means, Thresholds},
};
use kabar_store::power::HomeRead;

use super::{DetectorChange, homes::written_home, secrets::DeviceKey};
use crate::{App, Expected, Failure, Result};

const TOO_MANY: &str = "This home has as many detectors as a home can have.";

/// A detector as an owner describes it.
#[derive(Clone, Debug)]
pub struct NewDetector {
    /// What its owner calls it; perhaps empty.
    pub name: String,
    /// How it knows.
    pub means: Means,
    /// How sure it has to be.
    pub thresholds: Thresholds,
}

/// A home with one of its detectors, and the key of it, which is shown once.
#[derive(Clone)]
pub struct Keyed {
    /// The home with what was heard of its devices.
    pub read: HomeRead,
    /// The detector.
    pub detector: Detector,
    /// What its device calls with, if it is one that calls.
    pub key: Option<String>,
}

impl App {
    /// Adds a detector to a home of the caller's. A device's key is shown this once.
    ///
    /// # Errors
    /// As for any change of a home; [`Failure::Conflict`] when it has too many, or a manual one already.
    pub async fn add_detector(&self, caller: &Caller, id: HomeId, new: NewDetector) -> Result<Keyed> {
        let detector = Detector {
            id: DetectorId::new(&*self.world),
            name: new.name,
            means: new.means,
            thresholds: new.thresholds,
            version: 1,
        };
        let calls = matches!(detector.means, Means::Heartbeat { .. });
        let key = calls.then(|| DeviceKey::new(&*self.world, id, detector.id));
        let attempt = || async {
            let before = self.own_home(caller, id).await?;
            // A request that is tried again has added it already.
            if let Some(found) = before.home.detector(detector.id) {
                return Ok(Keyed {
                    detector: found.clone(),
                    key: key.as_ref().map(DeviceKey::encode),
                    read: before,
                });
            }
            has_room(&before.home, &detector)?;
            let mut after = before.home.clone();
            after.detectors.push(detector.clone());
            let hash = key.as_ref().map(DeviceKey::hash);
            let homes = (&before.home, &after);
            let now = self.world.now();
            let written = self
                .grid
                .add_detector(homes, &detector, hash.as_deref(), now)
                .await?;
            Ok(Keyed {
                read: written_home(written, after, before)?,
                detector: detector.clone(),
                key: key.as_ref().map(DeviceKey::encode),
            })
        };
        Expected::Any.settle(attempt).await
    }

    /// A detector of a home, for whoever may see the home.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn detector(
        &self,
        caller: &Caller,
        id: HomeId,
        detector: DetectorId,
    ) -> Result<(HomeRead, Detector)> {
        let read = self.home(caller, id).await?;
        let found = read.home.detector(detector).cloned().ok_or(Failure::NotFound)?;
        Ok((read, found))
    }

    /// Changes a detector of a home of the caller's.
    ///
    /// # Errors
    /// As for any change of a home, or [`Failure::Invalid`] when it is of a kind that does not have such a field.
    pub async fn change_detector(
        &self,
        caller: &Caller,
        id: HomeId,
        detector: DetectorId,
        expected: Expected,
        change: DetectorChange,
    ) -> Result<(HomeRead, Detector)> {
        let attempt = || async {
            let (mut before, mut changed) = self.own_detector(caller, id, detector, expected).await?;
            change.apply(&mut changed)?;
            let after = with(&before.home, &changed);
            if before.home.detector(detector).and_then(Detector::target) != changed.target() {
                before.beats.remove(&detector);
                before.tries.remove(&detector);
            }
            let written = self
                .grid
                .change_home(&before.home, &after, self.world.now())
                .await?;
            Ok((written_home(written, after, before)?, changed))
        };
        retrying(expected, attempt).await
    }

    /// Removes a detector of a home of the caller's; its key is good for nothing from now on.
    ///
    /// # Errors
    /// As for any change of a home.
    pub async fn remove_detector(
        &self,
        caller: &Caller,
        id: HomeId,
        detector: DetectorId,
        expected: Expected,
    ) -> Result<()> {
        let attempt = || async {
            let (before, _) = self.own_detector(caller, id, detector, expected).await?;
            let mut after = before.home.clone();
            after.detectors.retain(|one| one.id != detector);
            let homes = (&before.home, &after);
            let written = self
                .grid
                .remove_detector(homes, detector, self.world.now())
                .await?;
            written_home(written, after, before).map(drop)
        };
        retrying(expected, attempt).await
    }

    /// Gives the device of a detector another key, which is shown this once; the one before is good for nothing from now on.
    ///
    /// # Errors
    /// As for any change of a home; [`Failure::Conflict`] when it is not one that calls.
    pub async fn replace_key(&self, caller: &Caller, id: HomeId, detector: DetectorId) -> Result<Keyed> {
        let key = DeviceKey::new(&*self.world, id, detector);
        let attempt = || async {
            let (before, mut changed) = self.own_detector(caller, id, detector, Expected::Any).await?;
            if !matches!(changed.means, Means::Heartbeat { .. }) {
                return Err(Failure::Conflict("Only a heartbeat has a key."));
            }
            changed.version += 1;
            let after = with(&before.home, &changed);
            let homes = (&before.home, &after);
            let now = self.world.now();
            let written = self.grid.replace_key(homes, detector, &key.hash(), now).await?;
            Ok(Keyed {
                read: written_home(written, after, before)?,
                detector: changed,
                key: Some(key.encode()),
            })
        };
        Expected::Any.settle(attempt).await
    }

    async fn own_detector(
        &self,
        caller: &Caller,
        id: HomeId,
        detector: DetectorId,
        expected: Expected,
    ) -> Result<(HomeRead, Detector)> {
        let read = self.own_home(caller, id).await?;
        let found = read.home.detector(detector).cloned().ok_or(Failure::NotFound)?;
        expected.check(found.version)?;
        Ok((read, found))
    }
}

/// A detector's entity tag says nothing of its home's, which may change under any change of it: that is tried again.
async fn retrying<T, F>(expected: Expected, mut attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let mut tried = attempt().await;
    for _ in 1..crate::failure::MOST_TRIES {
        match tried {
            Err(Failure::Changed) if expected != Expected::Never => tried = attempt().await,
            settled => return settled,
        }
    }
    tried
}

/// The home with one of its detectors as it is now.
pub(super) fn with(home: &Home, detector: &Detector) -> Home {
    let mut home = home.clone();
    let same = home.detectors.iter_mut().filter(|one| one.id == detector.id);
    same.for_each(|one| one.clone_from(detector));
    home
}

/// Refuses one detector more than a home can have, or a second one for what people say.
pub(super) fn has_room(home: &Home, detector: &Detector) -> Result<()> {
    let is_manual = |one: &Detector| matches!(one.means, Means::Manual { .. });
    if home.detectors.len() >= MOST_DETECTORS {
        return Err(Failure::Conflict(TOO_MANY));
    }
    if is_manual(detector) && home.detectors.iter().any(is_manual) {
        return Err(Failure::Conflict("This home has a manual detector."));
    }
    Ok(())
}
