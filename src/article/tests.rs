//! The room as a whole: a record in, an article or a refusal out.

use super::*;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

const RECORD_TIME: &str = "2025-10-06T00:00:00Z";

fn reader(settings: &str) -> ArticleReader {
    ArticleReader::new(&toml::from_str(settings).unwrap()).unwrap()
}

fn record(value: &[u8]) -> RawRecord<'_> {
    RawRecord { key: Some(b"key-1"), value: Some(value), timestamp: Some(RECORD_TIME.parse().unwrap()) }
}

fn shown(article: &Article) -> Value {
    json!({
        "id": article.id, "title": article.title, "text": article.text, "url": article.url, "source": article.source,
        "at": article.published.map(|published| published.at), "basis": article.published.map(|published| published.basis),
        "hash": article.content_hash, "kept": article.kept, "warnings": article.warnings,
    })
}

/// Reads `value` and compares what `expect` names.
#[track_caller]
fn check_with(settings: &str, value: Value, expect: Value) {
    let article = reader(settings).read(&record(value.to_string().as_bytes())).unwrap();
    let shown = shown(&article);
    for (name, expect) in expect.as_object().unwrap() {
        assert_eq!(&shown[name], expect, "{name} of {value}");
    }
}

#[track_caller]
fn check(value: Value, expect: Value) {
    check_with("", value, expect);
}

#[track_caller]
fn check_refusal(value: &[u8], code: RefusalCode, message: &str) {
    let refusal = reader("").read(&record(value)).unwrap_err();
    assert_eq!(refusal.code, code, "{}", refusal.message);
    assert!(refusal.message.contains(message), "{}", refusal.message);
    assert!(refusal.message.len() < 300, "{}", refusal.message);
}

#[rstest]
#[case::contract(
    json!({"id": "a-1", "title": " Copper ", "text": "Body.\r\n", "url": "https://x.example/1", "source": "Wire", "published_at": "2025-10-04T00:00:00Z"}),
    json!({"id": "a-1", "title": "Copper", "text": "Body.\r\n", "url": "https://x.example/1", "source": "Wire", "at": "2025-10-04T00:00:00Z", "basis": "zoned", "warnings": []}),
)]
#[case::news_api(
    json!({"source": {"id": null, "name": "Kitco"}, "author": "J", "title": "T", "description": "D", "url": "u", "publishedAt": "2025-10-04T00:00:00Z", "content": "C"}),
    json!({"title": "T", "text": "C", "source": "Kitco", "at": "2025-10-04T00:00:00Z"}),
)]
#[case::schema_org(
    json!({"headline": "H", "articleBody": "B", "datePublished": "2025-10-04", "publisher": {"@type": "Organization", "name": "P"}}),
    json!({"title": "H", "text": "B", "source": "P", "basis": "default_zone"}),
)]
#[case::rss(
    json!({"guid": "g", "title": "T", "link": "l", "pubDate": "Sat, 04 Oct 2025 07:37:00 +0800", "description": "<p>A &amp; B</p>"}),
    json!({"id": "g", "url": "l", "text": "A & B", "at": "2025-10-03T23:37:00Z"}),
)]
#[case::own_name_before_alias(json!({"content": "alias", "text": "own", "body": "other"}), json!({"text": "own"}))]
#[case::later_of_two(json!({"summary": "s", "content": "c"}), json!({"text": "c"}))]
#[case::null_is_absent(json!({"text": null, "content": "c", "title": null, "url": null, "source": null, "id": null}), json!({"text": "c", "title": null, "id": "key-1"}))]
#[case::blank_text(json!({"text": "  ", "html": "<p>h</p>", "raw": "r"}), json!({"text": "h"}))]
#[case::blank_html(json!({"text": "", "html": "<script>x</script>", "raw": "r"}), json!({"text": "r"}))]
#[case::only_summary(json!({"title": "T", "text": "", "description": "D"}), json!({"text": "D"}))]
#[case::text_is_plain(json!({"text": "<p>as it is</p>"}), json!({"text": "<p>as it is</p>"}))]
#[case::content_may_be_html(json!({"content": "<p>read</p>"}), json!({"text": "read"}))]
#[case::less_than_is_no_tag(json!({"content": "<5% of </p>"}), json!({"text": "<5% of </p>"}))]
#[case::alias_of_wrong_type(json!({"article": {"x": 1}, "body": "b", "site": 5, "date": []}), json!({"text": "b", "source": null}))]
#[case::unknown_ignored(json!({"text": "x", "extra": {"deep": [1, 2.5, {"a": "\u{1F600}"}]}}), json!({"text": "x", "kept": {}}))]
#[case::language_of_any_type(json!({"text": "x", "language": 5}), json!({"text": "x"}))]
fn fields(#[case] value: Value, #[case] expect: Value) {
    check(value, expect);
}

