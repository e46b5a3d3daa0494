//! Which names are commodities and places: first those in no doubt, then, in their light, those in doubt.

use super::borrowed::Borrowed;
use super::{Mention, Refused, Resolved};
use crate::extract::{At, FoundPerson, Hidden, Name, Scan, is_headline};
use crate::lexicon::{
    CommodityIndex, Companions, CueClass, CueSet, PlaceIndex, Reading, Reason, SenseRule, SenseSet, Trust, Verdict,
    What,
};
use crate::text::{Case, Language, TokenKind};
use crate::vocabulary::{Form, PlaceType};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;

/// What the names are.
#[derive(Default)]
pub(super) struct Read {
    pub commodities: Vec<Mention<CommodityIndex>>,
    pub places: Vec<Mention<PlaceIndex>>,
    pub refused: Vec<Refused>,
    /// Names of listed organisations that another body bears.
    pub namesakes: Vec<At>,
}

/// Any of these makes an article one about minerals.
const ABOUT_TRADE: CueSet = CueSet::TRADE.union(CueSet::of(&[
    CueClass::STAGE_EXPLORE,
    CueClass::STAGE_MINE,
    CueClass::ORE,
    CueClass::STAGE_REFINE,
    CueClass::STAGE_RESERVE,
    CueClass::EVENT_EXPORT_CONTROL,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_PRICE_MOVE,
]));
/// Beside a word that is a commodity unless something speaks against it, any of these in its sentence is enough.
const IN_TRADE: CueSet = ABOUT_TRADE.union(CueSet::of(&[
    CueClass::TOPIC_TRADE,
    CueClass::EVENT_AGREEMENT,
    CueClass::EVENT_INVESTMENT,
    CueClass::EVENT_LICENCE,
    CueClass::EVENT_SANCTION,
    CueClass::OUTPUT,
    CueClass::EVENT_PRODUCTION,
]));
/// Sentences of a brief, its headline among them.
const LONGEST_BRIEF: usize = 3;
/// Fewest sentences on leisure in an article that is about little else, and how many there are for each on the trade.
const LEAST_LEISURE: usize = 2;
const LEISURE_TO_TRADE: usize = 2;
/// What articles are about in which metals are rings and chains, or as below.
const LEISURE: CueSet = PASTIME.union(CueSet::of(&[CueClass::TOPIC_JEWELLERY]));
/// What articles are about in which metals are medals, colours, records and planets.
const PASTIME: CueSet = CueSet::of(&[
    CueClass::TOPIC_SPORT,
    CueClass::TOPIC_MUSIC,
    CueClass::TOPIC_FILM,
    CueClass::TOPIC_FOOD,
    CueClass::TOPIC_ASTRONOMY,
    CueClass::TOPIC_MEDICINE,
    CueClass::TOPIC_SOFTWARE,
    CueClass::TOPIC_FASHION,
    CueClass::TOPIC_WILDLIFE,
    CueClass::TOPIC_WEATHER,
]);
/// Besides digits, what a mass in a Chinese list is written with.
const COUNTED: &str = ".,约近逾超千万亿吨公斤克盎司安士拉";
/// Fewest letters of a name's second syllable: those of `Li-Ion` are fewer.
const SHORTEST_SYLLABLE: usize = 4;
/// Letters that the second part of a hyphened name has at least.
const SHORTEST_PART: usize = 4;
/// How sure a reading is that nothing speaks against.
const SURE: f64 = 0.99;
/// How sure a reading is that a rule or the context accepted.
const ACCEPTED: f64 = 0.88;

