//! Connections that are not made, break off, or fall silent.

use std::time::{Duration, Instant};

use kabar_courier::Refused;
use tokio::net::TcpListener;

use crate::gateway::{Act, Gateway, answer, channel, send};

fn unknown(why: &str) -> Result<String, Refused> {
    Err(Refused::Unknown(why.to_owned()))
}

fn unconnected() -> Result<String, Refused> {
    Err(Refused::Later("no connection".to_owned()))
}

#[tokio::test]
async fn a_message_that_never_left_is_in_no_doubt() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let silent = channel(&format!("https://{address}"));
    let begun = Instant::now();
    assert_eq!(
        send(&silent).await,
        unconnected(),
        "a server that takes no part in TLS"
    );
    assert!(
        (3..6).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
    drop(listener);
    assert_eq!(
        send(&channel(&format!("http://{address}"))).await,
        unconnected(),
        "nobody is there"
    );
    assert_eq!(
        send(&channel("https://gateway.invalid")).await,
        unconnected(),
        "no such name"
    );
    let plain = Gateway::saying(200, "{}").await;
    let tls = channel(&plain.url.replace("http:", "https:"));
    assert_eq!(send(&tls).await, unconnected(), "a server without TLS");
    assert_eq!(plain.requests(), [""; 0]);
}

#[tokio::test]
async fn a_connection_that_breaks_off_leaves_a_doubt_until_there_is_a_status() {
    for said in [
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "220 mail.example.com ESMTP\r\n",
    ] {
        let gateway = Gateway::that(Act::Cut(said.to_owned())).await;
        assert_eq!(
            send(&gateway.channel()).await,
            unknown("connection lost"),
            "{said:?}"
        );
        assert_eq!(
            gateway.requests().len(),
            1,
            "{said:?}: a message in doubt is not sent again by itself"
        );
    }
    let half = answer(200, r#"{"id": "7"}"#).replace("\"7\"}", "");
    let gateway = Gateway::that(Act::Cut(half)).await;
    assert_eq!(
        send(&gateway.channel()).await,
        Ok(String::new()),
        "it has the message"
    );
}

#[tokio::test]
async fn a_gateway_has_ten_seconds() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    let late = Gateway::that(Act::Late(answer(200, r#"{"id": "7"}"#))).await;
    let mute = Gateway::that(Act::Hang(String::new())).await;
    let slow = Gateway::that(Act::Hang(head.to_owned())).await;
    let [to_late, to_mute, to_slow] = [&late, &mute, &slow].map(Gateway::channel);
    let begun = Instant::now();
    let (from_late, from_mute, from_slow) = tokio::join!(send(&to_late), send(&to_mute), send(&to_slow));
    assert!(
        (10..13).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(from_late, Ok("7".to_owned()));
    assert_eq!(from_mute, unknown("no answer in time"));
    assert_eq!(
        from_slow,
        Ok(String::new()),
        "it has the message and is slow to name it"
    );
}

#[tokio::test]
async fn messages_share_a_connection_that_is_replaced_when_the_gateway_hangs_up() {
    let patient = Gateway::saying(200, "{}").await;
    let to_patient = patient.channel();
    for _ in 0..3 {
        assert_eq!(send(&to_patient).await, Ok(String::new()));
    }
    assert_eq!((patient.requests().len(), patient.connections()), (3, 1));

    let curt = Gateway::that(Act::Cut(answer(200, "{}"))).await;
    let to_curt = curt.channel();
    for _ in 0..3 {
        assert_eq!(send(&to_curt).await, Ok(String::new()));
        // Long enough for the client to see that the server has hung up.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((curt.requests().len(), curt.connections()), (3, 3));
}
