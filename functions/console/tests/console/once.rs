//! A form that is sent twice, and one that comes late.

use kabar_domain::people::Role;
use kabar_testkit::PASSWORD;

use crate::{html::hidden, site::Site};

const REGION: [(&str, &str); 2] = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_thing_and_says_so() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let once = susi.once("/regions").await;
    let form = [&REGION[..], &[("once", once.as_str())]].concat();
    let first = susi.post("/regions", &form).await;
    assert_eq!(first.status, 303, "{}", first.text);
    let second = susi.post("/regions", &form).await;
    assert_eq!(second.status, 409);
    second.has(&["<h1>This was sent before</h1>", "not again now"]);
    let list = susi.get("/regions").await;
    assert_eq!(list.text.matches(">Bandung<").count(), 1, "{}", list.text);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_at_once_makes_one_thing() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let once = susi.once("/regions").await;
    let form = [&REGION[..], &[("once", once.as_str())]].concat();
    let (one, two) = tokio::join!(susi.post("/regions", &form), susi.post("/regions", &form));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", one.text, two.text);
    let list = susi.get("/regions").await;
    assert_eq!(list.text.matches(">Bandung<").count(), 1);
}

#[tokio::test]
async fn a_change_of_what_changed_meanwhile_is_refused() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let region = susi.make("/regions", &REGION).await;
    let path = format!("/regions/{region}/edit");
    let form = susi.get(&path).await;
    let tag = hidden(&form.text, "tag");
    assert!(!tag.is_empty());
    let named = |name: &'static str| [("name", name), REGION[1], ("tag", tag.as_str())];
    assert_eq!(susi.post(&path, &named("Bandung Raya")).await.status, 303);
    let late = susi.post(&path, &named("Bandung Kota")).await;
    assert_eq!(late.status, 412);
    late.has(&["<h1>It was changed meanwhile</h1>"]);
    susi.get("/regions").await.has(&["Bandung Raya"]);

    let gone = susi
        .post(&format!("/regions/{region}/do/delete"), &[("tag", tag.as_str())])
        .await;
    assert_eq!(
        gone.status, 412,
        "what was seen is not what would go: {}",
        gone.text
    );
}

#[tokio::test]
async fn a_form_that_is_sent_again_with_something_else_says_that_it_was_done() {
    let site = Site::new().await;
    let susi = site.person("susi", &[Role::Superuser]).await;
    let once = susi.once("/regions").await;
    let named = |name: &'static str| [("name", name), REGION[1], ("once", once.as_str())];
    assert_eq!(susi.post("/regions", &named("Bandung")).await.status, 303);
    let other = susi.post("/regions", &named("Bogor")).await;
    assert_eq!(other.status, 422);
    other.has(&["<h1>This was sent before</h1>", "open the page anew"]);
    let list = susi.get("/regions").await;
    assert!(!list.text.contains("Bogor"), "{}", list.text);
}

#[tokio::test]
async fn what_is_done_by_a_form_that_is_sent_twice_is_done_once() {
    let site = Site::new().await;
    let (susi, sari) = (
        site.person("susi", &[Role::Superuser]).await,
        site.person("sari", &[]).await,
    );
    let region = susi.make("/regions", &REGION).await;
    let path = format!("/regions/{region}/do/follow");
    let form = |once: String| [("channels", "email".to_owned()), ("once", once)];
    let send = async |once: &str| {
        let form = form(once.to_owned());
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        sari.post(&path, &form).await
    };
    let once = hidden(&sari.get(&path).await.text, "once");
    assert_eq!(send(&once).await.status, 303);
    assert_eq!(send(&once).await.status, 409);

    // Another form of the same kind finds that it is so already, and says so.
    let anew = hidden(&sari.get(&path).await.text, "once");
    let already = send(&anew).await;
    let there = already.header(axum::http::header::LOCATION);
    assert_eq!(there, format!("/regions/{region}?done=already"));
    sari.get(there).await.has(&["That was there already"]);
}

#[tokio::test]
async fn whoever_signs_up_twice_by_one_form_has_one_account_and_is_inside() {
    let site = Site::new().await;
    let page = site.nobody().get("/sign-up").await;
    let once = hidden(&page.text, "once");
    let form = [
        ("username", "budi"),
        ("email", "budi@example.com"),
        ("password", PASSWORD),
        ("once", once.as_str()),
    ];
    for _ in 0..2 {
        let inside = site.nobody().post("/sign-up", &form).await;
        assert_eq!(
            (inside.status, inside.header(axum::http::header::LOCATION)),
            (303, "/?done=welcome"),
            "{}",
            inside.text
        );
    }
    let page = site.nobody().get("/sign-up").await;
    let once = hidden(&page.text, "once");
    let form = [form[0], form[1], form[2], ("once", once.as_str())];
    let taken = site.nobody().post("/sign-up", &form).await;
    assert_eq!(taken.status, 400);
    assert_eq!(
        hidden(&taken.text, "once"),
        once,
        "it is mended and sent once more"
    );
    let other = [
        ("username", "wati"),
        ("email", "wati@example.com"),
        form[2],
        form[3],
    ];
    assert_eq!(site.nobody().post("/sign-up", &other).await.status, 303);
    let third = [
        ("username", "yanti"),
        ("email", "yanti@example.com"),
        form[2],
        form[3],
    ];
    let spent = site.nobody().post("/sign-up", &third).await;
    assert_eq!(spent.status, 422);
    spent.has(&["This form made an account already"]);
    let anew = hidden(&spent.text, "once");
    assert_ne!(anew, once);
    let third = [third[0], third[1], third[2], ("once", anew.as_str())];
    assert_eq!(site.nobody().post("/sign-up", &third).await.status, 303);
}
