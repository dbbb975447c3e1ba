//! A form that is sent twice, and one that comes late.

use crate::{html::hidden, site::Site};

const REGION: [(&str, &str); 2] = [("name", "Bandung"), ("time_zone", "Asia/Jakarta")];

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_thing_and_says_so() {
    let site = Site::new().await;
    let susi = site.person("susi", "superuser").await;
    let once = site.once(&susi, "/regions").await;
    let form = [&REGION[..], &[("once", once.as_str())]].concat();
    let first = site.post(&susi, "/regions", &form).await;
    assert_eq!(first.status, 303, "{}", first.text);
    let second = site.post(&susi, "/regions", &form).await;
    assert_eq!(second.status, 409);
    second.has(&["<h1>This was sent before</h1>", "not again now"]);
    let list = site.get(&susi, "/regions").await;
    assert_eq!(list.text.matches(">Bandung<").count(), 1, "{}", list.text);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_at_once_makes_one_thing() {
    let site = Site::new().await;
    let susi = site.person("susi", "superuser").await;
    let once = site.once(&susi, "/regions").await;
    let form = [&REGION[..], &[("once", once.as_str())]].concat();
    let (one, two) = tokio::join!(
        site.post(&susi, "/regions", &form),
        site.post(&susi, "/regions", &form)
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", one.text, two.text);
    let list = site.get(&susi, "/regions").await;
    assert_eq!(list.text.matches(">Bandung<").count(), 1);
}

#[tokio::test]
async fn a_change_of_what_changed_meanwhile_is_refused() {
    let site = Site::new().await;
    let susi = site.person("susi", "superuser").await;
    let region = site.make(&susi, "/regions", &REGION).await;
    let path = format!("/regions/{region}/edit");
    let form = site.get(&susi, &path).await;
    let tag = hidden(&form.text, "tag").replace("&#34;", "\"");
    assert!(!tag.is_empty());
    let named = |name: &'static str| [("name", name), REGION[1], ("tag", tag.as_str())];
    assert_eq!(site.post(&susi, &path, &named("Bandung Raya")).await.status, 303);
    let late = site.post(&susi, &path, &named("Bandung Kota")).await;
    assert_eq!(late.status, 412);
    late.has(&["<h1>It was changed meanwhile</h1>"]);
    site.get(&susi, "/regions").await.has(&["Bandung Raya"]);

    let gone = site
        .post(
            &susi,
            &format!("/regions/{region}/do/delete"),
            &[("tag", tag.as_str())],
        )
        .await;
    assert_eq!(
        gone.status, 412,
        "what was seen is not what would go: {}",
        gone.text
    );
}
