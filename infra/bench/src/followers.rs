use dynoxide::types::{AttributeValue, Item};
use kabar_domain::{
    Language, World, Zone,
    ids::{RegionId, UserId},
    people::User,
    power::{Channel, Following},
};
use kabar_kit::SystemWorld;
use kabar_store::{people::People, power::Grid};

use crate::{
    accounts::{self, person},
    failure::{Failure, Result},
    platform::Aws,
};

/// Two languages in two zones: the last page of each is not full.
const READERS: [(Language, &str); 4] = [
    (Language::En, "Asia/Jakarta"),
    (Language::En, "Asia/Makassar"),
    (Language::Id, "Asia/Jakarta"),
    (Language::Id, "Asia/Makassar"),
];
/// How many people are written at a time.
const AT_ONCE: u32 = 10_000;

/// What the store wrote for one person, to be written for others under their names.
struct Sample {
    user: String,
    email: String,
    items: Vec<Item>,
}

/// Makes so many people follow a region: a few through the store, and the others as copies of what it wrote.
pub(crate) async fn add(aws: &Aws, region: RegionId, count: u32) -> Result<()> {
    let engine = &aws.outside.engine;
    let samples = samples(aws, region).await?;
    let made = u32::try_from(samples.len())?;
    let mut numbers = made..count.max(made);
    while !numbers.is_empty() {
        let some = numbers.by_ref().take(usize::try_from(AT_ONCE)?);
        let copies = some
            .zip(samples.iter().cycle())
            .flat_map(|(number, sample)| copy(sample, number));
        engine.fill("power", copies.collect())?;
    }
    Ok(())
}

/// Adds somebody who reads: nobody can follow a region without an account.
pub(crate) async fn add_reader(
    people: &People,
    id: UserId,
    email: &str,
    language: Language,
    zone: Zone,
) -> Result<User> {
    let reader = person(id, email, language, zone)?;
    accounts::add(people, &reader).await?;
    Ok(reader)
}

async fn samples(aws: &Aws, region: RegionId) -> Result<Vec<Sample>> {
    let (grid, people) = (Grid::from(aws.table("power")), People::from(aws.table("people")));
    let mut samples = Vec::new();
    for (number, (language, zone)) in (0..).zip(READERS) {
        let user = UserId::new(&SystemWorld);
        let email = address(number);
        let zone = Zone::parse(zone).map_err(|_| Failure::from("a zone of the bench is none"))?;
        let reader = add_reader(&people, user, &email, language, zone).await?;
        let following = Following {
            region,
            user,
            channels: vec![Channel::Email],
            since: SystemWorld.now(),
        };
        grid.follow(&following, &reader, &people).await?;
        samples.push(Sample {
            user: user.to_string(),
            email,
            items: Vec::new(),
        });
    }
    for item in aws.outside.engine.items("power")? {
        let names = |user: &str| {
            item.values()
                .any(|value| matches!(value, AttributeValue::S(s) if s.contains(user)))
        };
        if let Some(sample) = samples.iter_mut().find(|sample| names(&sample.user)) {
            sample.items.push(item);
        }
    }
    Ok(samples)
}

fn copy(sample: &Sample, number: u32) -> Vec<Item> {
    let (user, email) = (UserId::new(&SystemWorld).to_string(), address(number));
    let renamed = |value: &AttributeValue| match value {
        AttributeValue::S(text) => {
            AttributeValue::S(text.replace(&sample.user, &user).replace(&sample.email, &email))
        }
        other => other.clone(),
    };
    let item = |item: &Item| {
        item.iter()
            .map(|(name, value)| (name.clone(), renamed(value)))
            .collect()
    };
    sample.items.iter().map(item).collect()
}

fn address(number: u32) -> String {
    format!("follower-{number:07}@example.com")
}
