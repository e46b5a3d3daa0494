use super::*;
use serde_json::{Value, json};

/// Each entry of a file under `tests/data/intake`, as its place and record or reason.
fn read(file: &str) -> Vec<(String, Value)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake").join(file);
    let bytes = std::fs::read(path).unwrap();
    read_bytes(&bytes, None)
}

fn read_bytes(bytes: &[u8], format: Option<Format>) -> Vec<(String, Value)> {
    let mut reader = bytes;
    let format = format.unwrap_or_else(|| guess(&mut reader).unwrap());
    let entries = entries(reader, format).unwrap().map(Result::unwrap);
    let read = entries.map(|Entry { place, record }| match record {
        Ok(record) => (place, serde_json::from_slice(&record).unwrap()),
        Err(reason) => (place, Value::from(reason)),
    });
    read.collect()
}

#[test]
fn the_format_shows_in_how_a_file_begins() {
    let gkg = "20251103081500-1\t20251103081500\t1\twire.example\thttps://wire.example/";
    for (start, expected) in [
        ("{\"text\": \"a,b\"}\n", Format::Lines),
        ("", Format::Lines),
        ("not json, title or not\n", Format::Lines),
        ("\u{feff}\n <?xml version=\"1.0\"?><rss>", Format::Feed),
        ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", Format::Feed),
        ("title,url\n", Format::Table(b',')),
        ("\u{feff}\"Title\";\"Text\"\n", Format::Table(b';')),
        ("crawl\tpubDate\tbody, in full\n", Format::Table(b'\t')),
        ("GKGRECORDID,DocumentIdentifier\n", Format::Table(b',')),
        (gkg, Format::Gkg),
    ] {
        assert_eq!(guess(&mut start.as_bytes()).unwrap(), expected, "{start:?}");
    }
}

#[test]
fn rss_gives_the_whole_text_where_the_feed_has_it_and_the_headline_where_there_is_no_more() {
    let source = "Ore & Harbour";
    let expected = [
        json!({
            "id": "oh-1", "title": "Zambia’s copper leaves by the northern line", "source": source, "language": "en-gb",
            "html": "<p>Zambia shipped 40,000 tonnes of copper by the northern line in October.</p>\
                     <p>The ministry of mines expects as much again.</p>",
            "url": "https://ore-harbour.example/zambia-copper", "published_at": "Mon, 03 Nov 2025 09:30:00 +0200",
        }),
        json!({
            "title": "Tin on the quay in Indonesia", "source": source, "language": "en-gb",
            "html": "<p>Indonesia held back 2,000 tonnes of tin &amp; its smelters wait.</p>",
            "url": "https://ore-harbour.example/indonesia-tin", "published_at": "Tue, 04 Nov 2025 00:15:00 GMT",
        }),
        json!("it has neither a text nor a headline"),
        json!({
            "id": "oh-4", "text": "Bolivia signs for lithium", "source": source, "language": "en-gb",
            "url": "https://ore-harbour.example/bolivia-lithium",
        }),
    ];
    let places = ["entry 1", "entry 2", "entry 3", "entry 4"].map(str::to_owned);
    assert_eq!(read("news.rss"), places.into_iter().zip(expected).collect::<Vec<_>>());
}

#[test]
fn atom_takes_the_address_of_the_page_and_the_time_of_publication() {
    let read = read("news.atom");
    let first = json!({
        "id": "urn:example:harbour:1", "title": "智利铜矿增产", "text": "智利十月份铜产量增加百分之三。", "source": "示例港口报",
        "url": "https://harbour.example/1", "published_at": "2025-11-04T07:45:00+08:00",
    });
    let second = json!({
        "id": "urn:example:harbour:2", "title": "Guinea & its bauxite", "source": "示例港口报",
        "text": "Guinea loaded more bauxite in October than in any month before.",
        "url": "https://harbour.example/2", "published_at": "2025-11-04T06:00:00Z",
    });
    let without_language = |mut record: Value| {
        record.as_object_mut().unwrap().remove("language");
        record
    };
    let records: Vec<Value> = read.into_iter().map(|(_, record)| without_language(record)).collect();
    assert_eq!(records, [first, second]);
}

#[test]
fn a_broken_feed_is_one_fault_with_its_line() {
    let read = read("broken.rss");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].0, "line 6");
    assert!(read[0].1.as_str().unwrap().starts_with("the feed is broken here"), "{read:?}");
    let other = read_bytes(b"<html><p>No feed</p></html>", None);
    assert_eq!(other, [("the feed".to_owned(), json!("unable to parse feed: no root element"))]);
}

