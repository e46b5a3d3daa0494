//! How a country and a mineral of one clause hang together: read from the words between and around them.

use super::clauses::Clauses;
use crate::extract::{At, Scan};
use crate::lexicon::{CommodityIndex, CueClass, PlaceIndex};
use crate::resolve::{Mention, Resolved};
use crate::vocabulary::{OrganisationType, PlaceType};

/// A country's mention, with what its surroundings make of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountryMention {
    pub at: At,
    pub country: PlaceIndex,
    pub clause: usize,
    /// The goal of a journey: `visited the U.S.`, 赴美.
    pub visited: bool,
    /// Only the seat of a firm: `Chinese miner`, 中企.
    pub firm: bool,
    /// The word before it.
    pub case: GrammaticalCase,
    /// Joined to the country before it: `in Pakistan and Chile`.
    pub joined: bool,
    /// The sentence is about it: its first country, as the subject, or in a place named at the very start.
    pub leads: bool,
    /// A city, not a mine: where prices are quoted, too.
    pub market_place: bool,
}

/// What the word before a country makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GrammaticalCase {
    /// `in`, `at`, 在, 从: where the mineral is or comes from.
    Place,
    /// `to`, `for`, 给, 向, 对: where it goes, or whom it is for.
    Goal,
    /// `with`, `by`, 与: takes part.
    Partner,
    /// No such word.
    Bare,
}

/// How close a mineral and a country are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// `China's rare earths`, 中国稀土.
    Modifies,
    /// `copper in Pakistan`, 在津巴布韦的锂矿.
    Located,
    /// The clause's subject.
    Subject,
    /// Where the mineral goes.
    Goal,
    /// Takes part, or stands in the clause without saying how.
    Present,
    /// Nothing but a firm's seat.
    Firm,
}

const PLACE: [&str; 17] = [
    "in",
    "at",
    "from",
    "of",
    "within",
    "across",
    "near",
    "inside",
    "throughout",
    "在",
    "从",
    "自",
    "于",
    "产自",
    "来自",
    "位于",
    "自从",
];
const GOAL: [&str; 10] = ["to", "for", "into", "towards", "against", "on", "给", "向", "对", "至"];
const PARTNER: [&str; 8] = ["with", "by", "between", "alongside", "与", "同", "跟", "被"];
/// A place named within so many bytes of a sentence's start leads it: `In Finland, …`.
const AT_START: u32 = 12;
/// What stands between the members of a list of countries.
const JOINING: [&str; 14] =
    ["and", ",", ", and", "or", "和", "与", "及", "、", "以及", "/", "and the", ", the", "&", "-"];
/// Words that part a country from what it could modify.
const PARTING: [&str; 44] = [
    "in",
    "of",
    "to",
    "from",
    "with",
    "for",
    "by",
    "on",
    "at",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "as",
    "that",
    "its",
    "their",
    "than",
    "into",
    "over",
    "against",
    "and",
    "or",
    "said",
    "says",
    "在",
    "的国家",
    "与",
    "和",
    "向",
    "对",
    "从",
    "是",
    "将",
    "被",
    "把",
    "由",
    "为",
    "给",
];

/// Every mention of a country, of a place in one and of a government body, which acts for its country, in order.
pub(super) fn country_mentions(resolved: &Resolved<'_>, clauses: &Clauses) -> Vec<CountryMention> {
    let scan = &resolved.scan;
    let places = resolved.places.iter().filter_map(|place| Some((place.at, scan.lexicon.place(place.entity).country?)));
    let governments =
        resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Government);
    let governments =
        governments.flat_map(|government| government.mentions.iter().map(|&at| Some((at, government.country?))));
    let mut named: Vec<(At, PlaceIndex)> = places.chain(governments.flatten()).collect();
    named.sort();
    // `美国能源部` is one mention, not two.
    named.dedup_by(|later, earlier| earlier.0.overlaps(&later.0));
    let mut mentions: Vec<CountryMention> = Vec::with_capacity(named.len());
    for (at, country) in named {
        let before = before(scan, at);
        let case = case(&before);
        let first = mentions.last().is_none_or(|last| last.at.sentence != at.sentence);
        let at_start = at.span.start - scan.sentence(at.sentence).span.start <= AT_START;
        let joined_to = mentions.last().filter(|last| last.at.sentence == at.sentence).filter(|last| {
            let between = scan.slice(at.field, last.at.span.end, at.span.start);
            JOINING.contains(&between.trim())
        });
        let mut mention = CountryMention {
            at,
            country,
            clause: clauses.number(at),
            visited: is_visited(scan, at),
            firm: is_firm(scan, at) || is_seat_of_organisation(resolved, at),
            case,
            joined: joined_to.is_some(),
            leads: first
                && !is_firm(scan, at)
                && (case == GrammaticalCase::Bare || case == GrammaticalCase::Place && at_start),
            market_place: is_market_place(resolved, at),
        };
        if let Some(first) = joined_to {
            mention.case = first.case;
            mention.visited |= first.visited;
            mention.leads = first.leads;
        }
        mentions.push(mention);
    }
    mentions
}

