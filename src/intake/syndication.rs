//! RSS, Atom and JSON Feed.

use super::record::{Record, filled};
use super::{Entry, markup};
use feed_rs::model::{self, Feed, Link, Text};
use feed_rs::parser::{Builder, ParseFeedError};
use std::io::{self, BufRead};

/// Every entry of a feed. A feed that is broken is one fault: nobody can say where its next entry begins.
pub(super) fn entries(mut reader: impl BufRead) -> io::Result<Vec<Entry>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    // An entry without an id of its own has none: the article's reader makes one that is the same every time.
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    let feed = match parser.parse(bytes.as_slice()) {
        Ok(feed) => feed,
        Err(error) => return Ok(vec![broken(&bytes, &error)]),
    };
    let about = About::of(&feed);
    let entries = feed.entries.into_iter().zip(1_u64..);
    let entry =
        |(entry, number)| Entry { place: format!("entry {number}"), record: record(entry, &about).into_bytes() };
    Ok(entries.map(entry).collect())
}

/// What a feed says about all its entries.
struct About {
    source: Option<String>,
    language: Option<String>,
}

impl About {
    fn of(feed: &Feed) -> Self {
        Self { source: feed.title.as_ref().and_then(headline), language: feed.language.clone() }
    }
}

fn record(entry: model::Entry, about: &About) -> Record {
    let content = entry.content.and_then(|content| {
        let html = content.content_type.to_string() != "text/plain";
        Some((content.body?, html))
    });
    let summary = entry.summary.map(|summary| (summary.content, summary.content_type.to_string() != "text/plain"));
    // the whole text where the feed has it, else its summary; a picture is no text
    let body = [content, summary]
        .into_iter()
        .flatten()
        .find(|(body, html)| if *html { !markup::plain(body).is_empty() } else { !body.trim().is_empty() });
    let (html, text) = match body {
        Some((body, true)) => (Some(body), None),
        Some((body, false)) => (None, Some(body)),
        None => (None, None),
    };
    Record {
        id: filled(&entry.id),
        title: entry.title.as_ref().and_then(headline),
        text,
        html,
        url: address(&entry.links),
        source: about.source.clone(),
        language: entry.language.or_else(|| about.language.clone()),
        published_at: entry.published.or(entry.updated).map(|time| time.to_rfc3339()),
        ..Record::default()
    }
}

/// Headlines are plain; many feeds escape them twice all the same.
fn headline(text: &Text) -> Option<String> {
    filled(&markup::plain(&text.content))
}

/// The page of the article itself, rather than its comments or its sound.
fn address(links: &[Link]) -> Option<String> {
    let itself = |link: &&Link| link.target.is_none() && matches!(link.rel.as_deref(), None | Some("alternate"));
    links.iter().find(itself).and_then(|link| filled(&link.href))
}

/// What is wrong with a feed, and where, as far as that can be said.
fn broken(bytes: &[u8], error: &ParseFeedError) -> Entry {
    let Some((position, fault)) = first_fault(bytes) else {
        return Entry { place: "the feed".to_owned(), record: Err(error.to_string()) };
    };
    let before = bytes.get(..position).unwrap_or(bytes);
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let message = format!("the feed is broken here, nothing of it was read: {fault}");
    Entry { place: format!("line {line}"), record: Err(message) }
}

/// The place and kind of the first fault in the XML.
fn first_fault(bytes: &[u8]) -> Option<(usize, quick_xml::Error)> {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some((usize::try_from(reader.error_position()).unwrap_or(usize::MAX), error)),
        }
    }
}
