//! Figures → claims: what a number says of which commodity in which country.

use super::clauses::Clauses;
use super::minerals::{Attribution, stages};
use crate::extract::{Amount, At, Cue, Quantity};
use crate::lexicon::{CommodityIndex, CueClass, Dimension, PlaceIndex};
use crate::resolve::Resolved;
use crate::vocabulary::{Basis, ClaimKind, Stage};

/// A figure that the article gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands.
    pub at: At,
    /// What it says.
    pub kind: ClaimKind,
    /// In `unit`.
    pub value: f64,
    /// `percent`, `tonne`, an ISO 4217 code, `USD/tonne` …
    pub unit: String,
    /// `about`, `nearly`, 约.
    pub approximate: bool,
    /// What it is about.
    pub commodity: Option<CommodityIndex>,
    /// Where.
    pub country: Option<PlaceIndex>,
    /// What is done.
    pub stage: Option<Stage>,
}

/// Farthest that a word for a rise or fall stands from its figure, in bytes.
const NEAR: u32 = 32;

/// Reads every quantity that says something of a commodity.
pub(super) fn claims(resolved: &Resolved<'_>, clauses: &Clauses, attributions: &[Vec<Attribution>]) -> Vec<Claim> {
    let reader = Reader { resolved, clauses };
    resolved.quantities.iter().filter_map(|quantity| reader.claim(quantity, attributions)).collect()
}

struct Reader<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses,
}

impl Reader<'_, '_> {
    fn claim(&self, quantity: &Quantity, attributions: &[Vec<Attribution>]) -> Option<Claim> {
        let at = quantity.at;
        let (kind, value, unit) = match &quantity.amount {
            Amount::Percent(value) => self.percent(at, *value)?,
            Amount::Measure(value, unit, Dimension::Mass | Dimension::Volume) => {
                (ClaimKind::Mass, *value, unit.clone())
            }
            Amount::Measure(..) => return None,
            Amount::Money(value, code) => (ClaimKind::Money, *value, code.clone()),
            Amount::Price(value, code, unit) => (ClaimKind::Price, *value, format!("{code}/{unit}")),
        };
        let mention = self.subject(at)?;
        let by_sentence = attributions[mention].iter().find(|attribution| attribution.basis == Basis::Sentence);
        Some(Claim {
            at,
            kind,
            value,
            unit,
            approximate: self.is_approximate(at),
            commodity: Some(self.resolved.commodities[mention].entity),
            country: by_sentence.map(|attribution| attribution.country),
            stage: stages(self.resolved, self.clauses, self.resolved.commodities[mention].at).first().copied(),
        })
    }

    /// A percentage is a change beside `rose` or `fell`, a share beside `of` or `accounts for`; a duty is neither.
    fn percent(&self, at: At, value: f64) -> Option<(ClaimKind, f64, String)> {
        let clause = self.clauses.span(at);
        let near = |cue: &&Cue| {
            let (start, end) = (cue.at.span.start, cue.at.span.end);
            start >= clause.start
                && end <= clause.end
                && (end <= at.span.start && at.span.start - end <= NEAR
                    || start >= at.span.end && start - at.span.end <= NEAR)
        };
        let has = |class: CueClass| self.cues(at).iter().filter(near).any(|cue| cue.class == class);
        let unit = "percent".to_owned();
        if has(CueClass::RISE) {
            return Some((ClaimKind::Change, value, unit));
        }
        if has(CueClass::FALL) {
            return Some((ClaimKind::Change, -value, unit));
        }
        let field = self.resolved.scan.field(at);
        let after = field.original.get(at.span.end as usize..).unwrap_or_default();
        let of = after.starts_with(" of") || after.starts_with('的') || after.starts_with("以上的");
        let shares = of || self.cues(at).iter().any(|cue| cue.class == CueClass::SHARE);
        (shares && !has(CueClass::EVENT_TARIFF)).then_some((ClaimKind::Share, value, unit))
    }

    fn cues(&self, at: At) -> &[Cue] {
        self.resolved.scan.cues_in(at.sentence)
    }

    /// `about`, 约 and the like end where the figure begins.
    fn is_approximate(&self, at: At) -> bool {
        self.cues(at).iter().filter(|cue| cue.class == CueClass::APPROXIMATE).any(|cue| {
            let before = cue.at.span.end <= at.span.start && at.span.start - cue.at.span.end <= 8;
            before || cue.at.span.start == at.span.end
        })
    }

    /// Place, among the mentions, of the commodity that the figure is about: the next one in its clause, else the last
    /// one before it, else the only one of the sentence.
    fn subject(&self, at: At) -> Option<usize> {
        let mentions = &self.resolved.commodities;
        let first = mentions.partition_point(|mention| mention.at.sentence < at.sentence);
        let of_sentence = Resolved::in_sentence(mentions, at.sentence);
        let clause = self.clauses.number(at);
        let in_clause = |place: &usize| self.clauses.number(of_sentence[*place].at) == clause;
        let after =
            (0..of_sentence.len()).filter(in_clause).find(|&place| of_sentence[place].at.span.start >= at.span.end);
        let before = (0..of_sentence.len())
            .filter(in_clause)
            .rev()
            .find(|&place| of_sentence[place].at.span.end <= at.span.start);
        let nearer = match (before, after) {
            // `copper output fell 5 %` against `90 % of global magnet manufacturing`: the nearer one, forward if it is `of`.
            (Some(before), Some(after)) => {
                let back = at.span.start - of_sentence[before].at.span.end;
                let forth = of_sentence[after].at.span.start - at.span.end;
                Some(if back < forth { before } else { after })
            }
            (before, after) => before.or(after),
        };
        let last_before =
            || (0..of_sentence.len()).rev().find(|&place| of_sentence[place].at.span.end <= at.span.start);
        nearer.or_else(last_before).or_else(|| (of_sentence.len() == 1).then_some(0)).map(|place| first + place)
    }
}
