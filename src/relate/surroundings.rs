//! What the words around a country's mention make of it: its case, whose seat it is, whether goods or people only pass it.

use super::clauses::{Clause, Clauses, starting_in};
use crate::extract::{At, Cue, Scan};
use crate::lexicon::{CueClass, CueSet, Particles, WordList};
use crate::text::{Preposition, Span};

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

/// No cue that speaks of a name beside it is longer or farther away, in bytes.
const REACH: u32 = 64;
/// A denial reaches this many bytes forward.
const DENIED: u32 = 120;
/// A firm that does one of these is a buyer.
const BUYING: CueSet = CueSet::of(&[CueClass::BUYER, CueClass::IMPORTER]);
/// A country that one of these leads to has no part.
const PASSED: CueSet = CueSet::of(&[CueClass::VISIT, CueClass::TRANSIT, CueClass::ABSENCE, CueClass::UNFULFILLED]);
/// What is done with a mineral, wherever it is.
const DONE_WITH: CueSet = CueSet::of(&[
    CueClass::EVENT_EXPORT_CONTROL,
    CueClass::EVENT_ACQUISITION,
    CueClass::EVENT_AGREEMENT,
    CueClass::EVENT_LICENCE,
    CueClass::STAGE_TRADE,
]);
/// Farthest that a rank stands before the country that it comes after, in bytes.
const RANKED: u32 = 80;
/// Farthest that `buyers of` stands before the first of those that it lists, in bytes, and words of it that are looked at.
const LISTING: u32 = 72;
const MOST_LISTED: usize = 4;
/// No clause that says what its countries are goes on for longer after the first of them, in bytes.
const MOST_CALLED: usize = 72;
/// Words from goods to whom they come from or go to: `copper cathode to`.
const MOST_GOODS: usize = 2;
/// Farthest that goods stand before their journey, in bytes.
const GOODS_BEFORE: u32 = 8;
/// All that is asked for beside a country; few sentences say any of it.
const SPEAKING: CueSet = PASSED.union(CueSet::of(&[
    CueClass::WAY_STATION,
    CueClass::BYSTANDER,
    CueClass::FIRM,
    CueClass::PERSON,
    CueClass::IMPORTER,
    CueClass::EXPORTER,
    CueClass::BUYER,
    CueClass::EXCHANGE_SEAT,
]));

/// The words around a mention of a country.
pub(super) struct Surroundings<'s, 'd> {
    scan: &'s Scan<'d>,
    clauses: &'s Clauses<'s>,
    /// The last company before the country, and the first after it.
    companies: [Option<At>; 2],
    at: At,
    /// What stands right before it in its sentence.
    before: &'d str,
    /// As what a list gives it: `buyers include Turkey`.
    pub listed: Option<GrammaticalCase>,
    /// What its sentence says anywhere.
    said: CueSet,
    /// Number of its clause, within its sentence.
    pub number: usize,
    pub clause: &'s Clause,
    /// Cues near enough to speak of the country; none if their sentence says nothing that is asked for.
    beside: &'s [Cue],
    /// What they say.
    said_beside: CueSet,
}

impl<'s, 'd> Surroundings<'s, 'd> {
    pub(super) fn new(scan: &'s Scan<'d>, clauses: &'s Clauses<'s>, companies: [Option<At>; 2], at: At) -> Self {
        let said = scan.said_in(at.sentence);
        let beside: &[Cue] = if said.intersects(SPEAKING) {
            let Span { start, end } = at.span;
            starting_in(clauses.cues_in(at.sentence), start.saturating_sub(REACH), end + REACH)
        } else {
            &[]
        };
        let mut said_beside = CueSet::default();
        beside.iter().for_each(|cue| said_beside.insert(cue.class));
        let (number, clause) = clauses.find(at);
        let before = scan.tail_before(at, LISTING);
        let listed =
            case_of_list(&scan.lexicon.particles, before).or_else(|| case_by_calling(scan, clauses, at, clause.end));
        Self { scan, clauses, companies, at, before, listed, said, number, clause, beside, said_beside }
    }

