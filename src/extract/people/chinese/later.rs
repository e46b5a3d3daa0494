//! Later mentions of people: the whole name anywhere, a part of a foreign name between neighbours that a name may have.

use super::frame::{Frames, Left, Right};
use crate::extract::later::Later;
use crate::extract::people::FoundPerson;
use crate::extract::scan::Scan;
use crate::extract::{At, FoundOrganisation, overlaps_any};
use crate::text::Span;

/// How much is looked at around a name, in bytes.
const AROUND: u32 = 48;

/// Finds the later mentions of the people that are known so far.
pub(in crate::extract::people) fn later_mentions(
    scan: &Scan<'_>,
    organisations: &[FoundOrganisation],
    found: &mut Vec<FoundPerson>,
) {
    let mut known: Vec<At> = found.iter().map(|person| person.at).collect();
    known.sort();
    let names = known.iter().map(|&at| scan.text(at)).enumerate().flat_map(|(owner, name)| {
        let parts = name.split(['·', '•', '・', '‧']).skip(1).filter(|part| part.chars().count() >= 2);
        std::iter::once(name).chain(parts).map(move |name| (name, owner))
    });
    let mut more: Vec<At> = Vec::new();
    Later::new(names).each_start(scan, |rest, name, _| {
        if !scan.text(rest).starts_with(name) {
            return;
        }
        let at = At { span: Span { start: rest.span.start, end: rest.span.start + name.len() as u32 }, ..rest };
        let taken = overlaps_any(&known, |known| *known, at) || overlaps_any(organisations, |found| found.at, at);
        if !taken && (name.chars().count() >= 3 || is_framed(scan, organisations, at)) {
            more.push(at);
        }
    });
    found.extend(more.into_iter().map(|at| FoundPerson {
        at,
        leader: None,
        role: None,
        country: None,
        same: None,
        confidence: 0.9,
    }));
}

/// Whether two characters stand between neighbours that a name may have.
fn is_framed(scan: &Scan<'_>, organisations: &[FoundOrganisation], at: At) -> bool {
    let sentence = scan.sentence(at.sentence).span;
    let before = scan.tail_before(at, AROUND);
    let after = scan.slice(at.field, at.span.end, sentence.end);
    let length = after.char_indices().map(|(at, _)| at as u32).find(|&at| at >= AROUND).unwrap_or(after.len() as u32);
    let span = Span { start: at.span.start - before.len() as u32, end: at.span.end + length };
    let frames = Frames::new(scan, organisations, At { span, ..at });
    let place = before.chars().count();
    frames.left(place) >= Left::Boundary
        && frames.right(place + 2) >= Right::Link
        && !frames.text.word_crosses(place + 2)
}
