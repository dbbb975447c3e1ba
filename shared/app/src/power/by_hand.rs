use kabar_domain::{
    ids::{DetectorId, HomeId},
    people::Caller,
    power::{Detector, Means, Power, SaidByHand, Thresholds, Word},
};
use kabar_store::power::HomeRead;

use super::{
    detectors::{has_room, with},
    homes::written_home,
};
use crate::{App, Expected, Failure, Result};

impl App {
    /// Takes the word of somebody of a home, which outranks its devices; `auto` takes it back. The next check, within a
    /// minute, acts on it. Saying the same again changes nothing, so that "since" stays true.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`] for staff who are not of the home, [`Failure::Changed`], or
    /// [`Failure::Conflict`] when there is no room for a manual detector.
    pub async fn say_by_hand(
        &self,
        caller: &Caller,
        id: HomeId,
        expected: Expected,
        word: Word,
    ) -> Result<HomeRead> {
        let attempt = || async {
            let before = self.home(caller, id).await?;
            if !before.home.is_of(caller.user) {
                return Err(Failure::NotAllowed);
            }
            expected.check(before.home.version)?;
            let now = self.world.now();
            let power = match word {
                Word::On => Some(Power::On),
                Word::Off => Some(Power::Off),
                Word::Auto => None,
            };
            let known = before.home.detectors.iter().find_map(|one| match one.means {
                Means::Manual { said } => Some((one, said)),
                Means::Heartbeat { .. } | Means::Probe { .. } => None,
            });
            if known.and_then(|(_, said)| said).map(|said| said.power) == power {
                return Ok(before);
            }
            let means = Means::Manual {
                said: power.map(|power| SaidByHand { power, at: now }),
            };
            let after = if let Some((manual, _)) = known {
                let mut manual = manual.clone();
                manual.means = means;
                manual.version += 1;
                with(&before.home, &manual)
            } else {
                let manual = Detector {
                    id: DetectorId::new(&*self.world),
                    name: String::new(),
                    means,
                    thresholds: Thresholds::default(),
                    version: 1,
                };
                has_room(&before.home, &manual)?;
                let mut after = before.home.clone();
                after.detectors.push(manual);
                after
            };
            let written = self.grid.change_home(&before.home, &after, now).await?;
            written_home(written, after, before)
        };
        expected.settle(attempt).await
    }
}
