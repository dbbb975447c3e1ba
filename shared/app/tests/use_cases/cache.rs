//! Nobody reads what was before a write that had been answered when they asked.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use futures_util::future::join_all;
use jiff::SignedDuration;
use kabar_app::{
    App, Expected, Failure,
    events::{EventChange, TicketChange},
};
use kabar_domain::{
    events::{Event, Ticket},
    ids::{EventId, TicketId},
    people::Caller,
};
use kabar_store::events::Source::{self, Cache, Database};
use kabar_testkit::House;

use crate::events_common::{
    ALL, event, is_gone, new_ticket, newcomer, organizer, quiet, quiet_with_seed, ticket,
};

/// What was answered so far: the least that a read may show.
#[derive(Clone, Default)]
struct Known {
    event: u64,
    tickets: BTreeMap<TicketId, u64>,
    /// Those whose removal has begun.
    going: BTreeSet<TicketId>,
    gone: BTreeSet<TicketId>,
}

struct Storm<'h> {
    house: &'h House,
    host: Caller,
    event: EventId,
    known: RefCell<Known>,
}

impl Storm<'_> {
    fn any(&self) -> Option<TicketId> {
        let known = self.known.borrow();
        let ids: Vec<_> = known.tickets.keys().copied().collect();
        ids.get(self.house.world.below(ids.len())).copied()
    }

    async fn write(&self, app: &App, what: usize) {
        let name = Some(format!("Name {what}"));
        let any = Expected::Any;
        match (what, self.any()) {
            (0, _) | (_, None) => {
                let ticket = app.add_ticket(&self.host, new_ticket(self.house, self.event, 5));
                if let Ok(ticket) = ticket.await {
                    self.known.borrow_mut().tickets.insert(ticket.id, 1);
                }
            }
            (1, Some(id)) => {
                self.known.borrow_mut().going.insert(id);
                if app.remove_ticket(&self.host, id, any).await.is_ok() {
                    self.known.borrow_mut().gone.insert(id);
                }
            }
            (2 | 3, Some(id)) => {
                let change = TicketChange {
                    name,
                    ..TicketChange::default()
                };
                if let Ok(ticket) = app.change_ticket(&self.host, id, any, change).await {
                    let mut known = self.known.borrow_mut();
                    let version = known.tickets.get_mut(&id).unwrap();
                    *version = ticket.version.max(*version);
                }
            }
            _ => {
                let change = EventChange {
                    name,
                    ..EventChange::default()
                };
                if let Ok(event) = app.change_event(&self.host, self.event, any, change).await {
                    let mut known = self.known.borrow_mut();
                    known.event = known.event.max(event.version);
                }
            }
        }
    }

    /// Reads, and returns where the answer came from.
    async fn read(&self, app: &App, what: usize) -> Option<Source> {
        let before = self.known.borrow().clone();
        match (what, self.any()) {
            (0 | 1, Some(id)) => match app.ticket(id).await {
                Ok((ticket, source)) => {
                    assert!(!before.gone.contains(&id), "a removed ticket");
                    assert!(ticket.version >= before.tickets[&id], "an old ticket");
                    Some(source)
                }
                Err(Failure::NotFound) => {
                    assert!(self.known.borrow().going.contains(&id), "a ticket is missing");
                    None
                }
                Err(other) => panic!("{other:?}"),
            },
            (2..5, _) => {
                let of = (what == 2).then_some(self.event);
                let (list, source) = app.tickets(of, &ALL).await.unwrap();
                let shown: BTreeMap<TicketId, u64> = list.entries.iter().map(|t| (t.id, t.version)).collect();
                assert!(before.gone.iter().all(|id| !shown.contains_key(id)), "removed");
                for (id, version) in &before.tickets {
                    let is_right = shown.get(id).map_or_else(
                        || self.known.borrow().going.contains(id),
                        |shown| shown >= version,
                    );
                    assert!(is_right, "{id:?} of {version} is {:?}", shown.get(id));
                }
                Some(source)
            }
            _ => {
                let (event, source) = app.event(self.event).await.unwrap();
                assert!(event.version >= before.event, "an old event");
                Some(source)
            }
        }
    }
}

/// How often some people read and write at once.
const INTERLEAVINGS: u32 = 1_000;

