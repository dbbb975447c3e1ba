use serde_json::{Value, json};

use crate::site::{Site, Who, numbered};

async fn say(site: &Site, region: &str, status: &str) {
    let path = format!("/api/regions/{region}/status/");
    let answer = site
        .call(Who::Admin, "PUT", &path, json!({ "status": status }))
        .await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json["operator_status"]),
        (200, &json!(status))
    );
    site.house.check().await;
    site.house.drain().await;
}

#[tokio::test]
async fn a_region_goes_dark_and_comes_back() {
    let site = Site::new().await;
    let region = site.region().await;
    let follower = json!({ "user_id": site.id_of(Who::User).to_string(), "channels": ["email"] });
    site.call(
        Who::Admin,
        "POST",
        &format!("/api/regions/{region}/followers"),
        follower,
    )
    .await;
    say(&site, &region, "off").await;
    let dark = site.get(Who::Nobody, &format!("/api/regions/{region}")).await;
    assert_eq!(
        (&dark.json["status"], &dark.json["outages_open"]),
        (&json!("off"), &json!(1))
    );
    site.house.world.pass_seconds(7_800);
    say(&site, &region, "on").await;
    let outages = site
        .get(Who::Nobody, &format!("/api/outages?region={region}"))
        .await;
    insta::assert_json_snapshot!("outages", numbered(outages.json.clone()));
    assert_eq!(site.house.ses.mails().len(), 2);
}

#[tokio::test]
async fn outages_are_found_by_region_state_and_time() {
    let site = Site::new().await;
    let (a, b) = (site.region().await, site.region().await);
    for region in [&a, &b, &a] {
        say(&site, region, "off").await;
        site.house.world.pass_seconds(1200);
        say(&site, region, "on").await;
        site.house.world.pass_seconds(1200);
    }
    say(&site, &b, "off").await;
    let count = |query: String| {
        let site = &site;
        async move {
            let answer = site.get(Who::Nobody, &format!("/api/outages?{query}")).await;
            assert_eq!(answer.status, 200, "{}", answer.json);
            answer.json["outages"].as_array().unwrap().len()
        }
    };
    let cases = [
        (String::new(), 4),
        ("open=true".to_owned(), 1),
        ("open=false".to_owned(), 3),
        (format!("region={a}"), 2),
        (format!("region={b}&open=true"), 1),
        (format!("region={b}&open=false"), 1),
        (format!("region={a}&open=true"), 0),
        ("from=2026-11-21T10:40:00Z".to_owned(), 3),
        ("to=2026-11-21%2010:40".to_owned(), 1),
        (
            "from=2026-11-21T10:40:00Z&to=2026-11-21T11:20:00.001Z".to_owned(),
            2,
        ),
        (format!("region={a}&from=2026-11-21T10:40:00Z"), 1),
    ];
    for (query, expected) in cases {
        assert_eq!(count(query.clone()).await, expected, "{query}");
    }
    for query in ["", &format!("&region={a}"), "&open=false"] {
        let whole = site
            .get(Who::Nobody, &format!("/api/outages?limit=200{query}"))
            .await
            .json["outages"]
            .clone();
        let mut walked = Vec::new();
        let mut cursor = String::new();
        loop {
            let part = site
                .get(Who::Nobody, &format!("/api/outages?limit=1{query}{cursor}"))
                .await
                .json;
            walked.extend(part["outages"].as_array().unwrap().clone());
            let Some(next) = part["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(Value::Array(walked), whole, "{query}");
    }
}

#[tokio::test]
async fn followers_see_themselves_and_staff_see_all() {
    let site = Site::new().await;
    let path = format!("/api/regions/{}/followers/", site.region().await);
    let first = site.call(Who::User, "POST", &path, Value::Null).await;
    assert_eq!(first.status, 201);
    site.house.world.pass_seconds(60);
    let again = site.call(Who::User, "POST", &path, json!({})).await;
    assert_eq!((again.status.as_u16(), &again.json), (200, &first.json));
    site.call(
        Who::Organizer,
        "POST",
        &path,
        json!({ "channels": ["email", "email"] }),
    )
    .await;
    let seen = |who| {
        let (site, path) = (&site, &path);
        async move {
            site.get(who, path).await.json["followers"]
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(
        (
            seen(Who::User).await,
            seen(Who::Organizer).await,
            seen(Who::Admin).await
        ),
        (1, 1, 2)
    );
    let own = format!("{path}{}", site.id_of(Who::User));
    assert_eq!(
        site.call(Who::User, "DELETE", &own, Value::Null).await.status,
        204
    );
    assert_eq!(
        site.call(Who::User, "DELETE", &own, Value::Null).await.status,
        404
    );
    assert_eq!(seen(Who::User).await, 0);
}

#[tokio::test]
async fn a_region_with_regions_in_it_stays_and_one_without_goes_at_once() {
    let site = Site::new().await;
    let parent = site.region().await;
    let body = json!({ "name": "Dago", "time_zone": "Asia/Jakarta", "parent": parent });
    let child = site.call(Who::Admin, "POST", "/api/regions", body).await;
    assert_eq!(child.json["parent"], json!(parent));
    let remove = |id: &str| {
        let path = format!("/api/regions/{id}");
        let site = &site;
        async move {
            site.call(Who::Admin, "DELETE", &path, Value::Null)
                .await
                .status
                .as_u16()
        }
    };
    assert_eq!(remove(&parent).await, 409);
    assert_eq!(remove(&child.id()).await, 204);
    assert_eq!(remove(&child.id()).await, 404);
    assert_eq!(remove(&parent).await, 204);
    assert_eq!(
        site.get(Who::Nobody, "/api/regions").await.json["regions"],
        json!([])
    );
    let path = format!("/api/regions/{parent}");
    for (method, url, body) in [
        ("GET", path.clone(), Value::Null),
        ("PUT", format!("{path}/status"), json!({ "status": "off" })),
        ("POST", format!("{path}/followers"), Value::Null),
        ("GET", format!("{path}/followers"), Value::Null),
    ] {
        assert_eq!(
            site.call(Who::Admin, method, &url, body).await.status,
            404,
            "{method} {url}"
        );
    }
}
