//! The countries of an article as its sentences put them: what the words around each mention make of it.

use super::clauses::{Clauses, starting_in};
use crate::extract::{At, Cue, Scan};
use crate::lexicon::{CueClass, CueSet, PlaceIndex};
use crate::resolve::Resolved;
use crate::text::Span;
use crate::vocabulary::{OrganisationType, PlaceType};

/// A country's mention, with what its surroundings make of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountryMention {
    pub at: At,
    pub country: PlaceIndex,
    pub clause: usize,
    /// Nobody mines, makes or buys there: the goal of a journey (`visited the U.S.`, 赴美), a country that goods pass
    /// (`through Tanzania`, 经越南转运), one that is said to have no part (`not from Chile`).
    pub passing: bool,
    /// Only the seat of a firm or where a person comes from: `Chinese miner`, 中企, `Canada's Barrick`.
    pub firm: bool,
    /// A firm, but one that buys: `Japanese traders bought`.
    pub buys: bool,
    /// The word before it.
    pub case: GrammaticalCase,
    /// Joined to the country before it: `in Pakistan and Chile`.
    pub joined: bool,
    /// The sentence is about it: its first country, as the subject, or in a place named at the very start.
    pub leads: bool,
    /// Its clause begins with it, or with one that it is joined to.
    pub opens: bool,
    /// A city, not a mine: where prices are quoted, too.
    pub market_place: bool,
    /// One of the cities whose exchanges and warehouses the metals trade names: London, 新加坡.
    pub exchange_seat: bool,
}

/// What the word before a country makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GrammaticalCase {
    /// `in`, `at`, `imported from`, 在, 从: where the mineral is or comes from.
    Place,
    /// `to`, `for`, `sold to`, 给, 向, 运往: where it goes, or whom it is for.
    Goal,
    /// `with`, `by`, 与: takes part.
    Partner,
    /// No such word.
    Bare,
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
const GOAL: [&str; 11] = ["to", "for", "among", "into", "towards", "against", "on", "给", "向", "对", "至"];
const PARTNER: [&str; 8] = ["with", "by", "between", "alongside", "与", "同", "跟", "被"];
/// A place named within so many bytes of a sentence's start leads it: `In Finland, …`.
const AT_START: u32 = 12;
/// The same for its clause: no more than an article.
const AT_CLAUSE_START: u32 = 4;
/// No cue that speaks of a name beside it is longer or farther away, in bytes.
const REACH: u32 = 64;
/// Countries that are looked at on the way back in a sentence.
const MOST_EARLIER: usize = 8;
/// A denial reaches this many bytes forward.
const DENIED: u32 = 120;
/// What stands between the members of a list.
pub(super) const JOINING: [&str; 16] = [
    "and",
    ",",
    ", and",
    "or",
    "和",
    "与",
    "及",
    "、",
    "以及",
    "/",
    "and the",
    ", the",
    "&",
    "-",
    "as well as",
    "，以及",
];
/// A firm that does one of these is a buyer.
const BUYING: CueSet = CueSet::of(&[CueClass::BUYER, CueClass::IMPORTER]);

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
    let companies = companies(resolved);
    let mut mentions: Vec<CountryMention> = Vec::with_capacity(named.len());
    for (at, country) in named {
        let surroundings = Surroundings { scan, clauses, companies: &companies, at };
        let case = surroundings.case();
        let first = mentions.last().is_none_or(|last| last.at.sentence != at.sentence);
        let at_start = at.span.start - scan.sentence(at.sentence).span.start <= AT_START;
        let joined_to = mentions.last().filter(|last| last.at.sentence == at.sentence).filter(|last| {
            let between = scan.slice(at.field, last.at.span.end, at.span.start);
            JOINING.contains(&between.trim())
        });
        let of_firm = surroundings.is_firm();
        let mut mention = CountryMention {
            at,
            country,
            clause: clauses.number(at),
            passing: surroundings.is_passing(case),
            firm: of_firm || surroundings.is_seat_of_company(),
            buys: surroundings.buys(),
            case,
            joined: joined_to.is_some(),
            leads: first && !of_firm && (case == GrammaticalCase::Bare || case == GrammaticalCase::Place && at_start),
            opens: at.span.start - clauses.span(at).start <= AT_CLAUSE_START
                && case == GrammaticalCase::Bare
                && !of_firm,
            market_place: is_market_place(resolved, at),
            exchange_seat: surroundings.beside().any(|cue| cue.class == CueClass::EXCHANGE_SEAT && cue.at == at),
        };
        if let Some(first) = joined_to {
            mention.case = first.case;
            mention.passing |= first.passing;
            mention.leads = first.leads;
            mention.opens = first.opens;
        } else if let Some(last) = mentions.last().filter(|last| last.passing && last.at.sentence == at.sentence) {
            // `St Petersburg in Russia`, `flew to Oslo and then to Finland`
            let between = scan.slice(at.field, last.at.span.end, at.span.start);
            let of_town = last.country == country && matches!(between, " in " | ", in " | ", " | "的");
            mention.passing |= of_town || case == GrammaticalCase::Goal && between.contains("then to");
        }
        // 到访东京，与日方客户会面: who was visited is met as a guest.
        let here = mentions.iter().rev().take_while(|earlier| earlier.at.sentence == at.sentence).take(MOST_EARLIER);
        mention.passing |= mention.case == GrammaticalCase::Partner
            && here.into_iter().any(|earlier| earlier.country == country && earlier.passing);
        // `to Walvis Bay in Namibia, and from there to Canada`: the town of a country that is only passed is passed too.
        if mention.passing
            && let Some(town) = mentions.last_mut()
            && town.country == country
            && town.at.sentence == at.sentence
            && matches!(scan.slice(at.field, town.at.span.end, at.span.start), " in " | ", in " | ", ")
        {
            town.passing = true;
        }
        mentions.push(mention);
    }
    mentions
}

