//! The types of the enriched event. Their documentation becomes the JSON Schema's descriptions.

use crate::article::PublishedAtBasis;
use crate::text::FieldName;
pub use crate::vocabulary::{
    Basis, ClaimKind, CommodityKind, EventType, Form, OrganisationType, PlaceType, Stage, StoryRole,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`EnrichedArticle::schema`] in this version.
pub const SCHEMA: &str = "lodestream.enriched-article/1";

/// An article with what was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnrichedArticle {
    /// Name and major version of this contract: `lodestream.enriched-article/1`.
    pub schema: String,
    /// Deterministic: article id, content hash and lexicon version. The same article read again gives the same id.
    pub event_id: String,
    /// The article as read.
    pub article: ArticleInfo,
    /// Commodities, most mentioned first.
    pub commodities: Vec<Commodity>,
    /// Countries, regions, subdivisions and cities, most mentioned first.
    pub places: Vec<Place>,
    /// People, most mentioned first.
    pub people: Vec<Person>,
    /// Organisations, most mentioned first.
    pub organisations: Vec<Organisation>,
    /// The countries that the article is about, highest score first.
    pub focus_countries: Vec<FocusCountry>,
    /// Which mineral is spoken of in connection with which country, and where the article says so.
    pub mineral_countries: Vec<MineralCountry>,
    /// Figures: shares, masses, sums of money, prices, changes, dates of effect.
    pub claims: Vec<Claim>,
    /// What happened.
    pub events: Vec<Event>,
    /// Readings that were refused, with the reason; only where `explain` asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Vec<Rejected>>,
    /// Where the article came from and what read it.
    pub provenance: Provenance,
}

/// The article as read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleInfo {
    /// The article's id: its own, else the record key, else a hash of the URL, else of the content.
    pub id: String,
    /// Where the article was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Time of publication, RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub published_at: Option<Timestamp>,
    /// How the time of publication is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at_basis: Option<PublishedAtBasis>,
    /// Languages of title and text (ISO 639-1), in order of first appearance.
    pub languages: Vec<String>,
    /// SHA-256 of title, line feed and text, in lower-case hex.
    pub content_hash: String,
    /// The story that the article tells: near-copies of one report have the same. Made from the text of the first article that
    /// told it. It and `story_role` depend on what was read before, not on the article alone; they are left out when the
    /// timeline is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// What the article is to its story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story_role: Option<StoryRole>,
    /// The body as read; left out when `include_text` is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Odd but readable things that were noticed, as stable codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Fields of the raw article that `keep_fields` named.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub kept: serde_json::Map<String, serde_json::Value>,
}

/// A place in a field of the article, in Unicode scalar values, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// `title` or `text`.
    pub field: FieldName,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// `title` or `text`.
    pub field: FieldName,
    /// First character, counted in Unicode scalar values of the field.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words, as written.
    pub text: String,
    /// What kind of name it is.
    pub form: Form,
}

/// A commodity that the article mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Commodity {
    /// Lower-case kebab-case id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Kind of commodity.
    pub kind: CommodityKind,
    /// Chemical or trade symbol, or null.
    pub symbol: Option<String>,
    /// Ids of the commodities that it rolls up to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// Critical-mineral lists that name it, with their year.
    pub critical_lists: Vec<String>,
    /// How much the article is about it, 0 to 1.
    pub relevance: f64,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// Number of mentions.
    pub mention_count: u32,
    /// Mentions that no country explains: what the metrics count under the country `none`.
    pub unattributed_count: u32,
    /// Where, in order.
    pub mentions: Vec<Mention>,
}

/// A place that the article mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// ISO 3166-1 alpha-2 of a country, ISO 3166-2 of a subdivision, the lexicon's id of others.
    pub id: String,
    /// Kind of place.
    #[serde(rename = "type")]
    pub kind: PlaceType,
    /// Name in English.
    pub name: String,
    /// ISO 3166-1 alpha-2 of its country; left out for regions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How much the article is about it, 0 to 1.
    pub relevance: f64,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// Number of mentions.
    pub mention_count: u32,
    /// Where, in order.
    pub mentions: Vec<Mention>,
}

/// A person that the article mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The lexicon's id for a listed person, else the name in lower-case kebab-case.
    pub id: String,
    /// The longest form of the name in the article.
    pub name: String,
    /// The lexicon's name, where it lists the entity: the same in every language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_name: Option<String>,
    /// Office or title, in English where the lexicon knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// ISO 3166-1 alpha-2 of the country that the person is spoken of with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How much the article is about the person, 0 to 1.
    pub relevance: f64,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// Number of mentions.
    pub mention_count: u32,
    /// Where, in order.
    pub mentions: Vec<Mention>,
}

/// An organisation that the article mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Organisation {
    /// The lexicon's id for a listed organisation, else the name in lower-case kebab-case.
    pub id: String,
    /// The longest form of the name in the article.
    pub name: String,
    /// The lexicon's name, where it lists the entity: the same in every language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_name: Option<String>,
    /// Kind of organisation.
    #[serde(rename = "type")]
    pub kind: OrganisationType,
    /// ISO 3166-1 alpha-2 of its seat, where the lexicon knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How much the article is about it, 0 to 1.
    pub relevance: f64,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// Number of mentions.
    pub mention_count: u32,
    /// Where, in order.
    pub mentions: Vec<Mention>,
}

/// A country that the article is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FocusCountry {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Its part of the article's attention, 0 to 1; the scores of one article sum to at most 1.
    pub score: f64,
}

/// A mineral spoken of in connection with a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MineralCountry {
    /// Id of a commodity in [`EnrichedArticle::commodities`].
    pub mineral: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// What is done with it there, as far as the evidence says.
    pub stages: Vec<Stage>,
    /// How sure the connection is, 0 to 1.
    pub score: f64,
    /// The strongest ground among the mentions.
    pub basis: Basis,
    /// Mentions of the mineral that are attributed to the country.
    pub mention_count: u32,
    /// The sentences that say so, in order.
    pub evidence: Vec<Evidence>,
}

/// A figure that the article gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// What the figure says.
    pub kind: ClaimKind,
    /// The figure, in `unit`. Left out for dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The date of a claim of kind `date`: `2025-10-01`, or less precise `2025-10`, `2025`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// `percent`, `tonne`, an ISO 4217 code, or `USD/tonne` and the like.
    pub unit: String,
    /// The article says about, nearly, more than …
    pub approximate: bool,
    /// Id of the commodity it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commodity: Option<String>,
    /// ISO 3166-1 alpha-2 of the country it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What is done, where the sentence says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Where the article says so: the figure with its unit.
    pub evidence: Evidence,
}

/// Something that the article says happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// ISO 3166-1 alpha-2 of the countries that take part.
    pub countries: Vec<String>,
    /// Ids of the commodities it is about.
    pub commodities: Vec<String>,
    /// Ids of the organisations that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<String>,
    /// The sentence that says so.
    pub evidence: Evidence,
}

/// A reading that was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rejected {
    /// `title` or `text`.
    pub field: FieldName,
    /// First character, counted in Unicode scalar values of the field.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words, as written.
    pub text: String,
    /// Id of the entity that it would have been.
    pub entity: String,
    /// Why not, from a closed list.
    pub reason: String,
}

/// Where the article came from and what read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Version of Lodestream.
    pub version: String,
    /// Version of the lexicon: a hash of its files.
    pub lexicon: String,
    /// Topic that the raw article was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Partition of that topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<i32>,
    /// Offset in that partition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
    /// When it was enriched, RFC 3339 in UTC. It and the article's story are all that may differ between two runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub enriched_at: Option<Timestamp>,
}
