use std::fmt::Write;

/// An address as a URI (RFC 6068, §2).
pub(super) fn mailto(address: &str) -> String {
    let mut uri = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"!$'*+-._~@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_uri_of_itself() {
        assert_eq!(
            mailto("o'neil+kabar@example.com"),
            "mailto:o'neil+kabar@example.com"
        );
        assert_eq!(mailto("50%/a?b@example.com"), "mailto:50%25%2Fa%3Fb@example.com");
    }
}