/// Where companies are named, in order.
fn companies(resolved: &Resolved<'_>) -> Vec<At> {
    let of_kind = resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Company);
    let mut companies: Vec<At> = of_kind.flat_map(|company| company.mentions.iter().copied()).collect();
    companies.sort_unstable();
    companies
}

fn is_market_place(resolved: &Resolved<'_>, at: At) -> bool {
    let place = resolved.places.binary_search_by_key(&at, |place| place.at).ok();
    place
        .map(|place| resolved.scan.lexicon.place(resolved.places[place].entity))
        .is_some_and(|place| place.kind == PlaceType::City && !place.mining)
}

/// The words around a mention of a country.
struct Surroundings<'s, 'd> {
    scan: &'s Scan<'d>,
    clauses: &'s Clauses,
    companies: &'s [At],
    at: At,
}

impl Surroundings<'_, '_> {
    /// Cues near enough to speak of the country.
    fn beside(&self) -> impl Iterator<Item = &Cue> {
        let Span { start, end } = self.at.span;
        starting_in(self.scan.cues_in(self.at.sentence), start.saturating_sub(REACH), end + REACH).iter()
    }

    fn between(&self, from: u32, to: u32) -> &str {
        self.scan.slice(self.at.field, from.min(to), to)
    }

    /// Whether a cue ends where the country begins, or holds it (赴美).
    fn leads_to(&self, cue: &Cue) -> bool {
        let before = || {
            let between = self.between(cue.at.span.end, self.at.span.start).trim();
            // `loaded at Mejillones, in Chile`
            let town = between.strip_suffix(", in").filter(|town| town.split(' ').count() <= 3);
            town.map_or(between, |_| "in")
        };
        cue.at.span != self.at.span && cue.at.covers(&self.at)
            || cue.at.span.end <= self.at.span.start
                && matches!(before(), "" | "the" | "to" | "to the" | "in" | "in the" | "neighbouring" | "nearby")
    }

    /// `denied a report that urea had been ordered from Iran`, 否认计划在罗马尼亚再建: what is said not to be so, from the denial to
    /// the end of its clause.
    fn is_denied(&self) -> bool {
        let clause = self.clauses.span(self.at);
        let from = clause.start.max(self.at.span.start.saturating_sub(DENIED));
        let before = starting_in(self.scan.cues_in(self.at.sentence), from, self.at.span.start);
        before.iter().any(|cue| cue.class == CueClass::DENIAL && cue.at.span.end <= self.at.span.start)
    }

