//! Sentences → clauses: the stretch of text within which a country and a mineral belong together without saying so.

use super::surroundings::is_compared;
use crate::extract::{At, Cue, Name, Quantity, Scan};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, PlaceIndex, SentenceParticles, What};
use crate::resolve::{Mention, Resolved};
use crate::text::{Case, FieldName, Span, TokenKind};
use crate::vocabulary::PlaceType;

/// The clauses of every sentence, and what stands in it.
pub(super) struct Clauses<'r> {
    cues: &'r [Cue],
    minerals: &'r [Mention<CommodityIndex>],
    places: &'r [Mention<PlaceIndex>],
    /// All, sentence by sentence: one list, for most sentences have one or two.
    clauses: Vec<Clause>,
    /// By sentence, and one more: rooms ask for the same sentence again and again.
    firsts: Vec<Firsts>,
}

/// The first of a sentence among all that the article has, or where it would stand.
#[derive(Clone, Copy, Default)]
struct Firsts {
    clause: usize,
    cue: usize,
    mineral: usize,
    place: usize,
}

/// A clause: where it stands in its field, and what it says.
pub(super) struct Clause {
    /// Its first byte; that of a sentence's first clause is the sentence's.
    pub start: u32,
    pub end: u32,
    /// Classes of the cues that begin in it.
    pub cues: CueSet,
    /// The same, with what a relative clause after it says of its last name, `China, which takes every tonne`, and what
    /// follows it as a label, `Kenya: a deposit`.
    pub told: CueSet,
}

impl<'r> Clauses<'r> {
    /// Splits every sentence at semicolons, Chinese commas, clause-opening words (`while`, `但`), commas before a
    /// participle (`…, controlling 90 %`), and commas that end a clause within another (`Unlike Brazil, which …, Paraguay`).
    pub(super) fn new(resolved: &'r Resolved<'_>) -> Self {
        let scan = &resolved.scan;
        let sentences = scan.sentences.len();
        let mut clauses = Self {
            cues: &scan.cues,
            minerals: &resolved.commodities,
            places: &resolved.places,
            clauses: Vec::with_capacity(2 * sentences),
            firsts: Vec::with_capacity(sentences + 1),
        };
        let mut firsts = Firsts::default();
        let mut starts: Vec<u32> = Vec::new();
        for sentence in 0..sentences as u32 {
            clauses.firsts.push(firsts);
            firsts.cue = end_of(sentence, clauses.cues, firsts.cue, |cue| cue.at);
            firsts.mineral = end_of(sentence, clauses.minerals, firsts.mineral, |mention| mention.at);
            firsts.place = end_of(sentence, clauses.places, firsts.place, |mention| mention.at);
            let cues = &scan.cues[clauses.firsts[sentence as usize].cue..firsts.cue];
            starts.clear();
            let at = scan.sentence_at(sentence);
            find_starts(scan, at, cues, &mut starts);
            clauses.add_sentence(scan, at, cues, &starts);
            firsts.clause = clauses.clauses.len();
        }
        clauses.firsts.push(firsts);
        clauses
    }

    fn add_sentence(&mut self, scan: &Scan<'_>, at: At, cues: &[Cue], starts: &[u32]) {
        if starts.len() == 1 {
            let (Span { start, end }, said) = (at.span, scan.said_in(at.sentence));
            return self.clauses.push(Clause { start, end, cues: said, told: said });
        }
        let first = self.clauses.len();
        for (place, &start) in starts.iter().enumerate() {
            let end = starts.get(place + 1).copied().unwrap_or(at.span.end);
            self.clauses.push(Clause { start, end, cues: CueSet::default(), told: CueSet::default() });
        }
        let here = &mut self.clauses[first..];
        for cue in cues {
            here[number_of(here, cue.at.span.start)].cues.insert(cue.class);
        }
        let mut after: Option<(u32, CueSet)> = None;
        for clause in here.iter_mut().rev() {
            let told = after.filter(|&(start, _)| {
                is_relative(scan, at, start)
                    || scan.slice(at.field, clause.start, start).trim_end().ends_with([':', '：'])
            });
            clause.told = told.map_or(clause.cues, |(_, cues)| clause.cues.union(cues));
            after = Some((clause.start, clause.cues));
        }
    }

