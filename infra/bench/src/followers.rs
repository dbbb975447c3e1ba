use kabar_domain::{
    Language, World, Zone,
    ids::{RegionId, UserId},
    people::User,
    power::{Channel, Following},
};
use kabar_kit::SystemWorld;
use kabar_store::{people::People, power::Grid};

use crate::{
    accounts::{self, READERS, person},
    copies::{Sample, fill},
    failure::{Failure, Result},
    platform::Aws,
};

/// Makes so many people follow a region: a few through the store, and the others as copies of what it wrote.
pub(crate) async fn add(aws: &Aws, region: RegionId, count: u32) -> Result<()> {
    let samples = samples(aws, region).await?;
    fill(aws, "power", &samples, count, |_, number| {
        vec![UserId::new(&SystemWorld).to_string(), address(number)]
    })
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
        samples.push(Sample::named(vec![user.to_string(), email]));
    }
    Sample::gather(&mut samples, &aws.outside.engine.items("power")?);
    Ok(samples)
}

fn address(number: u32) -> String {
    format!("follower-{number:07}@example.com")
}
