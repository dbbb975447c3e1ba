//! So many homes with a device each: what a beat costs, and a check with nothing due and with one in a hundred.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{World, ids::HomeId};
use kabar_kit::SystemWorld;
use serde_json::{Value, json};

use crate::{
    accounts::{Account, Accounts},
    build,
    copies::{Sample, fill},
    counter::{self, Call, Counter},
    failure::{Failure, Result},
    platform::{Aws, Process, RuntimeApi, Use},
    table::Table,
};

/// How many homes the store writes itself; the others are copies. With so many, all shards of what is due have some.
const SAMPLES: u32 = 16;
/// How many beats are measured.
const BEATS: u32 = 2_000;
/// How often most devices call, in seconds, and how often one in a hundred does.
const PERIODS_S: [u32; 2] = [86_400, 3_600];

pub(crate) async fn measure(sizes: &[u32]) -> Result<()> {
    let mut beats = Table::new(&[
        "homes",
        "requests a beat",
        "read units",
        "write units",
        "beats a second",
        "a CPU second",
        "MB at peak",
    ]);
    let mut checks = Table::new(&[
        "homes",
        "looked at",
        "requests",
        "read units",
        "write units",
        "read units a home",
        "write units a home",
        "homes a second",
        "a CPU second",
        "MB at peak",
    ]);
    for &size in sizes {
        let mut city = City::build(size).await?;
        beats.row(city.beats().await?);
        for after in [SignedDuration::ZERO, SignedDuration::from_hours(2)] {
            checks.row(city.check(after).await?);
        }
    }
    beats.print("A beat");
    checks.print("A check: with nothing due, and with one home in a hundred");
    Ok(())
}

/// A region full of homes, all of which have power.
struct City {
    aws: Aws,
    api: Counter,
    check: Checker,
    size: u32,
    keys: Vec<String>,
    built_at: Timestamp,
}

impl City {
    async fn build(size: u32) -> Result<Self> {
        let (aws, _queues) = counter::aws().await?;
        let accounts = Accounts::of(&aws)?;
        let (staff, owner) = (accounts.open(true).await?, accounts.open(false).await?);
        let mut api = Counter::open(&aws).await?;
        let region = json!({ "name": "Bandung", "time_zone": "Asia/Jakarta" });
        let region = api.make("/api/regions/", &staff.token, region).await?.id()?;
        let mut check = Checker::open(&aws).await?;
        let (mut samples, mut keys) = (Vec::new(), Vec::new());
        for period_s in PERIODS_S {
            let mut of_period = Vec::new();
            for _ in 0..SAMPLES {
                let (home, key) = device(&mut api, &owner, &region, period_s).await?;
                beat(&mut api, &key).await?;
                of_period.push(Sample::named(vec![home]));
                keys.push(key);
            }
            samples.push(of_period);
        }
        let built_at = SystemWorld.now();
        // From here on they are known to have power, and no beat brings a check forward.
        check.run(built_at).await?;
        for (of_period, count) in samples.iter_mut().zip([size - size / 100, size / 100]) {
            Sample::gather(of_period, &aws.outside.engine.items("power")?);
            fill(&aws, "power", of_period, count, |_, _| {
                vec![HomeId::new(&SystemWorld).to_string()]
            })?;
        }
        Ok(Self {
            aws,
            api,
            check,
            size,
            keys,
            built_at,
        })
    }

    fn used(&self) -> Use {
        let mut used = Use::default();
        let all = self.aws.outside.meter.take().into_values();
        all.for_each(|one| used += one);
        used
    }

