//! Serves the API on a free port over a house of the testkit, for tools that call it from outside, and prints as a line of
//! JSON where, and a token for each kind of caller: `cargo run -p kabar-api --example site`.
//!
//! Nothing outlives it. Its clock stands still and its chance repeats. What a call puts on a queue is done once the call is
//! answered.
#![expect(clippy::expect_used, reason = "a site that cannot be set up is none")]

use std::sync::Arc;

use axum::{extract::State, middleware::map_response_with_state, response::Response};
use kabar_app::{
    App,
    events::{NewEvent, NewPayment, NewPoster, NewRegistration, NewTicket},
    people::{NewUser, make_superuser},
    power::{NewDetector, NewFollowing, NewHome},
};
use kabar_domain::{
    Language, World,
    events::{EventStatus, Image, Money, PaymentMethod, PaymentStatus, Ticket},
    ids::{EventId, RegionId, SessionId, UserId},
    people::{Caller, GroupName, Password},
    power::{Channel, Means, Thresholds, Word},
};
use kabar_testkit::{House, JAKARTA, PASSWORD, Person, pictures::PNG};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, sync::Notify};

/// The kinds of callers that have an account; a leaver is a user whose sessions may be ended.
const KINDS: [&str; 5] = ["user", "organizer", "admin", "superuser", "leaver"];
/// How many of each thing there are: more than callers who try every route remove.
const THINGS: u32 = 20;
/// How many pages are stuck, each of a region of its own.
const STUCK: u32 = 5;
/// After this time a page is stuck that nobody has looked at.
const STUCK_AFTER: i64 = 600;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let house = House::new().await;
    let mut tokens = Map::new();
    let mut callers = Vec::new();
    for kind in KINDS {
        let token = account(&house, kind).await;
        callers.push(house.app.authenticate(&token).await.expect("a new token"));
        tokens.insert(kind.to_owned(), Value::String(token));
    }
    furnish(&house, &callers).await;

    let answered = Arc::new(Notify::new());
    let service = kabar_api::service(house.app.clone(), Vec::new());
    let service = service.layer(map_response_with_state(Arc::clone(&answered), note));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    println!(
        "{}",
        json!({ "url": format!("http://{address}"), "tokens": tokens })
    );
    let serve = async { axum::serve(listener, service).await.expect("the service goes on") };
    let deliver = async {
        loop {
            answered.notified().await;
            house.drain().await;
        }
    };
    tokio::select! { () = serve => {}, () = deliver => {} }
}

/// Notes that a request was answered, which may have left something on the queues.
async fn note(State(answered): State<Arc<Notify>>, response: Response) -> Response {
    answered.notify_one();
    response
}

/// An account of somebody of this kind, who is called so; returns a token of theirs.
async fn account(house: &House, kind: &str) -> String {
    let App {
        people,
        passwords,
        world,
        ..
    } = &house.app;
    let profile = Person {
        name: kind,
        language: Language::En,
        zone: JAKARTA,
    }
    .profile();
    let password = Password::parse(PASSWORD, Some(&profile.username)).expect("a password");
    if kind == "superuser" {
        let made = make_superuser(
            people,
            passwords,
            &**world,
            profile.username,
            profile.email,
            &password,
        )
        .await;
        made.expect("a superuser");
    } else {
        let user = house
            .app
            .sign_up(NewUser { profile, password })
            .await
            .expect("a new user");
        if matches!(kind, "organizer" | "admin") {
            let name = GroupName::parse(kind).expect("a name");
            let group = house.app.add_group(&name).await.expect("a new group");
            house.app.assign_role(user.id, group.id).await.expect("a role");
        }
    }
    house
        .app
        .log_in(kind, PASSWORD, None)
        .await
        .expect("a login")
        .access
}

