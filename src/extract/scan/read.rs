//! How a scan comes to be: one pass over each field; then the longest name wins, and what it hides is noted.

use super::{Cue, Hidden, Name, Scan};
use crate::extract::At;
use crate::lexicon::{CueSet, Halves, Hit, Lexicon, Reason, Scope, Trust, What};
use crate::text::{Document, Field, Sentence, Span};
use crate::vocabulary::{Form, OrganisationType, PlaceType};
use smallvec::SmallVec;

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
                } else if is_overhung(kept, hit) {
                    *kept = Name { at, folded: hit.folded, readings: SmallVec::from_slice(&[*hit.reading]) };
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
            let rest = rest.trim();
            lexicon.place(place).mining && (rest.is_empty() || lexicon.particles.mineral.of_mine.has(rest))
        }
        _ => false,
    })
}

/// Whether a bar covers the span; `bars` are in order, and none is longer than `LONGEST_BAR`.
fn is_barred(bars: &[Span], span: Span) -> bool {
    let first = bars.partition_point(|bar| bar.start + LONGEST_BAR < span.start);
    bars[first..].iter().take_while(|bar| bar.start <= span.start).any(|bar| span.end <= bar.end)
}

/// 我国*铁矿石*, 45港*铁矿石*, 澳巴*铁矿石*: a word of two characters that means no mineral, or a nickname, ends where a longer name of one
/// begins, and it is the name that is meant.
fn is_overhung(kept: &Name, hit: &Hit<'_>) -> bool {
    let han = '铁'.len_utf8() as u32;
    matches!(hit.reading.what, What::Commodity(_))
        && kept.at.span.end - kept.at.span.start == 2 * han
        && hit.span.start == kept.at.span.start + han
        && hit.span.end - hit.span.start >= 3 * han
        && kept.readings.iter().all(|reading| matches!(reading.what, What::Decoy(_)) || reading.form == Form::Alias)
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
