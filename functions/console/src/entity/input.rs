use std::collections::BTreeMap;

use kabar_domain::{Language, Zone};
use serde_json::Value;

use super::{Choice, Field, Kind, at, value::written};
use crate::{
    web::Sent,
    words::{reason, ui},
};

/// As the API says it.
const REQUIRED: &str = "This field is required.";

/// A field of a form.
pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: Option<String>,
    /// What browsers know it by, if they may.
    pub(crate) autofill: &'static str,
    pub(crate) is_required: bool,
    /// As HTML calls it: `text`, `number`, … or `textarea`, `select`, `checks`, `hours`.
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) is_checked: bool,
    /// The value as the API has it, where its written form says less than it.
    pub(crate) was: Option<String>,
    /// What no choice is called.
    pub(crate) nothing: &'static str,
    /// What can be chosen; of hours, their two ends.
    pub(crate) options: Vec<Selectable>,
    pub(crate) errors: Vec<String>,
}

impl Input {
    /// The ids of what is said about it, for whoever hears the page: the advice stays where there are errors.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let errors = (1..=self.errors.len()).map(|number| format!("{}-error-{number}", self.name));
        let all: Vec<String> = errors.chain(hint).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}

/// One of the values that a field can have.
pub(crate) struct Selectable {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) is_chosen: bool,
}

/// Where the values of a form come from.
pub(crate) struct Source<'s> {
    /// What the thing is now.
    pub(crate) thing: &'s Value,
    /// What was typed, which goes before it.
    pub(crate) sent: Option<&'s Sent>,
    /// What is wrong with it.
    pub(crate) errors: &'s BTreeMap<String, Vec<String>>,
    /// The things that references can name, by their kind.
    pub(crate) known: &'s BTreeMap<&'static str, Vec<(String, String)>>,
}

/// The fields of a form, filled in.
pub(crate) fn inputs(fields: &[Field], source: &Source<'_>, zone: &Zone, language: Language) -> Vec<Input> {
    fields
        .iter()
        .map(|field| input(field, source, zone, language))
        .collect()
}

fn input(field: &Field, source: &Source<'_>, zone: &Zone, language: Language) -> Input {
    let now = at(source.thing, field.name);
    let typed = source
        .sent
        .map(|sent| sent.get(field.name).unwrap_or_default().to_owned());
    let value = match field.kind {
        // It is typed again, and stands in no page.
        Kind::Password => String::new(),
        _ => typed.unwrap_or_else(|| written(field, now, zone)),
    };
    let reasons = errors_of(field, &value, source.errors).into_iter().flatten();
    let is_empty = value.is_empty();
    let options = options(field, &value, source, language);
    let hint = field.hint.map(|hint| hint.within(language).to_owned());
    Input {
        name: field.name,
        label: field.label.within(language),
        hint: match field.kind {
            Kind::Time => Some(format!("{} {}", ui::YOUR_CLOCK.within(language), zone.name())),
            _ => hint,
        },
        autofill: field.autofill,
        is_required: field.is_required,
        was: was(field, now, source),
        kind: match field.kind {
            Kind::Id | Kind::Text | Kind::Link | Kind::Image | Kind::List | Kind::Counts(_) => "text",
            Kind::Zone => "zone",
            Kind::LongText => "textarea",
            Kind::Email => "email",
            Kind::Password => "password",
            Kind::Number | Kind::Seconds | Kind::Bytes => "number",
            Kind::Money => "money",
            Kind::Time => "datetime-local",
            Kind::Hours => "hours",
            Kind::File => "file",
            Kind::Flag => "checkbox",
            Kind::Choice(_) => "select",
            Kind::Choices(_) => "checks",
            Kind::Reference(_) if options.is_empty() => "text",
            Kind::Reference(_) => "select",
        },
        is_checked: source
            .sent
            .map_or(now == true, |sent| sent.get(field.name).is_some()),
        value,
        nothing: ui::CHOOSE.within(language),
        options,
        errors: reasons
            .map(|sentence| match is_empty {
                true => reason(unsaid(field.kind, sentence), language),
                false => reason(sentence, language),
            })
            .collect(),
    }
}

/// What is wrong with a field where nothing was chosen: that, and not how the API would have it written.
pub(crate) const fn unsaid(kind: Kind, sentence: &str) -> &str {
    match kind {
        Kind::Time | Kind::Number | Kind::Money | Kind::Choice(_) | Kind::Reference(_) => REQUIRED,
        _ => sentence,
    }
}

/// What is wrong with a field: the API may say it of the whole member that the field is in, and then it is said of what
/// was typed there.
fn errors_of<'s>(
    field: &Field,
    typed: &str,
    errors: &'s BTreeMap<String, Vec<String>>,
) -> Option<&'s Vec<String>> {
    let of_all = || {
        let (member, _) = field.name.split_once('.')?;
        errors.get(member).filter(|_| !typed.is_empty())
    };
    errors.get(field.name).or_else(of_all)
}

/// What a form keeps of a value that it cannot write out in full: a moment's seconds, and which of the two it is where
/// clocks go back; a list's empty texts and commas.
fn was(field: &Field, now: &Value, source: &Source<'_>) -> Option<String> {
    if !matches!(field.kind, Kind::Time | Kind::List) {
        return None;
    }
    match source.sent {
        Some(sent) => sent.get(&format!("was.{}", field.name)).map(str::to_owned),
        None => (!now.is_null()).then(|| now.to_string()),
    }
}

fn options(field: &Field, value: &str, source: &Source<'_>, language: Language) -> Vec<Selectable> {
    let of_choice = |choice: &Choice, is_chosen: bool| Selectable {
        value: choice.value.to_owned(),
        text: choice.text.within(language).to_owned(),
        is_chosen,
    };
    match field.kind {
        Kind::Choice(choices) => choices
            .iter()
            .map(|choice| of_choice(choice, choice.value == value))
            .collect(),
        Kind::Choices(choices) => {
            let typed = source.sent.map(|sent| sent.all(field.name).collect::<Vec<_>>());
            let known: Vec<&str> = typed.unwrap_or_else(|| value.split(", ").collect());
            choices
                .iter()
                .map(|choice| of_choice(choice, known.contains(&choice.value)))
                .collect()
        }
        Kind::Hours => [("from", ui::FROM), ("to", ui::TO)]
            .map(|(end, text)| {
                let typed = source.sent.map(|sent| sent.get(&format!("{}.{end}", field.name)));
                let now = at(source.thing, field.name)[end].as_str();
                Selectable {
                    value: typed.unwrap_or(now).unwrap_or_default().to_owned(),
                    text: text.within(language).to_owned(),
                    is_chosen: false,
                }
            })
            .into(),
        Kind::Reference(name) => {
            let known = source.known.get(name).into_iter().flatten();
            let known = known.map(|(id, title)| Selectable {
                value: id.clone(),
                text: title.clone(),
                is_chosen: id == value,
            });
            known.collect()
        }
        _ => Vec::new(),
    }
}
