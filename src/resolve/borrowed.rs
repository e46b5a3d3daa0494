//! Names of places that stand for something else: a mine, a street, a person, a currency, a part of another place's name.

use super::senses::preferred;
use crate::extract::{At, FoundPerson, Name, Scan};
use crate::lexicon::{Measure, PlaceIndex, Reading, Reason, What};
use crate::text::{Case, Language, TokenKind};
use crate::vocabulary::{Form, PlaceType};
use rustc_hash::FxHashSet;

/// Most tokens from the name of a mine to the word for what it is.
const TO_DIGGINGS: usize = 6;
/// Most bytes from there to the place where it lies.
const TO_ITS_PLACE: usize = 60;

/// What an article calls by the names of places.
pub(super) struct Borrowed<'d> {
    first_names: FxHashSet<&'d str>,
    diggings: Diggings<'d>,
}

impl<'d> Borrowed<'d> {
    pub(super) fn new(scan: &Scan<'d>, people: &[FoundPerson]) -> Self {
        Self { first_names: first_names(scan, people), diggings: named_like_places(scan) }
    }

    /// Why a name is none of the place that it is read as, if so.
    pub(super) fn refuses(&self, scan: &Scan<'_>, name: &Name, reading: &Reading) -> Option<Reason> {
        if is_of_longer_name(scan, name, reading) {
            Some(Reason::OtherPlace)
        } else if is_of_currency(scan, name, reading) {
            Some(Reason::Finance)
        } else {
            let borrowed = is_street(scan, name, reading)
                || is_namesake(scan, &self.first_names, name, reading)
                || self.diggings.is_called(scan, name, reading);
            borrowed.then_some(Reason::Name)
        }
    }
}

/// Names of mines that places elsewhere have.
#[derive(Default)]
struct Diggings<'d> {
    /// Where a mine is named so.
    at: Vec<At>,
    /// The words, wherever they stand.
    words: FxHashSet<&'d str>,
}

/// `the Santiago copper mine in northern Peru`: what a mine is called says nothing of where it lies, if another country is named for that.
fn named_like_places<'d>(scan: &Scan<'d>) -> Diggings<'d> {
    let mut diggings = Diggings::default();
    for (number, name) in scan.names.iter().enumerate().filter(|(_, name)| name.is_place()) {
        let Some(Reading { what: What::Place(place), form: Form::Name | Form::Metonym, .. }) = preferred(scan, name)
        else {
            continue;
        };
        let entry = scan.lexicon.place(place);
        if entry.mining || entry.country.is_none() || scan.sentence(name.at.sentence).language != Language::EN {
            continue;
        }
        let Some(end) = end_of_digging(scan, name.at) else { continue };
        // `China lithium mine in Zimbabwe`: whose it is, in a headline.
        let called = matches!(entry.kind, PlaceType::City | PlaceType::Subdivision)
            || scan.tail_before(name.at, 4).to_ascii_lowercase().ends_with("the ")
            || scan.tail_before(name.at, 1) == " "
                && scan.name_over(name.at.field, name.at.span.start.saturating_sub(2)).is_some_and(Name::is_place);
        if called && lies_elsewhere(scan, &scan.names[number + 1..], end, name.at, place) {
            diggings.at.push(name.at);
            diggings.words.insert(scan.text(name.at));
        }
    }
    diggings
}

/// Where `copper mine` ends after a name: what is called so is dug or drilled.
fn end_of_digging(scan: &Scan<'_>, name: At) -> Option<u32> {
    let tokens = scan.tokens(name.sentence);
    let next = tokens.partition_point(|token| token.span.start < name.span.end);
    let mut last = name.span.end;
    for token in tokens[next..].iter().take(TO_DIGGINGS) {
        let text = scan.slice(name.field, token.span.start, token.span.end);
        let joined = matches!(scan.slice(name.field, last, token.span.start), " " | "");
        let particles = &scan.lexicon.particles.country;
        match token.kind {
            _ if !joined => return None,
            TokenKind::Word(_) if particles.diggings.has_in_any_case(text) => return Some(token.span.end),
            TokenKind::Word(Case::Title | Case::Mixed) | TokenKind::Punctuation('-' | '–' | '/') => {}
            TokenKind::Word(_) => {
                let mineral = scan.name_over(name.field, token.span.start).is_some_and(Name::is_commodity);
                if !mineral && !particles.before_diggings.has_in_any_case(text) {
                    return None;
                }
            }
            _ => return None,
        }
        last = token.span.end;
    }
    None
}

