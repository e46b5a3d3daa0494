//! Sense rules and cue classes, compiled: how an ambiguous term is to be read.

use super::entries::{CommodityIndex, PlaceIndex, Reason, What};

/// Names of the cue classes; a class's number is its place here. A set of them is one machine word.
const CLASSES: [&str; 61] = [
    "topic.mining",
    "topic.metals-market",
    "topic.energy",
    "topic.farming",
    "topic.sport",
    "topic.music",
    "topic.film",
    "topic.food",
    "topic.astronomy",
    "topic.medicine",
    "topic.software",
    "topic.jewellery",
    "topic.fashion",
    "topic.finance",
    "topic.wildlife",
    "topic.military",
    "stage.explore",
    "stage.mine",
    "stage.refine",
    "stage.manufacture",
    "stage.trade",
    "stage.reserve",
    "stage.policy",
    "stage.recycle",
    "event.agreement",
    "event.export_control",
    "event.tariff",
    "event.sanction",
    "event.acquisition",
    "event.investment",
    "event.discovery",
    "event.mine_opening",
    "event.mine_suspension",
    "event.accident",
    "event.labour_action",
    "event.price_move",
    "event.policy",
    "event.production",
    "event.licence",
    "event.seizure",
    "grammar.negation",
    "grammar.hypothesis",
    "grammar.visit",
    "grammar.exporter",
    "grammar.importer",
    "grammar.buyer",
    "grammar.target",
    "grammar.anaphora",
    "grammar.approximate",
    "grammar.list_and",
    "grammar.including",
    "grammar.clause",
    "grammar.firm",
    "grammar.said",
    "grammar.rise",
    "grammar.fall",
    "grammar.share",
    "grammar.date_of_effect",
    "grammar.state",
    "grammar.person_verb",
    "boilerplate",
];

/// A class of cues, such as `topic.mining`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CueClass(u8);

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
pub struct CueSet(u64);

impl CueSet {
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

    /// The classes in either set.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<CueClass> for CueSet {
    fn from_iter<I: IntoIterator<Item = CueClass>>(classes: I) -> Self {
        let mut set = Self::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
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
    pub before: Vec<Phrase>,
    /// Words directly after it.
    pub after: Vec<Phrase>,
    /// Cue classes in its sentence.
    pub near: CueSet,
    /// Cue classes at least twice in the article.
    pub article: CueSet,
    /// Commodities in its sentence.
    pub with_commodity: Companions<CommodityIndex>,
    /// Countries in its sentence.
    pub with_country: Companions<PlaceIndex>,
    /// How it is written.
    pub case: Option<WrittenCase>,
    /// Whether the entity has an undoubted mention elsewhere in the article.
    pub also: Option<bool>,
    /// What follows.
    pub verdict: Verdict,
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

    /// Whether `before`, the folded text up to a mention, ends with the phrase.
    pub fn ends(&self, before: &str) -> bool {
        let before = before.trim_end_matches(' ');
        before.strip_suffix(self.text.as_str()).is_some_and(|rest| {
            !(self.bounded_start && rest.chars().next_back().is_some_and(super::find::is_word_char))
        })
    }

    /// Whether `after`, the folded text from the end of a mention, begins with the phrase.
    pub fn begins(&self, after: &str) -> bool {
        let after = after.trim_start_matches(' ');
        after
            .strip_prefix(self.text.as_str())
            .is_some_and(|rest| !(self.bounded_end && rest.chars().next().is_some_and(super::find::is_word_char)))
    }
}
