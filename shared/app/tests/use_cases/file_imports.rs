//! Files of clients, worked through step by step: right rows in, each bad row named, nothing twice, whoever dies.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kabar_app::Failure;
use kabar_domain::{
    World,
    ids::ImportId,
    mailings::{ClientFilter, ClientTerm, ImportStatus, Phone},
};
use kabar_store::{
    Window,
    mailings::{ClientImport, RefusedRow},
};
use kabar_testkit::{House, Object, dies_after, polls};

const TURN: SignedDuration = SignedDuration::from_secs(30);

/// Puts the file of an import where its form would.
fn upload(house: &House, import: ImportId, text: &str) {
    let object = Object {
        content_type: "text/csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        written_at: house.world.now(),
    };
    house.bucket.put(&format!("imports/{import}"), object);
}

async fn started(house: &House, text: &str) -> ImportId {
    let (import, _) = house.app.add_import(false, BTreeMap::new()).await.unwrap();
    upload(house, import.id, text);
    house.app.start_import(import.id).await.unwrap();
    import.id
}

async fn imported(house: &House, text: &str) -> ClientImport {
    let id = started(house, text).await;
    house.drain().await;
    house.app.import(id).await.unwrap()
}

fn counts(import: &ClientImport) -> [u64; 4] {
    [import.created, import.changed, import.unchanged, import.refused]
}

async fn refused(house: &House, id: ImportId, limit: u16) -> Vec<RefusedRow> {
    let (mut rows, mut window) = (Vec::new(), Window::first(limit));
    loop {
        let part = house.app.refused_rows(id, &window).await.unwrap();
        assert!(part.entries.len() <= limit.into());
        rows.extend(part.entries);
        window.after = part.next;
        if window.after.is_none() {
            return rows;
        }
    }
}

/// So many rows, of which every seventh is bad, every eleventh repeats a phone, and every fifth has a line break in it.
fn file(rows: usize) -> String {
    let mut text = "\u{feff}Phone;Tag;Time_Zone;Note\r\n".to_owned();
    for n in 0..rows {
        let note = if n % 5 == 0 { "\"two\nlines; here\"" } else { "" };
        let phone = match n {
            _ if is_bad(n) => format!("8{n}"),
            _ if n % 11 == 9 => number(n - 1),
            _ => number(n),
        };
        text.push_str(&format!("{phone};vip;Asia/Jakarta;{note}\r\n"));
    }
    text
}

fn number(n: usize) -> String {
    format!("7916{n:07}")
}

fn is_bad(n: usize) -> bool {
    n % 7 == 3
}

/// What an import of [`file`] comes to: the phones that are in, and the lines of the rows that are refused.
fn expected(rows: usize) -> (Vec<String>, Vec<u64>) {
    let (mut phones, mut lines) = (Vec::new(), Vec::new());
    for n in 0..rows {
        if is_bad(n) || (n % 11 == 9 && !is_bad(n - 1)) {
            // Behind the header, and the rows before, of which every fifth has two lines.
            lines.push((2 + n + n.div_ceil(5)) as u64);
        } else if n % 11 == 9 {
            phones.push(number(n - 1));
        } else {
            phones.push(number(n));
        }
    }
    (phones, lines)
}

async fn refused_lines(house: &House, id: ImportId) -> Vec<u64> {
    refused(house, id, 200).await.iter().map(|row| row.line).collect()
}

async fn phones(house: &House) -> Vec<String> {
    let mut window = Window::first(2_000);
    let mut phones = Vec::new();
    loop {
        let part = house
            .app
            .mailings
            .clients(&ClientTerm::All, &window)
            .await
            .unwrap();
        phones.extend(part.entries.iter().map(|client| client.phone.as_str().to_owned()));
        window.after = part.next;
        if window.after.is_none() {
            phones.sort_unstable();
            return phones;
        }
    }
}

#[tokio::test]
async fn right_rows_are_in_each_bad_row_is_named_and_a_second_import_changes_nothing() {
    let house = House::new().await;
    let rows = 730;
    let (wanted, bad) = expected(rows);
    let import = imported(&house, &file(rows)).await;
    assert_eq!(import.status, ImportStatus::Finished);
    assert_eq!(counts(&import), [wanted.len() as u64, 0, 0, bad.len() as u64]);
    assert_eq!(phones(&house).await, wanted);
    assert!(house.bucket.objects().is_empty(), "what is imported is deleted");

    let named = refused(&house, import.id, 200).await;
    assert_eq!(named.iter().map(|row| row.line).collect::<Vec<_>>(), bad);
    assert!(named.iter().all(|row| row.errors[0].0 == "phone"));
    assert_eq!(named[1].errors[0].1, "Repeats the phone of row 12.");
    for limit in [1, 7, 100] {
        assert_eq!(refused(&house, import.id, limit).await, named, "{limit} at once");
    }
    let again = imported(&house, &file(rows)).await;
    assert_eq!(counts(&again), [0, 0, wanted.len() as u64, bad.len() as u64]);
    assert_eq!(refused(&house, again.id, 200).await, named);
    assert_eq!(phones(&house).await, wanted);
}

