use crate::extract::{OrganisationName, extract_one};
use crate::lexicon::{Lexicon, LexiconFiles};
use crate::text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the embedded lexicon"));

/// The listed organisations found in a text, in order: their ids, and as written.
pub(super) fn check_listed(text: &str, expect: &[(&str, &str)]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
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
    let found = extract_one(&document, &LEXICON);
    let names: Vec<&str> = found.organisations.iter().map(|body| found.scan.text(body.at)).collect();
    assert_eq!(names, expect, "in {text}");
}

/// A rule's words stand beside a name with a space between.
#[test]
fn a_body_is_refused_by_the_words_beside_it() {
    let mut files = LexiconFiles::embedded();
    files.add(
        "organisations/own.toml",
        r#"
        [[organisation]]
        id = "gobi-anchor"
        name = "Gobi Anchor"
        type = "company"
        names.en = ["Gobi Anchor"]

        [[sense]]
        organisation = "gobi-anchor"
        forms = ["Gobi Anchor"]
        rules = [{ before = ["the ship"], refuse = "no_context" }, { after = ["inn"], refuse = "no_context" }]
        otherwise = { accept = true }
        "#,
    );
    let lexicon = Lexicon::compile(&files).expect("the lexicon with a body of our own");
    for (text, is_body) in [
        ("Miners said that Gobi Anchor drilled for tin.", true),
        ("Miners boarded the ship Gobi Anchor with their tin.", false),
        ("Miners slept at the Gobi Anchor inn beside the tin mine.", false),
    ] {
        let document = Document::new(None, text, lexicon.folding(), lexicon.languages());
        let found = extract_one(&document, &lexicon);
        let listed = found.organisations.iter().any(|body| matches!(body.name, OrganisationName::Listed(_)));
        assert_eq!(listed, is_body, "in {text}");
    }
}
