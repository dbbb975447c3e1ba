/// What a cell with a delimiter or a line break in it stands between.
const QUOTE: u8 = 0x22;

/// Which of comma, semicolon and tab the header has most of, outside quotes; a comma if it has none.
#[must_use]
pub fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(0, b','), (0, b';'), (0, b'\t')];
    let mut is_quoted = false;
    let blank = text.iter().take_while(|byte| b"\r\n".contains(byte)).count();
    for &byte in &text[blank..] {
        match byte {
            QUOTE => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(_, d)| *d == byte)
                .for_each(|(n, _)| *n += 1),
        }
    }
    // The last of those that are most frequent wins.
    let most = counts.into_iter().rev().max_by_key(|(n, _)| *n);
    most.map_or(b',', |(_, delimiter)| delimiter)
}
