use serde_json::{Value, json};

use crate::site::{Site, Who, numbered};

#[tokio::test]
async fn a_person_signs_up_logs_in_refreshes_and_logs_out() {
    let site = Site::new().await;
    let new = json!({ "username": "Sari.Dewi", "email": "Sari@example.com", "password": "correct horse",
        "first_name": "Sari", "language": "id", "time_zone": "asia/jakarta" });
    let user = site.call(Who::Nobody, "POST", "/api/users/", new).await;
    assert_eq!(user.status, 201);
    insta::assert_json_snapshot!("user", numbered(user.json.clone()));

    let credentials = json!({ "username": "sari@EXAMPLE.com", "password": "correct horse" });
    let pair = site.call(Who::Nobody, "POST", "/api/login/", credentials).await;
    assert_eq!(pair.status, 200);
    let me = |access: &Value| {
        let header = format!("bearer {}", access.as_str().unwrap());
        let site = &site;
        async move {
            site.call_with(
                (Who::Nobody, "GET", "/api/users/me/", Value::Null),
                ("authorization", &header),
            )
            .await
        }
    };
    assert_eq!(me(&pair.json["access"]).await.json, user.json);

    let refresh = json!({ "refresh": pair.json["refresh"] });
    let second = site
        .call(Who::Nobody, "POST", "/api/token", refresh.clone())
        .await;
    assert_eq!(second.status, 200);
    assert_eq!(
        site.call(Who::Nobody, "POST", "/api/token", refresh).await.status,
        401,
        "an old token"
    );
    let newest = json!({ "refresh": second.json["refresh"] });
    assert_eq!(
        site.call(Who::Nobody, "POST", "/api/token", newest).await.status,
        401,
        "its family is revoked"
    );
    assert_eq!(
        me(&second.json["access"]).await.status,
        401,
        "at the next request"
    );
}

