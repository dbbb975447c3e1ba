use jiff::Timestamp;
use kabar_domain::{
    ids::{OutageId, UserId},
    news::{Audience, News, Notice},
    power::{Cause, Change, Cut, Home, Interruption, Outage, OutageKey, Place, Region, Verdict, check_home},
};
use kabar_store::Result;

use super::Checker;

/// What a turn of a home is to be told by.
pub(super) enum Tidings {
    Nothing,
    Opened {
        outage: Outage,
        notice: Notice,
        hearers: Vec<UserId>,
    },
    Closed {
        ended_at: Timestamp,
        notice: Notice,
        was_heard: bool,
        interruption: Option<Interruption>,
    },
}

impl Checker {
    /// What is to be told of a home of which this is found.
    pub(super) async fn news_of(&self, home: &Home, verdict: &Verdict) -> Result<Tidings> {
        Ok(match check_home(home, verdict) {
            Change::Quiet { .. } => Tidings::Nothing,
            Change::Open { started_at } => {
                let region = self.grid.region(home.region).await?;
                self.opened(home, region.as_ref(), started_at, verdict.cause)
                    .await?
            }
            Change::Close { ended_at } => match home.outage {
                Some(key) => {
                    let outage = self.grid.outage(key).await?;
                    let cut = Cut {
                        start: key.started_at,
                        end: ended_at,
                    };
                    let interruption = self.interruption(home, &cut).await?;
                    self.closed(home, key, outage.as_ref(), (ended_at, interruption))
                }
                None => Tidings::Nothing,
            },
        })
    }

    /// While the region's outage lasts, those know whom its news reached. The others hear of it from the home, and how it
    /// ends as well: the region need not tell them.
    async fn opened(
        &self,
        home: &Home,
        region: Option<&Region>,
        started_at: Timestamp,
        cause: Cause,
    ) -> Result<Tidings> {
        let within = region.and_then(|region| region.outage);
        let hearers = match within {
            Some(outage) => self.unreached(home, outage).await?,
            None => home.people().collect(),
        };
        let key = OutageKey {
            place: Place::Home(home.id),
            started_at,
            id: OutageId::new(&*self.world),
        };
        let news = News::HomeOutage {
            outage: key,
            home: home.name.clone(),
            zone: home.zone.clone(),
            is_silence: cause == Cause::Silence && within.is_none(),
        };
        let audience = Audience::Home {
            home: home.id,
            within,
        };
        let notice = Notice::new(&*self.world, news, audience);
        Ok(Tidings::Opened {
            outage: Outage {
                key,
                ended_at: None,
                cause,
                within,
                notice: notice.id,
                restored_notice: None,
            },
            notice,
            hearers,
        })
    }

    /// Those hear of the end who heard of the beginning.
    fn closed(
        &self,
        home: &Home,
        key: OutageKey,
        outage: Option<&Outage>,
        (ended_at, interruption): (Timestamp, Option<Interruption>),
    ) -> Tidings {
        let within = outage.and_then(|outage| outage.within);
        let news = News::HomeRestored {
            outage: key,
            ended_at,
            home: home.name.clone(),
            zone: home.zone.clone(),
            is_silence: within.is_none() && outage.is_some_and(|outage| outage.cause == Cause::Silence),
        };
        let audience = Audience::Home {
            home: home.id,
            within,
        };
        Tidings::Closed {
            ended_at,
            notice: Notice::new(&*self.world, news, audience),
            was_heard: within.is_none(),
            interruption,
        }
    }
}
