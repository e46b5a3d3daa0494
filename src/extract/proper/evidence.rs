//! What speaks for a run of capitalised words being a person's name, and what for a body's. Each sign adds to a score;
//! one strong sign, or two weak ones, decide.

use super::runs::{Known, Run, Word, is_title};
use crate::extract::Scan;
use crate::lexicon::NameUse;
use crate::text::{Case, Token, TokenKind};
use rustc_hash::FxHashSet;

/// Begin the names of places: `St Austell`, `Port Moresby`.
const PLACE_HEADS: [&str; 8] = ["st", "saint", "mt", "mount", "fort", "port", "lake", "cape"];

/// At this score a run is what it is scored for.
pub(super) const ENOUGH: f64 = 2.0;
/// An apposition is no longer than this, in tokens.
const APPOSITION: usize = 9;

/// The signs around and in runs.
pub(super) struct Evidence<'s, 'd> {
    scan: &'s Scan<'d>,
    /// Single words that speak somewhere in the article: `Benítez said`.
    speakers: FxHashSet<String>,
}

impl<'s, 'd> Evidence<'s, 'd> {
    pub(super) fn new(scan: &'s Scan<'d>, runs: &[Run]) -> Self {
        let mut evidence = Self { scan, speakers: FxHashSet::default() };
        let singles = runs.iter().filter(|run| run.words.len() == 1 && !run.words[0].upper);
        evidence.speakers = singles.filter(|run| evidence.speaks(run)).map(|run| run.words[0].folded.clone()).collect();
        evidence
    }

    /// Whether a run does what people do: speaks, is aged, has a `who`.
    pub(super) fn speaks(&self, run: &Run) -> bool {
        self.is_next(run, 0, &self.scan.lexicon.people.contexts.person_verb)
            || self.is_who(run)
            || self.is_aged(run)
            || self.is_said_before(run)
    }

    /// For a person.
    pub(super) fn person(&self, run: &Run) -> f64 {
        let contexts = &self.scan.lexicon.people.contexts;
        let (Some(first), Some(last)) = (run.words.first(), run.words.last()) else { return 0.0 };
        let is_body = |sign: &Token| contexts.organisation_noun.contains(&self.folded(run, sign));
        // Nouns that bodies go by as well (`trader`) say less.
        let is_person = |sign: &Token| self.is_person_noun(run, sign) && !is_body(sign);
        let either = |sign: &Token| self.is_person_noun(run, sign) && is_body(sign);
        // One word alone is somebody only as kin (`Chad, my brother-in-law`) or by a trade after it (`Suhartini, the official`).
        let kin = || first.is_name(self.scan, NameUse::is_given) && self.is_kin(run);
        let trade = || first.known == Known::Own && self.has_apposition(run, is_person);
        if PLACE_HEADS.contains(&first.folded.as_str())
            || run.partners
            || self.is_followed_by_where(run)
            || run.words.iter().any(|word| word.upper)
            || run.words.len() < 2 && !kin() && !trade()
        {
            return 0.0;
        }
        let mut score = if run.particle { 0.5 } else { 0.0 } + if run.syllables { 1.5 } else { 0.0 };
        // in it
        if first.is_frequent_given_name(self.scan) {
            score += 2.0;
        } else if first.is_name(self.scan, NameUse::is_given) {
            score += 1.2;
        }
        if last.is_name(self.scan, NameUse::is_surname)
            // `Wei Yi`: the surname first
            || last.is_name(self.scan, NameUse::is_given) && first.is_name(self.scan, NameUse::is_surname)
        {
            score += 0.8;
        }
        if last.known == Known::Commodity {
            score -= 0.5;
        }
        if self.is_called_like_a_place(run) {
            score += 2.0;
        }
        if run.words.iter().skip(1).any(|word| self.speakers.contains(&word.folded)) {
            score += 2.0;
        }
        // after it
        if self.is_next(run, 0, &contexts.person_verb) {
            score += if self.is_next(run, 0, &contexts.shared_verb) { 1.0 } else { 2.0 };
        }
        if self.is_who(run) {
            score += 2.5;
        }
        if self.is_aged(run) {
            score += 3.0;
        }
        if self.has_apposition(run, is_person) {
            score += 2.5;
        } else if self.has_apposition(run, either) {
            score += 1.2;
        }
        if self.refers_to_itself_as(run, &["he", "she"]) {
            score += 1.5;
        }
        // before it
        if self.is_said_before(run) {
            score += 2.0;
        }
        if self.before(run, 1).is_some_and(is_person) {
            score += 2.5;
        } else if self.before(run, 1).is_some_and(either) {
            score += 0.8;
        }
        // `the owner, Janvier Bizimungu Rukara`: a firm without a word for one in its name has seldom three words.
        if self.is_apposed(run, is_person) {
            score += 2.5;
        } else if self.is_apposed(run, either) {
            score +=
                if run.words.len() == 3 && run.words.iter().all(|word| word.known == Known::Own) { 2.6 } else { 1.2 };
        }
        if self.is_honoured(run) || self.is_byline(run) {
            score += 2.0;
        }
        if self.speaks_for_body(run) {
            score += 1.2;
        }
        if self.is_called(run, is_person) {
            score += 2.5;
        }
        score + self.against(run)
    }

