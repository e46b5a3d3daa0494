//! People: later short mentions joined to the full name, offices and countries gathered.

use super::Mention;
use crate::extract::{At, FoundPerson, Scan, overlaps_any};
use crate::lexicon::{LeaderIndex, PlaceIndex};
use crate::text::{Case, TokenKind};
use rustc_hash::FxHashMap;

/// A person with all mentions.
#[derive(Clone, Debug)]
pub struct Person {
    /// The lexicon's entry, if it has one.
    pub leader: Option<LeaderIndex>,
    /// The longest form of the name in the article.
    pub name: String,
    /// Office or title, in English.
    pub role: Option<String>,
    /// The country that the person is spoken of with.
    pub country: Option<PlaceIndex>,
    /// Where, in order.
    pub mentions: Vec<At>,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
}

/// Joins what was found, and finds the short mentions.
pub(super) fn resolve(scan: &Scan<'_>, mut found: Vec<FoundPerson>, places: &[Mention<PlaceIndex>]) -> Vec<Person> {
    // Full names first, so that short ones find them.
    found.sort_by_key(|person| (std::cmp::Reverse(parts(scan.text(person.at)).count().min(3)), person.at));
    let mut people: Vec<Person> = Vec::new();
    let mut known = Known::default();
    let glosses = glosses(scan, &found);
    for person in &found {
        let name = scan.text(person.at);
        let id = person.leader.map(|leader| scan.lexicon.leaders[leader.0 as usize].id.as_str());
        let gloss = || glosses.get(name).and_then(|same| known.find(same, id, &people));
        let place = known.find(name, id, &people).or_else(gloss).unwrap_or_else(|| {
            people.push(Person {
                leader: person.leader,
                name: name.to_owned(),
                role: None,
                country: None,
                mentions: Vec::new(),
                confidence: 0.0,
            });
            people.len() - 1
        });
        known.add(name, id, place);
        let known = &mut people[place];
        known.mentions.push(person.at);
        known.leader = known.leader.or(person.leader);
        known.confidence = known.confidence.max(person.confidence);
        if name.chars().count() > known.name.chars().count() && name.is_ascii() == known.name.is_ascii() {
            known.name = name.to_owned();
        }
        let entry = person.leader.map(|leader| &scan.lexicon.leaders[leader.0 as usize]);
        known.role = known.role.take().or_else(|| told_role(scan, person));
        known.country =
            known.country.or_else(|| entry.and_then(|entry| scan.lexicon.country(entry.country.as_deref()?)));
        known.country = known
            .country
            .or_else(|| country_at(scan, person.country?, places))
            .or_else(|| country_of_office(scan, person, places));
    }
    add_short_mentions(scan, &mut people);
    for person in &mut people {
        person.mentions.sort();
        person.mentions.dedup();
        let listed = person.leader.and_then(|leader| scan.lexicon.leaders[leader.0 as usize].role.clone());
        person.role = person.role.take().or(listed);
    }
    people.sort_by_key(|person| person.mentions.first().copied());
    people
}

/// The office that the text tells: it is newer than the list's. That a head of state is a founder or an investor too, it says besides.
fn told_role(scan: &Scan<'_>, person: &FoundPerson) -> Option<String> {
    let roles = &scan.lexicon.roles;
    let role = &roles[person.role?.0 as usize];
    let entry = person.leader.map(|leader| &scan.lexicon.leaders[leader.0 as usize]);
    let listed = entry.and_then(|entry| entry.role.as_deref());
    let of_state = listed.is_some_and(|listed| roles.iter().any(|role| role.government && role.role == listed));
    let besides = listed.is_some() && (!role.office || of_state && !role.government);
    (!role.role.is_empty() && !besides).then(|| role.role.clone())
}

