//! What a request may ask: read from its query, checked, and bounded.

use super::fault::Fault;
use crate::live::{ArticleFilter, ArticlesWanted, Cursor, Length, Live, Order, PairFilter, SpanWanted};
use crate::timeline::Hour;
use axum::extract::{FromRequestParts, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_aux::serde_introspection::serde_introspect;
use utoipa::IntoParams;

/// The longest value of a parameter, in bytes.
const LONGEST: usize = 1_024;

/// Which mineral, which country.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PairParameters {
    /// Id of a mineral or another commodity.
    #[param(example = "tungsten")]
    mineral: Option<String>,
    /// ISO 3166-1 alpha-2, or `none` for mentions that no country explains.
    #[param(example = "PK")]
    country: Option<String>,
}

/// Which time of publication.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SpanParameters {
    /// From here on: `2025-10-01`, `2025-10-01T06:00:00Z`, or milliseconds since 1970; by the hour, in UTC.
    #[param(example = "2025-10-01")]
    from: Option<String>,
    /// Up to here, exclusive.
    to: Option<String>,
    /// Without ends: so much before the newest that there is; days (`7d`, `90d`) or `all`.
    #[param(example = "90d")]
    span: Option<String>,
    /// Width of a step: `1h`, `6h`, `1d`, `7d`. Chosen to make few steps unless given.
    #[param(example = "1d")]
    step: Option<String>,
}

/// How many rows.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PairsLimit {
    /// At most so many pairs.
    #[param(minimum = 1, maximum = 1000, default = 400)]
    limit: Option<usize>,
}

/// Which articles.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ArticlesParameters {
    /// Id of a person.
    person: Option<String>,
    /// Id of an organisation.
    organisation: Option<String>,
    /// A type of event.
    #[param(example = "export_control")]
    event: Option<String>,
    /// Words that stand in title or text; case, accents and traditional characters make no difference.
    q: Option<String>,
    /// `published` (newest first by time of publication) or `read` (as this instance committed them).
    #[param(default = "published")]
    order: Option<String>,
    /// The next page: `next` of the answer before.
    before: Option<String>,
    /// At most so many articles.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<usize>,
}

/// Which article.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ArticleParameters {
    /// Id of the article.
    pub(super) id: String,
}

/// What is being typed.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SuggestParameters {
    /// The words so far, in any language.
    #[param(example = "稀土")]
    pub(super) q: String,
    /// At most so many suggestions.
    #[param(minimum = 1, maximum = 50, default = 12)]
    limit: Option<usize>,
}

/// Parameters, read; whatever else stands in the query is refused, for it is a slip.
pub(super) struct Ask<T>(pub(super) T);

/// What is read from a query.
pub(super) trait Parameters: Sized {
    fn names() -> Vec<&'static str>;
    fn read(uri: &Uri) -> Result<Self, Fault>;
}

impl Parameters for () {
    fn names() -> Vec<&'static str> {
        Vec::new()
    }

    fn read(_: &Uri) -> Result<Self, Fault> {
        Ok(())
    }
}

impl<A: DeserializeOwned + Plain> Parameters for A {
    fn names() -> Vec<&'static str> {
        serde_introspect::<A>().to_vec()
    }

    fn read(uri: &Uri) -> Result<Self, Fault> {
        match Query::try_from_uri(uri) {
            Ok(Query(parameters)) => Ok(parameters),
            Err(error) => Err(Fault::bad("bad_parameter", error.body_text())),
        }
    }
}

/// A struct of parameters, not several of them.
pub(super) trait Plain {}
impl Plain for PairParameters {}
impl Plain for SpanParameters {}
impl Plain for PairsLimit {}
impl Plain for ArticlesParameters {}
impl Plain for ArticleParameters {}
impl Plain for SuggestParameters {}

impl<A: Parameters, B: Parameters, C: Parameters> Parameters for (A, B, C) {
    fn names() -> Vec<&'static str> {
        [A::names(), B::names(), C::names()].concat()
    }

    fn read(uri: &Uri) -> Result<Self, Fault> {
        Ok((A::read(uri)?, B::read(uri)?, C::read(uri)?))
    }
}

impl<S: Sync, T: Parameters> FromRequestParts<S> for Ask<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|error| Fault::bad("bad_parameter", error.body_text()))?;
        let known = T::names();
        for (name, value) in &given {
            if !known.contains(&name.as_str()) {
                let name: String = name.chars().take(40).collect();
                let message = match known.is_empty() {
                    true => format!("unknown parameter `{name}`; there are none here"),
                    false => format!("unknown parameter `{name}`; there are {}", known.join(", ")),
                };
                return Err(Fault::bad("unknown_parameter", message));
            }
            if value.len() > LONGEST {
                return Err(Fault::bad("bad_parameter", format!("`{name}` is longer than {LONGEST} bytes")));
            }
        }
        T::read(&parts.uri).map(Ask)
    }
}

