//! The gateway of text messages, as Kabar's own channel sees it.

use std::time::Duration;

use kabar_courier::Refused;
use kabar_domain::{ids::NoticeId, mailings::Phone};
use kabar_testkit::{Fault, House, SmsGateway, TextMessage};

#[tokio::test(start_paused = true)]
async fn it_takes_messages_and_fails_as_told() {
    let (house, gateway) = (House::new().await, SmsGateway::default());
    let channel = gateway.channel();
    let phone = Phone::parse("79161234567").unwrap();
    let message = NoticeId::new(&*house.world).page(1).message(1);
    let send = || channel.send(&phone, message, "Hi");

    assert_eq!(send().await, Ok(format!("gateway-{message}")));
    let hi = TextMessage {
        id: message.to_string(),
        phone: phone.as_str().to_owned(),
        text: "Hi".to_owned(),
    };
    assert_eq!(gateway.taken(), std::slice::from_ref(&hi));
    let unknown = |why: &str| Refused::Unknown(why.to_owned());
    for (fault, refused, taken) in [
        (Fault::Throttle, Refused::Throttled(None), 1),
        (Fault::Error, unknown("answered 500"), 1),
        (Fault::Hang, unknown("no answer in time"), 1),
        (Fault::Pause, Refused::Later("answered 403".to_owned()), 1),
        (Fault::Reject, Refused::ForGood("answered 400".to_owned()), 1),
        (Fault::AcceptThenFail, unknown("answered 500"), 2),
        (Fault::AcceptThenHang, unknown("no answer in time"), 3),
    ] {
        gateway.fail(fault, 1);
        assert_eq!(send().await, Err(refused), "{fault:?}");
        assert_eq!(gateway.taken().len(), taken, "{fault:?}");
    }
    gateway.fail(Fault::Late, 1);
    let answer = async {
        tokio::time::sleep(Duration::from_secs(9)).await;
        gateway.answer_late();
    };
    assert_eq!(tokio::join!(send(), answer).0, Ok(format!("gateway-{message}")));
    assert_eq!((gateway.calls(), gateway.taken()), (9, vec![hi; 4]));
}