    /// The cues that stand in a sentence.
    pub(super) fn cues_in(&self, sentence: u32) -> &'r [Cue] {
        let sentence = sentence as usize;
        &self.cues[self.firsts[sentence].cue..self.firsts[sentence + 1].cue]
    }

    /// The places that are named in a sentence.
    pub(super) fn places_in(&self, sentence: u32) -> &'r [Mention<PlaceIndex>] {
        let sentence = sentence as usize;
        &self.places[self.firsts[sentence].place..self.firsts[sentence + 1].place]
    }

    /// The commodities that are named in a sentence.
    pub(super) fn minerals_in(&self, sentence: u32) -> &'r [Mention<CommodityIndex>] {
        let sentence = sentence as usize;
        &self.minerals[self.firsts[sentence].mineral..self.firsts[sentence + 1].mineral]
    }

    /// The last commodity of its sentence that begins before a place.
    pub(super) fn mineral_before(&self, at: At) -> Option<At> {
        let minerals = self.minerals_in(at.sentence);
        let before = minerals.partition_point(|mineral| mineral.at.span.start < at.span.start).checked_sub(1)?;
        Some(minerals[before].at)
    }

    /// How many commodities are named before a sentence.
    pub(super) fn minerals_before(&self, sentence: u32) -> usize {
        self.firsts[sentence as usize].mineral
    }

    /// A clause of a sentence, by its number.
    pub(super) fn nth(&self, sentence: u32, number: usize) -> &Clause {
        &self.clauses[self.firsts[sentence as usize].clause + number]
    }

    /// The clause that a place begins in, with its number within its sentence.
    pub(super) fn find(&self, at: At) -> (usize, &Clause) {
        let sentence = at.sentence as usize;
        let here = &self.clauses[self.firsts[sentence].clause..self.firsts[sentence + 1].clause];
        let number = number_of(here, at.span.start);
        (number, &here[number])
    }

    fn clause(&self, at: At) -> &Clause {
        self.find(at).1
    }

    /// Number of the clause, within its sentence, that a place begins in.
    pub(super) fn number(&self, at: At) -> usize {
        self.find(at).0
    }

    /// Bytes of the clause that a place begins in.
    pub(super) fn span(&self, at: At) -> Span {
        let clause = self.clause(at);
        Span { start: clause.start, end: clause.end }
    }

    /// Classes of the cues that begin in the clause that a place begins in.
    pub(super) fn cues(&self, at: At) -> CueSet {
        self.clause(at).cues
    }
}

/// The place after the last of a list, in the order of the text, that stands in a sentence, from its first.
pub(super) fn end_of<T>(sentence: u32, items: &[T], first: usize, at: impl Fn(&T) -> At) -> usize {
    first + items[first..].iter().take_while(|item| at(item).sentence == sentence).count()
}

/// The last clause that begins at or before a byte, else the first.
fn number_of(clauses: &[Clause], byte: u32) -> usize {
    match clauses {
        [_] => 0,
        _ => clauses.partition_point(|clause| clause.start <= byte).saturating_sub(1),
    }
}

