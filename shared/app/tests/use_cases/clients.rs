//! Clients: one for each phone, and found wherever they belong, whatever happens at once or dies half-way.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use kabar_app::{App, Expected, Failure, replay::Replay};
use kabar_domain::{
    Language, World, Zone,
    ids::ClientId,
    mailings::{Audience, Client, ClientChange, ClientFilter, NewClient, OperatorCode, Phone, Tag},
    people::Email,
};
use kabar_store::Window;
use kabar_testkit::{BERLIN, House, JAKARTA, dies_after, polls};

const ALL: Window = Window::first(500);

pub(crate) fn phone(number: usize) -> Phone {
    Phone::parse(&format!("7916{number:07}")).unwrap()
}

fn new(number: usize) -> NewClient {
    NewClient {
        phone: phone(number),
        operator_code: None,
        tag: Tag::default(),
        zone: Zone::parse(JAKARTA).unwrap(),
        email: None,
        first_name: String::new(),
        language: None,
    }
}

fn one<T: Ord>(value: T) -> BTreeSet<T> {
    BTreeSet::from([value])
}

/// Everybody in an audience, as they are read page by page.
async fn audience(house: &House, audience: &Audience, page: u16) -> Vec<Client> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let rows = house
            .app
            .mailings
            .audience_after(audience, cursor.as_deref(), page);
        let part = rows.await.unwrap();
        assert!(part.rows.len() <= usize::from(page));
        cursor = part.rows.last().map(|row| row.cursor.clone());
        found.extend(part.rows.into_iter().map(|row| row.client));
        if part.is_last {
            return found;
        }
    }
}

/// Every list and every audience has those who belong in it, as they are, once, and nobody else.
pub(crate) async fn assert_found(house: &House, clients: &[Client]) {
    let codes: BTreeSet<_> = clients
        .iter()
        .map(|client| client.operator_code.clone())
        .collect();
    let tags: BTreeSet<_> = clients.iter().map(|client| client.tag.clone()).collect();
    let absent = (
        OperatorCode::parse("000").unwrap(),
        Tag::parse("nobody's").unwrap(),
    );
    let codes = codes.into_iter().chain([absent.0]).map(Some).chain([None]);
    for operator_code in codes {
        for tag in tags.iter().chain([&absent.1]).cloned().map(Some).chain([None]) {
            let filter = ClientFilter {
                operator_code: operator_code.clone(),
                tag: tag.clone(),
                phone: None,
            };
            let mut expected: Vec<_> = clients
                .iter()
                .filter(|client| filter.fits(client))
                .cloned()
                .collect();
            expected.sort_by_key(|client| std::cmp::Reverse(client.id));
            let listed = house.app.clients(&filter, &ALL).await.unwrap();
            assert_eq!(listed.entries, expected, "{filter:?}");
            let named = Audience {
                operator_codes: operator_code.clone().into_iter().collect(),
                tags: tag.into_iter().collect(),
            };
            let mut found = audience(house, &named, 3).await;
            found.sort_by_key(|client| std::cmp::Reverse(client.id));
            assert_eq!(found, expected, "{named:?}");
        }
    }
    for client in clients {
        let filter = ClientFilter {
            phone: Some(client.phone.clone()),
            ..ClientFilter::default()
        };
        assert_eq!(
            house.app.clients(&filter, &ALL).await.unwrap().entries,
            std::slice::from_ref(client)
        );
        assert_eq!(house.app.client(client.id).await.unwrap(), *client);
    }
}

/// Something of a client that is one of a few, so that clients share it.
fn any_change(house: &House) -> ClientChange {
    let any = |of: usize| house.world.below(of);
    let sometimes = |times: usize| any(times) == 0;
    ClientChange {
        phone: sometimes(3).then(|| phone(any(12))),
        operator_code: sometimes(4).then(|| {
            let code = ["916", "903", "495"][any(3)];
            (!sometimes(3)).then(|| OperatorCode::parse(code).unwrap())
        }),
        tag: sometimes(2).then(|| Tag::parse(["", "vip", "tag=vip", "a#b&c"][any(4)]).unwrap()),
        zone: sometimes(2).then(|| Zone::parse([JAKARTA, BERLIN, "UTC"][any(3)]).unwrap()),
        email: sometimes(3).then(|| (!sometimes(2)).then(|| Email::parse("ayu@example.com").unwrap())),
        language: sometimes(3).then(|| [None, Some(Language::En), Some(Language::Id)][any(3)]),
        first_name: sometimes(3).then(|| ["", "Ayu"][any(2)].to_owned()),
        is_unsubscribed: sometimes(4).then(|| any(2) == 0),
    }
}

