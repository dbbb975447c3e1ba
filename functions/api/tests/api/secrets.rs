use kabar_app::{App, Secrets};
use serde_json::{Value, json};

use crate::site::{Site, Who};

#[tokio::test]
async fn who_needs_no_secret_is_answered_while_none_can_be_read() {
    let mut site = Site::with(&[Who::User]).await;
    let region = site.house.region("Bandung").await;
    let secrets = Secrets::new(|| std::future::ready(Err("no answer".into())));
    let app = site.house.app.clone();
    site.serve(App { secrets, ..app });

    let path = format!("/api/regions/{}", region.id);
    assert_eq!(site.get(Who::Nobody, &path).await.status, 200);
    assert_eq!(site.get(Who::Nobody, "/ping/no-such-key").await.status, 404);

    let login = json!({ "username": "ulla", "password": kabar_testkit::PASSWORD });
    for (who, method, path, body) in [
        (Who::User, "GET", "/api/users/me", Value::Null),
        (Who::Nobody, "POST", "/api/login", login),
        (Who::Nobody, "GET", "/u/a-token", Value::Null),
    ] {
        let answer = site.call(who, method, path, body).await;
        let said = (answer.status.as_u16(), answer.header("retry-after"));
        assert_eq!(said, (503, "1"), "{path}");
        assert!(!answer.text.contains("no answer"), "{path}");
    }
    for (name, value, status) in [
        ("x-telegram-bot-api-secret-token", "anything", 503),
        ("accept", "*/*", 401),
    ] {
        let update = (
            Who::Nobody,
            "POST",
            "/telegram/webhook",
            json!({ "update_id": 1 }),
        );
        assert_eq!(
            site.call_with(update, (name, value)).await.status,
            status,
            "{name}"
        );
    }
    let _ = site.house.meter().take();
    let sign_up = (Who::Nobody, "POST", "/api/users", json!({}));
    assert_eq!(
        site.call_with(sign_up, ("idempotency-key", "k1")).await.status,
        503
    );
    assert!(site.house.meter().take_total().write < 0.1);
}