/// `Nornickel of Russia`: where an organisation has its seat.
fn is_seat_of_organisation(resolved: &Resolved<'_>, at: At) -> bool {
    let tail = resolved.scan.tail_before(at, 12);
    let before = tail
        .strip_suffix(" of ")
        .or_else(|| tail.strip_suffix(" of the "))
        .map(|rest| at.span.start - (tail.len() - rest.len()) as u32);
    before.is_some_and(|end| {
        let ends_there = |mention: &At| mention.field == at.field && mention.span.end == end;
        resolved.organisations.iter().any(|organisation| organisation.mentions.iter().any(ends_there))
    })
}

fn is_market_place(resolved: &Resolved<'_>, at: At) -> bool {
    let place = resolved.places.binary_search_by_key(&at, |place| place.at).ok();
    place
        .map(|place| resolved.scan.lexicon.place(resolved.places[place].entity))
        .is_some_and(|place| place.kind == PlaceType::City && !place.mining)
}

fn before(scan: &Scan<'_>, at: At) -> String {
    let mut text = scan.tail_before(at, 48).to_lowercase();
    for article in [" the", " neighbouring", " southern", " northern", " eastern", " western", " central"] {
        if let Some(rest) = text.trim_end().strip_suffix(article) {
            text.truncate(rest.len());
        }
    }
    text
}

fn case(before: &str) -> GrammaticalCase {
    let before = before.trim_end();
    let ends = |words: &[&str]| {
        words.iter().any(|word| {
            before.strip_suffix(word).is_some_and(|rest| !word.is_ascii() || rest.is_empty() || rest.ends_with(' '))
        })
    };
    if ends(&PLACE) {
        GrammaticalCase::Place
    } else if ends(&GOAL) {
        GrammaticalCase::Goal
    } else if ends(&PARTNER) {
        GrammaticalCase::Partner
    } else {
        GrammaticalCase::Bare
    }
}

/// The cue stands directly before the country, or holds it (赴美).
fn is_visited(scan: &Scan<'_>, at: At) -> bool {
    let gap = |cue: At| scan.slice(at.field, cue.span.end.min(at.span.start), at.span.start).trim();
    scan.cues_in(at.sentence).iter().filter(|cue| cue.class == CueClass::VISIT).any(|cue| {
        cue.at.covers(&at)
            || cue.at.span.end <= at.span.start && matches!(gap(cue.at), "" | "the" | "to" | "to the" | "in" | "in the")
    })
}

/// `Chinese miner`, `Canadian gold producer`, 中国企业: a word for a firm within three words.
fn is_firm(scan: &Scan<'_>, at: At) -> bool {
    scan.cues_in(at.sentence).iter().filter(|cue| cue.class == CueClass::FIRM).any(|cue| {
        cue.at.span.start >= at.span.end && {
            let between = scan.slice(at.field, at.span.end, cue.at.span.start);
            let words = between.split([' ', '-']).filter(|word| !word.is_empty()).count();
            words <= 2
                && between.chars().count() <= if between.is_ascii() { 24 } else { 4 }
                && !between.contains([',', '，', '\'', '’', '的'])
        }
    })
}

/// The link between a mineral's mention and a country of the same clause. `others` are the minerals of the sentence:
/// members of a list count as nothing between the two.
pub(super) fn link(
    scan: &Scan<'_>,
    mineral: At,
    country: &CountryMention,
    subject: bool,
    others: &[Mention<CommodityIndex>],
) -> Link {
    let place = country.at;
    if place.span.end <= mineral.span.start {
        let between = without(scan, place, place.span.end, mineral.span.start, others);
        let near = between.split_whitespace().count() <= 4 && (between.is_ascii() || between.chars().count() <= 8);
        if country.firm {
            return Link::Firm;
        }
        if near && country.case != GrammaticalCase::Goal && !parts(&between) {
            return Link::Modifies;
        }
        return match country.case {
            GrammaticalCase::Place => Link::Located,
            GrammaticalCase::Goal => Link::Goal,
            GrammaticalCase::Partner => Link::Present,
            GrammaticalCase::Bare if subject => Link::Subject,
            GrammaticalCase::Bare => Link::Present,
        };
    }
    match country.case {
        _ if country.firm => Link::Firm,
        GrammaticalCase::Place => Link::Located,
        GrammaticalCase::Goal => Link::Goal,
        GrammaticalCase::Partner | GrammaticalCase::Bare => Link::Present,
    }
}

/// The words between, without the list's other members and their separators.
fn without(scan: &Scan<'_>, place: At, start: u32, end: u32, others: &[Mention<CommodityIndex>]) -> String {
    let mut text = String::new();
    let mut from = start;
    let first = others.partition_point(|other| other.at.span.start < start);
    for other in others[first..].iter().map(|other| other.at).take_while(|other| other.span.end <= end) {
        text.push_str(scan.slice(place.field, from, other.span.start).trim_end_matches(['、', ',', '，', ' ']));
        from = other.span.end;
    }
    let tail = scan.slice(place.field, from, end);
    let tail = if from > start {
        ["and", "or", "和", "与", "及"]
            .iter()
            .fold(tail.trim_start_matches([',', '、', '，', ' ']), |tail, and| tail.strip_prefix(and).unwrap_or(tail))
    } else {
        tail
    };
    text.push_str(tail);
    text.to_lowercase()
}

fn parts(between: &str) -> bool {
    if between.contains([',', ';', '，', '；', '(', '：', ':']) {
        return true;
    }
    if between.is_ascii() {
        return between.split([' ', '-']).any(|word| PARTING.contains(&word));
    }
    PARTING.iter().any(|word| !word.is_ascii() && between.contains(word))
}
