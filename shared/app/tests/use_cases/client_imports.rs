//! Clients imported by rows: right rows in, each bad one named, and nothing twice.

use std::collections::BTreeMap;

use kabar_app::{
    Expected,
    mailings::{Import, ImportReport, ImportRow, MOST_IN_CHUNK},
};
use kabar_domain::{
    Zone,
    mailings::{Client, ClientChange, ClientFilter, OperatorCode, Tag},
};
use kabar_store::Window;
use kabar_testkit::{House, JAKARTA, dies_after, polls};

use crate::clients::{assert_found, phone};

/// A row for the client with this number.
fn row(line: u64, number: usize, tag: &str) -> ImportRow {
    ImportRow {
        line,
        phone: phone(number),
        says: ClientChange {
            tag: Some(Tag::parse(tag).unwrap()),
            zone: Some(Zone::parse(JAKARTA).unwrap()),
            ..ClientChange::default()
        },
    }
}

fn rows(count: usize, tag: &str) -> Vec<ImportRow> {
    (0..count)
        .map(|number| row(2 + number as u64, number, tag))
        .collect()
}

async fn import(house: &House, rows: &[ImportRow]) -> ImportReport {
    let mut import = Import::new(false);
    let mut whole = ImportReport::default();
    for chunk in rows.chunks(MOST_IN_CHUNK) {
        whole.join(
            house
                .app
                .import_clients(&mut import, chunk.to_vec())
                .await
                .unwrap(),
        );
    }
    whole
}

fn counts(report: &ImportReport) -> [usize; 4] {
    let [created, changed, unchanged] =
        [report.created, report.changed, report.unchanged].map(|count| usize::try_from(count).unwrap());
    [created, changed, unchanged, report.refused.len()]
}

async fn clients(house: &House) -> Vec<Client> {
    let window = Window::first(2_000);
    house
        .app
        .clients(&ClientFilter::default(), &window)
        .await
        .unwrap()
        .entries
}

#[tokio::test]
async fn a_second_import_changes_nothing_and_writes_nothing() {
    let house = House::new().await;
    let rows = rows(250, "vip");
    assert_eq!(counts(&import(&house, &rows).await), [250, 0, 0, 0]);
    let before = clients(&house).await;
    assert_found(&house, &before).await;
    let _ = house.meter().take();
    assert_eq!(counts(&import(&house, &rows).await), [0, 0, 250, 0]);
    let used = house.meter().take_total();
    assert!(used.write < f64::EPSILON && used.requests == 6, "{used}");
    assert_eq!(clients(&house).await, before);
}

#[tokio::test]
async fn a_row_changes_what_it_says_and_leaves_the_rest() {
    let house = House::new().await;
    import(&house, &rows(3, "vip")).await;
    let found = clients(&house).await;
    let given = ClientChange {
        operator_code: Some(Some(OperatorCode::parse("999").unwrap())),
        ..ClientChange::default()
    };
    let id = found[0].id;
    let given = house.app.change_client(id, Expected::Any, given).await.unwrap();
    let mut row = row(2, 0, "gold");
    row.phone = given.phone.clone();
    row.says.zone = None;
    assert_eq!(counts(&import(&house, &[row]).await), [0, 1, 0, 0]);
    let after = house.app.client(id).await.unwrap();
    assert_eq!(after.tag.as_str(), "gold");
    assert_eq!(
        (after.operator_code, after.zone),
        (given.operator_code, given.zone)
    );
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let house = House::new().await;
    import(&house, &rows(20, "vip")).await;
    let before = clients(&house).await;
    let mut wanted = rows(40, "vip");
    wanted
        .iter_mut()
        .take(5)
        .for_each(|row| row.says.tag = Some(Tag::default()));
    wanted.push(row(99, 7, "twice"));
    let _ = house.meter().take();
    let said = house
        .app
        .import_clients(&mut Import::new(true), wanted.clone())
        .await
        .unwrap();
    assert_eq!(counts(&said), [20, 5, 15, 1]);
    assert!(house.meter().take_total().write < f64::EPSILON);
    assert_eq!(clients(&house).await, before);
    assert_eq!(import(&house, &wanted).await, said);
}

#[tokio::test]
async fn a_phone_that_comes_again_is_refused_and_told_where_it_was() {
    let house = House::new().await;
    let mut wanted = rows(MOST_IN_CHUNK + 10, "first");
    wanted.insert(5, row(500, 3, "second"));
    wanted.push(row(600, 3, "third"));
    let report = import(&house, &wanted).await;
    assert_eq!(counts(&report), [MOST_IN_CHUNK + 10, 0, 0, 2]);
    for (refused, line) in report.refused.iter().zip([500, 600]) {
        assert_eq!((refused.line, refused.errors[0].field), (line, "phone"));
        assert_eq!(
            refused.errors[0].reason.to_string(),
            "Repeats the phone of row 5."
        );
    }
    let found = clients(&house).await;
    assert!(found.iter().all(|client| client.tag.as_str() == "first"));
}

#[tokio::test]
async fn a_new_client_without_a_zone_is_refused_and_does_not_stand_in_the_way_of_a_later_row() {
    let house = House::new().await;
    let mut without = row(2, 1, "vip");
    without.says.zone = None;
    let report = import(&house, &[without, row(3, 1, "vip")]).await;
    assert_eq!(counts(&report), [1, 0, 0, 1]);
    assert_eq!(
        (report.refused[0].line, report.refused[0].errors[0].field),
        (2, "time_zone")
    );
}

#[tokio::test]
async fn two_imports_at_once_make_each_client_once() {
    let house = House::new().await;
    let rows = rows(80, "vip");
    let (one, other) = tokio::join!(import(&house, &rows), import(&house, &rows));
    assert_eq!(one.created + other.created, 80);
    assert_eq!(one.unchanged + other.unchanged, 80);
    let found = clients(&house).await;
    assert_eq!(found.len(), 80);
    assert_found(&house, &found).await;
}

#[tokio::test]
async fn an_import_that_dies_anywhere_is_finished_by_another() {
    let house = House::new().await;
    let chunk = |tag: &str| rows(40, tag);
    let (most, _) = polls(house.app.import_clients(&mut Import::new(false), chunk("0"))).await;
    for times in (1..=most).step_by(usize::try_from(most / 12 + 1).unwrap()) {
        let tag = times.to_string();
        let mut dying = Import::new(false);
        let _ = dies_after(times, house.app.import_clients(&mut dying, chunk(&tag))).await;
        let found = clients(&house).await;
        assert_found(&house, &found).await;
        let report = import(&house, &chunk(&tag)).await;
        assert_eq!(report.changed + report.unchanged, 40, "{report:?}");
        let tags: BTreeMap<String, usize> =
            clients(&house)
                .await
                .iter()
                .fold(BTreeMap::new(), |mut all, client| {
                    *all.entry(client.tag.as_str().to_owned()).or_default() += 1;
                    all
                });
        assert_eq!(tags, BTreeMap::from([(tag, 40)]));
    }
}
