//! A document as the lexicon reads it, and what is asked of it; [`read`] makes it.

mod read;

use super::At;
use crate::lexicon::{CueClass, CueSet, Lexicon, Reading, Reason, RoleIndex, What};
use crate::text::{Document, Field, Sentence, Span, Token};
use smallvec::SmallVec;
use std::ops::Range;

/// A document as the lexicon reads it.
pub struct Scan<'d> {
    /// The document.
    pub document: &'d Document<'d>,
    /// The lexicon.
    pub lexicon: &'d Lexicon,
    /// (field, sentence of the field), over all fields.
    pub sentences: Vec<(u8, u32)>,
    /// Names, in order, not overlapping.
    pub names: Vec<Name>,
    /// Readings that lie within a longer expression.
    pub hidden: Vec<Hidden>,
    /// Cues, in order.
    pub cues: Vec<Cue>,
    /// Offices and titles, in order, the longest at each place.
    pub roles: Vec<(At, RoleIndex)>,
    /// Words that begin or end an organisation's name, in order.
    pub organisation_words: Vec<(At, u32)>,
    /// Words of measure, in order.
    pub measures: Vec<(At, u32)>,
    /// Cue classes in each sentence.
    pub sentence_cues: Vec<CueSet>,
    /// Cue classes that stand at least twice in the article.
    pub article_cues: CueSet,
    /// A field holds so many names or cues that those at its end were not read.
    pub is_cut: bool,
    haystacks: SmallVec<[String; 2]>,
}

/// A name, with everything that it may mean.
#[derive(Clone, Debug)]
pub struct Name {
    /// Where it stands.
    pub at: At,
    /// Where it stands in the folded text.
    pub folded: Span,
    /// At least one.
    pub readings: SmallVec<[Reading; 2]>,
}

impl Name {
    /// Whether it may mean a place.
    pub fn is_place(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading.what, What::Place(_)))
    }

    /// Whether it may mean a commodity.
    pub fn is_commodity(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading.what, What::Commodity(_)))
    }

    /// Whether it may mean an organisation.
    pub fn is_organisation(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading.what, What::Organisation(_)))
    }
}

/// A reading that a longer expression hides.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// Where it stands.
    pub at: At,
    /// Where it stands in the folded text.
    pub folded: Span,
    /// What it would have been.
    pub reading: Reading,
    /// Why it is not.
    pub reason: Reason,
    /// It stands all the same: a country in the name of its government's body, a mineral in the name of its mine.
    pub stands: bool,
}

/// Words that say how their sentence is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Where they stand.
    pub at: At,
    /// What they say.
    pub class: CueClass,
}

impl<'d> Scan<'d> {
    /// A sentence that is the page's, not the article's.
    pub(super) fn mark_as_site(&mut self, sentence: u32) {
        self.sentence_cues[sentence as usize].insert(CueClass::BOILERPLATE);
    }

    /// Whether a sentence is the page's, not the article's.
    pub fn is_of_site(&self, sentence: u32) -> bool {
        self.said_in(sentence).contains(CueClass::BOILERPLATE)
    }

    /// Adds cues that are no words of the lexicon.
    pub(super) fn add_cues(&mut self, cues: Vec<Cue>) {
        if cues.is_empty() {
            return;
        }
        for cue in &cues {
            self.sentence_cues[cue.at.sentence as usize].insert(cue.class);
        }
        self.cues.extend(cues);
        self.cues.sort_by_key(|cue| (cue.at.sentence, cue.at.span.start));
    }

    /// The field of a place.
    pub fn field(&self, at: At) -> &'d Field<'d> {
        &self.document.fields[at.field as usize]
    }

