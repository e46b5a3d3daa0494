use rstest::rstest;

use super::{body, document};
use crate::text::{Document, Language, LanguageFault, Languages};

#[rstest]
#[case("The mine will produce copper for the next ten years, and it is owned by the state.", "en")]
#[case("Lithium rallied", "en")]
#[case("智利的锂产量今年增长了一成。", "zh")]
#[case("La mina producirá cobre durante los próximos diez años, según el ministro de energía.", "es")]
#[case("Le ministre a dit que la mine de cuivre sera fermée dans les prochaines semaines.", "fr")]
#[case("A mina não vai produzir cobre até o fim do ano, mas os sócios esperam uma licença.", "pt")]
#[case("Die Mine wird in den nächsten Jahren mehr Kupfer fördern, und das ist für die Industrie wichtig.", "de")]
#[case("Tambang itu akan berproduksi lagi tahun ini, dan nikel dari Sulawesi dijual ke pabrik baterai.", "id")]
#[case("Рудник будет давать больше меди.", "ru")]
#[case("Шахтаї їдуть до міста", "und")]
#[case("鉱山は来年から銅を生産する予定です。", "ja")]
#[case("광산은 내년부터 구리를 생산한다.", "ko")]
#[case("سوف ينتج المنجم النحاس العام القادم", "ar")]
#[case("کان سے تانبا نکالا جائے گا", "und")]
#[case(
    "La miniera di rame produrrà molto più metallo nel prossimo anno, hanno detto gli ingegneri della società.",
    "und"
)]
#[case(
    "Kopalnia miedzi wyprodukuje w przyszłym roku znacznie więcej metalu niż obecnie, powiedział dyrektor spółki.",
    "und"
)]
// mixed: the majority decides, a Chinese character weighing two letters
#[case("该公司（MP Materials）将在德克萨斯州生产磁铁。", "zh")]
#[case("The company known as 稀土 sells magnets to buyers abroad.", "en")]
#[case("12 345", "und")]
fn tells(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(body(text).sentences[0].language.code(), expected);
}

#[rstest]
#[case(None, "", &[])]
#[case(Some("矿价为何上涨?"), "The price of the ore has risen since May. It may rise again.", &["zh", "en"])]
#[case(None, "今年锂价上涨。OK. 分析师认为供应仍然过剩，价格难以继续上行，矿企正在减产。", &["zh"])]
#[case(Some("Cobre 2026"), "El precio del cobre subió en la semana, según los analistas de la bolsa.", &["es"])]
#[case(None, "The ministry has said that it will open the mine.\nEl ministerio de minas ha dicho que la mina se abrirá en el sur.", &["en", "es"])]
fn lists_an_articles_languages(#[case] title: Option<&str>, #[case] text: &str, #[case] expected: &[&str]) {
    let found = document(title, text).languages();
    assert_eq!(found.iter().map(Language::code).collect::<Vec<_>>(), expected);
}

#[test]
fn a_headline_without_kana_is_in_the_language_of_its_text() {
    let language = |text| document(Some("中国、黒鉛輸出規制"), text).fields[0].sentences[0].language;
    assert_eq!(language("中国は黒鉛の輸出を規制した。"), Language::JA);
    assert_eq!(language("中国限制石墨出口。"), Language::ZH);
}

#[test]
fn a_foreign_letter_or_two_change_no_language() {
    let field = body("Компания Енергія из Киева будет поставлять титан и марганец на завод в России.");
    assert_eq!(field.sentences[0].language.code(), "ru");
}

#[test]
fn codes_are_of_two_or_three_small_letters() {
    assert_eq!(["en", "yue"].map(|code| Language::new(code).unwrap().to_string()), ["en", "yue"]);
    assert!(["", "e", "EN", "zh-Hant", "engl", "日本"].iter().all(|code| Language::new(code).is_none()));
}

#[test]
fn a_list_makes_a_language() {
    let dutch = "# Dutch\n@iso639-3 nld\n@endings prijs\nde\nhet\neen\nvan\nen\nin\nis\n";
    let languages = Languages::new([("nl", dutch), ("en", "the\nof\nin\n")]).unwrap();
    let text = "De prijs van het koper is in een jaar gestegen.";
    let document = Document::new(None, text, &super::FOLDING, &languages);
    assert_eq!(document.languages(), [Language::new("nl").unwrap()]);
    assert_eq!(languages.endings(Language::new("nl").unwrap()), ["prijs"]);
}

#[test]
fn every_fault_of_every_list_is_told() {
    let lists = [("Dutch", "de\n"), ("nl", "@letters abc\nde\naansprakelijkheid\nvan de\n"), ("pl", "# nothing\n")];
    let errors = Languages::new(lists).unwrap_err();
    let faults: Vec<_> = errors.iter().map(|error| (error.code.as_str(), error.line, &error.fault)).collect();
    assert!(
        matches!(
            faults[..],
            [
                ("Dutch", None, LanguageFault::Code(_)),
                ("nl", Some(1), LanguageFault::Directive(_)),
                ("nl", Some(3), LanguageFault::Word(_)),
                ("nl", Some(4), LanguageFault::Word(_)),
                ("pl", None, LanguageFault::Empty),
            ]
        ),
        "{faults:?}"
    );
}
