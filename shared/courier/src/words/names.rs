//! What people called something, made fit to stand inside a sentence of ours.

use unicode_segmentation::UnicodeSegmentation;

/// How many characters of a name a subject has room for: what a phone shows of a subject, with the words around it.
const SHORT: usize = 50;

/// A name on one line, without what would turn the letters of all that follows it.
///
/// Marks of a single letter's direction (U+200E, U+200F) stay: they reach no further than their neighbours.
pub(crate) fn one_line(name: &str) -> String {
    let kept = name.chars().filter(|c| !turns_what_follows(*c));
    let line: String = kept.map(|c| if breaks(c) { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// What somebody wrote in lines, as its paragraphs: lines of each end in `\n`, and none of them is empty.
///
/// Where a line ends, so does what turned its letters, so that may stay.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| line.replace(char::is_control, " "))
        .collect();
    lines
        .split(|line| line.trim().is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| paragraph.join("\n"))
        .collect()
}

/// A name as a subject says it: whole if it is short, else up to the end of a word, or of a letter, with an ellipsis.
pub(super) fn short(name: &str) -> String {
    let Some((end, _)) = name.grapheme_indices(true).nth(SHORT) else {
        return name.to_owned();
    };
    // Room for the ellipsis.
    let start = &name[..end];
    let last = start.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    let start = &start[..last];
    let word = start.rfind(char::is_whitespace).filter(|end| *end > last / 2);
    format!("{}…", start[..word.unwrap_or(last)].trim_end())
}

/// Whether this opens (or closes) an embedding, an override or an isolate (Unicode Standard Annex #9, §2).
const fn turns_what_follows(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_or_break_the_sentence_around_it() {
        assert_eq!(
            one_line(" a\u{202e}b\u{2066}c\r\nd\u{2028}e\u{7}\u{202c} "),
            "abc  d e"
        );
        assert_eq!(one_line("\u{202e}\n"), "", "nothing is left of it");
        assert_eq!(one_line("محمد\u{200f} 3"), "محمد\u{200f} 3");
    }

    #[test]
    fn a_subject_ends_a_long_name_after_a_word_or_a_letter() {
        let fits = "x".repeat(SHORT);
        assert_eq!(short(&fits), fits);
        assert_eq!(short(&format!("{fits}x")), format!("{}…", "x".repeat(SHORT - 1)));
        let words = "Kabupaten ".repeat(25);
        assert_eq!(short(&words), "Kabupaten Kabupaten Kabupaten Kabupaten…");
        // A family of four, which is one letter to the eye and seven characters to a program.
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        let families = short(&family.repeat(100));
        assert_eq!(families, format!("{}…", family.repeat(SHORT - 1)));
    }

    #[test]
    fn paragraphs_stand_between_empty_lines() {
        let text = "\r\n one\r\ntwo\t2\r\n \r\n\r\nthree\u{2029}four\u{0}\n";
        assert_eq!(paragraphs(text), [" one\ntwo 2", "three\nfour "]);
        assert!(paragraphs("\n \n").is_empty());
    }
}
