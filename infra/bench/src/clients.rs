use kabar_domain::{
    World, Zone,
    ids::ClientId,
    mailings::{Client, NewClient, Phone, Tag},
    people::Email,
};
use kabar_kit::SystemWorld;
use kabar_store::mailings::{ClientWrite, Mailings};

use crate::{
    accounts::READERS,
    copies::{Sample, fill},
    failure::{Failure, Result},
    platform::Aws,
};

/// How many clients are made by the store: enough for each part of the audience to have some of each reader.
const SAMPLES: u32 = 64;
/// The end of an id, which says in what part of the audience its client is.
const END_OF_ID: usize = 2;

/// Adds so many clients: a few through the store, and the others as copies of what it wrote.
pub(crate) async fn add(aws: &Aws, count: u32) -> Result<()> {
    let mailings = Mailings::from(aws.table("mailings"));
    let mut samples = Vec::new();
    for number in 0..SAMPLES.min(count) {
        let client = client(number)?;
        if mailings.add_client(&client).await? != ClientWrite::Written {
            return Err(Failure::from("a client of the bench is there already"));
        }
        samples.push(Sample::named(vec![
            client.id.to_string(),
            client.phone.as_str().to_owned(),
            address(number),
        ]));
    }
    Sample::gather(&mut samples, &aws.outside.engine.items("mailings")?);
    fill(aws, "mailings", &samples, count, |sample, number| {
        let (mut id, old) = (ClientId::new(&SystemWorld).to_string(), &sample.names[0]);
        let end = old.len() - END_OF_ID;
        id.replace_range(end.., &old[end..]);
        vec![id, phone(number), address(number)]
    })
}

fn client(number: u32) -> Result<Client> {
    let invalid = |_| Failure::from("a client of the bench is none");
    let (language, zone) = READERS[number as usize % READERS.len()];
    let new = NewClient {
        phone: Phone::parse(&phone(number)).map_err(invalid)?,
        operator_code: None,
        tag: Tag::parse("vip").map_err(invalid)?,
        zone: Zone::parse(zone).map_err(invalid)?,
        email: Some(Email::parse(&address(number)).map_err(invalid)?),
        first_name: "Ayu".to_owned(),
        language: Some(language),
    };
    Ok(Client::new(ClientId::new(&SystemWorld), new, SystemWorld.now()))
}

fn phone(number: u32) -> String {
    format!("7916{number:07}")
}

fn address(number: u32) -> String {
    format!("client-{number:07}@example.com")
}
