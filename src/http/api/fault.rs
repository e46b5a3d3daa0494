//! What the API answers when it cannot: a stable code, and words that help.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// An error, with the status that it is sent with.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    code: &'static str,
    message: String,
}

/// Every error of the API.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FaultAnswer {
    error: FaultBody,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
struct FaultBody {
    /// Stable: `bad_parameter`, `unknown_parameter`, `unknown_mineral`, `unknown_country`, `bad_span`, `not_held`, `not_found`,
    /// `method_not_allowed`, `too_many_viewers`, `internal`.
    code: String,
    /// For people: what is wrong, and what to do.
    message: String,
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The request is wrong.
    pub(super) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// There is nothing here.
    pub(super) fn not_found(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    pub(super) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "the API only reads: use GET")
    }

    pub(super) fn too_many_viewers(most: usize) -> Self {
        let message = format!("{most} readers follow already; try again later, or raise page.viewers");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_viewers", message)
    }

    /// A fault of ours.
    pub(super) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request to the API failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "a fault in lodestream, please report it")
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let error = FaultBody { code: self.code.to_owned(), message: self.message };
        (self.status, Json(FaultAnswer { error })).into_response()
    }
}
