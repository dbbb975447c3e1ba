//! `--demo`: regions, people who follow them, a cut that is over and one that is not, and a season of events; made
//! through the API.

mod client;
mod events;
mod grid;
mod season;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use crate::error::{Error, Result};
use crate::local::Local;
use crate::outside;

use client::Kabar;
use grid::{DARK, LIT_AGAIN, PEOPLE, REGIONS};
use season::EVENTS;

/// Everybody's, and no secret.
const PASSWORD: &str = "demo-password";
const POLL: Duration = Duration::from_millis(200);
/// Planning and sending take a second; a function that is built first takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// Fills a fresh stack.
pub(crate) async fn add(local: &Local) -> Result<()> {
    let kabar = Kabar::log_in(local).await.map_err(named)?;
    fill(&kabar).await.map_err(named)
}

fn named(error: Error) -> Error {
    Error::new(format!("The demo data could not be added: {error}"))
}

async fn fill(kabar: &Kabar) -> Result<()> {
    let regions = make_regions(kabar).await?;
    let people = make_people(kabar, &regions).await?;
    let mut told = say(kabar, &regions, LIT_AGAIN, "off", 0).await?;
    told = say(kabar, &regions, LIT_AGAIN, "on", told).await?;
    for region in REGIONS
        .iter()
        .filter(|region| region.name != LIT_AGAIN && region.name != DARK)
    {
        set(kabar, &regions, region.name, "on").await?;
    }
    told = say(kabar, &regions, DARK, "off", told).await?;
    let sold = events::make_season(kabar, &people, &regions, outside::now()).await?;
    told = until_told(kabar, told + sold, "who has a seat").await?;
    println!(
        "{} regions, {} people (password {PASSWORD}), {} events, {sold} registrations, {told} mails; {DARK} has no \
         power.",
        REGIONS.len(),
        PEOPLE.len(),
        EVENTS.len(),
    );
    Ok(())
}

async fn make_regions(kabar: &Kabar) -> Result<BTreeMap<&'static str, String>> {
    let mut ids = BTreeMap::new();
    for region in REGIONS {
        let mut body = json!({"name": region.name, "time_zone": region.time_zone});
        if let Some(parent) = region.parent {
            body["parent"] = json!(ids.get(parent));
        }
        ids.insert(region.name, kabar.create("/api/regions/", &body).await?);
    }
    Ok(ids)
}

async fn make_people(
    kabar: &Kabar,
    regions: &BTreeMap<&str, String>,
) -> Result<BTreeMap<&'static str, String>> {
    let mut ids = BTreeMap::new();
    for person in PEOPLE {
        let body = json!({
            "username": person.username,
            "email": format!("{}@example.com", person.username),
            "password": PASSWORD,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "time_zone": person.time_zone,
            "language": person.language,
        });
        let user = kabar.create("/api/users/", &body).await?;
        for region in person.follows {
            let body = json!({"user_id": user, "channels": ["email"]});
            kabar
                .post(&format!("{}followers/", path(regions, region)), &body)
                .await?;
        }
        ids.insert(person.username, user);
    }
    Ok(ids)
}

/// Switches a region, lets the check find it, and waits until its followers were told; returns all mails so far.
async fn say(
    kabar: &Kabar,
    regions: &BTreeMap<&str, String>,
    region: &str,
    status: &str,
    told_before: usize,
) -> Result<usize> {
    set(kabar, regions, region, status).await?;
    kabar.invoke("power-check").await?;
    let expected = told_before
        + PEOPLE
            .iter()
            .filter(|person| person.follows.contains(&region))
            .count();
    until_told(kabar, expected, &format!("that {region} is {status}")).await
}

/// Waits until so many mails have left the system; returns how many did.
async fn until_told(kabar: &Kabar, expected: usize, what: &str) -> Result<usize> {
    let told = async {
        while kabar.messages().await? < expected {
            tokio::time::sleep(POLL).await;
        }
        kabar.messages().await
    };
    match tokio::time::timeout(PATIENCE, told).await {
        Ok(told) => told,
        Err(_) => Err(Error::new(format!(
            "nobody was told {what}; see the logs of the functions"
        ))),
    }
}

async fn set(kabar: &Kabar, regions: &BTreeMap<&str, String>, region: &str, status: &str) -> Result<()> {
    kabar
        .put(
            &format!("{}status/", path(regions, region)),
            &json!({"status": status}),
        )
        .await
        .map(|_| ())
}

fn path(regions: &BTreeMap<&str, String>, name: &str) -> String {
    format!("/api/regions/{}/", regions.get(name).map_or("", String::as_str))
}
