//! What was with the power of regions and homes.

use kabar_testkit::House;

use crate::browser::Browser;

/// Says whether a home has power, and has it checked.
async fn say(house: &House, visitor: &Browser, home: &str, status: &str) {
    let said = visitor
        .post(&format!("{home}/do/say"), &[("status", status)])
        .await;
    assert_eq!(said.status, 303, "{}", said.text);
    house.check().await;
    house.drain().await;
}

/// A region with so many homes that have power.
async fn region(house: &House, visitor: &Browser, homes: usize) -> (String, Vec<String>) {
    let there = visitor
        .made("/regions", &[("name", "Dago"), ("time_zone", "Asia/Jakarta")])
        .await;
    let id = there.trim_start_matches("/regions/");
    let mut all = Vec::new();
    for _ in 0..homes {
        let home = visitor.made("/homes", &[("name", "Rumah"), ("region", id)]).await;
        say(house, visitor, &home, "on").await;
        all.push(home);
    }
    (there, all)
}

#[tokio::test]
async fn a_region_of_many_homes_shows_its_outages_and_its_indices_by_month() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let (there, homes) = region(&house, &visitor, 5).await;
    // Three of five homes for 40 minutes: SAIDI = 120 / 5, SAIFI = 3 / 5, CAIDI = 120 / 3.
    for home in &homes[..3] {
        say(&house, &visitor, home, "off").await;
    }
    house.world.pass_seconds(40 * 60);
    for home in &homes[..3] {
        say(&house, &visitor, home, "on").await;
    }
    visitor.open(&there).await.has(&[
        "by the clock of Asia/Jakarta",
        "role=\"img\" aria-labelledby=\"past-outages\" aria-describedby=\"past-outages-said\"",
        "<title id=\"past-outages\">Outages of the last six months</title>",
        "<desc id=\"past-outages-said\">Outages: 1; the longest: 40 minutes, 21 Nov 2026, 17:00</desc>",
        "class=\"dark\"",
        ">Jun 2026</text>",
        ">Nov 2026</text>",
        "<th scope=\"row\">21 Nov 2026, 17:00</th><td>21 Nov 2026, 17:40</td><td>40 minutes</td>",
        "By month (IEEE 1366)",
        "<desc id=\"past-off-said\">the most: 40 minutes, Nov 2026</desc>",
        "<desc id=\"past-saidi-said\">the most: 24.0 min, Nov 2026</desc>",
        "<desc id=\"past-saifi-said\">the most: 0.60, Nov 2026</desc>",
        "<desc id=\"past-caidi-said\">the most: 40.0 min, Nov 2026</desc>",
        "<th scope=\"row\">Dec 2025</th><td>none</td><td>0</td><td>0.0 min</td><td>0.00</td><td>none</td><td>0.00</td>",
        "<th scope=\"row\">Nov 2026</th><td>40 minutes</td><td>1</td><td>24.0 min</td><td>0.60</td><td>40.0 min</td><td>0.00</td>",
        "<th scope=\"row\">All twelve months</th><td>40 minutes</td><td>1</td><td>24.0 min</td>",
    ]);
    let home = visitor.open(&homes[0]).await;
    home.has(&[
        "Outages: 1; the longest: 40 minutes",
        "<th scope=\"row\">Nov 2026</th><td>40 minutes</td><td>1</td></tr>",
    ]);
    assert!(!home.text.contains("SAIDI"), "a home has no indices");
}

#[tokio::test]
async fn a_region_of_few_homes_says_why_it_has_no_indices() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    let (there, _) = region(&house, &visitor, 4).await;
    let page = visitor.open(&there).await;
    page.has(&[
        "There were none.",
        "By month</h3>",
        "regions of five homes and more",
    ]);
    assert!(!page.text.contains("SAIDI"));
}