/// Reads every name that may be a commodity or a place.
pub(super) fn read(scan: &Scan<'_>, people: &[FoundPerson]) -> Read {
    let mut read = Read::default();
    let borrowed = Borrowed::new(scan, people);
    let mut doubted: Vec<(&Name, Reading)> = Vec::new();
    let mut bodies: Vec<(&Name, Reading)> = Vec::new();
    for name in &scan.names {
        let is_doubted = |reading: &&Reading| {
            matches!(reading.what, What::Organisation(_))
                && reading.sense.is_some_and(|sense| is_of_namesakes(scan, sense))
        };
        bodies.extend(name.readings.iter().find(is_doubted).map(|reading| (name, *reading)));
        let Some(reading) = preferred(scan, name) else { continue };
        if scan.is_of_site(name.at.sentence) {
            read.refuse(name.at, reading.what, Reason::Boilerplate);
        } else if let Some(reason) = borrowed.refuses(scan, name, &reading) {
            read.refuse(name.at, reading.what, reason);
        } else if reading.sense.is_some()
            || !matches!(reading.trust, Trust::Always | Trust::Character)
            || is_capitalised_inside(scan, name, &reading)
        {
            doubted.push((name, reading));
        } else {
            read.accept(name.at, reading.what, reading.form, sureness(reading.form));
        }
    }
    for hidden in &scan.hidden {
        read.hidden(scan, hidden);
    }
    read.commodities.sort_by_key(|mention| mention.at);
    read.places.sort_by_key(|mention| mention.at);
    let light = Light::new(scan, &read);
    for (name, reading) in doubted {
        let reading = light.named_of(name).unwrap_or(reading);
        match light.judge(name, &reading) {
            Verdict::Accept => read.accept(name.at, reading.what, reading.form, ACCEPTED),
            Verdict::Choose(place) => {
                // A capital read as the city that it is goes by its name there.
                let city = scan.lexicon.place(place).kind == PlaceType::City;
                let form = if city { Form::Name } else { reading.form };
                read.accept(name.at, What::Place(place), form, ACCEPTED);
            }
            Verdict::Refuse(reason) => read.refuse(name.at, reading.what, reason),
        }
    }
    for (name, reading) in bodies {
        // `the Environmental Protection Agency of Ghana`: another of the same name
        if light.judge(name, &reading) == Verdict::Refuse(Reason::Name) {
            read.namesakes.push(name.at);
        }
    }
    read.commodities.sort_by_key(|mention| mention.at);
    read.places.sort_by_key(|mention| mention.at);
    read
}

/// Whether sense rules tell the listed body from others of the same name.
fn is_of_namesakes(scan: &Scan<'_>, sense: SenseSet) -> bool {
    let sense = &scan.lexicon.senses[sense.0 as usize];
    let verdicts = sense.rules.iter().map(|rule| rule.verdict).chain(std::iter::once(sense.otherwise));
    verdicts.into_iter().any(|verdict| verdict == Verdict::Refuse(Reason::Name))
}

/// A metal with a capital letter inside a sentence, as no metal needs one: perhaps what something is called.
fn is_capitalised_inside(scan: &Scan<'_>, name: &Name, reading: &Reading) -> bool {
    let commodity = matches!(reading.what, What::Commodity(_)) && reading.form == Form::Name;
    commodity
        && scan.text(name.at).starts_with(|c: char| c.is_ascii_uppercase())
        && name.at.span.start > scan.sentence(name.at.sentence).span.start
        // German writes every noun so.
        && scan.sentence(name.at.sentence).language == Language::EN
        && !is_headline(scan.tokens(name.at.sentence))
}

fn sureness(form: Form) -> f64 {
    match form {
        Form::Name | Form::Demonym => SURE,
        Form::Abbreviation | Form::Metonym => 0.95,
        Form::Alias => 0.93,
        Form::Symbol => ACCEPTED,
    }
}

/// One reading where the words have several: countries before regions, subdivisions and cities, and what needs no
/// context before what does. A decoy, an organisation or a person leaves nothing for others.
pub(super) fn preferred(scan: &Scan<'_>, name: &Name) -> Option<Reading> {
    if name.readings.iter().any(|r| matches!(r.what, What::Decoy(_) | What::Leader(_))) {
        return None;
    }
    let is_organisation =
        name.readings.iter().any(|r| matches!(r.what, What::Organisation(_)) && r.trust == Trust::Always);
    let rank = |reading: &Reading| match reading.what {
        What::Commodity(_) => Some(1),
        What::Place(place) => Some(match scan.lexicon.place(place).kind {
            PlaceType::Country => 0,
            PlaceType::Region => 2,
            PlaceType::Subdivision => 3,
            PlaceType::City => 4,
        }),
        _ => None,
    };
    let ranked =
        name.readings.iter().filter_map(|reading| Some((reading.trust != Trust::Always, rank(reading)?, reading)));
    let (_, _, best) = ranked.min_by_key(|(doubt, rank, _)| (*doubt, *rank))?;
    (!is_organisation).then_some(*best)
}

impl Read {
    fn accept(&mut self, at: At, what: What, form: Form, confidence: f64) {
        match what {
            What::Commodity(entity) => self.commodities.push(Mention { at, entity, form, confidence }),
            What::Place(entity) => self.places.push(Mention { at, entity, form, confidence }),
            _ => {}
        }
    }

