//! RSS, Atom and JSON Feed.

use super::record::{Record, filled};
use super::{Entry, markup};
use chrono::{DateTime, Utc};
use feed_rs::model::{self, Feed, Link, Text};
use feed_rs::parser::{Builder, Parser};
use quick_xml::encoding::DecodingReader;
use quick_xml::events::Event;
use std::fmt::Display;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// A feed that is nested deeper is only meant to be deep; feed-rs follows some elements by recursion.
const DEEPEST: usize = 200;

/// Every entry of a feed. A feed that is broken is one fault: nobody can say where its next entry begins.
pub(super) fn entries(mut reader: impl BufRead) -> io::Result<Vec<Entry>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let fault = first_fault(&bytes);
    if let Some(Fault { line, kind: Kind::TooDeep }) = fault {
        return Ok(vec![unread(line, format!("it is nested deeper than {DEEPEST} levels"))]);
    }
    let times = Times::default();
    let feed = match times.parser().parse(bytes.as_slice()) {
        Ok(feed) => feed,
        Err(error) => {
            let whole = Entry { place: "the feed".to_owned(), record: Err(error.to_string()) };
            return Ok(vec![fault.map_or(whole, |fault| match fault.kind {
                Kind::Broken(error) => unread(fault.line, error),
                Kind::TooDeep => unread(fault.line, error),
            })]);
        }
    };
    let about = About { source: feed.title.as_ref().and_then(headline), language: feed.language.clone(), times };
    Ok(about.entries(feed))
}

fn unread(line: usize, why: impl Display) -> Entry {
    let message = format!("the feed is broken here, nothing of it was read: {why}");
    Entry { place: format!("line {line}"), record: Err(message) }
}

/// Times as feeds write them. feed-rs would make instants of them and drop those that name no zone; the article's reader knows more
/// forms, and the source's zone. So feed-rs is given the number of a time instead of the time, and that is looked up here.
#[derive(Clone, Debug, Default)]
struct Times(Arc<Mutex<Vec<String>>>);

impl Times {
    fn parser(&self) -> Parser {
        let times = self.clone();
        // An entry without an id of its own has none: the article's reader makes one that is the same every time.
        Builder::new().id_generator(|_, _, _| String::new()).timestamp_parser(move |text| times.keep(text)).build()
    }

    fn keep(&self, text: &str) -> Option<DateTime<Utc>> {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.push(filled(text)?);
        DateTime::from_timestamp(i64::try_from(times.len() - 1).ok()?, 0)
    }

    fn written(&self, number: DateTime<Utc>) -> Option<String> {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.get(usize::try_from(number.timestamp()).ok()?).cloned()
    }
}

/// What a feed says about all its entries.
struct About {
    source: Option<String>,
    language: Option<String>,
    times: Times,
}

impl About {
    fn entries(&self, feed: Feed) -> Vec<Entry> {
        let numbered = feed.entries.into_iter().zip(1_u64..);
        let entry =
            |(entry, number)| Entry { place: format!("entry {number}"), record: self.record(entry).into_bytes() };
        numbered.map(entry).collect()
    }

    fn record(&self, entry: model::Entry) -> Record {
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
            source: self.source.clone(),
            language: entry.language.or_else(|| self.language.clone()),
            published_at: entry.published.or(entry.updated).and_then(|number| self.times.written(number)),
            ..Record::default()
        }
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

/// Where a feed cannot be read on.
struct Fault {
    line: usize,
    kind: Kind,
}

enum Kind {
    TooDeep,
    Broken(quick_xml::Error),
}

/// The first fault of a feed that is XML.
fn first_fault(bytes: &[u8]) -> Option<Fault> {
    let mut text = Vec::new();
    DecodingReader::new(bytes).read_to_end(&mut text).ok()?;
    if !text.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let mut reader = quick_xml::Reader::from_reader(text.as_slice());
    let mut depth = 0;
    let (position, kind) = loop {
        match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(_)) if depth == DEEPEST => break (reader.buffer_position(), Kind::TooDeep),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => break (reader.error_position(), Kind::Broken(error)),
        }
    };
    let before = usize::try_from(position).ok().and_then(|position| text.get(..position)).unwrap_or(&text);
    Some(Fault { line: 1 + before.iter().filter(|byte| **byte == b'\n').count(), kind })
}
