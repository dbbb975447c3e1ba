use kabar_local::Options;
use kabar_testkit::pictures::{JPEG, jpeg_of};
use reqwest::Method;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

/// What a browser gets at a link: status, media type, bytes.
async fn open(stack: &Stack, link: &str) -> (u16, String, Vec<u8>) {
    let answer = stack.http.get(link).send().await.unwrap();
    let status = answer.status().as_u16();
    let kind = answer
        .headers()
        .get("content-type")
        .map(|kind| kind.to_str().unwrap());
    let kind = kind.unwrap_or_default().to_owned();
    (status, kind, answer.bytes().await.unwrap().to_vec())
}

/// Uploads a picture under a name that says nothing of it.
async fn upload(stack: &Stack, event: &str, picture: &[u8]) -> (u16, Value) {
    let head = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"");
    let body = [
        format!("{}; filename=\"poster.txt\"\r\n\r\n", head("image")).as_bytes(),
        picture,
        format!("\r\n{}\r\n\r\n{event}\r\n--edge--\r\n", head("event")).as_bytes(),
    ]
    .concat();
    let request = stack.request(Method::POST, "/api/events/upload/");
    let request = request.header("content-type", "multipart/form-data; boundary=edge");
    let answer = request.body(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn delete(stack: &Stack, path: &str) -> u16 {
    let answer = stack.request(Method::DELETE, path).send().await.unwrap();
    answer.status().as_u16()
}

#[tokio::test]
async fn a_poster_is_uploaded_seen_and_taken_down() {
    let stack = Stack::start(Options::default()).await;
    let event = json!({ "name": "Jazz di Bandung", "location": "Gedung Merdeka", "category": "music", "quota": 10,
        "start_time": "2099-12-05 19:00", "end_time": "2099-12-05 23:00" });
    let event = stack.post("/api/events/", event).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/events/{event}/poster/");
    assert_eq!(stack.get(&path).await, json!([]));

    let largest = jpeg_of(512_000);
    for picture in [JPEG, &largest] {
        let (status, uploaded) = upload(&stack, &event, picture).await;
        assert_eq!(status, 201, "{uploaded}");
        let listed = stack.get(&path).await[0].clone();
        assert_eq!(
            (&listed["id"], &listed["image"]),
            (&uploaded["id"], &uploaded["image"])
        );
        assert_eq!(listed["size"], picture.len());
        for link in [&uploaded["url"], &listed["url"]] {
            let (status, kind, bytes) = open(&stack, link.as_str().unwrap()).await;
            assert_eq!((status, kind.as_str()), (200, "image/jpeg"));
            assert!(bytes == picture, "{} bytes came back", bytes.len());
        }
    }
    let (status, refused) = upload(&stack, &event, &jpeg_of(512_001)).await;
    assert_eq!(
        (status, refused["errors"]["image"].is_array()),
        (400, true),
        "{refused}"
    );
    let (status, refused) = upload(&stack, &event, &JPEG[..400]).await;
    assert_eq!(
        (status, refused["errors"]["image"].is_array()),
        (400, true),
        "{refused}"
    );

    let posters = stack.get(&path).await;
    assert_eq!(posters.as_array().unwrap().len(), 2);
    let link = |n: usize| posters[n]["url"].as_str().unwrap();
    let one = format!("{path}{}/", posters[0]["id"].as_str().unwrap());
    assert_eq!(delete(&stack, &one).await, 204);
    assert_eq!(open(&stack, link(0)).await.0, 404);
    assert_eq!(delete(&stack, &one).await, 404);
    assert_eq!(open(&stack, link(1)).await.0, 200);

    assert_eq!(delete(&stack, &format!("/api/events/{event}/")).await, 204);
    eventually("the event's picture is gone", async || {
        (open(&stack, link(1)).await.0 == 404).then_some(())
    })
    .await;
    // The schedule's function looks through the bucket, and finds it empty.
    assert_eq!(stack.invoke("removal-sweep", None).await["orphans"], 0);
}