    /// A sentence, by its number over all fields.
    pub fn sentence(&self, number: u32) -> &'d Sentence {
        let (field, sentence) = self.sentences[number as usize];
        &self.document.fields[field as usize].sentences[sentence as usize]
    }

    /// A sentence's place.
    pub fn sentence_at(&self, number: u32) -> At {
        At { field: self.sentences[number as usize].0, sentence: number, span: self.sentence(number).span }
    }

    /// A sentence's tokens.
    pub fn tokens(&self, number: u32) -> &'d [Token] {
        let (field, _) = self.sentences[number as usize];
        let range = &self.sentence(number).tokens;
        &self.document.fields[field as usize].tokens[range.start as usize..range.end as usize]
    }

    /// The words at a place, as written.
    pub fn text(&self, at: At) -> &'d str {
        self.slice(at.field, at.span.start, at.span.end)
    }

    /// The words of a sentence, as written.
    pub fn sentence_text(&self, number: u32) -> &'d str {
        self.text(self.sentence_at(number))
    }

    /// Whether a sentence begins its line.
    pub fn begins_line(&self, number: u32) -> bool {
        let at = self.sentence_at(number);
        let before = self.slice(at.field, 0, at.span.start).trim_end_matches([' ', '\t', '\u{3000}', '\u{a0}']);
        before.is_empty() || before.ends_with('\n')
    }

    /// The words of measure that begin before a byte of a field or in an earlier one, and the others.
    pub fn measures_around(&self, field: u8, byte: u32) -> [&[(At, u32)]; 2] {
        self.measures
            .split_at(self.measures.partition_point(|(at, _)| (at.field, at.span.start) < (field, byte)))
            .into()
    }

    /// Bytes of a field's original; none where the end stands before the start, as between names that overlap.
    pub fn slice(&self, field: u8, start: u32, end: u32) -> &'d str {
        &self.document.fields[field as usize].original[start.min(end) as usize..end as usize]
    }

    /// The folded text of a field as the lexicon reads it.
    pub fn haystack(&self, field: u8) -> &str {
        &self.haystacks[field as usize]
    }

    /// The folded text of its field before and after a name, without the spaces beside it.
    pub fn beside(&self, name: &Name) -> [&str; 2] {
        let haystack = self.haystack(name.at.field);
        [
            haystack[..name.folded.start as usize].trim_end_matches(' '),
            haystack[name.folded.end as usize..].trim_start_matches(' '),
        ]
    }

    /// The rest of a sentence, from a byte of it; nothing from behind its end.
    pub fn rest_from(&self, at: At, byte: u32) -> &'d str {
        self.slice(at.field, byte, self.sentence(at.sentence).span.end)
    }

    /// The rest of its sentence after a place.
    pub fn rest_after(&self, at: At) -> &'d str {
        self.rest_from(at, at.span.end)
    }

    /// The last bytes of the sentence before a place, at most `longest`, from a character boundary.
    pub fn tail_before(&self, at: At, longest: u32) -> &'d str {
        let sentence_start = self.sentence(at.sentence).span.start.min(at.span.start);
        let text = self.slice(at.field, sentence_start, at.span.start);
        &text[text.ceil_char_boundary(text.len().saturating_sub(longest as usize))..]
    }

    /// A word as the lexicon's word lists hold it.
    pub fn folded_word(&self, field: u8, token: &Token) -> String {
        let word = self.slice(field, token.span.start, token.span.end);
        if word.is_ascii() { word.to_ascii_lowercase() } else { self.lexicon.folding().fold_pattern(word) }
    }

    /// The names that stand in a sentence.
    pub fn names_in(&self, sentence: u32) -> Range<usize> {
        range_of(&self.names, sentence, |name| name.at.sentence)
    }

    /// The cues that stand in a sentence.
    pub fn cues_in(&self, sentence: u32) -> &[Cue] {
        &self.cues[range_of(&self.cues, sentence, |cue| cue.at.sentence)]
    }

    /// What the cues of a sentence say.
    pub fn said_in(&self, sentence: u32) -> CueSet {
        self.sentence_cues[sentence as usize]
    }

    /// The titles that stand in a sentence.
    pub fn roles_in(&self, sentence: u32) -> &[(At, RoleIndex)] {
        &self.roles[range_of(&self.roles, sentence, |(at, _)| at.sentence)]
    }

    /// The name that covers a byte of a field, if any.
    pub fn name_over(&self, field: u8, byte: u32) -> Option<&Name> {
        let after = self.names.partition_point(|name| (name.at.field, name.at.span.start) <= (field, byte));
        let name = self.names.get(after.checked_sub(1)?)?;
        (name.at.field == field && byte < name.at.span.end).then_some(name)
    }

    /// Takes the names that overlap with a proper name out of the competition. `covers` are (place, names a government
    /// body, whose country stands), in order and not overlapping; `keep` tells the names that are the proper name itself.
    pub fn hide_names(&mut self, covers: &[(At, bool)], mut keep: impl FnMut(&Name, &At) -> bool) {
        if covers.is_empty() {
            return;
        }
        let hidden = &mut self.hidden;
        self.names.retain(|name| {
            let near = covers.partition_point(|(at, _)| (at.field, at.span.end) <= (name.at.field, name.at.span.start));
            let Some(&(cover, government)) = covers.get(near).filter(|(cover, _)| cover.overlaps(&name.at)) else {
                return true;
            };
            if keep(name, &cover) {
                return true;
            }
            let hide = |&reading: &Reading| {
                let (at, folded) = (name.at, name.folded);
                let stands = government && matches!(reading.what, What::Place(_));
                Hidden { at, folded, reading, reason: Reason::Name, stands }
            };
            hidden.extend(name.readings.iter().map(hide));
            false
        });
    }
}

impl Scan<'_> {
    /// Takes a name back, and lets the names stand that it hid.
    pub fn uncover(&mut self, at: At) {
        self.names.retain(|name| name.at != at);
        let (shown, hidden): (Vec<Hidden>, Vec<Hidden>) =
            std::mem::take(&mut self.hidden).into_iter().partition(|hidden| at.covers(&hidden.at));
        self.hidden = hidden;
        for Hidden { at, folded, reading, .. } in shown {
            match self.names.binary_search_by_key(&at, |name| name.at) {
                Ok(known) => self.names[known].readings.push(reading),
                Err(_) if self.names.iter().any(|name| name.at.overlaps(&at)) => {}
                Err(place) => self.names.insert(place, Name { at, folded, readings: SmallVec::from_slice(&[reading]) }),
            }
        }
    }
}

fn range_of<T>(items: &[T], sentence: u32, sentence_of: impl Fn(&T) -> u32) -> Range<usize> {
    let start = items.partition_point(|item| sentence_of(item) < sentence);
    let length = items[start..].partition_point(|item| sentence_of(item) == sentence);
    start..start + length
}
