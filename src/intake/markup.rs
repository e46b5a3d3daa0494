//! Pieces of markup inside fields: the text of an element, the text of all.

use html5gum::{Token, Tokenizer};

/// The text of a piece of HTML: without tags, entities read.
pub(super) fn plain(html: &str) -> String {
    let mut text = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        if let Token::String(part) = token {
            text.extend_from_slice(&part);
        }
    }
    String::from_utf8_lossy(&text).trim().to_owned()
}

/// The text of the first element of this name (in lower case), entities read.
pub(super) fn element(markup: &str, name: &str) -> Option<String> {
    let mut text: Option<Vec<u8>> = None;
    for Ok(token) in Tokenizer::new(markup) {
        match token {
            Token::StartTag(tag) if text.is_none() && **tag.name == *name.as_bytes() => text = Some(Vec::new()),
            Token::EndTag(tag) if text.is_some() && **tag.name == *name.as_bytes() => break,
            Token::String(part) => {
                if let Some(text) = &mut text {
                    text.extend_from_slice(&part);
                }
            }
            _ => {}
        }
    }
    super::record::filled(&String::from_utf8_lossy(&text?))
}
