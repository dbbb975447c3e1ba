//! Pages that do not go on, for staff.

use serde_json::{Value, json};

use crate::{
    dead_letters,
    site::{Site, Who, numbered},
};

const PATH: &str = "/api/stuck-pages/";

/// A page that waits in the urgent lane, and whose message is lost; returns its id.
pub(crate) async fn lost(site: &Site) -> String {
    dead_letters::buried(site).await;
    let letters = site.get(Who::Superuser, "/api/dead-letters/urgent").await;
    let page = &letters.json["dead_letters"][0]["work"]["page"];
    page.as_str().unwrap().to_owned()
}

async fn release(site: &Site, page: &str) -> crate::site::Answer {
    let path = format!("{PATH}{page}/release/");
    site.call(Who::Admin, "POST", &path, Value::Null).await
}

#[tokio::test]
async fn staff_see_which_page_is_stuck_and_why_and_release_it() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let page = lost(&site).await;
    let none = site.get(Who::Admin, PATH).await;
    assert_eq!(
        (none.status.as_u16(), none.json),
        (200, json!({ "stuck_pages": [] }))
    );
    site.house.world.pass_seconds(600);
    let stuck = site.get(Who::Admin, PATH).await;
    assert_eq!(stuck.json["stuck_pages"][0]["id"], page.as_str());
    insta::assert_json_snapshot!("stuck_pages", numbered(stuck.json));

    let released = release(&site, &page).await;
    assert_eq!(released.status, 200);
    insta::assert_json_snapshot!("released_page", numbered(released.json));
    site.house.drain().await;
    assert_eq!(site.house.ses.mails().len(), 1);
    assert_eq!(site.get(Who::Admin, PATH).await.json["stuck_pages"], json!([]));
    assert_eq!(release(&site, &page).await.status, 409, "it is told");
}

#[tokio::test]
async fn a_page_that_there_is_not_is_not_found() {
    let site = Site::with(&[Who::Admin]).await;
    for page in ["x", "01990000-0000-7000-8000-000000000100", "..%2f", "0"] {
        assert_eq!(release(&site, page).await.status, 404, "{page}");
    }
}
