//! The languages that texts are told apart by: one list of common words for each, as data.
//!
//! A list is a text file, one word a line; `#` begins a comment. Lines that begin with `@` say more about the language
//! ([`Languages::new`]); `lexicon/README.md` explains them to those who write a list.

use super::script::Script;
use rustc_hash::FxHashMap;
use std::fmt;

/// A language, by its ISO 639 code: of two letters where there is one, else of three.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// English: what Latin text is in that tells nothing else.
    pub const EN: Self = Self(*b"en\0");
    /// Chinese: Han characters alone.
    pub const ZH: Self = Self(*b"zh\0");
    /// Japanese: Han characters with kana.
    pub const JA: Self = Self(*b"ja\0");
    /// Korean: Hangul.
    pub const KO: Self = Self(*b"ko\0");
    /// None that can be told.
    pub const UNDETERMINED: Self = Self(*b"und");

    /// The language of a code: two or three lower-case letters.
    pub fn new(code: &str) -> Option<Self> {
        let letters = code.as_bytes();
        let mut language = [0; 3];
        language.get_mut(..letters.len())?.copy_from_slice(letters);
        (letters.len() >= 2 && letters.iter().all(u8::is_ascii_lowercase)).then_some(Self(language))
    }

    /// The ISO 639 code; `und` for [`Language::UNDETERMINED`].
    pub fn code(&self) -> &str {
        let letters = if self.0[2] == 0 { &self.0[..2] } else { &self.0[..] };
        str::from_utf8(letters).unwrap_or("und")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Languages that no other shares its script with.
const TOLD_BY_SCRIPT: [Language; 3] = [Language::ZH, Language::JA, Language::KO];
/// How many languages may have a list: their bits share one number.
pub(super) const MOST: usize = 32;
/// The longest word of a list, in bytes.
const LONGEST: usize = 16;

/// All lists, ready for look-ups. Build once, share between threads.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// English first, so that it wins where words tell nothing; a language's place is its bit in `common`.
    pub(super) listed: Vec<Listed>,
    /// A word → the languages that it is common in.
    common: FxHashMap<u128, u32>,
}

/// A language with a list.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) language: Language,
    pub(super) script: Script,
    /// Its code of three letters, by which the statistical detector names it.
    pub(super) iso639_3: Option<String>,
    /// Letters of its script that only other languages have. Text of the script that tells nothing else is in the
    /// language that has such a line.
    pub(super) foreign: Option<String>,
    prefixes: Vec<String>,
    endings: Vec<String>,
    /// Prepositions by what they make of a place.
    prepositions: Vec<(String, Preposition)>,
    articles: Vec<String>,
    attribute_follows: bool,
    decimal_comma: bool,
}

/// What a preposition makes of the place after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preposition {
    /// Where something is or comes from: `en`, `aus`, из.
    Place,
    /// Where it goes, or whom it is for: `para`, `nach`.
    Goal,
    /// Who takes part: `con`, `mit`.
    Partner,
}

/// Why a list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {fault}")]
pub struct LanguageError {
    /// The list's language code, as its file is called.
    pub code: String,
    /// The line's number, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub fault: LanguageFault,
}

/// What may be wrong with a language's list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LanguageFault {
    /// The file's name is no language code.
    #[error("`{0}` is no language code; name the file by two or three lower-case letters of ISO 639, as in `tr.txt`")]
    Code(String),
    /// A line with `@` that means nothing.
    #[error(
        "`{0}` is none of @iso639-3, @foreign, @prefixes, @endings, @in, @to, @with, @articles, @attributes, each with what it lists"
    )]
    Directive(String),
    /// A word that cannot be looked up.
    #[error("`{0}` is longer than 16 bytes, or is more than one word")]
    Word(String),
    /// A list without a word.
    #[error("the list holds no word")]
    Empty,
    /// More lists than there are bits.
    #[error("there are more than 32 lists")]
    TooMany,
}