    /// For a body.
    pub(super) fn organisation(&self, run: &Run) -> f64 {
        let contexts = &self.scan.lexicon.people.contexts;
        let Some(last) = run.words.last() else { return 0.0 };
        let is_body = |sign: &Token| contexts.organisation_noun.contains(&self.folded(run, sign));
        let mut score = 0.0;
        // A place or a metal alone is none, nor is a kind of body: `Regulator opens …`.
        if run.words.len() < 2 && (last.known != Known::Own || contexts.organisation_noun.contains(&last.folded)) {
            return 0.0;
        }
        score += self.unknown_name(run);
        // in it
        if run.partners {
            score += 2.0;
        }
        if last.known == Known::Commodity && run.words.iter().any(|word| word.known == Known::Own) {
            score += 1.2;
        }
        // `Ostrava Recykling`
        if run.words.len() > 1
            && run.words[0].known == Known::Place
            && !run.words[0].is_name(self.scan, |_| true)
            && last.known == Known::Own
        {
            score += 0.8;
        }
        // A metal with a capital letter and a name after it: `Cobalt Sky`, `Copper Lane`.
        if run.words.len() > 1 && run.words[0].known == Known::Commodity && last.known == Known::Own {
            score += 0.8;
        }
        if run.words.len() == 1 && last.upper && (3..=6).contains(&last.folded.len()) {
            score += 1.2;
        }
        // after it
        if self.is_next(run, 0, &contexts.organisation_verb) {
            score += if self.is_next(run, 0, &contexts.person_verb) { 0.8 } else { 1.5 };
        }
        if self.has_apposition(run, is_body) && (run.words.len() > 1 || run.tokens.start > 0) {
            score += 2.5;
        }
        if self.has_seat(run) {
            score += 2.5;
        }
        // A name in Latin letters that Chinese text leaves as it is, is mostly a body's: 美企Cove Capital与…
        if self.is_among_han(run) && run.words.len() > 1 {
            score += 2.0;
        }
        if self.has_ticker(run) {
            score += 2.5;
        }
        if self.after(run, 0).is_some_and(is_body) && last.upper {
            score += 2.0;
        }
        if self.owns_office(run) {
            score += 2.0;
        }
        if self.refers_to_itself_as(run, &["it", "which"]) {
            score += 1.5;
        }
        // before it
        if self.before(run, 1).is_some_and(is_body) {
            score += 2.0;
        }
        if self.is_apposed(run, is_body) {
            score += 2.5;
        }
        if self.is_called(run, is_body) {
            score += 2.5;
        }
        if let (Some(one), Some(two)) = (self.before(run, 2), self.before(run, 1)) {
            let before = format!("{} {}", self.folded(run, one), self.folded(run, two));
            if contexts.organisation_before.contains(&before) {
                score += 2.2;
            }
        }
        score + self.against(run)
    }

