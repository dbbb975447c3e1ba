//! Whatever is sent, the answer is a problem in the one form that names every bad field, and nothing is changed.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    document::operations,
    site::{Answer, Site, Who},
};

/// Holds an answer to the form of all problems.
fn assert_problem(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.json);
    assert_eq!(answer.header("content-type"), "application/json", "{what}");
    assert_eq!(answer.json["status"], status, "{what}");
    for member in ["type", "title", "detail"] {
        assert!(
            answer.json[member].is_string(),
            "{what}: no {member} in {}",
            answer.json
        );
    }
    assert!(!answer.header("x-request-id").is_empty(), "{what}");
}

/// Nothing was written since the meter was last read.
fn assert_nothing_written(site: &Site, what: &str) {
    let used = site.house.meter().take_total();
    assert!(used.write < f64::EPSILON, "{what} wrote {used:?}");
}

async fn operations_with_urls(site: &Site) -> Vec<(String, String, Value)> {
    let region = site.region().await;
    let notice = crate::telling::told(site).await;
    let message = crate::mailings::message(site).await;
    let mailing = crate::mailings::mailing(site).await;
    site.house.drain().await;
    let client = crate::clients::client(site, "79160000009").await;
    let import = crate::file_imports::import(site).await;
    let user = site.id_of(Who::User).to_string();
    let sale = crate::sales::sale(site, site.id_of(Who::Organizer), site.id_of(Who::User)).await;
    let superuser = site.id_of(Who::Superuser);
    let made = crate::homes::made(site, superuser, site.id_of(Who::User)).await;
    let url = |path: &str| {
        let id = match path.split('/').nth(2) {
            Some("users") if path.contains("/messages/") => message.as_str(),
            Some("users") => user.as_str(),
            Some("events") => sale.event.as_str(),
            Some("tickets") => sale.ticket.as_str(),
            Some("registrations") => sale.registration.as_str(),
            Some("payments") => sale.payment.as_str(),
            Some("groups") => "1",
            Some("notices") => notice.as_str(),
            Some("clients") if path.contains("/imports/") => import.as_str(),
            Some("clients") => client.as_str(),
            Some("mailings") => mailing.as_str(),
            Some("homes") => made.home.as_str(),
            Some("messages") => message.as_str(),
            _ => region.as_str(),
        };
        let url = path
            .replace("{id}", id)
            .replace("{user_id}", &user)
            .replace("{detector_id}", &made.detector)
            .replace("{key}", &made.key)
            .replace("{queue}", "urgent");
        url.replace("{poster_id}", "01a1fdad-0000-7000-8000-000000000000")
    };
    let all = operations(&kabar_api::document());
    all.into_iter()
        .map(|(method, path, operation)| (method, url(&path), operation))
        .collect()
}

