//! What each kind of operation costs, asked of `api` one after the other.

mod row;

use serde_json::{Value, json};

use crate::{
    accounts::{Account, Accounts},
    counter::{self, Call, Counter, Said},
    failure::{Failure, Result},
    platform::{Aws, Use},
    starts, stock,
};
use row::{Budget, LIST, LOGIN, NONE, ONE, REGISTER, Row};

/// More than a page of a list.
const MANY: usize = 60;
/// Enough of what takes long, or is there once.
const FEW: usize = 10;
/// How often it is measured what a call to a service costs.
const ROUNDS: u32 = 10;

pub(crate) async fn measure() -> Result<()> {
    let (aws, _queues) = counter::aws().await?;
    let call = starts::call_cost(&aws, ROUNDS).await?;
    let mut bench = Operations {
        accounts: Accounts::of(&aws)?,
        counter: Counter::open(&aws).await?,
        rows: Vec::new(),
        aws,
    };
    let staff = bench.accounts.open(true).await?;
    let mut guests = Vec::new();
    for _ in 0..MANY {
        guests.push(bench.accounts.open(false).await?);
    }
    bench.people(&staff, &guests).await?;
    bench.power(&staff, &guests).await?;
    let events = bench.events(&staff).await?;
    bench.tickets(&staff, &events).await?;
    bench.sales(&staff, &guests, &events).await?;
    row::print(&bench.rows, call, FEW);
    Ok(())
}

struct Operations {
    aws: Aws,
    accounts: Accounts,
    counter: Counter,
    rows: Vec<Row>,
}

fn calls<I: IntoIterator<Item = (String, String, Value)>>(method: &'static str, asked: I) -> Vec<Call> {
    let call = |(path, token, body)| Call {
        method,
        path,
        token,
        body,
    };
    asked.into_iter().map(call).collect()
}

fn get<I: IntoIterator<Item = (String, String)>>(asked: I) -> Vec<Call> {
    calls(
        "GET",
        asked.into_iter().map(|(path, token)| (path, token, Value::Null)),
    )
}

/// The same thing, asked for by the same caller.
fn again(path: &str, token: &str) -> Vec<Call> {
    get((0..MANY).map(|_| (path.to_owned(), token.to_owned())))
}

