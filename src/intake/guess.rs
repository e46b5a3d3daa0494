//! What a file holds, told by how it begins.

use super::{Format, gkg};
use crate::article::is_field;

/// JSON lines unless it shows something else, so that broken lines are published and judged as they are.
pub(super) fn format(start: &[u8]) -> Format {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match start.first() {
        // UTF-16, which XML may be written in
        Some(0xFE | 0xFF) if start.starts_with(b"\xff\xfe<\0") || start.starts_with(b"\xfe\xff\0<") => Format::Feed,
        Some(b'<') => Format::Feed,
        Some(b'{') if is_json_feed(start) => Format::Feed,
        Some(b'{' | b'[') | None => Format::Lines,
        Some(_) => of_columns(start.split(|byte| *byte == b'\n').next().unwrap_or(start)),
    }
}

/// A JSON Feed names its version first, or at least before its items.
fn is_json_feed(start: &[u8]) -> bool {
    let head = &start[..start.len().min(1_000)];
    memchr::memmem::find(head, b"https://jsonfeed.org/version/").is_some()
}

fn of_columns(first: &[u8]) -> Format {
    if gkg::begins(first) {
        return Format::Gkg;
    }
    let known = |name: &[u8]| {
        let name = std::str::from_utf8(name).unwrap_or_default().trim().trim_matches('"');
        is_field(name) || is_field(&name.to_ascii_lowercase()) || name == gkg::DOCUMENT
    };
    let header = |delimiter: &u8| {
        let names: Vec<&[u8]> = first.split(|byte| byte == delimiter).collect();
        names.len() > 1 && names.into_iter().any(known)
    };
    [b'\t', b',', b';'].into_iter().find(header).map_or(Format::Lines, Format::Table)
}