    /// A government body acts for the country in its name; anything else that a longer expression hides is refused.
    fn hidden(&mut self, scan: &Scan<'_>, hidden: &Hidden) {
        let is_place = |name: &Name| name.readings.iter().all(|reading| matches!(reading.what, What::Place(_)));
        let Reading { what, form, .. } = hidden.reading;
        match what {
            What::Commodity(_) | What::Place(_) if hidden.stands => self.accept(hidden.at, what, form, ACCEPTED),
            // A part of a longer name of a place is no reading that anyone would ask for.
            What::Place(_)
                if hidden.reason == Reason::Name
                    && scan.name_over(hidden.at.field, hidden.at.span.start).is_some_and(is_place) => {}
            What::Commodity(_) | What::Place(_) => self.refuse(hidden.at, what, hidden.reason),
            _ => {}
        }
    }

    fn refuse(&mut self, at: At, what: What, reason: Reason) {
        self.refused.push(Refused { at, what, reason });
    }
}

/// What the undoubted mentions and the cues say about the doubted ones.
struct Light<'s, 'd> {
    scan: &'s Scan<'d>,
    commodities: Vec<Mention<CommodityIndex>>,
    places: Vec<Mention<PlaceIndex>>,
    mentioned: FxHashSet<What>,
    /// The article names a commodity that is in no doubt, or speaks of mining, metals or their making anywhere.
    is_about_trade: bool,
    /// The article speaks of sport, music, food and the like anywhere.
    is_of_leisure: bool,
    /// It speaks of little else.
    is_leisure: bool,
    /// Ids of the commodities that the article names without doubt and of all that hold them, once they are asked for.
    families: OnceCell<FxHashSet<&'d str>>,
}

impl<'s, 'd> Light<'s, 'd> {
    fn new(scan: &'s Scan<'d>, read: &Read) -> Self {
        let commodities = read.commodities.iter().map(|mention| What::Commodity(mention.entity));
        let places = read.places.iter().map(|mention| What::Place(mention.entity));
        let bodies = scan.names.iter().flat_map(|name| &name.readings).filter_map(|reading| {
            let sure = matches!(reading.what, What::Organisation(_))
                && reading.sense.is_none()
                && reading.trust == Trust::Always;
            sure.then_some(reading.what)
        });
        let count = |of: CueSet| scan.sentence_cues.iter().filter(|cues| cues.intersects(of)).count();
        let leisure = count(PASTIME);
        Self {
            scan,
            is_about_trade: !read.commodities.is_empty()
                || scan.sentence_cues.iter().any(|cues| cues.intersects(ABOUT_TRADE)),
            is_of_leisure: scan.sentence_cues.iter().any(|cues| cues.intersects(LEISURE)),
            is_leisure: leisure >= LEAST_LEISURE && leisure > LEISURE_TO_TRADE * count(CueSet::TRADE),
            families: OnceCell::new(),
            mentioned: commodities.chain(places).chain(bodies).collect(),
            commodities: read.commodities.clone(),
            places: read.places.clone(),
        }
    }

    fn judge(&self, name: &Name, reading: &Reading) -> Verdict {
        // In an article on sport a metal in doubt is one where its own sentence is about the trade.
        let at_leisure = || {
            self.is_leisure && matches!(reading.what, What::Commodity(_)) && !self.cues(name).intersects(CueSet::TRADE)
        };
        match self.judge_alone(name, reading) {
            Verdict::Accept if at_leisure() => Verdict::Refuse(Reason::NoContext),
            verdict => verdict,
        }
    }

    /// The verdict of the rules and the context, whatever the article is about.
    fn judge_alone(&self, name: &Name, reading: &Reading) -> Verdict {
        if is_capitalised_inside(self.scan, name, reading) && self.is_called(name) {
            return Verdict::Refuse(Reason::Name);
        }
        if reading.form == Form::Symbol && self.is_in_compound(name) {
            return Verdict::Refuse(Reason::Name);
        }
        if let Some(sense) = reading.sense {
            let sense = &self.scan.lexicon.senses[sense.0 as usize];
            let beside = self.scan.beside(name);
            let rule = sense.rules.iter().find(|rule| self.holds(rule, name, beside, reading.what));
            return match (rule, sense.otherwise, reading.what) {
                (Some(rule), ..) => rule.verdict,
                // No rule speaks for it, and nothing in the article is about the trade: a colour, a coin, a cup.
                (None, Verdict::Accept, What::Commodity(_)) if !self.is_about_trade && !self.is_in_trade(name) => {
                    Verdict::Refuse(Reason::NoContext)
                }
                (None, otherwise, _) => otherwise,
            };
        }
        if reading.trust == Trust::CharacterIfNamed {
            return self.named_elsewhere(name);
        }
        // `the Graphite toolkit`: a product, unless the article is about the metal, or about the trade at all.
        if reading.trust == Trust::Always {
            let meant = self.is_about_trade || self.is_in_trade(name) || self.mentioned.contains(&reading.what);
            return if meant { Verdict::Accept } else { Verdict::Refuse(Reason::Name) };
        }
        let carried = match reading.trust {
            Trust::Always | Trust::Character | Trust::CharacterIfNamed => true,
            Trust::InContext => self.in_context(name, reading.what),
            Trust::IfNamed => self.mentioned.contains(&reading.what),
            Trust::InList => self.in_list(name) || self.is_short_for_named(name, reading.what) || self.is_output(name),
        };
        if carried { Verdict::Accept } else { Verdict::Refuse(Reason::NoContext) }
    }