#[test]
fn a_feed_that_is_only_deep_is_refused() {
    let group = r#"<media:group xmlns:media="http://search.yahoo.com/mrss/">"#;
    let feed = |depth: usize| {
        let (open, close) = (group.repeat(depth), "</media:group>".repeat(depth));
        format!("<rss version=\"2.0\"><channel>\n<item><title>Tin</title>{open}{close}</item></channel></rss>")
    };
    let read = read_bytes(feed(50_000).as_bytes(), None);
    let reason = "the feed is broken here, nothing of it was read: it is nested deeper than 200 levels";
    assert_eq!(read, [("line 2".to_owned(), json!(reason))]);
    assert_eq!(read_bytes(feed(100).as_bytes(), None)[0].1["text"], "Tin");
}

#[test]
fn times_and_letters_are_taken_as_they_are_written() {
    let feed = "<?xml version=\"1.0\" encoding=\"utf-16\"?><rss version=\"2.0\"><channel><title>报</title><item><title>智利铜</title>\
                <pubDate> 2025-11-03 08:00 </pubDate></item></channel></rss>";
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(feed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let expected = json!({"text": "智利铜", "source": "报", "published_at": "2025-11-03 08:00"});
    assert_eq!(read_bytes(&utf16, None), [("entry 1".to_owned(), expected)]);
}

#[test]
fn json_feed_is_read_too() {
    let feed = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [
        {"id": "7", "url": "https://quay.example/7", "content_text": "Gabon digs manganese.", "title": "Manganese"}]}"#;
    let expected = json!({
        "id": "7", "title": "Manganese", "text": "Gabon digs manganese.", "url": "https://quay.example/7", "source": "Quay",
    });
    assert_eq!(read_bytes(feed, None), [("entry 1".to_owned(), expected)]);
}

#[test]
fn rows_under_a_header_are_objects_and_bad_ones_have_their_number() {
    let read = read("articles.csv");
    let places: Vec<&str> = read.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["row 2", "row 3", "row 4", "row 5", "row 6"]);
    let first = json!({
        "title": "Nickel, again", "url": "https://table.example/1", "body": "Indonesia refined more nickel.\nPrices fell.",
        "source": "Table Post", "publishedAt": "2025-11-02T10:00:00Z",
    });
    assert_eq!(read[0].1, first);
    assert_eq!(read[1].1, "2 columns; the header has 5");
    // whether a row is an article is for the article's reader to say
    assert_eq!(read[2].1.get("title"), None);
    assert_eq!(read[3].1, "column 1 is not UTF-8");
    assert_eq!(read[4].1["body"], "Congo keeps its cobalt at home.");
}

#[test]
fn gdelt_gives_headline_address_site_time_and_themes() {
    let read = read("gdelt.gkg.csv");
    let first = json!({
        "id": "20251103081500-1", "text": "Pakistan’s tungsten finds a buyer", "url": "https://wire.example/tungsten",
        "source": "wire.example", "published_at": "2025-11-03T07:42:00Z", "themes": ["ENV_MINING", "ECON_TRADE"],
    });
    let expected = [
        ("line 1", first),
        ("line 2", json!("no PAGE_TITLE in its extras, and GDELT carries no text")),
        ("line 3", json!("19 columns; GDELT GKG 2.1 has 27")),
    ];
    assert_eq!(read[..3], expected.map(|(place, record)| (place.to_owned(), record)));
    assert_eq!(
        (&read[3].1["text"], &read[3].1["published_at"]),
        (&json!("秘鲁黄金出口增加"), &json!("2025-11-03T08:15:00Z"))
    );
}

#[test]
fn gdelt_by_bigquery_is_told_by_its_header() {
    let expected = json!({
        "id": "20251103083000-7", "text": "Mozambique ships \"flake\" graphite", "url": "https://wire.example/graphite",
        "source": "wire.example", "published_at": "2025-11-03T08:30:00Z", "themes": ["ENV_MINING"],
    });
    assert_eq!(read("bigquery.csv"), [("row 2".to_owned(), expected)]);
}

#[test]
fn lines_are_bytes_without_their_ends() {
    let read: Vec<Vec<u8>> = lines(&b"a\r\nb\xff\n\nc"[..]).map(Result::unwrap).collect();
    assert_eq!(read, [&b"a"[..], b"b\xff", b"", b"c"]);
}
