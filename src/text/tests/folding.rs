use proptest::prelude::*;
use rstest::rstest;
use unicode_normalization::UnicodeNormalization;

use super::FOLDING;
use crate::text::{Folding, FoldingError, Span};

#[rstest]
#[case("Rare Earths", "rare earths")]
#[case("Ｎｄ２Ｏ３　磁鐵", "nd2o3 磁鐵")]
#[case("中國礦產", "中国矿产")]
#[case("é e\u{301} É Ñ ü", "e e e n u")]
#[case("Malmö, Łódź, Tromsø, Straße, Æsir, İzmir", "malmo, lodz, tromso, strasse, aesir, izmir")]
#[case("й и\u{306} й за\u{301}мок", "й й й замок")]
#[case("“U.S.” ‘gold’ Pakistan’s", "\"u.s.\" 'gold' pakistan's")]
#[case("a‐b‑c–d—e−f－g", "a-b-c-d-e-f-g")]
#[case("lith\u{ad}ium \u{200b}\u{feff}ore\u{200f}", "lithium ore")]
#[case("a\u{a0}b\tc\r\nd\u{2028}e", "a b c \nd e")]
#[case("ﬁnance ㎏ ℃ … CO₂ m²", "finance kg °c ... co2 m2")]
#[case("Inconel™ No№", "inconel™ nono")]
#[case("한\u{1112}\u{1161}\u{11ab} ｶﾞ が か\u{3099}", "한한 ガ が が")]
#[case("ΧΑΛΚΌΣ χαλκός", "χαλκόσ χαλκόσ")]
#[case("≠ =\u{338}", "≠ ≠")]
#[case("", "")]
fn folds(#[case] original: &str, #[case] folded: &str) {
    assert_eq!(FOLDING.fold(original).text, folded);
    assert_eq!(FOLDING.fold_pattern(original), folded);
}

/// Finds a folded needle, and the original text that it stands for.
#[rstest]
#[case("the “Ｎｄ”–magnet", "nd", "Ｎｄ")]
#[case("the “Ｎｄ”–magnet", "magnet", "magnet")]
#[case("lith\u{ad}ium\u{200b} ore", "lithium", "lith\u{ad}ium")]
#[case("\u{feff}\u{200b}lithium", "lithium", "lithium")]
#[case("5 ㎏, then", "k", "㎏")]
#[case("5 ㎏, then", "g", "㎏")]
#[case("wait… …gold", "..gold", "…gold")]
#[case("wait… …gold", "wait.", "wait…")]
#[case("cafe\u{301}s sell", "cafes", "cafe\u{301}s")]
#[case("éééé lead", "eee lead", "ééé lead")]
#[case("中國，礦產", "国,矿", "國，礦")]
#[case("Straße", "s", "S")]
fn a_folded_span_maps_back(#[case] original: &str, #[case] needle: &str, #[case] expected: &str) {
    let folded = FOLDING.fold(original);
    let start = folded.text.find(needle).unwrap();
    let span = folded.span_to_original(start, start + needle.len());
    assert_eq!(&original[span.start as usize..span.end as usize], expected);
}

#[rstest]
#[case("no tab", FoldingError::NotAPair { line: 1, found: "no tab".into() })]
#[case("國\t国\n\n# note\n國礦\t国矿", FoldingError::NotAPair { line: 4, found: "國礦\t国矿".into() })]
#[case("國\t国\n國\t囯", FoldingError::Twice { line: 2, character: '國' })]
fn a_faulty_table_is_refused(#[case] tsv: &str, #[case] expected: FoldingError) {
    assert_eq!(Folding::new(tsv).unwrap_err(), expected);
}

/// Text in which every kind of folding turns up, and turns up side by side.
pub(super) fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z .,\n-]{0,20}",
        "[éÉåñøßﬁæĲ™…㎏½²₂]{1,4}",
        "[\u{300}-\u{36F}\u{200B}-\u{200F}\u{AD}\u{FEFF}\u{3099}]{1,4}",
        "[中國礦產稀土鋰，。！“”（）]{1,8}",
        "[가-힣\u{1100}-\u{11FF}йёЁאבג\u{5B0}-\u{5BC}عربی\u{64B}]{1,5}",
        "[ｱ-ﾟＡ-ｚ０-９😀👨\u{200D}🏽]{1,5}",
        "[\\[\\]0-9\\-–.'’s ]{1,12}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn composed_and_decomposed_text_fold_alike(text in odd_text()) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(FOLDING.fold(&composed).text, FOLDING.fold(&decomposed).text);
    }

    #[test]
    fn any_folded_span_is_whole_characters(text in odd_text()) {
        let folded = FOLDING.fold(&text);
        let places: Vec<usize> = (0..=folded.text.len()).filter(|&i| folded.text.is_char_boundary(i)).collect();
        let mut before = Span::default();
        for pair in places.windows(2) {
            let span = folded.span_to_original(pair[0], pair[1]);
            prop_assert!(span.start < span.end, "a folded character stands for something");
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            prop_assert!(before.start <= span.start && before.end <= span.end, "spans keep their order");
            // What the span stands for folds to text that has the character in it.
            let again = FOLDING.fold(&text[span.start as usize..span.end as usize]).text;
            prop_assert!(again.contains(&folded.text[pair[0]..pair[1]]));
            prop_assert!(folded.to_folded(span.start) <= pair[0]);
            before = span;
        }
        prop_assert_eq!(folded.to_folded(text.len() as u32), folded.text.len());
    }
}
