//! Finds a date, with its time of day and zone where they stand beside it, in a line of text: `2025-10-04 07:37`,
//! `2025年10月4日 7时37分`, `Oct. 4, 2025, 7:37 AM EDT`, `4 October 2025`.
//!
//! A line is cut into numbers, words and single characters, and small parsers, one for each form, are tried from left to
//! right. A date that the calendar does not have, or that could be read in two ways (`04/10/2025`), is none.

use super::{time::Moment, time::compact, zones::Zones};
use jiff::{
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};
use smallvec::SmallVec;
use std::ops::Range;

/// A date in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The time that it names; midnight where there is no time of day.
    pub(super) moment: Moment,
    /// Whether it names a time of day.
    pub(super) has_time: bool,
    /// Where it stands, time and zone included.
    pub(super) range: Range<usize>,
}

/// The first date of the line.
pub(super) fn find(line: &str, zones: &Zones, source_zone: Option<&TimeZone>) -> Option<Found> {
    let tokens = tokens(line);
    let (first, (date, after_date)) = (0..tokens.len()).find_map(|at| Some((at, date(&tokens, at)?)))?;
    let mut span = first..after_date;
    let mut time = None;
    let start = fillers(&tokens, after_date);
    if let Some((found, end)) = time_of_day(&tokens, start) {
        time = Some(found);
        span.end = end;
    } else if let Some((at, (found, _))) = (0..first)
        .find_map(|at| time_of_day(&tokens, at).filter(|(_, end)| before_date(&tokens, *end, first)).map(|t| (at, t)))
    {
        time = Some(found);
        span.start = at;
    }
    // `7:37 AM EDT, Oct 4, 2025`: the zone of a time before the date stands before it, too.
    let mut zone = None;
    if time.is_some() {
        let inner = (span.start..first).find_map(|at| zone_at(&tokens, at, zones, source_zone));
        zone = inner.map(|(zone, _)| zone);
        if zone.is_none()
            && let Some((found, end)) = zone_at(&tokens, span.end, zones, source_zone)
        {
            zone = Some(found);
            span.end = end;
        }
        if zone.is_none() && line.contains("北京时间") {
            zone = zones.abbreviation("北京时间", source_zone).cloned();
        }
    }
    let local = date.to_datetime(time.unwrap_or(Time::midnight()));
    let moment = match zone {
        // The last hours of the year 9999 are no instants: they stay local, and are not believed later.
        Some(zone) => zone.to_ambiguous_timestamp(local).compatible().map_or(Moment::Local(local), Moment::Instant),
        None => Moment::Local(local),
    };
    let range = tokens.get(span.start)?.start..tokens.get(span.end.checked_sub(1)?)?.end();
    Some(Found { moment, has_time: time.is_some(), range })
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    /// White space stands before it.
    spaced: bool,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// ASCII digits.
    Number,
    /// ASCII letters.
    Word,
    /// Any other character; full-width colons, commas and brackets are taken for ASCII ones.
    Other(char),
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Its value, if it is a number of so many digits.
    fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        (self.kind == Kind::Number && digits.contains(&self.text.len())).then(|| self.text.parse().ok()).flatten()
    }
}

fn tokens(line: &str) -> SmallVec<[Token<'_>; 32]> {
    let mut tokens = SmallVec::new();
    let mut chars = line.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let class: fn(&char) -> bool = if first.is_ascii_digit() {
            char::is_ascii_digit
        } else if first.is_ascii_alphabetic() {
            char::is_ascii_alphabetic
        } else {
            |_| false
        };
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = chars.next_if(|(_, next)| class(next)) {
            end = at + next.len_utf8();
        }
        let kind = match first {
            '0'..='9' => Kind::Number,
            'a'..='z' | 'A'..='Z' => Kind::Word,
            '：' => Kind::Other(':'),
            '，' => Kind::Other(','),
            '（' => Kind::Other('('),
            '）' => Kind::Other(')'),
            other => Kind::Other(other),
        };
        tokens.push(Token { text: &line[start..end], start, spaced, kind });
        spaced = false;
    }
    tokens
}

fn is(tokens: &[Token<'_>], at: usize, wanted: char) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == Kind::Other(wanted))
}

fn word<'a>(tokens: &[Token<'a>], at: usize) -> Option<&'a str> {
    tokens.get(at).filter(|token| token.kind == Kind::Word).map(|token| token.text)
}

/// The date that begins at a token, and the token after it.
fn date(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let first = tokens.get(at)?;
    match first.kind {
        Kind::Word => month_first(tokens, at),
        Kind::Number => year_first(tokens, at)
            .or_else(|| compact_date(first, at))
            .or_else(|| day_month_name(tokens, at))
            .or_else(|| day_first_numbers(tokens, at)),
        Kind::Other(_) => None,
    }
}

