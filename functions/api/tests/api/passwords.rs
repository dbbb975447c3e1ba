use serde_json::{Value, json};

use crate::site::{Site, Who, numbered};

#[tokio::test]
async fn a_person_who_forgot_their_password_gets_in_again_with_a_mailed_code() {
    let site = Site::new().await;
    let code = site.code("ulla@example.com").await;
    let log_in = async |password: &str| {
        let body = json!({ "username": "ulla", "password": password });
        let answer = site.call(Who::Nobody, "POST", "/api/login", body).await;
        answer.status.as_u16()
    };
    let reset = json!({ "token": code, "password": "another horse" });
    let done = site
        .call(Who::Nobody, "POST", "/api/password/reset/", reset.clone())
        .await;
    assert_eq!((done.status.as_u16(), &done.json), (204, &Value::Null));
    assert_eq!(log_in("another horse").await, 200);
    assert_eq!(log_in(kabar_testkit::PASSWORD).await, 401);
    assert_eq!(
        site.get(Who::User, "/api/users/me").await.status,
        401,
        "their sessions ended"
    );
    let again = site.call(Who::Nobody, "POST", "/api/password/reset", reset).await;
    assert_eq!((again.status.as_u16(), again.bad_fields()), (400, vec!["token"]));
}

#[tokio::test]
async fn the_answer_does_not_say_whether_there_is_such_an_account() {
    let site = Site::new().await;
    let mut answers = Vec::new();
    for email in ["ulla@example.com", "nobody@example.com"] {
        // The last one is more than an address is granted.
        for _ in 0..4 {
            let body = json!({ "email": email });
            let answer = site.call(Who::Nobody, "POST", "/api/password/forgot", body).await;
            assert_eq!(answer.status, 202);
            answers.push(answer.json);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    site.house.drain().await;
    assert_eq!(site.house.ses.mails().len(), 3);
}

#[tokio::test]
async fn a_request_with_an_idempotency_key_is_mailed_once() {
    let site = Site::new().await;
    for _ in 0..2 {
        let asked = (
            Who::Nobody,
            "POST",
            "/api/password/forgot",
            json!({ "email": "ulla@example.com" }),
        );
        let answer = site.call_with(asked, ("idempotency-key", "once")).await;
        assert_eq!(answer.status, 202);
        assert!(answer.json["message"].is_string(), "{}", answer.json);
    }
    site.house.drain().await;
    assert_eq!(site.house.ses.mails_to("ulla@example.com"), 1);
}

#[tokio::test]
async fn staff_see_that_a_code_was_mailed_and_not_the_code() {
    let site = Site::new().await;
    let code = site.code("ulla@example.com").await;
    let notices = site.get(Who::Admin, "/api/notices").await.json;
    let id = notices["notices"][0]["id"].as_str().unwrap();
    let messages = site
        .get(Who::Admin, &format!("/api/notices/{id}/messages"))
        .await
        .json;
    for shown in [&notices, &messages] {
        let text = shown.to_string();
        assert!(!text.contains(&code) && !text.contains("example.com"), "{text}");
    }
    assert_eq!(messages["messages"][0]["status"], "sent");
    insta::assert_json_snapshot!("password_reset_notice", numbered(notices["notices"][0].clone()));
}
