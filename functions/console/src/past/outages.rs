use jiff::Timestamp;
use kabar_domain::power::Cut;
use serde_json::Value;

use super::Asked;
use crate::{
    charts::{Drawing, Months, Sheet, timeline},
    words::{self, Text, day_and_time, fields as f, past as p, short_duration},
};

/// How many months are looked back on.
const MONTHS: usize = 6;
/// How many outages are asked for: as many as a page of a list has.
const ASKED: usize = 200;

/// When the power was out in the last months.
pub(super) struct Outages {
    pub(super) drawing: Drawing,
    pub(super) sheet: Sheet,
    /// Whether there were more before them that are not drawn.
    pub(super) are_latest: bool,
}

/// Outages as the API lists them, the newest first; those that last go on until now.
struct Listed {
    cuts: Vec<(Cut, bool)>,
    goes_on: bool,
}

impl Listed {
    fn read(found: &Value, now: Timestamp) -> Option<Self> {
        let moment = |outage: &Value, name: &str| outage[name].as_str()?.parse::<Timestamp>().ok();
        let cut = |outage: &Value| {
            let start = moment(outage, "started_at")?;
            let end = moment(outage, "ended_at");
            let cut = Cut {
                start,
                end: end.unwrap_or(now),
            };
            Some((cut, end.is_none()))
        };
        Some(Self {
            cuts: found["outages"].as_array()?.iter().filter_map(cut).collect(),
            goes_on: !found["next"].is_null(),
        })
    }

    /// Since when all outages are known, at the earliest from an instant on: where the list goes on, those before its last
    /// one are not.
    fn known_since(&self, first: Timestamp) -> Timestamp {
        let oldest = self.cuts.last().filter(|_| self.goes_on);
        oldest.map_or(first, |(cut, _)| cut.start.max(first))
    }
}

/// One request, however many there were: of more than a list has, the latest.
pub(super) async fn outages(asked: &Asked<'_>, query: &str) -> Option<Outages> {
    let path = format!("/api/outages/?limit={ASKED}&{query}");
    let found = asked.reader.get(path).await.ok()?.value;
    let listed = Listed::read(&found, asked.now)?;
    Some(shown(asked, &listed))
}

fn shown(asked: &Asked<'_>, listed: &Listed) -> Outages {
    let (zone, language) = (&asked.zone, asked.reader.language);
    let say = |text: Text| text.within(language);
    let months = Months::up_to(asked.now, zone, MONTHS);
    let known = listed.known_since(months.first());
    let touches = |(cut, _): &&(Cut, bool)| cut.end > months.first();
    let cuts: Vec<(Cut, bool)> = listed.cuts.iter().filter(touches).copied().collect();
    let drawn: Vec<Cut> = cuts.iter().map(|(cut, _)| *cut).collect();
    let row = |(cut, lasts): &(Cut, bool)| {
        let end = match lasts {
            true => say(p::LASTS).to_owned(),
            false => day_and_time(cut.end, zone, language),
        };
        (
            day_and_time(cut.start, zone, language),
            vec![end, lasted(cut, asked)],
        )
    };
    let title = say(p::OUTAGES_DRAWN);
    Outages {
        are_latest: known > months.first(),
        drawing: timeline(
            ("past-outages", title, said(&drawn, asked)),
            &months,
            known,
            &drawn,
            (zone, language),
        ),
        sheet: Sheet {
            caption: title.to_owned(),
            heads: [f::START, f::END, f::DURATION].map(say).to_vec(),
            rows: cuts.iter().map(row).collect(),
        },
    }
}

fn lasted(cut: &Cut, asked: &Asked<'_>) -> String {
    let seconds = i64::try_from(cut.seconds()).unwrap_or(i64::MAX);
    short_duration(seconds, asked.reader.language)
}

/// How many there were, and which was the longest.
fn said(cuts: &[Cut], asked: &Asked<'_>) -> String {
    let language = asked.reader.language;
    let Some(longest) = cuts.iter().max_by_key(|cut| cut.seconds()) else {
        return words::of(language).no_outages.to_owned();
    };
    format!(
        "{}: {}; {}: {}, {}",
        p::COUNT.within(language),
        cuts.len(),
        p::LONGEST.within(language),
        lasted(longest, asked),
        day_and_time(longest.start, &asked.zone, language)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn an_outage_that_lasts_goes_on_until_now_and_of_more_than_are_listed_nothing_is_known() {
        let now = at("2026-11-21T10:00:00Z");
        let listed = |next: Option<&str>| {
            let outages = json!([
                { "started_at": "2026-11-21T09:00:00Z", "ended_at": null },
                { "started_at": "2026-10-01T09:00:00Z", "ended_at": "2026-10-01T09:30:00Z" },
            ]);
            Listed::read(&json!({ "outages": outages, "next": next }), now).unwrap()
        };
        let all = listed(None);
        let lengths: Vec<_> = all
            .cuts
            .iter()
            .map(|(cut, lasts)| (cut.seconds(), *lasts))
            .collect();
        assert_eq!(lengths, [(3_600, true), (1_800, false)]);
        let first = at("2026-06-01T00:00:00Z");
        assert_eq!(all.known_since(first), first);
        assert_eq!(
            listed(Some("more")).known_since(first),
            at("2026-10-01T09:00:00Z")
        );
        let later = at("2026-10-31T17:00:00Z");
        assert_eq!(
            listed(Some("more")).known_since(later),
            later,
            "more, but before it"
        );
    }
}
