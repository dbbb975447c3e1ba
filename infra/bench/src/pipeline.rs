use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use kabar_domain::{
    World, Zone,
    ids::RegionId,
    power::{Region, Word},
};
use kabar_kit::SystemWorld;
use kabar_store::{
    Window,
    notices::Notices,
    power::{Grid, RegionWrite},
};
use serde_json::{Value, json};

use crate::{
    accounts::Accounts,
    build, clients,
    counter::Counter,
    failure::{Failure, Result},
    followers, holders,
    meanwhile::{Meanwhile, Village},
    platform::{Aws, Happening, Mails, Outside, Process, Queues, RuntimeApi, Ses, Use, own_cpu},
};

/// The functions that a notice passes through, as processes, and what is around them.
pub(crate) struct Pipeline {
    pub(crate) aws: Aws,
    /// A region that goes dark meanwhile.
    pub(crate) village: Option<Village>,
    region: Region,
    check: Fleet,
    reminder: Fleet,
    dispatch: Fleet,
    senders: Fleet,
}

/// What people are told of.
#[derive(Clone, Copy)]
pub(crate) enum Occasion {
    /// A region lost power, and its followers are told.
    Outage,
    /// An event starts soon, and who holds a ticket is told.
    Start,
    /// Staff make a mailing to all clients, by mail and at any hour.
    Mailing,
}

struct Fleet {
    name: &'static str,
    runtime: RuntimeApi,
    processes: Vec<Process>,
}

/// What telling people took.
pub(crate) struct Told {
    /// From the check that opens the outage to the last page's end.
    pub(crate) elapsed: Duration,
    pub(crate) pages: u32,
    pub(crate) fleets: Vec<Cost>,
    /// What the stand-ins used meanwhile, on the same cores.
    pub(crate) own_cpu: Duration,
    pub(crate) uses: BTreeMap<(String, String), Use>,
    pub(crate) mails: Mails,
    pub(crate) meanwhile: Option<(Village, Meanwhile, Aws)>,
}

/// What the processes of a function took.
pub(crate) struct Cost {
    pub(crate) name: &'static str,
    pub(crate) cpu: Duration,
    /// The memory of the largest, in megabytes.
    pub(crate) peak: f64,
}

impl Pipeline {
    /// Starts one process of each function, and as many senders as the urgent lane has. `rate` is what they are told
    /// that SES grants.
    pub(crate) async fn start(senders: usize, rate: u32, ses: Ses) -> Result<Self> {
        let (check, remind, dispatch, send) = (
            RuntimeApi::start().await?,
            RuntimeApi::start().await?,
            RuntimeApi::start().await?,
            RuntimeApi::start().await?,
        );
        let queues = Queues::to([
            ("dispatch", dispatch.events.clone()),
            ("urgent", send.events.clone()),
            ("bulk", send.events.clone()),
        ]);
        let aws = Aws::start(queues, ses).await?;
        let zone = Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?;
        let now = SystemWorld.now();
        let region = Region::new(RegionId::new(&SystemWorld), "Bandung".to_owned(), zone, None, now);
        if Grid::from(aws.table("power")).add_region(&region).await? != RegionWrite::Written {
            return Err(Failure::from("the region was not added"));
        }
        let fleet = |name, runtime, count| Fleet::start(name, runtime, &aws, count, rate);
        Ok(Self {
            check: fleet("power-check", check, 1).await?,
            reminder: fleet("reminder-sweep", remind, 1).await?,
            dispatch: fleet("mailing-dispatch", dispatch, 1).await?,
            senders: fleet("email-sender", send, senders).await?,
            region,
            village: None,
            aws,
        })
    }

    /// Has so many people told.
    pub(crate) async fn tell(mut self, people: u32, occasion: Occasion) -> Result<Told> {
        self.happen(people, occasion).await?;

        let outside = Arc::clone(&self.aws.outside);
        outside.meter.take();
        let mut before = Vec::new();
        for fleet in [&self.check, &self.reminder, &self.dispatch, &self.senders] {
            before.push(fleet.cpu()?);
        }
        let (begun, own) = (Instant::now(), own_cpu()?);
        match occasion {
            Occasion::Outage => self.check.call(&outside)?,
            Occasion::Start => self.reminder.call(&outside)?,
            Occasion::Mailing => make_mailing(&self.aws).await?,
        }
        let checks = self.check.runtime.events.clone();
        let attended =
            [self.check, self.reminder, self.dispatch, self.senders].map(|fleet| fleet.attended(&outside));
        let meanwhile = match &mut self.village {
            Some(village) => Some(village.cut(&self.aws, &checks, people).await?),
            None => None,
        };
        outside.queues.emptied().await?;

        let (elapsed, own_cpu) = (begun.elapsed(), own_cpu()?.saturating_sub(own));
        let mut fleets = Vec::new();
        for (fleet, before) in attended.into_iter().zip(before) {
            fleets.push(fleet.cost(before)?);
        }
        let uses = outside.meter.take();
        let pages = counted(&self.aws, people + u32::from(meanwhile.is_some())).await?;
        Ok(Told {
            elapsed,
            pages,
            fleets,
            own_cpu,
            uses,
            mails: outside.ses.mails(),
            meanwhile: self
                .village
                .zip(meanwhile)
                .map(|(village, meanwhile)| (village, meanwhile, self.aws)),
        })
    }
}

