//! Answers that show articles, and what can be asked of them.

use super::{Coverage, Names};
use crate::event::EnrichedArticle;
use crate::text::FieldName;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::Ref;

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
