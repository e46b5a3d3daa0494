//! What an operator can set about the push.

use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::Uri;

/// The table `[timeline.push]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PushSettings {
    /// Where samples are written by Prometheus remote write: `http://prometheus:9090/api/v1/write`.
    pub url: Option<String>,
    /// Compacted topic for what has been pushed: one for each store that is pushed to.
    pub ledger_topic: String,
    /// How old a sample may be; a little less than the store's `out_of_order_time_window`.
    #[serde(with = "humantime_serde")]
    pub window: Duration,
    /// Pushes again and again, with so long a pause; once, where it is left out.
    #[serde(with = "humantime_serde")]
    pub every: Option<Duration>,
    /// Labels of every series, beside `mineral` and `country`.
    pub labels: BTreeMap<String, String>,
    /// Most samples in one request.
    pub batch_samples: usize,
    /// How long a request may take.
    #[serde(with = "humantime_serde")]
    pub timeout: Duration,
    /// How long a request is tried again while the store does not answer, or answers that it cannot just now.
    #[serde(with = "humantime_serde")]
    pub retry_for: Duration,
    /// First pause after a failure; doubles with each further one.
    #[serde(with = "humantime_serde")]
    pub backoff_min: Duration,
    /// Longest pause between attempts.
    #[serde(with = "humantime_serde")]
    pub backoff_max: Duration,
    /// User of basic authentication.
    pub username: Option<String>,
    /// Its password.
    pub password: Option<Secret>,
    /// Token of bearer authentication, instead of a user.
    pub bearer_token: Option<Secret>,
    /// Further headers of each request, such as `X-Scope-OrgID`.
    pub headers: BTreeMap<String, Secret>,
    /// Certificates (PEM) to trust, instead of those that the system trusts.
    pub ca_file: Option<PathBuf>,
}

impl Default for PushSettings {
    fn default() -> Self {
        Self {
            url: None,
            ledger_topic: "lodestream.timeline-ledger".into(),
            window: Duration::from_secs(30 * 86_400),
            every: None,
            labels: BTreeMap::from([("job".to_owned(), "lodestream".to_owned())]),
            batch_samples: 5_000,
            timeout: Duration::from_secs(30),
            retry_for: Duration::from_secs(300),
            backoff_min: Duration::from_millis(500),
            backoff_max: Duration::from_secs(30),
            username: None,
            password: None,
            bearer_token: None,
            headers: BTreeMap::new(),
            ca_file: None,
        }
    }
}

/// A value that is sent and never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Secret(String);

impl Secret {
    /// The value itself.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

/// One setting that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// The key in the table `[timeline.push]`.
    pub key: &'static str,
    /// What is wrong, and what to do.
    pub message: String,
}

impl PushSettings {
    /// Everything that is wrong. The topic's name is judged by the broker.
    pub fn validate(&self) -> Vec<SettingFault> {
        let second = Duration::from_secs(1);
        let hours = Duration::from_secs(2 * 3_600);
        let checks = [
            ("ledger_topic", !self.ledger_topic.trim().is_empty(), "is empty; name a topic"),
            ("window", self.window >= hours, "must be at least 2h: a sample stands at the beginning of its hour"),
            ("every", self.every.is_none_or(|every| every >= second), "must be at least 1s"),
            ("batch_samples", (1..=100_000).contains(&self.batch_samples), "must be 1 to 100000"),
            ("timeout", self.timeout >= second, "must be at least 1s"),
            ("backoff_min", !self.backoff_min.is_zero(), "must be above zero, or a failure would spin"),
            ("backoff_max", self.backoff_max >= self.backoff_min, "must not be below timeline.push.backoff_min"),
            ("password", self.password.is_none() || self.username.is_some(), "needs a timeline.push.username"),
            (
                "bearer_token",
                self.bearer_token.is_none() || self.username.is_none(),
                "cannot stand beside timeline.push.username: a request has one kind of authentication",
            ),
        ];
        let mut faults: Vec<SettingFault> = checks
            .into_iter()
            .filter(|(_, holds, _)| !holds)
            .map(|(key, _, message)| SettingFault { key, message: message.to_owned() })
            .collect();
        let mut add = |key, message: String| faults.push(SettingFault { key, message });
        if let Some(message) = self.url.as_deref().and_then(url_fault) {
            add("url", message);
        }
        for name in self.labels.keys() {
            if ["mineral", "country"].contains(&name.as_str()) || !is_label(name) {
                add(
                    "labels",
                    format!(
                        "`{name}` cannot be the name of a label here: letters, digits and _, not mineral or country"
                    ),
                );
            }
        }
        for (name, value) in &self.headers {
            let fits = ureq::http::HeaderName::from_bytes(name.as_bytes()).is_ok()
                && ureq::http::HeaderValue::from_str(value.reveal()).is_ok();
            if !fits {
                add(
                    "headers",
                    format!(
                        "`{name}` cannot be sent as a header: a name is letters, digits and -, a value is one line"
                    ),
                );
            }
        }
        faults
    }
}

fn url_fault(url: &str) -> Option<String> {
    let example = "write http://prometheus:9090/api/v1/write";
    let Ok(parsed) = url.parse::<Uri>() else { return Some(format!("is no address; {example}")) };
    let authority = parsed.authority().map(|authority| authority.as_str());
    match (parsed.scheme_str(), authority) {
        // not repeated: it holds a password
        (_, Some(authority)) if authority.contains('@') => {
            Some("holds a user; set timeline.push.username and timeline.push.password instead".to_owned())
        }
        (Some("http" | "https"), Some(_)) => None,
        _ => Some(format!("`{url}` is no address of the web; {example}")),
    }
}

fn is_label(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(letter) && !name.starts_with("__") && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}
