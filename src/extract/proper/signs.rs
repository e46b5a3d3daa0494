//! The signs around a run of capitalised words, one by one: what stands right before and after it, and what of its sentence
//! speaks of it. What they are worth is [`super::evidence`]'s.

use super::evidence::{Evidence, is_coined};
use super::runs::{Known, Run, is_title};
use crate::extract::{At, overlaps_any};
use crate::lexicon::{CueSet, NameUse};
use crate::text::{Case, Token, TokenKind};
use rustc_hash::FxHashSet;

/// A common noun that has a capital letter (`the Board`) is seldom as long.
const SHORTEST_AUTHORITY: usize = 7;
/// An apposition is no longer than this, in tokens.
const APPOSITION: usize = 9;

impl<'d> Evidence<'_, 'd> {
    /// `X said that it …`, `X, which …`
    pub(super) fn refers_to_itself_as(&self, run: &Run, pronouns: &[&str]) -> bool {
        let is = |token: &Token| pronouns.contains(&self.text(run, token));
        if self.is_comma(run, 0) {
            return self.after(run, 1).is_some_and(is);
        }
        let verb =
            self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "said" | "says" | "told" | "added"));
        let that = self.after(run, 1).is_some_and(|token| self.text(run, token) == "that");
        verb && self.after(run, 1 + usize::from(that)).is_some_and(is)
    }

    /// `"…," said Kask-Toome`
    pub(super) fn is_said_before(&self, run: &Run) -> bool {
        let Some(verb) = self.before(run, 1).map(|token| self.text(run, token)) else { return false };
        let said = matches!(verb, "said" | "says" | "asked" | "jokes" | "joked" | "adds");
        self.before(run, 2).map_or(said, |token| match token.kind {
            // After a quotation, whatever people do tells who spoke: `argues Sudeshna Palit`.
            TokenKind::Punctuation('"' | '”' | '’') => {
                said || self.scan.lexicon.people.contexts.person_verb.contains(verb)
            }
            // `Less than that, argues Zarina Alimbekova`
            TokenKind::Punctuation('\'' | ',' | '?' | '!') => said || self.scan.lexicon.particles.name.saying.has(verb),
            _ => false,
        })
    }

    /// `Gwendoline Achterberg of the World Economic Forum`
    pub(super) fn is_of_body(&self, run: &Run) -> bool {
        self.is_somewhere(run) && {
            let article = usize::from(self.after(run, 1).is_some_and(|token| self.text(run, token) == "the"));
            let start = self.after(run, 1 + article).map(|token| At { span: token.span, ..run.at });
            start.is_some_and(|start| overlaps_any(&self.bodies, |body| *body, start))
        }
    }

    /// After `according to`, or after a `by`.
    pub(super) fn is_source(&self, run: &Run) -> bool {
        let is = |at: usize, word: &str| {
            self.before(run, at).is_some_and(|token| self.text(run, token).eq_ignore_ascii_case(word))
        };
        is(1, "by") || is(1, "to") && is(2, "according")
    }

    /// After a preposition of place that people seldom follow.
    pub(super) fn is_whereabouts(&self, run: &Run) -> bool {
        let words = &self.scan.lexicon.particles.name.whereabouts;
        self.before(run, 1).is_some_and(|token| words.has(self.text(run, token)))
    }

    /// `Georgia Mbaye`, `ahead of Israel Tautai`: a place that people are called by, and a word that is no common one.
    pub(super) fn is_called_like_a_place(&self, run: &Run) -> bool {
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

    /// `Kestrel Creek holds 62%`, `Ridgeback and its partner`, `The Bundeskartellamt cleared the merger`: what bodies do and people do not.
    pub(super) fn acts_as_a_body(&self, run: &Run) -> bool {
        let is =
            |at: usize, words: &[&str]| self.after(run, at).is_some_and(|token| words.contains(&self.text(run, token)));
        let holds = || {
            is(0, &["holds", "owns", "held", "keeps"])
                && self.after(run, 1).is_some_and(|token| token.kind == TokenKind::Number)
                && self.after(run, 2).is_some_and(|token| matches!(self.text(run, token), "%" | "per" | "percent"))
        };
        let the = || self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "The" | "the"));
        let name = || {
            let [word] = &run.words[..] else { return false };
            word.folded.len() >= SHORTEST_AUTHORITY
                && !self.scan.lexicon.particles.organisation.bodies.has(self.scan.text(run.at))
        };
        let acts = || name() && the() && self.is_next(run, 0, &self.scan.lexicon.people.contexts.authority_verb);
        holds() || is(0, &["and"]) && is(1, &["its"]) || acts()
    }

    /// `Bablu Rai was working`, `Zhang Yiming's villa`: what only people do or have.
    pub(super) fn lives(&self, run: &Run) -> bool {
        let contexts = &self.scan.lexicon.people.contexts;
        let is = |words: &[&str]| self.after(run, 0).is_some_and(|token| words.contains(&self.text(run, token)));
        is(&["was", "is"]) && self.is_next(run, 1, &contexts.person_state)
            || is(&["'s", "’s"]) && self.is_next(run, 1, &contexts.person_thing)
    }

    /// Nothing but an `and` or a comma stands between two runs.
    pub(super) fn are_joined(&self, one: &Run, two: &Run) -> bool {
        one.at.sentence == two.at.sentence
            && matches!(
                self.scan.slice(one.at.field, one.at.span.end.min(two.at.span.start), two.at.span.start),
                " and " | ", " | ", and " | " & " | " or "
            )
    }

    /// Two to four words that the lexicon knows as nothing else, none of them a kind of body or a thing.
    pub(super) fn is_of_own_words(&self, run: &Run) -> bool {
        let contexts = &self.scan.lexicon.people.contexts;
        (2..=4).contains(&run.words.len())
            && run.words.last().is_some_and(|last| is_coined(&last.folded) || last.is_name(self.scan, |_| true))
            && run.words.iter().all(|word| {
                // `Amber Nicholls`
                (word.known == Known::Own
                    || word.known == Known::Commodity && word.is_name(self.scan, NameUse::is_given))
                    && !word.upper
                    && !contexts.organisation_noun.contains(&word.folded)
                    && !contexts.thing_noun.contains(&word.folded)
                    && !contexts.street_noun.contains(&word.folded)
                    && !contexts.portfolio.contains(&word.folded)
            })
    }

    /// `Wu Yu`, `Pang Chol Mi`, `Nguyen Thi Oanh`: a surname of East Asia, and one or two syllables or words that English has not.
    pub(super) fn is_surname_first(&self, run: &Run) -> bool {
        let surnames = &self.scan.lexicon.people.contexts.east_asian_surname;
        let [first, rest @ ..] = &run.words[..] else { return false };
        (1..=2).contains(&rest.len())
            && surnames.contains(&first.folded)
            && rest.iter().all(|word| word.known == Known::Own && !word.upper && is_romanised(&word.folded))
    }

    /// What people do in sport and the arts, right before the name: `lost to Nikhat Zareen`, `designed by Es Devlin`.
    pub(super) fn is_played_by(&self, run: &Run) -> bool {
        let words = &self.scan.lexicon.people.contexts.person_before;
        let Some(one) = self.before(run, 1).map(|token| self.folded(run, token)) else { return false };
        words.contains(&one)
            || self.before(run, 2).is_some_and(|two| words.contains(&format!("{} {one}", self.folded(run, two))))
    }

    /// `chartered by Oldendorff`, `data from Kpler`: what only bodies do or have, right before the name.
    pub(super) fn is_behind_work(&self, run: &Run) -> bool {
        let (Some(two), Some(one)) = (self.before(run, 2), self.before(run, 1)) else { return false };
        let before = format!("{} {}", self.folded(run, two), self.folded(run, one));
        self.scan.lexicon.people.contexts.firm_before.contains(&before)
    }

    /// Whether its sentence is one of the trade's: it names goods, or has a word of trade.
    pub(super) fn is_of_trade(&self, run: &Run) -> bool {
        self.scan.said_in(run.at.sentence).intersects(CueSet::TRADE)
            || self.scan.names[self.scan.names_in(run.at.sentence)].iter().any(|name| name.is_commodity())
    }

    /// `named after Viswanathan Anand`
    pub(super) fn is_honoured(&self, run: &Run) -> bool {
        let is = |at: usize, word: &str| self.before(run, at).is_some_and(|token| self.text(run, token) == word);
        is(1, "after") && is(2, "named")
    }

    /// `By Pipaluk Heilmann`, and nothing that goes on after it.
    pub(super) fn is_byline(&self, run: &Run) -> bool {
        run.tokens.start == 1
            && self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "By" | "BY"))
            && self
                .after(run, 0)
                .is_none_or(|token| matches!(token.kind, TokenKind::Punctuation('·' | '|' | '•' | '–' | '—')))
    }

    /// `Arben Hoxhaj of …`
    fn is_somewhere(&self, run: &Run) -> bool {
        self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "of" | "from" | "at"))
    }

    /// `Arben Hoxhaj of the Trade Union … said`
    pub(super) fn speaks_for_body(&self, run: &Run) -> bool {
        self.is_somewhere(run)
            && (2..2 + APPOSITION)
                .map_while(|at| self.after(run, at).filter(|token| !matches!(token.kind, TokenKind::Punctuation(_))))
                .any(|token| matches!(self.text(run, token), "said" | "says" | "told" | "warned" | "argued" | "argues"))
    }

    /// `…, my brother-in-law`
    pub(super) fn is_kin(&self, run: &Run) -> bool {
        let whose = |token: &Token| matches!(self.text(run, token), "my" | "his" | "her" | "our" | "their");
        self.is_comma(run, 0)
            && self.after(run, 1).is_some_and(whose)
            && self.after(run, 2).is_some_and(|token| self.is_person_noun(run, token))
    }

    /// `…, who`, `…, whose`
    pub(super) fn is_who(&self, run: &Run) -> bool {
        self.is_comma(run, 0)
            && self.after(run, 1).is_some_and(|token| matches!(self.text(run, token), "who" | "whose" | "whom"))
    }

    /// `RHI Magnesita, based in Vienna`
    pub(super) fn has_seat(&self, run: &Run) -> bool {
        let is = |token: &Token| {
            matches!(self.text(run, token), "based" | "headquartered" | "domiciled" | "registered" | "listed")
        };
        let at = |token: &Token| matches!(self.text(run, token), "in" | "on");
        self.is_comma(run, 0) && self.after(run, 1).is_some_and(is) && self.after(run, 2).is_some_and(at)
    }

    /// `Tara Deep, where …`
    pub(super) fn is_followed_by_where(&self, run: &Run) -> bool {
        self.is_comma(run, 0) && self.after(run, 1).is_some_and(|token| self.text(run, token) == "where")
    }

    /// `…, 84,`, `…, a 19-year-old`
    pub(super) fn is_aged(&self, run: &Run) -> bool {
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
    pub(super) fn has_apposition(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
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

    /// The same, and a comma after it: `Canacero, the steelmakers' chamber, said`.
    pub(super) fn has_closed_apposition(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        let article = |token: &Token| matches!(self.text(run, token), "a" | "an" | "the");
        if !self.is_comma(run, 0) || !self.after(run, 1).is_some_and(article) {
            return false;
        }
        let stops = |token: &Token| {
            matches!(token.kind, TokenKind::Punctuation(_))
                && !matches!(self.text(run, token), "-" | "'" | "’" | "'s" | "’s")
        };
        let inside = || (1..=APPOSITION).map_while(|at| self.after(run, at).filter(|token| !stops(token)));
        let depends = |token: &Token| {
            matches!(
                self.text(run, token),
                "of" | "at" | "for" | "in" | "from" | "who" | "which" | "that" | "to" | "with" | "on" | "by"
            )
        };
        let noun = inside().take_while(|token| !depends(token)).last();
        self.is_comma(run, 1 + inside().count()) && noun.is_some_and(is)
    }

    /// A listed body stands right before it in a list: `Glencore, Hanwa and Toho`.
    pub(super) fn is_listed_after_body(&self, run: &Run) -> bool {
        let link =
            |at: usize| self.before(run, at).is_some_and(|token| matches!(self.text(run, token), "and" | "," | "&"));
        let comma = usize::from(self.before(run, 2).is_some_and(|token| self.text(run, token) == ","));
        let last = link(1).then(|| self.before(run, 2 + if self.is_and(run) { comma } else { 0 })).flatten();
        last.and_then(|last| self.scan.name_over(run.at.field, last.span.start))
            .is_some_and(|name| name.is_organisation() && !name.is_place() && !name.is_commodity())
    }

    /// A place owns it: `China's CAPEIC`.
    pub(super) fn is_of_place(&self, run: &Run) -> bool {
        let owned = self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "'s" | "’s"));
        let owner = self.before(run, 2).and_then(|owner| self.scan.name_over(run.at.field, owner.span.start));
        owned && owner.is_some_and(|name| name.is_place())
    }

    fn is_said_after(&self, run: &Run) -> bool {
        self.after(run, 0).is_some_and(|token| {
            matches!(self.text(run, token), "said" | "says" | "expects" | "told" | "warned" | "wrote")
        })
    }

    fn is_and(&self, run: &Run) -> bool {
        self.before(run, 1).is_some_and(|token| self.text(run, token) == "and")
    }

    /// `analyst Grace Yamoah of Stanbic`, `Priyanka Deshmukh at Kestrel Bulk`: where somebody works.
    pub(super) fn works_there(&self, run: &Run) -> bool {
        let Some(link) = self.before(run, 1).map(|token| self.text(run, token)) else { return false };
        let is_name = |at: usize| {
            self.before(run, at).is_some_and(|token| matches!(token.kind, TokenKind::Word(Case::Title | Case::Mixed)))
        };
        let own = run.words.iter().all(|word| word.known == Known::Own);
        if !own || !matches!(link, "of" | "at" | "with" | "from") || !is_name(2) || !is_name(3) {
            return false;
        }
        let speaks = |token: &Token| {
            matches!(
                self.text(run, token),
                "analyst" | "economist" | "strategist" | "trader" | "broker" | "Analyst" | "Economist" | "Strategist"
            )
        };
        // No analyst without a given name: `Teck Resources at Trail`.
        let given = || {
            self.before(run, 3).is_some_and(|token| {
                let names = &self.scan.lexicon.people.latin_names;
                names.get(&self.folded(run, token)).is_some_and(|name| name.is_given())
                    && self.scan.name_over(run.at.field, token.span.start).is_none()
            })
        };
        (4..6).any(|at| self.before(run, at).is_some_and(speaks)) || link == "at" && (run.words.len() > 1 || run.words[0].upper) && given()
            // `Priya Nair at Elara said aluminium would rise`
            || self.is_said_after(run) && self.scan.said_in(run.at.sentence).intersects(CueSet::TRADE) && given()
    }

    /// `Its head of procurement, Eero Aalto`: the noun, and what depends on it, then a comma.
    pub(super) fn is_apposed(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        if !self.before(run, 1).is_some_and(|token| token.kind == TokenKind::Punctuation(',')) {
            return false;
        }
        // What comes after the name closes the apposition, or is what the name does.
        let contexts = &self.scan.lexicon.people.contexts;
        let closes = self.after(run, 0).is_none_or(|token| {
            matches!(token.kind, TokenKind::Punctuation(_)) || matches!(self.text(run, token), "of" | "from")
        }) || self.is_next(run, 0, &contexts.person_verb)
            || self.is_next(run, 0, &contexts.organisation_verb)
            // `Two of the bidders, Vantor and Kibo West, offered`
            || self.after(run, 0).is_some_and(|token| self.text(run, token) == "and");
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

    pub(super) fn is_among_han(&self, run: &Run) -> bool {
        let is_han = |token: Option<&Token>| token.is_some_and(|token| token.kind == TokenKind::Han);
        is_han(self.before(run, 1)) || is_han(self.after(run, 0))
    }

    /// `a workshop called Steel City Doors`
    pub(super) fn is_called(&self, run: &Run, is: impl Fn(&Token) -> bool) -> bool {
        let called =
            self.before(run, 1).is_some_and(|token| matches!(self.text(run, token), "called" | "named" | "dubbed"));
        called && (2..5).any(|at| self.before(run, at).is_some_and(&is))
    }

    /// `Barrow Peak (ASX: BPK)`
    pub(super) fn has_ticker(&self, run: &Run) -> bool {
        let opens = self.after(run, 0).is_some_and(|token| token.kind == TokenKind::Punctuation('('));
        opens
            && self.after(run, 1).is_some_and(|token| self.text(run, token).chars().all(char::is_uppercase))
            && self.after(run, 2).is_some_and(|token| token.kind == TokenKind::Punctuation(':'))
    }

    /// `Mboté's director`, `Solgold's shares`
    pub(super) fn owns_office(&self, run: &Run) -> bool {
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
                && self
                    .after(run, 2)
                    .is_some_and(|token| self.scan.lexicon.people.contexts.chief.contains(self.text(run, token)))
                || matches!(
                    self.text(run, token),
                    "chairman" | "chairwoman" | "spokesman" | "spokeswoman" | "founder" | "managing" | "CEO" | "CFO"
                )
        })
    }

    pub(super) fn is_person_noun(&self, run: &Run, token: &Token) -> bool {
        self.scan.lexicon.people.contexts.person_noun.contains(&self.folded(run, token))
            || is_title(self.scan, run.at.field, token)
    }

    pub(super) fn is_comma(&self, run: &Run, at: usize) -> bool {
        self.after(run, at).is_some_and(|token| token.kind == TokenKind::Punctuation(','))
    }

    pub(super) fn is_next(&self, run: &Run, at: usize, words: &FxHashSet<String>) -> bool {
        self.after(run, at).is_some_and(|token| words.contains(self.text(run, token)))
    }

    /// The `at`th token after the run.
    pub(super) fn after(&self, run: &Run, at: usize) -> Option<&'d Token> {
        self.scan.tokens(run.at.sentence).get(run.tokens.end + at)
    }

    /// The `at`th token before the run; 1 is the nearest.
    pub(super) fn before(&self, run: &Run, at: usize) -> Option<&'d Token> {
        self.scan.tokens(run.at.sentence).get(run.tokens.start.checked_sub(at)?)
    }

    pub(super) fn text(&self, run: &Run, token: &Token) -> &'d str {
        self.scan.slice(run.at.field, token.span.start, token.span.end)
    }

    pub(super) fn folded(&self, run: &Run, token: &Token) -> String {
        self.scan.folded_word(run.at.field, token)
    }
}

/// Whether a word may be written of Chinese, Korean or Vietnamese syllables: `muyan`, `seong-eun`, `oanh`.
fn is_romanised(word: &str) -> bool {
    const ENDS: [&str; 4] = ["n", "g", "h", "r"];
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    word.len() <= 9
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && (word.ends_with(vowel) || ENDS.iter().any(|end| word.ends_with(end)) || word.len() <= 4)
        && !["tt", "ss", "rr", "bb", "dd", "pp", "ck", "th", "st", "rd", "nt"]
            .iter()
            .any(|pair| word.get(1..).is_some_and(|rest| rest.contains(pair)))
}
