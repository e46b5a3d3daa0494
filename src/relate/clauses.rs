//! Sentences → clauses: the stretch of text within which a country and a mineral belong together without saying so.

use crate::extract::{At, Cue, Scan};
use crate::lexicon::{CueClass, CueSet, PlaceIndex, What};
use crate::text::{Case, Span, TokenKind};
use crate::vocabulary::PlaceType;

/// The clauses of every sentence.
pub(super) struct Clauses {
    /// By sentence: the first byte of each clause; the first is the sentence's.
    starts: Vec<Vec<u32>>,
    ends: Vec<u32>,
    /// By sentence and clause: what its cues say.
    cues: Vec<Vec<CueSet>>,
    /// The same, with what a relative clause after it says of its last name, `China, which takes every tonne`, and what
    /// follows it as a label, `Kenya: a deposit`.
    told: Vec<Vec<CueSet>>,
}

impl Clauses {
    /// Splits every sentence at semicolons, Chinese commas, clause-opening words (`while`, `但`), commas before a
    /// participle (`…, controlling 90 %`), and commas that end a clause within another (`Unlike Brazil, which …, Paraguay`).
    pub(super) fn new(scan: &Scan<'_>) -> Self {
        let mut clauses = Self {
            starts: Vec::with_capacity(scan.sentences.len()),
            ends: Vec::new(),
            cues: Vec::new(),
            told: Vec::new(),
        };
        for sentence in 0..scan.sentences.len() as u32 {
            let at = scan.sentence_at(sentence);
            let cues = scan.cues_in(sentence);
            let includes =
                |byte: u32| starting_in(cues, byte, byte + 1).iter().any(|cue| cue.class == CueClass::INCLUDING);
            let opening: Vec<u32> =
                cues.iter().filter(|cue| cue.class == CueClass::CLAUSE).map(|cue| cue.at.span.start).collect();
            let mut starts = vec![at.span.start];
            starts.extend(&opening);
            let tokens = scan.tokens(sentence);
            for (place, token) in tokens.iter().enumerate() {
                let TokenKind::Punctuation(mark) = token.kind else { continue };
                let Some(next) = tokens.get(place + 1) else { continue };
                // 上调3%,氧化铽: a comma of Chinese, in whatever width it is written
                let in_chinese = place > 0 && matches!(tokens[place - 1].kind, TokenKind::Han)
                    || matches!(next.kind, TokenKind::Han);
                let splits = match mark {
                    ';' | '；' | ':' | '：' => true,
                    '，' => !includes(next.span.start),
                    ',' if in_chinese => !includes(next.span.start),
                    ',' if opens_with_country(scan, at, next.span.start, token.span.start) => true,
                    ',' if opening.first().is_some_and(|&first| first < token.span.start)
                        && returns_to_country(scan, at, next.span.start, token.span.start) =>
                    {
                        true
                    }
                    ',' => is_participle(scan, at, next.span, next.kind) && !includes(next.span.start),
                    _ => false,
                };
                if splits {
                    starts.push(next.span.start);
                }
            }
            starts.sort_unstable();
            starts.dedup();
            let mut sets = vec![CueSet::default(); starts.len()];
            for cue in cues {
                let clause = starts.partition_point(|&start| start <= cue.at.span.start).saturating_sub(1);
                sets[clause].insert(cue.class);
            }
            let told = (0..sets.len()).map(|clause| {
                let goes_on = starts.get(clause + 1).is_some_and(|&start| {
                    is_relative(scan, at, start)
                        || scan.slice(at.field, starts[clause], start).trim_end().ends_with([':', '：'])
                });
                if goes_on { sets[clause].union(sets[clause + 1]) } else { sets[clause] }
            });
            clauses.told.push(told.collect());
            clauses.starts.push(starts);
            clauses.ends.push(at.span.end);
            clauses.cues.push(sets);
        }
        clauses
    }

    /// Number of the clause, within its sentence, that a place begins in.
    pub(super) fn number(&self, at: At) -> usize {
        self.starts[at.sentence as usize].partition_point(|&start| start <= at.span.start).saturating_sub(1)
    }

