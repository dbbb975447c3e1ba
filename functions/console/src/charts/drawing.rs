/// A picture. It is one for whoever hears a page, too: a title, and what it shows in words.
pub(crate) struct Drawing {
    /// By which its words are found: no other part of its page has it.
    pub(crate) id: String,
    pub(crate) title: String,
    /// What it shows, in words.
    pub(crate) said: String,
    /// How it looks beside others: the name of a style.
    pub(crate) style: &'static str,
    /// How wide and high it is, in units of its own.
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) labels: Vec<Label>,
    /// What stands below its left end and its right one.
    pub(crate) ends: Option<(String, String)>,
}

/// A rectangle of a drawing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// What it stands for: the name of a style.
    pub(crate) style: &'static str,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) width: String,
    pub(crate) height: String,
}

/// Words in a drawing, by the start of their baseline.
pub(crate) struct Label {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) text: String,
}

impl Shape {
    /// A rectangle from its left upper corner.
    pub(super) fn new(style: &'static str, (x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        Self {
            style,
            x: units(x),
            y: units(y),
            width: units(width),
            height: units(height),
        }
    }
}

impl Label {
    pub(super) fn new((x, y): (f64, f64), text: impl Into<String>) -> Self {
        Self {
            x: units(x),
            y: units(y),
            text: text.into(),
        }
    }
}

/// A tenth is finer than anything that can be seen.
fn units(number: f64) -> String {
    format!("{number:.1}")
}
