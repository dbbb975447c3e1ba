use serde_json::{Value, json};

use crate::site::{Site, Who};

#[tokio::test]
async fn followers_see_themselves_and_staff_see_all() {
    let site = Site::new().await;
    let path = format!("/api/regions/{}/followers/", site.region().await);
    let first = site.call(Who::User, "POST", &path, Value::Null).await;
    assert_eq!(first.status, 201);
    site.house.world.pass_seconds(60);
    let again = site.call(Who::User, "POST", &path, json!({})).await;
    assert_eq!((again.status.as_u16(), &again.json), (200, &first.json));
    site.call(
        Who::Organizer,
        "POST",
        &path,
        json!({ "channels": ["email", "email"] }),
    )
    .await;
    let seen = |who| {
        let (site, path) = (&site, &path);
        async move {
            site.get(who, path).await.json["followers"]
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(
        (
            seen(Who::User).await,
            seen(Who::Organizer).await,
            seen(Who::Admin).await
        ),
        (1, 1, 2)
    );
    let own = format!("{path}{}", site.id_of(Who::User));
    assert_eq!(
        site.call(Who::User, "DELETE", &own, Value::Null).await.status,
        204
    );
    assert_eq!(
        site.call(Who::User, "DELETE", &own, Value::Null).await.status,
        404
    );
    assert_eq!(seen(Who::User).await, 0);
}
