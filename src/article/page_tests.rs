use super::*;
use crate::article::ArticleSettings;
use rstest::rstest;

#[track_caller]
fn check(
    page: &str,
    given_title: Option<&str>,
    title: Option<&str>,
    source: Option<&str>,
    published: Option<&str>,
    text: &str,
) {
    let zones = Zones::new(&ArticleSettings::default(), &mut Vec::new());
    let found = read(page, given_title, &zones, None);
    let published = published.map(|time| match time.parse() {
        Ok(instant) => Moment::Instant(instant),
        Err(_) => Moment::Local(time.parse().unwrap()),
    });
    assert_eq!(found, Page { title, source, published, text });
}

const BODY: &str = "Core View - A body that is longer than its title, as bodies are. It has 90% of everything [1].";

#[rstest]
#[case("Kitco News·2025-10-04 07:37", Some("Kitco News"), "2025-10-04T07:37:00")]
#[case("来源：新华网 2025年10月4日 07:37", Some("新华网"), "2025-10-04T07:37:00")]
#[case("2025-10-04 07:37:12 来源: 新浪财经", Some("新浪财经"), "2025-10-04T07:37:12")]
#[case("2025-10-04 07:37:12　来源: 新浪财经　作者：张三　阅读 1234", Some("新浪财经"), "2025-10-04T07:37:12")]
#[case("By Jane Doe, Reuters | Oct 4, 2025, 7:37 AM EDT", Some("Reuters"), "2025-10-04T11:37:00Z")]
#[case("Published: 4 October 2025", None, "2025-10-04T00:00:00")]
#[case("发布时间：2025/10/04 07:37", None, "2025-10-04T07:37:00")]
#[case("Oct. 4, 2025 07:37 GMT", None, "2025-10-04T07:37:00Z")]
#[case("Northern Times - October 4, 2025 - 5 min read", Some("Northern Times"), "2025-10-04T00:00:00")]
#[case("36Kr • 2025-10-04 07:37", Some("36Kr"), "2025-10-04T07:37:00")]
#[case("财联社10月 2025-10-04 07:37", Some("财联社10月"), "2025-10-04T07:37:00")]
#[case("中国矿业报 2025年10月04日", Some("中国矿业报"), "2025-10-04T00:00:00")]
#[case("Updated 7:37 AM EDT, Sat October 4, 2025", None, "2025-10-04T11:37:00Z")]
fn bylines(#[case] byline: &str, #[case] source: Option<&str>, #[case] published: &str) {
    let title = "铜价上涨，矿商扩产";
    let page = format!("Workflow\n{title}\r\n{byline}\r\n\r\n{BODY}\n\nMore.\n");
    check(&page, None, Some(title), source, Some(published), &format!("{BODY}\n\nMore."));
}

#[rstest]
#[case::two_site_lines("首页 > 财经\nHome\nLithium prices fall again\n2025-10-04\nBody.", "Lithium prices fall again")]
#[case::author_between(
    "Lithium prices fall again\nBy Jane Doe and John Roe\nOct 4, 2025\nBody.",
    "Lithium prices fall again"
)]
#[case::deck_between(
    "Lithium prices fall again\nThe slump goes on for a third month.\nOct 4, 2025\nBody.",
    "Lithium prices fall again"
)]
#[case::day_in_the_headline(
    "Metals brief, 4 October 2025\nWire — 2025-10-04 07:37\nBody.",
    "Metals brief, 4 October 2025"
)]
#[case::abbreviation_at_the_end("Copper flows to the U.S.\n2025-10-04 07:37\nBody.", "Copper flows to the U.S.")]
fn the_headline_above_a_byline(#[case] page: &str, #[case] title: &str) {
    let zones = Zones::new(&ArticleSettings::default(), &mut Vec::new());
    let found = read(page, None, &zones, None);
    assert_eq!((found.title, found.text), (Some(title), "Body."));
}

#[test]
fn labelled_lines_below_the_byline_are_header_too() {
    let page = "标题在这里呢\n2025-10-04 07:37\n来源：新浪财经\n责任编辑：李四\n\n正文从这里开始。";
    check(page, None, Some("标题在这里呢"), Some("新浪财经"), Some("2025-10-04T07:37:00"), "正文从这里开始。");
}

#[test]
fn a_word_that_is_also_a_label_may_begin_a_body() {
    let page = "A headline of words\n2025-10-04 07:37\nSource of lithium\nBy 2030 demand doubles\n";
    check(
        page,
        None,
        Some("A headline of words"),
        None,
        Some("2025-10-04T07:37:00"),
        "Source of lithium\nBy 2030 demand doubles",
    );
}

#[rstest]
#[case::title(
    "Copper rises\n\nBody of the article, which is longer.",
    None,
    Some("Copper rises"),
    "Body of the article, which is longer."
)]
#[case::site_word(
    "Home\nCopper rises\n\nBody of the article, which is longer.",
    None,
    Some("Copper rises"),
    "Body of the article, which is longer."
)]
#[case::one_line("Copper rises", None, None, "Copper rises")]
#[case::sentence_first(
    "Copper rose today.\nBody of the article, which is longer.",
    None,
    None,
    "Copper rose today.\nBody of the article, which is longer."
)]
#[case::short_rest("Copper rises on supply fears\nBody.", None, None, "Copper rises on supply fears\nBody.")]
#[case::given("Copper rises\nBody.", Some("Copper rises"), None, "Body.")]
#[case::date_in_prose(
    "On 4 October 2025 the government said that it would license the export of gallium.\nMore of it.",
    None,
    None,
    "On 4 October 2025 the government said that it would license the export of gallium.\nMore of it."
)]
#[case::empty(" \n ", None, None, "")]
#[case::mark("\u{feff}Copper rises", None, None, "Copper rises")]
fn without_a_byline(#[case] page: &str, #[case] given: Option<&str>, #[case] title: Option<&str>, #[case] text: &str) {
    check(page, given, title, None, None, text);
}

#[test]
fn a_byline_far_down_is_body() {
    let page = format!("Copper rises\n{}2025-10-04 07:37\n", "A paragraph of the body.\n".repeat(20));
    let zones = Zones::new(&ArticleSettings::default(), &mut Vec::new());
    assert_eq!(read(&page, None, &zones, None).published, None);
}
