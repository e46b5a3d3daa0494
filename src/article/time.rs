//! A time of publication, as a record or a page writes it → an instant, or a local time that still needs a zone.

use super::{dates, zones::Zones};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    fmt::rfc2822,
    tz::TimeZone,
};

/// A time, as far as its own text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Known without any zone.
    Instant(Timestamp),
    /// A local time: which instant it is depends on the zone.
    Local(DateTime),
}

/// A number: epoch seconds, milliseconds, microseconds or nanoseconds by its magnitude. Eight digits that make a date
/// (`20251004`), and fourteen that make a date and a time, are those: as an epoch they would be 1970 or 2600.
pub(super) fn from_integer(number: i128) -> Option<Moment> {
    if let Some(compact) = compact(number) {
        return Some(Moment::Local(compact));
    }
    let nanoseconds = match number.unsigned_abs() {
        ..100_000_000_000 => number * 1_000_000_000,
        100_000_000_000..100_000_000_000_000 => number * 1_000_000,
        100_000_000_000_000..100_000_000_000_000_000 => number * 1_000,
        100_000_000_000_000_000..100_000_000_000_000_000_000 => number,
        _ => return None,
    };
    Timestamp::from_nanosecond(nanoseconds).ok().map(Moment::Instant)
}

/// Epoch seconds or milliseconds with a fraction.
pub(super) fn from_float(number: f64) -> Option<Moment> {
    let seconds = if number.abs() < 1e11 { number } else { number / 1e3 };
    // To the millisecond: what is below is rounding. (`as` saturates, NaN becomes 0.)
    (number.is_finite() && seconds.abs() < 1e11).then(|| from_milliseconds((seconds * 1e3).round() as i64)).flatten()
}

/// Any of the forms in which times are written.
pub(super) fn from_text(text: &str, zones: &Zones, source_zone: Option<&TimeZone>) -> Option<Moment> {
    /// No form of a time is longer; what is, is prose.
    const LONGEST: usize = 120;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-')
        && let Some(moment) = from_digits(text)
    {
        return Some(moment);
    }
    // What cannot be of a form is not tried as one: building a parser's error costs more than the look.
    if text.len() > 10
        && text.bytes().skip(10).any(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'))
        && let Ok(instant) = text.parse::<Timestamp>()
    {
        return Some(Moment::Instant(instant));
    }
    if text.bytes().filter(u8::is_ascii_alphabetic).count() >= 3
        && let Ok(instant) = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text)
    {
        return Some(Moment::Instant(instant));
    }
    dates::find(text, zones, source_zone).map(|found| found.moment)
}

fn from_digits(text: &str) -> Option<Moment> {
    if let Ok(integer) = text.parse::<i64>() {
        return from_integer(integer.into());
    }
    // `2025.10` is no epoch: only as many digits as an epoch has.
    let (whole, _) = text.split_once('.')?;
    if whole.len() < 9 { None } else { from_float(text.parse().ok()?) }
}

fn from_milliseconds(milliseconds: i64) -> Option<Moment> {
    Timestamp::from_millisecond(milliseconds).ok().map(Moment::Instant)
}

/// `yyyymmdd` and `yyyymmddhhmmss`.
pub(super) fn compact(number: i128) -> Option<DateTime> {
    let (date, time) = match number {
        19_000_101..=21_001_231 => (number, 0),
        19_000_101_000_000..=21_001_231_235_959 => (number / 1_000_000, number % 1_000_000),
        _ => return None,
    };
    let part = |number: i128, power: i128, modulus: i128| i8::try_from(number / power % modulus).ok();
    let date = Date::new(i16::try_from(date / 10_000).ok()?, part(date, 100, 100)?, part(date, 1, 100)?).ok()?;
    let time = Time::new(part(time, 10_000, 100)?, part(time, 100, 100)?, part(time, 1, 100)?, 0).ok()?;
    Some(date.to_datetime(time))
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
