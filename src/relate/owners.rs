//! Figures → the country that each belongs to, where a sentence has several: the one that stands with it.

use super::countries::CountryMention;
use super::figures::{Figure, Figures};
use super::lists::respective_countries;
use super::surroundings::GrammaticalCase;
use crate::extract::At;
use crate::lexicon::{CueClass, PlaceIndex};

/// Farthest that the country stands after its figure, in bytes.
const COUNTRY_AFTER: u32 = 72;
/// Mentions of countries that are looked at before a figure, and in its sentence.
const MOST_COUNTRIES: usize = 8;
const MOST_IN_SENTENCE: usize = 32;

/// Whose a figure is, as far as its member of the list says so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Owner {
    /// The commodity's attribution says it.
    #[default]
    Untold,
    /// `global output`: no single country's.
    Nobody,
    /// `in Peru`, 巴西.
    Country(PlaceIndex),
}

impl Figures<'_, '_> {
    /// Whose a figure is; `previous` is whose the one before it in the sentence was, `share` a share of a whole.
    pub(super) fn owner(&self, figure: &Figure<'_>, previous: Owner, share: bool) -> Owner {
        let at = figure.at;
        let worldwide = self.scan().said_in(at.sentence).contains(CueClass::WORLDWIDE);
        let countries = self.context.countries_in(at.sentence);
        if !(worldwide || self.several_figures(figure) && is_of_several(countries)) {
            return Owner::Untold;
        }
        let list = respective_countries(self.scan(), &self.context.countries, at.sentence, figure.count);
        if let Some(list) = list {
            return Owner::Country(self.context.countries[list.start + figure.place].country);
        }
        if let Some(owner) = self.owner_after(figure, countries) {
            return owner;
        }
        let parted = self.first_break(at, figure.left, at.span.start, true);
        let start = match parted {
            Some(found) if figure.follows => found.end,
            None if figure.follows => at.span.start,
            _ => figure.left,
        };
        let upto = countries.partition_point(|country| country.at.span.start < at.span.start);
        let mut before = countries[..upto]
            .iter()
            .rev()
            .take(MOST_COUNTRIES)
            .take_while(|country| country.at.span.start >= start)
            .filter(|country| may_own(country) || figure.follows && self.is_with(figure, country));
        let last = before.next();
        let world_from = parted.filter(|_| figure.follows).map_or(figure.left, |found| found.end);
        let world = self.world(figure, world_from).filter(|_| worldwide && !share);
        match (last, world) {
            (Some(last), Some(world)) if last.at < world && figure.is_mass() => Owner::Nobody,
            (None, Some(_)) => Owner::Nobody,
            (Some(last), _) if last.joined => Owner::Untold,
            // What stands before the first figure is weighed by the attribution.
            (Some(last), _)
                if !figure.follows && !self.is_source(last) && before.any(|other| other.country != last.country) =>
            {
                Owner::Untold
            }
            (Some(last), _) => Owner::Country(last.country),
            (None, None) => previous,
        }
    }

    /// `tonnes in Chile`, `tonnes of copper from mines in Peru`, 吨来自巴西: the country that stands with the figure, after it.
    fn owner_after(&self, figure: &Figure<'_>, countries: &[CountryMention]) -> Option<Owner> {
        let at = figure.at;
        let next = countries.partition_point(|country| country.at.span.start < at.span.end);
        let country = countries.get(next)?;
        let end = self.clauses.span(at).end.min(at.span.end + COUNTRY_AFTER);
        if country.at.span.start >= end {
            return None;
        }
        let between = self.scan().slice(at.field, at.span.end, country.at.span.start);
        // `from its South African mines`
        let placed = || between.split_whitespace().rev().take(2).any(|word| matches!(word, "in" | "from" | "at"));
        let stands_with = country.case == GrammaticalCase::Place || between.ends_with(" for ") || placed();
        // `at $33,000 a tonne in London`
        let quoted = country.exchange_seat || country.market_place && !figure.is_mass();
        let own = stands_with
            && !country.passing
            && !quoted
            && self.first_break(at, at.span.end, country.at.span.start, true).is_none();
        let joined = countries.get(next + 1).is_some_and(|other| other.joined && other.country != country.country);
        own.then_some(if joined { Owner::Untold } else { Owner::Country(country.country) })
    }

