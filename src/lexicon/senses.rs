//! Sense rules and cue classes, compiled: how an ambiguous term is to be read.

use super::entries::{CommodityIndex, PlaceIndex, Reason, What};
use std::sync::Arc;

/// Declares the cue classes: a class's number is its place in the list.
macro_rules! cue_classes {
    ($($name:literal => $constant:ident,)*) => {
        /// Names of the cue classes, by number.
        const CLASSES: &[&str] = &[$($name),*];

        #[allow(missing_docs)] // the names say it; `lexicon/README.md` lists them
        impl CueClass {
            $(pub const $constant: Self = Self(Number::$constant as u8);)*
        }

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number {
            $($constant),*
        }
    };
}

cue_classes! {
    "topic.mining" => TOPIC_MINING,
    "topic.metals-market" => TOPIC_METALS_MARKET,
    "topic.energy" => TOPIC_ENERGY,
    "topic.farming" => TOPIC_FARMING,
    "topic.sport" => TOPIC_SPORT,
    "topic.music" => TOPIC_MUSIC,
    "topic.film" => TOPIC_FILM,
    "topic.food" => TOPIC_FOOD,
    "topic.astronomy" => TOPIC_ASTRONOMY,
    "topic.weather" => TOPIC_WEATHER,
    "topic.trade" => TOPIC_TRADE,
    "topic.medicine" => TOPIC_MEDICINE,
    "topic.software" => TOPIC_SOFTWARE,
    "topic.jewellery" => TOPIC_JEWELLERY,
    "topic.fashion" => TOPIC_FASHION,
    "topic.finance" => TOPIC_FINANCE,
    "topic.wildlife" => TOPIC_WILDLIFE,
    "topic.military" => TOPIC_MILITARY,
    "stage.explore" => STAGE_EXPLORE,
    "stage.mine" => STAGE_MINE,
    "stage.refine" => STAGE_REFINE,
    "stage.manufacture" => STAGE_MANUFACTURE,
    "stage.trade" => STAGE_TRADE,
    "stage.reserve" => STAGE_RESERVE,
    "stage.policy" => STAGE_POLICY,
    "stage.recycle" => STAGE_RECYCLE,
    "event.agreement" => EVENT_AGREEMENT,
    "event.export_control" => EVENT_EXPORT_CONTROL,
    "event.tariff" => EVENT_TARIFF,
    "event.sanction" => EVENT_SANCTION,
    "event.acquisition" => EVENT_ACQUISITION,
    "event.investment" => EVENT_INVESTMENT,
    "event.discovery" => EVENT_DISCOVERY,
    "event.mine_opening" => EVENT_MINE_OPENING,
    "event.mine_suspension" => EVENT_MINE_SUSPENSION,
    "event.accident" => EVENT_ACCIDENT,
    "event.labour_action" => EVENT_LABOUR_ACTION,
    "event.price_move" => EVENT_PRICE_MOVE,
    "event.policy" => EVENT_POLICY,
    "event.production" => EVENT_PRODUCTION,
    "event.licence" => EVENT_LICENCE,
    "event.seizure" => EVENT_SEIZURE,
    "grammar.negation" => NEGATION,
    "grammar.hypothesis" => HYPOTHESIS,
    "grammar.supposition" => SUPPOSITION,
    "grammar.visit" => VISIT,
    "grammar.diplomacy" => DIPLOMACY,
    "grammar.exporter" => EXPORTER,
    "grammar.importer" => IMPORTER,
    "grammar.buyer" => BUYER,
    "grammar.importing" => IMPORTING,
    "grammar.target" => TARGET,
    "grammar.anaphora" => ANAPHORA,
    "grammar.approximate" => APPROXIMATE,
    "grammar.including" => INCLUDING,
    "grammar.clause" => CLAUSE,
    "grammar.firm" => FIRM,
    "grammar.person" => PERSON,
    "grammar.said" => SAID,
    "grammar.rise" => RISE,
    "grammar.fall" => FALL,
    "grammar.repriced" => REPRICED,
    "grammar.funds" => FUNDS,
    "grammar.share" => SHARE,
    "grammar.date_of_effect" => DATE_OF_EFFECT,
    "grammar.state" => STATE,
    "grammar.transit" => TRANSIT,
    "grammar.way_station" => WAY_STATION,
    "grammar.overland" => OVERLAND,
    "grammar.shipments" => SHIPMENTS,
    "grammar.disruption" => DISRUPTION,
    "grammar.bystander" => BYSTANDER,
    "grammar.home" => HOME,
    "grammar.absence" => ABSENCE,
    "grammar.goods" => GOODS,
    "grammar.end_use" => END_USE,
    "grammar.ore" => ORE,
    "grammar.latter" => LATTER,
    "grammar.former" => FORMER,
    "grammar.respectively" => RESPECTIVELY,
    "grammar.exchange_seat" => EXCHANGE_SEAT,
    "grammar.news_desk" => NEWS_DESK,
    "grammar.denial" => DENIAL,
    "grammar.dropped" => DROPPED,
    "grammar.unfulfilled" => UNFULFILLED,
    "grammar.no_event" => NO_EVENT,
    "grammar.planned_figure" => PLANNED_FIGURE,
    "grammar.planned" => PLANNED,
    "grammar.other_figure" => OTHER_FIGURE,
    "grammar.output" => OUTPUT,
    "grammar.per_year" => PER_YEAR,
    "grammar.books" => BOOKS,
    "grammar.other_mass" => OTHER_MASS,
    "grammar.ore_mass" => ORE_MASS,
    "grammar.bulk" => BULK,
    "grammar.grade" => GRADE,
    "grammar.ownership" => OWNERSHIP,
    "grammar.part" => PART,
    "grammar.thereof" => THEREOF,
    "grammar.worldwide" => WORLDWIDE,
    "grammar.no_stage" => NO_STAGE,
    "boilerplate" => BOILERPLATE,
    "boilerplate.block" => BOILERPLATE_BLOCK,
}

