//! Users, one of each name and address; the superuser, by command only.

use kabar_app::{
    Failure,
    people::{NewUser, make_superuser},
};
use kabar_domain::{
    ids::UserId,
    people::{Email, Password, Profile, Role, User, Username},
};
use kabar_store::Window;
use kabar_testkit::{House, PASSWORD};

use crate::common::{ANNA, SARI};

pub(crate) async fn sign_up(house: &House, profile: Profile) -> Result<User, Failure> {
    house
        .app
        .sign_up(NewUser {
            profile,
            password: Password::parse(PASSWORD, None).unwrap(),
        })
        .await
}

pub(crate) fn fields(result: Result<User, Failure>) -> Vec<&'static str> {
    match result {
        Err(Failure::Invalid(errors)) => errors.iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_name_or_an_address_that_somebody_has_is_refused_whatever_its_case() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let like = |username: &str, email: &str| Profile {
        username: Username::parse(username).unwrap(),
        email: Email::parse(email).unwrap(),
        ..ANNA.profile()
    };
    assert_eq!(
        fields(sign_up(&house, like("ANNA", "Anna@Example.com")).await),
        ["username", "email"]
    );
    assert_eq!(
        fields(sign_up(&house, like("Anna", "other@example.com")).await),
        ["username"]
    );
    assert_eq!(
        fields(sign_up(&house, like("other", "ANNA@example.com")).await),
        ["email"]
    );
    let users = house.app.users(&Window::first(50)).await.unwrap();
    assert_eq!(
        users.entries,
        [anna],
        "nothing was written for those that were refused"
    );
    assert_eq!(
        house
            .app
            .people
            .user_named(&Username::parse("other").unwrap())
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn of_many_who_want_a_name_at_once_one_gets_it() {
    let house = House::new().await;
    let one = async |n: usize| {
        let email = Email::parse(&format!("{n}@example.com")).unwrap();
        sign_up(
            &house,
            Profile {
                email,
                ..ANNA.profile()
            },
        )
        .await
        .is_ok()
    };
    let made = tokio::join!(one(0), one(1), one(2), one(3), one(4));
    assert_eq!(
        [made.0, made.1, made.2, made.3, made.4]
            .iter()
            .filter(|ok| **ok)
            .count(),
        1
    );
}

#[tokio::test]
async fn people_see_themselves_and_staff_see_everybody() {
    let house = House::new().await;
    let anna = house.user(ANNA).await;
    let sari = house.user(SARI).await;
    let as_anna = kabar_domain::people::Caller {
        user: anna.id,
        ..house.caller(&[])
    };
    assert_eq!(house.app.user(&as_anna, anna.id).await.unwrap(), anna);
    for id in [sari.id, UserId::new(&*house.world)] {
        assert!(
            matches!(house.app.user(&as_anna, id).await, Err(Failure::NotAllowed)),
            "and learn nothing"
        );
    }
    let admin = house.caller(&[Role::Admin]);
    assert_eq!(house.app.user(&admin, sari.id).await.unwrap(), sari);
    let nobody = house.app.user(&admin, UserId::new(&*house.world)).await;
    assert!(matches!(nobody, Err(Failure::NotFound)));
}

#[tokio::test]
async fn users_are_listed_newest_first_page_by_page() {
    let house = House::new().await;
    let mut names = Vec::new();
    for n in 0..5 {
        house.world.pass_seconds(1);
        let username = format!("user{n}");
        let profile = Profile {
            username: Username::parse(&username).unwrap(),
            email: Email::parse(&format!("{n}@example.com")).unwrap(),
            ..ANNA.profile()
        };
        names.insert(0, username);
        sign_up(&house, profile).await.unwrap();
    }
    let mut found = Vec::new();
    let mut window = Window::first(2);
    loop {
        let part = house.app.users(&window).await.unwrap();
        found.extend(
            part.entries
                .into_iter()
                .map(|user| user.profile.username.as_str().to_owned()),
        );
        window.after = part.next;
        if window.after.is_none() {
            break;
        }
    }
    assert_eq!(found, names);
}

async fn superuser(house: &House, name: &str, email: &str, password: &str) -> Result<UserId, Failure> {
    let (username, email) = (Username::parse(name).unwrap(), Email::parse(email).unwrap());
    let password = Password::parse(password, None).unwrap();
    let app = &house.app;
    make_superuser(
        &app.people,
        &app.passwords,
        &*house.world,
        username,
        email,
        &password,
    )
    .await
}

#[tokio::test]
async fn making_the_superuser_again_gives_them_a_new_password_and_ends_their_sessions() {
    let house = House::new().await;
    let id = superuser(&house, "root", "root@example.com", "first password")
        .await
        .unwrap();
    let tokens = house.app.log_in("root", "first password", None).await.unwrap();
    assert_eq!(
        house.app.authenticate(&tokens.access).await.unwrap().roles,
        [Role::Superuser]
    );

    assert_eq!(
        superuser(&house, "root", "root@example.com", "second password")
            .await
            .unwrap(),
        id
    );
    assert!(matches!(
        house.app.authenticate(&tokens.access).await,
        Err(Failure::NotLoggedIn)
    ));
    assert!(matches!(
        house.app.refresh(&tokens.refresh).await,
        Err(Failure::NotLoggedIn)
    ));
    assert!(matches!(
        house.app.log_in("root", "first password", None).await,
        Err(Failure::WrongCredentials)
    ));
    house.app.log_in("root", "second password", None).await.unwrap();
}

#[tokio::test]
async fn nobody_becomes_superuser_by_having_the_name_or_the_address() {
    let house = House::new().await;
    let anna = sign_up(&house, ANNA.profile()).await.unwrap();
    let by_name = superuser(&house, "Anna", "root@example.com", "a password").await;
    assert!(matches!(by_name, Err(Failure::Conflict(_))), "{by_name:?}");
    let by_address = superuser(&house, "root", "anna@example.com", "a password").await;
    assert!(
        matches!(&by_address, Err(Failure::Invalid(errors)) if errors[0].field == "email"),
        "{by_address:?}"
    );
    let found = house.app.people.account(anna.id).await.unwrap().unwrap();
    assert!(!found.user.is_superuser);
    house.app.log_in("anna", PASSWORD, None).await.unwrap();
}
