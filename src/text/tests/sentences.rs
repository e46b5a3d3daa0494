use rstest::rstest;

use super::{body, headline, sentences_of};

#[rstest]
#[case(&["Copper rose 3.5%.", "Zinc fell."])]
#[case(&["He visited the U.S. Army base.", "It is old."])]
#[case(&["He visited the U.S.", "The agreement was signed."])]
#[case(&["Talks in the U.S. and the U.K. went on.", "But no deal came."])]
#[case(&["Mr. Smith met Dr. Khan, Gen. Munir and Sen. J. P. Jones.", "They talked."])]
#[case(&["Freeport Inc. Chief Executive Adams spoke to Lynas Ltd. managers.", "Shares rose."])]
#[case(&["It was sold to Alcoa Corp.", "The price was not told."])]
#[case(&["Pit No. 5 opened on Oct. 4 near St. Ives, approx. 3 km away, vs. 2 before.", "Was it cheap?", "No.", "Not at all!"])]
#[case(&["He said \"the ore is poor.\"", "She left (in June.)", "Then “it rained.”", "Snow came."])]
#[case(&["Output grew.[4]", "Demand fell. [4][5]", "Stocks are low [1].", "Nobody knows."])]
#[case(&["Wait ... for it.", "Well... Maybe not."][..1])]
#[case(&["See example.com or mail a.b@c.org for version 1.2.3 of it.", "Bye."])]
#[case(&["It costs $5.", "$3 is less.", "“Much less,” he said."])]
#[case(&["The metal - used in magnets - is scarce.", "Buyers pay."])]
#[case(&["\"Why now?\" he asked.", "Yahoo! is not a mine."])]
#[case(&["Output rose in 2025.", "Prices fell."])]
#[case(&["It ended at 5 p.m.", "The next day began."])]
#[case(&["Ores, e.g. The Blue, etc. are rare.", "All sold."])]
// Chinese
#[case(&["锂价上涨。", "分析师说：“供应不足。”", "他未解释！", "为什么？", "一是成本；", "二是政策。"])]
#[case(&["中国为何不阻拦?", "巴铁总理赴美签字,卖稀土矿给美国续命"])]
#[case(&["价格为3.5万元。", "涨幅25%。[3]", "后市难料……专家称。"])]
#[case(&["稀土（即17种元素）很重要！", "”他说。"][..1])]
// others
#[case(&["광산이 문을 열었다.", "가격은 내렸다."])]
#[case(&["鉱山が開いた。", "価格は下がった。"])]
#[case(&["Рудник открыт.", "Цена упала."])]
#[case(&["Am 3. Oktober stieg der Preis.", "Er fiel bzw. Kupfer fiel."])]
#[case(&["El Sr. Rojas y EE.UU. firmaron.", "¿Por qué?", "Nadie sabe."])]
#[case(&["هل ارتفع السعر؟", "نعم."])]
fn parts_at_stops(#[case] expected: &[&str]) {
    let separator = if expected[0].contains(|c: char| ('\u{3041}'..'\u{a000}').contains(&c)) { "" } else { " " };
    assert_eq!(sentences_of(&body(&expected.join(separator))), expected);
}

#[rstest]
// bullets and headings within a line
#[case("Key Point - Peru signed a deal for copper and gold [1] Market Context - Prices are low. Buyers wait [1] - The talks with the U.S. went on [4] Peru-U.S. Cooperation - The deal covers ore [7] - Chile's mines follow those of the U.S. [4][5] Open Questions - Nobody knows [9]",
    &["# Key Point", "- Peru signed a deal for copper and gold [1]", "# Market Context", "- Prices are low.", "Buyers wait [1]",
      "- The talks with the U.S. went on [4]", "# Peru-U.S. Cooperation", "- The deal covers ore [7]", "- Chile's mines follow those of the U.S. [4][5]", "# Open Questions", "- Nobody knows [9]"])]
#[case("Ore is dear. • Tin rose • Zinc fell", &["Ore is dear.", "• Tin rose", "• Zinc fell"])]
#[case("Stocks fell. Peru - a big producer - is quiet. Chile - The Giant - too.", &["Stocks fell.", "Peru - a big producer - is quiet.", "Chile - The Giant - too."])]
#[case("NEW YORK - Gold fell.", &["NEW YORK - Gold fell."])]
#[case("as shown in [4] and [5] by them. Done", &["as shown in [4] and [5] by them.", "Done"])]
#[case("Risks and Outlook of the Market - Demand is weak. Outlook for the – No one knows.",
    &["# Risks and Outlook of the Market", "- Demand is weak.", "Outlook for the – No one knows."])]
