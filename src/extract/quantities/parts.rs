//! A figure with what belongs to it, and what both say.

use super::{Amount, unit_name};
use crate::lexicon::{CueClass, Dimension, Period};
use crate::text::Span;

/// A figure with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    /// From the currency's sign, or the number, to the unit.
    pub(super) span: Span,
    /// The number alone.
    pub(super) figure: Span,
    /// The number without its multiplier.
    pub(super) number: f64,
    /// million, 万.
    pub(super) factor: Option<f64>,
    /// ISO 4217 code.
    pub(super) money: Option<&'d str>,
    /// `a tonne`, 每吨, and how many of the unit: what a price is of.
    pub(super) per: Option<(&'d str, f64)>,
    /// What is measured.
    pub(super) unit: Option<Unit<'d>>,
    /// A mass per mass, or the purity of gold: no quantity.
    pub(super) void: bool,
    /// About so much: 多, a range.
    pub(super) rough: bool,
    /// `+` or `-` before it.
    pub(super) sign: Option<Sign>,
}

/// A unit behind a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'d> {
    pub(super) id: &'d str,
    pub(super) dimension: Dimension,
    pub(super) factor: f64,
    /// `per day`, and where that stands.
    pub(super) period: Option<(Period, Span)>,
}

/// A sign before a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) span: Span,
    pub(super) negative: bool,
}

impl Part<'_> {
    /// A number, and nothing known of it yet.
    pub(super) fn bare(figure: Span, number: f64) -> Self {
        Self {
            span: figure,
            figure,
            number,
            factor: None,
            money: None,
            per: None,
            unit: None,
            void: false,
            rough: false,
            sign: None,
        }
    }

    /// The number with its multiplier.
    pub(super) fn value(&self) -> f64 {
        self.number * self.factor.unwrap_or(1.0)
    }

    /// What it says, if it has a unit.
    pub(super) fn amount(&self) -> Option<Amount> {
        let value = self.value();
        let signed = if self.sign.is_some_and(|sign| sign.negative) { -value } else { value };
        match (self.void, self.money, self.per, self.unit) {
            (true, ..) => None,
            (_, Some(code), Some((unit, of)), _) => Some(Amount::Price(signed / of, code.to_owned(), unit.to_owned())),
            (_, Some(code), None, _) => Some(Amount::Money(signed, code.to_owned())),
            (_, None, _, Some(Unit { dimension: Dimension::Percent, factor, .. })) => {
                Some(Amount::Percent(value * factor))
            }
            (_, None, _, Some(unit)) => {
                let id = unit_name(unit.id, unit.period.map(|(period, _)| period));
                Some(Amount::Measure(value * unit.factor, id, unit.dimension))
            }
            (_, None, _, None) => None,
        }
    }

    /// What it says besides, and where.
    pub(super) fn cues(&self) -> impl Iterator<Item = (CueClass, Span)> {
        // no words say it: a place without length, where the figure begins
        let before = Span { end: self.span.start, ..self.span };
        let rough = self.rough.then_some((CueClass::APPROXIMATE, before));
        let moves = self.sign.filter(|_| self.is_percent()).map(|sign| {
            let class = if sign.negative { CueClass::FALL } else { CueClass::RISE };
            (class, before)
        });
        let yearly = self.unit.and_then(|unit| unit.period).filter(|(period, _)| *period == Period::Year);
        rough.into_iter().chain(moves).chain(yearly.map(|(_, span)| (CueClass::PER_YEAR, span)))
    }

    fn is_percent(&self) -> bool {
        self.money.is_none() && self.unit.is_some_and(|unit| unit.dimension == Dimension::Percent)
    }
}
