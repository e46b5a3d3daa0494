//! A whole page as scraped text → title, source, time and body.
//!
//! Such a page begins with header lines: words of the site (`Workflow`, `首页 > 财经`), the headline, and a *byline*: a
//! line with a date and little else (`Source·2025-10-04 07:37`, `来源：新华网 2025年10月4日`, `By Jane Doe, Reuters | Oct 4,
//! 2025`). The body follows. Nothing is known of the site, so each line is judged by its shape alone; where
//! the shape tells nothing, everything is body.

use super::{dates, time::Moment, zones::Zones};
use jiff::tz::TimeZone;

/// The parts of a page, as they stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    /// The byline's time.
    pub(super) published: Option<Moment>,
    pub(super) text: &'a str,
}

/// How many lines that are not empty may belong to the header.
const HEADER_LINES: usize = 12;
/// What is longer is a paragraph.
const HEADER_COLUMNS: usize = 200;

/// Takes a page apart. `title` is the record's title, if it has one: a first line that repeats it is no part of the body.
pub(super) fn read<'a>(page: &'a str, title: Option<&str>, zones: &Zones, source_zone: Option<&TimeZone>) -> Page<'a> {
    let page = page.trim_start_matches('\u{feff}');
    let lines: Vec<Line<'a>> = lines(page).take(HEADER_LINES + 1).collect();
    let header: Vec<Line<'a>> =
        lines.iter().copied().take(HEADER_LINES).take_while(|line| columns(line.text) <= HEADER_COLUMNS).collect();
    if let Some((at, byline)) = find_byline(&header, zones, source_zone) {
        let above = header.get(..at).unwrap_or_default();
        let below = header.get(at + 1..).unwrap_or_default();
        let mut source = byline.source;
        let mut end = byline.end;
        // `来源：…`, `By …`, `Updated: …` on lines of their own.
        for line in below {
            let Some(parts) = labelled_line(line.text) else { break };
            source = source.or(labelled_source(&parts));
            end = line.end;
        }
        for line in above.iter().rev() {
            source = source.or(labelled_line(line.text).and_then(|parts| labelled_source(&parts)));
        }
        return Page { title: headline(above), source, published: Some(byline.published), text: rest(page, end) };
    }
    without_byline(page, &lines, &header, title)
}

/// No byline: the first line that is no site word is the title, when it is short and a longer text follows.
fn without_byline<'a>(page: &'a str, lines: &[Line<'a>], header: &[Line<'a>], title: Option<&str>) -> Page<'a> {
    let whole = Page { text: page.trim(), ..Page::default() };
    if let (Some(title), Some(first)) = (title, lines.first())
        && title.trim() == first.text
    {
        let text = rest(page, first.end);
        return if text.is_empty() { whole } else { Page { text, ..Page::default() } };
    }
    // Site words count only where a headline follows them.
    let first = header.iter().position(|line| !is_site_word(line.text)).filter(|at| *at < 3).unwrap_or(0);
    let Some(line) = header.get(first) else { return whole };
    let text = rest(page, line.end);
    let is_title = columns(line.text) <= 150
        && text.len() > line.text.len()
        && !ends_a_sentence(line.text)
        && !is_list_item(line.text);
    if is_title { Page { title: Some(line.text), text, ..Page::default() } } else { whole }
}

#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    /// Trimmed, not empty.
    text: &'a str,
    /// Where in the page the line ends.
    end: usize,
}

fn lines(page: &str) -> impl Iterator<Item = Line<'_>> {
    let mut end = 0;
    page.split_inclusive('\n').filter_map(move |line| {
        end += line.len();
        let text = line.trim();
        (!text.is_empty()).then_some(Line { text, end })
    })
}

fn rest(page: &str, end: usize) -> &str {
    page.get(end..).unwrap_or_default().trim()
}

/// Width on a terminal, nearly: a CJK character is two columns.
fn columns(text: &str) -> usize {
    text.chars().map(|next| if is_wide(next) { 2 } else { 1 }).sum()
}