impl Pipeline {
    /// Lets happen what so many people are to be told of, or lets them be there to be told.
    async fn happen(&mut self, people: u32, occasion: Occasion) -> Result<()> {
        match occasion {
            Occasion::Outage => {
                followers::add(&self.aws, self.region.id, people).await?;
                let before = self.region.clone();
                self.region.say(Word::Off, SystemWorld.now());
                Grid::from(self.aws.table("power"))
                    .say(&before, &self.region)
                    .await?;
                Ok(())
            }
            Occasion::Start => holders::add(&self.aws, people).await.map(drop),
            Occasion::Mailing => clients::add(&self.aws, people).await,
        }
    }
}

/// Makes a mailing through the API, as staff do.
async fn make_mailing(aws: &Aws) -> Result<()> {
    let staff = Accounts::of(aws)?.open(true).await?;
    let now = SystemWorld.now();
    let body = json!({ "subject": "Open on Sunday", "text": "Dear {{first_name|friend}}, we are open on Sunday.",
        "start_time": now, "end_time": now.saturating_add(SignedDuration::from_hours(24))?, "local_window": null });
    Counter::open(aws)
        .await?
        .make("/api/mailings/", &staff.token, body)
        .await
        .map(drop)
}

/// Makes sure that everybody was told once and counted; returns the number of pages of the largest notice.
async fn counted(aws: &Aws, people: u32) -> Result<u32> {
    let window = Window::first(10);
    let listed = Notices::from(aws.table("notices")).list(&window).await?.entries;
    let planned: u32 = listed.iter().map(|told| told.plan.people).sum();
    let told: u32 = listed.iter().map(|told| told.tally.told()).sum();
    let mails = u32::try_from(aws.outside.ses.taken())?;
    if (planned, told, mails) != (people, people, people) {
        return Err(Failure::from(format!(
            "of {people}, {told} were told, in {mails} mails"
        )));
    }
    let largest = listed.iter().max_by_key(|told| told.plan.people);
    largest
        .map(|told| told.plan.pages)
        .ok_or_else(|| Failure::from("there is no notice"))
}

impl Fleet {
    /// Starts processes of a function, one after the other, until all are ready.
    async fn start(
        name: &'static str,
        mut runtime: RuntimeApi,
        aws: &Aws,
        count: usize,
        rate: u32,
    ) -> Result<Self> {
        let (program, settings) = (build::program(name)?, aws.settings(name, rate));
        let mut processes = Vec::new();
        for _ in 0..count {
            processes.push(Process::start(&program, &runtime, &settings)?);
            runtime.asked().await?;
        }
        Ok(Self {
            name,
            runtime,
            processes,
        })
    }

    /// Calls the function as its schedule does.
    fn call(&self, outside: &Outside) -> Result<()> {
        outside.queues.begun();
        let event = json!({ "time": SystemWorld.now() });
        self.runtime.send(event.to_string().as_bytes()).map(drop)
    }

    fn cpu(&self) -> Result<Duration> {
        self.processes.iter().map(Process::cpu).sum()
    }

    /// Has the fleet's answers attended to until it ends.
    fn attended(self, outside: &Arc<Outside>) -> Attended {
        let attendant = tokio::spawn(attend(self.runtime, Arc::clone(outside)));
        Attended {
            name: self.name,
            processes: self.processes,
            attendant,
        }
    }
}

struct Attended {
    name: &'static str,
    processes: Vec<Process>,
    attendant: tokio::task::JoinHandle<()>,
}

impl Attended {
    fn cost(self, before: Duration) -> Result<Cost> {
        let cpu: Duration = self.processes.iter().map(Process::cpu).sum::<Result<_>>()?;
        let mut peak: f64 = 0.0;
        for process in &self.processes {
            peak = peak.max(process.peak()?);
        }
        self.attendant.abort();
        Ok(Cost {
            name: self.name,
            cpu: cpu.saturating_sub(before),
            peak,
        })
    }
}

async fn attend(mut runtime: RuntimeApi, outside: Arc<Outside>) {
    while let Ok(happening) = runtime.happening().await {
        match happening {
            Happening::Asked(_) => {}
            Happening::Answered(_, answer) if is_success(&answer) => outside.queues.done(),
            Happening::Answered(_, answer) | Happening::Failed(answer) => {
                outside
                    .queues
                    .failed(crate::platform::unexpected(&answer).to_string());
            }
        }
    }
}

fn is_success(answer: &[u8]) -> bool {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    answer["batchItemFailures"].as_array().is_none_or(Vec::is_empty)
}
