//! What is wrong with the lexicon's files, in words.

use std::fmt;

/// One thing that is wrong with the lexicon's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LexiconFault {
    /// The file: a user's by where it lies, a built-in one relative to the lexicon's folder.
    pub file: String,
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong, with which entry, and what to do.
    pub message: String,
}

impl fmt::Display for LexiconFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// The lexicon's files cannot be used: all their faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// At least one, in order.
    pub faults: Vec<LexiconFault>,
}

impl LexiconError {
    pub(super) fn new(mut faults: Vec<LexiconFault>) -> Self {
        faults.sort();
        faults.dedup();
        Self { faults }
    }
}

impl std::error::Error for LexiconError {}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.len() {
            1 => f.write_str("the lexicon has a fault:")?,
            count => write!(f, "the lexicon has {count} faults:")?,
        }
        self.faults.iter().try_for_each(|fault| write!(f, "\n  - {fault}"))
    }
}

/// The line, from 1, on which a byte of a text stands.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count() + 1
}
