//! The API of the live page: `/api/v1`, JSON, described at `/api/v1/openapi.json`.
//!
//! *In:* a query, checked and bounded ([`parameters`]). *Out:* what [`Live`] answers, or a fault with a stable code ([`fault`]).
//! *Guaranteed:* every route stands in the description, for the router is made from it; answers obey it (a test checks); nothing
//! but `GET`, and nothing that changes anything.

mod describe;
mod fault;
mod parameters;

#[cfg(test)]
mod tests;

use super::Probe;
use crate::live::Live;
use crate::live::answers::{
    ArticleAnswer, ArticlesAnswer, Coverage, PairsAnswer, SeriesAnswer, StatusAnswer, SuggestAnswer,
};
use axum::extract::State;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use axum::{Json, Router};
use fault::{Fault, FaultAnswer};
use futures_util::{Stream, StreamExt, stream};
use parameters::{
    ArticleParameters, ArticlesParameters, Ask, PairParameters, PairsLimit, SpanParameters, SuggestParameters,
};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the API stands.
const BASE: &str = "/api/v1";

/// What the handlers answer from.
#[derive(Clone)]
pub(super) struct Api {
    pub(super) live: Arc<Live>,
    pub(super) probe: Arc<dyn Probe>,
    pub(super) lexicon_version: String,
}

/// The routes under [`BASE`].
pub(super) fn router(api: Api) -> Router {
    let described = OpenApiRouter::with_openapi(describe::base())
        .routes(routes!(status))
        .routes(routes!(pairs))
        .routes(routes!(series))
        .routes(routes!(articles))
        .routes(routes!(article))
        .routes(routes!(suggest))
        .routes(routes!(updates));
    let (router, description) = OpenApiRouter::new().nest(BASE, described).split_for_parts();
    let description: Arc<str> = describe::complete(description).into();
    let json = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    router
        .route(&format!("{BASE}/openapi.json"), get(async move || ([json], description.to_string())))
        .route("/api/{*anything}", get(not_found))
        .method_not_allowed_fallback(async || Fault::method_not_allowed())
        .layer(axum::middleware::map_response(no_store))
        .with_state(api)
}

/// An answer that a proxy keeps would be one of the past.
async fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn not_found(uri: Uri) -> Fault {
    let path: String = uri.path().chars().take(100).collect();
    Fault::not_found("not_found", format!("there is nothing at {path}; {BASE}/openapi.json lists what there is"))
}

type Answer<T> = Result<Json<T>, Fault>;

/// Looks it up beside the other requests: a search may take some milliseconds.
async fn answer<T: Send + 'static>(
    api: Api,
    look: impl FnOnce(&Live) -> Result<T, Fault> + Send + 'static,
) -> Answer<T> {
    let looked = tokio::task::spawn_blocking(move || look(&api.live)).await;
    looked.unwrap_or_else(|error| Err(Fault::internal(&error))).map(Json)
}

/// What runs here, and what is covered.
#[utoipa::path(get, path = "/status", responses(
    (status = 200, body = StatusAnswer), (status = 400, body = FaultAnswer)
))]
async fn status(State(api): State<Api>, Ask(()): Ask<()>) -> Answer<StatusAnswer> {
    let ready = api.probe.ready();
    Ok(Json(StatusAnswer {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon: api.lexicon_version,
        ready: ready.is_ok(),
        reasons: ready.err().unwrap_or_default(),
        coverage: api.live.coverage(),
    }))
}

/// Minerals by country over a span of time of publication, with a series for each pair.
#[utoipa::path(get, path = "/pairs", params(PairParameters, SpanParameters, PairsLimit), responses(
    (status = 200, body = PairsAnswer), (status = 400, body = FaultAnswer)
))]
async fn pairs(
    State(api): State<Api>,
    Ask((pair, span, limit)): Ask<(PairParameters, SpanParameters, PairsLimit)>,
) -> Answer<PairsAnswer> {
    let (filter, span, limit) = (pair.check(&api.live)?, span.check()?, limit.check()?);
    answer(api, move |live| {
        let span = live.span(span).map_err(|error| Fault::bad("bad_span", error.to_string()))?;
        Ok(live.pairs(&filter, span, limit))
    })
    .await
}

