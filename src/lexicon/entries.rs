//! What the lexicon holds: one type for each kind of entry, and the readings that a pattern may have.

use super::senses::{CueClass, SenseSet};
use crate::text::Language;
use crate::vocabulary::{CommodityKind, Form, OrganisationType, PlaceType};

/// Index of a commodity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommodityIndex(pub u32);

/// Index of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceIndex(pub u32);

/// Index of a listed organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationIndex(pub u32);

/// Index of a listed person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LeaderIndex(pub u32);

/// Index of an office or title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleIndex(pub u32);

/// A commodity.
#[derive(Clone, Debug)]
pub struct CommodityEntry {
    /// Lower-case kebab-case id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Kind of commodity.
    pub kind: CommodityKind,
    /// Symbol that the event shows.
    pub symbol: Option<String>,
    /// Commodities that it rolls up to.
    pub parents: Vec<String>,
    /// Critical-mineral lists that name it.
    pub critical_lists: Vec<String>,
}

/// A place.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// ISO code or the lexicon's id.
    pub id: String,
    /// Kind of place.
    pub kind: PlaceType,
    /// Name in English.
    pub name: String,
    /// The country it lies in (a country lies in itself); none for a region.
    pub country: Option<PlaceIndex>,
    /// A mine, deposit or mining district.
    pub mining: bool,
}

/// A listed organisation.
#[derive(Clone, Debug)]
pub struct OrganisationEntry {
    /// Lower-case kebab-case id.
    pub id: String,
    /// Name, as the event shows it.
    pub name: String,
    /// Kind of organisation.
    pub kind: OrganisationType,
    /// ISO code of its seat.
    pub country: Option<String>,
    /// A news agency or paper: "Reuters reported" makes it a source, not a participant.
    pub press: bool,
}

/// A listed person.
#[derive(Clone, Debug)]
pub struct LeaderEntry {
    /// Lower-case kebab-case id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Office.
    pub role: Option<String>,
    /// ISO code.
    pub country: Option<String>,
}

/// An office or title.
#[derive(Clone, Debug)]
pub struct RoleEntry {
    /// As the event shows it; empty for mere honorifics (Mr, 先生).
    pub role: String,
    /// An office of state.
    pub government: bool,
    /// An office, of state or of a firm, not a trade.
    pub office: bool,
}

/// A word that begins or ends an organisation's name.
#[derive(Clone, Debug)]
pub struct OrganisationWord {
    /// Kind of organisation that it makes.
    pub kind: OrganisationType,
    /// Where the word stands in the name.
    pub position: NamePosition,
    /// The word alone makes no organisation of any capitalised neighbour: a name before it is needed.
    pub weak: bool,
    /// A legal form: a listed name before it is that entry.
    pub legal: bool,
    /// For ministries: the body's name in English.
    pub english: Option<String>,
}

/// Where a word stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePosition {
    /// `Ministry of …`
    Start,
    /// `… Corp`, `…集团`
    End,
    /// `美国能源部`: after a country.
    AfterCountry,
}

/// A word of measure.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// A unit: its id, dimension and the factor that turns it into the id's unit.
    Unit {
        /// What the claim shows: `tonne`, `percent`, `barrel` …
        id: String,
        /// What is measured.
        dimension: Dimension,
        /// Multiply by this to get `id`.
        factor: f64,
        /// The word stands before the number: 百分之.
        prefix: bool,
        /// The unit holds a period: `tpa`.
        period: Option<Period>,
    },
    /// A multiplier: million, 万.
    Multiplier(f64),
    /// A currency, by its ISO 4217 code; signs may stand before the number.
    Currency {
        /// ISO 4217 code.
        code: String,
    },
    /// A word that is none of these and says how a figure is read.
    Word(FigureWord),
}

/// What a word beside a figure says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureWord {
    /// After a unit: `per day`.
    Per(Period),
    /// A number by itself: 一半, `a third of`.
    Fraction {
        /// The number.
        percent: f64,
        /// It says more or less than that: 过半.
        rough: bool,
    },
    /// After a number, by how many times something grew: 倍.
    Multiple,
    /// Before a number: the number is negative.
    Minus,
    /// Before a number that counts nothing: `Phase`, `May`.
    Label,
    /// A longer expression that says none of this: `a month earlier`.
    Nothing,
}

/// How long a unit's amount takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Tonnes and what turns into them.
    Mass,
    /// Percent.
    Percent,
    /// Barrels, cubic metres.
    Volume,
    /// Watts and watt hours.
    Energy,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// A price quotation unit.
    Price,
}

/// What kind of thing a row of the lexicon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// `[[commodity]]`
    Commodity,
    /// `[[country]]`, `[[region]]`, `[[subdivision]]`, `[[city]]`
    Place,
    /// `[[organisation]]`
    Organisation,
    /// `[[leader]]`
    Person,
    /// `[[role]]`
    Role,
    /// `[[unit]]`, `[[multiplier]]`, `[[currency]]`
    Unit,
    /// `[[cue]]`
    Cue,
    /// `[[decoy]]`
    Decoy,
    /// `[[pattern]]`, `[[ministry]]`: a part of the names of organisations.
    OrganisationWord,
    /// A word whose characters stand for no country.
    Bar,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Commodity,
        Self::Place,
        Self::Organisation,
        Self::Person,
        Self::Role,
        Self::Unit,
        Self::Cue,
        Self::Decoy,
        Self::OrganisationWord,
        Self::Bar,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commodity => "commodity",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Role => "role",
            Self::Unit => "unit",
            Self::Cue => "cue",
            Self::Decoy => "decoy",
            Self::OrganisationWord => "organisation_word",
            Self::Bar => "bar",
        }
    }
}

