//! The past of regions and homes, as JSON and as tables.

use kabar_domain::{ids::RegionId, power::Word};
use serde_json::{Value, json};

use crate::{
    homes,
    site::{Answer, Site, Who},
};

/// Somebody says whether their home has power, and has it checked.
async fn say(site: &Site, home: &str, status: &str) {
    let path = format!("{home}/status");
    let said = site
        .call(Who::User, "PUT", &path, json!({ "status": status }))
        .await;
    assert_eq!(said.status, 200, "{}", said.json);
    site.house.check().await;
    site.house.drain().await;
}

/// A region that was cut for two hours, an hour ago.
async fn cut_region(site: &Site) -> String {
    let region = site.region().await;
    let id = RegionId::parse(&region).unwrap();
    for (word, seconds) in [(Word::On, 3_600), (Word::Off, 7_200), (Word::On, 3_600)] {
        site.house.say(id, word).await;
        site.house.check().await;
        site.house.drain().await;
        site.house.world.pass_seconds(seconds);
    }
    format!("/api/regions/{region}")
}

async fn get_as(site: &Site, who: Who, path: &str, accept: &str) -> Answer {
    site.call_with((who, "GET", path, Value::Null), ("accept", accept))
        .await
}

#[tokio::test]
async fn what_became_of_a_region_is_shown_in_figures_and_in_rows() {
    let site = Site::with(&[Who::Superuser]).await;
    let region = cut_region(&site).await;
    let stats = site.get(Who::Nobody, &format!("{region}/stats/?period=7d")).await;
    insta::assert_json_snapshot!("region_statistics", stats.json);
    let known = stats.header("etag").to_owned();
    let path = format!("{region}/stats?period=7d");
    let same = site
        .call_with(
            (Who::Nobody, "GET", &path, Value::Null),
            ("if-none-match", &known),
        )
        .await;
    assert_eq!(same.status, 304);
    let history = site.get(Who::Nobody, &format!("{region}/history/")).await;
    insta::assert_json_snapshot!("region_history", history.json);
    for (period, buckets) in [("24h", 24), ("7d", 7), ("30d", 30), ("1y", 12)] {
        let found = site
            .get(Who::Nobody, &format!("{region}/stats?period={period}"))
            .await;
        let parts = found.json["buckets"].as_array().unwrap();
        let sum = |field: &str| {
            parts
                .iter()
                .map(|part| part[field].as_u64().unwrap())
                .sum::<u64>()
        };
        assert_eq!(
            (parts.len(), sum("off_seconds"), sum("outages")),
            (buckets, 7_200, 1)
        );
        let total = ["off_seconds", "outages", "longest_s", "mean_s", "uptime_ratio"];
        let total = total.map(|field| found.json[field].clone());
        assert_eq!(json!(total), json!([7_200, 1, 7_200, 7_200, 0.5]), "{period}");
    }
    let month = site.get(Who::Nobody, &format!("{region}/stats")).await;
    assert_eq!(month.json["period"], "30d", "unless said");
    site.house.settle().await;
}

#[tokio::test]
async fn the_past_is_a_table_for_whoever_likes_one_better() {
    let site = Site::with(&[Who::Superuser]).await;
    let region = cut_region(&site).await;
    for (path, snapshot) in [("history", "history_csv"), ("stats?period=7d", "statistics_csv")] {
        let path = format!("{region}/{path}");
        let table = get_as(&site, Who::Nobody, &path, "application/json;q=0.5, text/csv").await;
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
        assert!(
            table
                .header("content-disposition")
                .starts_with("attachment; filename=\"region-")
        );
        insta::assert_snapshot!(snapshot, table.text);
        for accept in [
            "*/*",
            "application/json, text/csv;q=0.9",
            "text/html",
            "text/csv;q=0",
        ] {
            let json = get_as(&site, Who::Nobody, &path, accept).await;
            assert_eq!(json.header("content-type"), "application/json", "{accept}");
            let varies = |answer: &Answer| {
                let all = answer.headers.get_all("vary").iter();
                all.into_iter()
                    .any(|vary| vary.to_str().unwrap().contains("accept"))
            };
            assert!(varies(&json) && varies(&table));
        }
    }
    let mut walked = String::new();
    let mut query = "?limit=1&from=2026-11-21T10:00:01Z".to_owned();
    loop {
        let part = get_as(
            &site,
            Who::Nobody,
            &format!("{region}/history/{query}"),
            "text/csv",
        )
        .await;
        walked.push_str(&part.text);
        let link = part.header("link");
        let Some(next) = link.strip_prefix('<').and_then(|link| link.split_once('>')) else {
            break;
        };
        query = next.0.to_owned();
    }
    let whole = get_as(&site, Who::Nobody, &format!("{region}/history"), "text/csv").await;
    let without_first: Vec<&str> = whole.text.lines().take(3).collect();
    assert_eq!(walked.lines().collect::<Vec<_>>(), without_first);
    let problem = get_as(&site, Who::Nobody, "/api/regions/x/stats", "text/csv").await;
    assert_eq!(
        (problem.status.as_u16(), problem.header("content-type")),
        (404, "application/json")
    );
    site.house.settle().await;
}

