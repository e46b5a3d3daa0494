//! Clauses that name a country and no mineral: `Refiners in Switzerland took nearly all of it` goes on about the mineral
//! last spoken of, where it says what is done, and says that something is.

use super::absence::{is_absent, is_negated};
use super::attribution::{Attribution, DOING, MARKET};
use super::clauses::{Clause, Clauses, figures_in, starting_in};
use super::context::{Context, begins_with_pronoun};
use super::countries::CountryMention;
use super::surroundings::{GrammaticalCase, is_compared};
use crate::extract::{Amount, At, Cue};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, Dimension};
use crate::resolve::Resolved;
use crate::text::{FieldName, Language};
use crate::vocabulary::{Basis, CommodityKind};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// What is done with a mineral, trade included.
const DONE: CueSet =
    DOING.union(TRADED).union(CueSet::of(&[CueClass::STAGE_TRADE, CueClass::STAGE_RESERVE, CueClass::SHARE]));
/// What moves a price, and is done by somebody: 中国的出口管制令现货紧张.
const ACTED: CueSet = CueSet::of(&[
    CueClass::EVENT_EXPORT_CONTROL,
    CueClass::EVENT_MINE_SUSPENSION,
    CueClass::EVENT_MINE_OPENING,
    CueClass::EVENT_LABOUR_ACTION,
    CueClass::OUTPUT,
]);
/// Whose price is told, works with the mineral, or trades it: `magnet makers in Germany pay more`.
const WORKED: CueSet = CueSet::of(&[CueClass::STAGE_TRADE, CueClass::STAGE_MANUFACTURE, CueClass::STAGE_REFINE]);
/// Diplomacy and talk.
const SPOKEN: CueSet = CueSet::of(&[CueClass::SAID, CueClass::VISIT, CueClass::DIPLOMACY, CueClass::EVENT_SANCTION]);
/// On the way.
const PASSED: CueSet = CueSet::of(&[CueClass::TRANSIT, CueClass::WAY_STATION]);
/// Who sells to whom.
const TRADED: CueSet = CueSet::of(&[CueClass::BUYER, CueClass::IMPORTER]);
/// So many sentences back, the mineral that the article speaks of most is the one spoken of.
const NEAR: u32 = 3;
/// Farthest that the word for the goods stands before the country, in bytes.
const GOODS_REACH: u32 = 400;
/// A mention in the headline counts as so many.
const TITLED: u32 = 3;
/// A mention in the paragraph of the country counts as so many more.
const IN_PARAGRAPH: u32 = 2;
/// One that the paragraph opens with, as so many more; and how far from its beginning it may stand, in bytes.
const OPENS_PARAGRAPH: u32 = 4;
const OPENING: u32 = 12;
/// Farthest that the mineral spoken of stands back, in sentences, where no nearer one is named.
const FARTHEST: u32 = 10;
/// How far back the beginning of a line is looked for, in bytes.
const LONGEST_LINE: u32 = 600;
/// Minerals that one list holds at most.
const LONGEST_LIST: usize = 6;
/// Sentences that a point of a digest has at most.
const LONGEST_POINT: u32 = 12;
/// Mentions that are looked at on the way back.
const MOST_MENTIONS: usize = 24;

/// Adds what such clauses imply to the attributions of the mention that they go on about.
pub(super) fn add_implied(context: &Context<'_, '_>, attributions: &mut [Vec<Attribution>]) {
    let (resolved, clauses) = (context.resolved, context.clauses);
    let reader = Reader { context, resolved, clauses, counts: OnceCell::new(), subject: subject(resolved) };
    for country in &context.countries {
        let Some(last) = reader.goes_on_about(country) else { continue };
        for place in reader.joined_to(last) {
            let known = &mut attributions[place];
            let same_sentence = resolved.commodities[place].at.sentence == country.at.sentence;
            let basis = if same_sentence { Basis::Sentence } else { Basis::Section };
            let implied = Attribution { country: country.country, score: 0.55, basis, at: country.at };
            // What the article as a whole suggests is now said.
            match known.iter_mut().find(|known| known.country == country.country) {
                Some(weaker) if weaker.score < implied.score => *weaker = implied,
                Some(_) => {}
                None => known.push(implied),
            }
        }
    }
}

