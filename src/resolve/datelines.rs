//! Where a report was filed: `LONDON, July 24 (Reuters) - `, 新华社北京4月8日电, （台北報導）. Nothing need have happened there.

use super::Mention;
use crate::extract::{At, Scan};
use crate::lexicon::{CueClass, CueSet, PlaceIndex};
use crate::text::FieldName;

/// Longest that a dateline is, in bytes, and that its reporter or agency is before the place.
const LONGEST: usize = 96;
const LONGEST_AGENCY: usize = 60;
/// Words between the place and the dash that parts it from the report.
const MOST_WORDS: usize = 6;

/// A place in a dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Where it stands.
    pub at: At,
    /// All the world is reported on from there, or it is where the firm sits that has its own news sent out: it says nothing of
    /// where things happened. A dateline of any other town is where the report is from.
    pub is_desk: bool,
}

/// The places that stand in a dateline, in order.
pub(super) fn find(scan: &Scan<'_>, places: &[Mention<PlaceIndex>]) -> Vec<Dateline> {
    let mut found: Vec<Dateline> = Vec::new();
    for (number, mention) in places.iter().enumerate() {
        let at = mention.at;
        if scan.field(at).name == FieldName::Title {
            continue;
        }
        let Some(head) = line_before(scan, at) else { continue };
        let follows = number.checked_sub(1).map(|before| places[before].at).filter(|before| {
            found.last().is_some_and(|last| last.at == *before)
                && before.field == at.field
                && scan.slice(at.field, before.span.end, at.span.start) == ", "
        });
        let opens = head.trim_matches(is_opening).is_empty() || follows.is_some();
        let after = after(scan, at);
        let filed = opens && (ends_with_dash(scan, at, after) || ends_with_date(after))
            || head.len() <= LONGEST_AGENCY && !head.contains(['，', '。', '、']) && is_filed(scan, after);
        if filed {
            let wire = after.lines().next().is_some_and(|line| scan.lexicon.particles.report.wires.is_in(line));
            found.push(Dateline { at, is_desk: wire || is_news_desk(scan, at) });
        }
    }
    found
}

fn is_news_desk(scan: &Scan<'_>, at: At) -> bool {
    const DESKS: CueSet = CueSet::of(&[CueClass::EXCHANGE_SEAT, CueClass::NEWS_DESK]);
    scan.cues_in(at.sentence).iter().any(|cue| DESKS.contains(cue.class) && cue.at.overlaps(&at))
}

/// What stands before a place on its line, if that is not much: a line begins a sentence.
fn line_before<'d>(scan: &Scan<'d>, at: At) -> Option<&'d str> {
    let start = scan.sentence(at.sentence).span.start.min(at.span.start);
    let near = (at.span.start - start) as usize <= LONGEST_AGENCY;
    (near && scan.begins_line(at.sentence)).then(|| scan.slice(at.field, start, at.span.start))
}

fn after<'d>(scan: &Scan<'d>, at: At) -> &'d str {
    let rest = &scan.field(at).original[at.span.end as usize..];
    &rest[..rest.floor_char_boundary(LONGEST)]
}

fn is_opening(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '（' | '【' | '[' | '•' | '*')
}

/// `, July 24 (Reuters) - `, ` (AP) — `, `, Ga. – `: nothing but names, dates and agencies up to a dash. A town in ordinary letters
/// needs a date or an agency.
fn ends_with_dash(scan: &Scan<'_>, place: At, after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    // Most lines have none.
    if !line.contains(['-', '–', '—']) {
        return false;
    }
    let dashes = &scan.lexicon.particles.report.dash;
    let may_begin = |byte: &usize| !line.as_bytes()[*byte].is_ascii_alphanumeric() && line.is_char_boundary(*byte);
    let Some(end) = (0..line.len()).filter(may_begin).find(|&byte| dashes.begins(&line[byte..])) else {
        return false;
    };
    let between = &line[..end];
    let (mut open, mut words, mut sure) = (false, 0, !scan.text(place).chars().any(char::is_lowercase));
    for word in between.split([' ', ',']).filter(|word| !word.is_empty()) {
        let (opening, closing) = (word.starts_with(['(', '/']), word.ends_with([')', '/', ',']));
        let inside = open || opening;
        open = inside && !closing;
        sure |= inside || word.starts_with(|c: char| c.is_ascii_digit());
        words += usize::from(!inside);
        if !inside && word.starts_with(|c: char| c.is_lowercase()) {
            return false;
        }
    }
    sure && words <= MOST_WORDS
}

/// `, 23 November 2026. `, `, Western Australia, 6 November 2026` and the end of the line: nothing but names and a date with its year.
fn ends_with_date(after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    let Some((year, before)) = (4..=line.len())
        .filter_map(|end| line.get(end - 4..end).zip(line.get(..end - 4)))
        .find(|(year, _)| year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit()))
    else {
        return false;
    };
    let rest = &line[before.len() + year.len()..];
    let ends = rest.trim().is_empty() || rest.starts_with([':', ')']) || rest.starts_with(". ");
    let mut words = before.split([' ', ',', '(']).filter(|word| !word.is_empty());
    let dated = words.clone().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    ends && dated
        && words.clone().count() <= MOST_WORDS
        && words.all(|word| word == "and" || !word.starts_with(|c: char| c.is_lowercase()))
}

/// 4月8日电, ／台北報導〕: a date or nothing, and the word for a report.
fn is_filed(scan: &Scan<'_>, after: &str) -> bool {
    let mut dated = false;
    let mut rest = after.trim_start_matches([' ', '\u{3000}']);
    rest = rest.trim_start_matches(|c: char| {
        dated |= c.is_ascii_digit();
        c.is_ascii_digit() || matches!(c, '月' | '日' | '年' | ' ' | '（' | '）' | '(' | ')')
    });
    rest = rest
        .strip_prefix("综合")
        .or_else(|| rest.strip_prefix("專"))
        .or_else(|| rest.strip_prefix("专"))
        .unwrap_or(rest);
    rest = rest.strip_prefix(['报', '報']).filter(|rest| rest.starts_with(['导', '導', '道'])).unwrap_or(rest);
    let filed = scan.lexicon.particles.report.filed.begins(rest);
    let mut characters = rest.chars();
    characters.next();
    let parted = characters.next().is_none_or(|c| {
        c.is_whitespace() || matches!(c, '】' | '〕' | ')' | '）' | ']' | '，' | ',' | '：' | ':' | '|' | '丨' | '—')
    });
    filed && (dated || parted)
}