    /// Whether a cue of the class that is near enough to speak of the country does so.
    pub(super) fn has_beside(&self, class: CueClass, speaks: impl Fn(&Cue) -> bool) -> bool {
        self.said_beside.contains(class) && self.beside.iter().any(|cue| cue.class == class && speaks(cue))
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
        self.said.contains(CueClass::DENIAL) && !self.is_where_it_is() && {
            let from = self.clause.start.max(self.at.span.start.saturating_sub(DENIED));
            let before = starting_in(self.clauses.cues_in(self.at.sentence), from, self.at.span.start);
            before.iter().any(|cue| cue.class == CueClass::DENIAL && cue.at.span.end <= self.at.span.start)
        }
    }

    /// `no plan to restrict exports of uranium from Kazakhstan`, `denied that it would sell its Jadar lithium project`: what is said
    /// not to be done would be done with what is there.
    fn is_where_it_is(&self) -> bool {
        self.is_of_own_works()
            || self.clause.cues.intersects(DONE_WITH)
                && !self.clause.cues.contains(CueClass::EVENT_DISCOVERY)
                && (self
                    .mineral_before(self.at)
                    .is_some_and(|end| matches!(self.between(end, self.at.span.start), " from " | " of "))
                    || self.mineral_after().is_some_and(|start| self.between(self.at.span.end, start) == " "))
    }

    /// `its copper smelter in Quebec`: whatever is denied of it, it is there.
    fn is_of_own_works(&self) -> bool {
        let particles = &self.scan.lexicon.particles;
        self.clauses.mineral_before(self.at).is_some_and(|mineral| {
            let between = self.between(mineral.span.end, self.at.span.start);
            particles.mineral.behind.ends(between)
                && between.split(' ').any(|word| particles.mineral.works.has(word))
                && particles.sentence.own.ends(self.scan.tail_before(mineral, 8))
        })
    }

    /// Where the last mineral before a place of the sentence ends.
    fn mineral_before(&self, at: At) -> Option<u32> {
        self.clauses.mineral_before(at).map(|mineral| mineral.span.end).filter(|&end| end <= at.span.start)
    }

    /// The first mineral after the country.
    fn next_mineral(&self) -> Option<Span> {
        let minerals = self.clauses.minerals_in(self.at.sentence);
        let after = minerals.partition_point(|mineral| mineral.at.span.start < self.at.span.end);
        minerals.get(after).map(|mineral| mineral.at.span)
    }

    /// Where the first mineral after the country begins.
    fn mineral_after(&self) -> Option<u32> {
        self.next_mineral().map(|mineral| mineral.start)
    }

    /// `sulphur, landed in Indonesia`, 铁矿石启航赴华: not a traveller but goods.
    fn is_of_goods(&self, cue: &Cue) -> bool {
        cue.class == CueClass::VISIT
            && self.mineral_before(cue.at).is_some_and(|end| {
                cue.at.span.start - end <= GOODS_BEFORE || self.clause.cues.contains(CueClass::GOODS)
            })
    }

    pub(super) fn is_passing(&self, case: GrammaticalCase) -> bool {
        self.is_denied()
            || self.is_excluded()
            || self.is_of_observers()
            || self.said_beside.intersects(PASSED)
                && self
                    .beside
                    .iter()
                    .any(|cue| PASSED.contains(cue.class) && self.leads_to(cue) && !self.is_of_goods(cue) && !self.is_held_up(cue))
            // `shipped to China's port of Qingdao` is for China; what is `trucked to the Kenyan port of Mombasa` goes on from there.
            || (case != GrammaticalCase::Goal || self.said.contains(CueClass::OVERLAND))
                && self.has_beside(CueClass::WAY_STATION, |cue| self.is_followed_by(cue) && !self.is_held_up(cue))
            || self.is_where_it_is_said(case)
            || self.has_beside(CueClass::BYSTANDER, |cue| {
                cue.at.covers(&self.at) || self.leads_to(cue) || self.is_followed_by(cue)
            })
    }

