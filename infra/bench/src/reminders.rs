//! The reminder of an event with so many ticket holders at SES's rate, and an outage meanwhile.

use kabar_domain::Zone;

use crate::{
    failure::{Failure, Result},
    meanwhile::Village,
    notice::SENDERS,
    pace,
    pipeline::{Occasion, Pipeline},
    platform::Ses,
    table::Table,
};

pub(crate) async fn measure(people: u32, rate: u32) -> Result<()> {
    let mut pipeline = Pipeline::start(SENDERS, rate, Ses::at(rate)).await?;
    let zone = Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?;
    pipeline.village = Some(Village::new(&pipeline.aws, zone).await?);
    let told = pipeline.tell(people, Occasion::Start).await?;
    let (village, meanwhile, aws) = told
        .meanwhile
        .as_ref()
        .ok_or_else(|| Failure::from("nothing happened meanwhile"))?;
    let waited = village.told_at(aws).await?.duration_since(meanwhile.cut_at);
    let mut table = Table::new(&[
        "holders",
        "granted a second",
        "held a second",
        "held",
        "throttled calls",
        "s until all were told",
        "ms until a village was told of its outage",
        "pages",
        "read units each",
        "write units each",
    ]);
    let mut units = crate::platform::Use::default();
    for used in told.uses.values() {
        units += *used;
    }
    let held = pace::held(&told.mails, people)?;
    table.row([
        people.to_string(),
        rate.to_string(),
        format!("{held:.1}"),
        format!("{:.1} %", held / f64::from(rate) * 100.0),
        pace::throttled(&told.mails, people),
        format!("{:.0}", told.elapsed.as_secs_f64()),
        waited.as_millis().to_string(),
        told.pages.to_string(),
        format!("{:.2}", units.read / f64::from(people)),
        format!("{:.2}", units.write / f64::from(people)),
    ]);
    table.print("A reminder at the rate that SES grants, and an outage meanwhile");
    Ok(())
}