impl Operations {
    /// Asks for all of these and notes what each used. All must be answered so, from the cache or not.
    async fn row(
        &mut self,
        (name, budget): (&'static str, Budget),
        (status, source): (u64, Option<&str>),
        calls: Vec<Call>,
    ) -> Result<Vec<Said>> {
        self.aws.outside.meter.take();
        let (before, mut answers) = (self.counter.cpu()?, Vec::new());
        for call in &calls {
            let said = self.counter.ask(call).await?;
            if said.status != status || said.source.as_deref() != source {
                return Err(Failure::from(format!(
                    "{name}: {} {} was answered {said:?}",
                    call.method, call.path
                )));
            }
            answers.push(said);
        }
        let times = u32::try_from(calls.len())?;
        let cpu = self.counter.cpu()?.saturating_sub(before) / times;
        let mut used = Use::default();
        self.aws
            .outside
            .meter
            .take()
            .into_values()
            .for_each(|one| used += one);
        self.rows.push(Row {
            name,
            budget,
            is_signed: calls.iter().any(|call| !call.token.is_empty()),
            used: used.each(f64::from(times)),
            cpu,
        });
        Ok(answers)
    }

    async fn people(&mut self, staff: &Account, guests: &[Account]) -> Result<()> {
        let (username, password) = ("ayu", "a made-up pass phrase");
        let new = json!({ "username": username, "email": "ayu@example.com", "password": password });
        self.counter.make("/api/users/", "", new).await?;
        let body = json!({ "username": username, "password": password });
        let logins = (0..FEW).map(|_| ("/api/login/".to_owned(), String::new(), body.clone()));
        self.row(("login", LOGIN), (200, None), calls("POST", logins))
            .await?;
        let selves = guests
            .iter()
            .map(|one| (format!("/api/users/{}/", one.id), one.token.clone()));
        self.row(("GET a user", ONE), (200, None), get(selves)).await?;
        self.row(
            ("GET 50 users", LIST),
            (200, None),
            again("/api/users/?limit=50", &staff.token),
        )
        .await?;
        Ok(())
    }

    async fn power(&mut self, staff: &Account, guests: &[Account]) -> Result<()> {
        let mut regions = Vec::new();
        for number in 0..MANY {
            let body = json!({ "name": format!("Region {number}"), "time_zone": "Asia/Jakarta" });
            regions.push(
                self.counter
                    .make("/api/regions/", &staff.token, body)
                    .await?
                    .id()?,
            );
        }
        let region = format!("/api/regions/{}/", regions[0]);
        self.row(("GET a region", ONE), (200, None), again(&region, ""))
            .await?;
        self.row(
            ("GET 50 regions", LIST),
            (200, None),
            again("/api/regions/?limit=50", ""),
        )
        .await?;
        let follow = guests
            .iter()
            .map(|one| (format!("{region}followers/"), one.token.clone(), json!({})));
        self.row(("follow", NONE), (201, None), calls("POST", follow))
            .await?;
        Ok(())
    }

    /// Makes events and returns their ids.
    async fn events(&mut self, staff: &Account) -> Result<Vec<String>> {
        let new = (0..MANY).map(|_| {
            (
                "/api/events/".to_owned(),
                staff.token.clone(),
                stock::event_body(1_000),
            )
        });
        let made = self
            .row(("create event", NONE), (201, None), calls("POST", new))
            .await?;
        let ids = made.iter().map(Said::id).collect::<Result<Vec<String>>>()?;
        let paths: Vec<String> = ids.iter().map(|id| format!("/api/events/{id}/")).collect();
        let renamed = paths
            .iter()
            .map(|path| (path.clone(), staff.token.clone(), json!({ "name": "Jazz" })));
        self.row(("change event", NONE), (200, None), calls("PATCH", renamed))
            .await?;
        for (name, source) in [
            ("GET an event, cache missed", "database"),
            ("GET an event, cache hit", "cache"),
        ] {
            let asked = paths.iter().map(|path| (path.clone(), String::new()));
            self.row((name, ONE), (200, Some(source)), get(asked)).await?;
        }
        self.row(
            ("GET availability", ONE),
            (200, None),
            again(&format!("{}availability/", paths[0]), ""),
        )
        .await?;
        self.row(
            ("GET 50 events", LIST),
            (200, None),
            again("/api/events/?limit=50", ""),
        )
        .await?;
        Ok(ids)
    }

    async fn tickets(&mut self, staff: &Account, events: &[String]) -> Result<()> {
        let mut paths = Vec::new();
        for event in events {
            let id = stock::ticket(&mut self.counter, &staff.token, event, 10).await?;
            paths.push(format!("/api/tickets/{id}/"));
        }
        let both = |missed, hit| [(missed, "database"), (hit, "cache")];
        for (name, source) in both("GET a ticket, cache missed", "GET a ticket, cache hit") {
            let asked = paths.iter().map(|path| (path.clone(), String::new()));
            self.row((name, ONE), (200, Some(source)), get(asked)).await?;
        }
        for (name, source) in both("GET 50 tickets, cache missed", "GET 50 tickets, cache hit") {
            // Every length of a page is cached by itself.
            let asked = (0..FEW).map(|more| (format!("/api/tickets/?limit={}", 50 + more), String::new()));
            self.row((name, LIST), (200, Some(source)), get(asked)).await?;
        }
        Ok(())
    }

    async fn sales(&mut self, staff: &Account, guests: &[Account], events: &[String]) -> Result<()> {
        let counter = &mut self.counter;
        let ticket = stock::ticket(counter, &staff.token, &events[0], 500).await?;
        let other = stock::ticket(counter, &staff.token, &events[0], 500).await?;
        let new = json!({ "ticket_id": ticket });
        let new = guests
            .iter()
            .map(|one| ("/api/registrations/".to_owned(), one.token.clone(), new.clone()));
        let made = self
            .row(("register", REGISTER), (201, None), calls("POST", new))
            .await?;
        let ids = made.iter().map(Said::id).collect::<Result<Vec<String>>>()?;
        let paths: Vec<String> = ids.iter().map(|id| format!("/api/registrations/{id}/")).collect();
        let by_holders = |paths: &[String]| -> Vec<(String, String)> {
            paths
                .iter()
                .cloned()
                .zip(guests.iter().map(|one| one.token.clone()))
                .collect()
        };
        self.row(("GET a registration", ONE), (200, None), get(by_holders(&paths)))
            .await?;
        let all = again("/api/registrations/?limit=50", &staff.token);
        self.row(("GET 50 registrations", LIST), (200, None), all).await?;
        let moves = paths
            .iter()
            .map(|path| (path.clone(), staff.token.clone(), json!({ "ticket_id": other })));
        self.row(
            ("move to another ticket", NONE),
            (200, None),
            calls("PATCH", moves),
        )
        .await?;

        let new = ids.iter().zip(guests).map(|(id, one)| {
            (
                "/api/payments/".to_owned(),
                one.token.clone(),
                stock::payment_body(id),
            )
        });
        let made = self
            .row(("create payment", NONE), (201, None), calls("POST", new))
            .await?;
        let payments = made
            .iter()
            .map(|said| Ok(format!("/api/payments/{}/", said.id()?)));
        let payments = payments.collect::<Result<Vec<String>>>()?;
        self.row(("GET a payment", ONE), (200, None), get(by_holders(&payments)))
            .await?;
        let all = again("/api/payments/?limit=50", &staff.token);
        self.row(("GET 50 payments", LIST), (200, None), all).await?;
        let paid = json!({ "payment_status": "completed" });
        let paid = payments
            .iter()
            .map(|path| (path.clone(), staff.token.clone(), paid.clone()));
        self.row(("change payment", NONE), (200, None), calls("PATCH", paid))
            .await?;
        let cancelled = by_holders(&paths)
            .into_iter()
            .map(|(path, token)| (path, token, Value::Null));
        self.row(("cancel", NONE), (204, None), calls("DELETE", cancelled))
            .await?;
        Ok(())
    }
}