    /// `a storm shut ports in Western Australia`: not on the way, but where goods cannot leave. 在访问蒙古国期间见证了: what happens
    /// on a visit happens there. 中国港口到货, 中国港口*铁矿石*: those who take the goods.
    fn is_held_up(&self, cue: &Cue) -> bool {
        if cue.class == CueClass::WAY_STATION
            && (self.mineral_after() == Some(cue.at.span.end)
                || self.scan.lexicon.particles.country.arrived.begins(self.scan.rest_after(self.at)))
        {
            return true;
        }
        let shut = matches!(cue.class, CueClass::TRANSIT | CueClass::WAY_STATION)
            && self.clause.cues.contains(CueClass::DISRUPTION)
            && self.scan.text(cue.at).starts_with("port");
        shut || cue.class == CueClass::VISIT && self.is_stay()
    }

    fn is_stay(&self) -> bool {
        self.between(self.at.span.end, self.clause.end).starts_with("期间")
            && !self.said.contains(CueClass::SAID)
            && self.mineral_after().is_some_and(|mineral| mineral < self.clause.end)
    }

    /// Where somebody is on a visit, on which something is done.
    pub(super) fn is_host(&self) -> bool {
        self.has_beside(CueClass::VISIT, |cue| self.leads_to(cue)) && self.is_stay()
    }

    /// `Estonia, not China`, `in Norway rather than in Sweden`
    fn is_excluded(&self) -> bool {
        let before = self.before;
        before.is_ascii() && self.scan.lexicon.particles.country.excluding.ends(before)
    }

    /// `economists in Melbourne`, `a filing in London`: where those sit who watch and report.
    pub(super) fn is_of_observers(&self) -> bool {
        let before = self.before;
        let observers = before.strip_suffix(" in ").or_else(|| before.strip_suffix(" in the "));
        let observers = observers.and_then(|observers| observers.rsplit([' ', ',']).next());
        observers.is_some_and(|word| self.scan.lexicon.particles.country.observers.has_in_any_case(word))
            && !self.clause.cues.intersects(BUYING)
    }

    /// 赞比亚总统在北京表示: where somebody spoke.
    fn is_where_it_is_said(&self, case: GrammaticalCase) -> bool {
        case == GrammaticalCase::Place
            && self.said.contains(CueClass::SAID)
            && starting_in(self.clauses.cues_in(self.at.sentence), self.at.span.end, self.at.span.end + 1)
                .iter()
                .any(|cue| cue.class == CueClass::SAID)
    }

    /// `Lithuanian port of Klaipėda`, 越南转运: nothing but part of a name stands between.
    fn is_followed_by(&self, cue: &Cue) -> bool {
        cue.at.span.start >= self.at.span.end && {
            let between = self.between(self.at.span.end, cue.at.span.start);
            let between = between.strip_prefix("'s").or(between.strip_prefix("’s")).unwrap_or(between);
            let near = if between.is_ascii() { between.split_whitespace().count() <= 1 } else { between.len() <= 24 };
            // 俄罗斯煤炭经黑海港口: what stands between is where it comes from.
            let of_goods = || self.mineral_after().is_some_and(|mineral| mineral < cue.at.span.start);
            near && !between.contains([',', '，', '、', '.', '(', '（', '；']) && !of_goods()
        }
    }

    /// `Chinese miner`, `Canadian gold producer`, `Burmese-born`, 中国企业: a word for a firm within three words. Or `a partner
    /// from China`.
    pub(super) fn is_firm(&self) -> bool {
        self.is_of(CueClass::FIRM)
    }

