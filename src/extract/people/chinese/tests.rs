use crate::extract::extract_one;
use crate::lexicon::Lexicon;
use crate::text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the embedded lexicon"));

/// The people found in a text, in order, as written.
fn check(text: &str, expect: &[&str]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
    let names: Vec<&str> = found.people.iter().map(|person| found.scan.text(person.at)).collect();
    assert_eq!(names, expect, "in {text}");
}

#[test]
fn a_verb_of_saying_shows_who_speaks() {
    check("周敏惠说，货已到港。", &["周敏惠"]);
    check("邓其昌则表示，矿山照常生产。", &["邓其昌"]);
    check("钱守义在股东会上说，分红不变。", &["钱守义"]);
    check("高价说明需求旺盛。金价表示强势。方案称可行。", &[]);
}

#[test]
fn an_occupation_shows_whose_name_follows() {
    check("会计银凤珍出庭作证。", &["银凤珍"]);
    check("考生石英远获得第二名。", &["石英远"]);
    check("老师斯琴其木格给孩子们上课。", &["斯琴其木格"]);
    check("司机白天休息，教练方面没有回应，少年宫展出两周。", &[]);
}

#[test]
fn a_place_or_a_body_shows_whose_name_follows() {
    check("铜牌归日本的高桥健。", &["高桥健"]);
    check("九岁的周子墨凭一幅画得奖。", &["周子墨"]);
    check("智利的高品位矿石越来越少。", &[]);
}

#[test]
fn traditional_characters_are_read_as_simplified_ones() {
    check("高級監督譚詠珊說，貨物已經扣留。", &["譚詠珊"]);
}

#[test]
fn foreign_names_keep_all_their_parts() {
    check("工程师让-吕克·莫雷尔没有回应。", &["让-吕克·莫雷尔"]);
    check("巴基斯坦籍的艾哈迈德·汗是司机。", &["艾哈迈德·汗"]);
    check("报告作者保罗·卡邦多来自戈马。", &["保罗·卡邦多"]);
    check("首席执行官梅尔让·尤苏波夫在电话会上说，酸不够用。", &["梅尔让·尤苏波夫"]);
    check("批评者玛尔塔·基隆博说，谁也没有同意。", &["玛尔塔·基隆博"]);
    check("总统令堵上了缺口。", &[]);
    check("志愿者何塞·金特罗在教室里画画。", &["何塞·金特罗"]);
}

#[test]
fn a_metal_within_a_name_is_none() {
    let document = Document::new(None, "老师铁梅珍说，孩子们很高兴。", LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
    assert!(found.scan.names.iter().all(|name| found.scan.text(name.at) != "铁"));
}

#[test]
fn later_mentions_are_found_by_the_name_or_its_parts() {
    check("老板安德烈·莫罗索夫说，路不好走。莫罗索夫有车。", &["安德烈·莫罗索夫", "莫罗索夫"]);
    check("记者问起此事，经理王美玲没有回答。后来王美玲辞职了。", &["王美玲", "王美玲"]);
}

#[test]
fn the_bracket_after_a_name_holds_the_same_persons() {
    check("高管彼得·坎宁安（Peter Cunningham）表示。", &["彼得·坎宁安", "Peter Cunningham"]);
    let text = "必和必拓首席执行官石道远（Yara Vondrak）表示。";
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
    let bracket = found.people.iter().find(|person| found.scan.text(person.at) == "Yara Vondrak");
    assert_eq!(bracket.and_then(|person| person.same).map(|at| found.scan.text(at)), Some("石道远"));
    assert_eq!(found.organisations.len(), 1, "the bracket is nobody's short name");
}
