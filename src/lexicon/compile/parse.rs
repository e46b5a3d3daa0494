//! Files → rows: every file is read by its name, and what cannot be read is a fault of that file.

use super::file::{File, FileFault};
use super::rows::*;
use crate::lexicon::fault::line_at;
use crate::lexicon::files::LexiconFile;
use crate::lexicon::{
    HanClass, HanTable, HanWords, LexiconFault, LexiconFiles, NameContexts, NameUse, Particles, PeopleLists, find,
};
use crate::text::{Folding, Languages};
use rustc_hash::{FxHashMap, FxHashSet};
use toml::Spanned;

/// All files, parsed.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) files: Vec<ParsedFile>,
    /// With the file's number.
    pub(super) single_characters: Option<(u32, SingleCharacters)>,
    not_names: Vec<String>,
    surnames_zh: Vec<String>,
    transliteration_zh: String,
    given_names: Vec<String>,
    latin_names: FxHashMap<String, NameUse>,
    contexts: NameContexts,
    pub(super) particles: Particles,
    /// (file, class, word): those that are written by hand first, because the first class of a word stays.
    han_words: Vec<(u32, HanClass, String)>,
    never_given: String,
    seldom_given: String,
}

/// A file with rows.
pub(super) struct ParsedFile {
    /// Its number among all files.
    pub(super) number: u32,
    pub(super) own: bool,
    pub(super) rows: File,
}

/// The list of a language, by its path: `languages/tr.txt`.
fn language_of(path: &str) -> Option<&str> {
    path.strip_prefix("languages/")?.strip_suffix(".txt")
}

/// The lists that languages are told by.
pub(super) fn languages(files: &LexiconFiles, faults: &mut Vec<LexiconFault>) -> Languages {
    let lists = files.iter().filter_map(|file| Some((language_of(file.path)?, file.text)));
    Languages::new(lists).unwrap_or_else(|errors| {
        faults.extend(errors.into_iter().map(|error| LexiconFault {
            file: files.shown(&format!("languages/{}.txt", error.code)),
            line: error.line,
            message: error.fault.to_string(),
        }));
        Languages::default()
    })
}

pub(super) fn parse(files: &LexiconFiles, faults: &mut Vec<LexiconFault>) -> Parsed {
    let mut parsed = Parsed::default();
    for (number, source) in (0u32..).zip(files.iter()) {
        let mut found = Vec::new();
        parsed.read(number, source, &mut found);
        faults.extend(found.into_iter().map(|(span, message)| LexiconFault {
            file: files.shown(source.path),
            line: span.map(|span| line_at(source.text, span.start)),
            message,
        }));
    }
    parsed
}

/// Whether anything reads the file: lists are known by their names, and the folders of TOML files that other rooms
/// have built in are not read from here.
pub(in crate::lexicon) fn is_read(path: &str) -> bool {
    let file_name = path.rsplit('/').next().unwrap_or(path);
    path == super::FOLDING_FILE
        || LISTS.contains(&file_name)
        || language_of(path).is_some()
        || (file_name.ends_with(".toml") && is_row_file(path))
}

/// The lists that are no TOML, by their names.
const LISTS: [&str; 6] = [
    "surnames-zh.txt",
    "transliteration-zh.txt",
    "han-common.tsv",
    "names-latin.txt",
    "given-names-en.txt",
    "cities.tsv",
];

/// The folders whose TOML files hold rows; another room reads `sources/`.
fn is_row_file(path: &str) -> bool {
    !path.starts_with("sources/")
}

/// `class, words`: tab-separated, words by spaces.
fn common_words(number: u32, text: &str, words: &mut Vec<(u32, HanClass, String)>, faults: &mut Vec<FileFault>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = start..start + line.len();
        start = span.end;
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let class = match line.split_once('\t') {
            Some(("verb", _)) => HanClass::Verb,
            Some(("link", _)) => HanClass::Link,
            Some(("noun", _)) => HanClass::Noun,
            _ => {
                faults.push((Some(span), "expected `verb`, `link` or `noun`, a tab and words".to_owned()));
                continue;
            }
        };
        words.extend(line.split([' ', '\t']).skip(1).map(|word| (number, class, word.to_owned())));
    }
}

