//! Planned cuts as iCalendar (RFC 5545): each event is a cut.

use jiff::{Span, Timestamp, Zoned, civil::DateTime};
use kabar_domain::{Invalid, Zone, power::Foreseen};
use vobject::{Component, Property, parse_component};

use super::{
    plan_lines::lines,
    plan_rows::{Names, Read, Row, Rows, hold_to_most},
};
use crate::frame::{Problem, ProblemKind, Result};

const PROPERTIES: Names = Names {
    uid: "UID",
    start: "DTSTART",
    end: "DTEND",
    reason: "SUMMARY",
    cancelled: "STATUS",
};

/// What makes one event stand for several: each cut has to be said by itself.
const RECURRENCE: [&str; 5] = ["RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"];

/// Reads a calendar, and says whether it has all cuts: one that cancels (RFC 5546 §3.2.5) has just those. Times without
/// a zone are by the clocks of this one.
pub(super) fn calendar(text: &str, zone: &Zone, now: Timestamp) -> Result<(Vec<Foreseen>, bool)> {
    let calendar = lines(text).and_then(|lines| parse_component(&lines).ok());
    let calendar = calendar.filter(|calendar| calendar.name.eq_ignore_ascii_case("VCALENDAR"));
    let calendar = calendar.ok_or_else(|| {
        let what = "The body is not one calendar in the form of RFC 5545.";
        Problem::with_detail(ProblemKind::Malformed, what)
    })?;
    let is_event = |part: &&Component| part.name.eq_ignore_ascii_case("VEVENT");
    let events: Vec<&Component> = calendar.subcomponents.iter().filter(is_event).collect();
    hold_to_most(events.len())?;
    let method = all(&calendar, "METHOD").first().map(|method| value(method));
    let is_cancel = method.is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
    let mut rows = Rows::new(now);
    for (number, event) in events.into_iter().enumerate() {
        let place = format!("events[{number}]");
        for name in RECURRENCE.iter().filter(|name| !all(event, name).is_empty()) {
            let alone = "Recurrence is not read: send each cut as an event of its own.";
            rows.refuse(format!("{place}.{name}"), &Invalid::because(alone));
        }
        rows.take(&place, &PROPERTIES, row(event, is_cancel, zone));
    }
    Ok((rows.done()?, !is_cancel))
}

fn row(event: &Component, is_cancel: bool, zone: &Zone) -> Row {
    let text = |name| match only(event, name)? {
        Some(property) => Ok(property.value_as_string()),
        None => Ok(String::new()),
    };
    let start = only(event, "DTSTART").and_then(|start| match start {
        Some(start) => moment(start, zone),
        None => Err(Invalid::because("This property is required.")),
    });
    Row {
        uid: text("UID"),
        end: end(event, start.as_ref().ok(), zone),
        start: start.map(|start| start.timestamp()),
        reason: text("SUMMARY"),
        is_cancelled: text("STATUS").map(|status| is_cancel || status.eq_ignore_ascii_case("CANCELLED")),
    }
}

/// When an event ends: at a time, or so long after its start.
fn end(event: &Component, start: Option<&Zoned>, zone: &Zone) -> Read<Timestamp> {
    match (only(event, "DTEND")?, only(event, "DURATION")?) {
        (Some(end), None) => Ok(moment(end, zone)?.timestamp()),
        (None, Some(length)) => {
            let wrong = || Invalid::because("DURATION must be one such as PT2H30M.");
            let raw = value(length);
            let span: Span = raw.parse().map_err(|_| wrong())?;
            let is_length = raw.trim_start_matches('+').starts_with('P') && span.is_positive();
            let span = Some(span).filter(|_| is_length).ok_or_else(wrong)?;
            // Without a start there is nothing to add it to, and the start is what is refused.
            let end = start.map(|start| start.checked_add(span));
            let end = end.map_or(Ok(Timestamp::MAX), |end| end.map(|end| end.timestamp()));
            end.map_err(|_| wrong())
        }
        (Some(_), Some(_)) => Err(Invalid::because("Must not stand beside DURATION.")),
        (None, None) => Err(Invalid::because("This property is required, or DURATION.")),
    }
}

/// Reads a time (RFC 5545 §3.3.5): of UTC, of a zone, or floating. Where clocks skip it or show it twice, it is as they
/// stood before.
fn moment(property: &Property, zone: &Zone) -> Read<Zoned> {
    let raw = value(property);
    let is_day = raw.len() == 8 && raw.bytes().all(|byte| byte.is_ascii_digit());
    if is_day {
        return Err(Invalid::because("Must have a time of day."));
    }
    let wrong = || Invalid::because("Must be a time such as 20261123T090000 or 20261123T020000Z.");
    let (local, is_utc) = match raw.strip_suffix(['Z', 'z']) {
        Some(local) => (local, true),
        None => (raw.as_str(), false),
    };
    let local = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_| wrong())?;
    let named = parameter(property, "TZID").map(|name| {
        Zone::parse(name)
            .map_err(|_| Invalid::because("TZID must be an IANA time zone such as Asia/Jakarta."))
    });
    let zone = match named {
        _ if is_utc => Zone::utc(),
        Some(zone) => zone?,
        None => zone.clone(),
    };
    zone.at(local).ok_or_else(wrong)
}

/// All properties of a name, whose letter case does not matter.
fn all<'c>(part: &'c Component, name: &str) -> Vec<&'c Property> {
    let named = |key: &&String| key.eq_ignore_ascii_case(name);
    let keys = part.props.keys().filter(named);
    keys.flat_map(|key| part.get_all(key)).collect()
}

/// The property of a name that may be there once.
fn only<'c>(part: &'c Component, name: &str) -> Read<Option<&'c Property>> {
    match all(part, name)[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(Invalid::because(format!("{name} must be there once."))),
    }
}

fn value(property: &Property) -> String {
    property.raw_value.trim().to_owned()
}

fn parameter<'p>(property: &'p Property, name: &str) -> Option<&'p str> {
    let named = |(key, _): &(&String, &String)| key.eq_ignore_ascii_case(name);
    property
        .params
        .iter()
        .find(named)
        .map(|(_, value)| value.as_str())
}
