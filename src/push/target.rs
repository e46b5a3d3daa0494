//! The store that is pushed to, over HTTP.

use super::{PushError, PushSettings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::time::Duration;
use ureq::Agent;
use ureq::http::header::RETRY_AFTER;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// As much of an answer as is told.
const TOLD: usize = 400;

/// What came of a request.
pub(super) enum Answer {
    /// Stored.
    Taken,
    /// Not stored, and the same request never will be.
    Refused { status: u16, words: String },
    /// Nobody knows; the same request may be sent again, after this pause where the store asks for one.
    Unclear { reason: String, pause: Option<Duration> },
}

pub(super) struct Target {
    agent: Agent,
    url: String,
    headers: Vec<(String, String)>,
}

impl Target {
    pub(super) fn new(settings: &PushSettings) -> Result<Self, PushError> {
        let Some(url) = settings.url.clone() else { return Err(PushError::NoUrl) };
        let tls = TlsConfig::builder().root_certs(roots(settings)?).build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(settings.timeout))
            .tls_config(tls)
            // A redirected POST would become a GET.
            .max_redirects(0)
            .user_agent(concat!("lodestream/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let mut headers: Vec<(String, String)> = [
            ("Content-Encoding", "snappy"),
            ("Content-Type", "application/x-protobuf"),
            ("X-Prometheus-Remote-Write-Version", "0.1.0"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let authorization = match (&settings.username, &settings.bearer_token) {
            (Some(user), _) => {
                let password = settings.password.as_ref().map_or("", |password| password.reveal());
                Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
            }
            (None, Some(token)) => Some(format!("Bearer {}", token.reveal())),
            (None, None) => None,
        };
        headers.extend(authorization.map(|value| ("Authorization".to_owned(), value)));
        headers.extend(settings.headers.iter().map(|(name, value)| (name.clone(), value.reveal().to_owned())));
        Ok(Self { agent, url, headers })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// One request.
    pub(super) fn post(&self, body: &[u8]) -> Answer {
        let request =
            self.headers.iter().fold(self.agent.post(&self.url), |request, (name, value)| request.header(name, value));
        let mut response = match request.send(body) {
            Ok(response) => response,
            Err(error) => return Answer::Unclear { reason: error.to_string(), pause: None },
        };
        let status = response.status().as_u16();
        if response.status().is_success() {
            return Answer::Taken;
        }
        let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let words = response.body_mut().with_config().limit(64 << 10).read_to_string().unwrap_or_default();
        let words: String = words.trim().chars().take(TOLD).collect();
        // Prometheus before 2.46 answers 500 for a sample that is older than its window: it will be older still.
        let too_old = words.contains("too old sample") || words.contains("out of bounds");
        match status {
            408 | 429 => Answer::Unclear { reason: told(status, &words), pause: seconds.map(Duration::from_secs) },
            500.. if !too_old => {
                Answer::Unclear { reason: told(status, &words), pause: seconds.map(Duration::from_secs) }
            }
            _ => Answer::Refused { status, words },
        }
    }
}

fn told(status: u16, words: &str) -> String {
    format!("it answers {status}: {words}")
}

/// The certificates that are trusted: those of the setting, else the system's, else Mozilla's as they were built in.
fn roots(settings: &PushSettings) -> Result<RootCerts, PushError> {
    let Some(path) = settings.ca_file.clone().or_else(|| openssl_probe::probe().cert_file) else {
        return Ok(RootCerts::WebPki);
    };
    let failed = |reason: String| PushError::Certificates { path: path.clone(), reason };
    let pem = std::fs::read(&path).map_err(|error| failed(error.to_string()))?;
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| failed(error.to_string()))? {
            certificates.push(certificate);
        }
    }
    match certificates.is_empty() {
        true => Err(failed("it holds no certificate".to_owned())),
        false => Ok(RootCerts::new_with_certs(&certificates)),
    }
}
