use jiff::Timestamp;
use kabar_domain::{Language, Zone};
use serde_json::Value;

use super::{Choice, Field, Kind, at};
use crate::words::{self, day_and_time, short_duration, ui};

/// How much of an id people see.
const SHORT: usize = 8;
const NOTHING: &str = "–";

/// A value as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Where more of it is.
    pub(crate) href: Option<String>,
    /// How it looks.
    pub(crate) tone: &'static str,
    /// The same for machines, where it is a moment.
    pub(crate) time: Option<String>,
    /// The same in a file, where people read it in another form.
    pub(crate) plain: Option<String>,
    /// Whether it has paragraphs, and wants their room.
    pub(crate) is_long: bool,
    /// Where a picture of it is.
    pub(crate) image: Option<String>,
}

impl Cell {
    /// Whether there is nothing in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.image.is_none() && matches!(self.text.as_str(), "" | NOTHING)
    }

    fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A member of a document as it is shown to whoever reads.
pub(crate) fn cell(field: &Field, thing: &Value, zone: &Zone, language: Language) -> Cell {
    let value = at(thing, field.name);
    if value.is_null() {
        return Cell::of(NOTHING);
    }
    match field.kind {
        Kind::Time => moment(value, zone, language),
        Kind::Seconds => Cell::of(
            value
                .as_i64()
                .map_or_else(String::new, |s| short_duration(s, language)),
        ),
        Kind::Bytes => Cell::of(value.as_f64().map_or_else(String::new, |bytes| {
            format!("{} kB", words::of(language).number(bytes / 1000.0, 1))
        })),
        Kind::Money => Cell {
            plain: value.as_f64().map(|amount| format!("{amount:.2}")),
            ..Cell::of(
                value
                    .as_f64()
                    .map_or_else(String::new, |n| words::of(language).number(n, 2)),
            )
        },
        Kind::Id => Cell {
            plain: Some(plain(value)),
            ..Cell::of(short(&plain(value)))
        },
        Kind::Flag => Cell::of(if value == true { ui::YES } else { ui::NO }.within(language)),
        Kind::Choice(choices) => chosen(value.as_str().unwrap_or_default(), choices, language),
        Kind::Choices(choices) => Cell::of(joined(value, |one| chosen(one, choices, language).text)),
        Kind::Reference(name) => {
            let id = plain(value);
            // A word may stand where others have an id, as for what the provider of mail did.
            let is_id = id.bytes().any(|byte| byte.is_ascii_digit());
            Cell {
                href: is_id.then(|| format!("/{name}/{id}")),
                ..Cell::of(id)
            }
        }
        Kind::Link => Cell {
            href: value.as_str().map(str::to_owned),
            ..Cell::of(plain(value))
        },
        Kind::Image => Cell {
            image: value.as_str().map(str::to_owned),
            ..Cell::default()
        },
        Kind::Hours => Cell::of(format!("{} – {}", plain(&value["from"]), plain(&value["to"]))),
        Kind::List => Cell::of(joined(value, str::to_owned)),
        Kind::Counts(choices) => Cell::of(counts(value, choices, language)),
        Kind::LongText => Cell {
            is_long: true,
            ..Cell::of(plain(value))
        },
        Kind::Text | Kind::Email | Kind::Password | Kind::Number | Kind::Zone | Kind::File => {
            Cell::of(plain(value))
        }
    }
}

/// The end of an id: it tells things apart that were made one after the other, as its beginning does not.
pub(crate) fn short(id: &str) -> String {
    let skipped = id.chars().count().saturating_sub(SHORT);
    match skipped {
        0 => id.to_owned(),
        _ => format!("…{}", id.chars().skip(skipped).collect::<String>()),
    }
}

fn moment(value: &Value, zone: &Zone, language: Language) -> Cell {
    let Some(at) = value.as_str().and_then(|raw| raw.parse::<Timestamp>().ok()) else {
        return Cell::of(plain(value));
    };
    Cell {
        time: Some(at.to_string()),
        ..Cell::of(day_and_time(at, zone, language))
    }
}

fn chosen(value: &str, choices: &[Choice], language: Language) -> Cell {
    let known = choices.iter().find(|choice| choice.value == value);
    known.map_or_else(
        || Cell::of(value),
        |choice| Cell {
            tone: choice.tone,
            ..Cell::of(choice.text.within(language))
        },
    )
}

fn joined(value: &Value, say: impl Fn(&str) -> String) -> String {
    let all = value.as_array().into_iter().flatten();
    let all: Vec<String> = all.map(|one| say(&plain(one))).collect();
    all.join(", ")
}

/// Those that are more than none.
fn counts(value: &Value, choices: &[Choice], language: Language) -> String {
    let all = value.as_object().into_iter().flatten();
    let some = all.filter(|(_, count)| count.as_u64() != Some(0));
    let said: Vec<String> = some
        .map(|(name, count)| format!("{}: {count}", chosen(name, choices, language).text))
        .collect();
    match said.is_empty() {
        true => "0".to_owned(),
        false => said.join(", "),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(_) => joined(value, str::to_owned),
        other => other.to_string(),
    }
}