    /// `a German minister`, 中国大使
    pub(super) fn is_of_person(&self) -> bool {
        self.is_of(CueClass::PERSON)
    }

    fn is_of(&self, class: CueClass) -> bool {
        self.has_beside(class, |cue| {
            let from = cue.at.span.end <= self.at.span.start
                && match self.between(cue.at.span.end, self.at.span.start) {
                    " from " | " of " | " based in " => true,
                    // `domiciled in Jersey`, 注册地：江西
                    " " | "" | "：" | "在" | "为" => {
                        let seat = self.scan.text(cue.at);
                        self.scan.lexicon.particles.country.seat.ends(seat)
                    }
                    _ => false,
                };
            // 中资
            let within = cue.at.covers(&self.at);
            from || within
                || cue.at.span.start >= self.at.span.end && {
                    let between = self.between(self.at.span.end, cue.at.span.start);
                    let words = between.split([' ', '-']).filter(|word| !word.is_empty()).count();
                    words <= 2
                        && between.chars().count() <= if between.is_ascii() { 24 } else { 4 }
                        && !between.contains([',', '，', '\'', '’', '的'])
                    // `The project in Zimbabwe is owned by …`: a verb, not a kind of firm
                    && !between.split(' ').any(|word| self.scan.lexicon.particles.sentence.copula.has(word))
                }
        })
    }

    /// `Nornickel of Russia`, `Canada's Barrick`, 加拿大的巴里克: where a company has its seat.
    pub(super) fn is_seat_of_company(&self) -> bool {
        let [before, after] =
            self.companies.map(|company| company.filter(|company| company.sentence == self.at.sentence));
        let owns = after.is_some_and(|company| {
            company.span.start >= self.at.span.end
                && matches!(
                    self.between(self.at.span.end, company.span.start),
                    "'s "
                        | "’s "
                        | " "
                        | ""
                        | "的"
                        | "-based "
                        | "'s state-owned "
                        | "’s state-owned "
                        | "'s state-run "
                )
        });
        owns || before.is_some_and(|company| {
            company.span.end <= self.at.span.start
                && matches!(self.between(company.span.end, self.at.span.start), " of " | " of the ")
        })
    }

    /// `potash from Canada's Canpotex`, `LNG from Cheniere of the United States`: the seat of a firm that goods come from or go to.
    pub(super) fn is_party(&self) -> bool {
        const PUTTING_IN: CueSet = CueSet::of(&[CueClass::EVENT_ACQUISITION, CueClass::EVENT_INVESTMENT]);
        let named = self.companies[0].filter(|company| {
            company.sentence == self.at.sentence
                && matches!(self.between(company.span.end, self.at.span.start), " of " | " of the ")
        });
        let at = named.unwrap_or(self.at);
        !self.clause.cues.intersects(PUTTING_IN)
            && self.mineral_before(at).is_some_and(|goods| {
                let between = self.between(goods, at.span.start);
                let particles = &self.scan.lexicon.particles.country;
                (particles.party.ends(between)
                    || particles.dealt_with.ends(between) && particles.dealing.is_in(between))
                    && between.split_whitespace().count() <= MOST_GOODS
            })
    }

    /// What a firm of the country does after its name in the clause, a takeover excepted.
    pub(super) fn buys(&self) -> bool {
        let (said, after) = (self.clause.cues, self.at.span.end);
        // 买主是比利时一家工厂
        let names_buyer = said.contains(CueClass::BUYER)
            && self.has_beside(CueClass::BUYER, |cue| {
                cue.at.span.end <= self.at.span.start
                    && matches!(
                        self.between(cue.at.span.end, self.at.span.start).trim(),
                        "是" | "为" | "为：" | "：" | ":" | "is a" | "is" | "are" | "include"
                    )
            });
        if names_buyer {
            return true;
        }
        said.intersects(BUYING)
            // `the Toronto-listed buyer`
            && self.scan.field(self.at).original.get(after as usize..).is_none_or(|rest| !rest.starts_with("-listed"))
            && (!said.contains(CueClass::EVENT_ACQUISITION) || self.buys_goods())
            && !self.takes_over()
            && starting_in(self.clauses.cues_in(self.at.sentence), after, self.clause.end.min(after + 2 * REACH))
                .iter()
                .any(|cue| BUYING.contains(cue.class))
    }

