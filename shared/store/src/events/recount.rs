use std::collections::BTreeMap;

use kabar_domain::{
    events::Seats,
    ids::{EventId, TicketId},
};
use serde::Deserialize;

use super::Events;
use crate::{
    Result, StoreError,
    db::{condition, n, s},
    keys,
};

impl Events {
    /// How many registrations an event has by each ticket; reads all of them.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn held_by_ticket(&self, event: EventId) -> Result<BTreeMap<TicketId, u32>> {
        #[derive(Deserialize)]
        struct Found {
            sk: String,
        }
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :event")
            .expression_attribute_values(":event", s(keys::holders(event)))
            .projection_expression("sk")
            .consistent_read(true);
        let mut held = BTreeMap::new();
        for row in self.0.all_rows::<Found>(query).await? {
            let ticket = keys::ticket_held(&row.sk).ok_or_else(|| StoreError::unreadable("a holder"))?;
            *held.entry(ticket).or_insert(0) += 1;
        }
        Ok(held)
    }

    /// Sets an event's seats to what is held of each of its tickets, if they are still as they were read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn repair_seats(&self, seats: &Seats, held: &BTreeMap<TicketId, u32>) -> Result<bool> {
        let mut set = vec!["taken = :all".to_owned()];
        let mut holds = vec!["taken = :was AND tickets_version = :version".to_owned()];
        let mut all = 0;
        let mut update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::seats(seats.event).attributes()))
            .expression_attribute_values(":was", n(seats.taken))
            .expression_attribute_values(":version", n(seats.tickets_version));
        for (at, (ticket, stock)) in seats.tickets.iter().enumerate() {
            let of_it = held.get(ticket).copied().unwrap_or_default();
            all += of_it;
            set.push(format!("tickets.#t{at}.taken = :is{at}"));
            holds.push(format!("tickets.#t{at}.taken = :was{at}"));
            update = update
                .expression_attribute_names(format!("#t{at}"), ticket.to_string())
                .expression_attribute_values(format!(":is{at}"), n(of_it))
                .expression_attribute_values(format!(":was{at}"), n(stock.taken));
        }
        let update = update
            .update_expression(format!("SET {}", set.join(", ")))
            .condition_expression(holds.join(" AND "))
            .expression_attribute_values(":all", n(all));
        condition("UpdateItem", update.send().await)
    }
}