fn counts(resolved: &Resolved<'_>) -> FxHashMap<CommodityIndex, u32> {
    resolved.commodities.iter().fold(FxHashMap::default(), |mut counts, mention| {
        let titled = resolved.scan.field(mention.at).name == FieldName::Title;
        *counts.entry(mention.entity).or_default() += if titled { TITLED } else { 1 };
        counts
    })
}

/// The first mention, if the headline names one mineral only, or, where it names none, the article does.
fn subject(resolved: &Resolved<'_>) -> Option<usize> {
    let mentions = &resolved.commodities;
    let titled = mentions.iter().take_while(|mention| resolved.scan.field(mention.at).name == FieldName::Title).count();
    let spoken_of = if titled > 0 { &mentions[..titled] } else { mentions };
    let first = spoken_of.first()?;
    spoken_of.iter().all(|mention| mention.entity == first.entity).then_some(0)
}

struct Reader<'r, 'd> {
    context: &'r Context<'r, 'd>,
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses<'r>,
    /// Mentions of each commodity in the article, once they are asked for.
    counts: OnceCell<FxHashMap<CommodityIndex, u32>>,
    /// The mention of the mineral that the article is about.
    subject: Option<usize>,
}

impl Reader<'_, '_> {
    /// The mention that a country's clause goes on about, if it says that something is done there.
    fn goes_on_about(&self, country: &CountryMention) -> Option<usize> {
        let clause = self.clauses.nth(country.at.sentence, country.clause);
        let cues = clause.told;
        let trades = cues.intersects(TRADED);
        let brought_in = trades || cues.contains(CueClass::IMPORTING);
        let takes_part = country.leads
            || country.opens
            || country.elided
            || is_compared(&self.resolved.scan, country.at)
            || matches!(country.case, GrammaticalCase::Place | GrammaticalCase::Goal);
        let filed = self.resolved.dateline(country.at).is_some();
        let only_a_market =
            country.exchange_seat && !country.buys || country.market_place && !cues.intersects(DOING) && !trades;
        if country.passing || filed || only_a_market {
            return None;
        }
        let goods = self.is_of_goods(country.at);
        if country.firm && !country.buys && !goods && !cues.contains(CueClass::EXPORTER) {
            return None;
        }
        let label = self.label_of(country);
        if !takes_part && !trades && !goods && label.is_none() && !self.is_told_of(country, clause) {
            return None;
        }
        // `Japan, whose chip makers need the acid, has no mines`; `reports of a mine in Thailand are false`
        let sentence = self.resolved.scan.said_in(country.at.sentence);
        // `Mozambique, whose smelter runs on hydropower, ought to gain from a price on aluminium`: what it leads comes yet.
        let minerals = self.clauses.minerals_in(country.at.sentence);
        let english = self.resolved.scan.sentence(country.at.sentence).language == Language::EN;
        if english
            && country.leads
            && country.clause == 0
            && minerals.first().is_some_and(|first| first.at > country.at)
        {
            return None;
        }
        let absent = is_absent(clause)
            || country.leads && sentence.contains(CueClass::ABSENCE)
            || sentence.contains(CueClass::DENIAL);
        if absent {
            return None;
        }
        let place = if label.is_some() {
            label
        } else if self.says_done(country, clause) || goods {
            let ore =
                goods && self.resolved.scan.lexicon.particles.country.ore_goods.begins(self.goods_after(country.at));
            let place = self.antecedent(self.spoken_of_from(country)?, goods, ore)?;
            // Each point of a digest is a story of its own, or of what all of them are about.
            let own = self.in_one_paragraph(self.resolved.commodities[place].at, country.at);
            let of_all = self.subject.filter(|_| minerals.is_empty());
            if own || !self.is_in_point(country.at) { Some(place) } else { of_all }
        } else {
            self.subject.filter(|_| self.is_the_topic(country))
        }?;
        let mention = &self.resolved.commodities[place];
        let kind = self.resolved.scan.lexicon.commodity(mention.entity).kind;
        let known =
            kind != CommodityKind::Agricultural && (!is_negated(self.resolved, self.clauses, mention) || brought_in);
        known.then_some(place)
    }

