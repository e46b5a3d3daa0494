use rstest::rstest;

use super::body;
use crate::text::{Case, TokenKind};

/// Each token as its text and a letter: l(ower), t(itle), u(pper), m(ixed), n(umber), h(an), c(itation), p(unctuation).
fn tokens(text: &str) -> String {
    let field = body(text);
    let shown = field.tokens.iter().map(|token| {
        let kind = match token.kind {
            TokenKind::Word(Case::Lower) => 'l',
            TokenKind::Word(Case::Title) => 't',
            TokenKind::Word(Case::Upper) => 'u',
            TokenKind::Word(Case::Mixed) => 'm',
            TokenKind::Number => 'n',
            TokenKind::Han => 'h',
            TokenKind::Citation => 'c',
            TokenKind::Punctuation(_) => 'p',
        };
        format!("{}/{kind}", field.str(token.span))
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[rstest]
// words
#[case("Lead leads A", "Lead/t leads/l A/u")]
#[case("NdFeB McDonald iPhone", "NdFeB/m McDonald/m iPhone/m")]
#[case("U3O8 SC6 6N CO2 G7 Li2CO3", "U3O8/u SC6/u 6N/u CO2/u G7/u Li2CO3/m")]
#[case("CO₂ km² lithium²", "CO₂/u km²/l lithium/l ²/c")]
#[case("multi-metal", "multi/l -/p metal/l")]
#[case("lith\u{ad}ium cafe\u{301}", "lith\u{ad}ium/l cafe\u{301}/l")]
#[case("Алмаз ذهب 한국 リチウム電池の", "Алмаз/t ذهب/l 한국/l リチウム/l 電池/h の/l")]
#[case("ＮＤ磁铁EU가", "ＮＤ/u 磁铁/h EU/u 가/l")]
// apostrophes
#[case("Pakistan's Pakistan’s 1990's", "Pakistan/t 's/l Pakistan/t ’s/l 1990/n 's/l")]
#[case("O'Brien don't miners'", "O'Brien/m don't/l miners/l '/p")]
#[case("l'uranium d’or qu'une L'Iran D'Souza", "l'/l uranium/l d’/l or/l qu'/l une/l L'/u Iran/t D'Souza/m")]
#[case("'supply'", "'/p supply/l '/p")]
// dots
#[case("U.S. U.K. D.R.C. e.g. U.S", "U.S./u U.K./u D.R.C./u e.g./l U.S/u")]
#[case("U.S.-Pakistan", "U.S./u -/p Pakistan/t")]
#[case("U.S.Army EE.UU. J. Smith", "U.S./u Army/t EE.UU./u J/u ./p Smith/t")]
#[case("Mr. No.5 example.com", "Mr/t ./p No/t ./p 5/n example/l ./p com/l")]
// numbers
#[case("5t 20kt 3.5bn $4.2bn 25%", "5/n t/l 20/n kt/l 3.5/n bn/l $/p 4.2/n bn/l 25/n %/p")]
#[case("1,234.5 1,234,567 12\u{2009}500 3,5 １２万", "1,234.5/n 1,234,567/n 12\u{2009}500/n 3,5/n １２/n 万/h")]
#[case("2024,100 10, 20 1,2,3", "2024/n ,/p 100/n 10/n ,/p 20/n 1/n ,/p 2,3/n")]
#[case("2025年10月4日，100吨", "2025/n 年/h 10/n 月/h 4/n 日/h ，/p 100/n 吨/h")]
#[case("5½ -3 10⁶ 5M 20MW 5GWh", "5½/n -/p 3/n 10/n ⁶/p 5/n M/u 20/n MW/u 5/n GWh/m")]
#[case("19th 1990s 2Q25 3D", "19th/l 1990s/l 2Q25/u 3D/u")]
#[case("3.", "3/n ./p")]
// citation marks
#[case("ore [4][5] [1, 7] ［３］ [12–14] 【1】", "ore/l [4]/c [5]/c [1, 7]/c ［３］/c [12–14]/c 【1】/c")]
#[case("[2025] [a] [] [1", "[/p 2025/n ]/p [/p a/l ]/p [/p ]/p [/p 1/n")]
// the rest
#[case("a\u{200b} \u{feff}", "a/l")]
#[case("\u{301}😀", "\u{301}/p 😀/p")]
fn tokenises(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(tokens(text), expected);
}

#[test]
fn what_later_rooms_ask_stays_within_the_sentence() {
    let field = body("Prices rose. Pakistan's copper, leading it, fell. The end");
    let at = |needle: &str| {
        let start = field.original.find(needle).unwrap() as u32;
        crate::text::Span { start, end: start + needle.len() as u32 }
    };
    let text = |token: Option<&crate::text::Token>| token.map(|token| field.str(token.span));
    assert_eq!(text(field.token_before(at("copper").start)), Some("'s"));
    assert_eq!(text(field.token_after(at("copper").end)), Some(","));
    assert_eq!(text(field.word_after(at("copper"))), Some("leading"));
    assert_eq!(text(field.word_before(at("leading"))), Some("copper"));
    assert_eq!(text(field.word_before(at("Pakistan"))), None);
    assert_eq!(text(field.word_after(at("rose"))), None);
    assert_eq!(text(field.word_after(at("end"))), None);
    assert_eq!(field.tokens_in(at("opper, lead")).len(), 3);
    assert!(field.is_whole(at("copper")) && field.is_whole(at("Pakistan")));
    assert!(!field.is_whole(at("lead")) && !field.is_whole(at("opper")));
    assert_eq!(field.sentence_index(at("copper").start), Some(1));
    assert_eq!(field.sentence_at(at("The end").start).map(|s| field.str(s.span)), Some("The end"));
    let chinese = body("中国稀土矿");
    assert!(chinese.is_whole(crate::text::Span { start: 6, end: 12 }));
}