/// The first byte of each clause of a sentence, in order.
fn find_starts(scan: &Scan<'_>, at: At, cues: &[Cue], starts: &mut Vec<u32>) {
    let said = scan.said_in(at.sentence);
    let including = said.contains(CueClass::INCLUDING);
    let includes =
        |byte: u32| including && starting_in(cues, byte, byte + 1).iter().any(|cue| cue.class == CueClass::INCLUDING);
    starts.push(at.span.start);
    if said.contains(CueClass::CLAUSE) {
        let opening = cues.iter().filter(|cue| cue.class == CueClass::CLAUSE && !leads_a_ranking(scan, at, cue));
        starts.extend(opening.map(|cue| cue.at.span.start));
    }
    let opening = starts.get(1).copied();
    let tokens = scan.tokens(at.sentence);
    for (place, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(place + 1) else { continue };
        let TokenKind::Punctuation(mark) = token.kind else {
            let joins = token.kind == TokenKind::Word(Case::Lower)
                && token.span.end - token.span.start == 3
                && scan.slice(at.field, token.span.start, token.span.end) == "and";
            let new = || {
                let next = next.span.start;
                is_new_subject(scan, at, next) || is_own_subject(scan, at, token.span.start, next)
            };
            // 台肥敲定氯化钾长约 液氨改向沙特采购: a gap parts the statements of a Chinese headline.
            let parted = token.span.end < next.span.start
                && matches!((token.kind, next.kind), (TokenKind::Han, TokenKind::Han))
                && scan.field(at).name == FieldName::Title;
            if parted || joins && place + 2 < tokens.len() && new() {
                starts.push(next.span.start);
            }
            continue;
        };
        // 上调3%,氧化铽: a comma of Chinese, in whatever width it is written
        let in_chinese =
            place > 0 && matches!(tokens[place - 1].kind, TokenKind::Han) || matches!(next.kind, TokenKind::Han);
        let splits = match mark {
            ';' | '；' | ':' | '：' => true,
            '，' => !includes(next.span.start),
            ',' if in_chinese => !includes(next.span.start),
            ',' if opens_with_country(scan, at, next.span.start, token.span.start) => true,
            ',' if opening.is_some_and(|first| first < token.span.start)
                && returns_to_country(scan, at, next.span.start, token.span.start) =>
            {
                true
            }
            ',' if is_apposition(&scan.lexicon.particles.sentence, scan.rest_from(at, next.span.start))
                && ends_with_place(scan, at, token.span.start) =>
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
}

/// Whether a clause that begins at a byte tells of the last name before it.
pub(super) fn is_relative(scan: &Scan<'_>, at: At, start: u32) -> bool {
    let text = scan.rest_from(at, start);
    let particles = &scan.lexicon.particles.sentence;
    particles.relative.begins(text) || is_apposition(particles, text)
}

/// `Africa's second-largest copper producer`, `the world's top exporter`: who that is stands before the comma.
fn is_apposition(particles: &SentenceParticles, text: &str) -> bool {
    let opening = &text[..text.floor_char_boundary(LONGEST_OPENING)];
    let Some((opening, _)) = opening.split_once(' ') else { return false };
    let rest = &text[opening.len()..];
    let owner = opening.ends_with("'s") || opening.ends_with("’s");
    let opens = particles.apposition.has(opening);
    if !owner && !opens {
        return false;
    }
    let mut words = rest.split_whitespace().take(LONGEST_APPOSITION);
    let ranked = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
        particles.rank.ends(word)
    };
    let of_rank = words.clone().take(if opens { 4 } else { 2 }).any(ranked);
    of_rank && words.any(|word| particles.producer.has(word.trim_end_matches(|c: char| !c.is_alphabetic())))
}

/// `the third-largest producer of copper after Chile and Congo`: whom the word leads to is ranked, and does nothing.
fn leads_a_ranking(scan: &Scan<'_>, at: At, cue: &Cue) -> bool {
    let name = scan.rest_after(cue.at);
    let name = cue.at.span.end + if name.starts_with(" the ") { 5 } else { 1 };
    scan.text(cue.at).is_ascii()
        && scan.name_over(at.field, name).is_some_and(|name| name.is_place() && is_compared(scan, name.at))
}

/// Of a sentence's cues, which are in order, those that begin in a stretch of bytes.
pub(super) fn starting_in(cues: &[Cue], from: u32, to: u32) -> &[Cue] {
    let start = cues.partition_point(|cue| cue.at.span.start < from);
    let length = cues[start..].partition_point(|cue| cue.at.span.start < to);
    &cues[start..start + length]
}

/// The word that opens an apposition is no longer, in bytes: a text without spaces is not looked through.
const LONGEST_OPENING: usize = 32;
/// Words of an apposition among which the rank and the trade stand.
const LONGEST_APPOSITION: usize = 9;
/// Figures that are looked at in a stretch; a table has more.
const MOST_FIGURES: usize = 16;

/// Of a document's figures, which are in order, the first that begin in a stretch of bytes of a sentence.
pub(super) fn figures_in(figures: &[Quantity], sentence: u32, from: u32, to: u32) -> impl Iterator<Item = &Quantity> {
    let first = figures.partition_point(|figure| (figure.at.sentence, figure.at.span.start) < (sentence, from));
    let inside = move |figure: &&Quantity| figure.at.sentence == sentence && figure.at.span.start < to;
    figures[first..].iter().take(MOST_FIGURES).take_while(inside)
}

/// Names after a country among which a mineral is looked for.
const LOOKED_AHEAD: usize = 24;

/// `Finland refines its own cobalt, Sweden its rare earths`: after a mineral, a comma and a country begin anew.
fn opens_with_country(scan: &Scan<'_>, at: At, next: u32, comma: u32) -> bool {
    let over = |byte: u32| scan.name_over(at.field, byte);
    let after_mineral = comma > at.span.start && over(comma - 1).is_some_and(Name::is_commodity);
    let leads_to_mineral = || {
        let names = &scan.names[scan.names_in(at.sentence)];
        let later = &names[names.partition_point(|name| name.at.span.start <= next)..];
        later.iter().take(LOOKED_AHEAD).any(Name::is_commodity)
    };
    after_mineral && over(next).is_some_and(Name::is_place) && leads_to_mineral()
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
    let listed = scan.rest_from(at, end).trim_start();
    let goes_on = !listed.starts_with(',') && !listed.starts_with("and ") && !listed.starts_with("or ");
    let before = (comma > at.span.start).then(|| place_at(comma - 1)).flatten();
    goes_on && before.is_none_or(|(kind, of, _)| kind != PlaceType::Country && of != country)
}

/// `Indonesia mines nickel and China refines it`: after an `and`, a country with a verb of its own that goes on about what was named.
fn is_new_subject(scan: &Scan<'_>, at: At, byte: u32) -> bool {
    let Some(name) = scan.name_over(at.field, byte).filter(|name| name.is_place()) else { return false };
    let rest = scan.rest_from(at, name.at.span.end);
    let mut words = rest.split_whitespace().take(LONGEST_APPOSITION);
    let verb =
        words.next().is_some_and(|verb| verb.len() > 4 && verb.ends_with('s') && !verb.contains(['\'', '’', ',']));
    verb && rest.starts_with(' ') && words.any(|word| matches!(word.trim_end_matches(['.', ',', ';']), "it" | "them"))
}

/// `as a mine in Canada closed and Russia cut its palladium exports`: after an `and` that joins no two places, a country with a verb,
/// and a mineral on either side.
fn is_own_subject(scan: &Scan<'_>, at: At, and: u32, byte: u32) -> bool {
    let place = |byte: u32| scan.name_over(at.field, byte).filter(|name| name.is_place());
    let Some(name) = place(byte).filter(|_| and > at.span.start + 1 && place(and - 2).is_none()) else { return false };
    let rest = scan.rest_from(at, name.at.span.end);
    let verb = rest.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.']).next()).unwrap_or_default();
    let particles = &scan.lexicon.particles;
    let names = &scan.names[scan.names_in(at.sentence)];
    let here = names.partition_point(|name| name.at.span.start < byte);
    let names_mineral = |names: &[Name]| names.iter().rev().take(LOOKED_AHEAD).any(Name::is_commodity);
    verb.len() > 2
        && verb.bytes().all(|byte| byte.is_ascii_lowercase())
        && (particles.sentence.verb.has(verb) || verb.ends_with("ed"))
        && names_mineral(&names[..here])
        && names[here..].iter().take(LOOKED_AHEAD).any(Name::is_commodity)
}

fn ends_with_place(scan: &Scan<'_>, at: At, comma: u32) -> bool {
    comma.checked_sub(1).and_then(|last| scan.name_over(at.field, last)).is_some_and(Name::is_place)
}

fn is_participle(scan: &Scan<'_>, at: At, span: Span, kind: TokenKind) -> bool {
    let word = scan.slice(at.field, span.start, span.end);
    kind == TokenKind::Word(Case::Lower) && word.len() > 5 && word.ends_with("ing")
}
