//! Mailings to phones, through a gateway that fails (D8 of SPEC §11).

use std::collections::BTreeMap;

use kabar_domain::{
    World,
    ids::MailingId,
    mailings::{MailingSays, Wording},
    news::Status,
    power::Channel,
};
use kabar_testkit::{BERLIN, Fault, House, JAKARTA};

use crate::mailings_common::{assert_counted, clients, hours, pass, says, window};

fn by_phone(house: &House) -> MailingSays {
    MailingSays {
        channel: Channel::Sms,
        subject: None,
        ..says(house)
    }
}

/// A mailing to the phones of so many people, after all that its first round brings.
async fn mailing(house: &House, people: u32) -> MailingId {
    clients(house, people, &[JAKARTA]).await;
    let mailed = house.app.add_mailing(by_phone(house)).await.unwrap();
    house.drain().await;
    mailed.mailing.id
}

/// How often each phone got the message.
fn texted(house: &House) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for message in house.gateway.taken() {
        *times.entry(message.phone).or_default() += 1;
    }
    times
}

#[tokio::test]
async fn each_phone_gets_the_text_in_its_owner_s_words_and_hours_under_the_message_s_id() {
    let house = House::new().await;
    let all = clients(&house, 6, &[JAKARTA, BERLIN]).await;
    let new = MailingSays {
        text: Wording::text("Power is back, {{first_name}}.", 1000).unwrap(),
        // It is five in the afternoon in Jakarta, eleven in the morning in Berlin.
        window: Some(window("08:00", "17:00")),
        ..by_phone(&house)
    };
    let mailed = house.app.add_mailing(new).await.unwrap();
    house.drain().await;
    assert_eq!(house.gateway.taken().len(), 3, "those in Berlin");
    pass(&house, house.world.now() + hours(24), hours(1)).await;

    let rows = house.messages(mailed.mailing.notice).await;
    for text in house.gateway.taken() {
        let client = all
            .iter()
            .find(|client| client.phone.as_str() == text.phone)
            .unwrap();
        assert_eq!(text.text, format!("Power is back, {}.", client.first_name));
        let row = rows.iter().find(|row| row.id.to_string() == text.id).unwrap();
        assert_eq!(row.outcome.provider_id, Some(format!("gateway-{}", text.id)));
    }
    assert_eq!(texted(&house).len(), 6);
    assert!(house.ses.mails().is_empty(), "nobody gets mail of it");
    let tally = assert_counted(&house, mailed.mailing.id).await;
    assert_eq!((tally.count(Status::Sent), tally.total()), (6, 6));
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_is_slow_or_broken_takes_each_message_in_the_end_twice_only_what_was_in_doubt() {
    for (fault, is_taken, is_in_doubt) in [
        (Fault::Throttle, false, false),
        (Fault::Pause, false, false),
        (Fault::Error, false, true),
        (Fault::Hang, false, true),
        (Fault::AcceptThenFail, true, true),
        (Fault::AcceptThenHang, true, true),
    ] {
        let house = House::new().await;
        house.gateway.fail(fault, 3);
        let id = mailing(&house, 12).await;
        pass(&house, house.world.now() + hours(3), hours(1)).await;
        let tally = assert_counted(&house, id).await;
        assert_eq!((tally.count(Status::Sent), tally.total()), (12, 12), "{fault:?}");
        assert_eq!(tally.in_doubt, u32::from(is_in_doubt) * 3, "{fault:?}");
        let times = texted(&house);
        let twice = times.values().filter(|times| **times == 2).count();
        assert_eq!((times.len(), twice), (12, usize::from(is_taken) * 3), "{fault:?}");
    }
}

#[tokio::test]
async fn a_gateway_that_answers_500_has_sent_nothing_and_what_it_never_takes_expires() {
    let house = House::new().await;
    clients(&house, 5, &[JAKARTA]).await;
    house.gateway.always(Some(Fault::Error));
    let new = MailingSays {
        end_time: house.world.now() + hours(6),
        ..by_phone(&house)
    };
    let id = house.app.add_mailing(new).await.unwrap().mailing.id;
    house.drain().await;
    let tally = assert_counted(&house, id).await;
    assert_eq!(tally.count(Status::Error), 5);
    pass(&house, house.world.now() + hours(7), hours(1)).await;
    let tally = assert_counted(&house, id).await;
    assert_eq!((tally.count(Status::Expired), tally.total()), (5, 5));
    let tries = house.gateway.calls() / 5;
    assert!(
        (7..12).contains(&tries),
        "{tries}: after a minute, then backing off to an hour"
    );
    house.gateway.always(None);
    house.settle().await;
    assert!(house.gateway.taken().is_empty(), "nobody is told after the end");
}

#[tokio::test]
async fn a_message_that_the_gateway_refuses_for_good_is_not_tried_again() {
    let house = House::new().await;
    house.gateway.always(Some(Fault::Reject));
    let id = mailing(&house, 5).await;
    let tally = assert_counted(&house, id).await;
    assert_eq!((tally.count(Status::Failed), tally.total()), (5, 5));
    house.settle().await;
    assert_eq!(house.gateway.calls(), 5);
}
