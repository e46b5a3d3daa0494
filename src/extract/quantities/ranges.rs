//! `US$40-45 million`, `370,000 to 420,000 tonnes`, 30万-35万吨: each end of a range has what the other says for both.

use super::figures::is_year;
use super::parts::Part;
use super::reader::Reader;

/// What joins the ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// A dash directly between them, 至.
    Close,
    /// A dash between spaces, `to`.
    Loose,
    /// `between … and …`
    And,
}

/// A lower end that is less than so many times the upper one has the same multiplier.
const WIDEST: f64 = 10.0;
/// Ends farther apart than so many times are no estimate: `rose $900 to $9,500`.
const ESTIMATE: f64 = 3.0;

/// Completes the ends of the ranges among a sentence's figures, which are in order.
pub(super) fn complete<'d>(reader: &Reader<'_, 'd>, parts: &mut [Part<'d>]) {
    for place in 1..parts.len() {
        let (before, after) = parts.split_at_mut(place);
        if let (Some(lower), Some(upper)) = (before.last_mut(), after.first_mut())
            && let Some(join) = join(reader, lower, upper)
        {
            share(reader, join, lower, upper);
        }
    }
}

/// What stands between two figures, if it makes a range of them.
fn join(reader: &Reader<'_, '_>, lower: &Part<'_>, upper: &Part<'_>) -> Option<Join> {
    let length = upper.span.start.checked_sub(lower.span.end)?;
    let gap = reader.rest(lower.span.end).get(..length as usize)?;
    match gap {
        "-" | "–" | "—" | "−" | "~" | "～" | "－" | "〜" | "∼" | "至" | "到" | " 至 " => {
            Some(Join::Close)
        }
        " to " | " - " | " – " | " — " | " ~ " => Some(Join::Loose),
        " and " => reader.head(lower.span.start).ends_with("between ").then_some(Join::And),
        "和" | "与" => reader.rest(upper.span.end).starts_with("之间").then_some(Join::And),
        _ => None,
    }
}

fn share<'d>(reader: &Reader<'_, 'd>, join: Join, lower: &mut Part<'d>, upper: &mut Part<'d>) {
    let bare = lower.money.is_none() && lower.unit.is_none();
    if bare && !is_end(reader, join, lower, upper) {
        return;
    }
    share_money(reader, join, lower, upper);
    let alike = match (lower.money, upper.money) {
        (Some(one), Some(other)) => one == other,
        (None, None) => bare || lower.unit.map(|unit| unit.id) == upper.unit.map(|unit| unit.id),
        _ => false,
    };
    if !alike {
        return;
    }
    let owns_unit = lower.unit.is_some() || lower.money.is_some() && lower.per.is_some();
    if lower.factor.is_none() && !owns_unit && lower.number < WIDEST * upper.number {
        lower.factor = upper.factor;
    }
    if lower.money.is_none() {
        lower.unit = lower.unit.or(upper.unit);
        lower.void |= upper.void;
    } else {
        lower.per = lower.per.or(upper.per);
        upper.per = upper.per.or(lower.per);
    }
    let head = reader.head(lower.span.start).trim_end();
    let moved = join != Join::And && reader.scan.lexicon.particles.figure.moved_from.ends(head);
    let (low, high) = (lower.value(), upper.value());
    if !moved && low < high && high <= ESTIMATE * low {
        lower.rough = true;
        upper.rough = true;
    }
}

/// Whether a figure without a unit is the lower end of a range and no year, day or number of a thing.
fn is_end(reader: &Reader<'_, '_>, join: Join, lower: &Part<'_>, upper: &Part<'_>) -> bool {
    let text = |part: &Part<'_>| reader.text(part.figure);
    let year = join != Join::Close && lower.factor.is_none() && is_year(text(lower)) && text(upper).len() != 4;
    let rises = join == Join::And || lower.value() < upper.value();
    !year && (rises || !text(lower).is_ascii()) && !reader.is_labelled(lower.figure.start)
}

/// A currency stands before the lower end (`$40-45`), or after the upper one (60-65美元), with what a price is of at either.
fn share_money<'d>(reader: &Reader<'_, 'd>, join: Join, lower: &mut Part<'d>, upper: &mut Part<'d>) {
    if lower.money.is_some() && upper.money.is_none() && upper.unit.is_none() {
        let mut priced = Part { money: lower.money, ..upper.clone() };
        reader.price(&mut priced);
        // `$5 to 10 companies`
        if join == Join::Close || priced.factor.is_some() || priced.per.is_some() {
            *upper = priced;
        }
    } else if lower.money.is_none() && lower.unit.is_none() {
        lower.money = upper.money;
    }
}
