//! Which language a sentence is in: by script, and where several languages share it, by common words.

use super::language::{Languages, MOST};
use super::script::{SCRIPTS, Script};
use super::{Field, Language, Token, TokenKind};

/// How many bytes of a text are shown to the statistical detector where common words do not tell.
const SAMPLE: usize = 1000;
/// Letters below which the detector would only guess.
const FEWEST_LETTERS: u32 = 40;

/// The language that text in each script is in where a sentence does not tell it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likely([Option<Language>; SCRIPTS]);

/// What a field's sentences tell of its language, each by itself.
pub(super) struct Told {
    total: Counts,
    untold: Vec<Untold>,
}

/// A sentence that does not tell its language by itself.
struct Untold {
    sentence: usize,
    script: Script,
    foreign: bool,
}

impl Told {
    /// Tells the language of each of a field's sentences that tells it by itself, and counts its letters.
    pub(super) fn new(field: &mut Field<'_>, languages: &Languages) -> Self {
        let (mut total, mut untold) = (Counts::default(), Vec::new());
        for (sentence, its) in field.sentences.iter_mut().enumerate() {
            let words = field.tokens.get(its.tokens.start as usize..its.tokens.end as usize).unwrap_or_default();
            let counts = Counts::of(field.original, words, languages);
            its.letters = counts.letters.iter().sum();
            if let Some(script) = counts.script() {
                match counts.tell(script, languages) {
                    Some(language) => its.language = language,
                    None => untold.push(Untold { sentence, script, foreign: counts.is_foreign(script) }),
                }
            }
            total.add(&counts);
        }
        Self { total, untold }
    }

    /// The scripts of the sentences that do not tell their language by themselves.
    pub(super) fn untold(&self) -> impl Iterator<Item = Script> {
        self.untold.iter().map(|untold| untold.script)
    }

    /// What the field as a whole is in, in the scripts that are asked for; `before` is what is known from elsewhere. Most
    /// articles ask for none, and what a few Latin words in a Chinese text are in may cost more than all else here.
    pub(super) fn likely(
        &self,
        asked: impl Iterator<Item = Script>,
        field: &Field<'_>,
        languages: &Languages,
        before: Likely,
    ) -> Likely {
        let mut likely = before;
        for script in asked {
            let place = script as usize;
            if likely.0[place] == before.0[place] {
                likely.0[place] = self.total.likely(script, field, languages, before.0[place]);
            }
        }
        likely
    }

    /// Tells the language of the other sentences: what is too short to tell is in the `likely` language of its script.
    pub(super) fn assign(self, field: &mut Field<'_>, languages: &Languages, likely: Likely) {
        for Untold { sentence, script, foreign } in self.untold {
            let usual = languages.usual(script);
            let language = likely.0[script as usize].or(usual).filter(|language| !foreign || Some(*language) != usual);
            field.sentences[sentence].language = language.unwrap_or(Language::UNDETERMINED);
        }
    }
}

/// Letters and words by script, and common words by language.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    letters: [u32; SCRIPTS],
    words: [u32; SCRIPTS],
    /// Words with a letter that the script's usual language does not have.
    foreign: [u32; SCRIPTS],
    common: [u32; MOST],
    /// The languages that have a common word at all, as bits.
    seen: u32,
}