#[tokio::test]
async fn wrong_credentials_do_not_say_what_is_wrong() {
    let site = Site::new().await;
    let mut answers = Vec::new();
    for (username, password) in [
        ("ulla", "wrong horse"),
        ("nobody", "correct horse"),
        ("x y", ""),
        ("a@b.example", "x"),
    ] {
        let body = json!({ "username": username, "password": password });
        let mut answer = site.call(Who::Nobody, "POST", "/api/login", body).await;
        assert_eq!(answer.status, 401);
        answer.json.as_object_mut().unwrap().remove("request_id");
        answers.push(answer.json);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn whoever_guesses_is_told_to_wait_for_names_that_are_and_names_that_are_none() {
    let site = Site::with(&[]).await;
    let mut said = Vec::new();
    for username in ["ulla", "nobody"] {
        let guess = async |password: &str| {
            let body = json!({ "username": username, "password": password });
            site.call(Who::Nobody, "POST", "/api/login", body).await
        };
        for _ in 0..10 {
            assert_eq!(guess("wrong horse").await.status, 401);
        }
        let refused = guess(kabar_testkit::PASSWORD).await;
        assert_eq!(refused.status, 429);
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=900).contains(&wait), "{wait}");
        said.push((wait, refused.json));
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn logging_out_ends_one_session_or_all() {
    let site = Site::new().await;
    let log_in = || async {
        let body = json!({ "username": "ulla", "password": kabar_testkit::PASSWORD });
        site.call(Who::Nobody, "POST", "/api/login", body).await.json
    };
    let (one, two) = (log_in().await, log_in().await);
    let ended = site
        .call(
            Who::User,
            "POST",
            "/api/logout",
            json!({ "refresh": one["refresh"] }),
        )
        .await;
    assert_eq!(ended.status, 204);
    let refresh = |pair: &Value| {
        let body = json!({ "refresh": pair["refresh"] });
        let site = &site;
        async move {
            site.call(Who::Nobody, "POST", "/api/token", body)
                .await
                .status
                .as_u16()
        }
    };
    assert_eq!(refresh(&one).await, 401);
    assert_eq!(
        site.call(Who::User, "POST", "/api/logout/", Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(refresh(&two).await, 401);
    assert_eq!(site.get(Who::User, "/api/users/me").await.status, 401);
}

#[tokio::test]
async fn groups_start_with_what_people_make_and_names_are_unique() {
    let site = Site::new().await;
    let new = |name: &str| site.call(Who::Superuser, "POST", "/api/groups/", json!({ "name": name }));
    let made = new("volunteers").await;
    assert_eq!(
        (made.status.as_u16(), &made.json),
        (201, &json!({ "id": 3, "name": "volunteers" }))
    );
    assert_eq!(new("volunteers").await.bad_fields(), ["name"]);
    let renamed = site
        .call(
            Who::Superuser,
            "PATCH",
            "/api/groups/3",
            json!({ "name": "planners" }),
        )
        .await;
    assert_eq!(renamed.json, json!({ "id": 3, "name": "planners" }));
    assert_eq!(new("volunteers").await.status, 201, "the old name is free");
    let list = site.get(Who::Superuser, "/api/groups").await;
    let names: Vec<_> = list.json["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| g["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["volunteers", "planners", "admin", "organizer"]);
}

#[tokio::test]
async fn renaming_or_removing_a_group_takes_the_role_from_its_members() {
    let site = Site::new().await;
    let groups = site.get(Who::Superuser, "/api/groups").await;
    let admin = groups.json["groups"]
        .as_array()
        .unwrap()
        .iter()
        .find(|g| g["name"] == "admin")
        .unwrap();
    let path = format!("/api/groups/{}", admin["id"]);
    let status = || async { site.get(Who::Admin, "/api/users").await.status.as_u16() };
    let rename = |name: &str| site.call(Who::Superuser, "PUT", &path, json!({ "name": name }));
    assert_eq!(status().await, 200);
    assert_eq!(rename("former admins").await.status, 200);
    assert_eq!(status().await, 403);
    assert_eq!(rename("admin").await.status, 200);
    assert_eq!(status().await, 200);
    assert_eq!(
        site.call(Who::Superuser, "DELETE", &path, Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(status().await, 403);
    let me = site.get(Who::Admin, "/api/users/me").await;
    assert_eq!(me.json["groups"], json!([]));
}

#[tokio::test]
async fn a_person_changes_what_they_say_of_themselves_by_put_and_by_patch() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let path = format!("/api/users/{}/", site.id_of(Who::User));
    let before = site.get(Who::User, &path).await;
    for (method, body, field, now) in [
        ("PUT", json!({ "first_name": "Ulla" }), "first_name", "Ulla"),
        ("PATCH", json!({ "last_name": "Utami" }), "last_name", "Utami"),
        ("PATCH", json!({ "first_name": null }), "first_name", ""),
        ("PUT", json!({ "username": "Ulla" }), "username", "Ulla"),
        (
            "PATCH",
            json!({ "email": "u@example.com", "is_superuser": true }),
            "email",
            "u@example.com",
        ),
        (
            "PUT",
            json!({ "time_zone": "asia/tokyo" }),
            "time_zone",
            "Asia/Tokyo",
        ),
        ("PATCH", json!({ "language": "id" }), "language", "id"),
        ("PUT", json!({}), "language", "id"),
    ] {
        let changed = site.call(Who::User, method, &path, body).await;
        assert_eq!(changed.status, 200, "{}", changed.json);
        assert_eq!(changed.json[field], now);
        let stored = site.get(Who::User, "/api/users/me").await;
        assert_eq!(
            (stored.header("etag"), &stored.json),
            (changed.header("etag"), &changed.json)
        );
    }
    let after = site.get(Who::User, &path).await;
    assert_eq!(
        after.json["is_superuser"], false,
        "which nobody can say of themselves"
    );
    assert_eq!(after.json["date_joined"], before.json["date_joined"]);
    let stale = (Who::User, "PATCH", path.as_str(), json!({ "first_name": "U" }));
    let refused = site.call_with(stale, ("if-match", before.header("etag"))).await;
    assert_eq!(refused.status, 412);
    let fresh = (Who::User, "PATCH", path.as_str(), json!({ "first_name": "U" }));
    let taken = site.call_with(fresh, ("if-match", after.header("etag"))).await;
    assert_eq!(taken.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_a_superuser_s_word_ends_all() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let path = format!("/api/users/{}", site.id_of(Who::User));
    let log_in = async |password: &str| {
        let body = json!({ "username": "ulla", "password": password });
        site.call(Who::Nobody, "POST", "/api/login", body).await
    };
    let other = log_in(kabar_testkit::PASSWORD).await;
    let refresh = json!({ "refresh": other.json["refresh"] });
    let new = json!({ "password": "another horse" });
    assert_eq!(site.call(Who::User, "PATCH", &path, new).await.status, 200);
    assert_eq!(site.get(Who::User, "/api/users/me").await.status, 200);
    let ended = site.call(Who::Nobody, "POST", "/api/token", refresh).await;
    assert_eq!(ended.status, 401);
    assert_eq!(log_in(kabar_testkit::PASSWORD).await.status, 401);
    assert_eq!(log_in("another horse").await.status, 200);
    let word = json!({ "password": "a third horse" });
    assert_eq!(site.call(Who::Superuser, "PUT", &path, word).await.status, 200);
    assert_eq!(site.get(Who::User, "/api/users/me").await.status, 401);
}

#[tokio::test]
async fn somebody_is_found_by_their_name_or_their_address() {
    let site = Site::new().await;
    let me = site.get(Who::User, "/api/users/me").await.json;
    let found = async |q: &str| {
        let answer = site.get(Who::Admin, &format!("/api/users?q={q}")).await;
        assert_eq!(answer.status, 200);
        answer.json
    };
    let name = me["username"].as_str().unwrap();
    for q in [name, &name.to_uppercase(), me["email"].as_str().unwrap()] {
        assert_eq!(found(q).await, json!({ "users": [me], "next": null }), "{q}");
    }
    for q in ["", "nobody-is-called-so", "%3Cscript%3E", &"x".repeat(300)] {
        assert_eq!(found(q).await, json!({ "users": [], "next": null }), "{q}");
    }
}
