//! An event goes from one organizer to another.

use kabar_domain::ids::{EventId, UserId};
use kabar_store::events::Whose;

use super::remover::{Remover, all};
use crate::Result;

impl Remover {
    /// Moves an event's rows from its former organizer's lists to those of whoever has it now.
    pub(super) async fn hand_over(&self, event: EventId, former: UserId) -> Result<u32> {
        let Some(seats) = self.events.seats(event).await? else {
            return Ok(0);
        };
        let mut moved = 0;
        let mut window = all();
        loop {
            let list = self
                .events
                .registrations(Whose::Organizer(former), &window)
                .await?;
            for row in list.entries.iter().filter(|row| row.event == event) {
                moved += u32::from(
                    self.events
                        .hand_over_registration(row.id, former, seats.organizer)
                        .await?,
                );
            }
            window.after = list.next;
            if window.after.is_none() {
                break;
            }
        }
        let mut window = all();
        loop {
            let list = self.events.payments(Whose::Organizer(former), &window).await?;
            for row in list.entries.iter().filter(|row| row.event == event) {
                moved += u32::from(
                    self.events
                        .hand_over_payment(row.id, former, seats.organizer)
                        .await?,
                );
            }
            window.after = list.next;
            if window.after.is_none() {
                return Ok(moved);
            }
        }
    }
}
