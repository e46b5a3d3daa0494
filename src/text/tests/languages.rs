use rstest::rstest;

use super::{body, document};
use crate::text::Language;

#[rstest]
#[case("The mine will produce copper for the next ten years, and it is owned by the state.", Language::En)]
#[case("Lithium rallied", Language::En)]
#[case("智利的锂产量今年增长了一成。", Language::Zh)]
#[case("La mina producirá cobre durante los próximos diez años, según el ministro de energía.", Language::Es)]
#[case("Le ministre a dit que la mine de cuivre sera fermée dans les prochaines semaines.", Language::Fr)]
#[case("A mina não vai produzir cobre até o fim do ano, mas os sócios esperam uma licença.", Language::Pt)]
#[case(
    "Die Mine wird in den nächsten Jahren mehr Kupfer fördern, und das ist für die Industrie wichtig.",
    Language::De
)]
#[case("Tambang itu akan berproduksi lagi tahun ini, dan nikel dari Sulawesi dijual ke pabrik baterai.", Language::Id)]
#[case("Рудник будет давать больше меди.", Language::Ru)]
#[case("Шахтаї їдуть до міста", Language::Other)]
#[case("鉱山は来年から銅を生産する予定です。", Language::Ja)]
#[case("광산은 내년부터 구리를 생산한다.", Language::Ko)]
#[case("سوف ينتج المنجم النحاس العام القادم", Language::Ar)]
#[case("کان سے تانبا نکالا جائے گا", Language::Other)]
#[case(
    "La miniera di rame produrrà molto più metallo nel prossimo anno, hanno detto gli ingegneri della società.",
    Language::Other
)]
#[case(
    "Kopalnia miedzi wyprodukuje w przyszłym roku znacznie więcej metalu niż obecnie, powiedział dyrektor spółki.",
    Language::Other
)]
// mixed: the majority decides, a Chinese character weighing two letters
#[case("该公司（MP Materials）将在德克萨斯州生产磁铁。", Language::Zh)]
#[case("The company known as 稀土 sells magnets to buyers abroad.", Language::En)]
#[case("12 345", Language::Other)]
fn tells(#[case] text: &str, #[case] expected: Language) {
    assert_eq!(body(text).sentences[0].language, expected);
}

#[rstest]
#[case(None, "", &[])]
#[case(Some("矿价为何上涨?"), "The price of the ore has risen since May. It may rise again.", &["zh", "en"])]
#[case(None, "今年锂价上涨。OK. 分析师认为供应仍然过剩，价格难以继续上行，矿企正在减产。", &["zh"])]
#[case(Some("Cobre 2026"), "El precio del cobre subió en la semana, según los analistas de la bolsa.", &["es"])]
#[case(None, "The ministry has said that it will open the mine.\nEl ministerio de minas ha dicho que la mina se abrirá en el sur.", &["en", "es"])]
fn lists_an_articles_languages(#[case] title: Option<&str>, #[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(document(title, text).languages(), expected);
}

#[test]
fn every_language_has_its_own_code() {
    let mut codes = Language::ALL.map(Language::code);
    codes.sort_unstable();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
}
