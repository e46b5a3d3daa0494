//! One pass over each field; then the longest name wins, and what it hides is noted.

use super::At;
use crate::lexicon::{CueClass, CueSet, Halves, Hit, Lexicon, Reading, Reason, RoleIndex, Scope, Trust, What};
use crate::text::{Document, Field, Sentence, Span, Token};
use crate::vocabulary::{OrganisationType, PlaceType};
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

/// Most words between the halves of a cue with a gap, in bytes of the original: six English words, twelve Han characters.
const LONGEST_GAP: u32 = 48;
/// Most names, and most other words, that are read in one field: some ten thousand sentences of news. What every room after this one
/// keeps is bounded by it.
const MOST_HITS: usize = 1 << 15;
/// No word that bars a single character is longer, in bytes.
const LONGEST_BAR: u32 = 64;

impl<'d> Scan<'d> {
    /// Reads every field.
    pub fn new(document: &'d Document<'d>, lexicon: &'d Lexicon) -> Self {
        let sentences: Vec<(u8, u32)> = (0u8..)
            .zip(&document.fields)
            .flat_map(|(field, content)| (0..content.sentences.len() as u32).map(move |at| (field, at)))
            .collect();
        let mut scan = Self {
            document,
            lexicon,
            sentence_cues: vec![CueSet::default(); sentences.len()],
            sentences,
            names: Vec::new(),
            hidden: Vec::new(),
            cues: Vec::new(),
            roles: Vec::new(),
            organisation_words: Vec::new(),
            measures: Vec::new(),
            article_cues: CueSet::default(),
            is_cut: false,
            haystacks: SmallVec::new(),
        };
        let mut first_sentence = 0;
        for (number, field) in (0u8..).zip(&document.fields) {
            scan.read_field(number, field, first_sentence);
            first_sentence += field.sentences.len() as u32;
        }
        scan.gather_cues();
        scan
    }

    fn read_field(&mut self, number: u8, field: &Field<'_>, first_sentence: u32) {
        let haystack = Lexicon::haystack(&field.folded);
        // About as many as there are in most news.
        let mut names: Vec<Hit<'_>> = Vec::with_capacity(haystack.len() / 16 + 8);
        let mut others: Vec<Hit<'_>> = Vec::with_capacity(haystack.len() / 8 + 8);
        let mut bars: Vec<Span> = Vec::new();
        let mut cut = false;
        self.lexicon.find(&field.folded, &haystack, field.original, |hit| {
            if hit.reading.what == What::Bar {
                return bars.push(hit.span);
            }
            let list = if hit.reading.what.is_name() { &mut names } else { &mut others };
            if list.len() < MOST_HITS {
                put_in_order(list, hit);
            } else {
                cut = true;
            }
        });
        self.is_cut |= cut;
        bars.sort_unstable();
        names.retain(|hit| {
            let character = matches!(hit.reading.trust, Trust::Character | Trust::CharacterIfNamed);
            !(character && is_barred(&bars, hit.span)) && hit.reading.scope.holds(|| field.language_at(hit.span.start))
        });
        // A name of the sentence's own language stands before the same name of another.
        names.dedup_by(|other, own| {
            let scoped = own.reading.scope != Scope::Everywhere;
            scoped && own.span == other.span && own.reading.what == other.reading.what
        });
        self.haystacks.push(haystack);
        self.names.reserve(names.len());
        self.cues.reserve(others.len());
        let mut sentence_at = SentenceCursor::new(field, number, first_sentence);
        self.keep_longest(field, &names, &mut sentence_at);
        let mut sentence_at = SentenceCursor::new(field, number, first_sentence);
        self.sort_others(&others, &mut sentence_at);
    }