/// One pair over time; without a country a mineral over all countries, without a mineral a country over all minerals.
#[utoipa::path(get, path = "/series", params(PairParameters, SpanParameters), responses(
    (status = 200, body = SeriesAnswer), (status = 400, body = FaultAnswer)
))]
async fn series(
    State(api): State<Api>,
    Ask((pair, span, ())): Ask<(PairParameters, SpanParameters, ())>,
) -> Answer<SeriesAnswer> {
    let (filter, span) = (pair.check(&api.live)?, span.check()?);
    answer(api, move |live| {
        let span = live.span(span).map_err(|error| Fault::bad("bad_span", error.to_string()))?;
        Ok(live.series(&filter, span))
    })
    .await
}

/// The newest articles of those that this instance holds.
#[utoipa::path(get, path = "/articles", params(PairParameters, SpanParameters, ArticlesParameters), responses(
    (status = 200, body = ArticlesAnswer), (status = 400, body = FaultAnswer)
))]
async fn articles(
    State(api): State<Api>,
    Ask((pair, span, asked)): Ask<(PairParameters, SpanParameters, ArticlesParameters)>,
) -> Answer<ArticlesAnswer> {
    let mut wanted = asked.check(pair.check(&api.live)?)?;
    let span = span.is_given().then(|| span.check()).transpose()?;
    answer(api, move |live| {
        if let Some(span) = span {
            let span = live.span(span).map_err(|error| Fault::bad("bad_span", error.to_string()))?;
            (wanted.filter.from, wanted.filter.to) = (Some(span.from), Some(span.to));
        }
        Ok(live.articles(&wanted))
    })
    .await
}

/// One article with everything that was found in it.
#[utoipa::path(get, path = "/article", params(ArticleParameters), responses(
    (status = 200, body = ArticleAnswer), (status = 400, body = FaultAnswer), (status = 404, body = FaultAnswer)
))]
async fn article(State(api): State<Api>, Ask(asked): Ask<ArticleParameters>) -> Answer<ArticleAnswer> {
    answer(api, move |live| {
        let message =
            "this instance does not hold the article (any more): it holds the newest that it committed itself";
        live.article(&asked.id).ok_or_else(|| Fault::not_found("not_held", message))
    })
    .await
}

/// What words in a search box may mean: minerals and countries by any of their names, people, organisations, types of events.
#[utoipa::path(get, path = "/suggest", params(SuggestParameters), responses(
    (status = 200, body = SuggestAnswer), (status = 400, body = FaultAnswer)
))]
async fn suggest(State(api): State<Api>, Ask(asked): Ask<SuggestParameters>) -> Answer<SuggestAnswer> {
    let limit = asked.limit()?;
    answer(api, move |live| Ok(live.suggest(&asked.q, limit))).await
}

/// What is new, as server-sent events: `hello` (Coverage) first and when the totals are complete, `articles` (NewArticles), `pairs`
/// (ChangedPairs), each once a second at most; `lagged` (Lagged) last, when the reader was too slow: ask anew for what you show, and
/// connect again.
#[utoipa::path(get, path = "/stream", responses(
    (status = 200, body = Coverage, content_type = "text/event-stream"), (status = 503, body = FaultAnswer)
))]
async fn updates(
    State(api): State<Api>,
    Ask(()): Ask<()>,
) -> Result<([(&'static str, &'static str); 1], Sse<impl Stream<Item = Result<Event, Infallible>>>), Fault> {
    let most = api.live.most_viewers();
    let (hello, viewer) = api.live.watch().ok_or_else(|| Fault::too_many_viewers(most))?;
    let news = stream::unfold(viewer, async |mut viewer| Some((viewer.next().await?, viewer)));
    let messages = stream::once(async { hello }).chain(news);
    let events = messages.map(|message| Ok(Event::default().event(message.kind).data(message.data)));
    // nginx would gather a stream until a buffer is full
    let unbuffered = [("x-accel-buffering", "no")];
    Ok((unbuffered, Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))))
}
