//! Accounts of people of every kind.

use std::sync::OnceLock;

use kabar_domain::{
    Language, World,
    ids::UserId,
    people::{GroupName, Role, User},
};
use kabar_store::Window;
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};

/// The account of somebody new, who reads English in Jakarta.
pub(crate) async fn account(house: &House, name: &str, roles: &[Role]) -> UserId {
    static HASH: OnceLock<String> = OnceLock::new();
    let (app, world) = (&house.app, &*house.world);
    let person = Person {
        name,
        language: Language::En,
        zone: JAKARTA,
    };
    let user = User {
        id: UserId::new(world),
        profile: person.profile(),
        is_superuser: roles.contains(&Role::Superuser),
        groups: Vec::new(),
        date_joined: world.now(),
        version: 1,
    };
    let hash = HASH.get_or_init(|| app.passwords.hash(world, PASSWORD.as_bytes()).unwrap());
    app.people.add_user(&user, hash).await.unwrap().unwrap();
    for role in roles {
        match role {
            Role::Organizer => join(house, user.id, "organizer").await,
            Role::Admin => join(house, user.id, "admin").await,
            Role::Superuser => {}
        }
    }
    user.id
}

/// Makes somebody a member of a group, which is there or is made.
async fn join(house: &House, user: UserId, name: &str) {
    let groups = house.app.groups(&Window::first(100)).await.unwrap();
    let found = groups
        .entries
        .into_iter()
        .find(|known| known.name.as_str() == name);
    let group = match found {
        Some(group) => group,
        None => house
            .app
            .add_group(&GroupName::parse(name).unwrap())
            .await
            .unwrap(),
    };
    house.app.assign_role(user, group.id).await.unwrap();
}
