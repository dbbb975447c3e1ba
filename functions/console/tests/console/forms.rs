//! What forms say to whoever hears them, and to the browser that helps to fill them in.

use kabar_domain::people::Role;

use crate::{
    html::{attribute, controls, tags},
    site::Site,
};

/// What a browser may fill in, by the name of the control.
fn autofill(page: &str) -> Vec<(String, String)> {
    let all = controls(page).into_iter();
    let known =
        all.filter_map(|control| Some((control.name, attribute(&control.tag, "autocomplete")?.to_owned())));
    known.filter(|(_, what)| what != "off").collect()
}

#[tokio::test]
async fn advice_stays_where_there_is_an_error_and_both_are_heard_at_the_control() {
    let site = Site::new().await;
    let sent = [
        ("username", "uma"),
        ("email", "uma@example.com"),
        ("password", "1234"),
    ];
    let refused = site.nobody().post("/sign-up", &sent).await;
    assert_eq!(refused.status, 400);
    let all = controls(&refused.text);
    let password = all.iter().find(|control| control.name == "password").unwrap();
    let described = attribute(&password.tag, "aria-describedby").unwrap();
    assert!(
        described.starts_with("password-error-1 ") && described.ends_with(" password-hint"),
        "{described}"
    );
    for id in described.split(' ') {
        assert!(
            refused.text.contains(&format!(" id=\"{id}\"")),
            "{id}: {}",
            refused.text
        );
    }
}

#[tokio::test]
async fn errors_of_choices_are_heard_at_their_group() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let region = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];
    let region = susi.make("/regions", &region).await;
    let path = format!("/regions/{region}/do/follow");
    let refused = susi.post(&path, &[("once", "o")]).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    let group = tags(&refused.text, "fieldset")[0];
    assert_eq!(attribute(group, "aria-describedby"), Some("channels-error-1"));
    let boxes: Vec<_> = controls(&refused.text)
        .into_iter()
        .filter(|control| control.name == "channels")
        .collect();
    assert!(
        boxes.len() == 2
            && boxes
                .iter()
                .all(|one| attribute(&one.tag, "aria-invalid") == Some("true"))
    );
}

#[tokio::test]
async fn a_browser_fills_in_what_it_knows_of_its_reader_and_nothing_about_others() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, what)| ((*name).to_owned(), (*what).to_owned()))
            .collect()
    };
    let door = site.nobody().get("/login").await;
    assert_eq!(
        autofill(&door.text),
        named(&[("username", "username"), ("password", "current-password")])
    );
    let new = [
        ("username", "username"),
        ("email", "email"),
        ("password", "new-password"),
        ("first_name", "given-name"),
        ("last_name", "family-name"),
        ("language", "language"),
    ];
    assert_eq!(autofill(&site.nobody().get("/sign-up").await.text), named(&new));
    assert_eq!(
        autofill(&site.nobody().get("/forgot").await.text),
        named(&[("email", "email")])
    );
    let others = susi.get("/users/new").await;
    assert_eq!(autofill(&others.text), named(&[("password", "new-password")]));
    assert_eq!(autofill(&susi.get("/clients/new").await.text), named(&[]));
}

#[tokio::test]
async fn what_was_left_empty_is_asked_for_and_not_how_the_api_writes_it() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let sent = [
        ("name", "Jazz"),
        ("start_time", ""),
        ("end_time", "soon"),
        ("quota", ""),
    ];
    let refused = susi.post("/events", &sent).await;
    refused.has(&[
        "id=\"start_time-error-1\">This field is required.<",
        "id=\"end_time-error-1\">Must be a time such as",
        "id=\"quota-error-1\">This field is required.<",
    ]);
}

#[tokio::test]
async fn whatever_looks_again_by_itself_can_be_paused() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    for path in ["/", "/brake"] {
        susi.get(path).await.has(&[
            "data-pause=\"Go on updating\" hidden>Pause updates</button>",
            "data-live=",
        ]);
    }
}
