//! Figures and dates → claims: what a number says of which commodity in which country.

use super::attribution::Attribution;
use super::clauses::{Clauses, starting_in};
use super::context::Context;
use super::dates::{self, PartialDate};
use super::figures::{Figure, Figures, figures};
use super::owners::{Owner, only_owner};
use super::pairs::{Stages, stages};
use crate::extract::{Amount, At, Cue, Scan};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, Dimension, PlaceIndex};
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
pub(super) const NEAR: u32 = 32;
/// Farthest that `a year`, 年产 stand from the mass.
const BESIDE: u32 = 24;
/// Farthest that `takes effect` stands from its date.
const IN_EFFECT: u32 = 48;
/// No expression that holds a figure begins farther before it.
pub(super) const LONGEST: u32 = 96;
/// Longest that stands between `from 3,000 tonnes` and what it rose to.
const RAISED: usize = 24;
/// More money than this is no price of a unit.
const HIGHEST_PRICE: f64 = 1e6;

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
pub(super) fn claims(context: &Context<'_, '_>, stages: &Stages, attributions: &[Vec<Attribution>]) -> Vec<Claim> {
    let (resolved, clauses) = (context.resolved, context.clauses);
    let figures = Figures { context, resolved, clauses };
    let reader = Reader { figures, stages, attributions };
    let mut claims = reader.figures();
    let dated = (0..resolved.scan.sentences.len() as u32)
        .filter(|&sentence| resolved.scan.said_in(sentence).contains(CueClass::DATE_OF_EFFECT))
        .filter(|&sentence| !clauses.minerals_in(sentence).is_empty())
        .flat_map(|sentence| dates::find(&resolved.scan, sentence));
    claims.extend(dated.filter_map(|(at, date)| reader.date(at, date)));
    claims.sort_by_key(|claim| claim.at);
    claims
}

pub(super) struct Reader<'r, 'd> {
    pub figures: Figures<'r, 'd>,
    pub stages: &'r Stages<'r, 'd>,
    attributions: &'r [Vec<Attribution>],
}

