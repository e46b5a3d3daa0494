//! Runs of capitalised words: where a proper name in Latin letters may stand.

use crate::extract::organisations::is_headline;
use crate::extract::quantities::is_sum;
use crate::extract::{At, Name, Scan};
use crate::lexicon::{NameUse, Reading, Trust, What};
use crate::text::{Case, Span, Token, TokenKind};
use crate::vocabulary::{Form, PlaceType};
use smallvec::SmallVec;
use std::ops::Range;

/// Most words of a run; a longer one is no name.
const LONGEST: usize = 7;

/// A run of capitalised words in one sentence.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Run {
    /// From its first word to its last.
    pub(in crate::extract) at: At,
    /// Its tokens, among those of the sentence.
    pub(in crate::extract) tokens: Range<usize>,
    /// Its capitalised words.
    pub(in crate::extract) words: SmallVec<[Word; 4]>,
    /// Holds a particle that only people's names have.
    pub(super) particle: bool,
    /// Holds a given name of two syllables: `Chan-wook`.
    pub(super) syllables: bool,
    /// Two names are joined in it: `Khimji & Rao`.
    pub(super) partners: bool,
}

/// A capitalised word of a run.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Word {
    /// As the word lists hold it.
    pub(in crate::extract) folded: String,
    /// What the lexicon knows it as.
    pub(in crate::extract) known: Known,
    /// All in upper case, and more than one letter.
    pub(in crate::extract) upper: bool,
    /// With a capital letter inside: `GreenRoc`.
    pub(super) mixed: bool,
}

impl Word {
    /// `Kask-Toome` is one word.
    fn join(&mut self, second: &Self) {
        self.folded = format!("{}-{}", self.folded, second.folded);
        self.known = Known::Own;
        self.upper &= second.upper;
    }

    /// Whether it, or a part of it, is a name that people have.
    pub(in crate::extract) fn is_name(&self, scan: &Scan<'_>, is: impl Fn(NameUse) -> bool) -> bool {
        self.folded.split('-').any(|part| scan.lexicon.people.latin_names.get(part).is_some_and(|name| is(*name)))
    }

    /// Whether it, or its first part, is a given name that is frequent in the news.
    pub(super) fn is_frequent_given_name(&self, scan: &Scan<'_>) -> bool {
        let given = &scan.lexicon.people.given_names;
        given.contains(&self.folded) || self.folded.split('-').next().is_some_and(|part| given.contains(part))
    }
}

/// What the lexicon knows a word as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Known {
    /// Nothing.
    Own,
    /// A place that people are called by too, or that may begin a body's name.
    Place,
    /// A commodity.
    Commodity,
}

/// The runs of a sentence, in order. In a headline in title case capital letters tell nothing: it has none.
pub(super) fn runs(scan: &Scan<'_>, sentence: u32) -> Vec<Run> {
    let tokens = scan.tokens(sentence);
    let at = scan.sentence_at(sentence);
    if is_headline(tokens) {
        return Vec::new();
    }
    let mut runs = Vec::new();
    let mut next = 0;
    // Most words of a text begin none.
    while let Some(more) = tokens[next..].iter().position(is_capitalised) {
        next += more;
        match run_at(scan, at, tokens, next) {
            Some(run) => {
                next = run.tokens.end;
                runs.push(run);
            }
            None => next += 1,
        }
    }
    runs
}

fn is_capitalised(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
}

/// 250MW, UHP450mm: a unit behind its number, a make told by its width.
fn is_measure(scan: &Scan<'_>, at: At, tokens: &[Token], place: usize) -> bool {
    let token = &tokens[place];
    let before = place.checked_sub(1).map(|before| &tokens[before]);
    let text = scan.slice(at.field, token.span.start, token.span.end);
    before.is_some_and(|before| before.kind == TokenKind::Number && before.span.end == token.span.start)
        || text.strip_suffix("mm").is_some_and(|width| width.ends_with(|c: char| c.is_ascii_digit()))
}

