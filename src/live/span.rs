//! Which span of time is shown, when it is asked for in words, by its ends, or not at all.

use super::answers::Span;
use crate::timeline::Hour;

/// A span has at most about so many steps, unless a step is asked for.
const FEW_STEPS: i32 = 92;
/// And never more than this.
pub const MOST_STEPS: u32 = 1_000;
/// The steps that are chosen from, in hours: hours, parts of days, days, weeks, months, quarters, years.
const STEPS: [u32; 11] = [1, 3, 6, 12, 24, 72, 168, 336, 730, 2190, 8760];

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanWanted {
    /// First hour.
    pub from: Option<Hour>,
    /// First hour after it.
    pub to: Option<Hour>,
    /// Without ends: so much before the newest that there is.
    pub length: Length,
    /// Width of a step in hours.
    pub step_hours: Option<u32>,
}

/// How long a span is that ends with the newest that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many days.
    Days(u16),
    /// From the first.
    All,
}

impl Default for Length {
    /// A quarter: long enough to see a topic begin.
    fn default() -> Self {
        Self::Days(90)
    }
}

/// A span that cannot be shown, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SpanError(pub String);

impl SpanWanted {
    /// The span, where `extent` is what there is and `now` the hour that it is. What is dated ahead of now does not move its end.
    pub(super) fn resolve(self, extent: Option<(Hour, Hour)>, now: Hour) -> Result<Span, SpanError> {
        let (first, last) = extent.unwrap_or((now, now));
        let newest = if last > now.plus(48) && first <= now { now } else { last };
        let to = self.to.unwrap_or_else(|| match (self.from, self.length) {
            (None, Length::All) => last.next(),
            // An hour that begins after the newest must still have an end.
            (from, _) => newest.next().max(from.map_or(newest, Hour::next)),
        });
        let from = self.from.unwrap_or_else(|| match self.length {
            Length::Days(days) => to.plus(-24 * i32::from(days)),
            Length::All => first.min(to.plus(-1)),
        });
        if from >= to {
            return Err(SpanError("`from` must be earlier than `to`, by an hour at least".to_owned()));
        }
        let hours = to.since(from);
        let few = |step: &u32| hours / i32::try_from(*step).unwrap_or(i32::MAX) <= FEW_STEPS;
        let longest = || u32::try_from(hours / FEW_STEPS).unwrap_or(u32::MAX);
        let step_hours = self.step_hours.or_else(|| STEPS.into_iter().find(few)).unwrap_or_else(longest).max(1);
        let first_step = from.step(step_hours);
        let step = i64::from(step_hours);
        let points = (i64::from(to.since(first_step)) + step - 1) / step;
        match u32::try_from(points) {
            Ok(points) if points <= MOST_STEPS => Ok(Span { from, to, first_step, step_hours, points }),
            _ => Err(SpanError(format!("the span has {points} steps, more than {MOST_STEPS}: ask for a wider `step`"))),
        }
    }
}

impl Span {
    /// The step that an hour lies in.
    pub(super) fn index(&self, hour: Hour) -> usize {
        let step = i32::try_from(self.step_hours).unwrap_or(i32::MAX);
        usize::try_from(hour.since(self.first_step) / step).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(text: &str) -> Hour {
        Hour::of(text.parse().unwrap())
    }

    fn shown(wanted: SpanWanted, extent: Option<(&str, &str)>) -> (String, String, u32, u32) {
        let extent = extent.map(|(first, last)| (hour(first), hour(last)));
        let span = wanted.resolve(extent, hour("2026-01-01T00:00:00Z")).unwrap();
        (span.from.start().to_string(), span.to.start().to_string(), span.step_hours, span.points)
    }

    const OLD: Option<(&str, &str)> = Some(("2025-09-01T05:00:00Z", "2025-10-03T23:00:00Z"));

    #[test]
    fn by_default_it_ends_with_the_newest() {
        let (from, to, step, points) = shown(SpanWanted::default(), OLD);
        assert_eq!((from.as_str(), to.as_str()), ("2025-07-06T00:00:00Z", "2025-10-04T00:00:00Z"));
        assert_eq!((step, points), (24, 90));
        let all = SpanWanted { length: Length::All, ..SpanWanted::default() };
        assert_eq!(shown(all, OLD).0, "2025-09-01T05:00:00Z");
        assert_eq!(shown(all, None), ("2026-01-01T00:00:00Z".into(), "2026-01-01T01:00:00Z".into(), 1, 1));
    }

    #[test]
    fn one_article_from_the_future_moves_nothing() {
        let (_, to, ..) = shown(SpanWanted::default(), Some(("2025-09-01T05:00:00Z", "2088-01-01T00:00:00Z")));
        assert_eq!(to, "2026-01-01T01:00:00Z");
    }

    #[test]
    fn a_step_is_chosen_that_makes_few() {
        let week = |step_hours| SpanWanted {
            from: Some(hour("2025-09-24T00:00:00Z")),
            to: Some(hour("2025-10-01T00:00:00Z")),
            step_hours,
            ..SpanWanted::default()
        };
        assert_eq!(shown(week(None), OLD).2, 3);
        assert_eq!(shown(week(Some(24)), OLD).3, 7);
        assert_eq!(shown(week(Some(168)), OLD).3, 2, "it touches two weeks of the calendar");
    }

    #[test]
    fn what_cannot_be_shown_is_said() {
        let resolve = |wanted: SpanWanted| wanted.resolve(None, hour("2026-01-01T00:00:00Z")).unwrap_err().to_string();
        let from = Some(hour("2020-01-01T00:00:00Z"));
        assert!(resolve(SpanWanted { from, to: from, ..SpanWanted::default() }).contains("earlier"));
        assert!(resolve(SpanWanted { from, step_hours: Some(1), ..SpanWanted::default() }).contains("wider"));
    }
}
