//! The page behind the link in a mail to itself.

use kabar_app::telling::SentLetter;
use kabar_domain::{
    ids::{ClientId, MessageId, UserId},
    news::Addressee,
};
use kabar_testkit::Mail;
use serde_json::{Value, json};

use crate::{
    mailings, own_messages, sales,
    site::{Answer, Site, Who},
    unsubscribe::{self, press},
};

const SITE: &str = "https://kabar.example.com";

fn signed(site: &Site, person: Addressee, message: &str) -> String {
    let message = MessageId::parse(message).unwrap();
    let letter = SentLetter { person, message };
    site.house.links.key().letter_token(&letter)
}

/// The token of the link in a mail to a person about a region that they follow.
pub(crate) async fn token(site: &Site, user: UserId) -> String {
    let message = own_messages::message(site, user).await;
    signed(site, Addressee::User(user), &message)
}

/// The path of the link in a mail.
fn link(mail: &Mail) -> Option<&str> {
    let last = mail.text.lines().last()?;
    let (_, url) = last.split_once(&format!("{SITE}/m/"))?;
    Some(&last[last.len() - url.len() - "/m/".len()..])
}

/// What a mail says without the link to itself, in text and in HTML.
pub(crate) fn without_link(mail: &Mail) -> (String, String) {
    let path = link(mail).unwrap();
    let (text, _) = mail.text.trim_end().rsplit_once('\n').unwrap();
    // As it stands in HTML.
    let url = format!("{SITE}{path}").replace('/', "&#x2f;");
    let (before, rest) = mail.html.split_once(&format!("<br><a href=\"{url}\">")).unwrap();
    let (_, after) = rest.split_once("</a>").unwrap();
    (text.to_owned(), format!("{before}{after}"))
}

async fn opened(site: &Site, path: &str) -> Answer {
    let asked = (Who::Nobody, "GET", path, Value::Null);
    site.call_with(asked, ("accept", "text/html,application/xhtml+xml"))
        .await
}

fn last_mail(site: &Site) -> Mail {
    site.house.ses.mails().pop().unwrap()
}

#[tokio::test]
async fn it_shows_what_the_mail_said_why_it_came_and_what_its_reader_is_told() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    own_messages::message(&site, site.id_of(Who::User)).await;
    let mail = last_mail(&site);
    let path = link(&mail).unwrap().to_owned();
    let _ = site.house.meter().take();
    let page = opened(&site, &path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(site.house.meter().take_total().write < f64::EPSILON);
    for said in [
        "Your message",
        "The power is out: Bandung",
        "You follow the region.",
        "Saturday, 21 November 2026, 17:00 WIB",
        "<h2>Power is out in Bandung</h2>",
        "We will write once more, as soon as it is back.",
        "<a href=\"/me\">All that you are told: log in</a>",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(
        page.text.matches("value=\"stop\"").count(),
        1,
        "a mail is handed on"
    );
    assert!(
        !page.text.contains('@') && !page.text.contains("http"),
        "{}",
        page.text
    );
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), value);
    }
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );

    let action = page.text.split("action=\"").nth(1).unwrap();
    let (action, _) = action.split_once('"').unwrap();
    assert_eq!(press(&site, Who::Nobody, "POST", action).await.status, 200);
    let preferences = site.get(Who::User, "/api/users/me/preferences").await.json;
    assert_eq!(preferences["outages"]["email"], json!(false));
    let page = opened(&site, &path).await;
    assert_eq!(page.text.matches("value=\"stop\"").count(), 0);
    assert_eq!(page.text.matches("value=\"resume\"").count(), 1);

    let me = format!("/api/users/{}", site.id_of(Who::User));
    let change = json!({ "language": "id", "time_zone": "Asia/Jayapura" });
    site.call(Who::User, "PATCH", &me, change).await;
    let page = opened(&site, &path).await;
    for said in [
        "<html lang=\"id\">",
        "Listrik padam: Bandung",
        "Anda mengikuti wilayahnya.",
        "Sabtu, 21 November 2026, pukul 19.00 WIT",
        "Power is out in Bandung",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}

#[tokio::test]
async fn what_people_chose_is_text_on_it_and_no_place_of_the_page() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let name = "<script>alert(1)</script> {body} {heading} & \"B\"";
    let mut event = sales::event_body(None);
    event["name"] = name.into();
    let event = site.call(Who::Superuser, "POST", "/api/events", event).await.id();
    let ticket = sales::ticket_body(&event, name);
    let ticket = site
        .call(Who::Superuser, "POST", "/api/tickets", ticket)
        .await
        .id();
    site.call(
        Who::User,
        "POST",
        "/api/registrations",
        json!({ "ticket_id": ticket }),
    )
    .await;
    site.house.drain().await;
    let page = opened(&site, link(&last_mail(&site)).unwrap()).await;
    assert_eq!(page.text.matches("<script").count(), 0, "{}", page.text);
    assert!(
        !page.text.contains("<form"),
        "whoever a ticket is handed to turns nothing off"
    );
    assert!(
        page.text.contains(
            "Registration: &#60;script&#62;alert(1)&#60;/script&#62; {body} {heading} &#38; &#34;B&#34;"
        ),
        "{}",
        page.text
    );
    assert!(page.text.contains("You hold, or held, a ticket."));
}