/// One way to read a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the words are.
    pub what: What,
    /// Which list of the entry they stand in.
    pub form: Form,
    /// How they must be written.
    pub written: Written,
    /// When the words may be read so.
    pub trust: Trust,
    /// In which text they may be read so.
    pub scope: Scope,
    /// Sense rules for them, if any.
    pub sense: Option<SenseSet>,
    /// The part of the pattern that is the mention, in bytes of the folded pattern (the `美` of `赴美`).
    pub part: (u8, u8),
}

/// What a pattern is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// Names a commodity.
    Commodity(CommodityIndex),
    /// Names a place.
    Place(PlaceIndex),
    /// Names a listed organisation.
    Organisation(OrganisationIndex),
    /// Names a listed person.
    Leader(LeaderIndex),
    /// Hides what it contains.
    Decoy(Reason),
    /// An office or title.
    Role(RoleIndex),
    /// Begins or ends an organisation's name; index into [`super::Lexicon::organisation_words`].
    OrganisationWord(u32),
    /// A word of measure; index into [`super::Lexicon::measures`].
    Measure(u32),
    /// Says how its sentence is to be read.
    Cue(CueClass),
    /// The first half of a cue with a gap; halves with one number belong together. A lexicon holds these gathered.
    CueHead(u32, CueClass),
    /// The second half of a cue with a gap.
    CueTail(u32),
    /// All the halves that a pattern is; index into [`super::Lexicon::halves`].
    CueHalves(u32),
    /// A word whose characters stand for no country: 中央.
    Bar,
}

impl What {
    /// Whether it competes for its words with other names (cues and measures do not).
    pub fn is_name(self) -> bool {
        matches!(self, Self::Commodity(_) | Self::Place(_) | Self::Organisation(_) | Self::Leader(_) | Self::Decoy(_))
    }

    /// The kind of row that names it.
    pub fn kind(self) -> EntryKind {
        match self {
            Self::Commodity(_) => EntryKind::Commodity,
            Self::Place(_) => EntryKind::Place,
            Self::Organisation(_) => EntryKind::Organisation,
            Self::Leader(_) => EntryKind::Person,
            Self::Role(_) => EntryKind::Role,
            Self::Measure(_) => EntryKind::Unit,
            Self::Cue(_) | Self::CueHead(..) | Self::CueTail(_) | Self::CueHalves(_) => EntryKind::Cue,
            Self::Decoy(_) => EntryKind::Decoy,
            Self::OrganisationWord(_) => EntryKind::OrganisationWord,
            Self::Bar => EntryKind::Bar,
        }
    }
}

/// How the words must be written in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Written {
    /// In any case.
    Any,
    /// Words that the list capitalises begin with no lower-case letter; index into the patterns' table of spellings.
    Capitalised(u32),
    /// To the letter; index into the patterns' table of spellings.
    Exactly(u32),
}

/// When the words may be read so, apart from sense rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trust {
    /// Wherever they stand.
    Always,
    /// Only where the context carries them: symbols, short forms.
    InContext,
    /// Only as a member of a list of commodities: 铜、金、钨.
    InList,
    /// Only where its commodity is named in full elsewhere in the article.
    IfNamed,
    /// One character that stands for a country; not inside the words that bar it.
    Character,
    /// One character that stands for several countries: only where one of them is named elsewhere.
    CharacterIfNamed,
}

/// In which text a name may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Wherever it stands: English and Chinese names, symbols.
    Everywhere,
    /// Wherever it stands, with what this language writes together with names: its letters are no other's.
    Script(Language),
    /// In sentences of this language only: in others that use the same letters, the word may be another (`or`, `plata`).
    Sentences(Language),
}

impl Scope {
    /// The language whose list the name stands in, unless it is read as if it were of all.
    pub fn language(self) -> Option<Language> {
        match self {
            Self::Everywhere => None,
            Self::Script(language) | Self::Sentences(language) => Some(language),
        }
    }

    /// Whether the name is read in a sentence; its language is asked for only where it matters.
    pub fn holds(self, sentence: impl FnOnce() -> Language) -> bool {
        match self {
            Self::Everywhere | Self::Script(_) => true,
            Self::Sentences(language) => language == sentence(),
        }
    }
}

/// Why a reading was refused: the closed list of the metric's label `reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it; `lexicon/README.md` explains each
pub enum Reason {
    Verb,
    Award,
    Name,
    Idiom,
    Colour,
    Brand,
    Sport,
    Culture,
    Body,
    Finance,
    Food,
    Ware,
    Software,
    UnrelatedWord,
    NoContext,
    LowerCase,
    OtherPlace,
    Boilerplate,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 18] = [
        Self::Verb,
        Self::Award,
        Self::Name,
        Self::Idiom,
        Self::Colour,
        Self::Brand,
        Self::Sport,
        Self::Culture,
        Self::Body,
        Self::Finance,
        Self::Food,
        Self::Ware,
        Self::Software,
        Self::UnrelatedWord,
        Self::NoContext,
        Self::LowerCase,
        Self::OtherPlace,
        Self::Boilerplate,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::Award => "award",
            Self::Name => "name",
            Self::Idiom => "idiom",
            Self::Colour => "colour",
            Self::Brand => "brand",
            Self::Sport => "sport",
            Self::Culture => "culture",
            Self::Body => "body",
            Self::Finance => "finance",
            Self::Food => "food",
            Self::Ware => "ware",
            Self::Software => "software",
            Self::UnrelatedWord => "unrelated_word",
            Self::NoContext => "no_context",
            Self::LowerCase => "lower_case",
            Self::OtherPlace => "other_place",
            Self::Boilerplate => "boilerplate",
        }
    }
}