#[tokio::test]
async fn bodies_that_are_no_json_objects_are_refused_by_every_route_that_reads_one() {
    let site = Site::new().await;
    for (method, url, operation) in operations_with_urls(&site).await {
        // A form is refused in its own way: see `posters`.
        let body = operation.pointer("/requestBody/content/application~1json");
        if body.is_none() {
            continue;
        }
        let large = format!("{{\"name\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
        let deep = "[".repeat(100_000);
        let cases: [(&str, Vec<u8>, u16); 8] = [
            ("application/json", b"{\"name\":".to_vec(), 400),
            ("application/json", b"[]".to_vec(), 400),
            ("application/json", b"null".to_vec(), 400),
            ("application/json", b"\xff\xfe".to_vec(), 400),
            ("application/json", deep.into_bytes(), 400),
            ("text/plain", b"{}".to_vec(), 415),
            ("application/x-www-form-urlencoded", b"name=x".to_vec(), 415),
            ("application/json", large.into_bytes(), 413),
        ];
        let _ = site.house.meter().take();
        for (kind, body, status) in cases {
            let mut request = site.request(Who::Superuser, &method, &url, &Value::Null);
            *request.body_mut() = Body::from(body);
            request
                .headers_mut()
                .insert("content-type", kind.parse().unwrap());
            // For Telegram's own route.
            let secret = kabar_testkit::WEBHOOK_SECRET.parse().unwrap();
            request
                .headers_mut()
                .insert("x-telegram-bot-api-secret-token", secret);
            let what = format!("{method} {url} with {kind}");
            assert_problem(&site.send(request).await, status, &what);
            assert_nothing_written(&site, &what);
        }
    }
}

#[tokio::test]
async fn ids_that_are_none_are_not_found_on_every_route_that_has_one() {
    let site = Site::new().await;
    let absent = "01a1fdad-0000-7000-8000-000000000000";
    for (method, path, _) in operations(&kabar_api::document()) {
        if !path.contains("{id}") {
            continue;
        }
        let _ = site.house.meter().take();
        for id in [
            "x",
            "0",
            "-1",
            "99999999999999999999",
            "%2e%2e",
            "%00",
            "'",
            absent,
            &absent.replace('-', ""),
        ] {
            let url = path.replace("{id}", id).replace("{user_id}", absent);
            let url = url
                .replace("{poster_id}", absent)
                .replace("{detector_id}", absent);
            let body = match path.as_str() {
                path if path.starts_with("/api/homes/") => crate::homes::body(&method, path, absent),
                "/api/regions/{id}/followers" => Value::Null,
                _ if method == "GET" || method == "DELETE" => Value::Null,
                "/api/events/{id}" => crate::sales::event_body(None),
                "/api/tickets/{id}" => crate::sales::ticket_body(absent, "Festival"),
                "/api/registrations/{id}" => json!({ "ticket_id": absent }),
                "/api/payments/{id}" => crate::sales::payment_body(absent),
                "/api/clients/{id}" => json!({ "phone": "79160000002", "time_zone": "UTC" }),
                "/api/mailings/{id}" => crate::mailings::body(),
                "/api/regions/{id}/planned-cuts" => crate::planned_cuts::body(),
                "/api/mailings/{id}/test" => json!({ "to": "ayu@example.com" }),
                _ => json!({ "name": "Cimahi", "time_zone": "Asia/Jakarta", "status": "off" }),
            };
            let what = format!("{method} {url}");
            assert_problem(&site.call(Who::Superuser, &method, &url, body).await, 404, &what);
            assert_nothing_written(&site, &what);
        }
    }
}

#[tokio::test]
async fn bad_cursors_and_limits_are_named_by_every_list() {
    let site = Site::new().await;
    for (method, url, operation) in operations_with_urls(&site).await {
        // The parts of an export have a cursor too, and one size.
        let has_limit = |p: &Value| p["name"] == "limit";
        if method != "GET"
            || !operation["parameters"]
                .as_array()
                .is_some_and(|all| all.iter().any(has_limit))
        {
            continue;
        }
        for limit in ["0", "201", "-1", "x", "1e2", ""] {
            let answer = site
                .get(Who::Superuser, &format!("{url}?limit={limit}&cursor=Zm9v"))
                .await;
            assert_problem(&answer, 400, &url);
            assert_eq!(answer.bad_fields(), ["cursor", "limit"], "{url}");
        }
        let answer = site
            .get(Who::Superuser, &format!("{url}?unknown=1&limit=200"))
            .await;
        assert_eq!(answer.status, 200, "unknown parameters are ignored: {url}");
    }
}

#[tokio::test]
async fn without_a_good_token_every_guarded_route_is_401() {
    let site = Site::new().await;
    let good = site.token(Who::Superuser).unwrap().to_owned();
    let all = operations_with_urls(&site).await;
    let guarded = all
        .iter()
        .filter(|(.., operation)| operation.get("security").is_some());
    // The clock is past every token's end when the last of these is sent.
    let headers = [
        None,
        Some("Bearer x".to_owned()),
        Some(format!("Basic {good}")),
        Some(format!("Bearer {good}x")),
    ];
    let mut requests = Vec::new();
    for (method, url, _) in guarded {
        requests.push((method, url, Some(format!("Bearer {good}"))));
        for header in &headers {
            let mut request = Request::builder().method(method.as_str()).uri(url);
            if let Some(header) = header {
                request = request.header("authorization", header);
            }
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            assert_problem(&answer, 401, &format!("{method} {url} with {header:?}"));
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    site.house.world.pass(SignedDuration::from_hours(3));
    for (method, url, header) in requests {
        let request = Request::builder()
            .method(method.as_str())
            .uri(url)
            .header("authorization", header.unwrap());
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_problem(&answer, 401, &format!("{method} {url} with an expired token"));
    }
}

/// Sends a body and holds the answer to naming these fields, and to writing nothing.
async fn check_fields(site: &Site, method: &str, url: &str, body: Value, fields: &[&str]) {
    let _ = site.house.meter().take();
    let what = format!("{method} {url} {body}");
    let answer = site.call(Who::Superuser, method, url, body).await;
    assert_problem(&answer, 400, &what);
    assert_eq!(answer.bad_fields(), fields, "{what}");
    for reasons in answer.json["errors"].as_object().unwrap().values() {
        assert!(
            reasons
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_string)),
            "{what}"
        );
    }
    assert_nothing_written(site, &what);
}

#[tokio::test]
async fn every_bad_field_is_named_at_once() {
    let site = Site::new().await;
    let region = site.region().await;
    let long = "x".repeat(300);
    let nobody = "01a1fdad-0000-7000-8000-000000000000";

    let users = "/api/users";
    check_fields(
        &site,
        "POST",
        users,
        json!({}),
        &["email", "password", "username"],
    )
    .await;
    let all_wrong = json!({ "username": 1, "email": "x", "password": "short", "first_name": [], "last_name": long,
        "time_zone": "+07:00", "language": "fr" });
    let every = [
        "email",
        "first_name",
        "language",
        "last_name",
        "password",
        "time_zone",
        "username",
    ];
    check_fields(&site, "POST", users, all_wrong, &every).await;
    let nulls = json!({ "username": null, "email": null, "password": null });
    check_fields(&site, "POST", users, nulls, &["email", "password", "username"]).await;
    let long_name = json!({ "username": "x".repeat(151), "email": "a@example.com", "password": "12345678" });
    check_fields(&site, "POST", users, long_name, &["password", "username"]).await;
    let taken = json!({ "username": "ULLA", "email": "Ulla@Example.com", "password": "correct horse" });
    check_fields(&site, "POST", users, taken, &["email", "username"]).await;

    let events = "/api/events";
    let wrong = json!({ "reminders": ["PT2H", "soon"], "quota": -1 });
    let missing = [
        "category",
        "end_time",
        "location",
        "name",
        "quota",
        "reminders",
        "start_time",
    ];
    check_fields(&site, "POST", events, wrong, &missing).await;
    for reminders in [
        json!("PT2H"),
        json!([1]),
        json!(["PT1M"]),
        json!(["PT2H", "PT120M"]),
        json!({}),
    ] {
        let mut body = crate::sales::event_body(None);
        body["reminders"] = reminders;
        check_fields(&site, "POST", events, body, &["reminders"]).await;
    }

    let ulla = format!("/api/users/{}", site.id_of(Who::User));
    for method in ["PUT", "PATCH"] {
        let wrong = json!({ "username": "x y", "email": [], "password": "12345678", "first_name": 1,
            "last_name": "a\r\nb", "time_zone": "Mars/Olympus", "language": "fr" });
        check_fields(&site, method, &ulla, wrong, &every).await;
        let nulls =
            json!({ "username": null, "email": null, "password": null, "time_zone": null, "language": null });
        let five = ["email", "language", "password", "time_zone", "username"];
        check_fields(&site, method, &ulla, nulls, &five).await;
        let others = json!({ "username": "OKI", "email": "Oki@Example.com", "first_name": "O" });
        check_fields(&site, method, &ulla, others, &["email", "username"]).await;
        let own_name = json!({ "username": "ulla.utami", "password": "Ulla.Utami" });
        check_fields(&site, method, &ulla, own_name, &["password"]).await;
    }

    check_fields(
        &site,
        "POST",
        "/api/login",
        json!({ "username": 1 }),
        &["password", "username"],
    )
    .await;
    check_fields(
        &site,
        "POST",
        "/api/token",
        json!({ "refresh": [] }),
        &["refresh"],
    )
    .await;
    check_fields(
        &site,
        "POST",
        "/api/logout",
        json!({ "refresh": "x" }),
        &["refresh"],
    )
    .await;

    let forgot = "/api/password/forgot";
    check_fields(&site, "POST", forgot, json!({}), &["email"]).await;
    check_fields(&site, "POST", forgot, json!({ "email": "ulla" }), &["email"]).await;
    for body in [
        json!({}),
        json!({ "token": 1, "password": "short" }),
        json!({ "token": "x", "password": "12345678" }),
        json!({ "token": "A".repeat(64), "password": "short" }),
    ] {
        check_fields(&site, "POST", "/api/password/reset", body, &["password", "token"]).await;
    }
    let lost = json!({ "token": "x", "password": "another horse" });
    check_fields(&site, "POST", "/api/password/reset", lost, &["token"]).await;

    for name in [
        json!(null),
        json!(""),
        json!(7),
        json!("x".repeat(151)),
        json!("a\r\nb"),
    ] {
        check_fields(&site, "POST", "/api/groups", json!({ "name": name }), &["name"]).await;
        check_fields(&site, "PUT", "/api/groups/1", json!({ "name": name }), &["name"]).await;
        check_fields(
            &site,
            "PATCH",
            "/api/groups/1",
            json!({ "name": name }),
            &["name"],
        )
        .await;
    }
    check_fields(&site, "PUT", "/api/groups/1", json!({}), &["name"]).await;
    check_fields(
        &site,
        "PUT",
        "/api/groups/1",
        json!({ "name": "admin" }),
        &["name"],
    )
    .await;

    for method in ["POST", "DELETE"] {
        let url = "/api/assign-roles";
        check_fields(&site, method, url, json!({}), &["group_id", "user_id"]).await;
        check_fields(
            &site,
            method,
            url,
            json!({ "user_id": 1, "group_id": "x" }),
            &["group_id", "user_id"],
        )
        .await;
        check_fields(
            &site,
            method,
            url,
            json!({ "user_id": nobody, "group_id": 99 }),
            &["group_id", "user_id"],
        )
        .await;
        check_fields(
            &site,
            method,
            url,
            json!({ "user_id": nobody, "group_id": 1 }),
            &["user_id"],
        )
        .await;
    }

    let one = format!("/api/regions/{region}");
    let wrong = json!({ "name": long, "time_zone": "Mars/Olympus", "parent": nobody });
    for (method, url) in [("POST", "/api/regions"), ("PUT", one.as_str())] {
        check_fields(&site, method, url, json!({}), &["name", "time_zone"]).await;
        check_fields(&site, method, url, wrong.clone(), &["name", "time_zone"]).await;
        let lost = json!({ "name": "a", "time_zone": "UTC", "parent": nobody });
        check_fields(&site, method, url, lost, &["parent"]).await;
        let odd = json!({ "name": {}, "time_zone": 7, "parent": "x" });
        check_fields(&site, method, url, odd, &["name", "parent", "time_zone"]).await;
    }
    check_fields(
        &site,
        "PATCH",
        &one,
        json!({ "name": "", "time_zone": [], "parent": 1 }),
        &["name", "parent", "time_zone"],
    )
    .await;
    check_fields(&site, "PATCH", &one, json!({ "parent": region }), &["parent"]).await;
    for status in [json!(null), json!("OFF"), json!(0)] {
        check_fields(
            &site,
            "PUT",
            &format!("{one}/status"),
            json!({ "status": status }),
            &["status"],
        )
        .await;
    }
    let followers = format!("{one}/followers");
    for channels in [json!([]), json!("email"), json!(["pigeon"]), json!([7])] {
        let body = json!({ "user_id": "x", "channels": channels });
        check_fields(&site, "POST", &followers, body, &["channels", "user_id"]).await;
    }
    check_fields(
        &site,
        "POST",
        &followers,
        json!({ "user_id": nobody }),
        &["user_id"],
    )
    .await;

    let answer = site
        .get(
            Who::Nobody,
            "/api/outages?region=x&open=maybe&from=now&to=2026-13-01&limit=0",
        )
        .await;
    assert_eq!(answer.bad_fields(), ["from", "limit", "open", "region", "to"]);
}

#[tokio::test]
async fn the_router_s_own_errors_are_problems_too() {
    let site = Site::new().await;
    for path in [
        "/",
        "/api",
        "/api/nothing",
        "/api/users/me/x",
        "//",
        "/api/regions//",
    ] {
        assert_problem(&site.get(Who::Nobody, path).await, 404, path);
    }
    let answer = site
        .call(Who::Superuser, "PATCH", "/api/users/", Value::Null)
        .await;
    assert_problem(&answer, 405, "PATCH /api/users/");
    let mut allowed: Vec<_> = answer.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
    let asked = (Who::Nobody, "GET", "/api/nothing", Value::Null);
    let answer = site
        .call_with(asked, ("accept", "application/problem+json, application/json"))
        .await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
