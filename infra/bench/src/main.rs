//! Measures the functions as they are deployed: release binaries against stand-ins for Lambda and AWS's services.
//!
//! `README.md` says what is measured how, and what came out.

mod accounts;
mod build;
mod clients;
mod copies;
mod counter;
mod failure;
mod followers;
mod holders;
mod homes;
mod meanwhile;
mod notice;
mod operations;
mod pace;
mod pipeline;
mod platform;
mod price;
mod reminders;
mod sales;
mod starts;
mod stock;
mod table;

use failure::{Failure, Result};
use pipeline::Occasion;

/// How many people are told.
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];

const USAGE: &str = "bench [--no-build] [notice [FOLLOWERS…] | mailing [CLIENTS…] | starts [RUNS] | pace [MAILS_PER_SECOND] | meanwhile [FOLLOWERS]
                   | reminders [HOLDERS MAILS_PER_SECOND] | sales [SEATS] | homes [HOMES…] | operations]

  notice   a notice to so many followers: units, requests, speed, memory   (1000 10000 100000)
  mailing  a mailing to so many clients: the same                          (1000 10000 100000)
  starts   each function: exec to ready, first answer, warm invocations    (20 starts of each)
  pace     whether senders hold the rate that SES grants                   (200 mails a second)
  meanwhile an outage elsewhere while a city of so many is being told      (100000)
  reminders the reminder of an event with so many ticket holders, at SES's rate (20000 50: seven minutes)
  sales    the seats of one ticket, wanted by several at a time            (500)
  homes    a beat, and a check, with so many homes                         (1000 10000 100000)
  operations each kind of operation: requests, units, CPU, budgets

Without a command, all of them. The functions are built first, in the release profile, unless --no-build.";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--no-build") {
        arguments.remove(0);
    } else {
        build::functions().await?;
    }
    let numbers = |default: &[u32]| -> Result<Vec<u32>> {
        let given = arguments.get(1..).unwrap_or_default();
        if given.is_empty() {
            return Ok(default.to_vec());
        }
        given.iter().map(|text| Ok(text.parse()?)).collect()
    };
    match arguments.first().map(String::as_str) {
        None => {
            starts::measure(20).await?;
            notice::measure(Occasion::Outage, &SIZES).await?;
            notice::measure(Occasion::Mailing, &SIZES).await?;
            pace::measure(200).await?;
            meanwhile::measure(100_000).await?;
            reminders::measure(2_000, 50).await?;
            sales::measure(500).await?;
            homes::measure(&SIZES).await?;
            operations::measure().await
        }
        Some("notice") => notice::measure(Occasion::Outage, &numbers(&SIZES)?).await,
        Some("mailing") => notice::measure(Occasion::Mailing, &numbers(&SIZES)?).await,
        Some("starts") => starts::measure(numbers(&[20])?[0]).await,
        Some("pace") => pace::measure(numbers(&[200])?[0]).await,
        Some("meanwhile") => meanwhile::measure(numbers(&[100_000])?[0]).await,
        Some("reminders") => {
            let numbers = numbers(&[20_000, 50])?;
            reminders::measure(numbers[0], numbers.get(1).copied().unwrap_or(50)).await
        }
        Some("sales") => sales::measure(numbers(&[500])?[0]).await,
        Some("homes") => homes::measure(&numbers(&SIZES)?).await,
        Some("operations") => operations::measure().await,
        Some(_) => Err(Failure::from(USAGE)),
    }
}
