use serde_json::Value;

use crate::{
    power::say,
    site::{Site, Who},
};

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
