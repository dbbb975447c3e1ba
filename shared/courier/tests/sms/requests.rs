//! What a gateway is asked, and which gateways are.

use kabar_courier::SmsChannel;
use kabar_domain::{ids::MessageId, mailings::Phone};
use serde_json::{Value, json};

use crate::gateway::{Gateway, MESSAGE, PHONE, TOKEN};

#[tokio::test]
async fn a_message_is_posted_with_its_id_its_phone_its_text_and_our_token() {
    let gateway = Gateway::saying(201, "{}").await;
    let url = format!("{}/v1/", gateway.url);
    let channel = SmsChannel::new(kabar_kit::web(&url), &url, &format!(" {TOKEN}\n")).expect("a gateway");
    let text = "Hello \"Sari\",\n\\ 🔌 مرحبا";
    let phone = Phone::parse("+79161234567").expect("a phone");
    let message = MessageId::parse(MESSAGE).expect("an id");
    channel.send(&phone, message, text).await.expect("sent");

    let request = gateway.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    assert!(
        head.starts_with(&format!("POST /v1/send/{MESSAGE} HTTP/1.1\r\n")),
        "{head}"
    );
    for header in [
        &format!("authorization: Bearer {TOKEN}"),
        "content-type: application/json",
    ] {
        assert!(
            head.lines().any(|line| line == header),
            "{header} is not in {head}"
        );
    }
    let body: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(body, json!({ "id": MESSAGE, "phone": PHONE, "text": text }));
}

#[test]
fn a_token_goes_only_where_nobody_else_can_read_it() {
    let gateway = |url: &str, token: &str| SmsChannel::new(kabar_kit::web("http:"), url, token);
    for url in [
        "https://sms.example.com",
        "https://sms.example.com:8443/api/",
        "http://localhost:8000/_local/sms",
        "http://127.0.0.1:1",
        "http://[::1]:1",
    ] {
        assert!(gateway(url, TOKEN).is_ok(), "{url}");
    }
    for url in [
        "",
        "sms.example.com",
        "http://sms.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://sms.example.com",
        "https://",
        "https://name:word@sms.example.com",
        "https://sms.example.com/send?to=me",
        "https://sms.example.com/#send",
        "https://sms example.com",
    ] {
        let refused = gateway(url, TOKEN)
            .err()
            .unwrap_or_else(|| unreachable!("{url} was taken"));
        assert!(refused.to_string().contains("https"), "{refused}");
    }
    for token in ["", " ", "a b", "a\nb", "schlüssel"] {
        let refused = gateway("https://sms.example.com", token)
            .err()
            .expect("refused")
            .to_string();
        assert!(refused.contains("visible ASCII") && (token.trim().is_empty() || !refused.contains(token)));
    }
}
