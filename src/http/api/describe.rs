//! The description of the API: what the handlers say of themselves, and the event's schema, which is that of its types.

use crate::event::EnrichedArticle;
use crate::live::answers::{ChangedPairs, Coverage, Lagged, NewArticles};
use schemars::generate::SchemaSettings;
use serde_json::Value;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lodestream",
        description = "Minerals by country over the time of publication, and the newest articles with the sentences that say so. Every \
                       answer of totals and lists says what it covers: articles are the newest that the asked instance committed, \
                       totals are the whole timeline where one is kept.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Coverage, NewArticles, ChangedPairs, Lagged))
)]
struct Description;

/// What does not stand with a handler.
pub(super) fn base() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The description as JSON, with the event's schema in it.
pub(super) fn complete(description: utoipa::openapi::OpenApi) -> String {
    let mut description = serde_json::to_value(description).unwrap_or_default();
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.meta_schema = None;
        settings.definitions_path = "/components/schemas".into();
    });
    let mut generator = settings.into_generator();
    generator.subschema_for::<EnrichedArticle>();
    if let Some(schemas) = description.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for (name, schema) in generator.take_definitions(true) {
            schemas.entry(name).or_insert(schema);
        }
    }
    description.to_string()
}
