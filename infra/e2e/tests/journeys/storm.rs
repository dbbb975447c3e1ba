//! Never oversold, through the deployed template: a crowd that wants fewer seats, with transactions that conflict.

use futures_util::{StreamExt, stream};
use kabar_local::{Local, Options};
use serde_json::{Value, json};

use crate::{client::Client, people};

/// As many as an emulated cloud on two cores has functions for; use cases are held to hundreds at once, in process.
const AT_ONCE: usize = 16;
/// How many transactions the store refuses because of another one, among those of each rush.
const CONFLICTS: u32 = 120;

struct Rush {
    registered: Vec<String>,
    refused: usize,
}

/// The box office asks for a seat for each of these, many at once, by one ticket after the other.
async fn rush(seller: &Client, people: &[String], tickets: &[String]) -> Rush {
    let fault = json!({ "service": "dynamodb", "operation": "TransactWriteItems", "kind": "conflict",
        "count": CONFLICTS });
    seller.post("/_local/faults", fault, 201).await;
    let wishes = people.iter().zip(tickets.iter().cycle());
    let one = async |(user, ticket): (&String, &String)| {
        let wish = json!({ "ticket_id": ticket, "user_id": user });
        seller.try_post("/api/registrations", wish).await
    };
    let answers: Vec<(u16, Value)> = stream::iter(wishes)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let with = |status| answers.iter().filter(move |(got, _)| *got == status);
    let (made, refused) = (with(201).count(), with(409).count());
    assert_eq!(
        made + refused,
        people.len(),
        "nothing but 201 and 409: {answers:?}"
    );
    let left = seller.get("/_local/faults", 200).await;
    assert_eq!(
        left.json["faults"].as_array().map(Vec::len),
        Some(0),
        "all conflicts were met: {}",
        left.json
    );
    let id = |(_, answer): &(u16, Value)| answer["id"].as_str().unwrap().to_owned();
    Rush {
        registered: with(201).map(id).collect(),
        refused,
    }
}

async fn on_sale(seller: &Client, quota: u32, tickets: &[u32]) -> (String, Vec<String>) {
    let event = json!({ "name": "Konser", "location": "Bandung", "category": "music", "quota": quota,
        "start_time": "2099-12-05 12:00", "end_time": "2099-12-05 15:00" });
    let event = seller.post("/api/events", event, 201).await.id();
    let mut made = Vec::new();
    for quota in tickets {
        let ticket = json!({ "event_id": event, "name": "Festival", "price": 50000, "quota": quota,
            "sales_start": "2026-01-01 00:00", "sales_end": "2099-12-05 12:00" });
        made.push(seller.post("/api/tickets", ticket, 201).await.id());
    }
    (event, made)
}

async fn remaining(seller: &Client, event: &str) -> u64 {
    let free = seller
        .get(&format!("/api/events/{event}/availability"), 200)
        .await;
    free.json["remaining"].as_u64().unwrap()
}

#[tokio::test]
async fn a_crowd_gets_the_seats_that_there_are_and_not_one_more() {
    let local = Local::start(Options::default()).await.unwrap();
    let nobody = Client::nobody(&local, false);
    let seller = nobody.log_in(local.superuser(), local.superuser_password()).await;
    let people = people::make(&local, 300).await;
    let people: Vec<String> = people.iter().map(|user| user.id.to_string()).collect();

    let (event, tickets) = on_sale(&seller, 1_000, &[50]).await;
    let sold = rush(&seller, &people[..200], &tickets).await;
    assert_eq!((sold.registered.len(), sold.refused), (50, 150));
    assert_eq!(remaining(&seller, &event).await, 950);
    let given_back = &sold.registered[..10];
    for id in given_back {
        seller.delete(&format!("/api/registrations/{id}"), 204).await;
    }
    let again = rush(&seller, &people[200..250], &tickets).await;
    assert_eq!((again.registered.len(), again.refused), (10, 40));

    let (event, tickets) = on_sale(&seller, 100, &[80, 80, 80]).await;
    let sold = rush(&seller, &people, &tickets).await;
    assert_eq!((sold.registered.len(), sold.refused), (100, 200));
    assert_eq!(remaining(&seller, &event).await, 0);
}