fn is_wide(next: char) -> bool {
    matches!(next, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
}

fn ends_a_sentence(line: &str) -> bool {
    if line.ends_with(['。', '；', '，', ',', ';', ':', '：']) {
        return true;
    }
    // `… to the U.S.` ends in an abbreviation, and may be a headline.
    let last = line.rsplit(' ').next().unwrap_or_default();
    last.strip_suffix('.').is_some_and(|word| !word.contains('.'))
}

fn is_list_item(line: &str) -> bool {
    line.starts_with(['-', '*', '•', '·'])
}

/// `Home`, `Workflow`, `首页 > 财经`, `News | Markets`: short, and no sentence.
fn is_site_word(line: &str) -> bool {
    let crumbs = line.contains(['>', '›', '»', '|', '｜']) && columns(line) <= 60;
    let wide = line.chars().filter(|next| is_wide(*next)).count();
    let words = line.split_whitespace().count();
    crumbs || (wide == 0 && words <= 1) || (wide > 0 && wide <= 4 && columns(line) <= 12)
}

/// The nearest line above the byline that looks like a headline.
fn headline<'a>(above: &[Line<'a>]) -> Option<&'a str> {
    let lines = above.iter().rev().map(|line| line.text);
    // Of equal ones `min_by_key` gives the first, which is the nearest; one that ends as a sentence does is rather a summary.
    lines.filter(|line| !is_site_word(line) && labelled_line(line).is_none()).min_by_key(|line| ends_a_sentence(line))
}

#[derive(Clone, Copy, Debug)]
struct Byline<'a> {
    /// Where in the page its line ends.
    end: usize,
    published: Moment,
    source: Option<&'a str>,
    /// It has a time of day, a label, or nothing beside the date.
    sure: bool,
}

/// The first sure byline, else the first that may be one.
fn find_byline<'a>(header: &[Line<'a>], zones: &Zones, source_zone: Option<&TimeZone>) -> Option<(usize, Byline<'a>)> {
    let mut unsure = None;
    for (at, line) in header.iter().enumerate() {
        match byline(*line, zones, source_zone) {
            Some(byline) if byline.sure => return Some((at, byline)),
            // A first line with a day in it is rather a headline: `Metals brief, 4 October 2025`.
            Some(byline) if at > 0 && unsure.is_none() => unsure = Some((at, byline)),
            _ => {}
        }
    }
    unsure
}

fn byline<'a>(line: Line<'a>, zones: &Zones, source_zone: Option<&TimeZone>) -> Option<Byline<'a>> {
    let Line { text: line, end } = line;
    // Cheap enough to ask first: most lines have no figure.
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = dates::find(line, zones, source_zone)?;
    let (before, after) = (line.get(..found.range.start)?, line.get(found.range.end..)?);
    let parts: Vec<Segment<'a>> = segments(before).chain(segments(after)).collect();
    let labelled = parts.iter().any(|part| part.label.is_some());
    let plain: Vec<&str> = parts.iter().filter(|part| part.label.is_none()).map(|part| part.text).collect();
    let (width, words) = plain
        .iter()
        .fold((0, 0), |(width, words), text| (width + columns(text), words + text.split_whitespace().count()));
    // Prose around the date: the date is a part of a sentence.
    if width > 60 || words > 8 || line.ends_with(['.', '。', '?', '？', '!', '！']) && !plain.is_empty() && !labelled
    {
        return None;
    }
    // The date begins or ends the line, or something sets it apart.
    let (before, after) = (before.trim(), after.trim());
    let set_off = before.ends_with(is_separator) || before.ends_with(" -");
    let apart = labelled || set_off || before.is_empty() || after.is_empty() && columns(before) <= 40;
    if !apart {
        return None;
    }
    let sure = found.has_time || labelled || plain.is_empty();
    Some(Byline { end, published: found.moment, source: source(&parts), sure })
}

/// The parts of a line of the header that has a label of its own: `来源：新华网`, `By Jane Doe`, `Updated: today`.
fn labelled_line(line: &str) -> Option<Vec<Segment<'_>>> {
    let (length, label) = label_at(line)?;
    if columns(line) > 80 || ends_a_sentence(line) {
        return None;
    }
    let rest = line.get(length..)?.trim_start();
    // Without a colon a label is a word like others (`Source of lithium`), but for the author's name.
    let is_name = |word: &str| word == "and" || word.starts_with(|first: char| first.is_uppercase());
    let author = label == Label::Author && rest.split_whitespace().count() <= 8 && rest.split_whitespace().all(is_name);
    (rest.starts_with([':', '：']) || author).then(|| segments(line).collect())
}

/// The labelled source, else the first part that has no label and looks like a name.
fn source<'a>(parts: &[Segment<'a>]) -> Option<&'a str> {
    labelled_source(parts).or_else(|| parts.iter().filter(|part| part.label.is_none()).find_map(named))
}

fn labelled_source<'a>(parts: &[Segment<'a>]) -> Option<&'a str> {
    parts.iter().find(|part| part.label == Some(Label::Source)).and_then(named)
}