    /// `agreed to buy graphite from Tanzania`: no firm, and no mine.
    fn buys_goods(&self) -> bool {
        self.next_mineral().filter(|mineral| mineral.end <= self.clause.end).is_some_and(|mineral| {
            let rest = self.between(mineral.end, self.clause.end);
            rest.split_whitespace().take(MOST_GOODS).any(|word| word == "from")
        })
    }

    /// `wants to buy a lithium mine`: where it is, not who buys it.
    fn takes_over(&self) -> bool {
        self.next_mineral().filter(|mineral| mineral.end <= self.clause.end).is_some_and(|mineral| {
            let rest = self.between(mineral.end, self.clause.end);
            let word = rest.split([' ', ',', '.']).find(|word| !word.is_empty()).unwrap_or_default();
            self.scan.lexicon.particles.mineral.works.has(word) && !matches!(word, "output" | "production")
        })
    }

    /// `India's NMDC wants to buy a lithium mine`: who takes over a mine has no part in what it yields.
    pub(super) fn buys_works(&self) -> bool {
        self.takes_over()
            && self.mineral_after().is_some_and(|mineral| {
                let between = self.between(self.at.span.end, mineral);
                between.starts_with(['\'', '’'])
                    && between.split(' ').any(|word| self.scan.lexicon.particles.sentence.taking_over.has(word))
            })
    }

    pub(super) fn case(&self) -> GrammaticalCase {
        if self.has_beside(CueClass::IMPORTER, |cue| self.leads_to(cue)) {
            return GrammaticalCase::Goal;
        }
        if self.has_beside(CueClass::EXPORTER, |cue| self.leads_to(cue)) {
            return GrammaticalCase::Place;
        }
        if let Some(case) = self.listed {
            return case;
        }
        if let Some(preposition) = self.preposition() {
            return match preposition {
                Preposition::Place => GrammaticalCase::Place,
                Preposition::Goal => GrammaticalCase::Goal,
                Preposition::Partner => GrammaticalCase::Partner,
            };
        }
        let before = self.word_before();
        let particles = &self.scan.lexicon.particles.country;
        let is = |words: &WordList| words.has_in_any_case(before);
        // `Chile, followed by Peru`, 仅次于智利: compared or ranked, not placed.
        if is_compared(self.scan, self.at) {
            return GrammaticalCase::Bare;
        }
        match before.chars().next_back() {
            // Chinese parts no words.
            Some('在' | '从' | '自' | '于') => GrammaticalCase::Place,
            Some('给' | '向' | '对' | '至') => GrammaticalCase::Goal,
            Some('与' | '同' | '跟' | '被') => GrammaticalCase::Partner,
            // 镁九成由中国供应
            Some('由') if particles.supplied_by.begins(self.between(self.at.span.end, self.clause.end)) => {
                GrammaticalCase::Place
            }
            Some(last) if !last.is_ascii_alphabetic() => GrammaticalCase::Bare,
            _ if is(&particles.place) => GrammaticalCase::Place,
            _ if is(&particles.goal) => GrammaticalCase::Goal,
            _ if is(&particles.partner) => GrammaticalCase::Partner,
            _ => GrammaticalCase::Bare,
        }
    }

    /// The preposition before the country, in a language that lists its own.
    fn preposition(&self) -> Option<Preposition> {
        let language = self.scan.field(self.at).language_at(self.at.span.start);
        self.scan.lexicon.languages().preposition(language, || self.scan.tail_before(self.at, 24))
    }

