//! What is a hit, what a miss, and what no word.

use std::{
    io,
    time::{Duration, Instant},
};

use kabar_courier::Prober;
use kabar_domain::power::{Answer, Trouble};
use tokio::net::TcpListener;

use crate::server::{HERE, NAME, Server, failing, leading_to, target};

const FINE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn any_status_is_a_hit() {
    for status in [200, 204, 301, 401, 404, 500, 503] {
        let said = format!("HTTP/1.1 {status} So\r\nContent-Length: 1000000\r\n\r\n");
        let server = Server::proving(NAME, &said).await;
        let answer = server.prober_here(&[HERE]).probe(&server.page(NAME)).await;
        assert_eq!(answer, Answer::Hit, "{status}");
        assert_eq!(
            server.connections(),
            1,
            "{status}: nothing is followed or asked twice"
        );
    }
}

#[tokio::test]
async fn a_port_that_takes_a_connection_is_a_hit_whatever_it_speaks() {
    let server = Server::proving(NAME, "").await;
    let answer = server.prober_here(&[HERE]).probe(&server.tcp(NAME)).await;
    assert_eq!(answer, Answer::Hit);
}

#[tokio::test]
async fn one_address_of_a_name_that_answers_is_enough() {
    let server = Server::proving(NAME, FINE).await;
    let nobody = "127.0.0.2".parse().expect("an address");
    for addresses in [[nobody, HERE], [HERE, nobody]] {
        let prober = server.prober_here(&addresses);
        assert_eq!(prober.probe(&server.page(NAME)).await, Answer::Hit);
    }
}

#[tokio::test]
async fn what_is_refused_hangs_up_or_speaks_no_http_is_a_miss() {
    let server = Server::proving(NAME, "SSH-2.0-dropbear\r\n\r\n").await;
    assert_eq!(
        server.prober_here(&[HERE]).probe(&server.page(NAME)).await,
        Answer::Miss(Trouble::NoAnswer)
    );
    let free = TcpListener::bind((HERE, 0)).await.expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let prober = server.prober_here(&[HERE]);
    for raw in [format!("tcp://{NAME}:{port}"), format!("https://{NAME}:{port}")] {
        assert_eq!(
            prober.probe(&target(&raw)).await,
            Answer::Miss(Trouble::ConnectionRefused),
            "{raw}"
        );
    }
}

#[tokio::test]
async fn silence_is_a_miss_after_five_seconds() {
    let mute = Server::proving(NAME, "").await;
    let takes_no_part = TcpListener::bind((HERE, 0)).await.expect("a port");
    let port = takes_no_part.local_addr().expect("an address").port();
    let deaf = target(&format!("https://{NAME}:{port}"));
    let prober = mute.prober_here(&[HERE]);
    let begun = Instant::now();
    let page = mute.page(NAME);
    let answers = tokio::join!(prober.probe(&page), prober.probe(&deaf));
    let miss = Answer::Miss(Trouble::Timeout);
    assert_eq!(answers, (miss, miss), "in HTTP and in TLS");
    assert!(
        (5..7).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn an_address_book_that_does_not_answer_brings_no_word() {
    let server = Server::proving(NAME, FINE).await;
    for kind in [
        io::ErrorKind::NotFound,
        io::ErrorKind::TimedOut,
        io::ErrorKind::Other,
    ] {
        let prober = Prober::new(failing(kind), || unreachable!("nothing is connected to"));
        assert_eq!(
            prober.probe(&server.page(NAME)).await,
            Answer::NoWord(Trouble::NameNotFound),
            "{kind:?}"
        );
    }
    let none = Prober::new(leading_to(&[]), || unreachable!("nothing is connected to"));
    assert_eq!(
        none.probe(&server.page(NAME)).await,
        Answer::NoWord(Trouble::NameNotFound),
        "no address"
    );
}

#[tokio::test(start_paused = true)]
async fn an_address_book_that_hangs_brings_no_word() {
    let hangs = Prober::new(Box::new(|_| Box::pin(std::future::pending())), || {
        unreachable!("nothing is connected to")
    });
    let begun = tokio::time::Instant::now();
    assert_eq!(
        hangs.probe(&target("tcp://rumah.example.com:1")).await,
        Answer::NoWord(Trouble::Timeout)
    );
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
}

#[tokio::test]
async fn whoever_cannot_prove_the_name_brings_no_word() {
    let other = Server::proving("other.example.com", FINE).await;
    let prober = other.prober_here(&[HERE]);
    assert_eq!(
        prober.probe(&other.page(NAME)).await,
        Answer::NoWord(Trouble::Tls),
        "another's name"
    );
    assert_eq!(prober.probe(&other.page("other.example.com")).await, Answer::Hit);
    let stranger = Server::proving(NAME, FINE).await;
    assert_eq!(
        prober.probe(&stranger.page(NAME)).await,
        Answer::NoWord(Trouble::Tls),
        "nobody vouches"
    );
}
