//! What a test reads in a page: tags and their attributes, of pages that we made ourselves.

/// A control of a form.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    pub(crate) name: String,
    /// As HTML calls it: `text`, `email`, … or `textarea`, `select`.
    pub(crate) kind: String,
    /// Its tag, as it is written.
    pub(crate) tag: String,
}

/// An attribute of a tag, as it is written.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// All tags of a name, with their attributes.
pub(crate) fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let opening = format!("<{name}");
    let parts = html.split(&opening).skip(1);
    parts
        .filter(|part| part.starts_with([' ', '>']))
        .map(|part| part.split_once('>').unwrap().0)
        .collect()
}

/// The value of a hidden control, as it is sent.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let found = tags(html, "input")
        .into_iter()
        .find(|tag| attribute(tag, "type") == Some("hidden") && attribute(tag, "name") == Some(name));
    let tag = found.unwrap_or_else(|| panic!("no {name} in {html}"));
    let value = attribute(tag, "value").unwrap();
    let signs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    signs.iter().fold(value.to_owned(), |text, (written, sign)| {
        text.replace(written, sign)
    })
}

/// What somebody fills in.
pub(crate) fn controls(html: &str) -> Vec<Control> {
    let all = ["input", "textarea", "select"].map(|name| (name, tags(html, name)));
    let all = all
        .into_iter()
        .flat_map(|(name, tags)| tags.into_iter().map(move |tag| (name, tag)));
    all.filter(|(_, tag)| attribute(tag, "type") != Some("hidden"))
        .map(|(name, tag)| Control {
            name: attribute(tag, "name").unwrap_or_default().to_owned(),
            kind: attribute(tag, "type").unwrap_or(name).to_owned(),
            tag: tag.to_owned(),
        })
        .collect()
}

/// A text as it stands in a page.
pub(crate) fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;");
    text.replace('"', "&#34;").replace('\'', "&#39;")
}

/// The first value that a list of choices offers.
pub(crate) fn first_choice(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("<select id=\"{name}\""))?;
    let (choices, _) = rest.split_once("</select>")?;
    let all = tags(choices, "option").into_iter();
    all.filter_map(|tag| attribute(tag, "value"))
        .find(|value| !value.is_empty())
        .map(str::to_owned)
}
