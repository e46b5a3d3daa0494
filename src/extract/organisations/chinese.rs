//! Organisations in Chinese text.

use super::{FoundOrganisation, country_of, pattern};
use crate::extract::At;
use crate::extract::scan::Scan;
use crate::lexicon::{OrganisationWord, What};
use crate::vocabulary::OrganisationType;

/// Longest part of a Chinese organisation's name before its pattern word, in characters.
const LONGEST_ZH: usize = 12;

/// `…集团`: to the left, as far as a name may reach.
pub(super) fn before(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let sentence_start = scan.sentence(at.sentence).span.start;
    let before = scan.slice(at.field, sentence_start, at.span.start);
    let mut start = at.span.start;
    for (taken, (offset, c)) in before.char_indices().rev().enumerate() {
        let head = &before[..offset + c.len_utf8()];
        let is_stop = scan.lexicon.organisation_stops.iter().any(|stop| head.ends_with(stop.as_str()))
            || taken > 0 && ends_with_common_word(scan, head);
        if taken == LONGEST_ZH || !c.is_alphanumeric() || is_stop {
            break;
        }
        start = sentence_start + offset as u32;
    }
    // 澳洲皮尔巴拉矿业: the country before a company's name is none of it.
    if let Some(name) = scan.name_over(at.field, start).filter(|name| name.at.span.start == start)
        && word.kind == OrganisationType::Company
        && country_of(scan, name).is_some_and(|country| name.readings.iter().any(|r| r.what == What::Place(country)))
        && scan.slice(at.field, name.at.span.end.min(at.span.start), at.span.start).chars().count() >= 3
    {
        start = name.at.span.end;
    }
    let own = scan.slice(at.field, start, at.span.start);
    // Two characters before a mere 公司 are what it does, not who it is: 游戏公司, 保险公司.
    let shortest = if word.weak || scan.text(at) == "公司" { 3 } else { 2 };
    let long_enough = own.chars().count() >= shortest;
    let generic = scan.lexicon.people.not_names.contains(own) || is_only_names(scan, at, start);
    (long_enough && !(generic || word.weak && own.chars().count() > 6))
        .then(|| pattern(at, start, at.span.end, word.kind, None))
}

/// A word of at least two characters that is no part of names ends here.
fn ends_with_common_word(scan: &Scan<'_>, head: &str) -> bool {
    let starts = head.char_indices().rev().map(|(at, _)| at).skip(1).take(3);
    starts.into_iter().any(|at| scan.lexicon.people.not_names.contains(&head[at..]))
}

/// Whether the words from `start` to the pattern word are nothing but places, commodities and common words: `中国矿业公司`
/// may be any.
fn is_only_names(scan: &Scan<'_>, at: At, start: u32) -> bool {
    let mut byte = start;
    while byte < at.span.start {
        match scan.name_over(at.field, byte) {
            Some(name)
                if name
                    .readings
                    .iter()
                    .any(|r| matches!(r.what, What::Place(_) | What::Commodity(_) | What::Decoy(_))) =>
            {
                byte = name.at.span.end;
            }
            _ => return false,
        }
    }
    true
}
