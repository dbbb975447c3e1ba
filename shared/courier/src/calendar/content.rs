//! Content lines of RFC 5545, §3.1.
//!
//! Ours, because what there is does not hold with hostile names: icalendar 0.17 panics while it folds forty emoji and
//! a hundred no-break spaces and lets a quote in a parameter end it, ics 0.5 folds at 76 octets.

use crate::words::one_line;

/// The most octets in a line, without its end.
const WIDTH: usize = 75;

/// What stands in an `.ics` file.
#[derive(Default)]
pub(super) struct Content(String);

impl Content {
    /// A property whose value is ours, and written as its type wants it.
    pub(super) fn line(&mut self, property: &str, value: &str) {
        self.fold(&format!("{property}:{value}"));
    }

    /// A property with a TEXT (§3.3.11) that somebody wrote; nothing if that is empty.
    pub(super) fn text(&mut self, property: &str, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            return;
        }
        let mut value = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '\\' | ';' | ',') {
                value.push('\\');
            }
            value.push(c);
        }
        self.line(property, &value);
    }

    /// A property that is somebody's address, with what they are called, if anything.
    pub(super) fn person(&mut self, property: &str, name: &str, address: &str) {
        let name = one_line(name);
        if name.is_empty() {
            return self.line(property, address);
        }
        // A quote cannot stand in a parameter; this is how it is said there (RFC 6868).
        let name = name.replace('^', "^^").replace('"', "^'");
        self.line(&format!("{property};CN=\"{name}\""), address);
    }

    /// Long lines go on in the next one, after a space; never inside a character.
    fn fold(&mut self, line: &str) {
        let (mut rest, mut room) = (line, WIDTH);
        while rest.len() > room {
            let (start, end) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(start);
            self.0.push_str("\r\n ");
            (rest, room) = (end, WIDTH - 1);
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

impl From<Content> for String {
    fn from(content: Content) -> Self {
        content.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_and_not_inside_a_character() {
        for (text, first, second) in [
            ("a".repeat(100), 75, 34),
            ("é".repeat(60), 74, 55),
            ("😀".repeat(30), 72, 57),
        ] {
            let mut content = Content::default();
            content.text("SUMMARY", &text);
            let written = String::from(content);
            let lines: Vec<usize> = written.split_terminator("\r\n").map(str::len).collect();
            assert_eq!(lines, [first, second], "{written}");
        }
    }
}
