//! The record of one entry: the fields of the raw article that feeds and tables can fill.

use serde::Serialize;

/// What an entry says; serialised it is a raw article.
#[derive(Debug, Default, Serialize)]
pub(super) struct Record {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) published_at: Option<String>,
    /// GDELT's own subjects: no field of the contract, for those who keep it (`keep_fields`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) themes: Vec<String>,
}

impl Record {
    /// The record's bytes. Where there is no body the headline is all the text there is.
    pub(super) fn into_bytes(mut self) -> Result<Vec<u8>, String> {
        if self.text.is_none() && self.html.is_none() {
            self.text = self.title.take();
        }
        if self.text.is_none() && self.html.is_none() {
            return Err("it has neither a text nor a headline".to_owned());
        }
        serde_json::to_vec(&self).map_err(|error| error.to_string())
    }
}

/// A value that says something.
pub(super) fn filled(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
