//! What is made of an answer (D8 of SPEC §11: an older system took an HTTP 500 for success).

use kabar_courier::Refused;

use crate::gateway::{Act, Gateway, PHONE, TOKEN, answer, send};

async fn of(status: u16) -> Result<String, Refused> {
    let gateway = Gateway::saying(status, r#"{"id": "7"}"#).await;
    let sent = send(&gateway.channel()).await;
    assert_eq!(gateway.requests().len(), 1, "a try is one request");
    sent
}

#[tokio::test]
async fn only_a_2xx_is_success() {
    for status in [200, 201, 202] {
        assert_eq!(of(status).await, Ok("7".to_owned()));
    }
    assert_eq!(of(429).await, Err(Refused::Throttled(None)));
    for status in [408, 500, 502, 503, 504, 599] {
        assert_eq!(
            of(status).await,
            Err(Refused::Unknown(format!("answered {status}")))
        );
    }
    for status in [300, 301, 302, 304, 307, 308, 401, 403, 404] {
        assert_eq!(
            of(status).await,
            Err(Refused::Later(format!("answered {status}")))
        );
    }
    for status in [400, 402, 405, 409, 410, 413, 422, 451] {
        assert_eq!(
            of(status).await,
            Err(Refused::ForGood(format!("answered {status}")))
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Gateway::saying(200, "{}").await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!(
            "HTTP/1.1 {status} So\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
            elsewhere.url
        );
        let gateway = Gateway::that(Act::Say(location)).await;
        assert_eq!(
            send(&gateway.channel()).await,
            Err(Refused::Later(format!("answered {status}")))
        );
    }
    assert_eq!(elsewhere.connections(), 0, "phone and token went elsewhere");
}

#[tokio::test]
async fn the_gateway_s_name_for_a_message_is_kept_if_it_is_one() {
    let long = "7".repeat(128);
    let odd = [
        "".to_owned(),
        "OK".to_owned(),
        "[]".to_owned(),
        "7".to_owned(),
        "null".to_owned(),
        "{".to_owned(),
        r#"{"code": 0, "message": "OK"}"#.to_owned(),
        r#"{"id": null}"#.to_owned(),
        r#"{"id": ["7"]}"#.to_owned(),
        r#"{"id": "a\nb"}"#.to_owned(),
        format!(r#"{{"id": "{long}7"}}"#),
        format!(r#"{{"id": "7", "more": "{}"}}"#, "x".repeat(64 * 1024)),
    ];
    for body in odd {
        let gateway = Gateway::saying(201, &body).await;
        assert_eq!(
            send(&gateway.channel()).await,
            Ok(String::new()),
            "{}",
            &body[..body.len().min(80)]
        );
    }
    for (body, name) in [
        (r#"{"id": "abc-7"}"#.to_owned(), "abc-7"),
        (r#"{"id": 7}"#.to_owned(), "7"),
        (r#"{"message_id": "abc-7"}"#.to_owned(), "abc-7"),
        (format!(r#"{{"id": "{long}"}}"#), &long),
    ] {
        let gateway = Gateway::saying(200, &body).await;
        assert_eq!(send(&gateway.channel()).await, Ok(name.to_owned()), "{body}");
    }
}

#[tokio::test]
async fn no_error_says_the_token_or_the_phone() {
    let echo = format!(r#"{{"error": "{TOKEN} may not send to {PHONE}"}}"#);
    let mut acts = vec![
        Act::Cut(String::new()),
        Act::Cut(format!("HTTP/1.1 200 {TOKEN} {PHONE}")),
    ];
    acts.extend([302, 400, 403, 429, 500].map(|status| Act::Say(answer(status, &echo))));
    for act in acts {
        let gateway = Gateway::that(act).await;
        let refused = format!("{:?}", send(&gateway.channel()).await.expect_err("refused"));
        assert!(!refused.contains(TOKEN) && !refused.contains(PHONE), "{refused}");
    }
}
