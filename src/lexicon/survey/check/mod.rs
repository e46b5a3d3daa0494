//! What is doubtful about the lexicon's files: names that two entries claim, that nothing can reach, that are ordinary
//! words, that are written otherwise than they are read; and what a user's files silently change.
//!
//! Files that cannot be used at all never come here: they are refused when they are compiled.

mod claims;
mod own_files;
mod spelling;

use super::{Origin, Survey};
use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something is surely not read as its author meant.
    Error,
    /// It may be meant so.
    Warning,
}

/// One doubtful thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where it is written.
    pub origin: Origin,
    /// The stable name of its kind.
    pub code: &'static str,
    /// What is doubtful.
    pub message: String,
    /// What it means and what to do.
    pub advice: &'static str,
    /// Other places that take part.
    pub others: Vec<Origin>,
}

impl Finding {
    /// Whether a user's file takes part.
    pub fn is_own(&self) -> bool {
        self.origin.own || self.others.iter().any(|other| other.own)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {} [{}]", self.origin, self.message, self.code)?;
        self.others.iter().try_for_each(|other| write!(f, "\n    see {other}"))?;
        write!(f, "\n    {}", self.advice)
    }
}

impl Survey<'_> {
    /// Everything that is doubtful: errors first, then in the order of files and lines.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = [
            self.contested_names(),
            self.hidden_names(),
            self.repeated_names(),
            self.forms_of_no_name(),
            self.ordinary_words(),
            self.changed_by_folding(),
            self.misspelt_lists(),
            self.replaced_files(),
            self.replaced_senses(),
            self.files_not_read(),
        ]
        .concat();
        findings.sort();
        findings.dedup();
        findings
    }
}
