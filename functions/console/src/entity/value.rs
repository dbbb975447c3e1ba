use jiff::{Timestamp, civil::DateTime};
use kabar_domain::Zone;
use serde_json::{Map, Value, json};

use super::{Field, Kind};
use crate::web::Sent;

/// A member of a document, by its name with dots.
pub(crate) fn at<'v>(value: &'v Value, name: &str) -> &'v Value {
    name.split('.').fold(value, |value, part| &value[part])
}

/// A document of what was sent; what was left empty is left out of a new thing, and emptied in one that is there.
pub(crate) fn document(fields: &[Field], sent: &Sent, zone: &Zone, is_new: bool) -> Value {
    let mut all = Value::Object(Map::new());
    for field in fields {
        if let Some(value) = said(field, sent, zone, is_new) {
            put(&mut all, field.name, value);
        }
    }
    all
}

fn put(document: &mut Value, name: &str, value: Value) {
    let (first, rest) = name
        .split_once('.')
        .map_or((name, None), |(first, rest)| (first, Some(rest)));
    let Some(members) = document.as_object_mut() else {
        return;
    };
    match rest {
        None => {
            members.insert(first.to_owned(), value);
        }
        Some(rest) => put(members.entry(first).or_insert_with(|| json!({})), rest, value),
    }
}

fn said(field: &Field, sent: &Sent, zone: &Zone, is_new: bool) -> Option<Value> {
    let raw = sent.get(field.name);
    let was = sent.get(&format!("was.{}", field.name));
    if let Some(was) = was.and_then(|was| serde_json::from_str(was).ok())
        && raw == Some(&written(field, &was, zone))
    {
        return Some(was);
    }
    match field.kind {
        Kind::Flag => return Some(Value::Bool(raw.is_some())),
        Kind::Choices(_) => return Some(sent.all(field.name).collect()),
        Kind::List => {
            let parts = raw.unwrap_or_default().split([',', '\n']).map(str::trim);
            return Some(parts.filter(|part| !part.is_empty()).collect());
        }
        Kind::Hours => {
            let end = |end| sent.get(&format!("{}.{end}", field.name)).unwrap_or_default();
            return Some(match (end("from"), end("to")) {
                ("", "") => Value::Null,
                (from, to) => json!({ "from": from, "to": to }),
            });
        }
        _ => {}
    }
    let raw = raw?;
    let is_text = matches!(field.kind, Kind::Text | Kind::LongText | Kind::Email | Kind::Zone);
    let raw = if is_text && !matches!(field.kind, Kind::Text | Kind::LongText) {
        raw.trim()
    } else {
        raw
    };
    match (field.kind, raw) {
        (Kind::Password, "") => None,
        (_, "") if is_new && !field.is_required => None,
        (_, "") if field.is_required || (is_text && !field.is_nullable) => Some(json!("")),
        (_, "") => Some(Value::Null),
        (Kind::Number | Kind::Seconds | Kind::Bytes, raw) => {
            let raw = raw.trim();
            Some(
                raw.parse::<i64>()
                    .map_or_else(|_| json!(raw), |number| json!(number)),
            )
        }
        (Kind::Money, raw) => Some(json!(raw.trim())),
        (Kind::Time, raw) => Some(json!(instant(raw, zone).unwrap_or_else(|| raw.to_owned()))),
        (_, raw) => Some(json!(raw)),
    }
}

/// A value as a form asks for it.
pub(super) fn written(field: &Field, now: &Value, zone: &Zone) -> String {
    match (field.kind, now) {
        (_, Value::Null) => String::new(),
        (Kind::Time, now) => local_time(now, zone).unwrap_or_default(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(all)) => {
            let all = all.iter().filter_map(Value::as_str);
            all.collect::<Vec<_>>().join(", ")
        }
        (_, other) => other.to_string(),
    }
}

/// The moment at which the clock of a zone shows this; what it shows twice is the first, what it skips is what comes
/// after (RFC 5545, 3.3.5).
fn instant(raw: &str, zone: &Zone) -> Option<String> {
    let local: DateTime = raw.trim().parse().ok()?;
    zone.at(local).map(|zoned| zoned.timestamp().to_string())
}

/// A moment as a form asks for it, by the clock of a zone.
fn local_time(value: &Value, zone: &Zone) -> Option<String> {
    let at: Timestamp = value.as_str()?.parse().ok()?;
    let local = zone.local(at);
    let form = match (local.second(), local.subsec_nanosecond()) {
        (0, 0) => "%Y-%m-%dT%H:%M",
        _ => "%Y-%m-%dT%H:%M:%S%.f",
    };
    Some(local.strftime(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entity::field, words::text};

    const WORD: crate::words::Text = text("a", "a");

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        let fields = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Sent {
            fields: fields.collect(),
            files: Vec::new(),
        }
    }

    #[test]
    fn what_was_not_touched_is_sent_as_it_was() {
        let fields = [
            field("start", WORD, Kind::Time),
            field("filter.tag", WORD, Kind::List),
        ];
        // The second of two half past two, for clocks go back at three.
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let was = json!({"start": "2026-10-25T01:30:00.5Z", "filter": {"tag": ["", "a,b"]}});
        let shown = fields.map(|field| written(&field, at(&was, field.name), &zone));
        let tags = at(&was, "filter.tag").to_string();
        let form = |start: &str, tag: &str| {
            let kept = [
                ("was.start", "\"2026-10-25T01:30:00.5Z\""),
                ("was.filter.tag", &tags),
            ];
            sent(&[("start", start), ("filter.tag", tag), kept[0], kept[1]])
        };
        assert_eq!(document(&fields, &form(&shown[0], &shown[1]), &zone, false), was);
        let changed = document(&fields, &form("2026-10-26T01:00", "a"), &zone, false);
        assert_eq!(
            changed,
            json!({"start": "2026-10-26T00:00:00Z", "filter": {"tag": ["a"]}})
        );
    }

    #[test]
    fn a_form_is_a_document_of_its_values() {
        let fields = [
            field("name", WORD, Kind::Text).required(),
            field("quota", WORD, Kind::Number),
            field("start", WORD, Kind::Time),
            field("filter.tag", WORD, Kind::List),
            field("parent", WORD, Kind::Reference("regions")),
            field("is_it", WORD, Kind::Flag),
            field("hours", WORD, Kind::Hours),
        ];
        let zone = Zone::parse("Asia/Jakarta").unwrap();
        let form = sent(&[
            ("name", " <b> "),
            ("quota", "12"),
            ("start", "2026-11-21T17:30"),
            ("filter.tag", "a, b,"),
            ("parent", ""),
            ("hours.from", "08:00"),
            ("hours.to", "22:00"),
        ]);
        let made = document(&fields, &form, &zone, true);
        let expected = json!({"name": " <b> ", "quota": 12, "start": "2026-11-21T10:30:00Z",
            "filter": {"tag": ["a", "b"]}, "is_it": false,
            "hours": {"from": "08:00", "to": "22:00"}});
        assert_eq!(made, expected);
        let changed = document(&fields, &form, &zone, false);
        assert_eq!(changed["parent"], Value::Null);
        assert!(changed.as_object().unwrap().contains_key("parent"));
        let odd = document(
            &fields,
            &sent(&[("quota", "many"), ("start", "soon")]),
            &zone,
            true,
        );
        assert_eq!((&odd["quota"], &odd["start"]), (&json!("many"), &json!("soon")));
        assert_eq!(odd["hours"], Value::Null, "all hours");
    }
}
