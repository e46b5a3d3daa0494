//! Lodestream reads raw news articles, finds what they say about minerals, and publishes it.
//!
//! The modules are declared in the order in which an article walks through them. The rooms of *the walk* are pure: no
//! I/O, no clock, no global state; the same article and the same lexicon give the same event. The rooms of *the
//! service* are the only ones that touch Kafka, the network, files or the terminal, and are built with the feature
//! `service` (on by default). A room imports only rooms before it.

// ── the walk ──
pub mod vocabulary;
pub mod article;
pub mod text;
pub mod story;
pub mod lexicon;
pub mod extract;
pub mod resolve;
pub mod relate;
pub mod event;
pub mod pipeline;
pub mod eval;

// ── the service ──
#[cfg(feature = "service")]
pub mod intake;
#[cfg(feature = "service")]
pub mod timeline;
#[cfg(feature = "service")]
pub mod stream;
#[cfg(feature = "service")]
pub mod metrics;
#[cfg(feature = "service")]
pub mod push;
#[cfg(feature = "service")]
pub mod live;
#[cfg(feature = "service")]
pub mod config;
#[cfg(feature = "service")]
pub mod http;
#[cfg(feature = "service")]
pub mod telemetry;
#[cfg(feature = "service")]
pub mod cli;
