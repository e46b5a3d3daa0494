//! Grounds beyond a mention's own clause: the clause before it, `the country` and its like, the section, the headline, what
//! the article as a whole is about.

use super::attribution::{Attribution, BRINGING_IN, DOING, MARKET, MOST_COUNTRIES};
use super::clauses::{Clause, Clauses, end_of, is_relative, starting_in};
use super::countries::{CountryMention, country_mentions};
use super::digests::{labels, points, stories};
use super::setting::setting;
use super::surroundings::GrammaticalCase;
use crate::extract::{Amount, At, Scan};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, Dimension, PlaceIndex};
use crate::resolve::Resolved;
use crate::text::{FieldName, Language};
use crate::vocabulary::{Basis, OrganisationType, PlaceType};
use rustc_hash::FxHashSet;

/// A country must have this part of the article's attention to explain a mention by itself.
const DOMINANT: f64 = 0.5;
/// What moves and is no price.
const OF_AMOUNTS: CueSet = CueSet::of(&[CueClass::OUTPUT, CueClass::SHARE, CueClass::SHIPMENTS]);
/// What is told beside a price that is somebody's.
const OF_DEEDS: CueSet = DOING.union(CueSet::of(&[
    CueClass::OUTPUT,
    CueClass::SHIPMENTS,
    CueClass::STAGE_POLICY,
    CueClass::EVENT_POLICY,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_AGREEMENT,
]));
/// Sentences back in which a province is looked for that is only called so.
const FARTHEST_PART: u32 = 3;
/// Farthest that a list goes on over semicolons, in sentences.
const LONGEST_LIST: u32 = 24;

/// An article's countries, and what each of its sentences goes on about.
pub(super) struct Context<'r, 'd> {
    pub resolved: &'r Resolved<'d>,
    pub clauses: &'r Clauses<'r>,
    /// In order.
    pub countries: Vec<CountryMention>,
    /// By sentence, and one more: its first among them, or where it would stand.
    firsts: Vec<usize>,
    /// By sentence: the heading of its section.
    headings: Vec<Option<u32>>,
    /// By sentence: the commodity whose label it stands under.
    pub labels: Vec<Option<usize>>,
    /// By sentence: the first sentence of the point of a digest that it belongs to.
    pub points: Vec<Option<u32>>,
    /// What has a story of its own in a digest, and is none of the headline's.
    stories: FxHashSet<CommodityIndex>,
    /// By sentence: a company is named in it.
    with_company: Vec<bool>,
    /// Where all that the article tells happens, unless it says otherwise.
    pub setting: Option<PlaceIndex>,
    /// By sentence: a mass is given in it.
    with_mass: Vec<bool>,
    /// By sentence: a price by the tonne, pound or ounce is given in it.
    with_price: Vec<bool>,
}

