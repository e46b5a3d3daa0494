//! Figures and dates → claims: what a number says of which commodity in which country.

use super::attribution::{Attribution, MOVING};
use super::clauses::{Clauses, starting_in};
use super::dates::{self, PartialDate};
use super::pairs::{stages, told_near};
use crate::extract::{Amount, At, Cue, Quantity};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, Dimension, PlaceIndex};
use crate::resolve::Resolved;
use crate::vocabulary::{Basis, ClaimKind, Stage};

/// A figure, or a date of effect, that the article gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands.
    pub at: At,
    /// What it says.
    pub kind: ClaimKind,
    /// In `unit`; none for a date.
    pub value: Option<f64>,
    /// As far as the article tells it.
    pub date: Option<PartialDate>,
    /// `percent`, `tonne`, `tonne/year`, an ISO 4217 code, `USD/tonne`, `date` …
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

/// The unit of every mass.
const TONNE: &str = "tonne";
/// Units of mass that prices are quoted in, in tonnes.
const IN_TONNES: [(&str, f64); 2] = [("troy-ounce", 3.110_347_68e-5), ("carat", 2e-7)];
/// Farthest that a word for a rise or fall stands from its figure, in bytes.
const NEAR: u32 = 32;
/// Farthest that `a year`, 年产 stand from the mass.
const BESIDE: u32 = 24;
/// Farthest that `takes effect` stands from its date.
const IN_EFFECT: u32 = 48;

/// Words that tell a date of effect only where something is set.
const PREPOSITIONS: [&str; 10] =
    ["from", "until", "as of", "as from", "starting", "beginning", "自", "从", "起", "实施"];
/// What is set to begin or end on a date.
const SETTING: CueSet = CueSet::of(&[
    CueClass::EVENT_AGREEMENT,
    CueClass::EVENT_EXPORT_CONTROL,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_SANCTION,
    CueClass::EVENT_POLICY,
    CueClass::EVENT_LICENCE,
    CueClass::EVENT_MINE_SUSPENSION,
]);

/// Reads every quantity and every date of effect that says something of a commodity.
pub(super) fn claims(resolved: &Resolved<'_>, clauses: &Clauses, attributions: &[Vec<Attribution>]) -> Vec<Claim> {
    let reader = Reader { resolved, clauses, attributions };
    let mut claims: Vec<Claim> = resolved.quantities.iter().filter_map(|quantity| reader.claim(quantity)).collect();
    let dated = (0..resolved.scan.sentences.len() as u32)
        .filter(|&sentence| resolved.scan.said_in(sentence).contains(CueClass::DATE_OF_EFFECT))
        .filter(|&sentence| !clauses.minerals_in(sentence).is_empty())
        .flat_map(|sentence| dates::find(&resolved.scan, sentence));
    claims.extend(dated.filter_map(|(at, date)| reader.date(at, date)));
    claims.sort_by_key(|claim| claim.at);
    claims
}

struct Reader<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses<'r>,
    attributions: &'r [Vec<Attribution>],
}

impl Reader<'_, '_> {
    fn claim(&self, quantity: &Quantity) -> Option<Claim> {
        let at = quantity.at;
        let mention = self.subject(at)?;
        let (kind, value, unit) = match &quantity.amount {
            Amount::Percent(value) => self.percent(at, *value)?,
            Amount::Measure(value, unit, Dimension::Mass | Dimension::Volume) => {
                let (factor, unit) = IN_TONNES
                    .iter()
                    .find(|(id, _)| id == unit)
                    .map_or((1.0, unit.as_str()), |(_, factor)| (*factor, TONNE));
                let unit = if self.is_a_year(at) { format!("{unit}/year") } else { unit.to_owned() };
                (ClaimKind::Mass, *value * factor, unit)
            }
            Amount::Measure(..) => return None,
            Amount::Money(value, code) => (ClaimKind::Money, *value, code.clone()),
            Amount::Price(value, code, unit) => (ClaimKind::Price, *value, [code, "/", unit].concat()),
        };
        Some(Claim { value: Some(value), ..self.about(mention, at, kind, unit) })
    }

    /// `a year`, 年产: beside the mass or a part of its unit; not the year of 上半年产 and 去年产.
    fn is_a_year(&self, at: At) -> bool {
        if !self.resolved.scan.said_in(at.sentence).contains(CueClass::PER_YEAR) {
            return false;
        }
        let clause = self.clauses.span(at);
        let (from, to) = (clause.start.max(at.span.start.saturating_sub(BESIDE)), at.span.end + BESIDE);
        let near = starting_in(self.clauses.cues_in(at.sentence), from, clause.end.min(to));
        near.iter().filter(|cue| cue.class == CueClass::PER_YEAR).any(|cue| {
            !self.resolved.scan.tail_before(cue.at, 4).ends_with(['半', '去', '今', '前', '全', '上', '近', '当', '每'])
        })
    }

    /// `from 1 August`, 自12月1日起: beside a word that says that it is when a measure begins or ends.
    fn date(&self, at: At, date: PartialDate) -> Option<Claim> {
        let in_effect =
            self.beside(at, IN_EFFECT).any(|cue| cue.class == CueClass::DATE_OF_EFFECT && self.opens(cue, at));
        let mention = self.subject(at).filter(|_| in_effect)?;
        Some(Claim { date: Some(date), ..self.about(mention, at, ClaimKind::Date, "date".to_owned()) })
    }

