//! The rows of the lexicon's files, as serde reads them. Unknown keys are refused: a misspelt key would be a silent gap.

use crate::lexicon::{Dimension, HanClass, Reason};
use crate::vocabulary::{CommodityKind, OrganisationType};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names by language.
pub(super) type Names = BTreeMap<String, Vec<String>>;

/// Any lexicon file: each kind of row in its own list, so that a user may put all of theirs into one file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub commodity: Vec<CommodityRow>,
    pub country: Vec<PlaceRow>,
    pub addition: Vec<AdditionRow>,
    pub region: Vec<PlaceRow>,
    pub subdivision: Vec<PlaceRow>,
    pub city: Vec<PlaceRow>,
    pub organisation: Vec<OrganisationRow>,
    pub pattern: Vec<PatternRow>,
    pub ministry: Vec<MinistryRow>,
    pub role: Vec<RoleRow>,
    pub leader: Vec<LeaderRow>,
    pub decoy: Vec<DecoyRow>,
    pub sense: Vec<SenseRow>,
    pub capital_rule: Vec<CapitalRuleRow>,
    pub cue: Vec<CueRow>,
    pub unit: Vec<UnitRow>,
    pub multiplier: Vec<MultiplierRow>,
    pub currency: Vec<CurrencyRow>,
    pub single_characters: Option<SingleCharacters>,
    pub not_a_name: Names,
}

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
    pub abbreviations: Vec<String>,
    #[serde(default)]
    pub symbols: Vec<String>,
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
    pub abbreviations: Vec<String>,
}

/// More names for a country that another file declares.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdditionRow {
    pub id: String,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub demonyms: Names,
    #[serde(default)]
    pub aliases: Names,
    #[serde(default)]
    pub metonyms: Names,
    #[serde(default)]
    pub abbreviations: Vec<String>,
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
    pub abbreviations: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternRow {
    #[serde(rename = "type")]
    pub kind: OrganisationType,
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    pub suffix: Names,
    #[serde(default)]
    pub prefix: Names,
}

/// A ministry's name as it stands after its country's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinistryRow {
    pub zh: String,
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
    #[serde(default, rename = "after_name")]
    pub _after_name: bool,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
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
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SenseRow {
    pub commodity: Option<String>,
    pub place: Option<String>,
    pub organisation: Option<String>,
    pub forms: Vec<String>,
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
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitRow {
    pub id: String,
    pub dimension: Dimension,
    pub factor: f64,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
    #[serde(default)]
    pub exact: Vec<String>,
    #[serde(default)]
    pub prefix: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MultiplierRow {
    pub factor: f64,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
    #[serde(default)]
    pub exact: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyRow {
    pub id: String,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
    #[serde(default)]
    pub signs: Vec<String>,
}

/// Chinese one-character names of countries, and where they may be read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SingleCharacters {
    pub characters: BTreeMap<String, String>,
    #[serde(default)]
    pub ambiguous: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub only_in_pairs: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub pairs: Vec<String>,
    #[serde(default)]
    pub pair_readings: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub not: Vec<String>,
}

/// Common Chinese words that are sorted by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct HanRows {
    pub never_given: String,
    pub seldom_given: String,
    pub word: BTreeMap<HanClass, Vec<String>>,
}
