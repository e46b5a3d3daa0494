//! What the API answers with: coverage and totals here, what is of articles and what is new beside it. The documentation of the types
//! becomes that of the API.

mod articles;
mod news;

pub use articles::*;
pub use news::*;

use crate::timeline::{Hour, Totals};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

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
