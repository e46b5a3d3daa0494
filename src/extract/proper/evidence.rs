//! What speaks for a run of capitalised words being a person's name, and what for a body's. Each sign adds to a score;
//! one strong sign, or two weak ones, decide.

use super::runs::{Known, Run, Word};
use crate::extract::{At, FoundOrganisation, Scan};
use crate::lexicon::{CueClass, CueSet, NameUse};
use crate::text::{Case, Token, TokenKind};
use rustc_hash::FxHashSet;

/// At this score a run is what it is scored for.
pub(super) const ENOUGH: f64 = 2.0;

/// What articles are on that name people more often than firms.
const LEISURE: CueSet = CueSet::of(&[CueClass::TOPIC_SPORT, CueClass::TOPIC_MUSIC, CueClass::TOPIC_FILM]);

/// The signs around and in runs.
pub(super) struct Evidence<'s, 'd> {
    pub(super) scan: &'s Scan<'d>,
    /// Single words that speak somewhere in the article: `Benítez said`.
    speakers: FxHashSet<String>,
    /// Where bodies are named, in order.
    pub(super) bodies: Vec<At>,
    /// The article is on sport, music or film.
    leisure: bool,
}

impl<'s, 'd> Evidence<'s, 'd> {
    pub(super) fn new(scan: &'s Scan<'d>, runs: &[Run], organisations: &[FoundOrganisation]) -> Self {
        let bodies = organisations.iter().map(|organisation| organisation.at).collect();
        let leisure = scan.article_cues.intersects(LEISURE);
        let mut evidence = Self { scan, speakers: FxHashSet::default(), bodies, leisure };
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
        if self.scan.lexicon.particles.name.place_heads.has(&first.folded)
            || run.partners
            || self.is_followed_by_where(run)
            || run.words.iter().any(|word| word.upper)
            || contexts.place_tail.contains(&last.folded) && run.words.len() > 1
            || run.words.len() == 1 && contexts.time_word.contains(&first.folded)
            || contexts.department.contains(&last.folded)
                && last.known == Known::Own
                && !first.is_frequent_given_name(self.scan)
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
        // `Adam Silver`; `Rex Steel` needs more.
        if last.known == Known::Commodity && !(run.words.len() == 2 && first.is_frequent_given_name(self.scan)) {
            score -= 0.5;
        }
        // `Johari Abdul Ghani`
        if run.words.len() > 2 && run.words[1..].iter().any(|word| word.is_name(self.scan, NameUse::is_given)) {
            score += 1.0;
        }
        // `Pang Chol Mi`, `Xu Muyan`
        if self.is_surname_first(run) {
            score += 1.5;
        }
        // `Solar firm Meyer Burger`
        if self.before(run, 1).is_some_and(|sign| is_body(sign) && !self.is_person_noun(run, sign)) {
            score -= 1.5;
        }
        if self.lives(run) {
            score += 1.2;
        }
        // `Ethiopia's Gudaf Tsegay`, `lost to Nikhat Zareen`; in an article on sport or the arts most names of two words are people's
        let own = self.is_of_own_words(run);
        if own && self.is_of_place(run) {
            score += 0.8;
        }
        if own && self.leisure {
            score += 1.0;
        }
        if own && self.is_played_by(run) {
            score += 1.2;
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
        if self.speaks_for_body(run) || self.is_of_body(run) {
            score += 1.2;
        }
        // `According to Lindiwe Mahlangu`, `the report by Siobhan Kelleher`
        if self.is_source(run) {
            score += 0.8;
        }
        // `cut at Norman Wells`
        if self.is_whereabouts(run) {
            score -= 1.5;
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
        // `Copper, the digital asset custodian, …`
        if run.words.len() == 1 && last.known == Known::Commodity {
            let is_firm = |sign: &Token| contexts.firm_apposition.contains(&self.folded(run, sign));
            return if self.has_closed_apposition(run, is_firm) { ENOUGH } else { 0.0 };
        }
        // A place or a metal alone is none, nor is a kind of body: `Regulator opens …`.
        if run.words.len() < 2 && (last.known != Known::Own || contexts.organisation_noun.contains(&last.folded)) {
            return 0.0;
        }
        score += self.unknown_name(run);
        // in it
        if run.partners {
            score += 2.0;
        }
        // `Zak Diamond` is somebody's name as well.
        let somebody = run.words.len() == 2 && run.words[0].is_name(self.scan, NameUse::is_given);
        if last.known == Known::Commodity && !somebody && run.words.iter().any(|word| word.known == Known::Own) {
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
        // One word may begin a sentence and be none of its name: `Separately, the union …`
        let name = || run.words.len() > 1 || run.tokens.start > 0;
        if self.has_apposition(run, is_body) && name()
            || !name()
                && self.has_closed_apposition(run, is_body)
                && is_coined(&last.folded)
                && !last.folded.ends_with("ly")
        {
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
                // `a team led by Chris LaFemina`
                let somebody = run.words.len() > 1 && run.words[0].is_frequent_given_name(self.scan);
                score += if somebody { 0.0 } else { 2.2 };
            }
        }
        if self.works_there(run) {
            score += 2.0;
        }
        if self.acts_as_a_body(run) && is_coined(&last.folded) {
            score += 2.0;
        }
        score + self.against(run)
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
        let is_somebody = self.scan.lexicon.particles.name.begins_surname.begins(&run.words[0].folded);
        if run.words.len() == 1 && run.words[0].mixed && !is_somebody {
            score += 2.0;
        }
        // `Sepfluor's Nokeng mine`
        let owns = self.after(run, 0).is_some_and(|token| matches!(self.text(run, token), "'s" | "’s"));
        let thing =
            |at: usize| self.after(run, at).is_some_and(|token| contexts.thing_noun.contains(self.text(run, token)));
        // `Locarno's top prize` is a town's.
        let contest =
            |at: usize| self.after(run, at).is_some_and(|token| contexts.contest.contains(self.text(run, token)));
        if owns && (1..=4).any(thing) && !(1..=4).any(contest) {
            score += 2.0;
        }
        // `China's CAPEIC`; `Norway's Golar`, where the trade is spoken of
        if run.words.len() == 1 && self.is_of_place(run) {
            if run.words[0].upper {
                score += 0.8;
            } else if is_coined(&run.words[0].folded) && !self.leisure && self.is_of_trade(run) {
                // `in Indonesia's Toboali` is a place.
                let within =
                    self.before(run, 3).is_some_and(|token| contexts.place_before.contains(self.text(run, token)));
                score += if within { 0.0 } else { 1.2 };
            }
        }
        // `chartered by Oldendorff`, `a survey by Invamer`
        if run.words.len() == 1 && self.is_behind_work(run) && is_coined(&run.words[0].folded) {
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
        // `Nutrien and Mosaic fell`, `BHP, Fortescue and Roy Hill`
        if self.is_listed_after_body(run) && !is_somebody {
            // Two words may be somebody's name as well.
            score += match run.words.len() {
                1 if is_coined(&run.words[0].folded) => 2.0,
                1 => 0.0,
                _ => 1.2,
            };
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

    /// What it says for a body that one is named right beside: `Vantor and Kibo West`.
    pub(super) fn listed_with_body(&self, run: &Run) -> f64 {
        let unknown =
            run.words.iter().all(|word| word.known == Known::Own && !word.is_name(self.scan, NameUse::is_given));
        match run.words.len() {
            _ if !unknown || self.against(run) < 0.0 => 0.0,
            1 if is_coined(&run.words[0].folded) => 2.0,
            2 => 1.5,
            _ => 0.0,
        }
    }

    /// What speaks against both: `the Kanchera Hill project` is a thing's.
    fn against(&self, run: &Run) -> f64 {
        let thing = self.is_next(run, 0, &self.scan.lexicon.people.contexts.thing_noun);
        if thing { -3.0 } else { 0.0 }
    }
}

/// Whether a word looks as if somebody had made it up: it ends as no common noun does.
pub(super) fn is_coined(word: &str) -> bool {
    const COMMON: [&str; 26] = [
        "ion", "ing", "ment", "ness", "ity", "ance", "ence", "ers", "er", "or", "ist", "ists", "ies", "als", "al",
        "ics", "ure", "age", "ship", "ism", "ed", "ts", "ns", "es", "ks", "ds",
    ];
    word.chars().count() >= 4 && !COMMON.iter().any(|end| word.ends_with(end))
}