impl Parsed {
    fn read(&mut self, number: u32, source: LexiconFile<'_>, faults: &mut Vec<FileFault>) {
        let LexiconFile { path, text, own } = source;
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let lines = || {
            text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
        };
        let mut fault = |error: &toml::de::Error| faults.push((error.span(), error.message().to_owned()));
        match file_name {
            "single-characters.toml" => match toml::from_str(text) {
                Ok(characters) => self.single_characters = Some((number, characters)),
                Err(error) => fault(&error),
            },
            "not-names.toml" => match toml::from_str(text) {
                Ok(words) => self.add_not_names(&words),
                Err(error) => fault(&error),
            },
            "surnames-zh.txt" => self.surnames_zh.extend(lines().map(str::to_owned)),
            "transliteration-zh.txt" => self.transliteration_zh.extend(lines()),
            "name-contexts.toml" => match toml::from_str(text) {
                Ok(contexts) => self.contexts = contexts,
                Err(error) => fault(&error),
            },
            "particles.toml" => match toml::from_str(text) {
                Ok(particles) => self.particles = particles,
                Err(error) => fault(&error),
            },
            "han.toml" => match toml::from_str::<HanRows>(text) {
                Ok(rows) => {
                    let words = rows
                        .word
                        .into_iter()
                        .flat_map(|(class, words)| words.into_iter().map(move |word| (class, word)));
                    let words: Vec<_> = words.map(|(class, word)| (number, class, word)).collect();
                    self.han_words.splice(0..0, words);
                    self.never_given.push_str(&rows.never_given);
                    self.seldom_given.push_str(&rows.seldom_given);
                }
                Err(error) => fault(&error),
            },
            "han-common.tsv" => common_words(number, text, &mut self.han_words, faults),
            "names-latin.txt" => self.latin_names.extend(lines().map(latin_name)),
            "given-names-en.txt" => self.given_names.extend(lines().map(str::to_owned)),
            "cities.tsv" => self.files.push(ParsedFile { number, own, rows: cities(text, faults) }),
            _ if file_name.ends_with(".toml") && is_row_file(path) => {
                let rows = File::read(text, faults);
                self.add_not_names(&rows.not_a_name);
                self.files.push(ParsedFile { number, own, rows });
            }
            _ => {}
        }
    }

    pub(super) fn han_words(
        &self,
        folding: &Folding,
        files: &LexiconFiles,
        faults: &mut Vec<LexiconFault>,
    ) -> HanWords {
        let mut han = HanWords::default();
        let characters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect();
        han.never_given = characters(&self.never_given);
        han.seldom_given = characters(&self.seldom_given);
        for (number, class, word) in &self.han_words {
            if !han.add(&folding.fold_pattern(word), *class) {
                let message = format!("`{word}` is not one to {} characters", HanWords::LONGEST);
                let file = files.iter().nth(*number as usize).map_or_else(String::new, |file| files.shown(file.path));
                faults.push(LexiconFault { file, line: None, message });
            }
        }
        han
    }

    fn add_not_names(&mut self, words: &Names) {
        self.not_names.extend(words.values().flatten().map(|word| word.get_ref().clone()));
    }

    pub(super) fn people(self, folding: &Folding) -> PeopleLists {
        let folded = |words: &[String]| {
            words.iter().map(|word| find::spaced(&folding.fold_pattern(word))).collect::<FxHashSet<_>>()
        };
        let not_names = folded(&self.not_names);
        let mut surnames_zh = HanTable::default();
        for surname in &self.surnames_zh {
            surnames_zh.add(&folding.fold_pattern(surname), ());
        }
        PeopleLists {
            surnames_zh,
            transliteration_zh: self.transliteration_zh.chars().filter(|c| !c.is_whitespace()).collect(),
            given_names: folded(&self.given_names),
            latin_names: self.latin_names,
            contexts: self.contexts,
            longest_not_name: not_names.iter().map(|word| word.chars().count()).max().unwrap_or(0),
            not_names,
        }
    }
}

/// `Ana ~given`, `Marsh ~surname`, `Ali`
fn latin_name(line: &str) -> (String, NameUse) {
    let (name, used) = match line.split_once(" ~") {
        Some((name, "given")) => (name, NameUse::Given),
        Some((name, _)) => (name, NameUse::Surname),
        None => (line, NameUse::Both),
    };
    (name.to_ascii_lowercase(), used)
}

/// `id, country, name, English names, Chinese names`, tab-separated, names by `|`; the first line is the header.
fn cities(text: &str, faults: &mut Vec<FileFault>) -> File {
    let mut file = File::default();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let span = start..start + line.len();
        start = span.end;
        let line = line.trim_end_matches(['\n', '\r']);
        if number == 0 || line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, country, name, en, zh] = columns[..] else {
            let message = format!("{} columns where 5 are expected, parted by tabs", columns.len());
            faults.push((Some(span), message));
            continue;
        };
        let split = |names: &str| {
            let names = names.split('|').filter(|name| !name.is_empty());
            names.map(|name| Spanned::new(span.clone(), name.to_owned())).collect::<Vec<_>>()
        };
        let row = PlaceRow {
            id: id.to_owned(),
            country: Some(country.to_owned()),
            _iso3: None,
            name: name.to_owned(),
            mining: false,
            capital: false,
            names: [("en".to_owned(), split(en)), ("zh".to_owned(), split(zh))].into(),
            demonyms: Names::new(),
            aliases: Names::new(),
            metonyms: Names::new(),
            abbreviations: Vec::new(),
        };
        file.city.push(Spanned::new(span.clone(), row));
    }
    file
}
