//! The lines of a calendar, made fit for a parser that goes into itself at each fold, blank line and component: a body
//! of a megabyte of any of these would take all of its stack.

/// How deep components may lie in each other: an alarm lies in an event, which lies in the calendar.
const DEEPEST: usize = 8;

/// The lines of a calendar (RFC 5545 §3.1), unfolded, without empty ones, each ended by `\n`; nothing if its components
/// lie deeper in each other than in any calendar.
pub(super) fn lines(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\r', '\n']).filter(|line| !line.is_empty()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(before)) => before.push_str(rest),
            (Some(_), None) => return None,
            (None, _) => lines.push(line.to_owned()),
        }
    }
    let mut depth = 0_usize;
    for line in &lines {
        match name(line) {
            "BEGIN" => depth += 1,
            "END" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return None;
        }
    }
    Some(lines.join("\n"))
}

/// The name of a line's property, behind the group that may stand before it.
fn name(line: &str) -> &str {
    let end = line.find([':', ';']).unwrap_or(line.len());
    line[..end].rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_of_every_kind_are_undone_and_blank_lines_are_left_out() {
        let text = "\u{feff}BEGIN:VCALENDAR\r\nSUMM\r\n ARY:a\r\n\t b\n\n\n c\r\rEND:VCALENDAR\n";
        assert_eq!(
            lines(text).unwrap(),
            "BEGIN:VCALENDAR\nSUMMARY:a bc\nEND:VCALENDAR"
        );
        assert_eq!(lines(" folded onto nothing"), None);
        assert_eq!(lines("").as_deref(), Some(""));
    }

    #[test]
    fn components_that_lie_too_deep_are_not_gone_into() {
        assert!(lines(&"BEGIN:X\n".repeat(DEEPEST)).is_some());
        assert!(lines(&"BEGIN:X\nEND:X\n".repeat(1_000)).is_some());
        for begin in ["BEGIN:X\n", "a.BEGIN:X\n", "BEGIN;a=b:X\n", "BE\n GIN:X\n"] {
            assert_eq!(lines(&begin.repeat(DEEPEST + 1)), None, "{begin}");
        }
    }
}
