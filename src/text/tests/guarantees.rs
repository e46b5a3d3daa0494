use proptest::prelude::*;
use rstest::rstest;

use super::document;
use super::folding::odd_text;
use crate::text::{Document, Span};

/// What the room promises of any text.
fn check(document: &Document<'_>) {
    for field in &document.fields {
        let whole =
            |span: Span| span.start < span.end && field.original.get(span.start as usize..span.end as usize).is_some();
        assert!(field.tokens.iter().all(|token| whole(token.span)));
        assert!(field.tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        assert!(field.sentences.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        assert!(field.sentences.windows(2).all(|pair| pair[0].section <= pair[1].section));
        assert!(
            field
                .sentences
                .windows(2)
                .all(|pair| !pair[1].heading || pair[0].section < pair[1].section || pair[1].section == u16::MAX)
        );
        let mut next = 0;
        for sentence in &field.sentences {
            assert_eq!(sentence.tokens.start, next, "no token is left out or shared");
            next = sentence.tokens.end;
            let tokens = field.tokens_of(sentence);
            assert_eq!(sentence.span.start, tokens[0].span.start);
            assert_eq!(sentence.span.end, tokens[tokens.len() - 1].span.end);
            assert!(sentence.span.end - sentence.span.start < 10_000, "no sentence is endless");
        }
        assert_eq!(next as usize, field.tokens.len());
    }
    let languages = document.languages();
    assert!((1..languages.len()).all(|i| !languages[..i].contains(&languages[i])));
}

proptest! {
    #[test]
    fn holds_for_any_text(title in proptest::option::of(odd_text()), text in odd_text()) {
        check(&document(title.as_deref(), &text));
    }

    #[test]
    fn holds_for_text_that_looks_like_an_article(text in "((Mr|U\\.S|The|Rare Earths|the|稀土|一|1|No|Inc|’s|[a-z]{3})[ .,?!。；\n]{0,2}( - |\\[[0-9]\\]|”|\n\n|\n## |\\*\\*|【|】|（1）)?){0,40}") {
        check(&document(Some(&text), &text));
    }
}

/// A million of one thing: must end, soon, and keep the promises.
#[rstest]
#[case("[")]
#[case("-")]
#[case(".")]
#[case(" - A")]
#[case("[1] ")]
#[case("[1,")]
#[case("1A")]
#[case("1,")]
#[case("'")]
#[case("a")]
#[case("a.")]
#[case("稀")]
#[case("\n")]
#[case("A\n\n")]
#[case("e\u{301}")]
#[case("\u{301}")]
#[case("\u{200b}")]
#[case("…\u{feff}")]
#[case("\u{2009}123")]
fn a_million_times_the_same(#[case] unit: &str) {
    check(&document(None, &unit.repeat(1_000_000 / unit.len())));
}