/// Whether the places that are named right after, `in …` or `, …`, lie in another country, all of them.
fn lies_elsewhere(scan: &Scan<'_>, following: &[Name], end: u32, name: At, place: PlaceIndex) -> bool {
    let country = scan.lexicon.place(place).country;
    let mut elsewhere = false;
    for next in following.iter().take_while(|next| next.at.sentence == name.sentence && next.at.field == name.field) {
        if next.at.span.start < end {
            continue;
        }
        let between = scan.slice(name.field, end, next.at.span.start);
        let leads = scan.lexicon.particles.country.where_it_lies.begins(between) || between == ", ";
        if !leads
            || between.len() > TO_ITS_PLACE
            || between.contains([';', ':', '(', '"', '“'])
            || between.contains(" and ")
        {
            break;
        }
        let found = next.readings.iter().find_map(|reading| match reading.what {
            What::Place(found) => scan.lexicon.place(found).country,
            _ => None,
        });
        if found.is_some() && found == country {
            return false;
        }
        elsewhere |= found.is_some();
    }
    elsewhere
}

impl Diggings<'_> {
    /// Whether a name is that of a mine here, or later in the article; `in Santiago` is a place all the same.
    fn is_called(&self, scan: &Scan<'_>, name: &Name, reading: &Reading) -> bool {
        if self.words.is_empty() || !matches!(reading.what, What::Place(_)) {
            return false;
        }
        self.at.binary_search(&name.at).is_ok()
            || self.words.contains(scan.text(name.at)) && {
                let ends = scan.field(name.at).original[name.at.span.end as usize..].starts_with(", ");
                !ends && !is_placed(scan, name.at)
            }
    }
}

/// First names of the article's people who have another name as well.
fn first_names<'d>(scan: &Scan<'d>, people: &[FoundPerson]) -> FxHashSet<&'d str> {
    people.iter().filter_map(|person| Some(scan.text(person.at).split_once(' ')?.0)).collect()
}

/// Whether a word before a name makes a place of it: `in Georgia`, whoever is called so.
fn is_placed(scan: &Scan<'_>, at: At) -> bool {
    let before = scan.tail_before(at, 12).trim_end();
    scan.lexicon.particles.country.before_place.has(before.rsplit(' ').next().unwrap_or_default())
}

/// `Georgia goes north`, where the article is about a Georgia Lindqvist; `in Georgia` is a place all the same.
fn is_namesake(scan: &Scan<'_>, first_names: &FxHashSet<&str>, name: &Name, reading: &Reading) -> bool {
    let namesake = matches!(reading.what, What::Place(_))
        && reading.form == Form::Name
        && first_names.contains(scan.text(name.at));
    namesake && !is_placed(scan, name.at)
}

/// `New Amsterdam` is not Amsterdam, nor `Kyzyl-Ompol` Kyzyl; those that are known (`New York`) are names of their own.
fn is_of_longer_name(scan: &Scan<'_>, name: &Name, reading: &Reading) -> bool {
    let What::Place(place) = reading.what else { return false };
    let after = || scan.field(name.at).original[name.at.span.end as usize..].strip_prefix('-');
    let goes_on = || {
        after().is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()))
            && scan.name_over(name.at.field, name.at.span.end + 1).is_none()
    };
    let is_town = scan.lexicon.place(place).kind == PlaceType::City;
    (is_town || reading.form == Form::Metonym) && scan.tail_before(name.at, 8).ends_with("New ") || is_town && goes_on()
}

/// `London Street in Reno`
fn is_street(scan: &Scan<'_>, name: &Name, reading: &Reading) -> bool {
    if !matches!(reading.what, What::Place(_)) || !matches!(reading.form, Form::Name | Form::Metonym) {
        return false;
    }
    let after = &scan.field(name.at).original[name.at.span.end as usize..];
    after.starts_with(' ')
        && scan.lexicon.particles.country.streets.iter().any(|street| {
            after.strip_prefix(street).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
}

/// `900 US dollars`, `Canadian dollars`: a currency speaks of no country.
fn is_of_currency(scan: &Scan<'_>, name: &Name, reading: &Reading) -> bool {
    let place = matches!(reading.what, What::Place(_));
    place && {
        let [_, from] = scan.measures_around(name.at.field, name.at.span.start);
        let mut here =
            from.iter().take_while(|(at, _)| at.field == name.at.field && at.span.start == name.at.span.start);
        here.any(|(at, measure)| {
            at.span.end > name.at.span.end
                && matches!(scan.lexicon.measures[*measure as usize], Measure::Currency { .. })
        })
    }
}
