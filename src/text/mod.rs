//! [`Article`](crate::article::Article) → [`Document`]: text made ready for matching, with its way back to the original.
//!
//! *In:* an article's title and body.
//! *Out:* per field the folded text with its offset map, tokens, sentences, sections and languages.
//! *Guaranteed:* every span is in bytes of the *original* text and lies on character boundaries; sentences and tokens
//! are in order and do not overlap; every token lies in exactly one sentence; a composed text and its decomposed twin fold
//! alike; linear in the length of the text.
//!
//! The passes, in this order: `tokens` (with `characters`, `letters`), `sentences` (with `view`, `headings`, `abbreviations`), `fold`,
//! `tell` (with `language`, `script`). `field` holds what later rooms ask, `offsets` the way from bytes to the event's
//! characters.

mod abbreviations;
mod characters;
mod field;
mod fold;
mod headings;
mod language;
mod letters;
mod offsets;
mod script;
mod sentences;
mod tell;
mod tokens;
mod view;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use characters::begins_character;
pub use fold::{Folding, FoldingError};
pub use language::{Language, LanguageError, LanguageFault, Languages, Preposition};
pub use offsets::CharOffsets;

/// A range of bytes in a field's original text, end exclusive, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Which field of the article a span lies in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// `article.title`
    Title,
    /// `article.text`
    Text,
}

/// An article's text, ready for matching: the title first, where there is one, then the body.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// Title (if any) and text, in this order.
    pub fields: Vec<Field<'a>>,
}

/// One field of the article.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Which one.
    pub name: FieldName,
    /// The text as the event publishes it.
    pub original: &'a str,
    /// The text as the automaton reads it.
    pub folded: Folded,
    /// Words, numbers, Han runs and punctuation; white space makes no token.
    pub tokens: Vec<Token>,
    /// Sentences; headings and list items are sentences of their own.
    pub sentences: Vec<Sentence>,
}

/// Folded text: lower case, compatibility forms (full-width letters, ligatures) unfolded, accents of Latin letters
/// removed, traditional Chinese characters made simplified, curly quotes and all dashes made ASCII, soft hyphens and
/// zero-width characters dropped. White space other than line feeds becomes one ASCII space per character.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Break points of the piecewise-constant difference between folded and original offsets; private to `text::fold`.
    pub(crate) breaks: Vec<fold::Break>,
}

/// A sentence, a heading or a list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is.
    pub span: Span,
    /// Indices into [`Field::tokens`].
    pub tokens: Range<u32>,
    /// The section it belongs to: counts from 0, grows at each heading (the heading belongs to the section it opens)
    /// and at each blank line, except between a heading and its text; stays at 65,535.
    pub section: u16,
    /// A section heading: not a statement, but its places and minerals speak for the section below it.
    pub heading: bool,
    /// The language that most of it is in.
    pub language: Language,
    /// About how many letters it has; a Chinese character counts as two.
    pub letters: u32,
}

/// A token of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of an alphabetic script; inner apostrophes, hyphens, dots of abbreviations are split as `tokens.rs` says:
    /// `Pakistan's` is `Pakistan` + `'s`, `U.S.` is one word, `multi-metal` is `multi` `-` `metal`, `NdPr` is one.
    Word(Case),
    /// Digits with their separators: `1,234.5`, `90`, `2025`, `１２`.
    Number,
    /// A run of Han characters (Chinese, or kanji).
    Han,
    /// A citation mark such as `[4]`: neither a quantity nor text.
    Citation,
    /// One character of punctuation or a symbol.
    Punctuation(char),
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `lead`, or a script without case.
    Lower,
    /// `Lead`: first letter upper, others lower. A single upper-case letter is `Upper`.
    Title,
    /// `LEAD`, `U.S.`
    Upper,
    /// `NdPr`, `McDonald`, `iPhone`
    Mixed,
}