// lines
#[case("One line\nThe other", &["One line", "The other"])]
#[case("Nickel mines in the east of the island were closed after heavy\nrain, and the roads to the port of Morowali are still under\nwater. Exports stopped.",
    &["Nickel mines in the east of the island were closed after heavy\nrain, and the roads to the port of Morowali are still under\nwater.", "Exports stopped."])]
#[case("Nickel mines in the east of the island were closed by the\nMinistry of Energy, which sent teams.", &["Nickel mines in the east of the island were closed by the\nMinistry of Energy, which sent teams."])]
#[case("The following metals were sold on the exchange in that month\n- copper\n- tin", &["The following metals were sold on the exchange in that month", "- copper", "- tin"])]
#[case("1. Copper is dear.\n2. Tin is not.\n（1）锡价上涨\n一、铜", &["1. Copper is dear.", "2. Tin is not.", "（1）锡价上涨", "一、铜"])]
#[case("a\r\nb\u{2028}c", &["a", "b", "c"])]
#[case("矿业公司今年第一季度在非洲中部的几个国家增加了对铜和钴以及其他金属的投\n资，产量因此增长。", &["矿业公司今年第一季度在非洲中部的几个国家增加了对铜和钴以及其他金属的投\n资，产量因此增长。"])]
// headings on lines of their own
#[case("## Supply\nThe mine is closed.", &["# ## Supply", "The mine is closed."])]
#[case("**What it means**\nnothing much", &["# **What it means**", "nothing much"])]
#[case("Supply and Demand\nThe mine is closed, and nobody knows for how long it will be so.", &["# Supply and Demand", "The mine is closed, and nobody knows for how long it will be so."])]
#[case("What the deal means\nThe mine is closed, and nobody knows for how long it will be so.", &["# What the deal means", "The mine is closed, and nobody knows for how long it will be so."])]
#[case("一、市场影响\n受此消息影响，稀土板块上涨。\n【背景】\n公司成立于去年。", &["# 一、市场影响", "受此消息影响，稀土板块上涨。", "# 【背景】", "公司成立于去年。"])]
#[case("市场影响\n受此消息影响，稀土板块今日大幅上涨，多家公司的股价创下今年以来的新高。", &["# 市场影响", "受此消息影响，稀土板块今日大幅上涨，多家公司的股价创下今年以来的新高。"])]
#[case("By Ann Smith, 2025-10-04 07:37\nThe mine is closed, and nobody knows for how long it will be so.", &["By Ann Smith, 2025-10-04 07:37", "The mine is closed, and nobody knows for how long it will be so."])]
#[case("", &[])]
#[case(" \n\n\u{feff} ", &[])]
fn parts_lines_and_headings(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(sentences_of(&body(text)), expected);
}

#[rstest]
#[case("Lithium Prices - The Big Slump", &["Lithium Prices - The Big Slump"])]
#[case("中国为何不阻拦?巴铁总理赴美签字", &["中国为何不阻拦?", "巴铁总理赴美签字"])]
fn a_title_has_no_headings(#[case] title: &str, #[case] expected: &[&str]) {
    assert_eq!(sentences_of(&headline(title)), expected);
}

#[rstest]
#[case("One.\n\nTwo. Three.\n\n\n\nFour.", &[0, 1, 1, 2])]
#[case("## First\n\nOne. Two.\n\n## Second\nThree.\n\nFour.", &[0, 0, 0, 1, 1, 2])]
#[case("\n\nOne.\nTwo.", &[0, 0])]
#[case("Peru sold ore [1] Market Context - Prices fell [2] - The rest [3] Next Big Steps - None.", &[0, 1, 1, 1, 2, 2])]
fn sections_grow_at_headings_and_blank_lines(#[case] text: &str, #[case] expected: &[u16]) {
    let field = body(text);
    assert_eq!(field.sentences.iter().map(|s| s.section).collect::<Vec<_>>(), expected, "{:?}", sentences_of(&field));
}

#[rstest]
#[case("word ", 2)]
#[case("稀土", 3)]
#[case("x", 3)]
fn an_endless_sentence_is_cut(#[case] unit: &str, #[case] least: usize) {
    let sentences = body(&unit.repeat(3000 * 5 / unit.len())).sentences.len();
    assert!(sentences >= least, "{sentences}");
}