impl Languages {
    /// Reads (code, list) pairs.
    ///
    /// A list is one word a line. `@iso639-3 tur` names the language for the statistical detector, which is asked where
    /// words tell nothing; `@foreign іїє` lists letters of the script that the language does not have, and makes it the
    /// one that the script's text is taken for; `@prefixes` and `@endings` list what may be written together with a name;
    /// `@in`, `@to`, `@with` and `@articles` list the words before a place; `@attributes after` says that an attribute stands
    /// behind its noun (*oro peruano*).
    ///
    /// # Errors
    /// Every fault of every list.
    pub fn new<'l>(lists: impl IntoIterator<Item = (&'l str, &'l str)>) -> Result<Self, Vec<LanguageError>> {
        let mut lists: Vec<(&str, &str)> = lists.into_iter().collect();
        lists.sort_by_key(|(code, _)| (*code != Language::EN.code(), *code));
        let mut languages = Self::default();
        let mut errors = Vec::new();
        for (code, list) in lists {
            let faults = languages.add(code, list);
            let error = |(line, fault)| LanguageError { code: code.to_owned(), line, fault };
            errors.extend(faults.into_iter().map(error));
        }
        if errors.is_empty() { Ok(languages) } else { Err(errors) }
    }

    /// Every language that can be told: those with a list, and those that have a script of their own.
    pub fn all(&self) -> impl Iterator<Item = Language> {
        let by_script = TOLD_BY_SCRIPT.into_iter().filter(|language| self.listed(*language).is_none());
        self.listed.iter().map(|listed| listed.language).chain(by_script)
    }

    /// What may be written before a name in the same word, in this language: the ال of Arabic.
    pub fn prefixes(&self, language: Language) -> &[String] {
        self.listed(language).map_or(&[], |listed| &listed.prefixes)
    }

    /// What may be written after a name in the same word, in this language: the `preis` of `Kupferpreis`.
    pub fn endings(&self, language: Language) -> &[String] {
        self.listed(language).map_or(&[], |listed| &listed.endings)
    }

    /// What the last words before a place make of it, in this language: `exportado a la | China`.
    pub fn preposition<'t>(&self, language: Language, before: impl FnOnce() -> &'t str) -> Option<Preposition> {
        let listed = self.listed(language).filter(|listed| !listed.prepositions.is_empty())?;
        let mut words = before().rsplit([' ', '\u{a0}']).filter(|word| !word.is_empty()).map(str::to_lowercase);
        let mut last = words.next()?;
        if listed.articles.contains(&last) {
            last = words.next()?;
        }
        listed.prepositions.iter().find(|(word, _)| *word == last).map(|(_, preposition)| *preposition)
    }

    /// Whether an attribute stands behind its noun in this language.
    pub fn attribute_follows(&self, language: Language) -> bool {
        self.listed(language).is_some_and(|listed| listed.attribute_follows)
    }

    /// Whether figures of this language have a comma before their decimals, and dots or spaces between their thousands.
    pub fn decimal_comma(&self, language: Language) -> bool {
        self.listed(language).is_some_and(|listed| listed.decimal_comma)
    }

    /// The words of a list.
    pub fn words(list: &str) -> impl Iterator<Item = &str> {
        lines(list).map(|(_, content)| content).filter(|content| !content.starts_with('@'))
    }

    /// The languages that a word is common in, as bits in the order of `listed`.
    pub(super) fn common_in(&self, word: &str) -> u32 {
        key(word).and_then(|key| self.common.get(&key)).copied().unwrap_or(0)
    }

    fn listed(&self, language: Language) -> Option<&Listed> {
        self.listed.iter().find(|listed| listed.language == language)
    }

    /// Adds a list; returned are its faults, each with its line.
    fn add(&mut self, code: &str, list: &str) -> Vec<(Option<usize>, LanguageFault)> {
        let Some(language) = Language::new(code) else { return vec![(None, LanguageFault::Code(code.to_owned()))] };
        if self.listed.len() == MOST {
            return vec![(None, LanguageFault::TooMany)];
        }
        let mut listed = Listed::new(language);
        let mut faults = Vec::new();
        let mut script = None;
        for (line, content) in lines(list) {
            if content.starts_with('@') {
                if !listed.directive(content) {
                    faults.push((Some(line), LanguageFault::Directive(content.to_owned())));
                }
                continue;
            }
            match key(content).filter(|_| !content.contains(char::is_whitespace)) {
                Some(key) => {
                    script.get_or_insert(Script::of_word(content));
                    *self.common.entry(key).or_default() |= 1 << self.listed.len();
                }
                None => faults.push((Some(line), LanguageFault::Word(content.to_owned()))),
            }
        }
        match script {
            Some(script) => listed.script = script,
            // A language that its script tells needs no words.
            None if TOLD_BY_SCRIPT.contains(&language) => {}
            None => faults.push((None, LanguageFault::Empty)),
        }
        self.listed.push(listed);
        faults
    }
}

impl Listed {
    fn new(language: Language) -> Self {
        Self {
            language,
            script: Script::Other,
            iso639_3: None,
            foreign: None,
            prefixes: Vec::new(),
            endings: Vec::new(),
            prepositions: Vec::new(),
            articles: Vec::new(),
            attribute_follows: false,
            decimal_comma: false,
        }
    }

    /// Reads a line with `@`; false where it means nothing.
    fn directive(&mut self, line: &str) -> bool {
        let Some((name, rest)) = line.split_once(char::is_whitespace) else { return false };
        let words = || rest.split_whitespace().map(str::to_owned);
        match name {
            "@iso639-3" => self.iso639_3 = Some(rest.trim().to_owned()),
            "@foreign" => self.foreign.get_or_insert_default().extend(words()),
            "@prefixes" => self.prefixes.extend(words()),
            "@endings" => self.endings.extend(words()),
            "@in" => self.prepositions.extend(words().map(|word| (word, Preposition::Place))),
            "@to" => self.prepositions.extend(words().map(|word| (word, Preposition::Goal))),
            "@with" => self.prepositions.extend(words().map(|word| (word, Preposition::Partner))),
            "@articles" => self.articles.extend(words()),
            "@attributes" if rest.trim() == "after" => self.attribute_follows = true,
            "@decimal" if rest.trim() == "comma" => self.decimal_comma = true,
            _ => return false,
        }
        true
    }
}

/// The lines of a list that say something, with their numbers from 1.
fn lines(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let contents = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    (1..).zip(contents).filter(|(_, content)| !content.is_empty())
}

/// A word as a number: its bytes in lower case. None where it has too many.
fn key(word: &str) -> Option<u128> {
    let mut bytes = [0; LONGEST];
    if word.is_ascii() {
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
    } else {
        let mut length = 0;
        for c in word.chars().flat_map(char::to_lowercase) {
            let end = length + c.len_utf8();
            c.encode_utf8(bytes.get_mut(length..end)?);
            length = end;
        }
    }
    Some(u128::from_le_bytes(bytes))
}
