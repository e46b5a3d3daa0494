//! The properties for librdkafka, and which of them nobody may see.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

/// Parts of a property's name that make its value a secret: `sasl.password`, `ssl.key.pem`, `sasl.oauthbearer.client.secret`.
const SECRET_PARTS: [&str; 6] = ["password", "secret", "pem", "token", "sasl.jaas", "sasl.oauthbearer.config"];

/// Properties for librdkafka, by name. `Debug` shows secrets as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct KafkaProperties(BTreeMap<String, String>);

impl Default for KafkaProperties {
    fn default() -> Self {
        Self(BTreeMap::from([("bootstrap.servers".to_owned(), "localhost:9092".to_owned())]))
    }
}

impl KafkaProperties {
    /// Sets one.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }
}

impl Deref for KafkaProperties {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Debug for KafkaProperties {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| (name, if is_secret(name) { "***" } else { value.as_str() }));
        formatter.debug_map().entries(shown).finish()
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET_PARTS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_secrets() {
        let mut properties = KafkaProperties::default();
        for name in ["sasl.password", "ssl.key.password", "ssl.key.pem", "sasl.oauthbearer.client.secret"] {
            properties.set(name, "hunter2");
        }
        properties.set("sasl.username", "reader");
        let shown = format!("{properties:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains(r#""sasl.username": "reader""#) && shown.contains(r#""sasl.password": "***""#),
            "{shown}"
        );
    }
}
