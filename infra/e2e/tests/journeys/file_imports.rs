//! A file of thousands of clients, by the form that the API signs, through the bucket and the queue, and a mailing to
//! them all. `KABAR_ROWS` is how many rows the file has; the figures are printed.

use std::time::{Duration, Instant};

use kabar_local::Options;
use kabar_testkit::size;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::{
    mailings::mailing,
    stack::{PATIENCE, Stack, eventually_in},
};

/// How many rows the file has, unless `KABAR_ROWS` says otherwise.
const ROWS: u32 = 3_000;

fn rows() -> u32 {
    size("KABAR_ROWS", ROWS)
}

/// Longer for more rows.
fn patience() -> Duration {
    PATIENCE * (rows() / ROWS).max(1)
}

/// Rows of which every tenth is no row.
fn file() -> String {
    let row = |n: u32| match n % 10 {
        9 => format!("8{n};vip;Asia/Jakarta;;\"bad\nrow\"\r\n"),
        _ => format!("7916{n:07};vip;Asia/Jakarta;client-{n}@example.com;\r\n"),
    };
    let rows: String = (0..rows()).map(row).collect();
    format!("\u{feff}phone;tag;time_zone;email;note\r\n{rows}")
}

fn print_speed(what: &str, people: u32, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{what}: {people} in {seconds:.0} s, {:.0} a second",
        f64::from(people) / seconds
    );
}

fn form(upload: &Value, bytes: Vec<u8>) -> Form {
    let fields = upload["fields"].as_object().unwrap().iter();
    let form = fields.fold(Form::new(), |form, (name, value)| {
        form.text(name.clone(), value.as_str().unwrap().to_owned())
    });
    form.part("file", Part::bytes(bytes).file_name("clients.csv"))
}

async fn send(stack: &Stack, upload: &Value, bytes: Vec<u8>) -> u16 {
    let url = upload["url"].as_str().unwrap();
    let sent = stack
        .http
        .post(url)
        .multipart(form(upload, bytes))
        .send()
        .await
        .unwrap();
    sent.status().as_u16()
}

async fn imported(stack: &Stack) -> Value {
    let made = stack.post("/api/clients/imports/", json!({})).await;
    assert_eq!(send(stack, &made["upload"], file().into_bytes()).await, 204);
    let path = format!("/api/clients/imports/{}/", made["id"].as_str().unwrap());
    stack.post(&format!("{path}start/"), Value::Null).await;
    let begun = Instant::now();
    let done = eventually_in(patience(), "the file is imported", async || {
        let import = stack.get(&path).await;
        assert_ne!(import["status"], "failed", "{import}");
        (import["status"] == "finished").then_some(import)
    })
    .await;
    assert_eq!(done["done_percent"], 100);
    print_speed("imported", rows(), begun);
    done
}

#[tokio::test]
async fn a_file_of_thousands_is_imported_once_with_each_bad_row_named_and_all_in_it_are_told_once() {
    let stack = Stack::start(Options::default().with_parameter("SesRate", "10000")).await;
    let first = imported(&stack).await;
    let counts =
        |import: &Value| ["created", "unchanged", "refused"].map(|name| import[name].as_u64().unwrap());
    let (right, wrong) = (u64::from(rows() - rows() / 10), u64::from(rows() / 10));
    assert_eq!(counts(&first), [right, 0, wrong]);
    let errors = format!(
        "/api/clients/imports/{}/errors/?limit=200",
        first["id"].as_str().unwrap()
    );
    let errors = stack.get(&errors).await;
    let lines: Vec<u64> = errors["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["row"].as_u64().unwrap())
        .collect();
    // The tenth row is on line 11; each bad one before has a line more.
    let expected: Vec<u64> = (0..200).map(|n| 11 + 11 * n).collect();
    assert_eq!(lines, expected);
    assert_eq!(counts(&imported(&stack).await), [0, right, wrong]);

    let made = stack.post("/api/clients/imports/", json!({})).await;
    let too_much = vec![b'x'; 33 * 1024 * 1024];
    let refused = send(&stack, &made["upload"], too_much).await;
    assert!(
        (400..500).contains(&refused),
        "a form takes no more than it says: {refused}"
    );
    let mut other = made["upload"].clone();
    other["fields"]["key"] = json!("imports/other");
    assert_eq!(
        send(&stack, &other, b"phone\n".to_vec()).await,
        403,
        "nor at another place"
    );

    let people = rows() - rows() / 10;
    let begun = Instant::now();
    let id = mailing(&stack, "email", Some("vip")).await;
    eventually_in(patience(), "all of the file are told", async || {
        let stats = stack.get(&format!("/api/mailings/{id}/stats/")).await;
        (stats["status"] == "finished").then(|| assert_eq!(stats["counts"]["sent"], people))
    })
    .await;
    print_speed("told", people, begun);
    let calls = stack.get("/_local/calls").await;
    assert_eq!(
        calls["ses"]["accepted"], people,
        "a mail for each, and each has a row"
    );
}