    /// `X said that it …`, `X, which …`
    fn refers_to_itself_as(&self, run: &Run, pronouns: &[&str]) -> bool {
        let is = |token: &Token| pronouns.contains(&self.text(run, token));
        if self.is_comma(run, 0) {
            return self.after(run, 1).is_some_and(is);
        }
        let verb =
            self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "said" | "says" | "told" | "added"));
        let that = self.after(run, 1).is_some_and(|token| self.text(run, token) == "that");
        verb && self.after(run, 1 + usize::from(that)).is_some_and(is)
    }

    /// Words that no list knows, where only bodies stand.
    fn unknown_name(&self, run: &Run) -> f64 {
        let unknown = |word: &Word| word.known == Known::Own && !word.is_name(self.scan, |_| true);
        if !run.words.iter().all(unknown) {
            return 0.0;
        }
        let contexts = &self.scan.lexicon.people.contexts;
        let mut score = 0.0;
        // `UxC`, `GreenRoc`; not `McEwen`
        let is_somebody = ["mc", "mac", "o'", "de", "di", "la", "le", "van"]
            .iter()
            .any(|start| run.words[0].folded.starts_with(start));
        if run.words.len() == 1 && run.words[0].mixed && !is_somebody {
            score += 2.0;
        }
        // `Sepfluor's Nokeng mine`
        let owns = self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "'s" | "’s"));
        let thing =
            |at: usize| self.after(run, at).is_some_and(|token| contexts.thing_noun.contains(self.text(run, token)));
        if owns && (1..=4).any(thing) {
            score += 2.0;
        }
        // `says Ingrid Solheim of NTNU`
        if run.words[0].upper
            && self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "of" | "at" | "from"))
            && self.before(run, 2).is_some_and(|token| matches!(token.kind, TokenKind::Word(Case::Title)))
        {
            score += 1.6;
        }
        // `Largo produced …`, `Metlen has signed …`: no word that English makes of others, as `Construction started`
        if run.words.len() == 1 && !run.words[0].upper && is_coined(&run.words[0].folded) {
            let has =
                usize::from(self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "has" | "have")));
            if self.is_next(run, has, &contexts.firm_verb) {
                score += 1.5;
            }
        }
        // `Network Rail produced …`, with nothing before it
        if run.tokens.start == 0
            && run.words.len() > 1
            && self.is_next(run, 0, &contexts.organisation_verb)
            && !self.is_next(run, 0, &contexts.person_verb)
        {
            score += 0.6;
        }
        score
    }

    /// What speaks against both: `the Kanchera Hill project` is a thing's.
    fn against(&self, run: &Run) -> f64 {
        let thing = self.is_next(run, 0, &self.scan.lexicon.people.contexts.thing_noun);
        if thing { -3.0 } else { 0.0 }
    }

    /// `"…," said Kask-Toome`
    fn is_said_before(&self, run: &Run) -> bool {
        let Some(verb) = self.before(run, 1).map(|token| self.text(run, token)) else { return false };
        let said = matches!(verb, "said" | "says" | "asked" | "jokes" | "joked" | "adds");
        self.before(run, 2).map_or(said, |token| match token.kind {
            // After a quotation, whatever people do tells who spoke: `argues Sudeshna Palit`.
            TokenKind::Punctuation('"' | '”' | '’') => {
                said || self.scan.lexicon.people.contexts.person_verb.contains(verb)
            }
            TokenKind::Punctuation('\'' | ',' | '?' | '!') => said,
            _ => false,
        })
    }

    /// `Georgia Mbaye`, `ahead of Israel Tautai`: a place that people are called by, and a word that is no common one.
    fn is_called_like_a_place(&self, run: &Run) -> bool {
        let contexts = &self.scan.lexicon.people.contexts;
        let [first, last] = &run.words[..] else { return false };
        first.known == Known::Place
            && contexts.place_given.contains(&first.folded)
            && last.known == Known::Own
            && is_coined(&last.folded)
            && !contexts.thing_noun.contains(&last.folded)
            && !contexts.organisation_noun.contains(&last.folded)
            && !contexts.portfolio.contains(&last.folded)
            && !contexts.street_noun.contains(&last.folded)
    }

    /// `named after Viswanathan Anand`
    fn is_honoured(&self, run: &Run) -> bool {
        let is = |at: usize, word: &str| self.before(run, at).is_some_and(|token| self.text(run, token) == word);
        is(1, "after") && is(2, "named")
    }

    /// `By Pipaluk Heilmann`, and nothing that goes on after it.
    fn is_byline(&self, run: &Run) -> bool {
        run.tokens.start == 1
            && self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "By" | "BY"))
            && self
                .after(run, 0)
                .is_none_or(|token| matches!(token.kind, TokenKind::Punctuation('·' | '|' | '•' | '–' | '—')))
    }

    /// `Arben Hoxhaj of the Trade Union … said`
    fn speaks_for_body(&self, run: &Run) -> bool {
        let of = self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "of" | "from" | "at"));
        of && (2..2 + APPOSITION)
            .map_while(|at| self.after(run, at).filter(|token| !matches!(token.kind, TokenKind::Punctuation(_))))
            .any(|token| matches!(self.text(run, token), "said" | "says" | "told" | "warned" | "argued" | "argues"))
    }

    /// `…, my brother-in-law`
    fn is_kin(&self, run: &Run) -> bool {
        let whose = |token: &Token| matches!(self.text(run, token), "my" | "his" | "her" | "our" | "their");
        self.is_comma(run, 0)
            && self.after(run, 1).is_some_and(whose)
            && self.after(run, 2).is_some_and(|token| self.is_person_noun(run, token))
    }

    /// `…, who`, `…, whose`
    fn is_who(&self, run: &Run) -> bool {
        self.is_comma(run, 0)
            && self.after(run, 1).is_some_and(|token| matches!(self.text(run, token), "who" | "whose" | "whom"))
    }

    /// `RHI Magnesita, based in Vienna`
    fn has_seat(&self, run: &Run) -> bool {
        let is = |token: &Token| {
            matches!(self.text(run, token), "based" | "headquartered" | "domiciled" | "registered" | "listed")
        };
        let at = |token: &Token| matches!(self.text(run, token), "in" | "on");
        self.is_comma(run, 0) && self.after(run, 1).is_some_and(is) && self.after(run, 2).is_some_and(at)
    }

    /// `Tara Deep, where …`
    fn is_followed_by_where(&self, run: &Run) -> bool {
        self.is_comma(run, 0) && self.after(run, 1).is_some_and(|token| self.text(run, token) == "where")
    }

    /// `…, 84,`, `…, a 19-year-old`
    fn is_aged(&self, run: &Run) -> bool {
        let is_age = |token: &Token| {
            token.kind == TokenKind::Number
                && self.text(run, token).parse::<u8>().is_ok_and(|age| (5..=110).contains(&age))
        };
        if !self.is_comma(run, 0) {
            return false;
        }
        let plain = self.after(run, 1).is_some_and(is_age)
            && self.after(run, 2).is_some_and(|token| matches!(token.kind, TokenKind::Punctuation(',' | '.')));
        plain
            || (1..4).any(|at| {
                self.after(run, at).is_some_and(is_age)
                    && self.after(run, at + 2).is_some_and(|token| self.text(run, token) == "year")
            })
    }

    /// `Minera Sol, a private lead miner from …`: what stands between the run and the next comma or stop.
    fn has_apposition(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        if !self.is_comma(run, 0)
            || !self.after(run, 1).is_some_and(|token| {
                matches!(self.text(run, token), "a" | "an" | "the" | "its" | "his" | "her" | "their" | "my" | "our")
            }) && !self.after(run, 1).is_some_and(&is)
        {
            return false;
        }
        let stops = |token: &Token| {
            matches!(token.kind, TokenKind::Punctuation(_)) && !matches!(self.text(run, token), "-" | "'")
                || matches!(
                    self.text(run, token),
                    "of" | "at" | "for" | "in" | "from" | "who" | "which" | "that" | "to" | "with"
                )
        };
        let inside = (1..=APPOSITION).map_while(|at| self.after(run, at).filter(|token| !stops(token)));
        inside.last().is_some_and(is)
    }

    /// `Its head of procurement, Eero Aalto`: the noun, and what depends on it, then a comma.
    fn is_apposed(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        if !self.before(run, 1).is_some_and(|token| token.kind == TokenKind::Punctuation(',')) {
            return false;
        }
        // What comes after the name closes the apposition, or is what the name does.
        let contexts = &self.scan.lexicon.people.contexts;
        let closes = self.after(run, 0).is_none_or(|token| {
            matches!(token.kind, TokenKind::Punctuation(_)) || matches!(self.text(run, token), "of" | "from")
        }) || self.is_next(run, 0, &contexts.person_verb)
            || self.is_next(run, 0, &contexts.organisation_verb);
        if !closes {
            return false;
        }
        let mut depends = false;
        for at in 2..2 + APPOSITION {
            let Some(token) = self.before(run, at) else { return false };
            if matches!(token.kind, TokenKind::Punctuation(_))
                && !matches!(self.text(run, token), "-" | "'" | "'s" | "’s")
            {
                return false;
            }
            if is(token) {
                return at == 2 || depends;
            }
            depends = matches!(self.text(run, token), "of" | "at" | "for" | "in");
        }
        false
    }

    fn is_among_han(&self, run: &Run) -> bool {
        let is_han = |token: Option<&Token>| token.is_some_and(|token| token.kind == TokenKind::Han);
        is_han(self.before(run, 1)) || is_han(self.after(run, 0))
    }

    /// `a workshop called Steel City Doors`
    fn is_called(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        let called =
            self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "called" | "named" | "dubbed"));
        called && (2..5).any(|at| self.before(run, at).is_some_and(&is))
    }

    /// `Barrow Peak (ASX: BPK)`
    fn has_ticker(&self, run: &Run) -> bool {
        let opens = self.after(run, 0).is_some_and(|token| token.kind == TokenKind::Punctuation('('));
        opens
            && self.after(run, 1).is_some_and(|token| self.text(run, token).chars().all(char::is_uppercase))
            && self.after(run, 2).is_some_and(|token| token.kind == TokenKind::Punctuation(':'))
    }

    /// `Mboté's director`, `Solgold's shares`
    fn owns_office(&self, run: &Run) -> bool {
        let of = self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "'s" | "’s"));
        of && self.after(run, 1).is_some_and(|token| {
            matches!(
                self.text(run, token),
                "shares"
                    | "shareholders"
                    | "board"
                    | "annual"
                    | "quarterly"
                    | "headquarters"
                    | "subsidiary"
                    | "workforce"
            ) || self.text(run, token) == "chief"
                && self.after(run, 2).is_some_and(|token| self.text(run, token) == "executive")
                || matches!(
                    self.text(run, token),
                    "chairman" | "chairwoman" | "spokesman" | "spokeswoman" | "founder" | "managing"
                )
        })
    }

    fn is_person_noun(&self, run: &Run, token: &Token) -> bool {
        self.scan.lexicon.people.contexts.person_noun.contains(&self.folded(run, token))
            || is_title(self.scan, run.at.field, token)
    }

    fn is_comma(&self, run: &Run, at: usize) -> bool {
        self.after(run, at).is_some_and(|token| token.kind == TokenKind::Punctuation(','))
    }

    fn is_next(&self, run: &Run, at: usize, words: &FxHashSet<String>) -> bool {
        self.after(run, at).is_some_and(|token| words.contains(self.text(run, token)))
    }

    /// The `at`th token after the run.
    fn after(&self, run: &Run, at: usize) -> Option<&'d Token> {
        self.scan.tokens(run.at.sentence).get(run.tokens.end + at)
    }

    /// The `at`th token before the run; 1 is the nearest.
    fn before(&self, run: &Run, at: usize) -> Option<&'d Token> {
        self.scan.tokens(run.at.sentence).get(run.tokens.start.checked_sub(at)?)
    }

    fn text(&self, run: &Run, token: &Token) -> &'d str {
        self.scan.slice(run.at.field, token.span.start, token.span.end)
    }

    fn folded(&self, run: &Run, token: &Token) -> String {
        self.scan.folded_word(run.at.field, token)
    }
}

/// Whether a word looks as if somebody had made it up: it ends as no common noun does.
fn is_coined(word: &str) -> bool {
    const COMMON: [&str; 26] = [
        "ion", "ing", "ment", "ness", "ity", "ance", "ence", "ers", "er", "or", "ist", "ists", "ies", "als", "al",
        "ics", "ure", "age", "ship", "ism", "ed", "ts", "ns", "es", "ks", "ds",
    ];
    word.chars().count() >= 4 && !COMMON.iter().any(|end| word.ends_with(end))
}
