//! Where no probe goes: by whichever way a target leads there.

use std::net::IpAddr;

use kabar_courier::{Prober, look_up};
use kabar_domain::power::{Answer, Trouble};

use crate::server::{HERE, NAME, Server, rebinding, target};

fn address(raw: &str) -> IpAddr {
    raw.parse().expect("an address")
}

/// Nobody here would answer under any of these but the first; that nobody was asked is what matters.
#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_not_connected_to() {
    let server = Server::proving(NAME, "HTTP/1.1 200 OK\r\n\r\n").await;
    for private in [
        "127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fd00:ec2::254",
        "fe80::1",
    ] {
        let prober = server.prober(&[address(private)]);
        for target in [server.page(NAME), server.tcp(NAME)] {
            assert_eq!(
                prober.probe(&target).await,
                Answer::NoWord(Trouble::RefusedAddress),
                "{private}"
            );
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn one_private_address_among_public_ones_refuses_the_name() {
    let server = Server::proving(NAME, "HTTP/1.1 200 OK\r\n\r\n").await;
    let public = address("93.184.216.34");
    for addresses in [[public, HERE], [HERE, public]] {
        let prober = server.prober(&addresses);
        assert_eq!(
            prober.probe(&server.tcp(NAME)).await,
            Answer::NoWord(Trouble::RefusedAddress)
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_that_rebinds_after_the_look_up_gains_nothing() {
    let server = Server::proving(NAME, "HTTP/1.1 200 OK\r\n\r\n").await;
    // Looked up as one that may be probed, at which nobody is; whoever looked it up again would find the server.
    let may_probe = |found: IpAddr| found == IpAddr::from([127, 0, 0, 2]);
    for target in [server.page(NAME), server.tcp(NAME)] {
        let prober = Prober::new(rebinding(address("127.0.0.2"), HERE), || {
            unreachable!("nobody answers, so nobody has to prove anything")
        });
        let prober = prober.allowing(may_probe);
        assert_eq!(
            prober.probe(&target).await,
            Answer::Miss(Trouble::ConnectionRefused)
        );
        assert_eq!(
            server.connections(),
            0,
            "the address that was judged is the one that is connected to"
        );
        assert_eq!(
            prober.probe(&target).await,
            Answer::NoWord(Trouble::RefusedAddress),
            "and each try judges anew"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_an_answer_and_not_followed() {
    let inner = Server::proving("inner.example.com", "HTTP/1.1 200 OK\r\n\r\n").await;
    for status in [301, 302, 303, 307, 308] {
        let said = format!(
            "HTTP/1.1 {status} There\r\nLocation: https://127.0.0.1:{}/\r\nContent-Length: 0\r\n\r\n",
            inner.port
        );
        let server = Server::proving(NAME, &said).await;
        let prober = server.prober_here(&[HERE]);
        assert_eq!(prober.probe(&server.page(NAME)).await, Answer::Hit, "{status}");
        assert_eq!(server.connections(), 1);
    }
    assert_eq!(inner.connections(), 0);
}

#[tokio::test]
async fn an_address_that_became_private_after_it_was_taken_is_refused_without_a_look_up() {
    let server = Server::proving(NAME, "HTTP/1.1 200 OK\r\n\r\n").await;
    let prober = server.prober(&[]).allowing(|_| false);
    assert_eq!(
        prober.probe(&target("tcp://93.184.216.34:443")).await,
        Answer::NoWord(Trouble::RefusedAddress)
    );
}

#[tokio::test]
async fn this_machines_own_names_lead_nowhere() {
    let server = Server::proving(NAME, "HTTP/1.1 200 OK\r\n\r\n").await;
    let prober = Prober::new(look_up(), || unreachable!("nothing is connected to"));
    let own = target(&format!("tcp://localhost.localdomain:{}", server.port));
    assert!(matches!(prober.probe(&own).await, Answer::NoWord(_)));
    assert_eq!(server.connections(), 0);
}