#[tokio::test]
async fn of_a_hundred_thousand_rows_each_bad_one_is_named() {
    let house = House::new().await;
    let rows = 100_000;
    let (wanted, bad) = expected(rows);
    let (import, _) = house.app.add_import(true, BTreeMap::new()).await.unwrap();
    upload(&house, import.id, &file(rows));
    house.app.start_import(import.id).await.unwrap();
    house.drain().await;
    let import = house.app.import(import.id).await.unwrap();
    assert_eq!(counts(&import), [wanted.len() as u64, 0, 0, bad.len() as u64]);
    assert_eq!(refused_lines(&house, import.id).await, bad);
}

#[tokio::test]
async fn a_turn_that_is_over_goes_round_and_knows_the_phones_that_it_had() {
    let house = House::new().await;
    let rows = 730;
    let (wanted, bad) = expected(rows);
    let id = started(&house, &file(rows)).await;
    let mut turns = 0;
    while let Some(message) = house.queues.take() {
        turns += 1;
        let before = house.app.import(id).await.unwrap();
        assert_eq!(before.status, ImportStatus::Running);
        assert!(kabar_courier::ImportWork::parse(&message.body).is_ok());
        house.importer.work(id, house.world.now()).await.unwrap();
        assert!(
            house.app.import(id).await.unwrap().done > before.done,
            "each turn does something"
        );
    }
    assert_eq!(turns, 8, "a hundred rows a turn");
    let import = house.app.import(id).await.unwrap();
    assert_eq!(counts(&import), [wanted.len() as u64, 0, 0, bad.len() as u64]);
    assert_eq!(phones(&house).await, wanted);
}

#[tokio::test]
async fn whoever_dies_or_runs_twice_leaves_every_row_done_and_counted_once() {
    let rows = 230;
    let (wanted, bad) = expected(rows);
    let house = House::new().await;
    let id = started(&house, &file(rows)).await;
    let (all, _) = polls(house.importer.work(id, house.world.now() + TURN)).await;
    house.queues.lose_all();
    let mut deaths = 0;
    for died in (1..all).step_by(usize::try_from(all / 15 + 1).unwrap()) {
        let house = House::new().await;
        let id = started(&house, &file(rows)).await;
        let stop = house.world.now() + TURN;
        // How often it is polled is not always the same: the last may come to their end.
        deaths += u32::from(dies_after(died, house.importer.work(id, stop)).await.is_none());
        let (one, other) = tokio::join!(house.importer.work(id, stop), house.importer.work(id, stop));
        one.unwrap();
        other.unwrap();
        house.drain().await;
        let import = house.app.import(id).await.unwrap();
        assert_eq!(import.status, ImportStatus::Finished, "after {died} polls");
        assert_eq!(counts(&import)[3], bad.len() as u64);
        assert_eq!(
            import.created + import.changed + import.unchanged,
            wanted.len() as u64
        );
        assert_eq!(refused_lines(&house, id).await, bad);
        assert_eq!(phones(&house).await, wanted);
    }
    assert!(deaths > 5);
}

#[tokio::test]
async fn a_file_that_cannot_be_imported_says_why() {
    let house = House::new().await;
    let long = format!("phone,tag\n79160000001,\"{}", "x\n".repeat(1_500_000));
    for (text, why) in [
        ("", "phone_column: The file has no column of this name."),
        (
            "name;tag\nx;y\n",
            "phone_column: The file has no column of this name.",
        ),
        (
            "phone,Phone\n",
            "phone_column: The file has several columns of this name.",
        ),
        (
            &long,
            "Line 2: the row has more than 1048576 bytes. Is a quote not closed?",
        ),
    ] {
        let import = imported(&house, text).await;
        assert_eq!(
            (import.status, import.failure.as_deref()),
            (ImportStatus::Failed, Some(why))
        );
    }
    let id = started(&house, &file(10)).await;
    house.world.pass_seconds(1);
    upload(&house, id, &file(20));
    house.drain().await;
    let import = house.app.import(id).await.unwrap();
    assert_eq!(
        import.failure.as_deref(),
        Some("The file is gone, or another one was put in its place.")
    );
    assert!(phones(&house).await.is_empty());
}

#[tokio::test]
async fn a_dry_run_of_a_file_with_other_names_says_what_would_be_done() {
    let house = House::new().await;
    let named = BTreeMap::from([("phone".to_owned(), "Telepon".to_owned())]);
    let (import, form) = house.app.add_import(true, named).await.unwrap();
    let key = form.fields.iter().find(|(name, _)| *name == "key").unwrap();
    assert_eq!(key.1, format!("imports/{}", import.id));
    let waits = house.app.start_import(import.id).await.unwrap_err();
    assert!(matches!(waits, Failure::Conflict(_)), "{waits:?}");
    upload(
        &house,
        import.id,
        "telepon;time_zone\n79160000001;UTC\n79160000002;\n",
    );
    for _ in 0..2 {
        house.app.start_import(import.id).await.unwrap();
    }
    house.drain().await;
    let import = house.app.import(import.id).await.unwrap();
    assert_eq!(counts(&import), [1, 0, 0, 1]);
    let phone = Phone::parse("79160000001").unwrap();
    let filter = ClientFilter {
        phone: Some(phone),
        ..ClientFilter::default()
    };
    let window = Window::first(1);
    assert!(
        house
            .app
            .clients(&filter, &window)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
}