#[tokio::test]
async fn no_read_shows_less_than_was_answered_before_it_began_whichever_instance_serves_it() {
    let mut sources = [0, 0];
    for seed in 0..10 {
        let house = quiet_with_seed(seed).await;
        let host = organizer(&house, "Host").await;
        let apps = [house.app.clone(), house.app.clone(), house.app.clone()];
        let event = event(&house, &host, 100).await.id;
        let storm = Storm {
            house: &house,
            host,
            event,
            known: RefCell::default(),
        };
        for _ in 0..INTERLEAVINGS / 10 {
            let acts = (0..4).map(|_| {
                let (app, is_read) = (&apps[house.world.below(3)], house.world.below(3) > 0);
                let (what, storm) = (house.world.below(7), &storm);
                async move {
                    if is_read {
                        return storm.read(app, what).await;
                    }
                    storm.write(app, what).await;
                    None
                }
            });
            for source in join_all(acts.collect::<Vec<_>>()).await.into_iter().flatten() {
                sources[usize::from(source == Cache)] += 1;
            }
        }
        house.queues.lose_all();
    }
    assert!(
        sources.into_iter().min() > Some(100),
        "from table and cache: {sources:?}"
    );
}

/// Where an event, a ticket, and the lists of its event's tickets and all come from now.
async fn sources(house: &House, event: &Event, ticket: &Ticket) -> [Source; 4] {
    let app = &house.app;
    [
        app.event(event.id).await.unwrap().1,
        app.ticket(ticket.id).await.unwrap().1,
        app.tickets(Some(event.id), &ALL).await.unwrap().1,
        app.tickets(None, &ALL).await.unwrap().1,
    ]
}

#[tokio::test]
async fn the_first_read_after_a_write_is_from_the_table_and_the_next_from_the_cache_for_an_hour() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 100).await;
    let first = ticket(&house, &host, &event, 10).await;
    assert_eq!(sources(&house, &event, &first).await, [Database; 4]);
    assert_eq!(sources(&house, &event, &first).await, [Cache; 4]);

    let change = EventChange::default();
    let done = house.app.change_event(&host, event.id, Expected::Any, change);
    done.await.unwrap();
    let only_event = [Database, Cache, Cache, Cache];
    assert_eq!(sources(&house, &event, &first).await, only_event);
    let change = TicketChange::default();
    let done = house.app.change_ticket(&host, first.id, Expected::Any, change);
    done.await.unwrap();
    let but_event = [Cache, Database, Database, Database];
    assert_eq!(sources(&house, &event, &first).await, but_event);
    let second = ticket(&house, &host, &event, 10).await;
    let lists = [Cache, Cache, Database, Database];
    assert_eq!(sources(&house, &event, &first).await, lists);
    let done = house.app.remove_ticket(&host, second.id, Expected::Any);
    done.await.unwrap();
    assert_eq!(sources(&house, &event, &first).await, lists);
    newcomer(&house, &first).await;
    assert_eq!(
        sources(&house, &event, &first).await,
        [Cache; 4],
        "a sale changes none"
    );

    house.world.pass(SignedDuration::from_secs(3_599));
    assert_eq!(sources(&house, &event, &first).await, [Cache; 4]);
    house.world.pass_seconds(1);
    assert_eq!(sources(&house, &event, &first).await, [Database; 4]);
    assert_eq!(sources(&house, &event, &first).await, [Cache; 4]);
    house.drain().await;
}

#[tokio::test]
async fn a_list_of_one_event_stays_cached_when_another_events_tickets_change() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let (one, other) = (event(&house, &host, 9).await, event(&house, &host, 9).await);
    ticket(&house, &host, &one, 9).await;
    house.app.tickets(Some(one.id), &ALL).await.unwrap();
    ticket(&house, &host, &other, 9).await;
    assert_eq!(house.app.tickets(Some(one.id), &ALL).await.unwrap().1, Cache);
    let (all, source) = house.app.tickets(None, &ALL).await.unwrap();
    assert_eq!((all.entries.len(), source), (2, Database));
}

#[tokio::test]
async fn what_is_removed_is_in_no_cache() {
    let house = quiet().await;
    let host = organizer(&house, "Host").await;
    let event = event(&house, &host, 9).await;
    let ticket = ticket(&house, &host, &event, 9).await;
    sources(&house, &event, &ticket).await;
    let removed = house.app.remove_event(&host, event.id, Expected::Any);
    removed.await.unwrap();
    for _ in 0..2 {
        assert!(is_gone(&house.app.event(event.id).await));
        assert!(is_gone(&house.app.ticket(ticket.id).await));
        for of in [Some(event.id), None] {
            assert!(house.app.tickets(of, &ALL).await.unwrap().0.entries.is_empty());
        }
    }
    house.drain().await;
}
