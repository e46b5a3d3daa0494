//! Which language a sentence is in: by script, and where several languages share it, by common words.

use super::language::{Languages, MOST};
use super::script::{SCRIPTS, Script};
use super::{Field, Language, Sentence, Token, TokenKind};

/// How many bytes of a text are shown to the statistical detector where common words do not tell.
const SAMPLE: usize = 1000;
/// Letters below which the detector would only guess.
const FEWEST_LETTERS: u32 = 40;

/// The language that text in each script is in where a sentence does not tell it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likely([Option<Language>; SCRIPTS]);

/// A sentence that does not tell its language by itself.
struct Untold {
    sentence: usize,
    script: Script,
    foreign: bool,
}

/// Tells the language of each of a field's sentences. What is too short to tell is in the `likely` language of its
/// script; returned is what this field's text as a whole is in.
pub(super) fn assign(field: &mut Field<'_>, languages: &Languages, likely: Likely) -> Likely {
    let mut total = Counts::default();
    let mut untold = Vec::new();
    let mut told = Vec::with_capacity(field.sentences.len());
    for (sentence, words) in field.sentences.iter().map(|sentence| field.tokens_of(sentence)).enumerate() {
        let counts = Counts::of(field.original, words, languages);
        let language = match counts.script() {
            None => Some(Language::UNDETERMINED),
            Some(script) => {
                let language = counts.tell(script, languages);
                if language.is_none() {
                    untold.push(Untold { sentence, script, foreign: counts.is_foreign(script) });
                }
                language
            }
        };
        told.push(language.unwrap_or(Language::UNDETERMINED));
        total.add(&counts);
    }
    let likely = total.likely(field, languages, likely);
    for Untold { sentence, script, foreign } in untold {
        let usual = languages.usual(script);
        let language = likely.0[script as usize].or(usual).filter(|language| !foreign || Some(*language) != usual);
        told[sentence] = language.unwrap_or(Language::UNDETERMINED);
    }
    field.sentences.iter_mut().zip(told).for_each(|(sentence, language)| sentence.language = language);
    likely
}

/// About how many letters a sentence has; a Chinese character counts as two.
pub(super) fn weight(field: &Field<'_>, sentence: &Sentence) -> u32 {
    let words = field.tokens_of(sentence).iter().filter_map(|token| Some((script(field.original, token)?, token)));
    words.map(|(script, token)| script.letters(length(token))).sum()
}

/// Letters and words by script, and common words by language.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    letters: [u32; SCRIPTS],
    words: [u32; SCRIPTS],
    /// Words with a letter that the script's usual language does not have.
    foreign: [u32; SCRIPTS],
    common: [u32; MOST],
}

impl Counts {
    fn of(original: &str, tokens: &[Token], languages: &Languages) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            let Some(script) = script(original, token) else { continue };
            let place = script as usize;
            counts.letters[place] += script.letters(length(token));
            if matches!(script, Script::Han | Script::Kana | Script::Hangul) {
                continue;
            }
            let word = &original[token.span.start as usize..token.span.end as usize];
            counts.words[place] += 1;
            counts.foreign[place] += u32::from(languages.is_foreign(script, word));
            let mut common = languages.common_in(word);
            while common != 0 {
                counts.common[common.trailing_zeros() as usize] += 1;
                common &= common - 1;
            }
        }
        counts
    }

    fn add(&mut self, other: &Self) {
        let add = |sums: &mut [u32], others: &[u32]| sums.iter_mut().zip(others).for_each(|(sum, n)| *sum += n);
        add(&mut self.letters, &other.letters);
        add(&mut self.words, &other.words);
        add(&mut self.foreign, &other.foreign);
        add(&mut self.common, &other.common);
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
        let others = languages.listed.iter().zip(self.common).filter(|(other, _)| other.language != best);
        let second = others.filter(|(other, _)| other.script == script).map(|(_, count)| count).max().unwrap_or(0);
        let stands_out = count >= least && count * 5 >= self.words[script as usize] && count * 3 >= second * 4;
        stands_out.then_some(best)
    }

    fn best(&self, script: Script, languages: &Languages) -> Option<(Language, u32)> {
        // `max_by_key` takes the last of equals, hence the reversal: English before the others.
        let of_script = languages.listed.iter().zip(self.common).rev().filter(|(listed, _)| listed.script == script);
        of_script.map(|(listed, count)| (listed.language, count)).max_by_key(|(_, count)| *count)
    }

    /// What the text as a whole is in, script by script; `before` is what is known from elsewhere.
    fn likely(&self, field: &Field<'_>, languages: &Languages, before: Likely) -> Likely {
        let mut likely = before;
        for script in [Script::Cyrillic, Script::Arabic, Script::Other] {
            let told = self.clear_language(script, languages, 2);
            likely.0[script as usize] = told.or(before.0[script as usize]);
        }
        if self.letters[Script::Latin as usize] > 0 {
            likely.0[Script::Latin as usize] = Some(self.latin_language(field, languages, before));
        }
        if self.letters[Script::Han as usize] > 0 {
            let told = self.east_asian().or(before.0[Script::Han as usize]);
            likely.0[Script::Han as usize] = Some(told.unwrap_or(Language::ZH));
        }
        likely
    }

    fn latin_language(&self, field: &Field<'_>, languages: &Languages, before: Likely) -> Language {
        let told = self.clear_language(Script::Latin, languages, 2);
        if let Some(language) = told.or(before.0[Script::Latin as usize]) {
            return language;
        }
        if self.letters[Script::Latin as usize] >= FEWEST_LETTERS
            && let Some(found) = whatlang::detect(&latin_sample(field)).filter(whatlang::Info::is_reliable)
        {
            return languages.of_iso639_3(found.lang().code());
        }
        match self.best(Script::Latin, languages) {
            Some((language, 2..)) => language,
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
    for token in field.tokens.iter().filter(|token| script(field.original, token) == Some(Script::Latin)) {
        sample.push_str(field.str(token.span));
        sample.push(' ');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

/// The script of a token that has letters.
fn script(original: &str, token: &Token) -> Option<Script> {
    match token.kind {
        TokenKind::Han => Some(Script::Han),
        TokenKind::Word(_) => Some(Script::of_word(&original[token.span.start as usize..token.span.end as usize])),
        _ => None,
    }
}

fn length(token: &Token) -> u32 {
    token.span.end - token.span.start
}
