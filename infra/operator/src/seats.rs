use std::fmt::Write;

use kabar_app::{
    Failure,
    events::{SeatCount, count_seats, repair_seats},
};
use kabar_domain::{
    events::{Event, EventFilter},
    ids::EventId,
};
use kabar_store::{Window, events::Events};

/// How many events are read at once.
const PART: u16 = 100;

/// What came of counting all events.
#[derive(Default)]
struct Report {
    text: String,
    counted: u32,
    wrong: u32,
    repaired: u32,
}

/// Counts the seats of one event or of all, one line for each that does not agree with its registrations, and repairs
/// those if told to. `Err` when some are left that do not agree, or could not be counted.
pub(crate) async fn recount(
    events: &Events,
    only: Option<EventId>,
    is_to_repair: bool,
) -> Result<String, Box<dyn std::error::Error>> {
    let mut report = Report::default();
    if let Some(id) = only {
        let event = events.event(id).await?.ok_or("There is no such event.")?;
        one(events, &event, is_to_repair, &mut report).await?;
    } else {
        let mut window = Window::first(PART);
        loop {
            let part = events.events(&EventFilter::default(), &window).await?;
            for event in &part.entries {
                one(events, event, is_to_repair, &mut report).await?;
            }
            window.after = part.next;
            if window.after.is_none() {
                break;
            }
        }
    }
    let Report {
        mut text,
        counted,
        wrong,
        repaired,
    } = report;
    write!(
        text,
        "{counted} events counted, {wrong} wrong, {repaired} repaired"
    )?;
    if wrong == repaired {
        Ok(text)
    } else {
        Err(text.into())
    }
}

async fn one(
    events: &Events,
    event: &Event,
    is_to_repair: bool,
    report: &mut Report,
) -> Result<(), Box<dyn std::error::Error>> {
    let count = match count_seats(events, event.id).await {
        Ok(Some(count)) => count,
        // It was removed meanwhile.
        Ok(None) => return Ok(()),
        Err(Failure::Changed) => {
            report.wrong += 1;
            writeln!(
                report.text,
                "{}: sells too fast to be counted; try again",
                event.id
            )?;
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    report.counted += 1;
    if count.is_balanced() {
        return Ok(());
    }
    report.wrong += 1;
    write!(report.text, "{}: {}", event.id, differences(&count))?;
    if is_to_repair {
        match repair_seats(events, &count).await {
            Ok(()) => {
                report.repaired += 1;
                report.text.push_str("; repaired");
            }
            Err(Failure::Changed) => report.text.push_str("; changed meanwhile, not repaired"),
            Err(error) => return Err(error.into()),
        }
    }
    report.text.push('\n');
    Ok(())
}

fn differences(count: &SeatCount) -> String {
    let mut said = format!(
        "{} taken of {}, {} registrations",
        count.seats.taken,
        count.seats.quota,
        count.registrations()
    );
    for (ticket, stock) in &count.seats.tickets {
        let held = count.held.get(ticket).copied().unwrap_or_default();
        if held != stock.taken {
            said.push_str(&format!(
                "; ticket {ticket}: {} taken, {held} registrations",
                stock.taken
            ));
        }
    }
    said
}
