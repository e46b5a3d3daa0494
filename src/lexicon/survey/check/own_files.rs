//! What a user's files change or fail to change without a word.

use super::{Finding, Severity};
use crate::lexicon::compile;
use crate::lexicon::survey::{Origin, Survey};
use std::collections::BTreeSet;

const REPLACED: &str = "a file with the path of a built-in one stands in its place, and what the built-in one held is gone; to add to it, give your file another name";
const NOT_READ: &str = "lists are known by their names, languages/ holds them as tr.txt, other rows belong into a .toml file; sources/ is part of the program";
const OTHER_RULES: &str = "yours are asked, the built-in rules no more; ignore this if you meant it";

impl Survey<'_> {
    /// Built-in files that a user's replace.
    pub(super) fn replaced_files(&self) -> Vec<Finding> {
        let replaced = self.files.replaced().filter(|(path, ..)| compile::is_read(path));
        replaced
            .map(|(path, built_in, own)| {
                let lost = lines(built_in).difference(&lines(own)).count();
                let message = format!("replaces the built-in file; {lost} of its lines are not in yours");
                self.of_file(path, "replaced_file", message, REPLACED)
            })
            .collect()
    }

    /// A user's files that nothing reads.
    pub(super) fn files_not_read(&self) -> Vec<Finding> {
        let not_read = self.files.iter().filter(|file| file.own && !compile::is_read(file.path));
        not_read.map(|file| self.of_file(file.path, "not_read", "is not read".to_owned(), NOT_READ)).collect()
    }

    /// Built-in sense rules whose place a user's take.
    pub(super) fn replaced_senses(&self) -> Vec<Finding> {
        let forms = || self.senses.iter().flat_map(|sense| &sense.forms);
        let mut findings = Vec::new();
        for (form, origin) in forms().filter(|(_, origin)| origin.own) {
            let same = forms()
                .find(|(other, origin)| !origin.own && (other.what, &other.pattern) == (form.what, &form.pattern));
            if let Some((_, built_in)) = same {
                findings.push(Finding {
                    severity: Severity::Warning,
                    origin: origin.clone(),
                    code: "replaced_sense",
                    message: format!("`{}` has built-in sense rules, whose place these take", form.name),
                    advice: OTHER_RULES,
                    others: vec![built_in.clone()],
                });
            }
        }
        findings
    }

    fn of_file(&self, path: &str, code: &'static str, message: String, advice: &'static str) -> Finding {
        let origin = Origin { file: self.files.shown(path).into(), line: 1, own: true };
        Finding { severity: Severity::Warning, origin, code, message, advice, others: Vec::new() }
    }
}

/// The lines that say something.
fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}