/// Something of every kind: regions with followers, two of them dark; events with posters and tickets; registrations and
/// payments; homes with members and devices.
async fn furnish(house: &House, callers: &[Caller]) {
    let [user, organizer, admin, superuser, ..] = callers else {
        return;
    };
    for number in 0..THINGS {
        let region = house.region(&format!("Region {number}")).await;
        let new = NewFollowing {
            user: None,
            channels: vec![Channel::Email],
        };
        house
            .app
            .follow(user, region.id, new)
            .await
            .expect("a new follower");
        if number < 2 {
            house.say(region.id, Word::Off).await;
        }
        let ticket = ticket(house, organizer, number).await;
        hang_poster(&house.app, organizer, ticket.event).await;
        register(&house.app, user, &ticket, None).await;
        let name = format!("guest{number}");
        let guest = Person {
            name: &name,
            language: Language::Id,
            zone: JAKARTA,
        };
        let guest = house.user(guest).await.id;
        register(&house.app, admin, &ticket, Some(guest)).await;
        for owner in [user, superuser] {
            move_in(house, owner, region.id, guest).await;
        }
    }
    house.check().await;
    house.drain().await;
    for number in 0..STUCK {
        leave_stuck(house, user, &format!("Village {number}")).await;
    }
    house.world.pass_seconds(STUCK_AFTER);
}

/// A home of this caller with a device in it, and a guest who is a member.
async fn move_in(house: &House, owner: &Caller, region: RegionId, guest: UserId) {
    let app = &house.app;
    let new = NewHome {
        name: "Rumah Melati".to_owned(),
        region,
        zone: None,
    };
    let home = app.add_home(owner, new).await.expect("a new home").id;
    let device = NewDetector {
        name: "Router".to_owned(),
        means: Means::Heartbeat {
            period_s: 60,
            grace_s: 60,
        },
        thresholds: Thresholds::default(),
    };
    app.add_detector(owner, home, device)
        .await
        .expect("a new detector");
    let invitation = app.invite(owner, home, None).await.expect("an invitation");
    let member = Caller {
        user: guest,
        session: SessionId::new(&*house.world),
        roles: Vec::new(),
    };
    app.join_home(&member, &invitation.code)
        .await
        .expect("a new member");
}

/// A region whose follower is not told that it is dark: the page's message is lost, and no sweep runs here.
async fn leave_stuck(house: &House, user: &Caller, name: &str) {
    let region = house.region(name).await;
    let new = NewFollowing {
        user: None,
        channels: vec![Channel::Email],
    };
    house
        .app
        .follow(user, region.id, new)
        .await
        .expect("a new follower");
    house.say(region.id, Word::Off).await;
    house.check().await;
    let plan = house.queues.take().expect("a notice to plan");
    house.deliver(&plan).await;
    house.queues.lose_all();
}

/// A kind of ticket of a new event of this organizer.
async fn ticket(house: &House, organizer: &Caller, number: u32) -> Ticket {
    let now = house.world.now();
    let later = |hours| now + jiff::SignedDuration::from_hours(hours);
    let event = NewEvent {
        name: format!("Jazz {number}"),
        description: "Three bands, one night.".to_owned(),
        location: "Gedung Merdeka, Bandung".to_owned(),
        start: later(48),
        end: later(52),
        status: EventStatus::Scheduled,
        category: "music".to_owned(),
        quota: 100,
        organizer: None,
        zone: None,
        region: None,
        reminders: None,
    };
    let event = house.app.add_event(organizer, event).await.expect("a new event");
    let ticket = NewTicket {
        event: event.id,
        name: "Festival".to_owned(),
        price: Money::parse("150000").expect("money"),
        sales_start: now,
        sales_end: later(47),
        quota: 50,
    };
    house
        .app
        .add_ticket(organizer, ticket)
        .await
        .expect("a new ticket")
}

/// A registration with a payment.
async fn register(app: &App, caller: &Caller, ticket: &Ticket, user: Option<UserId>) {
    let new = NewRegistration {
        ticket: ticket.id,
        user,
    };
    let registration = app.register(caller, new).await.expect("a free seat");
    let payment = NewPayment {
        registration: registration.id,
        method: PaymentMethod::Qris,
        status: PaymentStatus::Pending,
        amount: Money::parse("150000").expect("money"),
    };
    app.add_payment(caller, payment).await.expect("a new payment");
}

async fn hang_poster(app: &App, organizer: &Caller, event: EventId) {
    let image = Image::read(PNG).expect("a whole picture");
    let bytes = PNG.to_vec();
    let new = NewPoster { event, image, bytes };
    app.add_poster(organizer, new).await.expect("a new poster");
}