    /// A mere `from` or 自 says so only directly before the date, where a state or a contract sets something; a verb of
    /// effect anywhere near it.
    fn opens(&self, cue: &Cue, date: At) -> bool {
        let scan = &self.resolved.scan;
        if !PREPOSITIONS.contains(&scan.text(cue.at).to_lowercase().as_str()) {
            return true;
        }
        let before = cue.at.span.end <= date.span.start
            && scan.slice(date.field, cue.at.span.end, date.span.start).trim().is_empty();
        (before || cue.at.span.start == date.span.end) && scan.said_in(date.sentence).intersects(SETTING)
    }

    fn about(&self, mention: usize, at: At, kind: ClaimKind, unit: String) -> Claim {
        let by_sentence = self.attributions[mention].iter().find(|attribution| attribution.basis == Basis::Sentence);
        let commodity = &self.resolved.commodities[mention];
        Claim {
            at,
            kind,
            value: None,
            date: None,
            unit,
            approximate: self.is_approximate(at),
            commodity: Some(commodity.entity),
            country: by_sentence.map(|attribution| attribution.country),
            stage: stages(told_near(self.resolved, self.clauses, commodity.at)).next(),
        }
    }

    /// A percentage is a change beside `rose` or `fell`, a share beside `of` or `accounts for`; a duty is neither.
    fn percent(&self, at: At, value: f64) -> Option<(ClaimKind, f64, String)> {
        let said = self.resolved.scan.said_in(at.sentence);
        let is_duty = |cue: &Cue| cue.class == CueClass::EVENT_TARIFF;
        if said.contains(CueClass::EVENT_TARIFF) && self.beside(at, NEAR).any(is_duty) {
            return None;
        }
        let unit = "percent".to_owned();
        if let Some(moves) = self.nearest_move(at) {
            return Some((ClaimKind::Change, if moves == CueClass::FALL { -value } else { value }, unit));
        }
        let field = self.resolved.scan.field(at);
        let after = field.original.get(at.span.end as usize..).unwrap_or_default();
        let of = after.starts_with(" of") || after.starts_with('的') || after.starts_with("以上的");
        let shares = of || said.contains(CueClass::SHARE);
        shares.then_some((ClaimKind::Share, value, unit))
    }

    /// The word for a rise or a fall that stands nearest; of two as near, the one before.
    fn nearest_move(&self, at: At) -> Option<CueClass> {
        if !self.resolved.scan.said_in(at.sentence).intersects(MOVING) {
            return None;
        }
        let distance = |cue: &&Cue| {
            let before = at.span.start.saturating_sub(cue.at.span.end);
            before.max(cue.at.span.start.saturating_sub(at.span.end))
        };
        let moves = self.beside(at, NEAR).filter(|cue| MOVING.contains(cue.class));
        moves.min_by_key(distance).map(|cue| cue.class)
    }

    /// The cues of the figure's clause that stand this near to it, on either side.
    fn beside(&self, at: At, near: u32) -> impl Iterator<Item = &Cue> {
        let clause = self.clauses.span(at);
        let from = clause.start.max(at.span.start.saturating_sub(3 * near));
        let cues = starting_in(self.clauses.cues_in(at.sentence), from, clause.end.min(at.span.end + near)).iter();
        cues.filter(move |cue| {
            let span = cue.at.span;
            span.end <= at.span.start && at.span.start - span.end <= near || span.start >= at.span.end
        })
    }

    /// `about`, 约 and the like end where the figure begins.
    fn is_approximate(&self, at: At) -> bool {
        let text = self.resolved.scan.text(at);
        ["以上", "左右", "多"].iter().any(|more| text.ends_with(more))
            || self.resolved.scan.said_in(at.sentence).contains(CueClass::APPROXIMATE)
                && self
                    .beside(at, 8)
                    .filter(|cue| cue.class == CueClass::APPROXIMATE)
                    .any(|cue| cue.at.span.end <= at.span.start || cue.at.span.start == at.span.end)
    }

    /// Place, among the mentions, of the commodity that the figure is about: the nearer one of its clause, else the last
    /// one before it, else the only one of the sentence.
    fn subject(&self, at: At) -> Option<usize> {
        let first = self.clauses.minerals_before(at.sentence);
        let of_sentence = self.clauses.minerals_in(at.sentence);
        if of_sentence.is_empty() {
            return None;
        }
        let clause = self.clauses.number(at);
        let split = of_sentence.partition_point(|mention| mention.at.span.start < at.span.end);
        let last_before = split.checked_sub(1).filter(|&place| of_sentence[place].at.span.end <= at.span.start);
        let in_clause = |place: &usize| self.clauses.number(of_sentence[*place].at) == clause;
        let after = Some(split).filter(|&place| place < of_sentence.len()).filter(in_clause);
        let nearer = match (last_before.filter(in_clause), after) {
            // `copper output fell 5 %` against `90 % of global magnet manufacturing`: the nearer one, forward if it is `of`.
            (Some(before), Some(after)) => {
                let back = at.span.start - of_sentence[before].at.span.end;
                let forth = of_sentence[after].at.span.start - at.span.end;
                Some(if back < forth { before } else { after })
            }
            (before, after) => before.or(after),
        };
        nearer.or(last_before).or_else(|| (of_sentence.len() == 1).then_some(0)).map(|place| first + place)
    }
}