    /// `3. Helium. Qatar cut its price.`: what stands under a label, and names no other mineral before the country, tells of it.
    fn label_of(&self, country: &CountryMention) -> Option<usize> {
        let here = self.clauses.minerals_in(country.at.sentence).first();
        self.context.labels[country.at.sentence as usize].filter(|_| here.is_none_or(|first| first.at > country.at))
    }

    /// `Gabon could send a little more, Australia's Groote Eylandt too`: a sentence in which nobody speaks, and nothing only
    /// passes, tells of all whom it names.
    fn is_told_of(&self, country: &CountryMention, clause: &Clause) -> bool {
        let sentence = country.at.sentence;
        let scan = &self.resolved.scan;
        !scan.said_in(sentence).intersects(SPOKEN.union(PASSED))
            && scan.roles_in(sentence).is_empty()
            && self.says_done(country, clause)
    }

    /// Whether something is done in or with the country. A clause that opens with it, or names it as the place, may leave
    /// the verb to the clause before: `bauxite is shipped from Guinea, most of the rest from Australia`.
    fn says_done(&self, country: &CountryMention, clause: &Clause) -> bool {
        // `ore delivered to Tianjin rose by 15 cents`: whom the goods are for takes them, whatever they cost.
        let priced = clause.cues.intersects(MARKET) && country.case != GrammaticalCase::Goal;
        let said = self.resolved.scan.said_in(country.at.sentence);
        let follows_mineral =
            || self.clauses.minerals_in(country.at.sentence).first().is_some_and(|mention| mention.at < country.at);
        let elliptic = (country.opens || country.case == GrammaticalCase::Place)
            && said.intersects(DONE.union(CueSet::of(&[CueClass::EXPORTER])))
            && follows_mineral();
        // `Iron ore climbed after a storm shut ports in Western Australia`, `Tin fell after pits in Myanmar restarted`
        const MOVES: CueSet = CueSet::of(&[CueClass::DISRUPTION, CueClass::EVENT_MINE_OPENING]);
        let disrupted =
            clause.cues.intersects(MOVES) && said.intersects(MARKET.union(CueSet::MOVING)) && follows_mineral();
        // 加拿大是全球第二大产铀国，仅次于哈萨克斯坦
        let ranked = follows_mineral() && is_compared(&self.resolved.scan, country.at);
        let priced = priced && !clause.cues.intersects(ACTED.union(WORKED));
        country.listed
            || country.elided
            || ranked
            || disrupted
            || !priced && (elliptic || clause.told.intersects(DONE) || self.has_mass(country.at.sentence, clause))
    }

