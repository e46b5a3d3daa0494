use crate::extract::{OrganisationName, extract};
use crate::lexicon::Lexicon;
use crate::text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the embedded lexicon"));

/// The listed organisations found in a text, in order: their ids, and as written.
pub(super) fn check_listed(text: &str, expect: &[(&str, &str)]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract(&document, &LEXICON);
    let listed = found.organisations.iter().filter_map(|body| match body.name {
        OrganisationName::Listed(entry) => {
            Some((LEXICON.organisations[entry.0 as usize].id.as_str(), found.scan.text(body.at)))
        }
        OrganisationName::Pattern { .. } => None,
    });
    assert_eq!(listed.collect::<Vec<_>>(), expect, "in {text}");
}

/// The organisations found in a text, in order, as written.
pub(super) fn check(text: &str, expect: &[&str]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract(&document, &LEXICON);
    let names: Vec<&str> = found.organisations.iter().map(|body| found.scan.text(body.at)).collect();
    assert_eq!(names, expect, "in {text}");
}
