use crate::Invalid;

/// Reads a line of text of at most `max` characters: trimmed, not empty, without control characters.
///
/// # Errors
/// When it is empty, too long, or has characters that a mail header or a terminal would act on.
pub fn bounded_text(raw: &str, max: usize) -> Result<String, Invalid> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(Invalid::because("May not be empty."));
    }
    if text.chars().count() > max {
        return Err(Invalid::because(format!("May have at most {max} characters.")));
    }
    if text.chars().any(char::is_control) {
        return Err(Invalid::because("May not contain control characters."));
    }
    Ok(text.to_owned())
}