    /// Whether an attribution's country may be a figure's: where a sentence has several countries and figures, one that is
    /// named only in a later member is not.
    pub(super) fn may_be_of(&self, figure: &Figure<'_>, country: PlaceIndex) -> bool {
        let countries = self.context.countries_in(figure.at.sentence);
        let mut named = countries.iter().take(MOST_IN_SENTENCE).filter(|named| named.country == country);
        !(self.several_figures(figure) && is_of_several(countries))
            || named.next().is_none_or(|first| first.at.span.start < self.member_end(figure))
    }

    /// `with Indonesia producing 2.2 million tonnes`, `against South Africa's 20 Mt`: who has the figure of a list's member.
    fn is_with(&self, figure: &Figure<'_>, country: &CountryMention) -> bool {
        let after =
            self.scan().slice(country.at.field, country.at.span.end, figure.at.span.start.max(country.at.span.end));
        let before = self.scan().tail_before(country.at, 9);
        may_own(&CountryMention { case: GrammaticalCase::Bare, ..*country })
            && (matches!(after, "'s " | "’s ") || before.ends_with("with ") || before.ends_with("with the "))
    }

    /// 自印尼进口镍铁400万吨: a source, whoever buys.
    fn is_source(&self, country: &CountryMention) -> bool {
        let before = self.scan().tail_before(country.at, 8);
        self.scan().lexicon.particles.country.source.ends(before)
    }

    /// `World Gold Council`: a part of a name.
    fn is_titled(&self, at: At) -> bool {
        let sentence = self.scan().sentence(at.sentence).span;
        let upper = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_uppercase());
        let next = self.scan().rest_after(at);
        upper(self.scan().text(at)) && (at.span.start > sentence.start || upper(next))
    }

    /// Where the member of a figure speaks of the whole world, from a byte on; not of its largest producer.
    fn world(&self, figure: &Figure<'_>, start: u32) -> Option<At> {
        let at = figure.at;
        let cues = self.cues(at, start, at.span.start);
        // `the 290,000 tonnes mined globally`
        let after = || {
            let mut later = self.cues(at, at.span.end, self.member_end(figure)).iter();
            later.any(|cue| cue.class == CueClass::WORLDWIDE).then_some(at)
        };
        if !cues.iter().any(|cue| cue.class == CueClass::WORLDWIDE) {
            return after().filter(|_| figure.is_mass());
        }
        let world = cues.iter().rfind(|cue| cue.class == CueClass::WORLDWIDE && !self.is_titled(cue.at))?;
        let after = self.scan().slice(at.field, world.at.span.end, at.span.start.max(world.at.span.end));
        (!after.starts_with(['最', '第', '首', '领', '主'])).then_some(world.at)
    }
}

/// Whether the countries of a sentence are several that may have figures of their own.
fn is_of_several(countries: &[CountryMention]) -> bool {
    let countries = countries.iter().take(MOST_IN_SENTENCE);
    let mut own = countries.filter(|country| !country.passing && !country.exchange_seat);
    own.next().is_some_and(|first| own.any(|other| other.country != first.country))
}

/// Whether a country that stands before a figure may have it: not who is sold to or dealt with, nor a firm's seat.
fn may_own(country: &CountryMention) -> bool {
    !country.passing
        && !country.firm
        && !country.exchange_seat
        && !matches!(country.case, GrammaticalCase::Goal | GrammaticalCase::Partner)
}

/// The one country of a sentence that may have its figures.
pub(super) fn only_owner(countries: &[CountryMention]) -> Option<PlaceIndex> {
    let mut own = countries.iter().take(MOST_IN_SENTENCE).filter(|country| may_own(country));
    let first = own.next()?;
    own.all(|other| other.country == first.country).then_some(first.country)
}
