//! Dates in a sentence, as far as it tells them: `1 August 2025`, `Oct. 16`, `January 2027`, 2025年8月1日, 12月1日, 2027年1月.

use crate::article::english_month;
use crate::extract::{At, Scan};
use crate::text::{Span, Token, TokenKind};

/// A date of which the year or the day may be left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    /// The year, if the article tells it.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// ISO 8601, as precise as the article is. A date without a year is the one nearest to the month of publication
    /// (year, month); unknown without it.
    pub fn iso(self, published: Option<(i16, u8)>) -> Option<String> {
        let year = self.year.or_else(|| {
            let ((year, now), month) = (published?, i16::from(self.month?));
            let distance = |candidate: &i16| ((candidate - year) * 12 + month - i16::from(now)).abs();
            [year + 1, year, year - 1].into_iter().min_by_key(distance)
        })?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        })
    }
}

/// The dates of a sentence, in order.
pub(super) fn find(scan: &Scan<'_>, sentence: u32) -> Vec<(At, PartialDate)> {
    let at = scan.sentence_at(sentence);
    let tokens = scan.tokens(sentence);
    let mut found: Vec<(At, PartialDate)> = Vec::new();
    let text = scan.field(at).original.as_bytes();
    // Every date begins with a digit, a sign or the capital of a month.
    let may_begin = |token: &Token| {
        let first = text.get(token.span.start as usize);
        first.is_some_and(|first| first.is_ascii_digit() || b"+JFMASOND".contains(first))
    };
    let mut place = 0;
    while place < tokens.len() {
        if !may_begin(&tokens[place]) {
            place += 1;
            continue;
        }
        let reader = Reader { scan, field: at.field, tokens: &tokens[place..] };
        let read = reader.chinese().or_else(|| reader.english()).or_else(|| reader.year_alone());
        let Some(Read { date, length, end }) = read else {
            place += 1;
            continue;
        };
        found.push((At { span: Span { start: tokens[place].span.start, end }, ..at }, date));
        place += length;
    }
    found
}

/// A date that begins at a token.
struct Read {
    date: PartialDate,
    /// In tokens.
    length: usize,
    /// The byte after it, which may stand within its last token (the 日 of 日起).
    end: u32,
}

struct Reader<'r, 'd> {
    scan: &'r Scan<'d>,
    field: u8,
    tokens: &'r [Token],
}

impl Reader<'_, '_> {
    fn text(&self, place: usize) -> &str {
        self.tokens.get(place).map_or("", |token| self.scan.slice(self.field, token.span.start, token.span.end))
    }

    fn number(&self, place: usize) -> Option<i16> {
        let is_number = self.tokens.get(place).is_some_and(|token| token.kind == TokenKind::Number);
        is_number.then(|| self.text(place).parse().ok()).flatten()
    }

    fn year(&self, place: usize) -> Option<i16> {
        self.number(place).filter(|year| (1900..2200).contains(year))
    }

    fn day(&self, place: usize) -> Option<u8> {
        let text = self.text(place);
        let plain = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
        plain.parse().ok().filter(|day| (1..=31).contains(day))
    }

    /// The month at a place, and how many tokens its name has (`Aug.` has two).
    fn month(&self, place: usize) -> Option<(u8, usize)> {
        let word = self.text(place);
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let short = word.trim_end_matches('.');
        let month = english_month(short)?;
        let dot = self.text(place + 1) == "." && short.len() <= 4;
        Some((month, 1 + usize::from(dot)))
    }

    /// `1 August 2025`, `August 1, 2025`, `August 2025`; a month alone is no date.
    fn english(&self) -> Option<Read> {
        if let (Some(day), Some((month, length))) = (self.day(0), self.month(1)) {
            let end = 1 + length;
            let year = self.year(end);
            return Some(self.read(date(year, month, Some(day)), end + usize::from(year.is_some())));
        }
        let (month, end) = self.month(0)?;
        if let Some(year) = self.year(end) {
            return Some(self.read(date(Some(year), month, None), end + 1));
        }
        let day = self.day(end)?;
        let comma = usize::from(self.text(end + 1) == ",");
        let year = self.year(end + 1 + comma);
        Some(self.read(date(year, month, Some(day)), end + 1 + year.map_or(0, |_| comma + 1)))
    }

    fn read(&self, date: PartialDate, length: usize) -> Read {
        Read { date, length, end: self.tokens[length - 1].span.end }
    }

    /// `from 2027`, 2027年起: a number that no unit follows.
    fn year_alone(&self) -> Option<Read> {
        let year = self.year(0)?;
        let date = PartialDate { year: Some(year), month: None, day: None };
        if self.text(1).starts_with('年') {
            return Some(Read { date, length: 2, end: self.tokens[1].span.start + '年'.len_utf8() as u32 });
        }
        let is_unit = |next: &Token| {
            let at = (self.field, next.span.start);
            self.scan.measures.binary_search_by_key(&at, |(unit, _)| (unit.field, unit.span.start)).is_ok()
        };
        (!self.tokens.get(1).is_some_and(is_unit)).then(|| self.read(date, 1))
    }

    /// 2025年8月1日, 8月1日, 2027年1月: digits, each with its word.
    fn chinese(&self) -> Option<Read> {
        let mut place = 0;
        let mut year = None;
        if let Some(number) = self.year(0).filter(|_| self.text(1).starts_with('年')) {
            (year, place) = (Some(number), 2);
        }
        let month =
            self.number(place).filter(|month| (1..=12).contains(month) && self.text(place + 1).starts_with('月'))?;
        place += 2;
        let day =
            self.number(place).filter(|day| (1..=31).contains(day) && self.text(place + 1).starts_with(['日', '号']));
        if day.is_some() {
            place += 2;
        }
        let end = self.tokens[place - 1].span.start + '日'.len_utf8() as u32;
        (year.is_some() || day.is_some()).then(|| Read {
            date: date(year, month as u8, day.map(|day| day as u8)),
            length: place,
            end,
        })
    }
}

fn date(year: Option<i16>, month: u8, day: Option<u8>) -> PartialDate {
    PartialDate { year, month: Some(month), day }
}
