//! The rows of the lexicon's files, as serde reads them. Unknown keys are refused: a misspelt key would be a silent gap.

use crate::lexicon::{Dimension, EntryKind, FigureWord, HanClass, Period, Reason};
use crate::vocabulary::{CommodityKind, OrganisationType};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A name as it is written, which knows where it stands in its file.
pub(super) type Name = Spanned<String>;

/// Names by language.
pub(super) type Names = BTreeMap<String, Vec<Name>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommodityRow {
    pub id: String,
    pub name: String,
    pub kind: CommodityKind,
    pub symbol: Option<String>,
    #[serde(default)]
    pub parents: Vec<String>,
    #[serde(default)]
    pub critical_lists: Vec<String>,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub aliases: Names,
    #[serde(default)]
    pub list_only: Names,
    #[serde(default)]
    pub short: Names,
    #[serde(default)]
    pub abbreviations: Vec<Name>,
    #[serde(default)]
    pub symbols: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceRow {
    pub id: String,
    pub country: Option<String>,
    #[serde(rename = "iso3")]
    pub _iso3: Option<String>,
    pub name: String,
    #[serde(default)]
    pub mining: bool,
    #[serde(default)]
    pub capital: bool,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub demonyms: Names,
    #[serde(default)]
    pub aliases: Names,
    #[serde(default)]
    pub metonyms: Names,
    #[serde(default)]
    pub abbreviations: Vec<Name>,
}

/// More names for an entry that another file declares, and more that a commodity belongs to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdditionRow {
    pub id: String,
    /// Needed only where entries of several kinds have the id.
    pub kind: Option<EntryKind>,
    #[serde(default)]
    pub parents: Vec<String>,
    #[serde(default)]
    pub critical_lists: Vec<String>,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub aliases: Names,
    #[serde(default)]
    pub list_only: Names,
    #[serde(default)]
    pub demonyms: Names,
    #[serde(default)]
    pub metonyms: Names,
    #[serde(default)]
    pub short: Names,
    #[serde(default)]
    pub surnames: Names,
    #[serde(default)]
    pub abbreviations: Vec<Name>,
    #[serde(default)]
    pub symbols: Vec<Name>,
}

/// Names of a built-in entry, or a built-in entry with all its names, that a user does not want.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemovalRow {
    pub id: Option<String>,
    /// Needed for decoys, which have no id, and where entries of several kinds have the id.
    pub kind: Option<EntryKind>,
    /// None: the whole entry.
    pub names: Option<Vec<Name>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationRow {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: OrganisationType,
    pub country: Option<String>,
    #[serde(default)]
    pub press: bool,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub short: Names,
    #[serde(default)]
    pub abbreviations: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternRow {
    #[serde(rename = "type")]
    pub kind: OrganisationType,
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    pub legal: bool,
    /// Read only in the letters that are written.
    #[serde(default)]
    pub exact: bool,
    #[serde(default)]
    pub suffix: Names,
    #[serde(default)]
    pub prefix: Names,
}

/// A ministry's name as it stands after its country's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinistryRow {
    pub zh: Name,
    pub en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleRow {
    pub role: String,
    #[serde(default)]
    pub government: bool,
    #[serde(default)]
    pub honorific: bool,
    #[serde(default)]
    pub after_name: bool,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaderRow {
    pub id: String,
    pub name: String,
    pub role: Option<String>,
    pub country: Option<String>,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub surnames: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecoyRow {
    pub reason: Reason,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SenseRow {
    pub commodity: Option<String>,
    pub place: Option<String>,
    pub organisation: Option<String>,
    pub forms: Vec<Name>,
    #[serde(default)]
    pub rules: Vec<RuleRow>,
    pub otherwise: OtherwiseRow,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RuleRow {
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub near: Vec<String>,
    pub article: Vec<String>,
    pub with_commodity: OneOrMany,
    pub with_country: OneOrMany,
    pub elsewhere: Vec<String>,
    pub case: Option<LetterCase>,
    pub also: Option<bool>,
    pub accept: bool,
    pub refuse: Option<Reason>,
    pub choose: Option<String>,
}

/// Where a capital is a city and does not stand for its country.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CapitalRuleRow {
    pub before: Vec<String>,
    pub after: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OtherwiseRow {
    pub accept: bool,
    pub refuse: Option<Reason>,
    pub choose: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LetterCase {
    Lower,
    Title,
    Upper,
}

/// `"any"`, one id, or a list of ids.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    pub(super) fn ids(&self) -> &[String] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueRow {
    pub class: String,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitRow {
    pub id: String,
    pub dimension: Dimension,
    pub factor: f64,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
    #[serde(default)]
    pub exact: Vec<Name>,
    #[serde(default)]
    pub prefix: Names,
    #[serde(default)]
    pub period: Option<Period>,
}

/// What a word beside a figure says: the `says` of `[[figure_word]]`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Says {
    PerDay,
    PerMonth,
    PerYear,
    Fraction,
    Multiple,
    Minus,
    Label,
    Nothing,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureWordRow {
    pub says: Says,
    #[serde(default)]
    pub percent: f64,
    #[serde(default)]
    pub rough: bool,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
    #[serde(default)]
    pub exact: Vec<Name>,
}

impl FigureWordRow {
    pub(super) fn word(&self) -> FigureWord {
        match self.says {
            Says::PerDay => FigureWord::Per(Period::Day),
            Says::PerMonth => FigureWord::Per(Period::Month),
            Says::PerYear => FigureWord::Per(Period::Year),
            Says::Fraction => FigureWord::Fraction { percent: self.percent, rough: self.rough },
            Says::Multiple => FigureWord::Multiple,
            Says::Minus => FigureWord::Minus,
            Says::Label => FigureWord::Label,
            Says::Nothing => FigureWord::Nothing,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MultiplierRow {
    pub factor: f64,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
    #[serde(default)]
    pub exact: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyRow {
    pub id: String,
    #[serde(default)]
    pub en: Vec<Name>,
    #[serde(default)]
    pub zh: Vec<Name>,
    #[serde(default)]
    pub signs: Vec<Name>,
}

/// Chinese one-character names of countries, and where they may be read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SingleCharacters {
    pub characters: BTreeMap<String, Name>,
    #[serde(default)]
    pub ambiguous: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub only_in_pairs: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub pairs: Vec<Name>,
    #[serde(default)]
    pub pair_readings: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub not: Vec<Name>,
}

/// Common Chinese words that are sorted by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct HanRows {
    pub never_given: String,
    pub seldom_given: String,
    pub word: BTreeMap<HanClass, Vec<String>>,
}