    /// Bytes of the clause that a place begins in.
    pub(super) fn span(&self, at: At) -> Span {
        let starts = &self.starts[at.sentence as usize];
        let number = self.number(at);
        Span { start: starts[number], end: starts.get(number + 1).copied().unwrap_or(self.ends[at.sentence as usize]) }
    }

    /// Classes of the cues that begin in the clause that a place begins in.
    pub(super) fn cues(&self, at: At) -> CueSet {
        self.cues[at.sentence as usize][self.number(at)]
    }

    /// The same, with those of a relative clause or a label's text that follows.
    pub(super) fn cues_told(&self, at: At) -> CueSet {
        self.told[at.sentence as usize][self.number(at)]
    }
}

/// Whether a clause that begins at a byte tells of the last name before it.
pub(super) fn is_relative(scan: &Scan<'_>, at: At, start: u32) -> bool {
    let text = scan.slice(at.field, start, scan.sentence(at.sentence).span.end.max(start));
    ["where ", "which ", "who ", "whose "].iter().any(|word| text.starts_with(word))
}

/// Of a sentence's cues, which are in order, those that begin in a stretch of bytes.
pub(super) fn starting_in(cues: &[Cue], from: u32, to: u32) -> &[Cue] {
    let start = cues.partition_point(|cue| cue.at.span.start < from);
    let length = cues[start..].partition_point(|cue| cue.at.span.start < to);
    &cues[start..start + length]
}

/// Names after a country among which a mineral is looked for.
const LOOKED_AHEAD: usize = 24;

/// `Finland refines its own cobalt, Sweden its rare earths`: after a mineral, a comma and a country begin anew.
fn opens_with_country(scan: &Scan<'_>, at: At, next: u32, comma: u32) -> bool {
    let is = |byte: u32, wanted: fn(What) -> bool| {
        let name = scan.name_over(at.field, byte);
        name.is_some_and(|name| name.readings.iter().any(|reading| wanted(reading.what)))
    };
    let after_mineral = comma > at.span.start && is(comma - 1, |what| matches!(what, What::Commodity(_)));
    let names = &scan.names[scan.names_in(at.sentence)];
    let later = &names[names.partition_point(|name| name.at.span.start <= next)..];
    after_mineral
        && is(next, |what| matches!(what, What::Place(_)))
        && later
            .iter()
            .take(LOOKED_AHEAD)
            .any(|name| name.readings.iter().any(|reading| matches!(reading.what, What::Commodity(_))))
}

/// `which digs bauxite in Pará, Paraguay has none`: after the clause within, the main one goes on with another country.
/// Not the next of a list, nor the country of the town just named.
fn returns_to_country(scan: &Scan<'_>, at: At, next: u32, comma: u32) -> bool {
    let place_at = |byte: u32| -> Option<(PlaceType, Option<PlaceIndex>, u32)> {
        let name = scan.name_over(at.field, byte)?;
        let place = name.readings.iter().find_map(|reading| match reading.what {
            What::Place(place) => Some(scan.lexicon.place(place)),
            _ => None,
        })?;
        Some((place.kind, place.country, name.at.span.end))
    };
    let Some((PlaceType::Country, country, end)) = place_at(next) else { return false };
    let listed = scan.slice(at.field, end, at.span.end.max(end)).trim_start();
    let goes_on = !listed.starts_with(',') && !listed.starts_with("and ") && !listed.starts_with("or ");
    let before = (comma > at.span.start).then(|| place_at(comma - 1)).flatten();
    goes_on && before.is_none_or(|(kind, of, _)| kind != PlaceType::Country && of != country)
}

fn is_participle(scan: &Scan<'_>, at: At, span: Span, kind: TokenKind) -> bool {
    let word = scan.slice(at.field, span.start, span.end);
    kind == TokenKind::Word(Case::Lower) && word.len() > 5 && word.ends_with("ing")
}
