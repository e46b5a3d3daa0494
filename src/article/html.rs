//! HTML → plain text, title and what its metadata say.
//!
//! This walks the tokens of the page and builds no tree: a tree builder takes quadratic time on pages that are made to
//! (a million nested elements), and nothing here needs one. Of the elements that are open, the innermost
//! [`MOST_OPEN`] levels at most are remembered; what is nested deeper is read as if it were on that level.

use super::elements::{Gap, Role, end_is_optional, gap_of, is_beside, is_block, is_void, role_of};
use html5gum::{
    Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};
use smallvec::SmallVec;
use std::{convert::Infallible, ops::Range};

const MOST_OPEN: usize = 128;

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The headline: `og:title`, else an `<h1>` that is most of `<title>`, else `<title>`, else an `<h1>`.
    pub(super) title: Option<String>,
    /// The text. A heading that repeats the title is no part of it.
    pub(super) text: String,
    /// `og:site_name`
    pub(super) source: Option<String>,
    /// The canonical address.
    pub(super) url: Option<String>,
    /// Times of publication as written: metadata first, then `<time>`.
    pub(super) published: Vec<String>,
}

/// Reads a page, or a piece of one. `title` is the record's title, if it has one.
pub(super) fn read(html: &str, title: Option<&str>) -> Page {
    let mut walker = Walker::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        walker.event(event);
        None
    });
    emitter.naively_switch_states(true);
    // The walker hears of everything through its callback; there is nothing to iterate over.
    for _ in Tokenizer::new_with_emitter(html, emitter) {}
    walker.finish(title)
}

#[derive(Debug)]
struct Open {
    name: SmallVec<[u8; 12]>,
    role: Role,
    /// Where in the text it began.
    start: usize,
}

/// The attributes of the tag that is being read.
#[derive(Debug, Default)]
struct Tag {
    name: SmallVec<[u8; 12]>,
    attribute: SmallVec<[u8; 12]>,
    hidden: bool,
    /// Its `class` or `id` calls it something beside the article.
    beside: bool,
    /// `property`, `name`, `itemprop` or `rel`, in lower case.
    key: Option<String>,
    /// `content`, `datetime` or `href`.
    value: Option<String>,
}

#[derive(Debug, Default)]
struct Walker {
    tag: Tag,
    open: Vec<Open>,
    /// Open elements beyond [`MOST_OPEN`].
    deeper: usize,
    dropped: usize,
    headers: usize,
    preformatted: usize,
    headlines_open: usize,
    text: String,
    gap: Gap,
    title: String,
    headline: String,
    /// Headlines, and where in the text they stand (an empty range for those in a header).
    headlines: Vec<(String, Range<usize>)>,
    articles: Vec<Range<usize>>,
    mains: Vec<Range<usize>>,
    beside: Vec<Range<usize>>,
    og_title: Option<String>,
    source: Option<String>,
    url: Option<String>,
    meta_times: Vec<String>,
    element_times: Vec<String>,
}

