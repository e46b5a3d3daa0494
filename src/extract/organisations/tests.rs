use crate::extract::extract;
use crate::lexicon::Lexicon;
use crate::text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the embedded lexicon"));

/// The organisations found in a text, in order, as written.
pub(super) fn check(text: &str, expect: &[&str]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract(&document, &LEXICON);
    let names: Vec<&str> = found.organisations.iter().map(|body| found.scan.text(body.at)).collect();
    assert_eq!(names, expect, "in {text}");
}