    fn is_passing(&self, case: GrammaticalCase) -> bool {
        let passed_before = CueSet::of(&[CueClass::VISIT, CueClass::TRANSIT, CueClass::ABSENCE, CueClass::UNFULFILLED]);
        self.is_denied()
            || self.beside().any(|cue| {
                passed_before.contains(cue.class) && self.leads_to(cue)
                    || cue.class == CueClass::WAY_STATION && case != GrammaticalCase::Goal && self.is_followed_by(cue)
            })
    }

    /// `Lithuanian port of Klaipėda`, 越南转运: nothing but part of a name stands between.
    fn is_followed_by(&self, cue: &Cue) -> bool {
        cue.at.span.start >= self.at.span.end && {
            let between = self.between(self.at.span.end, cue.at.span.start);
            let near = if between.is_ascii() { between.split_whitespace().count() <= 1 } else { between.len() <= 24 };
            near && !between.contains([',', '，', '、', '.', '(', '（', '；'])
        }
    }

    /// `Chinese miner`, `Canadian gold producer`, `Burmese-born`, 中国企业: a word for a firm within three words. Or `a partner
    /// from China`.
    fn is_firm(&self) -> bool {
        self.beside().filter(|cue| cue.class == CueClass::FIRM).any(|cue| {
            let from = cue.at.span.end <= self.at.span.start
                && matches!(self.between(cue.at.span.end, self.at.span.start), " from " | " of " | " based in ");
            from || cue.at.span.start >= self.at.span.end && {
                let between = self.between(self.at.span.end, cue.at.span.start);
                let words = between.split([' ', '-']).filter(|word| !word.is_empty()).count();
                words <= 2
                    && between.chars().count() <= if between.is_ascii() { 24 } else { 4 }
                    && !between.contains([',', '，', '\'', '’', '的'])
            }
        })
    }

    /// `Nornickel of Russia`, `Canada's Barrick`, 加拿大的巴里克: where a company has its seat.
    fn is_seat_of_company(&self) -> bool {
        let next = self.companies.partition_point(|company| *company < self.at);
        let after = self.companies.get(next).filter(|company| company.sentence == self.at.sentence);
        let owns = after.is_some_and(|company| {
            company.span.start >= self.at.span.end
                && matches!(
                    self.between(self.at.span.end, company.span.start),
                    "'s " | "’s " | " " | "" | "的" | "-based "
                )
        });
        let before = next.checked_sub(1).map(|place| self.companies[place]);
        let before = before.filter(|company| company.sentence == self.at.sentence);
        owns || before.is_some_and(|company| {
            company.span.end <= self.at.span.start
                && matches!(self.between(company.span.end, self.at.span.start), " of " | " of the ")
        })
    }

    /// What a firm of the country does after its name in the clause, a takeover excepted.
    fn buys(&self) -> bool {
        let clause = self.clauses.span(self.at);
        let after = self.at.span.end..clause.end.min(self.at.span.end + 2 * REACH);
        !self.clauses.cues(self.at).contains(CueClass::EVENT_ACQUISITION)
            && starting_in(self.scan.cues_in(self.at.sentence), after.start, after.end)
                .iter()
                .any(|cue| BUYING.contains(cue.class))
    }

    fn case(&self) -> GrammaticalCase {
        if self.beside().any(|cue| cue.class == CueClass::IMPORTER && self.leads_to(cue)) {
            return GrammaticalCase::Goal;
        }
        if self.beside().any(|cue| cue.class == CueClass::EXPORTER && self.leads_to(cue)) {
            return GrammaticalCase::Place;
        }
        let text = self.before();
        let before = text.trim_end();
        let last = before.rsplit(' ').next().unwrap_or_default();
        // Chinese parts no words.
        let ends = |words: &[&str]| {
            words.iter().any(|word| if word.is_ascii() { *word == last } else { last.ends_with(word) })
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

    fn before(&self) -> String {
        let mut text = self.scan.tail_before(self.at, 48).to_lowercase();
        for article in [" the", " neighbouring", " southern", " northern", " eastern", " western", " central"] {
            if let Some(rest) = text.trim_end().strip_suffix(article) {
                text.truncate(rest.len());
            }
        }
        text
    }
}
