//! Posters as browsers upload them, and as those who mean harm do.

use axum::{body::Body, http::Request};
use kabar_domain::events::IMAGE_MAX;
use kabar_testkit::pictures::{GIF, JPEG, PNG, WEBP, jpeg_of};
use serde_json::{Value, json};

use crate::{
    sales::event_body,
    site::{Answer, Site, Who},
};

const UPLOAD: &str = "/api/events/upload/";
const BOUNDARY: &str = "----kabar.boundary";

/// A part of a form: its name, its file's name if it has one, and its value.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, value) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/jpeg"));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n",
            file.unwrap_or_default()
        );
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

fn request(site: &Site, who: Who, body: Vec<u8>) -> Request<Body> {
    let mut request = site.request(who, "POST", UPLOAD, &Value::Null);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request
        .headers_mut()
        .insert("content-type", kind.parse().unwrap());
    *request.body_mut() = Body::from(body);
    request
}

/// The request of somebody who uploads a picture as `poster.jpg`.
pub(crate) fn upload_request(site: &Site, who: Who, event: &str, picture: &[u8]) -> Request<Body> {
    let parts: [Part<'_>; 2] = [
        ("image", Some("poster.jpg"), picture),
        ("event", None, event.as_bytes()),
    ];
    request(site, who, form(&parts))
}

pub(crate) async fn upload(site: &Site, who: Who, event: &str, picture: &[u8]) -> Answer {
    site.send(upload_request(site, who, event, picture)).await
}

async fn event(site: &Site) -> String {
    site.call(Who::Organizer, "POST", "/api/events/", event_body(None))
        .await
        .id()
}

async fn posters(site: &Site, event: &str) -> Vec<Value> {
    let answer = site
        .get(Who::Nobody, &format!("/api/events/{event}/poster/"))
        .await;
    assert_eq!(answer.status, 200);
    answer.json.as_array().unwrap().clone()
}

/// The upload is refused for this field, and nothing of it is kept.
async fn assert_refused(site: &Site, request: Request<Body>, fields: &[&str], what: &str) {
    let (_, _) = (site.house.meter().take(), site.house.bucket.take_calls());
    let answer = site.send(request).await;
    assert_eq!(answer.status, 400, "{what}: {}", answer.json);
    assert_eq!(answer.bad_fields(), fields, "{what}");
    assert!(site.house.meter().take_total().write < f64::EPSILON, "{what}");
    assert!(site.house.bucket.take_calls().is_empty(), "{what}");
}

#[tokio::test]
async fn a_poster_has_the_fields_of_the_contract_and_its_link_opens_what_was_uploaded() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    assert!(posters(&site, &event).await.is_empty());
    for (picture, content_type) in [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (GIF, "image/gif"),
        (WEBP, "image/webp"),
    ] {
        site.house.world.pass_seconds(1);
        // All are called poster.jpg, and said to be image/jpeg.
        let uploaded = upload(&site, Who::Organizer, &event, picture).await;
        assert_eq!(uploaded.status, 201, "{}", uploaded.json);
        let listed = posters(&site, &event).await.swap_remove(0);
        let (id, url) = (&uploaded.json["id"], &uploaded.json["url"]);
        let (image, at) = (&uploaded.json["image"], &uploaded.json["uploaded_at"]);
        assert_eq!(
            uploaded.json,
            json!({ "id": id, "image": image, "event": event, "url": url, "uploaded_at": at })
        );
        assert_eq!(
            listed,
            json!({ "id": id, "image": image, "url": url, "content_type": content_type, "size": picture.len(),
                "width": 24, "height": 16, "uploaded_at": at })
        );
        let opened = site.house.bucket.open(url.as_str().unwrap()).unwrap();
        assert_eq!(
            (opened.bytes.as_slice(), opened.content_type.as_str()),
            (picture, content_type)
        );
        assert!(site.house.bucket.objects().contains_key(image.as_str().unwrap()));
    }
    assert_eq!(posters(&site, &event).await.len(), 4);
}

#[tokio::test]
async fn half_a_million_and_twelve_thousand_bytes_pass_and_one_more_is_refused() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let most = upload(&site, Who::Organizer, &event, &jpeg_of(512_000)).await;
    assert_eq!(most.status, 201, "{}", most.json);
    assert_eq!(posters(&site, &event).await[0]["size"], 512_000);
    let one_more = upload_request(&site, Who::Organizer, &event, &jpeg_of(512_001));
    assert_refused(&site, one_more, &["image"], "512,001 bytes").await;
    assert_eq!(posters(&site, &event).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_whole_image_is_refused_whatever_it_is_called() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let mut huge = PNG.to_vec();
    huge[16..24].copy_from_slice(&[30_000u32.to_be_bytes(), 30_000u32.to_be_bytes()].concat());
    let executable = [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0; 4_000]].concat();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let script = [GIF, b"<script>alert(1)</script>"].concat();
    for (picture, what) in [
        (executable.as_slice(), "a renamed executable"),
        (svg, "an SVG"),
        (&PNG[..PNG.len() - 1], "a truncated PNG"),
        (&JPEG[..JPEG.len() / 2], "half a JPEG"),
        (&huge, "30,000 by 30,000 pixels"),
        (&script, "a GIF with a script behind it"),
        (b"", "nothing"),
    ] {
        let request = upload_request(&site, Who::Organizer, &event, picture);
        assert_refused(&site, request, &["image"], what).await;
    }
    assert!(posters(&site, &event).await.is_empty());
}