#[tokio::test]
async fn a_mail_with_a_code_has_no_link_and_none_that_is_made_shows_it() {
    let site = Site::with(&[Who::User]).await;
    site.code("ulla@example.com").await;
    let mail = last_mail(&site);
    assert!(link(&mail).is_none() && !mail.text.contains("/m/") && !mail.html.contains("/m/"));
    let own = site.get(Who::User, "/api/users/me/messages").await.json;
    let (id, kind) = (&own["messages"][0]["id"], &own["messages"][0]["kind"]);
    assert_eq!(kind, "password_reset");
    let token = signed(
        &site,
        Addressee::User(site.id_of(Who::User)),
        id.as_str().unwrap(),
    );
    let page = opened(&site, &format!("/m/{token}")).await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("This link does not work"));
}

#[tokio::test]
async fn a_link_that_is_none_of_ours_is_not_found_and_what_is_no_longer_there_is_said_kindly() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let message = own_messages::message(&site, user).await;
    let good = signed(&site, Addressee::User(user), &message);
    let mut forged = good.clone().into_bytes();
    forged[25] = if forged[25] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    let other = unsubscribe::token(&site, user);
    for bad in [
        &good[1..],
        &good[..good.len() - 1],
        &forged,
        &other,
        "x",
        "%00",
        "%ff",
        "a%2Fb",
    ] {
        let path = format!("/m/{bad}");
        let answer = site.get(Who::Nobody, &path).await;
        assert_eq!(answer.status, 404, "{bad}");
        assert_eq!(answer.json["type"], "/docs/#problem-not-found", "{bad}");
        // What is no text at all is refused before anybody looks for a link.
        if bad != "%ff" {
            let page = opened(&site, &path).await;
            assert_eq!(page.status, 404, "{bad}");
            assert!(page.text.contains("This link does not work"), "{}", page.text);
        }
    }
    let unsubscribed = site.get(Who::Nobody, &format!("/u/{good}")).await;
    assert_eq!(unsubscribed.status, 404, "it is for this page only");

    let gone = async |token: &str| {
        let path = format!("/m/{token}");
        let page = opened(&site, &path).await;
        assert_eq!(page.status, 404);
        assert!(page.text.contains("This message is no longer here") && page.text.contains("lang=\"id\""));
        let answer = site.get(Who::Nobody, &path).await;
        assert_eq!(answer.json["type"], "/docs/#problem-not-found");
    };
    let never = "01a1fdad-0000-7000-8000-000100000101";
    gone(&signed(&site, Addressee::User(user), never)).await;
    for other in [
        Addressee::User(site.id_of(Who::Superuser)),
        Addressee::Client(ClientId::from_bytes(user.to_bytes())),
    ] {
        gone(&signed(&site, other, &message)).await;
    }
    site.call(Who::User, "DELETE", &format!("/api/users/{user}"), Value::Null)
        .await;
    site.house.drain().await;
    gone(&good).await;
}

#[tokio::test]
async fn a_client_reads_a_mailing_again_and_says_that_it_was_the_last() {
    let site = Site::with(&[Who::Superuser]).await;
    let client = json!({ "phone": "79160000001", "time_zone": "Asia/Jakarta", "email": "ayu@example.com",
        "first_name": "Ayu <b>", "language": "id" });
    let client = site
        .call(Who::Superuser, "POST", "/api/clients", client)
        .await
        .id();
    mailings::mailing(&site).await;
    site.house.drain().await;
    let path = link(&last_mail(&site)).unwrap().to_owned();
    let page = opened(&site, &path).await;
    for said in [
        "Dear Ayu &#60;b&#62;, we are open.",
        "<h2>Open</h2>",
        "Kirimannya untuk Anda.",
        "Kami mengirimi Anda surat edaran dari pengelola Kabar.",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(
        !page.text.contains('@') && !page.text.contains("7916"),
        "{}",
        page.text
    );
    assert_eq!(page.text.matches("<form").count(), 1);
    let (_, action) = page.text.split_once("action=\"").unwrap();
    let (action, _) = action.split_once('"').unwrap();
    press(&site, Who::Nobody, "POST", action).await;
    assert!(opened(&site, &path).await.text.contains("value=\"resume\""));

    let client = format!("/api/clients/{client}");
    site.call(Who::Superuser, "DELETE", &client, Value::Null).await;
    assert_eq!(opened(&site, &path).await.status, 404);
}

#[tokio::test]
async fn the_link_in_a_trial_shows_what_a_client_will_see() {
    let site = Site::with(&[Who::Superuser]).await;
    let id = mailings::mailing(&site).await;
    let url = format!("/api/mailings/{id}/test/");
    site.call(Who::Superuser, "POST", &url, json!({ "to": "ayu@example.com" }))
        .await;
    site.house.drain().await;
    let page = opened(&site, link(&last_mail(&site)).unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Dear friend, we are open.") && page.text.contains("Staff tried it out."));
}