/// A class of cues, such as `topic.mining`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CueClass(u8);

// A set of classes fits into its bits.
const _: () = assert!(CLASSES.len() <= 128);

impl CueClass {
    /// The class of this name.
    pub fn named(name: &str) -> Option<Self> {
        CLASSES.iter().position(|class| *class == name).map(|at| Self(at as u8))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        CLASSES[self.0 as usize]
    }
}

impl std::fmt::Debug for CueClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of cue classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet(u128);

impl CueSet {
    /// The set of these classes.
    pub const fn of(classes: &[CueClass]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < classes.len() {
            set |= 1 << classes[at].0;
            at += 1;
        }
        Self(set)
    }

    /// Talk of mining or of metals: what carries symbols and short forms.
    pub const TRADE: Self = Self::of(&[CueClass::TOPIC_MINING, CueClass::TOPIC_METALS_MARKET]);
    /// Rises and falls.
    pub const MOVING: Self = Self::of(&[CueClass::RISE, CueClass::FALL]);

    /// Adds a class.
    pub fn insert(&mut self, class: CueClass) {
        self.0 |= 1 << class.0;
    }

    /// Whether the class is in the set.
    pub fn contains(self, class: CueClass) -> bool {
        self.0 & (1 << class.0) != 0
    }

    /// Whether the two sets share a class.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes in the set, in the order of their numbers.
    pub fn classes(self) -> impl Iterator<Item = CueClass> {
        (0..CLASSES.len() as u8).map(CueClass).filter(move |class| self.contains(*class))
    }