    /// `Gabon could send 200,000 tonnes`
    fn has_mass(&self, sentence: u32, clause: &Clause) -> bool {
        figures_in(&self.resolved.quantities, sentence, clause.start, clause.end)
            .any(|figure| matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume)))
    }

    /// `Oklahoma makes a little.` in an article about one mineral: a sentence that its country leads, and that names no
    /// other mineral, tells of it, unless it tells what somebody said, asked or visited.
    fn is_the_topic(&self, country: &CountryMention) -> bool {
        let sentence = country.at.sentence;
        let scan = &self.resolved.scan;
        country.leads
            && !scan.said_in(sentence).intersects(SPOKEN)
            && scan.roles_in(sentence).is_empty()
            && self.clauses.minerals_in(sentence).is_empty()
            && is_statement(scan.sentence_text(sentence))
    }

    /// `dysprosium and terbium, both of which …`: a mention with the others of its list.
    fn joined_to(&self, place: usize) -> std::ops::RangeInclusive<usize> {
        let mentions = &self.resolved.commodities;
        let (mut first, mut last) = (place, place);
        while first > 0 && last - first < LONGEST_LIST && self.is_joined(mentions[first - 1].at, mentions[first].at) {
            first -= 1;
        }
        while last + 1 < mentions.len()
            && last - first < LONGEST_LIST
            && self.is_joined(mentions[last].at, mentions[last + 1].at)
        {
            last += 1;
        }
        first..=last
    }

    fn is_joined(&self, one: At, two: At) -> bool {
        let scan = &self.resolved.scan;
        one.sentence == two.sentence
            && one.span.end <= two.span.start
            && scan.lexicon.particles.mineral.joining.has(scan.slice(one.field, one.span.end, two.span.start).trim())
    }

    /// Where to look back from: the clause's word for the goods (`its ore`, 所产), else the country, if the clause names no
    /// mineral.
    fn spoken_of_from(&self, country: &CountryMention) -> Option<At> {
        let at = country.at;
        let clause = self.clauses.span(at);
        let cues = self.clauses.cues_in(at.sentence);
        let minerals = self.clauses.minerals_in(at.sentence);
        // `two cargoes of jet fuel`: not what was last spoken of.
        let is_named = |cue: &Cue| {
            let after = minerals.partition_point(|mineral| mineral.at.span.start < cue.at.span.end);
            minerals.get(after).is_some_and(|mineral| mineral.at.span.start <= cue.at.span.end + 1)
        };
        let goods = starting_in(cues, clause.start.max(at.span.start.saturating_sub(GOODS_REACH)), at.span.start)
            .iter()
            .rev()
            .find(|cue| cue.class == CueClass::GOODS && !is_named(cue));
        if let Some(goods) = goods {
            return Some(goods.at);
        }
        // 买主是比利时一家三氧化二锑生产商: who buys is told, whatever he makes of it.
        let opening = starting_in(cues, clause.start, clause.start + 1).iter().find(|cue| cue.class == CueClass::BUYER);
        if let Some(buyer) = opening.filter(|_| country.buys) {
            return Some(buyer.at);
        }
        let own = minerals.partition_point(|mention| mention.at.span.start < clause.start);
        // `Finland: a lithium refinery`: what a label stands before is its own.
        let scan = &self.resolved.scan;
        let label = scan.slice(at.field, clause.start, clause.end).trim_end().ends_with([':', '：']);
        minerals.get(own).is_none_or(|mention| mention.at.span.end > clause.end && !label).then_some(at)
    }

    /// 越南货, 加蓬块, `Brazil granular was assessed at`: what comes from the country.
    fn is_of_goods(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        if scan.lexicon.particles.country.goods_after.begins(scan.rest_after(at)) {
            return true;
        }
        let (goods, particles) = (self.goods_after(at), &scan.lexicon.particles.country);
        (particles.goods.begins(goods) || particles.ore_goods.begins(goods)) && !particles.no_goods.begins(goods)
    }

    /// What stands after a country, or after the grade that its goods have: 南非*40%-42%*精粉.
    fn goods_after(&self, at: At) -> &str {
        let after = self.resolved.scan.rest_after(at);
        let of_grade = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | '-' | '—' | '～' | '至');
        let graded = after.trim_start_matches(of_grade);
        if after[..after.len() - graded.len()].contains('%') { graded } else { after }
    }

    /// ▍挪威就深海采矿举行听证: in a paragraph that is a point of a digest.
    fn is_in_point(&self, at: At) -> bool {
        self.context.points[at.sentence as usize].is_some_and(|first| at.sentence - first < LONGEST_POINT)
    }

    /// Whether a bullet opens the line.
    fn is_item(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        let before = scan.tail_before(at, LONGEST_LINE);
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        line.starts_with(['-', '–', '•', '*', '●', '·', '▪', '■'])
    }

    fn in_one_paragraph(&self, earlier: At, at: At) -> bool {
        earlier.field == at.field
            && earlier.span.end <= at.span.start
            && !self.resolved.scan.slice(at.field, earlier.span.end, at.span.start).contains('\n')
    }

    fn opens_paragraph(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.begins_line(at.sentence) && at.span.start <= scan.sentence(at.sentence).span.start + OPENING
    }

    /// The last mention of the sentence, else, of those near before, the one that the article speaks of most; of what is dug, where ore is
    /// spoken of.
    fn antecedent(&self, at: At, goods: bool, ore: bool) -> Option<usize> {
        let mentions = &self.resolved.commodities;
        let here = self.clauses.minerals_in(at.sentence).partition_point(|mention| mention.at < at);
        let last = (self.clauses.minerals_before(at.sentence) + here).checked_sub(1)?;
        let sentence = mentions[last].at.sentence;
        // 复合肥厂采购员说，老挝的货价格相近: what a plant makes is not what it buys.
        let of_works = |place: &usize| {
            let after = self.resolved.scan.rest_after(mentions[*place].at);
            let name = &self.resolved.scan.lexicon.particles.name;
            goods && (after.starts_with(|c: char| name.works.has_char(c)) || name.firms.begins(after))
        };
        if sentence == at.sentence && !of_works(&last) {
            return Some(last);
        }
        let same_field = mentions[last].at.field == at.field;
        // `It climbed after Myanmar …`: a pronoun means what was just named.
        if same_field && sentence + 1 >= at.sentence && begins_with_pronoun(&self.resolved.scan, at.sentence) {
            return Some(last);
        }
        let reach = if sentence + NEAR >= at.sentence { NEAR } else { FARTHEST };
        // What one item of a list tells, the next does not go on about, unless it speaks of goods: `- First cargo to Sweden in May`.
        const OF_GOODS: CueSet =
            CueSet::of(&[CueClass::GOODS, CueClass::SHIPMENTS, CueClass::IMPORTER, CueClass::EXPORTER]);
        let item = self.is_item(at) && !self.resolved.scan.said_in(at.sentence).intersects(OF_GOODS);
        let near = (0..=last)
            .rev()
            .take(MOST_MENTIONS)
            .take_while(|&place| {
                mentions[place].at.field == at.field && mentions[place].at.sentence + reach >= at.sentence
            })
            .filter(|&place| {
                !item || self.in_one_paragraph(mentions[place].at, at) || !self.is_item(mentions[place].at)
            });
        // What the article is about is spoken of everywhere, what the paragraph is about nearer; of those that weigh the same,
        // the nearest.
        let is_dug = |place: &usize| {
            let kind = self.resolved.scan.lexicon.commodity(mentions[*place].entity).kind;
            !ore || kind != CommodityKind::Product
        };
        // Ore of which only the headline has spoken so far.
        let titled = |place: &usize| self.resolved.scan.field(mentions[*place].at).name == FieldName::Title;
        let headline = (0..mentions.len().min(LONGEST_LIST)).filter(|place| ore && titled(place));
        let places = near.chain(self.subject).chain(headline).filter(is_dug).filter(|place| !of_works(place));
        let counts = self.counts.get_or_init(|| counts(self.resolved));
        places.min_by_key(|&place| {
            let mention = &mentions[place];
            let first =
                self.clauses.minerals_in(mention.at.sentence).first().is_some_and(|first| first.at == mention.at);
            let spoken_of = counts.get(&mention.entity).copied().unwrap_or_default();
            let here = if self.in_one_paragraph(mention.at, at) { IN_PARAGRAPH } else { 0 };
            // `Thermal coal went the other way. Newcastle slipped …`: what a paragraph opens with, it is about.
            let opens = if here > 0 && first && self.opens_paragraph(mention.at) { OPENS_PARAGRAPH } else { 0 };
            std::cmp::Reverse(spoken_of + here + opens + u32::from(first))
        })
    }
}

/// `Perth, Western Australia –` tells nothing: it is all names.
fn is_statement(sentence: &str) -> bool {
    !sentence.is_ascii() && !sentence.contains(['–', '—'])
        || sentence.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
}