/// The run that begins at a token. A person's trade or title is none of the name: `Umpire Pearl Ncube`.
pub(in crate::extract) fn run_at(scan: &Scan<'_>, at: At, tokens: &[Token], first: usize) -> Option<Run> {
    if !is_capitalised(tokens.get(first)?) || is_measure(scan, at, tokens, first) {
        return None;
    }
    let mut words: SmallVec<[Word; 4]> = SmallVec::new();
    let (mut end, mut particle, mut syllables, mut partners) = (first, false, false, false);
    let mut place = first;
    while let Some(token) = tokens.get(place) {
        let gap = (place > first).then(|| scan.slice(at.field, tokens[place - 1].span.end, token.span.start));
        if gap.is_some_and(|gap| !matches!(gap, " " | "")) || words.len() > LONGEST {
            break;
        }
        if gap == Some(" ")
            && words.last().is_some_and(|last| scan.lexicon.people.contexts.person_noun.contains(&last.folded))
        {
            return run_at(scan, at, tokens, place);
        }
        let text = scan.slice(at.field, token.span.start, token.span.end);
        let after_hyphen = gap == Some("") && matches!(tokens[place - 1].kind, TokenKind::Punctuation('-'));
        // `Tanco-Rivas`: the second half is no town.
        let half = || {
            let own = words.last().is_some_and(|first| first.known == Known::Own);
            after_hyphen.then(|| half_of_name(scan, at.field, token, own)).flatten()
        };
        let stands = Stands {
            first: place == first,
            after_given: gap == Some(" ")
                && words.last().is_some_and(|last| {
                    last.is_frequent_given_name(scan)
                        || last.known == Known::Own && last.is_name(scan, NameUse::is_given)
                }),
            goes_on: goes_on(scan, at.field, tokens, place),
            initial: place > first && is_initial(scan, at.field, tokens, place),
        };
        let word = word(scan, at, token, stands);
        if let Some(word) = word.or_else(half) {
            match words.last_mut().filter(|_| after_hyphen) {
                Some(last) => last.join(&word),
                None => words.push(word),
            }
            end = place + 1;
        } else if place == first {
            return None;
        } else if scan.lexicon.particles.name.within.has(text) && token.kind == TokenKind::Word(Case::Lower)
            // `Soufiane El Bakkali`
            || token.kind == TokenKind::Word(Case::Title)
                && scan.lexicon.particles.name.within.has(&text.to_lowercase())
                && goes_on(scan, at.field, tokens, place)
        {
            particle |= gap == Some(" ");
        } else if text == "&" && gap == Some(" ") && goes_on(scan, at.field, tokens, place) {
            partners = true;
        } else {
            // `Jean-Rémy`, `Robert J. Smith`, `Downey Jr.`, `Min-jun`
            let hyphen = matches!(token.kind, TokenKind::Punctuation('-')) && gap == Some("");
            let dot = matches!(token.kind, TokenKind::Punctuation('.')) && gap == Some("") && is_shortened(&words);
            let joined = after_hyphen && token.kind == TokenKind::Word(Case::Lower);
            if joined && scan.lexicon.particles.name.compounds.has(text) {
                // `Perth-based Boab`: the name comes after.
                return run_at(scan, at, tokens, place + 1);
            }
            if !(hyphen || dot || joined) {
                break;
            }
            if !hyphen {
                end = place + 1;
                syllables |= after_hyphen;
            }
        }
        place += 1;
    }
    // `… is Perth-based`: nothing comes after.
    let span = Span { start: tokens.get(first)?.span.start, end: tokens[end - 1].span.end };
    let particle = particle && words.len() > 1;
    (words.len() <= LONGEST).then_some(Run {
        at: At { span, ..at },
        tokens: first..end,
        words,
        particle,
        syllables,
        partners,
    })
}

/// `J`, `Jr`, `Sr`: a dot belongs to it.
fn is_shortened(words: &[Word]) -> bool {
    words.last().is_some_and(|word| word.folded.len() == 1 || matches!(word.folded.as_str(), "jr" | "sr"))
}

/// Where a word stands in its run.
#[derive(Clone, Copy)]
struct Stands {
    /// It begins it.
    first: bool,
    /// It comes right after a frequent given name.
    after_given: bool,
    /// Another capitalised word follows.
    goes_on: bool,
    /// It is an initial between two names.
    initial: bool,
}

/// `John A. Smith`, `Mary I Brown`: one letter before another name.
fn is_initial(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    let text = scan.slice(field, tokens[place].span.start, tokens[place].span.end);
    let dot = tokens
        .get(place + 1)
        .is_some_and(|next| next.kind == TokenKind::Punctuation('.') && next.span.start == tokens[place].span.end);
    let letter = text.strip_suffix('.').unwrap_or(text);
    letter.len() == 1
        && letter.as_bytes()[0].is_ascii_uppercase()
        && (dot || text.len() == 2)
        && goes_on(scan, field, tokens, place + usize::from(dot))
}

