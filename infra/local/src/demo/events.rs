use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use reqwest::Method;
use serde_json::json;

use super::{
    client::Kabar,
    season::{EVENTS, Event, ORGANIZERS, Ticket, When},
};
use crate::error::{Error, Explain, Result};

/// Ids by name.
type Ids = BTreeMap<&'static str, String>;

/// Makes the season; returns how many registrations it has, each of which is told to its holder.
pub(super) async fn make_season(kabar: &Kabar, people: &Ids, regions: &Ids, now: Timestamp) -> Result<usize> {
    let group = kabar.create_group("organizer").await?;
    kabar.create_group("admin").await?;
    for name in ORGANIZERS {
        let body = json!({"user_id": people.get(name), "group_id": group});
        kabar.post("/api/assign-roles/", &body).await?;
    }
    let mut sold = 0;
    for event in EVENTS {
        sold += make_event(kabar, event, people, regions, now).await?;
    }
    Ok(sold)
}

async fn make_event(
    kabar: &Kabar,
    event: &Event,
    people: &Ids,
    regions: &Ids,
    now: Timestamp,
) -> Result<usize> {
    let start = event.start(now)?;
    let body = json!({
        "name": event.name,
        "description": event.description,
        "location": event.location,
        "region": event.region.and_then(|name| regions.get(name)),
        "time_zone": event.time_zone,
        "category": event.category,
        "organizer_id": people.get(event.organizer),
        "start_time": start,
        "end_time": start + SignedDuration::from_hours(event.hours),
        "quota": event.quota,
    });
    let id = kabar.create("/api/events/", &body).await?;
    let mut sold = 0;
    for ticket in event.tickets {
        sold += make_ticket(kabar, &id, ticket, now.min(start), start, people).await?;
    }
    if let Some(poster) = event.poster {
        kabar.upload_poster(&id, poster).await?;
    }
    if event.status != "scheduled" {
        let status = json!({"status": event.status});
        kabar
            .call(Method::PATCH, &format!("/api/events/{id}/"), Some(&status))
            .await?;
    }
    Ok(sold)
}

async fn make_ticket(
    kabar: &Kabar,
    event: &str,
    ticket: &Ticket,
    made: Timestamp,
    start: Timestamp,
    people: &Ids,
) -> Result<usize> {
    let body = json!({
        "event_id": event,
        "name": ticket.name,
        "price": ticket.price,
        "sales_start": made - SignedDuration::from_hours(24 * 30),
        "sales_end": start,
        "quota": ticket.quota,
    });
    let id = kabar.create("/api/tickets/", &body).await?;
    for (holder, payment) in ticket.holders {
        let body = json!({"ticket_id": id, "user_id": people.get(holder)});
        let registration = kabar.create("/api/registrations/", &body).await?;
        if let Some(status) = payment {
            let body = json!({
                "registration_id": registration,
                "payment_method": "QRIS",
                "payment_status": status,
                "amount_paid": ticket.price,
            });
            kabar.post("/api/payments/", &body).await?;
        }
    }
    Ok(ticket.holders.len())
}

impl Event {
    fn start(&self, now: Timestamp) -> Result<Timestamp> {
        match self.when {
            When::Soon(minutes) => Ok(now + SignedDuration::from_mins(minutes)),
            When::Day(days, hour) => {
                let explain = || format!("{} has no start", self.name);
                let zone = TimeZone::get(self.time_zone).explain(explain)?;
                let day = now
                    .to_zoned(zone)
                    .date()
                    .checked_add(days.days())
                    .explain(explain)?;
                let start = day.at(hour, 0, 0, 0).in_tz(self.time_zone).explain(explain)?;
                Ok(start.timestamp())
            }
        }
    }
}

impl Kabar {
    /// Makes a group, and returns its number.
    async fn create_group(&self, name: &str) -> Result<u64> {
        let made = self.post("/api/groups/", &json!({ "name": name })).await?;
        let number = made["id"].as_u64();
        number.ok_or_else(|| Error::new(format!("the group {name} has no number")))
    }
}