#[tokio::test]
async fn lists_and_audiences_follow_every_change() {
    let house = House::with_seed(7).await;
    let mut there: BTreeMap<ClientId, Client> = BTreeMap::new();
    let has =
        |there: &BTreeMap<ClientId, Client>, phone: &Phone| there.values().any(|one| one.phone == *phone);
    for step in 0..120 {
        house.world.pass_seconds(1);
        let known: Vec<ClientId> = there.keys().copied().collect();
        match house.world.below(5) {
            0 | 1 => {
                let new = new(house.world.below(12));
                let is_taken = has(&there, &new.phone);
                match house.app.add_client(new).await {
                    Ok(client) if !is_taken => {
                        there.insert(client.id, client);
                    }
                    Err(Failure::Invalid(errors)) if is_taken => assert_eq!(errors[0].field, "phone"),
                    other => panic!("{other:?}, taken: {is_taken}"),
                }
            }
            2 if known.len() > 6 => {
                let id = known[house.world.below(known.len())];
                house.app.remove_client(id, Expected::Any).await.unwrap();
                there.remove(&id);
            }
            _ if !known.is_empty() => {
                let id = known[house.world.below(known.len())];
                let change = any_change(&house);
                let before = &there[&id];
                let other = change.phone.clone().filter(|phone| *phone != before.phone);
                let is_taken = other.is_some_and(|phone| has(&there, &phone));
                let changed = house
                    .app
                    .change_client(id, Expected::Version(before.version), change.clone());
                match changed.await {
                    Ok(after) if !is_taken => {
                        assert_eq!(after, before.changed(change, house.world.now()));
                        there.insert(id, after);
                    }
                    Err(Failure::Invalid(errors)) if is_taken => assert_eq!(errors[0].field, "phone"),
                    other => panic!("{other:?}, taken: {is_taken}"),
                }
            }
            _ => {}
        }
        if step % 10 == 9 {
            let clients: Vec<_> = there.values().cloned().collect();
            assert_found(&house, &clients).await;
        }
    }
    assert!(there.len() > 4, "only {} clients are left", there.len());
}

#[tokio::test]
async fn a_phone_has_one_client_however_many_ask_for_it_at_once() {
    let house = House::new().await;
    let done = join_all((0..20).map(|_| house.app.add_client(new(1)))).await;
    let (made, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (1, 19));
    for failure in refused {
        assert!(matches!(failure, Err(Failure::Invalid(_))), "{failure:?}");
    }
    let made: Vec<_> = made.into_iter().map(Result::unwrap).collect();
    assert_found(&house, &made).await;

    let mut clients = made;
    for number in 2..8 {
        clients.push(house.app.add_client(new(number)).await.unwrap());
    }
    let to_nine = || ClientChange {
        phone: Some(phone(9)),
        ..ClientChange::default()
    };
    let moves = clients
        .iter()
        .map(|client| house.app.change_client(client.id, Expected::Any, to_nine()));
    let moved = join_all(moves).await;
    assert_eq!(moved.iter().filter(|done| done.is_ok()).count(), 1);
    for (client, moved) in clients.iter_mut().zip(moved) {
        *client = moved.unwrap_or_else(|_| client.clone());
    }
    assert_found(&house, &clients).await;
}

#[tokio::test]
async fn changes_at_once_are_all_done_and_leave_no_trace_of_what_was() {
    let house = House::new().await;
    let client = house.app.add_client(new(1)).await.unwrap();
    let change = |tag: &str| ClientChange {
        tag: Some(Tag::parse(tag).unwrap()),
        ..ClientChange::default()
    };
    let tags = ["a", "b", "c"];
    let done = join_all(tags.map(|tag| house.app.change_client(client.id, Expected::Any, change(tag)))).await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    let last = house.app.client(client.id).await.unwrap();
    assert_eq!(last.version, 4);
    assert_found(&house, std::slice::from_ref(&last)).await;
    for tag in tags.map(|tag| Tag::parse(tag).unwrap()) {
        let of_tag = Audience {
            tags: one(tag.clone()),
            ..Audience::default()
        };
        let found = audience(&house, &of_tag, 10).await;
        assert_eq!(found.len(), usize::from(tag == last.tag));
    }
}

#[tokio::test]
async fn a_lost_update_is_refused_and_no_change_is_no_version() {
    let house = House::new().await;
    let client = house.app.add_client(new(1)).await.unwrap();
    let read = Expected::Version(1);
    let same = ClientChange {
        phone: Some(client.phone.clone()),
        ..ClientChange::default()
    };
    let _ = house.meter().take();
    assert_eq!(
        house.app.change_client(client.id, read, same).await.unwrap(),
        client
    );
    assert!(
        house.meter().take_total().write < f64::EPSILON,
        "nothing to write"
    );
    let change = || ClientChange {
        email: Some(Some(Email::parse("ayu@example.com").unwrap())),
        ..ClientChange::default()
    };
    let after = house.app.change_client(client.id, read, change()).await.unwrap();
    assert_eq!(after.version, 2);
    let stale = house.app.change_client(client.id, read, change()).await;
    assert!(matches!(stale, Err(Failure::Changed)), "{stale:?}");
    let stale = house.app.remove_client(client.id, read).await;
    assert!(matches!(stale, Err(Failure::Changed)), "{stale:?}");
    assert_found(&house, &[after]).await;
    house.app.remove_client(client.id, Expected::Any).await.unwrap();
    assert_found(&house, &[]).await;
    assert!(matches!(
        house.app.client(client.id).await,
        Err(Failure::NotFound)
    ));
    house.app.add_client(new(1)).await.unwrap();
}