impl Counts {
    fn of(original: &str, tokens: &[Token], languages: &Languages) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            let (script, word) = match token.kind {
                TokenKind::Han => (Script::Han, ""),
                TokenKind::Word(_) => {
                    let word = &original[token.span.start as usize..token.span.end as usize];
                    (Script::of_word(word), word)
                }
                _ => continue,
            };
            let place = script as usize;
            counts.letters[place] += script.letters(token.span.end - token.span.start);
            if matches!(script, Script::Han | Script::Kana | Script::Hangul) {
                continue;
            }
            counts.words[place] += 1;
            if script != Script::Latin {
                counts.foreign[place] += u32::from(languages.is_foreign(script, word));
            }
            let common = languages.common_in(word);
            counts.seen |= common;
            bits(common).for_each(|language| counts.common[language] += 1);
        }
        counts
    }

    fn add(&mut self, other: &Self) {
        let add = |sums: &mut [u32], others: &[u32]| sums.iter_mut().zip(others).for_each(|(sum, n)| *sum += n);
        add(&mut self.letters, &other.letters);
        add(&mut self.words, &other.words);
        add(&mut self.foreign, &other.foreign);
        bits(other.seen).for_each(|language| self.common[language] += other.common[language]);
        self.seen |= other.seen;
    }

    /// The script that most of the letters are in; kana, which stands among Han, counts as Han.
    fn script(&self) -> Option<Script> {
        let letters = |script: Script| self.letters[script as usize];
        let scripts = [
            (letters(Script::Han) + letters(Script::Kana), Script::Han),
            (letters(Script::Latin), Script::Latin),
            (letters(Script::Hangul), Script::Hangul),
            (letters(Script::Cyrillic), Script::Cyrillic),
            (letters(Script::Arabic), Script::Arabic),
            (letters(Script::Other), Script::Other),
        ];
        // Of equals the first, hence the strict comparison.
        let most = scripts.into_iter().reduce(|most, script| if script.0 > most.0 { script } else { most });
        most.filter(|(letters, _)| *letters > 0).map(|(_, script)| script)
    }

    /// The language, where these words tell it by themselves.
    fn tell(&self, script: Script, languages: &Languages) -> Option<Language> {
        match script {
            Script::Han => self.east_asian(),
            Script::Hangul => Some(Language::KO),
            _ => self.clear_language(script, languages, 3),
        }
    }

    /// Japanese mixes kana into Han everywhere; one の in a Chinese shop's name is not Japanese. Han alone may be either.
    fn east_asian(&self) -> Option<Language> {
        let (han, kana) = (self.letters[Script::Han as usize], self.letters[Script::Kana as usize]);
        (kana > 0).then_some(if kana * 8 > han { Language::JA } else { Language::ZH })
    }

    fn is_foreign(&self, script: Script) -> bool {
        self.foreign[script as usize] * 4 > self.words[script as usize]
    }

    /// The language whose common words stand out: at least `least` of them, a fifth of all words of the script, and a
    /// good deal more than of any other language.
    fn clear_language(&self, script: Script, languages: &Languages, least: u32) -> Option<Language> {
        let (best, count) = self.best(script, languages)?;
        let others = self.seen(script, languages).filter(|(other, _)| *other != best);
        let second = others.map(|(_, count)| count).max().unwrap_or(0);
        let stands_out = count >= least && count * 5 >= self.words[script as usize] && count * 3 >= second * 4;
        stands_out.then(|| languages.listed[best].language)
    }

    /// The place of the language with the most common words, and how many. Of equals the first: English before others.
    fn best(&self, script: Script, languages: &Languages) -> Option<(usize, u32)> {
        let first = languages.listed.iter().position(|listed| listed.script == script)?;
        let most = |best: (usize, u32), other: (usize, u32)| if other.1 > best.1 { other } else { best };
        Some(self.seen(script, languages).fold((first, 0), most))
    }

    /// The languages of a script that have common words, by their places, and how many.
    fn seen(&self, script: Script, languages: &Languages) -> impl Iterator<Item = (usize, u32)> {
        let seen = bits(self.seen).filter(move |&place| languages.listed[place].script == script);
        seen.map(|place| (place, self.common[place]))
    }

    /// What the text as a whole is in where it is written in a script; `before` is what is known from elsewhere.
    fn likely(
        &self,
        script: Script,
        field: &Field<'_>,
        languages: &Languages,
        before: Option<Language>,
    ) -> Option<Language> {
        match script {
            Script::Cyrillic | Script::Arabic | Script::Other => self.clear_language(script, languages, 2).or(before),
            Script::Latin | Script::Han if self.letters[script as usize] == 0 => before,
            Script::Latin => Some(self.latin_language(field, languages, before)),
            Script::Han => self.east_asian().or(before).or(Some(Language::ZH)),
            Script::Kana | Script::Hangul => before,
        }
    }

    fn latin_language(&self, field: &Field<'_>, languages: &Languages, before: Option<Language>) -> Language {
        let told = self.clear_language(Script::Latin, languages, 2);
        if let Some(language) = told.or(before) {
            return language;
        }
        if self.letters[Script::Latin as usize] >= FEWEST_LETTERS
            && let Some(found) = whatlang::detect(&latin_sample(field)).filter(whatlang::Info::is_reliable)
        {
            return languages.of_iso639_3(found.lang().code());
        }
        match self.best(Script::Latin, languages) {
            Some((best, 2..)) => languages.listed[best].language,
            _ => Language::EN,
        }
    }
}

impl Languages {
    /// The language that text in a script is taken for where nothing else is told.
    fn usual(&self, script: Script) -> Option<Language> {
        self.usual_listed(script).map(|listed| listed.language)
    }

    fn is_foreign(&self, script: Script, word: &str) -> bool {
        matches!(script, Script::Cyrillic | Script::Arabic | Script::Other)
            && self
                .usual_listed(script)
                .and_then(|listed| listed.foreign.as_deref())
                .is_some_and(|letters| word.contains(|c| letters.contains(c)))
    }

    fn usual_listed(&self, script: Script) -> Option<&super::language::Listed> {
        self.listed.iter().find(|listed| listed.script == script && listed.foreign.is_some())
    }

    fn of_iso639_3(&self, code: &str) -> Language {
        let found = self.listed.iter().find(|listed| listed.iso639_3.as_deref() == Some(code));
        found.map_or(Language::UNDETERMINED, |listed| listed.language)
    }
}

/// The first Latin words, as one text.
fn latin_sample(field: &Field<'_>) -> String {
    let mut sample = String::with_capacity(SAMPLE + 64);
    let words = field.tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word(_)));
    for word in words.map(|token| field.str(token.span)).filter(|word| Script::of_word(word) == Script::Latin) {
        sample.push_str(word);
        sample.push(' ');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

/// The places of the bits that are set.
fn bits(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros();
        set &= set.checked_sub(1)?;
        Some(place as usize)
    })
}
