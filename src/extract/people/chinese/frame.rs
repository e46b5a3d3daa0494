//! What stands around a name: Chinese parts no words, so that only its neighbours show where a name begins and ends.

use crate::extract::han::HanText;
use crate::extract::scan::Scan;
use crate::extract::{At, FoundOrganisation, Name};
use crate::lexicon::{HanClass, RoleIndex, is_unspaced};

/// Most adverbs between a name and its verb of saying: 段其明 *则* 表示.
const ADVERBS: usize = 3;
/// Most characters between a name and its verb of saying, where a preposition opens a phrase: *在庭上* 说.
const PHRASE: usize = 12;

/// What stands before a name, the weakest ground for one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Left {
    /// The middle of a word, as far as anyone can tell.
    Nothing,
    /// A phrase begins or ends.
    Boundary,
    /// A clause begins, or another name ends.
    Clause,
    /// Of a place or a body, or of an age: 日本的, 草原铀业的, 巴基斯坦籍的, 九岁的.
    Belongs,
    /// An office, an occupation, a part in a trial.
    Title,
}

/// What stands after a name, the weakest ground for one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Right {
    /// The middle of a word, as far as anyone can tell.
    Nothing,
    /// The end of a clause.
    End,
    /// A verb, an adverb, a preposition.
    Link,
    /// A verb of saying, with what may stand before it; a title.
    Said,
}

/// A sentence with its frames.
pub(super) struct Frames<'s, 'd> {
    pub(super) scan: &'s Scan<'d>,
    pub(super) text: HanText<'s>,
    /// The titles of the sentence, and the organisations and names in the stretch and at its edges.
    roles: &'s [(At, RoleIndex)],
    organisations: &'s [FoundOrganisation],
    names: &'s [Name],
}

impl<'s, 'd> Frames<'s, 'd> {
    /// The frames of a stretch of one sentence.
    pub(super) fn new(scan: &'s Scan<'d>, organisations: &'s [FoundOrganisation], at: At) -> Self {
        let (roles, organisations) = (scan.roles_in(at.sentence), reaching(organisations, at, |found| found.at));
        Self {
            scan,
            text: HanText::new(scan, at),
            roles,
            organisations,
            names: reaching(&scan.names, at, |name| name.at),
        }
    }

    /// Whether the stretch begins its line.
    pub(super) fn begins_line(&self) -> bool {
        self.scan.begins_line(self.text.at(0, 0).sentence)
    }

    /// What stands before a place.
    pub(super) fn left(&self, place: usize) -> Left {
        let byte = self.text.byte(place);
        if self.title_ends(byte) {
            return Left::Title;
        }
        let Some(before) = place.checked_sub(1) else { return Left::Clause };
        if self.name_ends(byte) {
            return Left::Clause;
        }
        match self.text.chars[before] {
            '的' if self.name_ends(self.text.byte(before)) => Left::Belongs,
            '的' if before > 0 && matches!(self.text.chars[before - 1], '籍' | '岁') => Left::Belongs,
            '·' | '-' => Left::Nothing,
            c if !is_letter_or_digit(c) => Left::Clause,
            // the shortest first, which most of these are
            _ if self.text.words_to(place, 1).rev().any(|(from, class)| ends_phrase(class, place - from)) => {
                Left::Boundary
            }
            _ => Left::Nothing,
        }
    }

    /// What stands after a place.
    pub(super) fn right(&self, place: usize) -> Right {
        let Some(&c) = self.text.chars.get(place) else { return Right::End };
        if self.title_begins(self.text.byte(place)) {
            return Right::Said;
        }
        if matches!(c, '·' | '-') {
            return Right::Nothing;
        }
        if !is_letter_or_digit(c) {
            return Right::End;
        }
        if c.is_ascii_digit() {
            return Right::Link;
        }
        if self.says(place) {
            return Right::Said;
        }
        // A longer word that is a thing hides the short one that it begins with: 有色 hides 有.
        let longest = self.text.words_from(place, 1).next();
        match longest {
            Some((_, HanClass::Verb | HanClass::Link | HanClass::Said)) => Right::Link,
            _ => Right::Nothing,
        }
    }

    /// Whether a verb of saying stands there, or follows after adverbs or a phrase.
    fn says(&self, place: usize) -> bool {
        // 主席李榮輝指，內地旅客消費力仍在
        if let Some(['指', '，' | ',' | '：' | ':' | '出']) = self.text.chars.get(place..place + 2) {
            return true;
        }
        let mut from = place;
        for _ in 0..=ADVERBS {
            match self.text.words_from(from, 1).next() {
                Some((_, HanClass::Said)) => return true,
                Some((to, HanClass::Link)) => from = to,
                _ => break,
            }
        }
        let opens = matches!(self.text.chars.get(place), Some('在' | '对' | '向' | '就' | '从' | '随' | '于' | '给'));
        opens
            && (place + 2..place + PHRASE)
                .take_while(|&at| self.text.is_han(at))
                .any(|at| self.text.words_from(at, 1).next().is_some_and(|(_, class)| class == HanClass::Said))
    }

    fn title_ends(&self, byte: u32) -> bool {
        self.roles.binary_search_by_key(&byte, |(role, _)| role.span.end).is_ok()
    }

    fn title_begins(&self, byte: u32) -> bool {
        self.roles.binary_search_by_key(&byte, |(role, _)| role.span.start).is_ok()
    }

    /// Whether a place's name ends there.
    pub(super) fn place_ends(&self, place: usize) -> bool {
        let last = self.names.binary_search_by_key(&self.text.byte(place), |name| name.at.span.end);
        last.is_ok_and(|last| self.names[last].is_place())
    }

    /// Whether a place's or a body's name ends there.
    fn name_ends(&self, byte: u32) -> bool {
        let body = self.organisations.binary_search_by_key(&byte, |found| found.at.span.end);
        let goes_on = |last: usize| self.organisations.get(last + 1).is_some_and(|next| next.at.span.start == byte);
        body.is_ok_and(|last| !goes_on(last))
            || self.names.binary_search_by_key(&byte, |name| name.at.span.end).is_ok_and(|last| {
                let name = &self.names[last];
                name.is_place() || name.is_organisation()
            })
    }
}

/// Those of a list in order that share a byte with a place, or touch it.
fn reaching<T>(items: &[T], at: At, at_of: impl Fn(&T) -> At) -> &[T] {
    let first = items.partition_point(|item| (at_of(item).field, at_of(item).span.end) < (at.field, at.span.start));
    let items = &items[first..];
    &items[..items.partition_point(|item| (at_of(item).field, at_of(item).span.start) <= (at.field, at.span.end))]
}

/// Most of Chinese: the tables need not be asked.
fn is_letter_or_digit(c: char) -> bool {
    is_unspaced(c) || c.is_alphanumeric()
}

/// Whether a name may begin where a word of so many characters ends.
fn ends_phrase(class: HanClass, length: usize) -> bool {
    match class {
        HanClass::Link | HanClass::Said | HanClass::Party => true,
        HanClass::Verb => length >= 2,
        HanClass::Trade | HanClass::Name | HanClass::Noun => false,
    }
}