#[tokio::test]
async fn indices_of_six_homes_are_those_of_a_hand_and_a_home_has_none() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let region = homes::made(&site, user, user).await.region;
    let new = json!({ "name": "Rumah Dago", "region": region });
    let mut all = Vec::new();
    for _ in 0..6 {
        let made = site.call(Who::User, "POST", "/api/homes", new.clone()).await;
        all.push(format!("/api/homes/{}", made.id()));
    }
    for home in &all {
        say(&site, home, "on").await;
    }
    // With the first one, which nothing is known of, seven are served. Three are without power for 20, 40 and 80 minutes,
    // one of them once more for 3: SAIDI = 140 / 7, SAIFI = 3 / 7, CAIDI = 140 / 3, MAIFI = 1 / 7.
    for (home, minutes) in [(0, 20), (1, 40), (2, 80), (0, 3)] {
        say(&site, &all[home], "off").await;
        site.house.world.pass_seconds(60 * minutes);
        say(&site, &all[home], "on").await;
    }
    for period in ["24h", "7d", "30d", "1y"] {
        let path = format!("/api/regions/{region}/stats?period={period}");
        let found = site.get(Who::Nobody, &path).await.json;
        let index = |name: &str| found[name].as_f64().unwrap();
        for (name, expected) in [
            ("saidi", 20.0),
            ("saifi", 3.0 / 7.0),
            ("caidi", 140.0 / 3.0),
            ("maifi", 1.0 / 7.0),
        ] {
            assert!((index(name) - expected).abs() < 1e-9, "{period} {name}: {found}");
        }
        for name in ["saidi", "saifi", "maifi"] {
            let parts = found["buckets"].as_array().unwrap().iter();
            let sum: f64 = parts.map(|part| part[name].as_f64().unwrap()).sum();
            assert!((sum - index(name)).abs() < 1e-9, "{period} {name}: {found}");
        }
        let dark = found["buckets"].as_array().unwrap().iter();
        let dark = dark.filter(|part| part["saifi"].as_f64() > Some(0.0)).count();
        let hours = if period == "24h" { 2 } else { 1 };
        assert_eq!(dark, hours, "each interruption lies where it began: {found}");
    }
    let own = site
        .get(Who::User, &format!("{}/stats?period=24h", all[0]))
        .await
        .json;
    assert_eq!((&own["off_seconds"], &own["outages"]), (&json!(1_380), &json!(2)));
    assert_eq!((&own["longest_s"], &own["mean_s"]), (&json!(1_200), &json!(690)));
    assert_eq!(own.get("saidi"), None);
    site.house.settle().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let site = Site::with(&[Who::Superuser]).await;
    let region = site.region().await;
    for (query, fields) in [
        ("stats?period=2y", &["period"][..]),
        ("stats?period=", &["period"]),
        (
            "history?from=x&to=y&limit=0&cursor=Zm9v",
            &["cursor", "from", "limit", "to"],
        ),
    ] {
        for accept in ["application/json", "text/csv"] {
            let path = format!("/api/regions/{region}/{query}");
            let answer = get_as(&site, Who::Nobody, &path, accept).await;
            assert_eq!(answer.status, 400, "{query}");
            assert_eq!(answer.bad_fields(), fields, "{query}");
        }
    }
    let backwards = "history?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z";
    let none = site
        .get(Who::Nobody, &format!("/api/regions/{region}/{backwards}"))
        .await;
    assert_eq!(
        (none.status.as_u16(), &none.json["transitions"]),
        (200, &json!([]))
    );
}