/// Names that stand for one another, both ways: 彼得·坎宁安（Peter Cunningham）.
fn glosses<'t>(scan: &Scan<'t>, found: &[FoundPerson]) -> FxHashMap<&'t str, &'t str> {
    let pairs = found.iter().filter_map(|person| Some((scan.text(person.at), scan.text(person.same?))));
    pairs.flat_map(|(name, same)| [(name, same), (same, name)]).collect()
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '·']).filter(|part| !part.is_empty())
}

fn surname(name: &str) -> &str {
    parts(name).last().unwrap_or(name)
}

/// The people so far, by all that they may be called: an article may name thousands.
#[derive(Default)]
struct Known<'t> {
    by_id: FxHashMap<&'t str, usize>,
    by_name: FxHashMap<&'t str, usize>,
    /// Every part of a name, and what follows each dot: 恩戈伊 and 穆卡迪·恩戈伊 for 让-皮埃尔·穆卡迪·恩戈伊.
    by_part: FxHashMap<&'t str, usize>,
}

impl<'t> Known<'t> {
    /// The same listed person, the same name, or a part of it that stands for the whole.
    fn find(&self, name: &str, id: Option<&str>, people: &[Person]) -> Option<usize> {
        if let Some(known) = id.and_then(|id| self.by_id.get(id)) {
            return Some(*known);
        }
        let called = [self.by_name.get(name), self.by_part.get(name)];
        // Two listed people of one name stay two.
        called.into_iter().flatten().copied().filter(|&known| id.is_none() || people[known].leader.is_none()).min()
    }

    fn add(&mut self, name: &'t str, id: Option<&'t str>, place: usize) {
        if let Some(id) = id {
            self.by_id.entry(id).or_insert(place);
        }
        self.by_name.entry(name).or_insert(place);
        let rests = name.match_indices('·').map(|(dot, separator)| &name[dot + separator.len()..]);
        for part in parts(name).chain(rests) {
            self.by_part.entry(part).or_insert(place);
        }
    }
}

/// The country of the place that stands beside the title, as it was read: Georgia's governor is an American.
fn country_at(scan: &Scan<'_>, at: At, places: &[Mention<PlaceIndex>]) -> Option<PlaceIndex> {
    let place = places.binary_search_by_key(&at, |mention| mention.at).ok()?;
    scan.lexicon.place(places[place].entity).country
}

/// `the minister`: an office of state in a sentence that names one country is that country's.
fn country_of_office(scan: &Scan<'_>, person: &FoundPerson, places: &[Mention<PlaceIndex>]) -> Option<PlaceIndex> {
    let of_state = person.role.is_some_and(|role| scan.lexicon.roles[role.0 as usize].government);
    let mut countries = super::Resolved::in_sentence(places, person.at.sentence)
        .iter()
        .filter_map(|mention| scan.lexicon.place(mention.entity).country);
    let first = countries.next()?;
    (of_state && countries.all(|country| country == first)).then_some(first)
}

/// Surnames that stand alone elsewhere, outside of every name.
fn add_short_mentions(scan: &Scan<'_>, people: &mut [Person]) {
    if people.is_empty() {
        return;
    }
    let mut by_surname: FxHashMap<String, usize> = FxHashMap::default();
    for (place, person) in people.iter().enumerate() {
        by_surname.entry(surname(&person.name).to_owned()).or_insert(place);
    }
    let mut taken: Vec<At> = people.iter().flat_map(|person| person.mentions.iter().copied()).collect();
    taken.sort();
    for sentence in 0..scan.sentences.len() as u32 {
        let at = scan.sentence_at(sentence);
        for token in scan.tokens(sentence) {
            if !matches!(token.kind, TokenKind::Word(Case::Title | Case::Mixed)) {
                continue;
            }
            let mention = At { span: token.span, ..at };
            let Some(&place) = by_surname.get(scan.text(mention)) else { continue };
            let free =
                scan.name_over(at.field, token.span.start).is_none() && !overlaps_any(&taken, |other| *other, mention);
            if free {
                people[place].mentions.push(mention);
            }
        }
    }
}