    /// Of all that a short form may be short for (`hydroxide`: lithium's, cobalt's), what the article names in full.
    fn named_of(&self, name: &Name) -> Option<Reading> {
        let named = |reading: &&Reading| reading.trust == Trust::IfNamed && self.mentioned.contains(&reading.what);
        name.readings.iter().find(named).copied()
    }

    /// A symbol: its commodity, or one that holds it, is named elsewhere, or the sentence is about mining or metals.
    fn in_context(&self, name: &Name, what: What) -> bool {
        !self.begins_a_name(name)
            && (self.mentioned.contains(&what)
                || self.names_kin(what)
                || self.cues(name).intersects(CueSet::TRADE)
                || !Resolved::in_sentence(&self.commodities, name.at.sentence).is_empty())
    }

    /// `Ga-Rankuwa`, `Al-Jazira`: joined to a capitalised word, and not to another symbol or an ion, letters are a name's.
    fn begins_a_name(&self, name: &Name) -> bool {
        let Some(rest) = self.scan.rest_after(name.at).strip_prefix('-') else { return false };
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        word.chars().count() >= SHORTEST_PART
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
    }

    /// Whether the mention's own sentence is about goods; or names a country, in a brief too short to say what it is about:
    /// `Chile's new royalty on copper becomes law`.
    fn is_in_trade(&self, name: &Name) -> bool {
        self.cues(name).intersects(IN_TRADE)
            || self.has_moved(name)
            || self.scan.sentences.len() <= LONGEST_BRIEF
                && !self.is_of_leisure
                && !Resolved::in_sentence(&self.places, name.at.sentence).is_empty()
    }

    /// `Copper edged up 0.2%`: what rises by a share of itself has a price or an amount.
    fn has_moved(&self, name: &Name) -> bool {
        !self.is_of_leisure
            && self.cues(name).intersects(CueSet::MOVING)
            && self.scan.rest_after(name.at).contains(['%', '％'])
    }