/// What the figures of a sentence say of those after them.
#[derive(Default)]
pub(super) struct Told {
    sentence: u32,
    owner: Owner,
    pub of_the_books: bool,
    /// The last percentage is a part of a company or a project.
    pub owned: bool,
    /// Where the last mass ends, if it is a year's.
    yearly: Option<u32>,
    /// The commodity that the last figure of the sentence before is about, if a list goes on from there.
    carried: Option<usize>,
    subject: Option<usize>,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn scan(&self) -> &Scan<'d> {
        &self.figures.resolved.scan
    }

    /// Every quantity that says something of a commodity.
    fn figures(&self) -> Vec<Claim> {
        let mut told = Told::default();
        let mut claims = Vec::new();
        for figure in figures(self.scan(), &self.figures.resolved.quantities) {
            if figure.at.sentence != told.sentence {
                let carried = told.subject.filter(|_| self.goes_on(told.sentence, figure.at));
                told = Told { sentence: figure.at.sentence, carried, ..Told::default() };
            }
            claims.extend(self.claim(&figure, &mut told));
        }
        claims
    }

    /// `澳大利亚8.8万吨；智利4.9万吨`: the list that a semicolon parts goes on.
    fn goes_on(&self, sentence: u32, at: At) -> bool {
        let scan = self.scan();
        sentence + 1 == at.sentence
            && self.figures.context.same_section(sentence, at)
            && scan.sentence_text(sentence).trim_end().ends_with([';', '；'])
    }

    fn claim(&self, figure: &Figure<'_>, told: &mut Told) -> Option<Claim> {
        let (at, figures) = (figure.at, &self.figures);
        let named = figures.subject(figure);
        let carried = || {
            let only = only_owner(figures.context.countries_in(at.sentence));
            told.carried.filter(|_| figures.clauses.minerals_in(at.sentence).is_empty()).zip(only)
        };
        let (mention, country) = match named {
            Some(mention) => (mention, None),
            None => carried().map(|(mention, country)| (mention, Some(country)))?,
        };
        told.subject = Some(mention);
        told.of_the_books = figures.is_of_the_books(figure, told.of_the_books);
        let found = self.reading(figure, told, mention);
        let changes = found.as_ref().is_some_and(|(kind, ..)| *kind == ClaimKind::Change);
        let share = matches!(figure.amount, Some(Amount::Percent(_))) && !changes;
        told.owner = country.map_or_else(|| figures.owner(figure, told.owner, share), Owner::Country);
        let (kind, value, unit) = found?;
        let claim = Claim { value: Some(value), ..self.about(mention, at, kind, unit) };
        Some(match told.owner {
            Owner::Untold => {
                Claim { country: self.attributed(mention, |country| figures.may_be_of(figure, country)), ..claim }
            }
            Owner::Nobody => Claim { country: None, ..claim },
            Owner::Country(country) => Claim { country: Some(country), ..claim },
        })
    }

    /// What a figure says of a commodity: kind, value and unit.
    fn reading(&self, figure: &Figure<'_>, told: &mut Told, mention: usize) -> Option<(ClaimKind, f64, String)> {
        let at = figure.at;
        let yearly = std::mem::take(&mut told.yearly);
        match figure.amount? {
            Amount::Percent(value) => self.percent(at, *value, told),
            Amount::Measure(value, unit, Dimension::Mass | Dimension::Volume) => {
                let (factor, unit) = IN_TONNES
                    .iter()
                    .find(|(id, _)| id == unit)
                    .map_or((1.0, unit.as_str()), |(_, factor)| (*factor, TONNE));
                let is_a_year = self.is_a_year(figure) || yearly.is_some_and(|end| self.is_raised(at, end));
                told.yearly = is_a_year.then_some(at.span.end);
                let unit = if is_a_year && !unit.contains('/') { format!("{unit}/year") } else { unit.to_owned() };
                let other = self.figures.is_of_something_else(figure, mention);
                (!other).then_some((ClaimKind::Mass, *value * factor, unit))
            }
            Amount::Measure(..) => None,
            Amount::Money(value, _) if told.of_the_books || *value < HIGHEST_PRICE && self.is_difference(at) => None,
            Amount::Money(value, code) => Some((ClaimKind::Money, *value, code.clone())),
            Amount::Price(..) if told.of_the_books || self.is_difference(at) => None,
            Amount::Price(value, code, unit) => Some((ClaimKind::Price, *value, [code, "/", unit].concat())),
        }
    }

    /// `from 3,000 tonnes to 60,000`, 由3000吨提升至6万吨: from a mass that ends at a byte to this one.
    fn is_raised(&self, at: At, from: u32) -> bool {
        let between = self.scan().slice(at.field, from.min(at.span.start), at.span.start).trim_end();
        let particles = &self.scan().lexicon.particles.figure;
        between.len() <= RAISED
            && (particles.to.ends(between) || particles.from.ends(between))
            && !between.contains([',', '，', '、'])
    }

    /// `a year`, 年产: beside the mass or a part of its unit, or before it in its member of the list; not the year of
    /// 上半年产 and 去年产.
    fn is_a_year(&self, figure: &Figure<'_>) -> bool {
        let (scan, at) = (self.scan(), figure.at);
        if !scan.said_in(at.sentence).contains(CueClass::PER_YEAR) {
            return false;
        }
        let particles = &scan.lexicon.particles.figure;
        let clause = self.clauses().span(at);
        let (from, to) = (clause.start.max(at.span.start.saturating_sub(LONGEST)), at.span.end + BESIDE);
        let near = starting_in(self.clauses().cues_in(at.sentence), from, clause.end.min(to));
        near.iter().filter(|cue| cue.class == CueClass::PER_YEAR).any(|cue| {
            let span = cue.at.span;
            let after = &scan.field(at).original[span.end as usize..];
            // `Annual output of lithium carbonate will rise to 60,000 tonnes`
            let leads = || {
                span.start >= figure.left
                    && !particles.yearly_after.begins(scan.text(cue.at))
                    && self.figures.first_break(at, span.end, at.span.start, false).is_none()
            };
            (span.end + BESIDE >= at.span.start || leads())
                && !particles.half_year.ends(scan.tail_before(cue.at, 4))
                && !particles.other_year.begins(after)
        })
    }

    /// `from 1 August`, 自12月1日起: beside a word that says that it is when a measure begins or ends.
    fn date(&self, at: At, date: PartialDate) -> Option<Claim> {
        let in_effect =
            self.beside(at, IN_EFFECT).any(|cue| cue.class == CueClass::DATE_OF_EFFECT && self.opens(cue, at));
        let mention = self.figures.subject(&Figure::alone(self.scan(), at)).filter(|_| in_effect)?;
        Some(Claim { date: Some(date), ..self.about(mention, at, ClaimKind::Date, "date".to_owned()) })
    }

    /// A mere `from` or 自 says so only directly before the date, where a state or a contract sets something; a verb of
    /// effect anywhere near it.
    fn opens(&self, cue: &Cue, date: At) -> bool {
        let scan = self.scan();
        if !scan.lexicon.particles.figure.effect.has_in_any_case(scan.text(cue.at)) {
            return true;
        }
        let before = cue.at.span.end <= date.span.start
            && scan.slice(date.field, cue.at.span.end, date.span.start).trim().is_empty();
        (before || cue.at.span.start == date.span.end) && scan.said_in(date.sentence).intersects(SETTING)
    }

    /// The first country that a mention's own sentence attributes it to, of those that may be meant.
    fn attributed(&self, mention: usize, may_be: impl Fn(PlaceIndex) -> bool) -> Option<PlaceIndex> {
        let by_sentence = self.attributions[mention].iter().filter(|known| known.basis == Basis::Sentence);
        let mut countries = by_sentence.map(|known| known.country);
        countries.find(|&country| may_be(country))
    }

    fn about(&self, mention: usize, at: At, kind: ClaimKind, unit: String) -> Claim {
        let commodity = &self.figures.resolved.commodities[mention];
        Claim {
            at,
            kind,
            value: None,
            date: None,
            unit,
            approximate: self.is_approximate(at),
            commodity: Some(commodity.entity),
            country: self.attributed(mention, |_| true),
            stage: stages(self.stages.told_near(commodity.at)).next(),
        }
    }

    pub(super) fn clauses(&self) -> &Clauses<'_> {
        self.figures.clauses
    }

    /// The cues of the figure's clause that stand this near to it, on either side.
    pub(super) fn beside(&self, at: At, near: u32) -> impl Iterator<Item = &Cue> {
        let clause = self.clauses().span(at);
        let from = clause.start.max(at.span.start.saturating_sub(3 * near));
        let cues = starting_in(self.clauses().cues_in(at.sentence), from, clause.end.min(at.span.end + near)).iter();
        cues.filter(move |cue| {
            let span = cue.at.span;
            span.end <= at.span.start && at.span.start - span.end <= near || span.start >= at.span.end
        })
    }

    /// `about`, 约 and the like end where the figure begins.
    fn is_approximate(&self, at: At) -> bool {
        let text = self.scan().text(at);
        self.scan().lexicon.particles.figure.more_or_less.ends(text)
            || self.scan().said_in(at.sentence).contains(CueClass::APPROXIMATE)
                && self
                    .beside(at, 8)
                    .filter(|cue| cue.class == CueClass::APPROXIMATE)
                    .any(|cue| cue.at.span.end <= at.span.start || cue.at.span.start == at.span.end)
    }
}
