//! What the API answers with. The documentation of the types becomes that of the API.

use crate::event::EnrichedArticle;
use crate::text::FieldName;
use crate::timeline::{Hour, Totals};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::Ref;

/// Where the totals come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TotalsFrom {
    /// The whole timeline: all partitions and instances, each article once.
    Timeline,
    /// What this process has committed since it was started; an article that is read again counts again.
    ThisInstance,
}

/// How the totals are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TotalsState {
    /// They follow what is committed.
    Current,
    /// The timeline's topic is still being read: totals are too low.
    CatchingUp,
    /// The timeline's topic cannot be read; `reason` says why. What was read before is shown.
    Unavailable,
}

/// What the answers cover, and what they do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Coverage {
    /// Where the totals come from.
    pub totals: TotalsFrom,
    /// How they are.
    pub state: TotalsState,
    /// Why they are not current, if something failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Beginning of the first hour of publication with anything in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first: Option<Hour>,
    /// Beginning of the last such hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last: Option<Hour>,
    /// To save memory, hours before this one were left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub complete_from: Option<Hour>,
    /// Articles that are in no total because no usable time of publication is known; left out where the timeline counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated: Option<u64>,
    /// When this process began.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// Articles that are held: the newest that this process has committed.
    pub articles_held: usize,
    /// Articles that can be held at most.
    pub articles_most: usize,
}

/// A span of time of publication, in equal steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Span {
    /// Its first hour.
    #[schema(value_type = String, format = DateTime)]
    pub from: Hour,
    /// The first hour after it.
    #[schema(value_type = String, format = DateTime)]
    pub to: Hour,
    /// Beginning of the first step; steps are counted from 1970-01-01T00:00Z, so it may lie before `from`.
    #[schema(value_type = String, format = DateTime)]
    pub first_step: Hour,
    /// Width of a step.
    pub step_hours: u32,
    /// Number of steps.
    pub points: u32,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Mentions of the mineral that are attributed to the country.
    pub mentions: u64,
    /// Articles with at least one.
    pub articles: u64,
    /// Articles of these that were the first to tell their story; left out where stories are not told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
}

impl Counts {
    /// Stories are known only where the timeline counts.
    pub(super) fn new(totals: Totals, from: TotalsFrom) -> Self {
        let stories = (from == TotalsFrom::Timeline).then_some(totals.stories);
        Self { mentions: totals.mentions, articles: totals.articles, stories }
    }
}

/// A mineral spoken of in connection with a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PairRow {
    /// Id of the mineral.
    pub mineral: String,
    /// ISO 3166-1 alpha-2, or `none` where no country explains the mentions.
    pub country: String,
    /// What is counted in the span.
    #[serde(flatten)]
    pub counts: Counts,
    /// First hour of the span with a mention.
    #[schema(value_type = String, format = DateTime)]
    pub first: Hour,
    /// Last hour of the span with a mention.
    #[schema(value_type = String, format = DateTime)]
    pub last: Hour,
    /// Mentions by step.
    pub series: Vec<u64>,
}

/// The sum over a mineral or a country. Mentions add up; an article that names several counts with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SumRow {
    /// Id of the mineral, or code of the country.
    pub id: String,
    /// Mentions in the span.
    pub mentions: u64,
}

/// English names of the ids in an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Names {
    /// Minerals by id.
    pub minerals: BTreeMap<String, String>,
    /// Countries by code.
    pub countries: BTreeMap<String, String>,
}

/// Minerals by country over a span of time of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PairsAnswer {
    /// What is covered.
    pub coverage: Coverage,
    /// The span.
    pub span: Span,
    /// The pairs with the most mentions, most first.
    pub pairs: Vec<PairRow>,
    /// Pairs that `limit` leaves out.
    pub more: usize,
    /// Sums over all pairs, by mineral, most first.
    pub minerals: Vec<SumRow>,
    /// Sums over all pairs, by country, most first.
    pub countries: Vec<SumRow>,
    /// Mentions of all pairs.
    pub mentions: u64,
    /// Names of all ids in this answer.
    pub names: Names,
}

/// A step of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Point {
    /// Beginning of the step.
    #[schema(value_type = String, format = DateTime)]
    pub time: Hour,
    /// What is counted in it.
    #[serde(flatten)]
    pub counts: Counts,
}

/// One pair over time; or one mineral over all countries, or one country over all minerals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeriesAnswer {
    /// What is covered.
    pub coverage: Coverage,
    /// The span.
    pub span: Span,
    /// Every step of the span, in order.
    pub points: Vec<Point>,
    /// The sum over the span.
    pub sum: Counts,
    /// First hour with a mention in everything that is held, whatever the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_ever: Option<Hour>,
    /// Last such hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_ever: Option<Hour>,
    /// Names of the ids that were asked for.
    pub names: Names,
}

