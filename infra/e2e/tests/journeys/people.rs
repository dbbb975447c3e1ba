//! Many people, straight into the tables: hashing a password for each would take longer than the journey.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use kabar_domain::{
    Language, World, Zone,
    ids::{RegionId, UserId},
    people::{Email, Profile, User, Username},
    power::{Channel, Following},
};
use kabar_kit::SystemWorld;
use kabar_local::Local;
use kabar_store::{
    Table,
    people::People,
    power::{Followed, Grid},
};

/// Accounts `n@example.com`, from 0, all with one page's language and zone.
pub(crate) async fn make(local: &Local, people: usize) -> Vec<User> {
    let accounts: People = table(local, "PEOPLE_TABLE").into();
    let one = async |n: usize| {
        let profile = Profile {
            username: Username::parse(&format!("person.{n}")).unwrap(),
            email: Email::parse(&format!("{n}@example.com")).unwrap(),
            first_name: String::new(),
            last_name: String::new(),
            zone: Zone::parse("Asia/Jakarta").unwrap(),
            language: Language::En,
        };
        let user = User {
            id: UserId::new(&SystemWorld),
            profile,
            is_superuser: false,
            groups: Vec::new(),
            date_joined: SystemWorld.now(),
            version: 1,
        };
        accounts.add_user(&user, "no password").await.unwrap().unwrap();
        user
    };
    stream::iter(0..people).map(one).buffered(8).collect().await
}

/// The same, who follow a region.
pub(crate) async fn crowd(local: &Local, region: &str, people: usize) -> Vec<UserId> {
    let accounts: People = table(local, "PEOPLE_TABLE").into();
    let grid: Grid = table(local, "POWER_TABLE").into();
    let region = RegionId::parse(region).unwrap();
    let one = async |user: User| {
        let following = Following {
            region,
            user: user.id,
            channels: vec![Channel::Email],
            since: SystemWorld.now(),
        };
        let followed = grid.follow(&following, &user, &accounts).await.unwrap();
        assert_eq!(followed, Followed::Now);
        user.id
    };
    let made = make(local, people).await;
    stream::iter(made).map(one).buffered(8).collect().await
}

fn table(local: &Local, name: &str) -> Table {
    let setting = |name: &str| {
        let found = local.env().iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    let world: Arc<dyn World> = Arc::new(SystemWorld);
    let client = kabar_testkit::client_at(&setting("AWS_ENDPOINT_URL_DYNAMODB"), setting("AWS_REGION"));
    kabar_store::table(&client, &setting(name), &world)
}
