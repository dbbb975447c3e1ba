//! People who want the seats of one ticket, several at a time: how many are sold a second, and what each costs.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use kabar_domain::ids::EventId;
use kabar_store::events::Events;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    accounts::{Account, Accounts},
    counter::{self, Call, Counter},
    failure::{Failure, Result},
    platform::{Aws, Use},
    stock,
    table::Table,
};

/// How many processes of `api` sell at once.
const COUNTERS: [u32; 3] = [1, 4, 16];

pub(crate) async fn measure(quota: u32) -> Result<()> {
    let mut table = Table::new(&[
        "at once",
        "buyers",
        "sold",
        "sold a second",
        "a CPU second",
        "requests a buyer",
        "read units a buyer",
        "write units a sale",
        "refused writes",
        "conflicts",
    ]);
    for counters in COUNTERS {
        let sale = sell(quota, counters).await?;
        let (buyers, sold) = (f64::from(sale.buyers), f64::from(quota));
        table.row([
            counters.to_string(),
            sale.buyers.to_string(),
            quota.to_string(),
            format!("{:.0}", sold / sale.elapsed.as_secs_f64()),
            format!("{:.0}", buyers / sale.cpu.as_secs_f64()),
            format!("{:.2}", sale.used.requests / buyers),
            format!("{:.2}", sale.used.read / buyers),
            format!("{:.2}", sale.used.write / sold),
            format!("{:.0}", sale.used.refused),
            // Whoever comes too late is refused once; the others who were refused tried again.
            format!("{:.0}", sale.used.refused - (buyers - sold)),
        ]);
    }
    table.print(&format!(
        "The {quota} seats of one ticket, with a fifth more buyers than seats"
    ));
    Ok(())
}

struct Sale {
    buyers: u32,
    /// From the first buyer to the last seat.
    elapsed: Duration,
    cpu: Duration,
    used: Use,
}

async fn sell(quota: u32, counters: u32) -> Result<Sale> {
    let (aws, _queues) = counter::aws().await?;
    let accounts = Accounts::of(&aws)?;
    let host = accounts.open(true).await?;
    let mut open = Vec::new();
    for _ in 0..counters {
        open.push(Counter::open(&aws).await?);
    }
    let first = open.first_mut().ok_or("no counter")?;
    let event = stock::event(first, &host.token, quota).await?;
    let ticket = stock::ticket(first, &host.token, &event, quota).await?;
    let mut lines: Vec<Vec<Account>> = open.iter().map(|_| Vec::new()).collect();
    let buyers = quota + quota / 5;
    for number in 0..usize::try_from(buyers)? {
        let line = number % lines.len();
        lines[line].push(accounts.open(false).await?);
    }
    let before: Duration = open.iter().map(Counter::cpu).sum::<Result<_>>()?;
    aws.outside.meter.take();

    let begun = Instant::now();
    let ticket: Arc<str> = ticket.into();
    let mut selling = JoinSet::new();
    for (counter, line) in open.into_iter().zip(lines) {
        selling.spawn(serve(counter, line, Arc::clone(&ticket)));
    }
    let (mut served, mut sold, mut last) = (Vec::new(), 0, begun);
    for done in selling.join_all().await {
        let (counter, sales) = done?;
        served.push(counter);
        sold += sales.len();
        last = last.max(sales.last().copied().unwrap_or(begun));
    }
    let after: Duration = served.iter().map(Counter::cpu).sum::<Result<_>>()?;
    let mut used = Use::default();
    aws.outside.meter.take().into_values().for_each(|one| used += one);
    let counter = served.first_mut().ok_or("no counter")?;
    exactly(quota, sold, counter, &aws, &event).await?;
    Ok(Sale {
        buyers,
        elapsed: last.duration_since(begun),
        cpu: after.saturating_sub(before),
        used,
    })
}

/// Has everybody of a line register; returns when each seat was sold.
async fn serve(
    mut counter: Counter,
    line: Vec<Account>,
    ticket: Arc<str>,
) -> Result<(Counter, Vec<Instant>)> {
    let mut sold = Vec::new();
    for buyer in line {
        let call = Call {
            method: "POST",
            path: "/api/registrations/".to_owned(),
            token: buyer.token,
            body: json!({ "ticket_id": &*ticket }),
        };
        let said = counter.ask(&call).await?;
        match said.status {
            201 => sold.push(Instant::now()),
            409 => {}
            _ => return Err(Failure::from(format!("a buyer was answered {said:?}"))),
        }
    }
    Ok((counter, sold))
}

/// Makes sure that every seat was sold once, by all three accounts of it: the answers, the counters, the registrations.
async fn exactly(quota: u32, sold: usize, counter: &mut Counter, aws: &Aws, event: &str) -> Result<()> {
    let call = Call {
        method: "GET",
        path: format!("/api/events/{event}/availability/"),
        token: String::new(),
        body: Value::Null,
    };
    let left = counter.ask(&call).await?.body["remaining"].as_u64();
    let event = EventId::parse(event).ok_or("no event")?;
    let held = Events::from(aws.table("events"))
        .holdings_after(event, None, u16::try_from(quota)? + 1)
        .await?
        .registrations
        .len();
    let quota = usize::try_from(quota)?;
    if (sold, held, left) == (quota, quota, Some(0)) {
        return Ok(());
    }
    Err(Failure::from(format!(
        "of {quota} seats {sold} were sold, {held} are held and {left:?} are left"
    )))
}