#[tokio::test]
async fn a_request_that_dies_anywhere_is_done_by_the_next_try_and_once() {
    let house = House::new().await;
    let in_world = |seed: &str| App {
        world: Replay::of(seed.to_owned(), house.world.now()),
        ..house.app.clone()
    };
    let (most, first) = polls(in_world("0").add_client(new(0))).await;
    let mut clients = vec![first.unwrap()];
    for times in 1..=most {
        let number = usize::try_from(times).unwrap();
        let app = in_world(&times.to_string());
        let _ = dies_after(times, app.add_client(new(number))).await;
        let app = in_world(&times.to_string());
        clients.push(app.add_client(new(number)).await.unwrap());
    }
    assert_found(&house, &clients).await;

    let id = clients[0].id;
    let tagged = |tag: u32| ClientChange {
        tag: Some(Tag::parse(&tag.to_string()).unwrap()),
        phone: Some(phone(100 + usize::try_from(tag).unwrap())),
        ..ClientChange::default()
    };
    let (most, done) = polls(house.app.change_client(id, Expected::Any, tagged(0))).await;
    clients[0] = done.unwrap();
    for times in 1..=most {
        let _ = dies_after(times, house.app.change_client(id, Expected::Any, tagged(times))).await;
        clients[0] = house.app.client(id).await.unwrap();
        assert_found(&house, &clients).await;
    }
    for times in 1..=most {
        let victim = clients[clients.len() - 1].id;
        let _ = dies_after(times, house.app.remove_client(victim, Expected::Any)).await;
        match house.app.remove_client(victim, Expected::Any).await {
            Ok(()) | Err(Failure::NotFound) => {}
            Err(other) => panic!("{other:?}"),
        }
        clients.pop();
        if clients.len() == 1 {
            break;
        }
    }
    assert_found(&house, &clients).await;
}

#[tokio::test]
async fn an_audience_is_read_in_stretches_of_one_zone_and_language_each_person_once() {
    let house = House::new().await;
    let mut expected = BTreeSet::new();
    for number in 0..90 {
        let zone = [JAKARTA, BERLIN, "America/New_York"][number % 3];
        let client = house.app.add_client(NewClient {
            operator_code: Some(OperatorCode::parse(["916", "903", "495"][number % 2]).unwrap()),
            tag: Tag::parse(["vip", "new", "old"][number % 3]).unwrap(),
            zone: Zone::parse(zone).unwrap(),
            language: [None, Some(Language::Id)][usize::from(number % 4 == 0)],
            ..new(number)
        });
        expected.insert(client.await.unwrap().id);
    }
    let everybody = Audience::default();
    let found = audience(&house, &everybody, 7).await;
    let ids: BTreeSet<_> = found.iter().map(|client| client.id).collect();
    assert_eq!((found.len(), ids), (90, expected));
    let stretch = |client: &Client| (client.zone.name().to_owned(), client.language);
    let stretches = 1 + found
        .windows(2)
        .filter(|two| stretch(&two[0]) != stretch(&two[1]))
        .count();
    assert!(stretches <= 4 * 6, "{stretches} stretches of 6 kinds in 4 parts");

    let some = Audience {
        operator_codes: ["916", "903"]
            .map(|code| OperatorCode::parse(code).unwrap())
            .into(),
        tags: ["vip", "old"].map(|tag| Tag::parse(tag).unwrap()).into(),
    };
    let found = audience(&house, &some, 7).await;
    assert_eq!(found.len(), 60);
    assert!(found.iter().all(|client| client.tag.as_str() != "new"));
    let nobody = Audience {
        operator_codes: one(OperatorCode::parse("495").unwrap()),
        ..Audience::default()
    };
    assert!(audience(&house, &nobody, 7).await.is_empty());
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_stopped_and_takes_one_request_a_page() {
    let house = House::new().await;
    for number in 0..120 {
        house.app.add_client(new(number)).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut after = None;
    let _ = house.meter().take();
    for _ in 0..3 {
        let window = Window {
            limit: 50,
            after,
            ..Window::default()
        };
        let page = house
            .app
            .clients(&ClientFilter::default(), &window)
            .await
            .unwrap();
        let used = house.meter().take_total();
        assert!(used.requests == 1 && used.read <= 4.0, "{used}");
        seen.extend(page.entries.into_iter().map(|client| client.id));
        after = page.next;
    }
    assert_eq!((seen.len(), after), (120, None));
    assert!(seen.is_sorted_by(|a, b| a > b), "the newest first, each once");
}
