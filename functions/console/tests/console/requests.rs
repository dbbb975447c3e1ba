//! What every request has, and what no form is.

use axum::{
    body::Body,
    http::{HeaderName, Request, header},
};

use crate::{common::HERE, site::Site};

const ID: HeaderName = HeaderName::from_static("x-request-id");

#[tokio::test]
async fn a_request_has_an_id_of_its_own_or_the_one_that_it_came_with() {
    let site = Site::new().await;
    let get = async |id: Option<&str>| {
        let mut request = Request::get("/login");
        if let Some(id) = id {
            request = request.header(ID, id);
        }
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        answer.header(ID).to_owned()
    };
    assert_eq!(get(Some("of-the-front-door")).await, "of-the-front-door");
    let (one, other) = (get(None).await, get(Some("two words")).await);
    assert!(
        one.len() >= 16 && other.len() >= 16 && one != other,
        "{one} {other}"
    );
}

#[tokio::test]
async fn a_body_that_is_no_form_is_not_taken_for_too_large() {
    let site = Site::new().await;
    let send = async |kind: &str, body: Vec<u8>| {
        let request = Request::post("/login")
            .header(header::ORIGIN, HERE)
            .header(header::CONTENT_TYPE, kind);
        site.send(request.body(Body::from(body)).unwrap()).await.status
    };
    let cut = b"--edge\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nsa".to_vec();
    let odd = b"--edge\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\n\xff\r\n--edge--\r\n";
    assert_eq!(send("multipart/form-data; boundary=edge", cut).await, 400);
    assert_eq!(
        send("multipart/form-data; boundary=edge", odd.to_vec()).await,
        400
    );
    assert_eq!(send("multipart/form-data", Vec::new()).await, 400);
    let form = "application/x-www-form-urlencoded";
    assert_eq!(send(form, vec![b'a'; (1 << 20) + 1]).await, 413);
}