impl<'r, 'd> Context<'r, 'd> {
    pub(super) fn new(resolved: &'r Resolved<'d>, clauses: &'r Clauses<'r>) -> Self {
        let countries = country_mentions(resolved, clauses);
        let with_company = with_company(resolved);
        let labels = labels(resolved, clauses);
        Self {
            setting: setting(resolved, &countries, &with_company),
            stories: stories(resolved, &labels),
            resolved,
            clauses,
            firsts: firsts(&countries, resolved.scan.sentences.len() as u32),
            countries,
            headings: headings(resolved),
            labels,
            points: points(resolved),
            with_company,
            with_mass: with_amount(resolved, |amount| {
                matches!(amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume))
            }),
            with_price: with_amount(resolved, |amount| matches!(amount, Amount::Price(..))),
        }
    }

    pub(super) fn countries_in(&self, sentence: u32) -> &[CountryMention] {
        let sentence = sentence as usize;
        &self.countries[self.firsts[sentence]..self.firsts[sentence + 1]]
    }

    /// Countries of the nearest clause before the mention's in its sentence: its subject goes on.
    pub(super) fn by_clause_before(&self, at: At, clause: usize) -> Vec<Attribution> {
        if self.countries_in(at.sentence).is_empty()
            || self.is_quoted_beside(at, clause)
            || self.is_contrasted(at, clause)
        {
            return Vec::new();
        }
        let parties = self.parties_before(at, clause);
        if !parties.is_empty() {
            return parties;
        }
        let may_go_on = |country: &&CountryMention| country.clause < clause && !country.firm && !country.exchange_seat;
        let last = self.stated_in(at.sentence).filter(may_go_on).map(|country| country.clause).max();
        // `made in Indonesia, is shipped to China, where it becomes steel`
        if is_relative(&self.resolved.scan, at, self.clauses.nth(at.sentence, clause).start) {
            let last =
                self.stated_in(at.sentence).filter(may_go_on).filter(|country| Some(country.clause) == last).last();
            return distinct(at, last.map(|country| country.country).into_iter(), 0.65, Basis::Sentence);
        }
        let mut found = self.of_clause(at, last, 0.65);
        // `美国商务部确定，对华石墨征税，人造石墨也在内`: who is only aimed at is not who acts.
        let of_last = || self.stated_in(at.sentence).filter(|country| Some(country.clause) == last);
        if !found.is_empty() && of_last().all(|country| country.case == GrammaticalCase::Goal) {
            let acting = self.stated_in(at.sentence).filter(may_go_on).map(|country| country.clause);
            let acting = self.of_clause(at, acting.filter(|clause| Some(*clause) < last).max(), 0.65);
            found.extend(acting.into_iter().filter(|acting| !of_last().any(|known| known.country == acting.country)));
        }
        found
    }

    /// `Nickel climbed after Indonesia cut its quota, while zinc slipped`: another metal's price moves for no country's sake.
    fn is_quoted_beside(&self, at: At, clause: usize) -> bool {
        let (own, scan) = (self.clauses.nth(at.sentence, clause), &self.resolved.scan);
        let is_other = |other: At| other.span.end <= own.start && !scan.text(other).eq_ignore_ascii_case(scan.text(at));
        own.cues.intersects(MARKET.union(CueSet::MOVING))
            && !own.cues.intersects(DOING)
            && !self.has_mass(at)
            && !scan.said_in(at.sentence).contains(CueClass::OUTPUT)
            && self.clauses.minerals_in(at.sentence).first().is_some_and(|first| is_other(first.at))
    }

    /// `bought in Canada, while a small ilmenite mine at Satpayevsk covers a tenth`: somewhere else.
    fn is_contrasted(&self, at: At, clause: usize) -> bool {
        let (own, scan) = (self.clauses.nth(at.sentence, clause), &self.resolved.scan);
        let text = scan.slice(at.field, own.start, at.span.start).trim_start_matches([',', ';', ' ']);
        own.cues.intersects(DOING) && scan.lexicon.particles.sentence.contrast.begins(text)
    }

    /// `It sells most of its manganese to China`: who sells, where the sentence before has named them.
    pub(super) fn by_pronoun(&self, at: At) -> Vec<Attribution> {
        let before = self.sentence_before(at).filter(|_| begins_with_pronoun(&self.resolved.scan, at.sentence));
        let topics = before.into_iter().flat_map(|before| self.topics_of(before)).filter(|country| !country.firm);
        distinct(at, topics.map(|country| country.country).take(1), 0.65, Basis::Sentence)
    }

    fn of_clause(&self, at: At, clause: Option<usize>, score: f64) -> Vec<Attribution> {
        let all = || self.stated_in(at.sentence).filter(|country| Some(country.clause) == clause);
        // 苏里南与中国一家企业签署协议，在西部开采铝土矿: a firm's home has no part where there is a country.
        let states = all().any(|country| !country.firm);
        let countries = all().filter(|country| !(states && country.firm));
        distinct(at, countries.map(|country| country.country), score, Basis::Sentence)
    }

    /// The countries of a sentence that are more than the goal of a journey.
    pub(super) fn stated_in(&self, sentence: u32) -> impl Iterator<Item = &CountryMention> {
        self.countries_in(sentence).iter().filter(|country| !country.passing)
    }

    /// The countries that a sentence is about: those that lead it.
    fn topics_of(&self, sentence: u32) -> impl Iterator<Item = &CountryMention> {
        self.stated_in(sentence).filter(|country| country.leads && !country.exchange_seat)
    }

    /// `Its plants turn out nickel`, `Output since then: 7 million tonnes of iron ore`: at the start of a sentence, what the one before
    /// was about.
    pub(super) fn by_possessive(&self, at: At, clause: usize) -> Vec<Attribution> {
        let scan = &self.resolved.scan;
        let (sentence, text) = (scan.sentence_at(at.sentence), scan.sentence_text(at.sentence));
        let led_to = || {
            let start = self.clauses.nth(at.sentence, clause).start.max(sentence.span.start);
            scan.slice(at.field, sentence.span.start, start).trim_end().ends_with(':')
        };
        let owned = scan.lexicon.particles.sentence.possessive.begins(text) && (clause == 0 || led_to());
        let before = self.sentence_before(at).filter(|_| owned);
        let topics = before.into_iter().flat_map(|before| self.topics_of(before)).map(|country| country.country);
        distinct(at, topics, 0.7, Basis::Sentence)
    }

    /// 乌兹别克斯坦与法国企业达成协议，后者将参与开发该国的铀矿: in a clause that speaks of `the country` before the mineral, whose
    /// country leads the sentence.
    pub(super) fn by_host(&self, at: At, number: usize, clause: &Clause) -> Vec<Attribution> {
        if number == 0 || !clause.cues.contains(CueClass::ANAPHORA) {
            return Vec::new();
        }
        let before = starting_in(self.clauses.cues_in(at.sentence), clause.start, at.span.start);
        if !before.iter().any(|cue| cue.class == CueClass::ANAPHORA) {
            return Vec::new();
        }
        let host = self.countries_in(at.sentence).iter().find(|country| country.clause < number && !country.passing);
        let Some(host) = host.filter(|host| (host.leads || host.opens) && !host.firm) else { return Vec::new() };
        // 日方将优先获得该国的铜, 该国锂出口目的地包括中国
        let brings_in = clause.cues.intersects(BRINGING_IN);
        let takes = |country: &&CountryMention| {
            let bare = country.case == GrammaticalCase::Bare && !country.firm && brings_in;
            country.clause == number && !country.passing && (country.case == GrammaticalCase::Goal || bare)
        };
        let takers = self.countries_in(at.sentence).iter().filter(takes).map(|country| country.country);
        distinct(at, std::iter::once(host.country).chain(takers), 0.9, Basis::Sentence)
    }

    pub(super) fn refers_back(&self, at: At) -> bool {
        self.resolved.scan.said_in(at.sentence).contains(CueClass::ANAPHORA)
    }

    /// `the country`, 该国: the last country that a sentence was about.
    pub(super) fn by_anaphora(&self, at: At) -> Vec<Attribution> {
        if !self.refers_back(at) {
            return Vec::new();
        }
        let before = self.firsts[at.sentence as usize];
        // 韩国代表团访问蒙古国时表示，愿意参与当地的铜矿勘探
        let visited = |country: &&CountryMention| country.at < at && country.passing;
        if self.resolved.scan.said_in(at.sentence).contains(CueClass::VISIT)
            && let Some(host) = self.countries_in(at.sentence).iter().rfind(visited)
        {
            return distinct(at, std::iter::once(host.country), 0.7, Basis::Sentence);
        }
        // 美国企业家到访卢阿拉巴省。该省钴产量…: a part of a country is of the last country that a part of was named.
        if let Some(country) = self.by_part_of(at) {
            return distinct(at, std::iter::once(country), 0.7, Basis::Sentence);
        }
        let led = self.countries[..before]
            .iter()
            .rev()
            .take(MOST_COUNTRIES)
            .find(|country| country.leads && !country.passing);
        // 哈萨克斯坦与法国签署协议。该国…: of those that lead together, the first.
        let led = led.map(|last| {
            let together = self.countries[..before].iter().filter(|country| country.at.sentence == last.at.sentence);
            together.clone().find(|country| country.leads && !country.passing).unwrap_or(last)
        });
        distinct(at, led.map(|country| country.country).into_iter(), 0.7, Basis::Sentence)
    }

    /// `the province`, 该省: the country of the last place in a country that was named before the sentence.
    fn by_part_of(&self, at: At) -> Option<PlaceIndex> {
        let scan = &self.resolved.scan;
        let mut told = self.clauses.cues_in(at.sentence).iter().filter(|cue| cue.class == CueClass::ANAPHORA);
        told.find(|cue| scan.lexicon.particles.sentence.part_of_country.has_in_any_case(scan.text(cue.at)))?;
        (at.sentence.saturating_sub(FARTHEST_PART)..at.sentence).rev().find_map(|sentence| {
            let places = self.clauses.places_in(sentence).iter().rev();
            places
                .map(|place| scan.lexicon.place(place.entity))
                .find(|place| matches!(place.kind, PlaceType::Subdivision | PlaceType::City))
                .and_then(|place| place.country)
        })
    }

    /// The heading of the section, else what the sentence before in the same section is about.
    pub(super) fn by_section(&self, at: At) -> Vec<Attribution> {
        if self.is_contract(at) || self.is_asked(at) {
            return Vec::new();
        }
        // `氧化镝148，跌1；氧化铽655，平`: what semicolons part is one list, and belongs to who stands before or in it.
        let first = self.list_start(at);
        let listed = (first..at.sentence).rev().map(|earlier| self.topics_of(earlier).map(|country| country.country));
        let listed = listed.map(|topics| distinct(at, topics, 0.55, Basis::Sentence)).find(|found| !found.is_empty());
        // 汞从圭亚那运进；金条最后出现在阿联酋: a member that says where has no need of the others'.
        let placed = self.stated_in(at.sentence).any(|country| country.case == GrammaticalCase::Place);
        if let Some(found) = listed.filter(|_| !placed) {
            return found;
        }
        let before = first.checked_sub(1).filter(|&before| self.same_section(before, at));
        // `包头、赣州多家分离厂报价如下：`: what a colon leads to belongs to who stands before it.
        if let Some(before) = before.filter(|&before| self.ends_with_colon(before)) {
            let found = distinct(at, self.stated_in(before).map(|country| country.country), 0.6, Basis::Sentence);
            if (1..=2).contains(&found.len()) {
                return found;
            }
        }
        if self.stands_alone(at) || self.has_own_firm(at) {
            return Vec::new();
        }
        let heading = self.headings[at.sentence as usize].filter(|&heading| heading < at.sentence);
        if let Some(heading) = heading {
            let named = self.stated_in(heading).map(|country| country.country);
            let found = distinct(at, named, 0.55, Basis::Section);
            if (1..=2).contains(&found.len()) {
                return found;
            }
        }
        // What is told after a list goes on about the country that leads the list.
        let Some(before) = before else { return Vec::new() };
        let lead = self.list_start_of(before, at);
        let topics = [before, lead].map(|earlier| self.topics_of(earlier).map(|country| country.country));
        let mut found = topics.into_iter().map(|topics| distinct(at, topics, 0.5, Basis::Section));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// 问：您赞成把同样的办法用在锂上吗？: a question that opens a paragraph begins anew.
    fn is_asked(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.begins_line(at.sentence) && scan.sentence_text(at.sentence).trim_end().ends_with('？')
    }

    /// 铁矿石主力合约, 沪镍: a contract on an exchange.
    fn is_contract(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.lexicon.particles.mineral.contract.begins(scan.rest_after(at))
            || scan.text(at).starts_with(['沪', '滬', '伦', '倫'])
    }

    /// The sentence that the list begins in whose members semicolons part.
    fn list_start(&self, at: At) -> u32 {
        self.list_start_of(at.sentence, at)
    }

    /// The same for a sentence of the mention's section.
    fn list_start_of(&self, sentence: u32, at: At) -> u32 {
        let goes_on = |sentence: u32| {
            let scan = &self.resolved.scan;
            scan.sentence_text(sentence).trim_end().ends_with([';', '；'])
        };
        let mut first = sentence;
        while first > 0 && sentence - first < LONGEST_LIST && self.same_section(first - 1, at) && goes_on(first - 1) {
            first -= 1;
        }
        first
    }

    fn ends_with_colon(&self, sentence: u32) -> bool {
        self.resolved.scan.sentence_text(sentence).trim_end().ends_with([':', '：'])
    }

    /// The sentence before a mention's in its section.
    fn sentence_before(&self, at: At) -> Option<u32> {
        at.sentence.checked_sub(1).filter(|&before| self.same_section(before, at))
    }

    pub(super) fn same_section(&self, sentence: u32, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.sentences[sentence as usize].0 == at.field
            && scan.sentence(sentence).section == scan.sentence(at.sentence).section
            && !self.is_of_other_point(sentence, at)
    }

    /// ■ 秘鲁……。■ 赞比亚……。: each point of a digest is a story of its own, where it is a whole sentence.
    fn is_of_other_point(&self, earlier: u32, at: At) -> bool {
        let [before, own] = [earlier, at.sentence].map(|sentence| self.points[sentence as usize]);
        own.and_then(|own| own.checked_sub(1))
            .filter(|_| before.is_some() && before != own)
            .is_some_and(|last| self.resolved.scan.sentence_text(last).trim_end().ends_with(['。', '！', '？']))
    }

    /// `the latter`, 前者: the last, or last but one, of the countries named before.
    pub(super) fn by_order(&self, at: At, clause: &Clause) -> Vec<Attribution> {
        let back = match (clause.cues.contains(CueClass::LATTER), clause.cues.contains(CueClass::FORMER)) {
            (true, _) => 0,
            (_, true) => 1,
            _ => return Vec::new(),
        };
        let start = (at.sentence, clause.start);
        let before = self.countries.partition_point(|country| (country.at.sentence, country.at.span.start) < start);
        let mut named: Vec<PlaceIndex> = Vec::new();
        for country in self.countries[..before].iter().rev().take(MOST_COUNTRIES) {
            if !country.passing && !named.contains(&country.country) {
                named.push(country.country);
            }
        }
        distinct(at, named.into_iter().skip(back).take(1), 0.7, Basis::Sentence)
    }

    /// The headline's countries, else the one country that the article is about.
    pub(super) fn by_article(&self, at: At, mineral: CommodityIndex) -> Vec<Attribution> {
        if self.stands_alone(at) {
            return Vec::new();
        }
        let scan = &self.resolved.scan;
        let in_title = |country: &&CountryMention| scan.field(country.at).name == FieldName::Title;
        let named = self.countries.iter().take_while(in_title).filter(|country| !country.passing && !country.firm);
        let cased = |goal: bool| named.clone().filter(move |country| (country.case == GrammaticalCase::Goal) == goal);
        let of = |goal: bool| distinct(at, cased(goal).map(|country| country.country), 0.45, Basis::Title);
        // `Salta plant ships lithium to Korea`: what else is told of is where things come from, not where they go.
        let titled = [of(false), of(true)].into_iter().find(|titled| (1..=2).contains(&titled.len()));
        if let Some(titled) = titled.filter(|_| !self.is_story_of_its_own(at, mineral)) {
            // 与中国买家续签长单: nor is whom they are sold to.
            let bought = cased(false).next().is_some()
                && cased(false).all(|country| country.buys && country.case == GrammaticalCase::Partner);
            return if bought { Vec::new() } else { titled };
        }
        // `Traders in Singapore said tin was in short supply`
        let takes_part = |of: PlaceIndex| {
            self.countries.iter().any(|country| country.country == of && !country.watching && !country.passing)
        };
        let dominant = self.resolved.focus.first();
        let dominant = dominant.filter(|focus| focus.score >= DOMINANT && takes_part(focus.country));
        let about = self.setting.or(dominant.map(|focus| focus.country));
        distinct(at, about.into_iter(), 0.35, Basis::Document)
    }

    /// In a digest, under a label of its own, a mineral that the headline does not name is none of the headline's.
    fn is_story_of_its_own(&self, at: At, mineral: CommodityIndex) -> bool {
        self.stories.contains(&mineral)
            && self.labels[at.sentence as usize].is_some_and(|label| self.resolved.commodities[label].entity == mineral)
    }

    /// A sentence on a company's own business goes on with no one else's country.
    fn has_own_firm(&self, at: At) -> bool {
        self.with_company[at.sentence as usize]
    }

    fn has_mass(&self, at: At) -> bool {
        self.with_mass[at.sentence as usize]
    }

    /// `Peru's exports reached a record. The biggest gains came from copper.`
    fn details_trade(&self, at: At) -> bool {
        self.sentence_before(at).is_some_and(|before| {
            self.resolved.scan.said_in(before).contains(CueClass::SHIPMENTS)
                && self.clauses.minerals_in(before).is_empty()
        })
    }

    /// `The plant will make lithium carbonate`: the one country of the sentence before, where the works stand.
    pub(super) fn by_named_works(&self, at: At) -> Vec<Attribution> {
        let scan = &self.resolved.scan;
        let Some(before) = self.sentence_before(at) else { return Vec::new() };
        if !scan.lexicon.particles.sentence.works.begins(scan.sentence_text(at.sentence)) {
            return Vec::new();
        }
        let stated = self.stated_in(before).filter(|country| !country.firm && !country.exchange_seat);
        let found = distinct(at, stated.map(|country| country.country), 0.5, Basis::Section);
        if found.len() == 1 { found } else { Vec::new() }
    }

    /// The country of the works that a sentence goes on about: `It processes`, `… for the plant`.
    pub(super) fn by_works(&self, at: At) -> Vec<Attribution> {
        const WORKING: CueSet = CueSet::of(&[CueClass::STAGE_REFINE, CueClass::STAGE_MANUFACTURE]);
        let scan = &self.resolved.scan;
        let particles = &scan.lexicon.particles;
        let Some(before) = self.sentence_before(at) else { return Vec::new() };
        let found = distinct(at, self.stated_in(before).map(|country| country.country), 0.65, Basis::Section);
        if found.len() != 1 {
            return Vec::new();
        }
        let [text, text_before] = [at.sentence, before].map(|sentence| scan.sentence_text(sentence));
        let goes_on = text.starts_with("It ") && scan.said_in(at.sentence).intersects(WORKING)
            || text.is_ascii() && particles.sentence.for_works.iter().any(|works| text.contains(works));
        let of_works = || text_before.split([' ', '.', ',']).any(|word| particles.mineral.works.has(word));
        if goes_on && of_works() { found } else { Vec::new() }
    }

    /// A price on an exchange is no country's; nor is a rise or fall of nothing that is done anywhere, nor what is denied.
    fn stands_alone(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        let cues = scan.said_in(at.sentence);
        // `Peru's zinc output fell. Production of tin rose.`
        let particles = &scan.lexicon.particles.mineral;
        let after = scan.rest_after(at);
        let of_amount = particles.amount_of.ends(scan.tail_before(at, 16)) || particles.amount_after.begins(after);
        if of_amount || self.details_trade(at) {
            return false;
        }
        cues.contains(CueClass::DENIAL)
            || cues.intersects(MARKET) && !cues.contains(CueClass::SHIPMENTS)
            || cues.intersects(CueSet::MOVING) && !cues.intersects(DOING.union(OF_AMOUNTS)) && !self.has_mass(at)
            // `cobalt metal, in-whs Rotterdam, held at $24 per lb`
            || self.with_price[at.sentence as usize]
                && scan.sentence(at.sentence).language == Language::EN
                && !cues.intersects(OF_DEEDS)
                && !self.has_mass(at)
    }
}

