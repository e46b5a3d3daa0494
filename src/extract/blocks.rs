//! What a page sets around its article: lists of other stories, tags, shares.
//!
//! *In:* a [`Scan`] with its cues. *Out:* the same, with the sentences of such lists marked as the site's own
//! ([`CueClass::BOILERPLATE`]).

use super::scan::Scan;
use crate::lexicon::CueClass;
use crate::text::FieldName;

/// Most lines of one list, and the longest headline in it, in bytes.
const MOST_LINES: u32 = 40;
const LONGEST_HEADLINE: usize = 240;

/// Marks what stands below a heading such as 相关阅读 that is alone on its line, as long as the lines are headlines, and what
/// stands behind such a word and a colon.
pub(super) fn mark(scan: &mut Scan<'_>) {
    let mut left = 0;
    for number in 0..scan.sentences.len() as u32 {
        let of_block = match heading(scan, number) {
            Heading::Alone => {
                left = MOST_LINES;
                true
            }
            Heading::OfLine => true,
            Heading::None if left == 0 => false,
            Heading::None => {
                left = if is_headline_line(scan, number) { left.saturating_sub(1) } else { 0 };
                left > 0
            }
        };
        if of_block {
            scan.mark_as_site(number);
        }
    }
}

/// What a sentence opens.
enum Heading {
    /// Nothing else stands on the line.
    Alone,
    /// What follows on the line belongs to it.
    OfLine,
    /// No heading.
    None,
}

fn heading(scan: &Scan<'_>, number: u32) -> Heading {
    if !scan.said_in(number).contains(CueClass::BOILERPLATE_BLOCK) || !begins_line(scan, number) {
        return Heading::None;
    }
    let line = scan.sentence_text(number).trim_matches(is_ornament);
    let words = scan.cues_in(number).iter().filter(|cue| cue.class == CueClass::BOILERPLATE_BLOCK);
    let rest = words.filter_map(|cue| line.strip_prefix(scan.text(cue.at))).min_by_key(|rest| rest.len());
    match rest.map(|rest| rest.trim_start_matches([' ', '\u{3000}', '】', ']'])) {
        Some("" | ":" | "：") => Heading::Alone,
        Some(rest) if rest.starts_with([':', '：', '|', '｜']) => Heading::OfLine,
        _ => Heading::None,
    }
}

fn begins_line(scan: &Scan<'_>, number: u32) -> bool {
    scan.field(scan.sentence_at(number)).name != FieldName::Title && scan.begins_line(number)
}

/// Whether a line is a headline rather than a sentence of running text.
fn is_headline_line(scan: &Scan<'_>, number: u32) -> bool {
    let line = scan.sentence_text(number).trim();
    begins_line(scan, number)
        && line.len() <= LONGEST_HEADLINE
        && !line.ends_with(['.', '。', '!', '！', '?', '？', '"', '”', '」', ';', '；'])
}

/// What pages set around a heading: `【相关阅读】`, `>> Related`.
fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '【' | '[' | '>' | '<' | '»' | '«' | '*' | '#' | '·' | '•' | '-' | '—' | '■' | '▶' | '◆')
}