#[tokio::test]
async fn two_uploads_named_alike_stay_apart() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let another = jpeg_of(1_000);
    let (a, b) = tokio::join!(
        upload(&site, Who::Organizer, &event, JPEG),
        upload(&site, Who::Organizer, &event, &another)
    );
    assert_ne!(a.json["image"], b.json["image"]);
    for (answer, length) in [(&a, JPEG.len()), (&b, 1_000)] {
        let link = answer.json["url"].as_str().unwrap();
        assert_eq!(site.house.bucket.open(link).unwrap().bytes.len(), length);
    }
    for answer in [&a, &b] {
        assert!(!answer.json["image"].as_str().unwrap().contains("poster.jpg"));
    }
    assert_eq!(posters(&site, &event).await.len(), 2);
}

#[tokio::test]
async fn every_bad_field_of_a_form_is_named_at_once() {
    let site = Site::with(&[Who::Superuser]).await;
    let nowhere = b"01a1fdad-0000-7000-8000-000000000000".as_slice();
    let image = |picture: &'static [u8]| -> Part<'_> { ("image", Some("a.jpg"), picture) };
    let both: &[&str] = &["event", "image"];
    let cases: [(&[Part<'_>], &[&str]); 8] = [
        (&[], both),
        (&[image(b"x"), ("event", None, b"x")], both),
        (&[image(b"x"), ("event", None, b"\xff\xfe")], both),
        (&[image(JPEG)], &["event"]),
        (&[image(JPEG), ("event", None, nowhere)], &["event"]),
        (&[("event", None, nowhere)], &["image"]),
        (&[image(JPEG), image(JPEG), ("event", None, nowhere)], &["image"]),
        (
            &[image(JPEG), ("event", None, nowhere), ("event", None, nowhere)],
            &["event"],
        ),
    ];
    for (parts, fields) in cases {
        let request = request(&site, Who::Superuser, form(parts));
        assert_refused(&site, request, fields, &format!("{parts:?}")).await;
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_before_anything_is_read_of_it() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let good = form(&[("image", Some("a.jpg"), JPEG), ("event", None, event.as_bytes())]);
    let with = format!("multipart/form-data; boundary={BOUNDARY}");
    let cases = [
        ("application/json", b"{}".to_vec(), 415),
        ("image/jpeg", JPEG.to_vec(), 415),
        ("multipart/mixed; boundary=x", good.clone(), 415),
        ("multipart/form-data", good.clone(), 400),
        ("multipart/form-data; boundary=other", good.clone(), 400),
        (
            with.as_str(),
            good[..good.len() - BOUNDARY.len() - 8].to_vec(),
            400,
        ),
        (with.as_str(), Vec::new(), 400),
        (with.as_str(), vec![0xff; 1_000], 400),
    ];
    for (kind, body, status) in cases {
        let _ = site.house.meter().take();
        let mut request = request(&site, Who::Organizer, body);
        request
            .headers_mut()
            .insert("content-type", kind.parse().unwrap());
        let answer = site.send(request).await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.json);
        assert!(answer.json["detail"].is_string(), "{kind}: {}", answer.json);
        assert!(site.house.meter().take_total().write < f64::EPSILON, "{kind}");
    }
    assert!(site.house.bucket.take_calls().is_empty());
}

#[tokio::test]
async fn a_form_that_is_larger_than_any_body_may_be_names_its_image() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    for key in [None, Some("a key")] {
        let mut request = upload_request(&site, Who::Organizer, &event, &jpeg_of(2 * 1024 * 1024));
        if let Some(key) = key {
            request
                .headers_mut()
                .insert("idempotency-key", key.parse().unwrap());
        }
        assert_refused(&site, request, &["image"], "two megabytes").await;
    }
    // Elsewhere the contract has another status for it, with a key too.
    let body = json!({ "name": "x".repeat(IMAGE_MAX * 3) });
    let asked = (Who::Organizer, "POST", "/api/events/", body);
    let answer = site.call_with(asked, ("idempotency-key", "a key")).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn an_upload_with_a_key_is_made_once() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let with_key = |picture: &[u8]| {
        let mut request = upload_request(&site, Who::Organizer, &event, picture);
        request
            .headers_mut()
            .insert("idempotency-key", "a key".parse().unwrap());
        site.send(request)
    };
    let first = with_key(JPEG).await;
    assert_eq!(first.status, 201, "{}", first.json);
    let again = with_key(JPEG).await;
    assert_eq!((again.status, &again.json), (first.status, &first.json));
    assert_eq!(with_key(PNG).await.status, 422);
    assert_eq!(posters(&site, &event).await.len(), 1);
    assert_eq!(site.house.bucket.objects().len(), 1);
}

#[tokio::test]
async fn a_deleted_poster_s_link_opens_nothing() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    let poster = upload(&site, Who::Organizer, &event, WEBP).await;
    let url = format!("/api/events/{event}/poster/{}/", poster.id());
    let other = self::event(&site).await;
    let elsewhere = format!("/api/events/{other}/poster/{}/", poster.id());
    let delete = async |url: &str| site.call(Who::Organizer, "DELETE", url, Value::Null).await.status;
    assert_eq!(delete(&elsewhere).await, 404, "it is of another event");
    assert_eq!(delete(&url).await, 204);
    assert_eq!(site.house.bucket.open(poster.json["url"].as_str().unwrap()), None);
    assert!(posters(&site, &event).await.is_empty());
    assert_eq!(delete(&url).await, 404);
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_a_503() {
    let site = Site::with(&[Who::Organizer]).await;
    let event = event(&site).await;
    site.house
        .bucket
        .fail("PutObject", kabar_testkit::BucketFault::Error, 1);
    let answer = upload(&site, Who::Organizer, &event, JPEG).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"));
    assert!(posters(&site, &event).await.is_empty());
}