    /// The word before the country, or before its article.
    fn word_before(&self) -> &'d str {
        let (mut text, mut word) = last_word(self.before);
        for article in self.scan.lexicon.particles.country.articles.iter() {
            if let Some(before) = text.filter(|_| word.eq_ignore_ascii_case(article)) {
                (text, word) = last_word(before);
            }
        }
        word
    }
}

/// `Buyers of Russian aluminium include Turkey`, `the main sources of Japan's copper are Chile and Peru`
fn case_of_list(particles: &Particles, before: &str) -> Option<GrammaticalCase> {
    // 主要买家为中国
    if !before.is_ascii() {
        let verb = particles.sentence.listing.iter().find(|verb| before.ends_with(verb))?;
        let listed = before[..before.len() - verb.len()].trim_end_matches(['主', '要', '依', '次', '则', '多']);
        let goal = particles.country.customers.ends(listed).then_some(GrammaticalCase::Goal);
        return goal.or(particles.country.suppliers.ends(listed).then_some(GrammaticalCase::Place));
    }
    let before = before.strip_suffix("the ").unwrap_or(before).strip_suffix(' ')?;
    let (before, verb) = before.rsplit_once(' ')?;
    if !particles.sentence.listing.has(verb) {
        return None;
    }
    let start = before.rfind([',', ';', ':', '.']).map_or(0, |mark| mark + 1);
    let mut words = before[start..].split(' ').filter(|word| !word.is_empty()).take(MOST_LISTED);
    words.find_map(|word| {
        let word = word.trim_end_matches(',');
        if particles.country.customers.has_in_any_case(word) {
            Some(GrammaticalCase::Goal)
        } else {
            particles.country.suppliers.has_in_any_case(word).then_some(GrammaticalCase::Place)
        }
    })
}

/// 越南、印尼是最大的两个市场: what a clause that names no mineral says that its countries are.
fn case_by_calling(scan: &Scan<'_>, clauses: &Clauses, at: At, end: u32) -> Option<GrammaticalCase> {
    let country = &scan.lexicon.particles.country;
    let rest = scan.slice(at.field, at.span.end, end.max(at.span.end));
    if rest.len() > MOST_CALLED || rest.is_ascii() {
        return None;
    }
    // Other countries that are called the same may stand before the verb.
    let called =
        rest.starts_with(['、', '和', '与', '及']) && country.called.is_in(rest) || country.called.begins(rest);
    let name = rest.trim_end_matches(['，', '。', '；', ',', ';', '\n', ' ']);
    let case = if country.customers.ends(name) {
        GrammaticalCase::Goal
    } else if country.suppliers.ends(name) {
        GrammaticalCase::Place
    } else {
        return None;
    };
    let clause = clauses.span(at);
    let within = |mineral: At| mineral.span.end > clause.start && mineral.span.start < clause.end;
    let mineral = clauses.minerals_in(at.sentence).iter().any(|mineral| within(mineral.at));
    (called && !mineral).then_some(case)
}

/// Whether a country is what others are compared with, or follows in a ranking.
pub(super) fn is_compared(scan: &Scan<'_>, place: At) -> bool {
    let before = scan.tail_before(place, 24);
    let before = before.strip_suffix("the ").unwrap_or(before);
    let particles = &scan.lexicon.particles;
    particles.country.compared.ends(before)
        || particles.country.ranked.ends(before) && is_ranking(particles, scan.tail_before(place, RANKED))
}

/// `the third-largest producer of copper after`, `ranks second behind`
fn is_ranking(particles: &Particles, before: &str) -> bool {
    let particles = &particles.sentence;
    before.split([' ', '-']).any(|word| particles.rank.has(word) || particles.ranks.has(word))
}

/// What stands before a text's last word, if it has others, and that word.
fn last_word(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_end();
    text.rsplit_once(' ').map_or((None, text), |(before, word)| (Some(before), word))
}