fn firsts(countries: &[CountryMention], sentences: u32) -> Vec<usize> {
    let mut next = 0;
    (0..=sentences)
        .map(|sentence| {
            let first = next;
            next = end_of(sentence, countries, first, |country| country.at);
            first
        })
        .collect()
}

/// By sentence: an amount of a kind is given in it.
fn with_amount(resolved: &Resolved<'_>, is_meant: impl Fn(&Amount) -> bool) -> Vec<bool> {
    let mut with_amount = vec![false; resolved.scan.sentences.len()];
    for quantity in resolved.quantities.iter().filter(|quantity| is_meant(&quantity.amount)) {
        with_amount[quantity.at.sentence as usize] = true;
    }
    with_amount
}

/// By sentence: the heading that opened its section.
fn headings(resolved: &Resolved<'_>) -> Vec<Option<u32>> {
    let scan = &resolved.scan;
    let mut current: Option<(u8, u16, u32)> = None;
    (0..scan.sentences.len() as u32)
        .map(|number| {
            let (field, _) = scan.sentences[number as usize];
            let sentence = scan.sentence(number);
            if sentence.heading {
                current = Some((field, sentence.section, number));
            }
            current.filter(|(of, section, _)| (*of, *section) == (field, sentence.section)).map(|(.., heading)| heading)
        })
        .collect()
}

fn with_company(resolved: &Resolved<'_>) -> Vec<bool> {
    let mut with_company = vec![false; resolved.scan.sentences.len()];
    for company in resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Company) {
        company.mentions.iter().for_each(|mention| with_company[mention.sentence as usize] = true);
    }
    with_company
}

pub(super) fn distinct(
    at: At,
    countries: impl Iterator<Item = PlaceIndex>,
    score: f64,
    basis: Basis,
) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for country in countries {
        if !found.iter().any(|known| known.country == country) {
            found.push(Attribution { country, score, basis, at });
        }
    }
    found
}

/// Whether a sentence begins with a word for what the one before was about.
pub(super) fn begins_with_pronoun(scan: &Scan<'_>, sentence: u32) -> bool {
    scan.lexicon.particles.sentence.pronoun.begins(scan.sentence_text(sentence))
}
