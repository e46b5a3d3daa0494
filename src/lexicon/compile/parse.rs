//! Files → rows: every file is read by its name, and what cannot be read is a fault of that file.

use super::rows::*;
use crate::lexicon::{HanClass, HanWords, LexiconFault, LexiconFiles, NameContexts, NameUse, PeopleLists, find};
use crate::text::Folding;
use rustc_hash::{FxHashMap, FxHashSet};

/// All files, parsed.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) files: Vec<(String, File)>,
    pub(super) single_characters: Option<(String, SingleCharacters)>,
    not_names: Vec<String>,
    surnames_zh: Vec<String>,
    transliteration_zh: String,
    given_names: Vec<String>,
    latin_names: FxHashMap<String, NameUse>,
    contexts: NameContexts,
    /// (file, class, word): those that are written by hand first, because the first class of a word stays.
    han_words: Vec<(String, HanClass, String)>,
    never_given: String,
    seldom_given: String,
}

pub(super) fn parse(files: &LexiconFiles, faults: &mut Vec<LexiconFault>) -> Parsed {
    let mut parsed = Parsed::default();
    for (path, text) in &files.files {
        let mut fault = |message: String| faults.push(LexiconFault { file: path.clone(), message });
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let lines = || {
            text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
        };
        match file_name {
            "single-characters.toml" => match toml::from_str(text) {
                Ok(characters) => parsed.single_characters = Some((path.clone(), characters)),
                Err(error) => fault(error.to_string()),
            },
            "not-names.toml" => match toml::from_str::<Names>(text) {
                Ok(words) => parsed.not_names.extend(words.into_values().flatten()),
                Err(error) => fault(error.to_string()),
            },
            "surnames-zh.txt" => parsed.surnames_zh.extend(lines().map(str::to_owned)),
            "transliteration-zh.txt" => parsed.transliteration_zh.extend(lines()),
            "name-contexts.toml" => match toml::from_str(text) {
                Ok(contexts) => parsed.contexts = contexts,
                Err(error) => fault(error.to_string()),
            },
            "names-latin.txt" => parsed.latin_names.extend(lines().map(latin_name)),
            "given-names-en.txt" => parsed.given_names.extend(lines().map(str::to_owned)),
            "han.toml" => match toml::from_str::<HanRows>(text) {
                Ok(rows) => {
                    let words = rows
                        .word
                        .into_iter()
                        .flat_map(|(class, words)| words.into_iter().map(move |word| (class, word)));
                    let words = words.map(|(class, word)| (path.clone(), class, word)).collect::<Vec<_>>();
                    parsed.han_words.splice(0..0, words);
                    parsed.never_given.push_str(&rows.never_given);
                    parsed.seldom_given.push_str(&rows.seldom_given);
                }
                Err(error) => fault(error.to_string()),
            },
            "han-common.tsv" => common_words(path, text, &mut parsed.han_words, &mut fault),
            "cities.tsv" => parsed.files.push((path.clone(), cities(text, &mut fault))),
            _ if file_name.ends_with(".toml") && is_row_file(path) => match toml::from_str(text) {
                Ok(file) => parsed.files.push((path.clone(), file)),
                Err(error) => fault(error.to_string()),
            },
            _ => {}
        }
    }
    parsed
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

/// The folders whose TOML files hold rows; other rooms read the others (`sources/`, `languages/`).
fn is_row_file(path: &str) -> bool {
    !(path.starts_with("sources/") || path.starts_with("languages/"))
}

/// `class, words`: tab-separated, words by spaces.
fn common_words(path: &str, text: &str, words: &mut Vec<(String, HanClass, String)>, fault: &mut impl FnMut(String)) {
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let class = match line.split_once('\t') {
            Some(("verb", _)) => HanClass::Verb,
            Some(("link", _)) => HanClass::Link,
            Some(("noun", _)) => HanClass::Noun,
            _ => {
                fault(format!("line {}: expected `verb`, `link` or `noun`, a tab and words", number + 1));
                continue;
            }
        };
        words.extend(line.split([' ', '\t']).skip(1).map(|word| (path.to_owned(), class, word.to_owned())));
    }
}

/// `id, country, name, English names, Chinese names`, tab-separated, names by `|`; the first line is the header.
fn cities(text: &str, fault: &mut impl FnMut(String)) -> File {
    let split = |names: &str| names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mut file = File::default();
    for (number, line) in
        text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, country, name, en, zh] = columns[..] else {
            fault(format!("line {}: {} columns where 5 are expected", number + 1, columns.len()));
            continue;
        };
        file.city.push(PlaceRow {
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
        });
    }
    file
}

impl Parsed {
    pub(super) fn han_words(&self, folding: &Folding, faults: &mut Vec<LexiconFault>) -> HanWords {
        let mut han = HanWords::default();
        let characters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect();
        han.never_given = characters(&self.never_given);
        han.seldom_given = characters(&self.seldom_given);
        for (file, class, word) in &self.han_words {
            if !han.add(&folding.fold_pattern(word), *class) {
                let message = format!("`{word}` is not one to {} characters", HanWords::LONGEST);
                faults.push(LexiconFault { file: file.clone(), message });
            }
        }
        han
    }

    pub(super) fn people(self, folding: &Folding) -> PeopleLists {
        let folded = |words: &[String]| {
            words.iter().map(|word| find::spaced(&folding.fold_pattern(word))).collect::<FxHashSet<_>>()
        };
        let not_names = folded(&self.not_names);
        PeopleLists {
            surnames_zh: folded(&self.surnames_zh),
            transliteration_zh: self.transliteration_zh.chars().filter(|c| !c.is_whitespace()).collect(),
            given_names: folded(&self.given_names),
            latin_names: self.latin_names,
            contexts: self.contexts,
            longest_not_name: not_names.iter().map(|word| word.chars().count()).max().unwrap_or(0),
            not_names,
        }
    }
}
