//! What a trigger of an event is about: a strike that begins at a mine is no mine that opens, copper that is bought is no takeover.
//!
//! English only: the triggers of Chinese hold their objects.

use super::clauses::{figures_in, starting_in};
use super::statements::{CONDITION, NEAR, Statements};
use crate::extract::{Amount, At};
use crate::lexicon::{CueClass, Dimension};
use smallvec::SmallVec;

impl Statements<'_, '_> {
    /// `began construction of the plant`, `the strike at the mine began`, `the drought has begun to hurt the mine`: what begins is no
    /// work of a mine.
    pub(super) fn starts_something_else(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let text = self.scan.text(at).to_ascii_lowercase();
        let all: SmallVec<[&str; 12]> = words(&text).collect();
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
        let within = &all[1..all.len().saturating_sub(1).max(1)];
        if within.iter().any(|word| event.building.has(word) || event.deeds.has(word)) {
            return true;
        }
        if event.begins.has(last) {
            let mut after = words(self.scan.rest_after(at));
            match after.next() {
                Some("to") => return !after.next().is_some_and(|verb| event.works.has(verb)),
                Some("building" | "constructing") => return true,
                // `the smelter has begun consultations`
                Some(next) if event.deeds.has(next) => return true,
                _ => {}
            }
            return !event.begins.has(first) && self.is_of_a_phrase(at);
        }
        // `opened a school near the mine`
        let links = match first {
            first if event.begins.has(first) => Some(&event.links),
            first if event.opens.has(first) => Some(&event.nearby),
            _ => None,
        };
        links.is_some_and(|links| within.iter().any(|word| links.has(word)))
            && !within.iter().any(|word| event.work.has(word))
            || within.windows(2).any(|pair| pair == ["work", "on"])
    }

    /// `approved a loan for the mine`, `suspends strike at the mine`, `the developer of the mine closed a loan`: another thing is
    /// approved or suspended, another party closes it.
    pub(super) fn is_of_another_thing(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let text = self.scan.text(at).to_ascii_lowercase();
        let all: SmallVec<[&str; 12]> = words(&text).collect();
        let Some(first) = all.first() else { return false };
        all[1..].iter().rev().skip(1).any(|word| event.deeds.has(word))
            || event.sites.has(first) && self.is_of_a_phrase(at) && !all.contains(&"been")
            || all.last() == Some(&"granted") && self.is_before_money(at)
    }

    /// `has been granted C$20 million`: no right.
    fn is_before_money(&self, at: At) -> bool {
        figures_in(self.quantities, at.sentence, at.span.end, at.span.end + 2)
            .any(|figure| matches!(figure.amount, Amount::Money(..)))
    }

    /// `pumped 1.4 million barrels`: the sum is none of money.
    pub(super) fn ends_in_goods(&self, at: At) -> bool {
        figures_in(self.quantities, at.sentence, at.span.start, at.span.end).any(|figure| {
            matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume))
                && figure.at.span.end >= at.span.end
        })
    }

    /// Whether a trigger's first word is not what its verb tells of: the mine of `a strike at the copper mine began`, but not of
    /// `production at the copper mine began`.
    fn is_of_a_phrase(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let before = self.scan.tail_before(at, CONDITION).to_ascii_lowercase();
        let before = before.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
        let before: SmallVec<[&str; 12]> = words(before).collect();
        let Some(link) = before.iter().rposition(|word| event.links.has(word)) else { return false };
        // `after a year of delays the mine began`
        let named_anew = before[link + 1..].iter().skip(1).any(|word| event.articles.has(word));
        let head = link.checked_sub(1).map(|head| before[head]);
        !named_anew
            && head.is_some_and(|head| {
                !event.work.has(head) && !event.sites.has(head) || head == "work" && before[link] == "on"
            })
    }

    /// `output of copper fell`, `demand for gold rose`: the move of an amount, not of a price. `at` begins with the commodity.
    pub(super) fn is_amount_of(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        if self.is_extreme_of_amount(at) || self.is_of_firms(at) {
            return true;
        }
        let mut minerals = self.clauses.minerals_in(at.sentence).iter().map(|mineral| mineral.at);
        let begins = |mineral: &At| mineral.span.start <= at.span.start && at.span.start < mineral.span.end;
        let Some(commodity) = minerals.find(begins) else { return false };
        let before = self.scan.tail_before(commodity, NEAR).to_ascii_lowercase();
        let before: SmallVec<[&str; 12]> = words(before.rsplit([',', ';']).next().unwrap_or_default()).collect();
        let link = before.iter().rposition(|word| matches!(*word, "of" | "for"));
        link.is_some_and(|link| link > 0 && before.len() - link <= 3 && event.amounts.has(before[link - 1]))
    }

    /// The firms of `put two gold firms under sanctions`, not those of `gold firms on weak dollar`.
    fn is_of_firms(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        self.scan.text(at).ends_with("firms") && {
            let after = self.scan.rest_after(at);
            !after.starts_with([',', ';', ':'])
                && words(after)
                    .next()
                    .is_some_and(|next| !event.after_move.has(next) && !next.starts_with(|c: char| c.is_ascii_digit()))
        }
    }

    /// `copper output dropped to its lowest`, `wages at the mine are the highest in`: an amount, or another thing's price.
    fn is_extreme_of_amount(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let text = self.scan.text(at).to_ascii_lowercase();
        let extreme = text.contains("lowest") || text.contains("highest");
        extreme && !text.contains("price") && {
            let start = self.clauses.span(at).start;
            let mineral = self.clauses.mineral_before(at).filter(|mineral| mineral.span.start >= start);
            let from = mineral.map_or(start, |mineral| mineral.span.end).min(at.span.start);
            let of_site = words(self.scan.slice(at.field, from, at.span.start)).next();
            let told = starting_in(self.clauses.cues_in(at.sentence), from, at.span.start);
            mineral.is_some_and(|mineral| self.is_amount_of(mineral))
                || of_site.is_some_and(|word| event.sites.has(word))
                || told.iter().any(|cue| matches!(cue.class, CueClass::OTHER_FIGURE | CueClass::OUTPUT))
        }
    }

    /// Whether what is bought, by a trigger of a takeover, is goods: `agreed to buy 20,000 tonnes of zinc`, `buys gold from`.
    pub(super) fn is_of_goods(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let text = self.scan.text(at).to_ascii_lowercase();
        let ends_in_verb = words(&text).last().is_some_and(|last| event.buys.has(last));
        let start = if ends_in_verb { at.span.end } else { at.span.start };
        let mut object = start;
        let first = self.scan.rest_from(at, start).split_inclusive(' ').find_map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            let skipped =
                bare.is_empty() || event.qualifiers.has(&bare) || event.buys.has(&bare) || bare.starts_with("agree");
            object += if skipped { word.len() as u32 } else { 0 };
            (!skipped).then_some(bare)
        });
        let Some(first) = first else { return false };
        if event.goods.has(&first) {
            return true;
        }
        let mut amounts = figures_in(self.quantities, at.sentence, start, object + 2);
        if amounts.any(|figure| matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume))) {
            return true;
        }
        let mineral = self.clauses.minerals_in(at.sentence).iter().find(|mineral| mineral.at.span.start == object);
        mineral.is_some_and(|mineral| {
            let mut after = words(self.scan.rest_after(mineral.at));
            let next = after.find(|word| !event.goods.has(word));
            // `a third of the borates Turkey exports`
            let named = |word: &str| self.scan.text(at).contains(" of") && word.starts_with(char::is_uppercase);
            next.is_none_or(|word| event.from.has(word) || named(word))
        })
    }
}

/// The words of a text, without what stands around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}