/// A value that was given: an empty one is none, as browsers send empty fields.
fn given(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

impl PairParameters {
    pub(super) fn check(self, live: &Live) -> Result<PairFilter, Fault> {
        let mineral = given(self.mineral);
        if let Some(id) = mineral.as_deref().filter(|id| !live.knows_mineral(id)) {
            let message = format!("`{}` is no mineral of the lexicon; ask /api/v1/suggest?q=… for its id", short(id));
            return Err(Fault::bad("unknown_mineral", message));
        }
        let upper =
            |code: String| if code.eq_ignore_ascii_case("none") { "none".to_owned() } else { code.to_uppercase() };
        let country = given(self.country).map(upper);
        if let Some(code) = country.as_deref().filter(|code| !live.knows_country(code)) {
            let message = format!("`{}` is no country; write ISO 3166-1 alpha-2 (PK, CN), or none", short(code));
            return Err(Fault::bad("unknown_country", message));
        }
        Ok(PairFilter { mineral, country })
    }
}

impl SpanParameters {
    pub(super) fn check(self) -> Result<SpanWanted, Fault> {
        let bad = |message| Fault::bad("bad_parameter", message);
        let time = |name: &str, value: Option<String>| given(value).map(|text| hour(name, &text)).transpose();
        let length = given(self.span).map(|text| length(&text)).transpose().map_err(bad)?;
        let step_hours = given(self.step).map(|text| step(&text)).transpose().map_err(bad)?;
        Ok(SpanWanted {
            from: time("from", self.from).map_err(bad)?,
            to: time("to", self.to).map_err(bad)?,
            length: length.unwrap_or_default(),
            step_hours,
        })
    }

    /// Whether any time is asked for.
    pub(super) fn is_given(&self) -> bool {
        [&self.from, &self.to, &self.span].into_iter().any(|value| given(value.clone()).is_some())
    }
}

impl PairsLimit {
    pub(super) fn check(&self) -> Result<usize, Fault> {
        bounded(self.limit, 400, 1_000)
    }
}

impl SuggestParameters {
    pub(super) fn limit(&self) -> Result<usize, Fault> {
        bounded(self.limit, 12, 50)
    }
}

impl ArticlesParameters {
    pub(super) fn check(self, pair: PairFilter) -> Result<ArticlesWanted, Fault> {
        let order = match given(self.order).as_deref() {
            None | Some("published") => Order::Published,
            Some("read") => Order::Read,
            Some(_) => return Err(Fault::bad("bad_parameter", "`order` is `published` or `read`")),
        };
        let not_ours = || Fault::bad("bad_parameter", "`before` must be `next` of the answer before");
        let before = given(self.before).map(|text| Cursor::parse(&text).ok_or_else(not_ours)).transpose()?;
        let filter = ArticleFilter {
            mineral: pair.mineral,
            country: pair.country,
            person: given(self.person),
            organisation: given(self.organisation),
            event: given(self.event),
            from: None,
            to: None,
        };
        Ok(ArticlesWanted { filter, words: given(self.q), order, before, limit: bounded(self.limit, 20, 100)? })
    }
}

fn bounded(limit: Option<usize>, default: usize, most: usize) -> Result<usize, Fault> {
    match limit.unwrap_or(default) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Fault::bad("bad_parameter", format!("`limit` must be 1 to {most}"))),
    }
}

/// A day, a local time taken for UTC, an instant, or milliseconds since 1970, as Grafana's links have them.
fn hour(name: &str, text: &str) -> Result<Hour, String> {
    let milliseconds = (text.len() >= 11).then(|| text.parse().ok()).flatten();
    if let Some(instant) = milliseconds.and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()) {
        return Ok(Hour::of(instant));
    }
    let local = || text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from)).ok();
    let instant = text.parse::<Timestamp>().ok().or_else(|| jiff::tz::Offset::UTC.to_timestamp(local()?).ok());
    let wrong = || format!("`{name}={}` is no time; write 2025-10-01 or 2025-10-01T06:00:00Z", short(text));
    instant.map(Hour::of).ok_or_else(wrong)
}

fn length(text: &str) -> Result<Length, String> {
    let days = text.strip_suffix('d').and_then(|days| days.parse().ok()).filter(|days| (1..=36_600).contains(days));
    match days {
        _ if text == "all" => Ok(Length::All),
        Some(days) => Ok(Length::Days(days)),
        None => Err(format!("`span={}` is no span; write days such as 7d, or all", short(text))),
    }
}

/// Whole hours or days.
fn step(text: &str) -> Result<u32, String> {
    let unit = |suffix: char, hours: u32| text.strip_suffix(suffix)?.parse::<u32>().ok()?.checked_mul(hours);
    let hours = unit('h', 1).or_else(|| unit('d', 24)).filter(|hours| (1..=100 * 8_784).contains(hours));
    hours.ok_or_else(|| format!("`step={}` is no step; write whole hours or days: 1h, 6h, 1d, 7d", short(text)))
}

/// So much of what was sent as may be sent back.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