fn word(scan: &Scan<'_>, at: At, token: &Token, stands: Stands) -> Option<Word> {
    let Stands { first, after_given, goes_on, initial } = stands;
    let field = at.field;
    let TokenKind::Word(case) = token.kind else { return None };
    if case == Case::Lower || is_title(scan, field, token) {
        return None;
    }
    let folded = scan.folded_word(field, token);
    let people = &scan.lexicon.people;
    // `Đỗ` is no `do`.
    let text = scan.slice(field, token.span.start, token.span.end);
    // `Per Jander`: a common word that is a given name too, before a name and inside of a sentence.
    let given =
        || (goes_on || !first) && token.span.start > at.span.start + 2 && people.latin_names.contains_key(&folded);
    // `Tom Price`
    let surname = || after_given && !goes_on && people.contexts.word_surname.contains(&folded);
    let no_name = || !initial && people.is_no_name(&folded) && !given() && !surname();
    if text.is_ascii() && (no_name() || is_sum(scan, at, token)) {
        return None;
    }
    let known = match scan.name_over(field, token.span.start) {
        None => Known::Own,
        // `Mary Ford`
        Some(name)
            if after_given && name.at.span == token.span && has(name, |what| matches!(what, What::Organisation(_))) =>
        {
            Known::Own
        }
        // `Jim Jordan`, who is no country
        Some(name) if name.at.span != token.span && is_decoy_of_somebody(scan, name) => Known::Own,
        Some(name) if name.at.span != token.span => return None,
        // `Orla McVeigh`: a firm goes by the given name, where an article is on it
        Some(name) if goes_on && people.latin_names.contains_key(&folded) && is_doubted_firm(name) => Known::Own,
        Some(name) if is_demonym(name) => return None,
        Some(name) if has(name, |what| matches!(what, What::Organisation(_) | What::Leader(_) | What::Decoy(_))) => {
            return None;
        }
        Some(name) if has(name, |what| matches!(what, What::Commodity(_))) => Known::Commodity,
        // `Georgia Pacific`: an ocean only where nothing goes on
        Some(name) if name.readings.iter().all(|reading| is_sea_in_doubt(scan, reading)) => Known::Own,
        // A place that nobody is called by stands by itself, unless a body's name goes on after it.
        Some(_) if first || people.latin_names.contains_key(&folded) => Known::Place,
        // `Harriet Onslow`
        Some(name) if after_given && has(name, |what| is_town(scan, what)) => Known::Place,
        // `Jean-Rémy Ondo Mintsa`: a town between two names
        Some(name) if has(name, |what| is_town(scan, what)) && goes_on => Known::Place,
        Some(_) => return None,
    };
    let upper = case == Case::Upper && folded.chars().count() > 1 && !folded.ends_with('.');
    let mixed = case == Case::Mixed;
    Some(Word { folded, known, upper, mixed })
}

/// The capitalised word after a hyphen, of whatever else it is the name: one that people have, or any after a word of its `own`.
fn half_of_name(scan: &Scan<'_>, field: u8, token: &Token, own: bool) -> Option<Word> {
    let case = matches!(token.kind, TokenKind::Word(Case::Title | Case::Mixed));
    let folded = scan.folded_word(field, token);
    let known = case && (own || scan.lexicon.people.latin_names.contains_key(&folded));
    known.then_some(Word { folded, known: Known::Own, upper: false, mixed: false })
}

/// Another capitalised word follows.
fn goes_on(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    tokens.get(place + 1).is_some_and(|next| {
        matches!(next.kind, TokenKind::Word(Case::Title | Case::Mixed))
            && scan.slice(field, tokens[place].span.end, next.span.start) == " "
    })
}

/// A decoy that begins with a given name.
fn is_decoy_of_somebody(scan: &Scan<'_>, name: &Name) -> bool {
    has(name, |what| matches!(what, What::Decoy(_)))
        && scan.text(name.at).split_once(' ').is_some_and(|(first, rest)| {
            rest.starts_with(char::is_uppercase) && scan.lexicon.people.given_names.contains(&first.to_lowercase())
        })
}

/// Nothing but short forms of bodies that only a context makes theirs.
fn is_doubted_firm(name: &Name) -> bool {
    name.readings.iter().all(|r| matches!(r.what, What::Organisation(_)) && r.trust != Trust::Always)
}

fn is_town(scan: &Scan<'_>, what: What) -> bool {
    matches!(what, What::Place(place) if matches!(scan.lexicon.place(place).kind, PlaceType::City | PlaceType::Subdivision))
}

fn is_sea_in_doubt(scan: &Scan<'_>, reading: &Reading) -> bool {
    let region = matches!(reading.what, What::Place(place) if scan.lexicon.place(place).kind == PlaceType::Region);
    region && reading.sense.is_some() && reading.form == Form::Name
}

fn has(name: &Name, is: impl Fn(What) -> bool) -> bool {
    name.readings.iter().any(|reading| is(reading.what))
}

fn is_demonym(name: &Name) -> bool {
    name.readings.iter().any(|reading| reading.form == Form::Demonym)
}

/// Whether a title or an office covers the token.
pub(in crate::extract) fn is_title(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    let after = scan.roles.partition_point(|(at, _)| (at.field, at.span.start) <= (field, token.span.start));
    after.checked_sub(1).is_some_and(|last| {
        let (at, _) = scan.roles[last];
        at.field == field && token.span.end <= at.span.end
    })
}
