//! Groups, and the roles that come with two of their names.

use kabar_app::{Expected, Failure};
use kabar_domain::{
    ids::UserId,
    people::{Group, GroupName, Role},
};
use kabar_store::Window;
use kabar_testkit::House;

use crate::common::{ANNA, SARI};

fn name(raw: &str) -> GroupName {
    GroupName::parse(raw).unwrap()
}

async fn roles(house: &House, user: UserId) -> Vec<Role> {
    house
        .app
        .people
        .account(user)
        .await
        .unwrap()
        .unwrap()
        .user
        .roles()
}

async fn group_of_two(house: &House, raw: &str) -> (Group, [UserId; 2]) {
    let group = house.app.add_group(&name(raw)).await.unwrap();
    let users = [house.user(ANNA).await.id, house.user(SARI).await.id];
    for user in users {
        house.app.assign_role(user, group.id).await.unwrap();
    }
    (group, users)
}

#[tokio::test]
async fn a_groups_name_is_unique_also_admin_and_organizer() {
    let house = House::new().await;
    for raw in ["admin", "organizer", "Relawan"] {
        house.app.add_group(&name(raw)).await.unwrap();
        let again = house.app.add_group(&name(raw)).await;
        assert!(
            matches!(&again, Err(Failure::Invalid(e)) if e[0].field == "name"),
            "{again:?}"
        );
    }
    let groups = house.app.groups(&Window::first(50)).await.unwrap().entries;
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Relawan", "organizer", "admin"], "the newest first");
}

#[tokio::test]
async fn a_role_is_given_and_taken_with_the_membership() {
    let house = House::new().await;
    let (admin, [anna, _]) = group_of_two(&house, "admin").await;
    assert_eq!(roles(&house, anna).await, [Role::Admin]);
    house.app.assign_role(anna, admin.id).await.unwrap();
    house.app.take_role(anna, admin.id).await.unwrap();
    house.app.take_role(anna, admin.id).await.unwrap();
    assert!(roles(&house, anna).await.is_empty());
}

#[tokio::test]
async fn renaming_a_group_changes_its_members_roles() {
    let house = House::new().await;
    let (group, users) = group_of_two(&house, "Relawan").await;
    let renamed = house
        .app
        .rename_group(group.id, Expected::Any, &name("organizer"))
        .await
        .unwrap();
    assert_eq!(house.app.group(group.id).await.unwrap(), renamed);
    for user in users {
        assert_eq!(roles(&house, user).await, [Role::Organizer]);
    }
    house.app.add_group(&name("Relawan")).await.unwrap();
    let taken = house
        .app
        .rename_group(group.id, Expected::Any, &name("Relawan"))
        .await;
    assert!(
        matches!(&taken, Err(Failure::Invalid(e)) if e[0].field == "name"),
        "{taken:?}"
    );
    let stale = house
        .app
        .rename_group(group.id, Expected::Version(group.version), &name("X"))
        .await;
    assert!(matches!(stale, Err(Failure::Changed)), "{stale:?}");
    house.app.take_role(users[0], group.id).await.unwrap();
    assert!(roles(&house, users[0]).await.is_empty());
}

#[tokio::test]
async fn removing_a_group_takes_its_members_roles_and_frees_its_name() {
    let house = House::new().await;
    let (group, users) = group_of_two(&house, "admin").await;
    house.app.remove_group(group.id, Expected::Any).await.unwrap();
    for user in users {
        assert!(roles(&house, user).await.is_empty());
    }
    assert!(matches!(house.app.group(group.id).await, Err(Failure::NotFound)));
    let again = house.app.add_group(&name("admin")).await.unwrap();
    assert_ne!(again.id, group.id, "numbers are never used again");
}

#[tokio::test]
async fn what_does_not_exist_is_named_all_of_it() {
    let house = House::new().await;
    let (group, [anna, _]) = group_of_two(&house, "admin").await;
    let nobody = UserId::new(&*house.world);
    let cases: [(UserId, u32, &[&str]); 3] = [
        (nobody, group.id, &["user_id"]),
        (anna, 999, &["group_id"]),
        (nobody, 999, &["user_id", "group_id"]),
    ];
    for (user, group, expected) in cases {
        for result in [
            house.app.assign_role(user, group).await,
            house.app.take_role(user, group).await,
        ] {
            let Err(Failure::Invalid(errors)) = result else {
                panic!("{result:?}")
            };
            let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
            assert_eq!(fields, expected);
        }
    }
}

#[tokio::test]
async fn a_group_of_more_than_a_page_of_members_is_renamed_and_removed_whole() {
    let house = House::new().await;
    let group = house.app.add_group(&name("Relawan")).await.unwrap();
    let mut users = Vec::new();
    for n in 0..105 {
        let user = house
            .user(kabar_testkit::Person {
                name: &format!("user{n}"),
                ..ANNA
            })
            .await
            .id;
        house.app.assign_role(user, group.id).await.unwrap();
        users.push(user);
    }
    house
        .app
        .rename_group(group.id, Expected::Any, &name("admin"))
        .await
        .unwrap();
    for &user in &users {
        assert_eq!(roles(&house, user).await, [Role::Admin]);
    }
    house.app.remove_group(group.id, Expected::Any).await.unwrap();
    for &user in &users {
        assert!(roles(&house, user).await.is_empty());
    }
}
