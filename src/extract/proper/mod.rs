//! Proper names in Latin letters that no list holds and no title or legal form tells: people, bodies, things.
//!
//! *In:* a [`Scan`], and the organisations and people found so far.
//! *Out:* more of both.
//! *Guaranteed:* nothing found before is overlapped or lost; names within the new ones are hidden; linear in the text.
//!
//! A name is a run of capitalised words ([`runs`]). What stands in it (given names, particles, a metal at its end) and
//! around it (kin and trades, kinds of bodies, verbs, appositions, ages, tickers) adds up for a person or for a body
//! ([`evidence`]); the words are data, `people/name-contexts.toml`. What is sure somewhere in the article is read the
//! same elsewhere in it.

mod evidence;
mod runs;
mod signs;

pub(super) use runs::{Known, is_title, run_at};

use super::organisations::{FoundOrganisation, OrganisationName};
use super::people::{FoundPerson, country_after};
use super::scan::Scan;
use super::{At, overlaps_any};
use crate::vocabulary::OrganisationType;
use evidence::{ENOUGH, Evidence};
use runs::{Run, runs};
use rustc_hash::{FxHashMap, FxHashSet};

/// What it says for a person that somebody is named right beside.
const LISTED: f64 = 1.2;

/// What a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    Body,
}

/// What the runs are by their scores alone.
fn decisions(scan: &Scan<'_>, runs: &[Run], scores: &FxHashMap<&str, (f64, f64)>) -> Vec<Option<Sort>> {
    let sort = |run: &Run| {
        let (person, organisation) = scores.get(scan.text(run.at)).copied().unwrap_or_default();
        if person >= ENOUGH && person >= organisation {
            Some(Sort::Person)
        } else {
            (organisation >= ENOUGH).then_some(Sort::Body)
        }
    };
    runs.iter().map(sort).collect()
}

/// Finds people and organisations among the runs of capitalised words that are still free.
pub(super) fn find(scan: &mut Scan<'_>, organisations: &mut Vec<FoundOrganisation>, people: &mut Vec<FoundPerson>) {
    let (found_organisations, found_people) = (organisations.len(), people.len());
    let free = free_runs(scan, organisations, people);
    let evidence = Evidence::new(scan, &free, organisations);
    // The same words are the same name everywhere: what is sure once is sure.
    let mut scores: FxHashMap<&str, (f64, f64)> = FxHashMap::default();
    for run in &free {
        let best = scores.entry(scan.text(run.at)).or_default();
        *best = (best.0.max(evidence.person(run)), best.1.max(evidence.organisation(run)));
    }
    let decided = decisions(scan, &free, &scores);
    for place in 0..free.len() {
        if decided[place].is_some() {
            continue;
        }
        let run = &free[place];
        let sides = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        for side in sides.filter(|&side| side < free.len()) {
            if !evidence.are_joined(&free[place.min(side)], &free[place.max(side)]) {
                continue;
            }
            let score = scores.entry(scan.text(run.at)).or_default();
            match decided[side] {
                // `Tilak Varma and Shubman Gill`: who is named with somebody is somebody.
                Some(Sort::Person) if evidence.is_of_own_words(run) => score.0 += LISTED,
                // `Vantor and Kibo West`
                Some(Sort::Body) => score.1 += evidence.listed_with_body(run),
                _ => {}
            }
        }
    }
    for (run, sort) in free.iter().zip(decisions(scan, &free, &scores)) {
        match sort {
            Some(Sort::Person) => people.push(person_at(run.at, country_after(scan, run.at))),
            Some(Sort::Body) => {
                let name = OrganisationName::Pattern { kind: OrganisationType::Other, country: None };
                organisations.push(FoundOrganisation { at: run.at, name, in_context: false, full: None });
            }
            None => {}
        }
    }
    let surnames: FxHashSet<String> = people.iter().filter_map(|person| surname(scan, person.at)).collect();
    let is_somebody = |run: &&Run| {
        run.words.len() == 1
            && run.words[0].known != Known::Own
            && surnames.contains(&run.words[0].folded)
            && evidence.speaks(run)
    };
    let persons = take_namesakes(scan, organisations, &surnames);
    let found_organisations = found_organisations - persons.len();
    people.extend(persons.iter().map(|firm| person_at(firm.at, None)));
    // `Steel said`, after `Georgia Steel`: the person, not the metal.
    people.extend(free.iter().filter(is_somebody).map(|run| person_at(run.at, None)));
    let covers: Vec<(At, bool)> = {
        let organisations = organisations[found_organisations..].iter().map(|organisation| organisation.at);
        let people = people[found_people..].iter().map(|person| person.at);
        let mut covers: Vec<_> = organisations.chain(people).map(|at| (at, false)).collect();
        covers.sort();
        covers
    };
    scan.hide_names(&covers, |_, _| false);
    organisations.sort_by_key(|organisation| organisation.at);
    people.sort_by_key(|person| person.at);
}

/// `Ford said`, after `Jim Ford`: short names that only a context would make a firm's, in an article that has somebody of that
/// surname and not the firm in full.
fn take_namesakes(
    scan: &Scan<'_>,
    organisations: &mut Vec<FoundOrganisation>,
    surnames: &FxHashSet<String>,
) -> Vec<FoundOrganisation> {
    let listed = |firm: &FoundOrganisation| match firm.name {
        OrganisationName::Listed(listed) => Some(listed),
        OrganisationName::Pattern { .. } => None,
    };
    let mut in_full: Vec<_> = organisations.iter().filter(|firm| !firm.in_context).filter_map(listed).collect();
    in_full.sort_unstable();
    let (persons, firms) = std::mem::take(organisations).into_iter().partition(|firm| {
        firm.in_context
            && surnames.contains(&scan.text(firm.at).to_lowercase())
            && listed(firm).is_some_and(|listed| in_full.binary_search(&listed).is_err())
    });
    *organisations = firms;
    persons
}

fn person_at(at: At, country: Option<At>) -> FoundPerson {
    FoundPerson { at, leader: None, role: None, country, same: None, confidence: 0.92 }
}

/// The last word of a name of several, as the word lists hold it.
fn surname(scan: &Scan<'_>, name: At) -> Option<String> {
    let (_, last) = scan.text(name).rsplit_once(' ')?;
    Some(last.to_lowercase())
}

/// The runs that overlap with nothing that is known already.
fn free_runs(scan: &Scan<'_>, organisations: &[FoundOrganisation], people: &[FoundPerson]) -> Vec<Run> {
    let sentences = 0..scan.sentences.len() as u32;
    let is_free = |run: &Run| {
        !overlaps_any(organisations, |organisation| organisation.at, run.at)
            && !overlaps_any(people, |person| person.at, run.at)
    };
    sentences.flat_map(|sentence| runs(scan, sentence)).filter(is_free).collect()
}
