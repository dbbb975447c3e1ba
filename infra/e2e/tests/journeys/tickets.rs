//! From a ticket to the mails about it: registered, paid, reminded, moved, cancelled, each told once.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::World;
use kabar_kit::SystemWorld;
use kabar_local::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

async fn call(stack: &Stack, method: Method, path: &str, body: Value) {
    let answer = stack.request(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    assert!(
        status.is_success(),
        "{path}: {status} {}",
        answer.text().await.unwrap()
    );
}

async fn id(stack: &Stack, path: &str, body: Value) -> String {
    stack.post(path, body).await["id"].as_str().unwrap().to_owned()
}

async fn person(stack: &Stack, name: &str, language: &str) -> String {
    let new = json!({ "username": name, "email": format!("{name}@example.com"), "password": "correct horse",
        "first_name": name, "language": language, "time_zone": "Asia/Jakarta" });
    id(stack, "/api/users/", new).await
}

/// Waits for the mails to somebody with these subjects, in the order of their arrival, and no others.
async fn arrive(stack: &Stack, to: &str, subjects: &[&str]) {
    let address = format!("{to}@example.com");
    let theirs = async || -> Vec<String> {
        let mails = stack.mails().await.into_iter();
        let theirs = mails.filter(|(reader, ..)| reader.contains(&address));
        theirs.map(|(_, subject, _)| subject).collect()
    };
    eventually(&format!("{to} has {} mails", subjects.len()), async || {
        (theirs().await.len() >= subjects.len()).then_some(())
    })
    .await;
    let found = theirs().await;
    assert_eq!(found.len(), subjects.len(), "{to}: {found:?}");
    for (found, begin) in found.iter().zip(subjects) {
        assert!(found.starts_with(begin), "{to}: {found:?} and not {begin:?}");
    }
}

#[tokio::test]
async fn a_ticket_holder_is_told_everything_once() {
    let stack = Stack::start(Options::default()).await;
    let (sari, tom) = (
        person(&stack, "sari", "id").await,
        person(&stack, "tom", "en").await,
    );
    let now = SystemWorld.now();
    let at = |minutes: i64| -> Timestamp { now + SignedDuration::from_mins(minutes) };
    let event = json!({ "name": "Konser", "location": "Gedung Sate", "start_time": at(90), "end_time": at(210),
        "category": "music", "quota": 10, "time_zone": "Asia/Jakarta" });
    let event = id(&stack, "/api/events/", event).await;
    let mut tickets = Vec::new();
    for name in ["Festival", "VIP"] {
        let ticket = json!({ "event_id": event, "name": name, "price": 150_000, "sales_start": at(-5),
            "sales_end": at(90), "quota": 5 });
        tickets.push(id(&stack, "/api/tickets/", ticket).await);
    }

    let mut registrations = Vec::new();
    for ticket in &tickets {
        let body = json!({ "ticket_id": ticket, "user_id": sari });
        registrations.push(id(&stack, "/api/registrations/", body).await);
    }
    let payment = json!({ "registration_id": registrations[0], "payment_method": "QRIS", "amount_paid": 150_000,
        "payment_status": "completed" });
    id(&stack, "/api/payments/", payment).await;
    eventually("sari's three mails are there", async || {
        (stack.mails().await.len() == 3).then_some(())
    })
    .await;
    let mut subjects: Vec<String> = stack
        .mails()
        .await
        .into_iter()
        .map(|(_, subject, _)| subject)
        .collect();
    subjects.sort();
    let registered = "Anda terdaftar untuk Konser";
    assert_eq!(
        subjects,
        [
            registered,
            registered,
            "Pembayaran Anda untuk Konser sudah kami terima"
        ]
    );

    let (a, b) = tokio::join!(
        stack.invoke("reminder-sweep", None),
        stack.invoke("reminder-sweep", None)
    );
    assert_eq!(a["events"].as_u64().unwrap() + b["events"].as_u64().unwrap(), 1);
    let reminder = eventually("the reminder is there", async || {
        let outbox = stack.get("/_local/outbox?channel=email&subject=dimulai").await;
        outbox["messages"].as_array().unwrap().first().cloned()
    })
    .await;
    for fact in ["Festival", "VIP", "Gedung Sate"] {
        assert!(reminder["text"].as_str().unwrap().contains(fact), "{reminder}");
    }
    let attached = reminder["attachments"].as_array().unwrap();
    assert!(
        attached.iter().any(|file| file["name"] == "invite.ics"),
        "{attached:?}"
    );

    // The link in it leads whoever has it there, logged in or not.
    let text = reminder["text"].as_str().unwrap();
    let (_, token) = text.rsplit_once("/m/").unwrap();
    let url = format!("{}/m/{}", stack.local.url(), token.trim());
    let nobody = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = nobody.get(url).send().await.unwrap().text().await.unwrap();
    for said in ["Pengingat: Konser", "Gedung Sate", "Festival", "action=\"/u/"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let file = stack.request(
        Method::GET,
        &format!("/api/registrations/{}/calendar/", registrations[0]),
    );
    let file = file.send().await.unwrap().text().await.unwrap();
    assert!(file.contains(&format!("UID:{event}@example.com")), "{file}");

    let asked = stack.post("/api/events/send-reminders/", json!({})).await;
    let task = format!("/api/tasks/{}/", asked["task_id"].as_str().unwrap());
    let done = eventually("the task is done", async || {
        let task = stack.get(&task).await;
        (task["status"] == "done").then_some(task)
    })
    .await;
    assert_eq!(
        (&done["counts"]["events"], &done["counts"]["people"]),
        (&json!(0), &json!(0))
    );

    // Tom comes late, and is reminded at once.
    let late = json!({ "ticket_id": tickets[0], "user_id": tom });
    id(&stack, "/api/registrations/", late).await;
    // Either of the two may come first.
    eventually("tom knows that he is registered, and is reminded", async || {
        let mails = stack.mails().await;
        let to_tom = mails.iter().filter(|(to, ..)| to.contains("tom"));
        let subjects: Vec<&str> = to_tom.map(|(_, subject, _)| subject.as_str()).collect();
        let is_there = |begin: &str| subjects.iter().any(|subject| subject.starts_with(begin));
        (is_there("You are registered") && is_there("Konser starts")).then_some(())
    })
    .await;

    // Moved three times within a minute, by a day in the end.
    stack
        .request(Method::DELETE, "/_local/outbox")
        .send()
        .await
        .unwrap();
    let path = format!("/api/events/{event}/");
    for minutes in [120, 600, 24 * 60 + 90] {
        let moved = json!({ "start_time": at(minutes), "end_time": at(minutes + 120) });
        call(&stack, Method::PATCH, &path, moved).await;
    }
    arrive(&stack, "sari", &["Waktu Konser berubah"]).await;
    arrive(&stack, "tom", &["Konser has a new time"]).await;
    let swept = stack.invoke("reminder-sweep", Some(at(24 * 60))).await;
    assert_eq!(swept["events"], 1, "{swept}");
    arrive(&stack, "tom", &["Konser has a new time", "Konser starts"]).await;

    call(
        &stack,
        Method::DELETE,
        &format!("/api/registrations/{}/", registrations[1]),
        Value::Null,
    )
    .await;
    call(&stack, Method::DELETE, &path, Value::Null).await;
    eventually("sari knows that it is cancelled", async || {
        let mails = stack.mails().await;
        let to_sari = mails.iter().filter(|(to, ..)| to.contains("sari"));
        (to_sari.count() == 4).then_some(())
    })
    .await;
    arrive(
        &stack,
        "tom",
        &["Konser has a new time", "Konser starts", "Konser is cancelled"],
    )
    .await;
    for removed in ["removal-sweep", "removal-sweep"] {
        stack.invoke(removed, None).await;
    }
    assert_eq!(stack.get("/api/registrations/").await["registrations"], json!([]));
}
