use kabar_local::Options;

use crate::{people, stack::Stack};

#[tokio::test]
async fn an_outage_elsewhere_is_mailed_while_a_city_is_being_told() {
    // Sixty mails a second of which 42 are urgent: the city takes the better part of half a minute.
    let stack = Stack::start(Options::default().with_parameter("SesRate", "60")).await;
    let city = stack.region("Jakarta").await;
    let village = stack.region("Lembang").await;
    people::crowd(&stack.local, &city, 1_000).await;
    stack.follower(&village, "sari", "id", "Asia/Jakarta").await;
    stack.say(&city, "off").await;
    stack.invoke("power-check", None).await;
    crate::stack::eventually("the city's mails are on their way", async || {
        (stack.mails().await.len() > 20).then_some(())
    })
    .await;
    stack.say(&village, "off").await;
    stack.invoke("power-check", None).await;
    stack.told(&village, "outage").await;
    let of_the_city = stack.mails().await.len() - 1;
    assert!(
        of_the_city < 900,
        "the village waited until {of_the_city} others were told"
    );
    assert_eq!(stack.told(&city, "outage").await["counts"]["sent"], 1_000);
}
