//! Files of clients: a form to send one by, its start, how far it is, and which rows are refused.

use kabar_domain::World;
use kabar_testkit::Object;
use serde_json::{Value, json};

use crate::site::{Site, Who, numbered};

const PATH: &str = "/api/clients/imports/";

/// A new import; returns its id.
pub(crate) async fn import(site: &Site) -> String {
    site.call(Who::Superuser, "POST", PATH, json!({})).await.id()
}

/// The file of an import comes by its form.
pub(crate) fn upload(site: &Site, id: &str, text: &str) {
    let object = Object {
        content_type: "text/csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        written_at: site.house.world.now(),
    };
    site.house.bucket.put(&format!("imports/{id}"), object);
}

#[tokio::test]
async fn staff_send_a_file_and_see_what_became_of_each_row() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let made = site
        .call(
            Who::Admin,
            "POST",
            PATH,
            json!({ "phone_column": "Telepon", "dry_run": null }),
        )
        .await;
    assert_eq!(made.status, 201);
    let id = made.id();
    let mut shown = numbered(made.json.clone());
    for secret in ["policy", "x-amz-signature"] {
        let value = shown["upload"]["fields"][secret].take();
        assert!(
            value.as_str().is_some_and(|value| value.len() >= 64),
            "{secret}: {value}"
        );
    }
    let key = format!("imports/{id}");
    assert_eq!(shown["upload"]["fields"]["key"].take(), key.as_str());
    insta::assert_json_snapshot!("file_import_made", shown);

    let one = format!("{PATH}{id}/");
    let start = format!("{one}start/");
    assert_eq!(
        site.call(Who::Admin, "POST", &start, Value::Null).await.status,
        409,
        "no file yet"
    );
    upload(
        &site,
        &id,
        "telepon;time_zone\n79160000001;UTC\n7916;Mars\n79160000002;UTC\n79160000001;UTC\n",
    );
    for _ in 0..2 {
        let started = site.call(Who::Admin, "POST", &start, Value::Null).await;
        assert_eq!(
            (started.status.as_u16(), &started.json["status"]),
            (202, &json!("running"))
        );
    }
    site.house.drain().await;
    let done = site.get(Who::Admin, &one).await;
    insta::assert_json_snapshot!("file_import", numbered(done.json.clone()));
    assert!(!done.header("etag").is_empty());
    let errors = site.get(Who::Admin, &format!("{one}errors/")).await;
    insta::assert_json_snapshot!("file_import_errors", errors.json);
    let first = site.get(Who::Admin, &format!("{one}errors/?limit=1")).await;
    let cursor = first.json["next"].as_str().unwrap();
    let second = site
        .get(Who::Admin, &format!("{one}errors/?limit=1&cursor={cursor}"))
        .await;
    assert_eq!(second.json["errors"][0], errors.json["errors"][1]);
    assert_eq!(second.json["next"], Value::Null);
}

#[tokio::test]
async fn every_bad_field_is_named_and_what_there_is_not_is_not_found() {
    let site = Site::with(&[Who::Admin]).await;
    let body =
        json!({ "dry_run": "yes", "phone_column": "", "tag_column": 1, "email_column": "x".repeat(201) });
    let refused = site.call(Who::Admin, "POST", PATH, body).await;
    let fields = vec!["dry_run", "email_column", "phone_column", "tag_column"];
    assert_eq!((refused.status.as_u16(), refused.bad_fields()), (400, fields));
    for id in ["x", "01990000-0000-7000-8000-000000000100"] {
        assert_eq!(site.get(Who::Admin, &format!("{PATH}{id}/")).await.status, 404);
        assert_eq!(
            site.get(Who::Admin, &format!("{PATH}{id}/errors/")).await.status,
            404
        );
        let start = format!("{PATH}{id}/start/");
        assert_eq!(
            site.call(Who::Admin, "POST", &start, Value::Null).await.status,
            404
        );
    }
}

#[tokio::test]
async fn each_field_is_read_from_the_column_that_is_named_for_it() {
    let site = Site::with(&[Who::Superuser]).await;
    let names = json!({ "phone_column": "Nummer", "operator_code_column": "Netz", "tag_column": "Gruppe",
        "time_zone_column": "Zone", "email_column": "Adresse", "first_name_column": "Vorname",
        "language_column": "Sprache" });
    let id = site.call(Who::Superuser, "POST", PATH, names).await.id();
    upload(
        &site,
        &id,
        "Sprache,Vorname,Adresse,Zone,Gruppe,Netz,Nummer\nid,Ayu,ayu@example.com,Asia/Jakarta,vip,777,79160000001\n",
    );
    let start = format!("{PATH}{id}/start/");
    assert_eq!(
        site.call(Who::Superuser, "POST", &start, Value::Null)
            .await
            .status,
        202
    );
    site.house.drain().await;
    let clients = site.get(Who::Superuser, "/api/clients/").await;
    let mut client = clients.json["clients"][0].clone();
    for unknown in ["id", "created_at"] {
        client[unknown].take();
    }
    insta::assert_json_snapshot!("imported_client", client);
}