    /// Leftmost, then longest; names of the same words are readings of one name.
    fn keep_longest(&mut self, field: &Field<'_>, hits: &[Hit<'_>], sentence_at: &mut SentenceCursor<'_>) {
        let first_of_field = self.names.len();
        for hit in hits {
            let at = sentence_at.locate(hit.span);
            if self.names.len() > first_of_field
                && let Some(kept) = self.names.last_mut()
                && hit.span.start < kept.at.span.end
            {
                if kept.at.span == hit.span {
                    kept.readings.push(*hit.reading);
                } else if self.hidden.last().is_some_and(|hidden| hidden.at != at && hidden.at.covers(&at)) {
                    // What a hidden name hides in its turn is nothing that anyone would ask for.
                } else if let Some(reason) = hides(kept) {
                    let rest = &field.original[hit.span.end.min(kept.at.span.end) as usize..kept.at.span.end as usize];
                    let stands = lets_stand(self.lexicon, kept, hit.reading.what, rest);
                    self.hidden.push(Hidden { at, folded: hit.folded, reading: *hit.reading, reason, stands });
                }
                continue;
            }
            self.names.push(Name { at, folded: hit.folded, readings: SmallVec::from_slice(&[*hit.reading]) });
        }
        self.hidden.retain(|hidden| !matches!(hidden.reading.what, What::Decoy(_)));
    }

    fn sort_others(&mut self, hits: &[Hit<'_>], sentence_at: &mut SentenceCursor<'_>) {
        let mut farthest = Span::default();
        let lexicon = self.lexicon;
        let tails: Vec<(Span, &Halves)> = hits.iter().filter_map(|hit| closing_half(lexicon, hit)).collect();
        // Those of the tails that do not begin before the hit.
        let mut tails = &tails[..];
        for hit in hits {
            let at = sentence_at.locate(hit.span);
            let longer = farthest;
            if hit.span.end > farthest.end {
                farthest = hit.span;
            }
            match hit.reading.what {
                What::Cue(_) if self.is_lone_character(at, longer) => {}
                What::Cue(class) => self.cues.push(Cue { at, class }),
                What::CueHalves(halves) => {
                    let halves = &lexicon.halves[halves as usize];
                    if halves.opens().is_empty() {
                        continue;
                    }
                    while let [(tail, _), rest @ ..] = tails
                        && tail.start < hit.span.start
                    {
                        tails = rest;
                    }
                    let behind = tails.iter().skip_while(|(tail, _)| tail.start < hit.span.end);
                    let near = behind.take_while(|(tail, _)| tail.start <= hit.span.end + LONGEST_GAP);
                    let near = near.filter(|(_, tail)| halves.may_meet(tail));
                    if near.clone().next().is_none() {
                        continue;
                    }
                    for &(cue, class) in halves.opens() {
                        if let Some((tail, _)) = near.clone().find(|(_, tail)| tail.closes(cue))
                            && sentence_at.contains(tail.end)
                        {
                            let span = Span { start: hit.span.start, end: tail.end };
                            self.cues.push(Cue { at: At { span, ..at }, class });
                        }
                    }
                }
                What::Role(role) if self.roles.last().is_none_or(|(last, _)| !last.overlaps(&at)) => {
                    self.roles.push((at, role));
                }
                What::OrganisationWord(word) => self.organisation_words.push((at, word)),
                What::Measure(measure) => self.measures.push((at, measure)),
                _ => {}
            }
        }
    }

    /// One Han character within a longer word says nothing: the 约 of 签约 and of 纽约. `longer` is the word before it that
    /// reaches farthest.
    fn is_lone_character(&self, at: At, longer: Span) -> bool {
        let length = at.span.end - at.span.start;
        (2..=4).contains(&length)
            && self.text(at).chars().count() == 1
            && (longer != at.span && at.span.end <= longer.end
                || self.name_over(at.field, at.span.start).is_some_and(|name| name.at.covers(&at)))
    }

    fn gather_cues(&mut self) {
        let mut seen = CueSet::default();
        for cue in &self.cues {
            self.sentence_cues[cue.at.sentence as usize].insert(cue.class);
            if seen.contains(cue.class) {
                self.article_cues.insert(cue.class);
            }
            seen.insert(cue.class);
        }
    }

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

/// Government bodies act for the country in their name, and a mine's name says what is mined there. `rest` is the name
/// after what is within.
fn lets_stand(lexicon: &Lexicon, name: &Name, within: What, rest: &str) -> bool {
    name.readings.iter().any(|reading| match (reading.what, within) {
        (What::Organisation(body), What::Place(place)) => {
            lexicon.organisations[body.0 as usize].kind == OrganisationType::Government
                && lexicon.place(place).kind == PlaceType::Country
        }
        (What::Place(place), What::Commodity(_)) => {
            lexicon.place(place).mining
                && (rest.trim().is_empty() || lexicon.particles.mineral.of_mine.has(rest.trim()))
        }
        _ => false,
    })
}

/// Whether a bar covers the span; `bars` are in order, and none is longer than `LONGEST_BAR`.
fn is_barred(bars: &[Span], span: Span) -> bool {
    let first = bars.partition_point(|bar| bar.start + LONGEST_BAR < span.start);
    bars[first..].iter().take_while(|bar| bar.start <= span.start).any(|bar| span.end <= bar.end)
}

fn range_of<T>(items: &[T], sentence: u32, sentence_of: impl Fn(&T) -> u32) -> Range<usize> {
    let start = items.partition_point(|item| sentence_of(item) < sentence);
    let length = items[start..].partition_point(|item| sentence_of(item) == sentence);
    start..start + length
}

/// Why a name hides what lies within it; a longer name of the same kind hides nothing that anyone would ask for.
fn hides(name: &Name) -> Option<Reason> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Decoy(reason) => Some(reason),
        What::Organisation(_) | What::Leader(_) | What::Place(_) => Some(Reason::Name),
        _ => None,
    })
}

/// The word as the second half of cues with a gap, if it is one.
fn closing_half<'l>(lexicon: &'l Lexicon, hit: &Hit<'_>) -> Option<(Span, &'l Halves)> {
    let What::CueHalves(halves) = hit.reading.what else { return None };
    Some((hit.span, &lexicon.halves[halves as usize])).filter(|(_, halves)| halves.closes_any())
}

/// Leftmost first, then longest. Hits come nearly so: a few places from the end is the right one.
fn put_in_order<'l>(hits: &mut Vec<Hit<'l>>, hit: Hit<'l>) {
    let order = |hit: &Hit<'l>| (hit.span.start, std::cmp::Reverse(hit.span.end));
    let place = hits.iter().rposition(|other| order(other) <= order(&hit)).map_or(0, |before| before + 1);
    hits.insert(place, hit);
}

/// Finds the sentence of spans that come in the order of their starts.
struct SentenceCursor<'f> {
    sentences: &'f [Sentence],
    field: u8,
    first: u32,
    current: usize,
}

impl<'f> SentenceCursor<'f> {
    fn new(field: &'f Field<'_>, number: u8, first: u32) -> Self {
        Self { sentences: &field.sentences, field: number, first, current: 0 }
    }

    fn locate(&mut self, span: Span) -> At {
        while self.current + 1 < self.sentences.len() && self.sentences[self.current].span.end <= span.start {
            self.current += 1;
        }
        At { field: self.field, sentence: self.first + self.current as u32, span }
    }

    /// Whether a byte at or after the last located span belongs to the same sentence.
    fn contains(&self, byte: u32) -> bool {
        self.sentences.get(self.current).is_some_and(|sentence| byte <= sentence.span.end)
    }
}