fn calendar(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2025-10-04`, `2025/10/4`, `2025.10.04`, `2025年10月4日`
fn year_first(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let year = tokens.get(at)?.number(4..=4)?;
    let month = tokens.get(at + 2)?.number(1..=2)?;
    let day = tokens.get(at + 4)?.number(1..=2)?;
    let (Kind::Other(one), Kind::Other(two)) = (tokens[at + 1].kind, tokens[at + 3].kind) else { return None };
    if !matches!((one, two), ('-', '-') | ('/', '/') | ('.', '.') | ('年', '月')) {
        return None;
    }
    let end = at + 5;
    Some((calendar(year, month, day)?, end + usize::from(is(tokens, end, '日') || is(tokens, end, '号'))))
}

/// `20251004`
fn compact_date(token: &Token<'_>, at: usize) -> Option<(Date, usize)> {
    (token.text.len() == 8).then(|| Some((compact(token.text.parse().ok()?)?.date(), at + 1))).flatten()
}

/// `Oct. 4th, 2025`, `October 4 2025`
fn month_first(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let month = i16::from(english_month(word(tokens, at)?)?);
    let mut at = at + 1 + usize::from(is(tokens, at + 1, '.'));
    let day = tokens.get(at)?.number(1..=2)?;
    at = after_ordinal(tokens, at + 1);
    at += usize::from(is(tokens, at, ','));
    let year = tokens.get(at)?.number(4..=4)?;
    Some((calendar(year, month, day)?, at + 1))
}

/// `4 October 2025`, `4th of Oct., 2025`, `4-Oct-2025`
fn day_month_name(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let day = tokens.get(at)?.number(1..=2)?;
    let mut at = after_ordinal(tokens, at + 1);
    at += usize::from(word(tokens, at) == Some("of") || is(tokens, at, '-') || is(tokens, at, '.'));
    let month = i16::from(english_month(word(tokens, at)?)?);
    at += 1;
    at += usize::from(is(tokens, at, '.') || is(tokens, at, '-'));
    at += usize::from(is(tokens, at, ','));
    let year = tokens.get(at)?.number(4..=4)?;
    Some((calendar(year, month, day)?, at + 1))
}

/// `04.10.2025` (the dotted form has the day first everywhere), `25/10/2025` and `10/25/2025`, but not `04/10/2025`.
fn day_first_numbers(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let one = tokens.get(at)?.number(1..=2)?;
    let two = tokens.get(at + 2)?.number(1..=2)?;
    let year = tokens.get(at + 4)?.number(4..=4)?;
    let (day, month) = match (tokens[at + 1].kind, tokens[at + 3].kind) {
        (Kind::Other('.'), Kind::Other('.')) => (one, two),
        (Kind::Other('/'), Kind::Other('/')) if one > 12 || one == two => (one, two),
        (Kind::Other('/'), Kind::Other('/')) if two > 12 => (two, one),
        _ => return None,
    };
    Some((calendar(year, month, day)?, at + 5))
}

fn after_ordinal(tokens: &[Token<'_>], at: usize) -> usize {
    let ordinal = word(tokens, at).is_some_and(|word| {
        ["st", "nd", "rd", "th"].iter().any(|ending| word.eq_ignore_ascii_case(ending)) && !tokens[at].spaced
    });
    at + usize::from(ordinal)
}

/// The number of an English month, from 1: whole or by its first three letters (and `Sept`), in any case, without a full stop.
pub(crate) fn english_month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let position = MONTHS.iter().position(|month| {
        word.eq_ignore_ascii_case(month)
            || (word.len() == 3 && word.eq_ignore_ascii_case(&month[..3]))
            || (*month == "september" && word.eq_ignore_ascii_case("sept"))
    })?;
    u8::try_from(position + 1).ok()
}

/// The token at which the time of day may begin: what commonly stands between it and the date is passed over.
fn fillers(tokens: &[Token<'_>], mut at: usize) -> usize {
    const MOST: usize = 6;
    for _ in 0..MOST {
        let Some(token) = tokens.get(at) else { break };
        let passed = match token.kind {
            Kind::Number => false,
            Kind::Word => {
                ["t", "at", "on"].iter().any(|word| token.text.eq_ignore_ascii_case(word)) || is_weekday(token.text)
            }
            Kind::Other(other) => matches!(
                other,
                ',' | '|'
                    | '·'
                    | '•'
                    | '-'
                    | '–'
                    | '—'
                    | '('
                    | ')'
                    | '@'
                    | '/'
                    | '星'
                    | '期'
                    | '周'
                    | '一'
                    | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '日'
                    | '天'
            ),
        };
        if !passed {
            break;
        }
        at += 1;
    }
    at
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| word.eq_ignore_ascii_case(day) || (word.len() == 3 && word.eq_ignore_ascii_case(&day[..3])))
}

/// Whether nothing but fillers and a zone stands between the end of a time and the date.
fn before_date(tokens: &[Token<'_>], end: usize, date: usize) -> bool {
    let is_zone = |at: usize| {
        word(tokens, at).is_some_and(|word| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let mut at = fillers(tokens, end);
    while at < date && is_zone(at) {
        at = fillers(tokens, at + 1);
    }
    at >= date
}

/// `07:37`, `7:37:12.5 pm`, `7 AM`, `7时37分`, `下午3点`, `073712` after a `T`.
fn time_of_day(tokens: &[Token<'_>], at: usize) -> Option<(Time, usize)> {
    let (half_before, mut at) = match (tokens.get(at)?.kind, tokens.get(at + 1).map(|token| token.kind)) {
        (Kind::Other('上' | '早'), Some(Kind::Other('午' | '上' | '晨'))) => (Some(Half::Morning), at + 2),
        (Kind::Other('下' | '晚'), Some(Kind::Other('午' | '上' | '间'))) => (Some(Half::Afternoon), at + 2),
        _ => (None, at),
    };
    let first = tokens.get(at)?;
    if first.text.len() == 6 && at > 0 && word(tokens, at - 1) == Some("T") {
        let number: i32 = first.text.parse().ok()?;
        let part = |power: i32| i8::try_from(number / power % 100).ok();
        return Some((Time::new(part(10_000)?, part(100)?, part(1)?, 0).ok()?, at + 1));
    }
    let mut hour = first.number(1..=2)?;
    let (mut minute, mut second, mut clock) = (0, 0, false);
    at += 1;
    if is(tokens, at, ':') || is(tokens, at, '时') || is(tokens, at, '点') {
        let colon = is(tokens, at, ':');
        let written = tokens.get(at + 1).and_then(|token| token.number(if colon { 2..=2 } else { 1..=2 }));
        if colon && written.is_none() {
            return None;
        }
        clock = true;
        at += 1;
        if let Some(written) = written {
            minute = written;
            at += 1;
            let separated = is(tokens, at, ':') || is(tokens, at, '分');
            if separated && let Some(written) = tokens.get(at + 1).and_then(|token| token.number(2..=2)) {
                second = written.min(59);
                at += 2;
                // A fraction of a second says nothing about an article.
                let fraction = is(tokens, at, '.')
                    && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Number && !next.spaced);
                at += 2 * usize::from(fraction);
                at += usize::from(is(tokens, at, '秒'));
            } else {
                at += usize::from(is(tokens, at, '分'));
            }
        }
    }
    let half_after = half_of_day(tokens, at);
    let half = half_before.or(half_after.map(|(half, _)| half));
    at = half_after.map_or(at, |(_, end)| end);
    if !clock && half.is_none() {
        return None;
    }
    hour = match half {
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    let part = |number: i16| i8::try_from(number).ok();
    Some((Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?, at))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// `AM`, `pm`, `a.m.`
fn half_of_day(tokens: &[Token<'_>], at: usize) -> Option<(Half, usize)> {
    let first = word(tokens, at)?;
    let half = match first.as_bytes().first()? {
        b'a' | b'A' => Half::Morning,
        b'p' | b'P' => Half::Afternoon,
        _ => return None,
    };
    if first.len() == 2 && first.ends_with(['m', 'M']) {
        return Some((half, at + 1));
    }
    let dotted = first.len() == 1
        && is(tokens, at + 1, '.')
        && word(tokens, at + 2).is_some_and(|m| m.eq_ignore_ascii_case("m"));
    dotted.then(|| (half, at + 3 + usize::from(is(tokens, at + 3, '.'))))
}

/// The zone that begins at a token: `Z`, `EDT`, `(GMT+8)`, `UTC`, `+0800`, `-04:00`.
fn zone_at(
    tokens: &[Token<'_>],
    at: usize,
    zones: &Zones,
    source_zone: Option<&TimeZone>,
) -> Option<(TimeZone, usize)> {
    let bracket = is(tokens, at, '(');
    let at = at + usize::from(bracket);
    let close = |end: usize| end + usize::from(bracket && is(tokens, end, ')'));
    if let Some(name) = word(tokens, at) {
        if matches!(name, "GMT" | "UTC")
            && let Some((offset, end)) = offset(tokens, at + 1, true)
        {
            return Some((offset, close(end)));
        }
        let known = zones.is_abbreviation(name);
        return known.then(|| Some((zones.abbreviation(name, source_zone)?.clone(), close(at + 1)))).flatten();
    }
    offset(tokens, at, false).map(|(offset, end)| (offset, close(end)))
}

/// `+08:00`, `+0800`; after `GMT` also `+8`. The sign must stand against its number, or `07:37 - 12 comments` would be a zone.
fn offset(tokens: &[Token<'_>], at: usize, short: bool) -> Option<(TimeZone, usize)> {
    let sign = match tokens.get(at)?.kind {
        Kind::Other('+') => 1,
        Kind::Other('-' | '−') => -1,
        _ => return None,
    };
    let hours = tokens.get(at + 1).filter(|token| token.kind == Kind::Number && !token.spaced)?;
    let minutes = is(tokens, at + 2, ':').then(|| tokens.get(at + 3)?.number(2..=2)).flatten();
    let (hours, minutes, end) = match (hours.text.len(), minutes) {
        (1 | 2, Some(minutes)) => (hours.number(1..=2)?, minutes, at + 4),
        (4, None) => (hours.number(4..=4)? / 100, hours.number(4..=4)? % 100, at + 2),
        (1 | 2, None) if short => (hours.number(1..=2)?, 0, at + 2),
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    let offset = Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()?;
    Some((TimeZone::fixed(offset), end))
}
