use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::power::{Answer, Detector, Intake};
use kabar_store::{Result, power::HomeRead};

use super::{CheckReport, Checker};

/// How many detectors a home can have.
const AT_ONCE: usize = kabar_domain::power::MOST_DETECTORS;

/// How late after the schedule's time targets are still tried.
const LATEST: SignedDuration = SignedDuration::from_secs(90);

impl Checker {
    /// Tries those targets of a home whose time has come, all at once, and takes what came of it into what was read.
    /// `false`: what was read is old.
    ///
    /// Where we do not hear ourselves we may reach nobody either: then a miss is no word.
    pub(super) async fn probe(
        &self,
        read: &mut HomeRead,
        intake: Option<Intake>,
        time: Timestamp,
        report: &mut CheckReport,
    ) -> Result<bool> {
        // Runs that were held up arrive together; a target is not tried several times in a moment for it.
        if self.world.now().duration_since(time) > LATEST {
            return Ok(true);
        }
        let due: Vec<Detector> = read.home.due_probes(&read.tries, time).cloned().collect();
        let answers = stream::iter(&due).map(async |detector| {
            let answer = self.prober.probe(detector.target()?).await;
            Some((detector, answer))
        });
        let answers = answers.buffer_unordered(AT_ONCE);
        let answers: Vec<_> = answers.filter_map(std::future::ready).collect().await;
        let mut is_fresh = true;
        for (detector, answer) in answers {
            let answer = match answer {
                Answer::Miss(trouble) if intake.is_none() => Answer::NoWord(trouble),
                answer => answer,
            };
            report.probes += 1;
            report.probes_unclear += u32::from(matches!(answer, Answer::NoWord(_)));
            is_fresh &= self.grid.tried(read, detector, answer, time).await?;
        }
        Ok(is_fresh)
    }
}
