use serde_json::{Value, json};

use crate::site::{Site, Who, numbered};

pub(crate) async fn say(site: &Site, region: &str, status: &str) {
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