    /// The classes in either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Index of the sense rules for a term; see [`super::Lexicon::senses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SenseSet(pub u32);

/// How one ambiguous term is read: the first rule that holds decides.
#[derive(Clone, Debug)]
pub struct Sense {
    /// The entity that the term may name.
    pub what: What,
    /// In order.
    pub rules: Vec<SenseRule>,
    /// Where no rule holds.
    pub otherwise: Verdict,
}

/// One rule: all conditions that it names must hold; a list holds when one member does.
#[derive(Clone, Debug)]
pub struct SenseRule {
    /// Words directly before the mention.
    pub before: Arc<[Phrase]>,
    /// Words directly after it.
    pub after: Arc<[Phrase]>,
    /// Cue classes in its sentence.
    pub near: CueSet,
    /// Cue classes at least twice in the article.
    pub article: CueSet,
    /// Commodities in its sentence.
    pub with_commodity: Companions<CommodityIndex>,
    /// Countries in its sentence.
    pub with_country: Companions<PlaceIndex>,
    /// Commodities or places with an undoubted mention anywhere in the article.
    pub elsewhere: Vec<What>,
    /// How it is written.
    pub case: Option<WrittenCase>,
    /// Whether the entity has an undoubted mention elsewhere in the article.
    pub also: Option<bool>,
    /// What follows.
    pub verdict: Verdict,
}

impl SenseRule {
    /// The rule that asks for nothing.
    pub(super) fn of(verdict: Verdict) -> Self {
        Self {
            before: Arc::default(),
            after: Arc::default(),
            near: CueSet::default(),
            article: CueSet::default(),
            with_commodity: Companions::NotAsked,
            with_country: Companions::NotAsked,
            elsewhere: Vec::new(),
            case: None,
            also: None,
            verdict,
        }
    }

    /// Whether the rule's conditions on words, cues and letters hold: for the texts beside a mention ([`Phrase`] says how), the cues of its
    /// sentence and of the article, and the mention itself. What else must be mentioned is not looked at.
    pub fn suits(&self, [before, after]: [&str; 2], said: CueSet, article: CueSet, mention: &str) -> bool {
        let any_or_none = |asked: bool, holds: bool| !asked || holds;
        // What costs least comes first.
        any_or_none(!self.near.is_empty(), said.intersects(self.near))
            && any_or_none(!self.article.is_empty(), article.intersects(self.article))
            && any_or_none(!self.before.is_empty(), self.before.iter().any(|phrase| phrase.ends(before)))
            && any_or_none(!self.after.is_empty(), self.after.iter().any(|phrase| phrase.begins(after)))
            && self.case.is_none_or(|case| WrittenCase::of(mention) == case)
    }
}

/// Which other entities must stand in the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Companions<T> {
    /// The rule does not ask.
    NotAsked,
    /// Any.
    Any,
    /// One of these.
    OneOf(Vec<T>),
}

/// How a mention is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenCase {
    /// `lead`
    Lower,
    /// `Lead`
    Title,
    /// `LEAD`
    Upper,
}

impl WrittenCase {
    /// How a mention is written.
    fn of(text: &str) -> Self {
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                if letters.clone().next().is_some() && letters.all(char::is_uppercase) {
                    Self::Upper
                } else {
                    Self::Title
                }
            }
            _ => Self::Lower,
        }
    }
}

/// What a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The term names the entity.
    Accept,
    /// It does not.
    Refuse(Reason),
    /// It names that place instead.
    Choose(PlaceIndex),
}

/// Folded words, compared with the text directly before or after a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    bounded_start: bool,
    bounded_end: bool,
}

impl Phrase {
    pub(super) fn new(folded: String) -> Self {
        let bounded_start = folded.chars().next().is_some_and(super::find::is_word_char);
        let bounded_end = folded.chars().next_back().is_some_and(super::find::is_word_char);
        Self { text: folded, bounded_start, bounded_end }
    }

    /// The words, folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether `before`, the folded text up to a mention without the spaces at its end, ends with the phrase.
    pub fn ends(&self, before: &str) -> bool {
        // Most are told by one byte.
        before.as_bytes().last() == self.text.as_bytes().last()
            && before.strip_suffix(self.text.as_str()).is_some_and(|rest| {
                !(self.bounded_start && rest.chars().next_back().is_some_and(super::find::is_word_char))
            })
    }

    /// Whether `after`, the folded text from the end of a mention without the spaces at its start, begins with the phrase.
    pub fn begins(&self, after: &str) -> bool {
        after.as_bytes().first() == self.text.as_bytes().first()
            && after
                .strip_prefix(self.text.as_str())
                .is_some_and(|rest| !(self.bounded_end && rest.chars().next().is_some_and(super::find::is_word_char)))
    }
}
