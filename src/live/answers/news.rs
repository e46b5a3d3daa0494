//! Messages of the stream of what is new.

use super::ArticlePair;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

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