#[rstest]
#[case::string(json!({"id": " a ", "text": "x"}), "a")]
#[case::integer(json!({"id": -7, "text": "x"}), "-7")]
#[case::large(json!({"id": u64::MAX, "text": "x"}), "18446744073709551615")]
#[case::empty(json!({"id": "", "text": "x"}), "key-1")]
fn ids(#[case] value: Value, #[case] id: &str) {
    check(value, json!({"id": id}));
}

#[test]
fn id_of_records_without_one() {
    let id =
        |key: Option<&[u8]>, value: &str| reader("").read(&RawRecord { key, ..record(value.as_bytes()) }).unwrap().id;
    assert_eq!(id(Some(b"\xff\x01"), r#"{"text":"x"}"#), "ff01");
    // printf 'https://x.example' | sha256sum, printf 'T\nx' | sha256sum
    let url = id(Some(b""), r#"{"text":"x","url":"https://x.example"}"#);
    assert_eq!(url, "url-29d534674bab794364f9fe5c8c9605857089452f325ce3c94fbdad109c0f06df");
    assert_eq!(
        id(None, r#"{"text":"x","title":"T"}"#),
        "content-f88a6430b8d9124a12716a8968239053193554deb7d5a9c55a4d6628bcf3f9d8"
    );
}

#[rstest]
#[case::source_zone(json!({"source": "Sou Hu Cai Jing", "published_at": "2025-10-04 07:37"}), "2025-10-03T23:37:00Z", "source_zone", &[])]
#[case::zone_by_url(json!({"url": "https://finance.sina.com.cn/x", "published_at": "2025-10-04 07:37"}), "2025-10-03T23:37:00Z", "source_zone", &[])]
#[case::default_zone(json!({"source": "Reuters", "published_at": "2025-10-04 07:37"}), "2025-10-04T07:37:00Z", "default_zone", &[])]
#[case::zoned(json!({"source": "Kitco", "published_at": "2025-10-04T07:37:00+08:00"}), "2025-10-03T23:37:00Z", "zoned", &[])]
#[case::epoch(json!({"published_at": 1759534620}), "2025-10-03T23:37:00Z", "zoned", &[])]
#[case::epoch_ms(json!({"timestamp": 1759534620000_u64}), "2025-10-03T23:37:00Z", "zoned", &[])]
#[case::epoch_float(json!({"published_at": 1759534620.5}), "2025-10-03T23:37:00.5Z", "zoned", &[])]
#[case::gap(json!({"source": "Kitco", "published_at": "2025-03-09 02:30"}), "2025-03-09T07:30:00Z", "source_zone", &[])]
#[case::fold(json!({"source": "Kitco", "published_at": "2024-11-03 01:30"}), "2024-11-03T05:30:00Z", "source_zone", &[])]
#[case::unreadable(json!({"published_at": "last week"}), RECORD_TIME, "record_timestamp", &["published_at_unreadable"])]
#[case::year_9999(json!({"published_at": "9999-12-31T23:59:59Z"}), RECORD_TIME, "record_timestamp", &["published_at_out_of_range"])]
#[case::negative(json!({"published_at": -5}), RECORD_TIME, "record_timestamp", &["published_at_out_of_range"])]
#[case::too_old(json!({"published_at": "1989-12-31"}), RECORD_TIME, "record_timestamp", &["published_at_out_of_range"])]
#[case::just_tolerated(json!({"published_at": "2025-10-08T00:00:00Z"}), "2025-10-08T00:00:00Z", "zoned", &[])]
#[case::beyond(json!({"published_at": "2025-10-08T00:00:01Z"}), RECORD_TIME, "record_timestamp", &["published_at_out_of_range"])]
#[case::next_candidate(json!({"published_at": "soon", "date": "2025-10-04"}), "2025-10-04T00:00:00Z", "default_zone", &[])]
#[case::absent(json!({}), RECORD_TIME, "record_timestamp", &[])]
#[case::empty(json!({"published_at": ""}), RECORD_TIME, "record_timestamp", &[])]
#[case::from_html(json!({"text": null, "html": "<time datetime=2025-10-04>x</time>y"}), "2025-10-04T00:00:00Z", "default_zone", &[])]
fn times(#[case] mut value: Value, #[case] at: &str, #[case] basis: &str, #[case] warnings: &[&str]) {
    if value.get("text").is_none() {
        value["text"] = json!("x");
    }
    check(value, json!({"at": at, "basis": basis, "warnings": warnings}));
}

#[test]
fn without_a_records_timestamp() {
    let read = |value: &str| {
        reader("").read(&RawRecord { key: None, value: Some(value.as_bytes()), timestamp: None }).unwrap()
    };
    let absurd = read(r#"{"text":"x","published_at":"9999-01-01"}"#);
    assert_eq!((absurd.published, absurd.warnings), (None, vec!["published_at_out_of_range"]));
    assert!(read(r#"{"text":"x","published_at":"2031-01-01"}"#).published.is_some());
}

#[rstest]
#[case(br#"[1, 2]"#, RefusalCode::NotAnObject, "expected a JSON object, found an array")]
#[case(b"\"x\"", RefusalCode::NotAnObject, "found a string")]
#[case(b"null", RefusalCode::NotAnObject, "found null")]
#[case(b"7", RefusalCode::NotAnObject, "found an integer")]
#[case(b"", RefusalCode::InvalidJson, "line 1 column 0")]
#[case(b"not json", RefusalCode::InvalidJson, "line 1 column 2")]
#[case(b"{\"text\": \"x\"", RefusalCode::InvalidJson, "EOF while parsing an object at line 1 column 12")]
#[case(b"{\"text\": \"x\"}\n{}", RefusalCode::InvalidJson, "trailing characters at line 2 column 1")]
#[case(b"[1, 2", RefusalCode::InvalidJson, "EOF")]
#[case(b"{\"text\": \"a\nb\"}", RefusalCode::InvalidJson, "control character")]
#[case(b"{\"text\": \"\\uD8\"}", RefusalCode::InvalidJson, "invalid escape")]
#[case(b"{\"text\": \"\xff\"}", RefusalCode::InvalidUtf8, "byte 0xff at offset 10")]
#[case(
    br#"{"id": 1.5, "text": "x"}"#,
    RefusalCode::WrongType,
    "field `id`: expected a string or an integer, found a number with a fraction"
)]
#[case(br#"{"id": true, "text": "x"}"#, RefusalCode::WrongType, "found a boolean")]
#[case(br#"{"text": 5}"#, RefusalCode::WrongType, "field `text`: expected a string, found an integer")]
#[case(br#"{"text": ["a", "b"]}"#, RefusalCode::WrongType, "found an array")]
#[case(br#"{"content": {"a": 1}}"#, RefusalCode::WrongType, "field `content`: expected a string, found an object")]
#[case(br#"{"title": {}, "text": "x"}"#, RefusalCode::WrongType, "field `title`")]
#[case(br#"{"source": [], "text": "x"}"#, RefusalCode::WrongType, "field `source`")]
#[case(br#"{"published_at": {}, "text": "x"}"#, RefusalCode::WrongType, "field `published_at`: expected a time")]
#[case(br#"{"title": "only a title"}"#, RefusalCode::NoText, "`text`, `html`, `raw`")]
#[case(br#"{"text": " \n\u3000"}"#, RefusalCode::NoText, "found none")]
#[case(b"{}", RefusalCode::NoText, "found none")]
fn refusals(#[case] value: &[u8], #[case] code: RefusalCode, #[case] message: &str) {
    check_refusal(value, code, message);
}

#[test]
fn tombstone_and_sizes() {
    let refusal = reader("").read(&RawRecord::default()).unwrap_err();
    assert_eq!((refusal.code, refusal.code.as_str()), (RefusalCode::NullValue, "null_value"));
    check_refusal(&vec![b' '; 30 << 20], RefusalCode::TooLarge, "at most 4194304 bytes, found 31457280");
    let value = json!({"text": "x".repeat((1 << 20) + 1)}).to_string();
    check_refusal(value.as_bytes(), RefusalCode::TooLarge, "at most 1048576 bytes of title and text");
    check(json!({"text": "x".repeat(1 << 20)}), json!({"warnings": []}));
}

#[rstest]
#[case::brackets("[", 1_000_000)]
#[case::in_an_unknown_field("{\"x\":[", 200_000)]
#[case::just_too_deep("{\"x\":", 128)]
fn too_deep(#[case] piece: &str, #[case] times: usize) {
    check_refusal(piece.repeat(times).as_bytes(), RefusalCode::TooDeep, "deeper than 127 levels");
    let kept = reader("keep_fields = ['x']").read(&record(piece.repeat(times).as_bytes())).unwrap_err();
    assert_eq!(kept.code, RefusalCode::TooDeep);
}

#[test]
fn deep_enough_and_a_million_brackets_of_text() {
    let deep = format!("{{\"x\":{}{}, \"text\":\"t\"}}", "[".repeat(126), "]".repeat(126));
    assert_eq!(reader("").read(&record(deep.as_bytes())).unwrap().text, "t");
    let brackets = "[".repeat(1_000_000);
    check(json!({"text": brackets}), json!({"text": brackets}));
    check(json!({"raw": brackets}), json!({"text": brackets}));
    check(json!({"html": "<div>".repeat(700_000) + "x"}), json!({"text": "x"}));
}

#[rstest]
#[case(r#"{"text":"a\ud83d b"}"#, "a\u{fffd} b", true)]
#[case(r#"{"text":"a\udc00"}"#, "a\u{fffd}", true)]
#[case(r#"{"text":"\ud83d\ud83d\ude00\\ud83d"}"#, "\u{fffd}\u{1f600}\\ud83d", true)]
#[case(r#"{"text":"\ud83d\u0041"}"#, "\u{fffd}A", true)]
#[case(r#"{"text":"x","other\ud83d":"\udead"}"#, "x", true)]
#[case(r#"{"text":"\ud83d\ude00"}"#, "\u{1f600}", false)]
fn lone_surrogates_are_replaced(#[case] value: &str, #[case] text: &str, #[case] warned: bool) {
    for settings in ["", "keep_fields = ['x']"] {
        let article = reader(settings).read(&record(value.as_bytes())).unwrap();
        assert_eq!((article.text.as_str(), article.warnings.contains(&"lone_surrogate_replaced")), (text, warned));
    }
}

#[test]
fn byte_order_mark() {
    assert_eq!(reader("").read(&record("\u{feff}{\"text\":\"x\"}".as_bytes())).unwrap().text, "x");
}

const MAPPED: &str = r#"
    keep_fields = ["tags", "language", "absent"]
    [fields]
    text = ["/data/missing", "/data/0/body"]
    id = "/meta/a~1b"
    published_at = "/meta/when"
    source = "/meta/site"
    [sources]
    "my wire" = "Asia/Tokyo"
"#;

#[test]
fn mapped_and_kept_fields() {
    let value = json!({
        "data": [{"body": "mapped"}], "text": "own", "title": "T", "tags": ["a", {"b": 1}], "language": "en",
        "meta": {"a/b": 12, "when": "2025-10-04 09:00", "site": {"name": "My Wire Daily"}},
    });
    check_with(
        MAPPED,
        value,
        json!({
            "id": "12", "text": "mapped", "title": "T", "source": "My Wire Daily", "at": "2025-10-04T00:00:00Z", "basis": "source_zone",
            "kept": {"tags": ["a", {"b": 1}], "language": "en"},
        }),
    );
    check_with(MAPPED, json!({"text": "own"}), json!({"text": "own", "id": "key-1", "kept": {}}));
    let refusal = reader(MAPPED).read(&record(br#"{"data": [{"body": 5}], "text": "own"}"#)).unwrap_err();
    assert_eq!(refusal.message, "field `/data/0/body`: expected a string, found an integer");
}

/// The shape of the sample that the service was first asked to read, in other words.
const PAGE: &str = "Workflow\n中方为何不急?巴铁与美签约,稀土换来外汇\nSou Hu Cai Jing·2025-10-04 07:37\n\n\
    Core View - Pakistan wants to refine rare earths [1] Outlook - China keeps about 90% of the market [4][5]";

#[test]
fn the_three_forms_of_one_article_read_alike() {
    let body = PAGE.rsplit_once('\n').unwrap().1;
    let title = "中方为何不急?巴铁与美签约,稀土换来外汇";
    let expect = json!({
        "title": title, "text": body, "source": "Sou Hu Cai Jing", "at": "2025-10-03T23:37:00Z", "basis": "source_zone",
    });
    check(json!({"raw": PAGE}), expect.clone());
    check(
        json!({"title": title, "text": body, "source": "Sou Hu Cai Jing", "published_at": "2025-10-04 07:37"}),
        expect.clone(),
    );
    let html = format!(
        "<html><head><title>{title}_搜狐</title><meta property='og:site_name' content='Sou Hu Cai Jing'></head><body><nav>Workflow</nav>\
         <article><h1>{title}</h1><time datetime='2025-10-04 07:37'></time><p>{body}</p></article></body></html>"
    );
    check(json!({"html": html}), expect);
}

#[test]
fn content_hash_is_of_title_line_feed_and_text() {
    // printf 'T\nx' | sha256sum; printf '\nx' | sha256sum
    check(
        json!({"title": "T", "text": "x"}),
        json!({"hash": "f88a6430b8d9124a12716a8968239053193554deb7d5a9c55a4d6628bcf3f9d8"}),
    );
    check(json!({"text": "x"}), json!({"hash": "bbe56d7c2d0f1f7271eb6f829800598a0a1c5a54f09cb49c47607e0698af7d6f"}));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[0-9年月日:./ +TZ-]{0,20}".prop_map(Value::from),
        "(<[a-z/]{1,6}>|[a-z &;\n·]|来源：){0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from), object("[a-z]{0,4}|name", inner)]
    })
}

fn object(name: &'static str, value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::btree_map(name, value, 0..6).prop_map(|members| Value::Object(members.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_panic_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), key in prop::option::of(prop::collection::vec(any::<u8>(), 0..8))) {
        let _ = reader("").read(&RawRecord { key: key.as_deref(), value: Some(&bytes), timestamp: None });
    }

    #[test]
    fn any_object_is_read_alike_each_time_and_with_any_settings(
        value in object("id|title|text|html|raw|url|source|published_at|date|content|description|link", any_json()),
    ) {
        let bytes = value.to_string();
        let first = reader("").read(&record(bytes.as_bytes()));
        prop_assert_eq!(&first, &reader("").read(&record(bytes.as_bytes())));
        // The path by way of a whole `Value` reads as the quick one does.
        prop_assert_eq!(&first, &reader("keep_fields = ['nothing']").read(&record(bytes.as_bytes())));
        if let Ok(article) = first {
            prop_assert!(!article.text.trim().is_empty() && !article.id.is_empty());
        }
    }

    #[test]
    fn a_page_keeps_its_words(page in "(\\PC{0,30}\n){0,8}") {
        if let Ok(article) = reader("").read(&record(json!({"raw": page}).to_string().as_bytes())) {
            prop_assert!(page.contains(&article.text));
        }
    }
}
