//! The contract of people and of events, in the order in which somebody would work through it.

use kabar_local::{Local, Options};
use serde_json::{Value, json};

use crate::{client::Client, contract_sales};

const PASSWORD: &str = "correct horse";

/// Those who work through it, logged in.
pub(crate) struct Cast {
    pub(crate) nobody: Client,
    pub(crate) superuser: Client,
    pub(crate) admin: Client,
    pub(crate) organizer: Client,
    pub(crate) other_organizer: Client,
    pub(crate) user: Client,
    pub(crate) other_user: Client,
    /// The ids of the organizer and of the user.
    pub(crate) ids: [String; 2],
}

#[tokio::test]
async fn the_contract_holds_from_end_to_end_with_and_without_slashes() {
    let local = Local::start(Options::default()).await.unwrap();
    for has_slashes in [false, true] {
        let cast = people(&local, has_slashes).await;
        contract_sales::events(&cast).await;
        leave(&cast).await;
    }
}

fn new_user(name: &str) -> Value {
    json!({
        "username": name, "email": format!("{name}@example.com"), "password": PASSWORD,
        "first_name": "Sari", "last_name": "", "time_zone": "Asia/Jakarta", "language": "id",
    })
}

async fn people(local: &Local, has_slashes: bool) -> Cast {
    let nobody = Client::nobody(local, has_slashes);
    let wrong = json!({ "username": local.superuser(), "password": "wrong horse" });
    let refused = nobody.post("/api/login", wrong, 401).await;
    assert_eq!(refused.headers["www-authenticate"], "Bearer");
    let superuser = nobody.log_in(local.superuser(), local.superuser_password()).await;

    let mut ids = Vec::new();
    let mut logged_in = Vec::new();
    for role in ["admin", "organizer", "other-organizer", "user", "other-user"] {
        let name = format!("{role}.{}", u8::from(has_slashes));
        let made = nobody.post("/api/users", new_user(&name), 201).await;
        assert_eq!(
            made.fields(),
            [
                "date_joined",
                "email",
                "first_name",
                "groups",
                "id",
                "is_superuser",
                "language",
                "last_name",
                "time_zone",
                "username"
            ]
        );
        assert_eq!(made.json["groups"], json!([]));
        let refused = nobody.post("/api/users", new_user(&name), 400).await;
        let named: Vec<_> = refused.json["errors"].as_object().unwrap().keys().collect();
        assert_eq!(named, ["email", "username"]);
        ids.push(made.id());
        logged_in.push(nobody.log_in(&name, PASSWORD).await);
    }
    let [admin, organizer, other_organizer, user, other_user] =
        <[Client; 5]>::try_from(logged_in).ok().unwrap();

    nobody.get("/api/users/me", 401).await;
    assert_eq!(user.get("/api/users/me", 200).await.id(), ids[3]);
    let changed = json!({ "first_name": "Ayu" });
    let mine = format!("/api/users/{}", ids[3]);
    assert_eq!(
        user.patch(&mine, changed.clone(), 200).await.text("first_name"),
        "Ayu"
    );
    assert_eq!(user.put(&mine, changed.clone(), 200).await.text("last_name"), "");
    other_user.put(&mine, changed, 403).await;
    other_user.get(&mine, 403).await;
    user.get("/api/users", 403).await;

    roles(&superuser, &user, &ids).await;
    // Roles are looked up: the tokens are as old as they were.
    let all = admin.get("/api/users?limit=200", 200).await;
    assert!(all.json["users"].as_array().unwrap().len() >= 6);
    assert_eq!(admin.get(&mine, 200).await.id(), ids[3]);
    sessions(&nobody, &user, has_slashes).await;
    let ids = [ids[1].clone(), ids[3].clone()];
    Cast {
        nobody,
        superuser,
        admin,
        organizer,
        other_organizer,
        user,
        other_user,
        ids,
    }
}

/// Groups start empty; membership of two of them gives a role.
async fn roles(superuser: &Client, user: &Client, ids: &[String]) {
    let groups = superuser.get("/api/groups", 200).await.json["groups"].clone();
    let is_first = groups.as_array().unwrap().is_empty();
    let mut numbers = Vec::new();
    for name in ["admin", "organizer"] {
        let body = json!({ "name": name });
        user.post("/api/groups", body.clone(), 403).await;
        if is_first {
            let made = superuser.post("/api/groups", body.clone(), 201).await;
            assert_eq!(made.fields(), ["id", "name"]);
        }
        superuser.post("/api/groups", body, 400).await;
        let groups = superuser.get("/api/groups", 200).await.json["groups"].clone();
        let mut groups = groups.as_array().unwrap().iter();
        numbers.push(
            groups.find(|group| group["name"] == name).unwrap()["id"]
                .as_u64()
                .unwrap(),
        );
    }
    let spare = superuser
        .post("/api/groups", json!({ "name": "spare" }), 201)
        .await;
    let spare = format!("/api/groups/{}", spare.json["id"]);
    superuser.put(&spare, json!({ "name": "extra" }), 200).await;
    assert_eq!(
        superuser
            .patch(&spare, json!({ "name": "more" }), 200)
            .await
            .text("name"),
        "more"
    );
    assert_eq!(superuser.get(&spare, 200).await.text("name"), "more");
    superuser.delete(&spare, 204).await;
    superuser.get(&spare, 404).await;

    for (member, group) in [(0, 0), (1, 1), (2, 1), (3, 1)] {
        let body = json!({ "user_id": ids[member], "group_id": numbers[group] });
        user.post("/api/assign-roles", body.clone(), 403).await;
        superuser
            .post("/api/assign-roles", body, 201)
            .await
            .text("message");
    }
    let taken = json!({ "user_id": ids[3], "group_id": numbers[1] });
    superuser
        .call(reqwest::Method::DELETE, "/api/assign-roles", taken, 204)
        .await;
    let unknown = json!({ "user_id": "no one", "group_id": 999_999 });
    superuser.post("/api/assign-roles", unknown, 400).await;
}

/// A refresh token rotates, and one that is used again ends its whole family.
async fn sessions(nobody: &Client, user: &Client, has_slashes: bool) {
    let who = json!({ "username": format!("user.{}", u8::from(has_slashes)), "password": PASSWORD });
    let first = nobody.post("/api/login", who.clone(), 200).await.text("refresh");
    let second = nobody.post("/api/token", json!({ "refresh": first }), 200).await;
    nobody.post("/api/token", json!({ "refresh": first }), 401).await;
    let late = json!({ "refresh": second.text("refresh") });
    nobody.post("/api/token", late, 401).await;
    let third = nobody.post("/api/login", who, 200).await.text("refresh");
    user.post("/api/logout", json!({ "refresh": third }), 204).await;
    nobody.post("/api/token", json!({ "refresh": third }), 401).await;
    let forgotten = json!({ "email": "nobody.at.all@example.com" });
    nobody.post("/api/password/forgot", forgotten, 202).await;
    let forged = json!({ "token": "forged", "password": "another horse" });
    nobody.post("/api/password/reset", forged, 400).await;
}

/// The user goes, and with them their token.
async fn leave(cast: &Cast) {
    let user = format!("/api/users/{}", cast.ids[1]);
    cast.other_user.delete(&user, 403).await;
    cast.admin.delete(&user, 403).await;
    cast.user.delete(&user, 204).await;
    cast.user.get("/api/users/me", 401).await;
    cast.superuser.get(&user, 404).await;
    cast.other_user.post("/api/logout", Value::Null, 204).await;
    cast.other_user.get("/api/users/me", 401).await;
}