impl Walker {
    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Tag { name: name.into(), ..Tag::default() },
            CallbackEvent::AttributeName { name } => {
                self.tag.hidden |= name == b"hidden";
                self.tag.attribute = name.into();
            }
            CallbackEvent::AttributeValue { value } => self.attribute(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn attribute(&mut self, value: &[u8]) {
        // Addresses and times, not data URLs.
        const LONGEST: usize = 2048;
        if value.len() > LONGEST {
            return;
        }
        let value = || String::from_utf8_lossy(value).trim().to_owned();
        match self.tag.attribute.as_slice() {
            b"property" | b"name" | b"itemprop" | b"rel" if self.tag.key.is_none() => {
                self.tag.key = Some(value().to_ascii_lowercase());
            }
            b"content" | b"datetime" => self.tag.value = Some(value()),
            b"href" if self.tag.name.as_slice() == b"link" => self.tag.value = Some(value()),
            b"class" | b"id" => self.tag.beside |= is_beside(&value()),
            b"aria-hidden" => self.tag.hidden |= value().eq_ignore_ascii_case("true"),
            b"style" => {
                let style: String =
                    value().chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                self.tag.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            _ => {}
        }
    }

    fn start_tag(&mut self, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        let name = tag.name.as_slice();
        let block = is_block(name);
        // The end tags that HTML lets one leave out. Only where such an element has a role is it open here.
        if self
            .open
            .last()
            .is_some_and(|top| top.name == tag.name && end_is_optional(name) || block && top.name.as_slice() == b"p")
        {
            self.close_from(self.open.len() - 1);
        }
        self.widen(gap_of(name));
        match name {
            b"meta" => self.meta(&tag),
            b"link" if tag.key.as_deref() == Some("canonical") => self.url = self.url.take().or(tag.value),
            b"time" if self.dropped == 0 => self.element_times.extend(tag.value),
            _ => {}
        }
        if is_void(name) || (self_closing && matches!(name, b"svg" | b"math")) {
            return;
        }
        let role = role_of(name, tag.hidden, tag.beside);
        if role == Role::Plain && end_is_optional(name) {
            return;
        }
        if self.open.len() >= MOST_OPEN {
            self.deeper += 1;
            return;
        }
        match role {
            Role::Dropped => self.dropped += 1,
            Role::Header => self.headers += 1,
            Role::Preformatted => self.preformatted += 1,
            Role::Headline => {
                self.headlines_open += 1;
                self.headline.clear();
            }
            _ => {}
        }
        self.open.push(Open { name: tag.name, role, start: self.text.len() });
    }

    fn end_tag(&mut self, name: &[u8]) {
        self.widen(gap_of(name));
        if self.deeper > 0 && !end_is_optional(name) {
            self.deeper -= 1;
            return;
        }
        // An end tag closes what was left open within its element; but `</b>` does not close a `<div>`.
        let inline = !is_block(name);
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].name.as_slice();
            if open == name {
                self.close_from(at);
                return;
            }
            if inline && is_block(open) {
                return;
            }
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.text.len();
        for open in self.open.drain(at..).rev() {
            let range = open.start.min(end)..end;
            match open.role {
                Role::Plain | Role::Title => {}
                Role::Dropped => self.dropped -= 1,
                Role::Header => self.headers -= 1,
                Role::Preformatted => self.preformatted -= 1,
                Role::Beside => self.beside.push(range),
                Role::Article => self.articles.push(range),
                Role::Main => self.mains.push(range),
                Role::Headline => {
                    self.headlines_open -= 1;
                    let headline = collapse(&self.headline);
                    if !headline.is_empty() && self.dropped == 0 {
                        self.headlines.push((headline, range));
                    }
                }
            }
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let (Some(key), Some(value)) = (tag.key.as_deref(), tag.value.as_ref().filter(|value| !value.is_empty()))
        else {
            return;
        };
        match key {
            "og:title" => _ = self.og_title.get_or_insert_with(|| collapse(value)),
            "og:site_name" => _ = self.source.get_or_insert_with(|| collapse(value)),
            "og:url" => _ = self.url.get_or_insert_with(|| value.clone()),
            "article:published_time"
            | "og:published_time"
            | "datepublished"
            | "publishdate"
            | "publish_date"
            | "pubdate"
            | "dc.date.issued"
            | "dcterms.issued"
            | "parsely-pub-date" => {
                self.meta_times.push(value.clone());
            }
            _ => {}
        }
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn string(&mut self, text: &str) {
        if self.dropped > 0 {
            return;
        }
        if self.open.last().is_some_and(|open| open.role == Role::Title) {
            self.title.push_str(text);
            return;
        }
        if self.headlines_open > 0 {
            self.headline.push_str(text);
        }
        if self.headers > 0 {
            return;
        }
        // No other characters stand for white space; a no-break space is one to the reader. NUL is nothing at all.
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            match next {
                '\n' if self.preformatted > 0 => self.widen(Gap::Line),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' => self.widen(Gap::Space),
                '\0' => {}
                _ => {
                    let end = rest.find([' ', '\t', '\n', '\r', '\u{c}', '\u{a0}', '\0']).unwrap_or(rest.len());
                    let (word, after) = rest.split_at(end);
                    self.word(word);
                    rest = after;
                    continue;
                }
            }
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }

    fn word(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => "\t",
                Gap::Line => "\n",
                Gap::Blank => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.text.push_str(word);
    }

    fn finish(mut self, given_title: Option<&str>) -> Page {
        self.close_from(0);
        let title = self.og_title.take().filter(|title| !title.is_empty()).or_else(|| self.page_title());
        let region = self.region();
        let mut cuts = std::mem::take(&mut self.beside);
        cuts.retain(|beside| beside.len() * 2 < region.len());
        let headline = given_title.map(collapse).or(title.clone());
        cuts.extend(
            self.headlines.iter().filter(|(text, _)| Some(text) == headline.as_ref()).map(|(_, range)| range.clone()),
        );
        let text = cut(&self.text, region, cuts);
        let mut published = self.meta_times;
        published.append(&mut self.element_times);
        Page { title, text, source: self.source, url: self.url, published }
    }

    fn page_title(&self) -> Option<String> {
        let title = collapse(&self.title);
        if title.is_empty() {
            return self.headlines.first().map(|(headline, _)| headline.clone());
        }
        // `<title>` mostly has the site's name beside the headline.
        let headline = self.headlines.iter().map(|(headline, _)| headline);
        let most = headline.filter(|headline| title.contains(headline.as_str()) && headline.len() * 2 >= title.len());
        Some(most.max_by_key(|headline| headline.len()).cloned().unwrap_or(title))
    }

    /// The longest article, or else the longest main part, if most of the text is in it; else everything.
    fn region(&self) -> Range<usize> {
        let all = 0..self.text.len();
        let longest = |ranges: &[Range<usize>]| ranges.iter().max_by_key(|range| range.len()).cloned();
        let most = |range: &Range<usize>| range.len() * 2 > all.len();
        longest(&self.articles).filter(most).or_else(|| longest(&self.mains).filter(most)).unwrap_or(all)
    }
}

/// The region without the cuts.
fn cut(text: &str, region: Range<usize>, mut cuts: Vec<Range<usize>>) -> String {
    cuts.sort_unstable_by_key(|range| range.start);
    let mut kept = String::with_capacity(region.len());
    let mut at = region.start;
    let mut keep = |range: Range<usize>| {
        let piece = text.get(range).unwrap_or_default().trim();
        if !piece.is_empty() {
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(piece);
        }
    };
    for range in cuts {
        let start = range.start.clamp(at, region.end);
        keep(at..start);
        at = range.end.clamp(start, region.end);
    }
    keep(at..region.end);
    kept
}

fn collapse(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |line, word| line + " " + word)
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
