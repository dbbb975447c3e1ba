//! News to write letters of.

use jiff::Timestamp;
use kabar_domain::{
    Zone,
    events::{Money, PaymentMethod},
    ids::{
        EventId, HomeId, MailingId, OutageId, PaymentId, PlannedCutId, RegionId, RegistrationId, TicketId,
        UserId,
    },
    mailings::Wording,
    news::{EventFacts, Kind, News, PlannedFacts, TicketFacts},
    power::{Channel, Cut, OutageKey, Place},
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Words as they can be saved, which have no control characters.
fn text(raw: &str) -> Wording {
    let is_fine = |c: &char| *c == '\n' || !c.is_control();
    Wording::text(&raw.chars().filter(is_fine).collect::<String>(), usize::MAX).unwrap()
}

fn line(raw: &str) -> Wording {
    let raw: String = raw.chars().filter(|c| !c.is_control()).collect();
    Wording::line(&raw, usize::MAX).unwrap()
}

fn jakarta() -> Zone {
    Zone::parse("Asia/Jakarta").unwrap()
}

/// An event and its place, called so.
pub(crate) fn event(called: &str) -> EventFacts {
    EventFacts {
        id: EventId::from_bytes([5; 16]),
        name: called.to_owned(),
        starts_at: at("2026-12-05T12:00:00Z"),
        ends_at: at("2026-12-05T15:00:00Z"),
        location: called.to_owned(),
        zone: jakarta(),
        is_cancelled: false,
        sequence: 86_400,
    }
}

/// A planned cut, called so and for that reason.
fn planned(called: &str) -> PlannedFacts {
    PlannedFacts {
        id: PlannedCutId::from_bytes([11; 16]),
        region: RegionId::from_bytes([1; 16]),
        called: called.to_owned(),
        zone: jakarta(),
        time: Cut {
            start: at("2026-11-23T02:00:00Z"),
            end: at("2026-11-23T05:30:00Z"),
        },
        reason: called.to_owned(),
        is_cancelled: false,
    }
}

/// The news of a kind that has the most to say.
pub(crate) fn main(kind: Kind, called: &str) -> News {
    let region = RegionId::from_bytes([1; 16]);
    let outage = OutageKey {
        place: Place::Region(region),
        started_at: at("2026-11-21T10:00:00Z"),
        id: OutageId::from_bytes([2; 16]),
    };
    let of_home = OutageKey {
        place: Place::Home(HomeId::from_bytes([10; 16])),
        ..outage
    };
    let registration = RegistrationId::from_bytes([4; 16]);
    let ticket = |name: &str, id: u8| TicketFacts {
        id: TicketId::from_bytes([id; 16]),
        name: name.to_owned(),
    };
    let called_so = called.to_owned();
    match kind {
        Kind::Outage => News::Outage {
            outage,
            region: called_so,
            zone: jakarta(),
        },
        Kind::Restored => News::Restored {
            outage,
            ended_at: at("2026-11-21T17:10:00Z"),
            region: called_so,
            zone: jakarta(),
        },
        Kind::HomeOutage => News::HomeOutage {
            outage: of_home,
            home: called_so,
            zone: jakarta(),
            is_silence: true,
        },
        Kind::HomeRestored => News::HomeRestored {
            outage: of_home,
            ended_at: at("2026-11-21T17:10:00Z"),
            home: called_so,
            zone: jakarta(),
            is_silence: true,
        },
        Kind::PlannedCut => News::PlannedCut { cut: planned(called) },
        Kind::PlannedCutChanged => News::PlannedCutChanged {
            was: Cut {
                start: at("2026-11-23T01:00:00Z"),
                end: at("2026-11-23T04:00:00Z"),
            },
            cut: planned(called),
        },
        Kind::PasswordReset => News::PasswordReset {
            user: UserId::from_bytes([3; 16]),
            requested_at: at("2026-11-21T10:00:00Z"),
        },
        Kind::Registration => News::Registered {
            registration,
            event: event(called),
            ticket: called_so,
            registered_at: at("2026-11-21T10:00:00Z"),
        },
        Kind::RegistrationChanged => News::RegistrationChanged {
            registration,
            event: event(called),
            was: ticket("Festival", 6),
            ticket: ticket(called, 7),
        },
        Kind::RegistrationCancelled => News::RegistrationCancelled {
            registration,
            event: event(called),
            ticket: called_so,
        },
        Kind::Payment => News::PaymentCompleted {
            payment: PaymentId::from_bytes([8; 16]),
            registration,
            event: event(called),
            ticket: called_so,
            amount: Money::from_minor(15_000_000).unwrap(),
            method: PaymentMethod::BankTransfer,
            paid_at: at("2026-11-21T10:00:00Z"),
        },
        Kind::EventChanged => News::EventChanged {
            was: EventFacts {
                starts_at: at("2026-12-05T10:30:00Z"),
                ends_at: at("2026-12-05T13:30:00Z"),
                location: "Aula Barat".to_owned(),
                ..event(called)
            },
            event: event(called),
        },
        Kind::Reminder => News::Reminder {
            event: event(called),
            registration: None,
        },
        Kind::Mailing => News::Mailing {
            mailing: MailingId::from_bytes([9; 16]),
            channel: Channel::Email,
            subject: Some(line(&called_so)),
            text: text(&format!(
                "{called},\r\nwe are closed on Monday.\n\n\nSee you on Tuesday:\n- {called}\n"
            )),
        },
        Kind::Test => News::Test {
            requested_at: at("2026-11-21T10:00:00Z"),
        },
    }
}

/// What else can be said, with the tickets that its reader holds.
pub(crate) fn others() -> Vec<(&'static str, News, Vec<&'static str>)> {
    let concert = || event("Konser Senja");
    let change = |what, was: EventFacts, event: EventFacts| (what, News::EventChanged { was, event }, vec![]);
    let cancelled = |event: EventFacts| EventFacts {
        is_cancelled: true,
        ..event
    };
    let at_home = |event: EventFacts| EventFacts {
        location: String::new(),
        ..event
    };
    let earlier = || EventFacts {
        starts_at: at("2026-12-04T12:00:00Z"),
        ..concert()
    };
    let longer = || EventFacts {
        ends_at: at("2026-12-05T16:00:00Z"),
        ..concert()
    };
    let inverted = || EventFacts {
        ends_at: at("2026-12-05T11:00:00Z"),
        ..concert()
    };
    let far = |event: EventFacts| EventFacts {
        zone: Zone::parse("Asia/Jayapura").unwrap(),
        ..event
    };
    let payment = |minor, method| {
        let mut news = main(Kind::Payment, "Konser Senja");
        if let News::PaymentCompleted {
            amount, method: how, ..
        } = &mut news
        {
            (*amount, *how) = (Money::from_minor(minor).unwrap(), method);
        }
        news
    };
    let mailing = News::Mailing {
        mailing: MailingId::from_bytes([9; 16]),
        channel: Channel::Email,
        subject: None,
        text: text("See you."),
    };
    let said = |kind| {
        let mut news = main(kind, "Rumah Dago");
        if let News::HomeOutage { is_silence, .. } | News::HomeRestored { is_silence, .. } = &mut news {
            *is_silence = false;
        }
        news
    };
    let planned_anew = |change: fn(&mut PlannedFacts, &mut Cut)| {
        let mut news = main(Kind::PlannedCutChanged, "Bandung");
        if let News::PlannedCutChanged { was, cut } = &mut news {
            change(cut, was);
        }
        news
    };
    let planned_for_no_reason = News::PlannedCut {
        cut: PlannedFacts {
            reason: String::new(),
            ..planned("Bandung")
        },
    };
    let no_cut = planned_anew(|cut, was| (cut.is_cancelled, cut.time) = (true, *was));
    let no_cut_far = planned_anew(|cut, was| {
        (cut.is_cancelled, cut.time, cut.reason) = (true, *was, String::new());
        cut.zone = Zone::parse("Asia/Jayapura").unwrap();
    });
    let longer_cut = planned_anew(|cut, was| was.start = cut.time.start);
    let left = main(Kind::RegistrationCancelled, "Konser Senja");
    let reminder = main(Kind::Reminder, "Konser Senja");
    let renamed = EventFacts {
        name: "Konser Pagi".to_owned(),
        ..earlier()
    };
    vec![
        change("new_start", earlier(), concert()),
        change("new_end", concert(), longer()),
        change("end_mended", inverted(), longer()),
        change("end_wrong", concert(), inverted()),
        change("new_place", at_home(concert()), concert()),
        change("no_place_yet", concert(), at_home(concert())),
        change("renamed", renamed, concert()),
        change("cancelled", earlier(), cancelled(concert())),
        change("cancelled_no_place", at_home(earlier()), cancelled(concert())),
        change("cancelled_far", far(concert()), far(cancelled(concert()))),
        change("back", cancelled(concert()), concert()),
        change("back_elsewhere", cancelled(earlier()), at_home(concert())),
        ("out_at_home", said(Kind::HomeOutage), vec![]),
        ("back_at_home", said(Kind::HomeRestored), vec![]),
        ("no_reason", planned_for_no_reason, vec![]),
        ("cancelled", no_cut, vec![]),
        ("cancelled_far", no_cut_far, vec![]),
        ("longer", longer_cut, vec![]),
        ("by_card", payment(1_250, PaymentMethod::CreditCard), vec![]),
        ("by_qris", payment(2_500_000, PaymentMethod::Qris), vec![]),
        ("in_cash", payment(100_000, PaymentMethod::Cash), vec![]),
        ("one_left", left.clone(), vec!["Festival"]),
        ("two_left", left, vec!["Festival", "VIP, depan"]),
        ("one_ticket", reminder.clone(), vec!["Festival"]),
        ("no_ticket", reminder, vec![]),
        ("no_subject", mailing, vec![]),
    ]
}