    /// Has devices call one after the other, each known one in its turn.
    async fn beats(&mut self) -> Result<Vec<String>> {
        self.used();
        let (cpu, begun) = (self.api.cpu()?, Instant::now());
        for number in 0..usize::try_from(BEATS)? {
            let key = self.keys[number % self.keys.len()].clone();
            beat(&mut self.api, &key).await?;
        }
        let (elapsed, cpu) = (begun.elapsed(), self.api.cpu()?.saturating_sub(cpu));
        let each = self.used().each(f64::from(BEATS));
        Ok(vec![
            self.size.to_string(),
            format!("{:.2}", each.requests),
            format!("{:.2}", each.read),
            format!("{:.2}", each.write),
            per_second(BEATS, elapsed),
            per_second(BEATS, cpu),
            format!("{:.1}", self.api.peak()?),
        ])
    }

    /// Has the schedule fire so long after the city was built.
    async fn check(&mut self, after: SignedDuration) -> Result<Vec<String>> {
        self.used();
        let (cpu, begun) = (self.check.process.cpu()?, Instant::now());
        let report = self.check.run(self.built_at + after).await?;
        let (elapsed, cpu) = (begun.elapsed(), self.check.process.cpu()?.saturating_sub(cpu));
        let used = self.used();
        let homes = u32::try_from(report["homes"].as_u64().ok_or("no homes in a report")?)?;
        let expected = if after.is_zero() {
            0
        } else {
            (self.size / 100).max(SAMPLES)
        };
        if homes != expected || report["homes_turned"] != 0 || report["left_for_next"] != 0 {
            return Err(Failure::from(format!(
                "of {expected} due homes the check says {report}"
            )));
        }
        let each = used.each(f64::from(homes.max(1)));
        let of_home = |units: f64| match homes {
            0 => "-".to_owned(),
            _ => format!("{units:.2}"),
        };
        let rate = |time: Duration| match homes {
            0 => "-".to_owned(),
            _ => per_second(homes, time),
        };
        Ok(vec![
            self.size.to_string(),
            homes.to_string(),
            format!("{:.0}", used.requests),
            format!("{:.1}", used.read),
            format!("{:.1}", used.write),
            of_home(each.read),
            of_home(each.write),
            rate(elapsed),
            rate(cpu),
            format!("{:.1}", self.check.process.peak()?),
        ])
    }
}

fn per_second(times: u32, time: Duration) -> String {
    format!("{:.0}", f64::from(times) / time.as_secs_f64())
}

/// A process of `power-check`.
struct Checker {
    runtime: RuntimeApi,
    process: Process,
}

impl Checker {
    async fn open(aws: &Aws) -> Result<Self> {
        let mut runtime = RuntimeApi::start().await?;
        let settings = aws.settings("power-check", 1_000);
        let process = Process::start(&build::program("power-check")?, &runtime, &settings)?;
        runtime.asked().await?;
        Ok(Self { runtime, process })
    }

    /// Fires its schedule; returns what it reports.
    async fn run(&mut self, time: Timestamp) -> Result<Value> {
        self.runtime
            .send(json!({ "time": time }).to_string().as_bytes())?;
        let (_, report) = self.runtime.answered().await?;
        self.runtime.asked().await?;
        Ok(serde_json::from_slice(&report)?)
    }
}

/// Makes a home with a device; returns the home's id and what the device calls with.
async fn device(api: &mut Counter, owner: &Account, region: &str, period_s: u32) -> Result<(String, String)> {
    let home = json!({ "name": "Rumah", "region": region });
    let home = api.make("/api/homes/", &owner.token, home).await?.id()?;
    let path = format!("/api/homes/{home}/detectors/");
    let device = json!({ "kind": "heartbeat", "period_s": period_s });
    let made = api.make(&path, &owner.token, device).await?;
    let key = made.body["key"].as_str().ok_or("no key")?.to_owned();
    Ok((home, key))
}

async fn beat(api: &mut Counter, key: &str) -> Result<()> {
    let call = Call {
        method: "POST",
        path: format!("/ping/{key}"),
        token: String::new(),
        body: Value::Null,
    };
    match api.ask(&call).await?.status {
        200..=299 => Ok(()),
        status => Err(Failure::from(format!("a beat was answered {status}"))),
    }
}
