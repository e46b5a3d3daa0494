//! The countries of an article as its sentences put them: what the words around each mention make of it.

use super::clauses::{Clauses, starting_in};
use super::surroundings::{GrammaticalCase, Surroundings};
use crate::extract::{At, Cue, Hidden, Scan};
use crate::lexicon::{CueClass, CueSet, PlaceIndex, What};
use crate::resolve::{Mention, Resolved};
use crate::text::{FieldName, Language};
use crate::vocabulary::{OrganisationType, PlaceType};

/// A country's mention, with what its surroundings make of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountryMention {
    /// Where the firm has its seat that goods come from or go to.
    pub party: bool,
    /// One of those that a list gives: `buyers include Turkey`.
    pub listed: bool,
    /// Where those sit who watch and report.
    pub watching: bool,
    /// `and Vietnam's doubled`: what is whose is left out.
    pub elided: bool,
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

/// A place named within so many bytes of a sentence's start leads it: `In Finland, …`.
const AT_START: u32 = 12;
/// The same for its clause: no more than an article.
const AT_CLAUSE_START: u32 = 4;
/// Countries that are looked at on the way back in a sentence.
const MOST_EARLIER: usize = 8;
/// Whose papers say 我国.
const HOME: &str = "CN";
/// Most words from a person, over whom he works for, to the place where.
const MOST_AFFILIATION: usize = 10;
/// Most words between a word for saying and the subject of what is said: `denied reports that Greenland`.
const MOST_BEFORE_COMPLEMENT: usize = 3;
/// Every mention of a country, of a place in one and of a government body, which acts for its country, in order.
pub(super) fn country_mentions(resolved: &Resolved<'_>, clauses: &Clauses) -> Vec<CountryMention> {
    let scan = &resolved.scan;
    let places =
        resolved.places.iter().filter_map(|place| Some((place.at, scan.lexicon.place(place.entity).country?, false)));
    let governments =
        resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Government);
    let governments =
        governments.flat_map(|government| government.mentions.iter().map(|&at| Some((at, government.country?, true))));
    let mut named: Vec<(At, PlaceIndex, bool)> = places.chain(governments.flatten()).collect();
    let states = state_companies(resolved);
    named.extend(states.iter().map(|&(at, country)| (at, country, false)));
    named.sort();
    named.extend(home(resolved, &named));
    named.sort();
    // `美国能源部` is one mention, not two.
    named.dedup_by(|later, earlier| {
        let same = earlier.0.overlaps(&later.0);
        earlier.2 |= same && later.2;
        same
    });
    let companies = companies(resolved);
    let people = people(resolved);
    let lenders = lenders(resolved);
    // Of the places and the companies, which are in order as well: the first that does not stand before the mention.
    let (mut place, mut company) = (0, 0);
    let mut mentions: Vec<CountryMention> = Vec::with_capacity(named.len());
    for (at, country, is_body) in named {
        place += resolved.places[place..].iter().take_while(|place| place.at < at).count();
        company += companies[company..].iter().take_while(|company| **company < at).count();
        let beside = [company.checked_sub(1).map(|before| companies[before]), companies.get(company).copied()];
        let surroundings = Surroundings::new(scan, clauses, beside, at);
        let case = surroundings.case();
        let person = people.partition_point(|person| *person < at).checked_sub(1).map(|before| people[before]);
        let first = mentions.last().is_none_or(|last| last.at.sentence != at.sentence);
        let at_start = at.span.start - scan.sentence(at.sentence).span.start <= AT_START;
        let joined_to = mentions.last().filter(|last| last.at.sentence == at.sentence).filter(|last| {
            let between = scan.slice(at.field, last.at.span.end, at.span.start);
            // 澳巴发运量: of two single characters neither stands alone.
            let pair = between.is_empty() && [last.at, at].iter().all(|of| scan.text(*of).chars().count() == 1);
            // `Unlike Australia, Chile extracts …`
            (pair || scan.lexicon.particles.mineral.joining.has(between.trim()))
                && !scan.tail_before(last.at, 8).ends_with("nlike ")
        });
        let of_person = surroundings.is_of_person();
        let lends = is_body && lenders.iter().any(|lender| lender.covers(&at));
        let of_state = states.binary_search(&(at, country)).is_ok();
        let of_firm = !of_state && surroundings.is_firm() || of_person || lends;
        let party = surroundings.is_party();
        let mut mention = CountryMention {
            at,
            party,
            listed: surroundings.listed.is_some() || scan.tail_before(at, 6) == "次于",
            elided: is_elided(scan, at),
            watching: surroundings.is_of_observers(),
            country,
            clause: surroundings.number,
            passing: resolved.dateline(at).is_some_and(|dateline| dateline.is_desk)
                || surroundings.is_passing(case)
                || is_near(scan, at, resolved.places.get(place))
                || is_affiliation(scan, clauses, person, at),
            // A ministry or a bank of state that puts money into a project has no part in what it yields.
            firm: of_firm
                || !party && surroundings.is_seat_of_company()
                || case == GrammaticalCase::Bare && surroundings.buys_works()
                || is_body && surroundings.clause.cues.contains(CueClass::EVENT_INVESTMENT),
            buys: !of_person && surroundings.buys(),
            case,
            joined: joined_to.is_some(),
            leads: first && !of_firm && (case == GrammaticalCase::Bare || case == GrammaticalCase::Place && at_start),
            opens: at.span.start - surroundings.clause.start <= AT_CLAUSE_START
                && case == GrammaticalCase::Bare
                && !of_firm,
            market_place: resolved
                .places
                .get(place)
                .is_some_and(|place| place.at == at && is_market_place(scan, place)),
            exchange_seat: surroundings.has_beside(CueClass::EXCHANGE_SEAT, |cue| cue.at == at),
        };
        if let Some(first) = joined_to {
            mention.case = first.case;
            mention.passing |= first.passing;
            mention.leads = first.leads;
            mention.opens = first.opens;
            mention.buys |= first.buys;
            mention.listed = first.listed;
        } else if let Some(last) = mentions.last().filter(|last| last.passing && last.at.sentence == at.sentence) {
            // `St Petersburg in Russia`, `flew to Oslo and then to Finland`
            let between = scan.slice(at.field, last.at.span.end, at.span.start);
            let of_town = last.country == country && matches!(between, " in " | ", in " | ", " | "的");
            mention.passing |= of_town || case == GrammaticalCase::Goal && between.contains("then to");
        }
        // `Russia, Iran and the United States among possible customers`: what is said of the last is said of all.
        if mention.passing && joined_to.is_some() {
            let mut joined = true;
            for earlier in
                mentions.iter_mut().rev().take_while(|earlier| std::mem::replace(&mut joined, earlier.joined))
            {
                earlier.passing = true;
            }
        }
        // `China said Zambia would raise output`: who speaks of another's has no part in it.
        if mention.case == GrammaticalCase::Bare
            && let Some(speaker) =
                mentions.last_mut().filter(|last| last.at.sentence == at.sentence && last.country != country)
            && says_of(scan, clauses, speaker.at, at)
        {
            speaker.passing = true;
        }
        // 法国总统在访问蒙古国期间见证了铀矿投资协议的签署: the visitor has no part in it.
        if surroundings.is_host() {
            let visitors =
                mentions.iter_mut().rev().take_while(|earlier| earlier.at.sentence == at.sentence).take(MOST_EARLIER);
            visitors.for_each(|visitor| visitor.passing = true);
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

/// 哈萨克斯坦国家原子能工业公司: countries in the names of their state companies, which act for them as ministries do.
fn state_companies(resolved: &Resolved<'_>) -> Vec<(At, PlaceIndex)> {
    let scan = &resolved.scan;
    let companies = resolved.organisations.iter().filter(|body| body.kind == OrganisationType::Company);
    let named = companies.flat_map(|company| company.mentions.iter()).filter(|at| scan.text(**at).contains("国家"));
    let mut starts: Vec<(u8, u32)> = named.map(|at| (at.field, at.span.start)).collect();
    if starts.is_empty() {
        return Vec::new();
    }
    starts.sort_unstable();
    let country_of = |hidden: &Hidden| {
        let What::Place(place) = hidden.reading.what else { return None };
        starts.binary_search(&(hidden.at.field, hidden.at.span.start)).ok()?;
        let is_state = scan.rest_after(hidden.at).starts_with("国家");
        Some((hidden.at, scan.lexicon.place(place).country.filter(|_| is_state)?))
    };
    let mut found: Vec<(At, PlaceIndex)> = scan.hidden.iter().filter_map(country_of).collect();
    found.sort_unstable();
    found
}

/// 国内, 我国: China, in simplified characters and where neither the sentence before it nor the headline names another country.
fn home(resolved: &Resolved<'_>, named: &[(At, PlaceIndex, bool)]) -> Vec<(At, PlaceIndex, bool)> {
    let scan = &resolved.scan;
    let Some(china) = scan.lexicon.country(HOME) else { return Vec::new() };
    let foreign_headline = named
        .iter()
        .take_while(|(at, ..)| scan.field(*at).name == FieldName::Title)
        .any(|(_, country, _)| *country != china);
    if foreign_headline {
        return Vec::new();
    }
    let is_home = |cue: &&Cue| {
        let before = named.partition_point(|(at, ..)| *at < cue.at);
        // 在老挝生产，运回国内
        if scan.lexicon.particles.country.homeward.ends(scan.tail_before(cue.at, 16)) {
            return scan.text(cue.at) == "国内";
        }
        // 刚果（金）配额公布后，国内钴价上涨: in a clause of its own it is China again.
        let parted = |at: At| scan.slice(at.field, at.span.end, cue.at.span.start).contains(['，', '。', '；']);
        let ours = scan.text(cue.at) == "我国";
        let beside = |at: At| at.field == cue.at.field && at.sentence + 1 >= cue.at.sentence && !ours && !parted(at);
        let follows = before.checked_sub(1).map(|last| named[last]).filter(|(at, ..)| beside(*at));
        let chinese = scan.field(cue.at).language_at(cue.at.span.start) == Language::ZH;
        chinese && scan.text(cue.at).contains('国') && follows.is_none_or(|(_, country, _)| country == china)
    };
    scan.cues
        .iter()
        .filter(|cue| cue.class == CueClass::HOME)
        .filter(is_home)
        .map(|cue| (cue.at, china, false))
        .collect()
}

/// Whether a country's name is followed by a word for saying or denying, and that by another's: `Denmark denied reports that
/// Greenland`.
fn says_of(scan: &Scan<'_>, clauses: &Clauses, speaker: At, other: At) -> bool {
    const SAYING: CueSet = CueSet::of(&[CueClass::SAID, CueClass::DENIAL]);
    scan.said_in(speaker.sentence).intersects(SAYING)
        && starting_in(clauses.cues_in(speaker.sentence), speaker.span.end, speaker.span.end + 2).iter().any(|cue| {
            SAYING.contains(cue.class) && cue.at.span.end <= other.span.start && {
                let between = scan.slice(other.field, cue.at.span.end, other.span.start);
                // 英国宣布禁止进口俄罗斯的铝: who announces a deed does it.
                let most = if between.is_ascii() { MOST_BEFORE_COMPLEMENT } else { 0 };
                between.split_whitespace().count() <= most && !between.contains([',', '，', ':', '：'])
            }
        })
}

/// `says Ingrid Solheim of NTNU in Trondheim`, `said Ole Brandt, head of research at Norddeutsche in Hamburg`, `said a trader at
/// Delta in Madrid`: where somebody works, not where anything is done.
fn is_affiliation(scan: &Scan<'_>, clauses: &Clauses, person: Option<At>, place: At) -> bool {
    if !scan.tail_before(place, 4).ends_with(" in ") {
        return false;
    }
    let particles = &scan.lexicon.particles.country;
    let said = clauses.cues_in(place.sentence).iter().filter(|cue| cue.at.span.end <= place.span.start);
    let said = said.filter(|cue| cue.class == CueClass::SAID).map(|cue| cue.at).next_back();
    let Some(speaker) = person.filter(|person| person.sentence == place.sentence && Some(*person) > said).or(said)
    else {
        return false;
    };
    if speaker.span.end >= place.span.start {
        return false;
    }
    let between = scan.slice(place.field, speaker.span.end, place.span.start);
    let employed = if Some(speaker) == said {
        let nouns = &scan.lexicon.people.contexts.person_noun;
        particles.somebody.begins(between)
            && particles.employer.is_in(between)
            && between.split([' ', ',']).any(|word| nouns.contains(word))
    } else {
        particles.affiliated.begins(between) || between.starts_with(", ") && particles.employer.is_in(between)
    };
    employed
        && between.split_whitespace().count() <= MOST_AFFILIATION
        && clauses.mineral_before(place).is_none_or(|mineral| mineral.span.end <= speaker.span.start)
}

/// `Chile's fell 2%`: a verb where what is Chile's would stand.
fn is_elided(scan: &Scan<'_>, at: At) -> bool {
    let rest = scan.rest_after(at);
    let verb =
        rest.strip_prefix("'s ").or(rest.strip_prefix("’s ")).and_then(|rest| rest.split([' ', '.', ',']).next());
    verb.is_some_and(|verb| scan.lexicon.particles.sentence.moved.has(verb))
}

/// `near Chile`, `close to Liberia`: a country beside which something is.
fn is_near(scan: &Scan<'_>, at: At, place: Option<&Mention<PlaceIndex>>) -> bool {
    scan.lexicon.particles.country.near.ends(scan.tail_before(at, 16))
        && place.is_some_and(|place| place.at == at && scan.lexicon.place(place.entity).kind == PlaceType::Country)
}

/// Where people are named, in order.
fn people(resolved: &Resolved<'_>) -> Vec<At> {
    let mut people: Vec<At> = resolved.people.iter().flat_map(|person| person.mentions.iter().copied()).collect();
    people.sort_unstable();
    people
}

/// Where banks and funds of states are named that lend to mines of others: `Export Finance Australia`.
fn lenders(resolved: &Resolved<'_>) -> Vec<At> {
    let words = &resolved.scan.lexicon.particles.country.lender;
    let bodies = resolved.organisations.iter().filter(|body| body.kind == OrganisationType::Government);
    let named = bodies.flat_map(|body| body.mentions.iter().copied());
    named.filter(|at| words.iter().any(|word| resolved.scan.text(*at).contains(word))).collect()
}

/// Where companies are named, in order.
fn companies(resolved: &Resolved<'_>) -> Vec<At> {
    let of_kind = resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Company);
    let mut companies: Vec<At> = of_kind.flat_map(|company| company.mentions.iter().copied()).collect();
    companies.sort_unstable();
    companies
}

fn is_market_place(scan: &Scan<'_>, place: &Mention<PlaceIndex>) -> bool {
    let place = scan.lexicon.place(place.entity);
    place.kind == PlaceType::City && !place.mining
}