    /// `the Ga-Moleta mine`: a syllable of a name, where the next is longer than any symbol.
    fn is_in_compound(&self, name: &Name) -> bool {
        let original = self.scan.field(name.at).original;
        let after = &original[name.at.span.end as usize..];
        after.strip_prefix('-').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_uppercase())
                && rest.chars().take_while(|c| c.is_alphabetic()).count() >= SHORTEST_SYLLABLE
                && rest.chars().nth(1).is_some_and(char::is_lowercase)
        })
    }

    /// 矿产金19.1吨, 银产量: what is dug, and how much of it.
    fn is_output(&self, name: &Name) -> bool {
        let after = self.scan.rest_after(name.at);
        let measured = after.starts_with(|c: char| c.is_ascii_digit() || "约近超逾达".contains(c));
        measured && self.scan.tail_before(name.at, 3) == "产"
            || self.scan.lexicon.particles.mineral.yield_after.begins(after)
    }

    /// `DAP` in an article on phosphate fertilisers or on urea, `TREO` in one on monazite: what holds it, what it holds, or
    /// another that the same holds.
    fn names_kin(&self, what: What) -> bool {
        let What::Commodity(commodity) = what else { return false };
        let named = self.families.get_or_init(|| {
            let commodities = self.mentioned.iter().filter_map(|what| match what {
                What::Commodity(commodity) => Some(*commodity),
                _ => None,
            });
            commodities.flat_map(|commodity| self.family(commodity)).collect()
        });
        self.family(commodity).iter().any(|id| named.contains(id))
    }

    /// The id of a commodity, and those of all that hold it.
    fn family(&self, commodity: CommodityIndex) -> Vec<&'d str> {
        let lexicon = self.scan.lexicon;
        let mut family = vec![lexicon.commodity(commodity).id.as_str()];
        let mut seen = 0;
        while let Some(&id) = family.get(seen) {
            seen += 1;
            let parents = lexicon.commodity_of(id).map_or(&[][..], |entry| &entry.parents);
            for parent in parents.iter().map(String::as_str) {
                if !family.contains(&parent) {
                    family.push(parent);
                }
            }
        }
        family
    }

    /// 巴 is Pakistan in an article that names Pakistan, Brazil in one that names Brazil.
    fn named_elsewhere(&self, name: &Name) -> Verdict {
        let named = name.readings.iter().find(|reading| self.mentioned.contains(&reading.what));
        match named.map(|reading| reading.what) {
            Some(What::Place(place)) => Verdict::Choose(place),
            _ => Verdict::Refuse(Reason::NoContext),
        }
    }

    /// 铜、金、钨: a neighbour in the list is a commodity, and something parts them or the neighbour is in no doubt.
    fn in_list(&self, name: &Name) -> bool {
        let here = self.scan.names.partition_point(|other| other.at < name.at);
        let neighbours = [here.checked_sub(1).and_then(|at| self.scan.names.get(at)), self.scan.names.get(here + 1)];
        neighbours.into_iter().flatten().filter(|other| other.at.field == name.at.field).any(|other| {
            let (left, right) = if other.at < name.at { (other, name) } else { (name, other) };
            let between = self.scan.slice(name.at.field, left.at.span.end, right.at.span.start);
            let is_commodity = |reading: &Reading| matches!(reading.what, What::Commodity(_));
            let sure = other.readings.iter().any(|reading| is_commodity(reading) && reading.trust == Trust::Always);
            let listed = matches!(between, "、" | "，" | "," | "和" | "与" | "及" | "以及" | "/");
            other.readings.iter().any(is_commodity)
                && (listed || sure && between.is_empty() || self.is_counted(between, right.at))
        })
    }

    /// 铅1.9万吨、银410万盎司, 2万吨铅和410万盎司银: a mass each, and something that parts them.
    fn is_counted(&self, between: &str, next: At) -> bool {
        let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let (after, joints) = (self.scan.rest_after(next), ['、', '，', '和', '与', '及']);
        let mass = if digit(between) && digit(after) {
            between.strip_suffix(joints)
        } else {
            between.strip_prefix(joints).filter(|mass| digit(mass))
        };
        mass.is_some_and(|mass| mass.chars().all(|c| c.is_ascii_digit() || COUNTED.contains(c)))
    }

    /// 碘产量: what the article has named in full goes by its one character too, where no word holds that.
    fn is_short_for_named(&self, name: &Name, what: What) -> bool {
        self.mentioned.contains(&what) && !self.scan.is_within_han_word(name.at)
    }

    /// `Diamond Street`, `Iron Hill`, `a tom called Cobalt`: what something else is called by.
    fn is_called(&self, name: &Name) -> bool {
        let tokens = self.scan.tokens(name.at.sentence);
        let next = tokens.partition_point(|token| token.span.start < name.at.span.end);
        let called = || self.scan.tail_before(name.at, 8).ends_with("called ");
        called()
            || tokens.get(next).is_some_and(|next| {
                matches!(next.kind, TokenKind::Word(Case::Title))
                    && self.scan.slice(name.at.field, name.at.span.end, next.span.start) == " "
                    && self
                        .scan
                        .lexicon
                        .people
                        .contexts
                        .street_noun
                        .contains(&self.scan.folded_word(name.at.field, next))
            })
    }

    fn cues(&self, name: &Name) -> CueSet {
        self.scan.said_in(name.at.sentence)
    }

    /// Whether a rule's conditions hold for a name between two texts.
    fn holds(&self, rule: &SenseRule, name: &Name, beside: [&str; 2], what: What) -> bool {
        rule.suits(beside, self.cues(name), self.scan.article_cues, self.scan.text(name.at))
            && self.accompanied(&rule.with_commodity, &self.commodities, name.at, |&commodity| commodity)
            && self.accompanied(&rule.with_country, &self.places, name.at, |&place| {
                self.scan.lexicon.place(place).country.unwrap_or(place)
            })
            && (rule.elsewhere.is_empty() || rule.elsewhere.iter().any(|what| self.mentioned.contains(what)))
            && rule.also.is_none_or(|also| also == self.mentioned.contains(&what))
    }

    fn accompanied<T: PartialEq>(
        &self,
        asked: &Companions<T>,
        mentions: &[Mention<T>],
        at: At,
        entity: impl Fn(&T) -> T,
    ) -> bool {
        let others = || Resolved::in_sentence(mentions, at.sentence).iter().filter(|mention| !mention.at.overlaps(&at));
        match asked {
            Companions::NotAsked => true,
            Companions::Any => others().next().is_some(),
            Companions::OneOf(members) => {
                others().any(|mention| members.contains(&mention.entity) || members.contains(&entity(&mention.entity)))
            }
        }
    }
}