fn named<'a>(part: &Segment<'a>) -> Option<&'a str> {
    let is_name =
        part.text.chars().any(char::is_alphabetic) && !part.text.starts_with(|first: char| first.is_ascii_digit());
    // Names such as 36Kr begin with a figure, but `5 min read` is none.
    let is_name =
        is_name || (!part.text.contains(' ') && part.text.chars().filter(|next| next.is_alphabetic()).count() >= 2);
    is_name.then_some(part.text)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Source,
    Author,
    Time,
    Other,
}

/// Labels in lower case; of two that begin alike the longer stands first.
const LABELS: [(&str, Label); 46] = [
    ("文章来源", Label::Source),
    ("信息来源", Label::Source),
    ("稿件来源", Label::Source),
    ("来源", Label::Source),
    ("稿源", Label::Source),
    ("来自", Label::Source),
    ("source", Label::Source),
    ("via", Label::Source),
    ("责任编辑", Label::Author),
    ("本报记者", Label::Author),
    ("作者", Label::Author),
    ("编辑", Label::Author),
    ("责编", Label::Author),
    ("记者", Label::Author),
    ("reporting by", Label::Author),
    ("written by", Label::Author),
    ("posted by", Label::Author),
    ("edited by", Label::Author),
    ("author", Label::Author),
    ("by", Label::Author),
    ("发布时间", Label::Time),
    ("发布日期", Label::Time),
    ("发表时间", Label::Time),
    ("发表于", Label::Time),
    ("发布于", Label::Time),
    ("更新时间", Label::Time),
    ("更新于", Label::Time),
    ("北京时间", Label::Time),
    ("时间", Label::Time),
    ("日期", Label::Time),
    ("first published", Label::Time),
    ("last updated", Label::Time),
    ("last modified", Label::Time),
    ("date published", Label::Time),
    ("published on", Label::Time),
    ("published", Label::Time),
    ("updated", Label::Time),
    ("posted on", Label::Time),
    ("posted", Label::Time),
    ("date", Label::Time),
    ("阅读", Label::Other),
    ("浏览", Label::Other),
    ("评论", Label::Other),
    ("字号", Label::Other),
    ("点击", Label::Other),
    ("views", Label::Other),
];

/// A part of a header line, between separators or from one label to the next.
#[derive(Clone, Copy, Debug)]
struct Segment<'a> {
    label: Option<Label>,
    /// What follows the label.
    text: &'a str,
}

fn is_separator(next: char) -> bool {
    matches!(
        next,
        '·' | '•'
            | '|'
            | '｜'
            | '—'
            | '–'
            | ','
            | '，'
            | ';'
            | '；'
            | '/'
            | '('
            | ')'
            | '（'
            | '）'
            | '['
            | ']'
            | '【'
            | '】'
            | '\t'
            | '\u{3000}'
            | ':'
            | '：'
            | '、'
    )
}

fn segments(line: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|next: char| is_separator(next) || next.is_whitespace() || next == '-');
            if rest.is_empty() {
                return None;
            }
            let label = label_at(rest);
            if let Some((length, _)) = label {
                rest = rest.get(length..)?.trim_start_matches([' ', ':', '：', '|', '\u{3000}']);
            }
            let end = segment_end(rest);
            let (text, after) = rest.split_at(end);
            rest = after;
            let text = text.trim();
            match label {
                Some((_, label)) => return Some(Segment { label: Some(label), text }),
                None if text.is_empty() || text.eq_ignore_ascii_case("on") || text.eq_ignore_ascii_case("at") => {}
                None => return Some(Segment { label: None, text }),
            }
        }
    })
}

/// At a separator, a dash between spaces, or white space before a label.
fn segment_end(rest: &str) -> usize {
    let mut spaced = false;
    for (at, next) in rest.char_indices() {
        let tail = rest.get(at..).unwrap_or_default();
        if is_separator(next) || (spaced && tail.starts_with("- ")) || (spaced && label_at(tail).is_some()) {
            return at;
        }
        spaced = next.is_whitespace();
    }
    rest.len()
}

/// The label that stands at the beginning, and its length. A Latin one needs a word's end.
fn label_at(text: &str) -> Option<(usize, Label)> {
    LABELS.iter().find_map(|(name, label)| {
        let start = text.get(..name.len())?;
        let rest = text.get(name.len()..)?;
        let latin = name.is_ascii();
        let whole = !latin || !rest.starts_with(|next: char| next.is_alphanumeric());
        (start.eq_ignore_ascii_case(name) && whole).then_some((name.len(), *label))
    })
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
