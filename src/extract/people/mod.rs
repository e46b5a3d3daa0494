//! People: listed, after or before a title, by a given name, or by what people do (`said`).

mod appositions;
mod chinese;
mod english;
#[cfg(test)]
mod english_tests;

pub(super) use appositions::{bylines, is_author};

use super::organisations::FoundOrganisation;
use super::scan::Scan;
use super::{At, Name, overlaps_any};
use crate::lexicon::{LeaderIndex, RoleIndex, What};

/// A person's mention.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// Where the name stands.
    pub at: At,
    /// The listed person that the name is known for.
    pub leader: Option<LeaderIndex>,
    /// Office or title beside the name.
    pub role: Option<RoleIndex>,
    /// Where the country beside the title stands.
    pub country: Option<At>,
    /// Where the same person's name stands, of a name in brackets after it: 韩慕睿（Mike Henry）.
    pub same: Option<At>,
    /// How sure the pattern is, 0 to 1.
    pub confidence: f64,
}

/// Finds people; the names within theirs are hidden.
pub(super) fn find(scan: &mut Scan<'_>, organisations: &[FoundOrganisation]) -> Vec<FoundPerson> {
    let mut found = Vec::new();
    found.extend(scan.names.iter().filter_map(listed).map(|person| appositions::with_given_names(scan, person)));
    for &(at, role) in scan.roles.iter().filter(|(at, _)| is_free(scan, organisations, *at)) {
        let country = country_beside(scan, at);
        let by_title = english::after_title(scan, at)
            .map(|name| (name, 0.95))
            .or_else(|| chinese::after_title(scan, at).map(|n| (n, 0.93)));
        let by_title = by_title
            .or_else(|| english::before_title(scan, at).map(|name| (name, 0.93)))
            .or_else(|| english::appointed(scan, at).map(|name| (name, 0.93)))
            .or_else(|| chinese::before_title(scan, at).map(|name| (name, 0.85)));
        if let Some((name, confidence)) = by_title {
            let role = Some(english::as_former(scan, at, role));
            found.push(FoundPerson { at: name, leader: None, role, country, same: None, confidence });
        }
    }
    let dotted = scan.document.fields.iter().any(|field| chinese::has_middle_dot(field.original));
    for sentence in 0..scan.sentences.len() as u32 {
        if scan.sentence_text(sentence).is_ascii() {
            continue;
        }
        if dotted {
            chinese::by_middle_dot(scan, organisations, sentence, &mut found);
        }
        chinese::by_frame(scan, organisations, sentence, &mut found);
    }
    for person in found.iter_mut().filter(|person| person.country.is_none() && person.role.is_some()) {
        person.country = country_after(scan, person.at);
    }
    chinese::later_mentions(scan, organisations, &mut found);
    let bracketed = appositions::in_brackets(scan, &found);
    found.extend(bracketed);
    found.retain(|person| !overlaps_any(organisations, |organisation| organisation.at, person.at));
    join_overlapping(scan, &mut found);
    inherit_countries(scan, &mut found);
    let spans: Vec<(At, bool)> = found.iter().map(|person| (person.at, false)).collect();
    scan.hide_names(&spans, |name, cover| name.at == *cover && listed(name).is_some());
    found
}

fn listed(name: &Name) -> Option<FoundPerson> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Leader(leader) => Some(FoundPerson {
            at: name.at,
            leader: Some(leader),
            role: None,
            country: None,
            same: None,
            confidence: 0.98,
        }),
        _ => None,
    })
}

/// A title inside of a name is none: `General Motors`, `DR Congo`.
fn is_free(scan: &Scan<'_>, organisations: &[FoundOrganisation], at: At) -> bool {
    let in_name = scan.name_over(at.field, at.span.start).is_some_and(|name| name.at.overlaps(&at));
    !in_name && !overlaps_any(organisations, |organisation| organisation.at, at)
}

/// One person for one place: the longest name, with what each pattern knew about it.
fn join_overlapping(scan: &Scan<'_>, found: &mut Vec<FoundPerson>) {
    // `Mr. Paul Young, chief executive`: a form of address is no office.
    let office = |role: &RoleIndex| !scan.lexicon.roles[role.0 as usize].role.is_empty();
    found.sort_by_key(|person| (person.at.field, person.at.span.start, std::cmp::Reverse(person.at.span.end)));
    found.dedup_by(|later, kept| {
        if !kept.at.overlaps(&later.at) {
            return false;
        }
        kept.leader = kept.leader.or(later.leader);
        kept.role = kept.role.filter(office).or(later.role).or(kept.role);
        kept.same = kept.same.or(later.same);
        kept.country = kept.country.or(later.country);
        kept.confidence = kept.confidence.max(later.confidence);
        if later.at.span.end > kept.at.span.end && later.at.span.start == kept.at.span.start {
            kept.at = later.at;
        }
        true
    });
}

/// `Pakistan's Prime Minister Sharif and Army Chief Munir`: both are Pakistan's.
fn inherit_countries(scan: &Scan<'_>, found: &mut [FoundPerson]) {
    for at in 1..found.len() {
        let (earlier, later) = found.split_at_mut(at);
        let (Some(previous), Some(person)) = (earlier.last(), later.first_mut()) else { continue };
        let of_state = person.role.is_some_and(|role| scan.lexicon.roles[role.0 as usize].government);
        if !of_state || person.country.is_some() || previous.at.sentence != person.at.sentence {
            continue;
        }
        let between = scan.slice(person.at.field, previous.at.span.end, person.at.span.start);
        let joined = scan.lexicon.particles.name.joining.begins(between) && between.chars().count() < 40;
        if joined {
            person.country = previous.country;
        }
    }
}

/// The country that stands directly before a title (`Pakistan's Prime Minister`, `巴铁总理`) or after it (`President of Chile`).
fn country_beside(scan: &Scan<'_>, role: At) -> Option<At> {
    let names = &scan.names[scan.names_in(role.sentence)];
    let before = names.iter().rev().find(|name| name.at.span.end <= role.span.start).filter(|name| {
        let between = scan.slice(role.field, name.at.span.end, role.span.start);
        let between = between.trim_start_matches("'s").trim_start_matches("’s").trim_start_matches(['的', '国']).trim();
        let few =
            between.split_whitespace().count() <= 2 && between.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
        few || matches!(between, "现任" | "前" | "新任")
    });
    before.filter(|name| name.is_place()).map(|name| name.at).or_else(|| country_after(scan, role))
}

/// `of Pakistan`, directly after a title or a name.
pub(super) fn country_after(scan: &Scan<'_>, at: At) -> Option<At> {
    let names = &scan.names[scan.names_in(at.sentence)];
    let after = names.iter().find(|name| name.at.span.start >= at.span.end)?;
    let between = scan.slice(at.field, at.span.end, after.at.span.start);
    (after.is_place() && matches!(between, " of " | " of the " | " for ")).then_some(after.at)
}