/// What kind of thing is marked or suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A mineral or another commodity.
    Mineral,
    /// A country.
    Country,
    /// A region, subdivision, city or mine.
    Place,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A type of event.
    Event,
}

/// A marked stretch of a text, in Unicode scalar values from its beginning, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mark {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// What it names.
    pub kind: Kind,
    /// Its id; of a place within a country that of the place.
    pub id: String,
}

/// A stretch of an article, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Excerpt {
    /// `title` or `text`.
    #[schema(value_type = String)]
    pub field: FieldName,
    /// First character in the field, in Unicode scalar values.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words.
    pub text: String,
    /// Language of the words (ISO 639), `und` where it cannot be told.
    pub lang: String,
    /// The sentence goes on after `end`.
    pub cut: bool,
    /// What is named in it, in order; marks do not overlap.
    pub marks: Vec<Mark>,
}

/// An id with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Office of a person, where the article says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// A mineral and a country of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticlePair {
    /// Id of the mineral.
    pub mineral: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Mentions of the mineral that are attributed to the country.
    pub mentions: u32,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ArticleSummary {
    /// Id of the article.
    pub id: String,
    /// The headline with its marks; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Excerpt>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Time of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// When this service enriched it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub enriched_at: Option<Timestamp>,
    /// Languages of the article.
    pub languages: Vec<String>,
    /// Minerals by country, most mentioned first.
    pub pairs: Vec<ArticlePair>,
    /// People, with their offices.
    pub people: Vec<Named>,
    /// Organisations.
    pub organisations: Vec<Named>,
    /// Types of events.
    pub events: Vec<String>,
    /// `founder`, `copy` or `repeat`, where stories are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story_role: Option<String>,
    /// The sentences that say what was asked for, three at most.
    pub excerpts: Vec<Excerpt>,
}

/// Newest articles.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ArticlesAnswer {
    /// What is covered.
    pub coverage: Coverage,
    /// The articles.
    pub articles: Vec<ArticleSummary>,
    /// How many of those that are held are wanted, on this page and others.
    pub found: usize,
    /// For the next page: the value of `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Names of all ids in this answer.
    pub names: Names,
}

/// A stretch of the text in one language. The parts of all sections together are the whole text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    /// First character, in Unicode scalar values of the text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// A heading.
    pub heading: bool,
    /// Language (ISO 639).
    pub lang: String,
}

/// A section of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Section {
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// One article with everything that was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ArticleAnswer {
    /// The event, as published.
    #[schema(schema_with = event_schema)]
    pub event: EnrichedArticle,
    /// The headline with its marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Excerpt>,
    /// The text's sections; empty where events carry no text.
    pub sections: Vec<Section>,
    /// What is named in the text, in order; marks do not overlap.
    pub marks: Vec<Mark>,
    /// Names of all minerals and countries in this answer.
    pub names: Names,
}

/// The event's own schema stands beside those of the API.
fn event_schema() -> Ref {
    Ref::from_schema_name("EnrichedArticle")
}

/// Something that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: Kind,
    /// Its id: the value of the parameter of this kind.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Articles that are held and have it.
    pub articles: usize,
}

/// What a beginning of a word may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SuggestAnswer {
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// What runs here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatusAnswer {
    /// Version of Lodestream.
    pub version: String,
    /// Version of the lexicon.
    pub lexicon: String,
    /// The service is working just now.
    pub ready: bool,
    /// Why not.
    pub reasons: Vec<String>,
    /// What is covered.
    pub coverage: Coverage,
}

/// An article that has just been committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NewArticle {
    /// Id of the article.
    pub id: String,
    /// Time of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// Minerals by country.
    pub pairs: Vec<ArticlePair>,
}

/// `event: articles` of the stream: new articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NewArticles {
    /// The newest of them.
    pub articles: Vec<NewArticle>,
    /// New ones that are not listed.
    pub more: usize,
}

/// A mineral and a country whose totals changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct ChangedPair {
    /// Id of the mineral.
    pub mineral: String,
    /// ISO 3166-1 alpha-2, or `none`.
    pub country: String,
}

/// `event: pairs` of the stream: changed totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChangedPairs {
    /// Pairs whose totals changed.
    pub pairs: Vec<ChangedPair>,
    /// Changed ones that are not listed.
    pub more: usize,
}

/// `event: lagged` of the stream, the last of it: the reader was too slow. It should ask anew for what it shows, and connect again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lagged {
    /// Messages that it has missed.
    pub missed: u64,
}
