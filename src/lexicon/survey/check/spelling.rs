//! Names that are ordinary words, or that are written otherwise than they are matched; misspelt lists.

use super::{Finding, Severity};
use crate::lexicon::survey::{Listing, Survey};
use crate::lexicon::{Scope, Written};
use crate::text::Languages;
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const ORDINARY: &str = "it would be read in nearly every text; write a [[sense]] for it, or list it under `abbreviations`, which match to the letter";
const CAPITALISED: &str = "it is read wherever the word begins a sentence; write a [[sense]] for it";
const TRADITIONAL: &str =
    "texts are matched in simplified characters, so this changes nothing; write the simplified form";
const DROPPED: &str =
    "the character has no shape and is left out when names are matched; write the name anew without it";
const COMPATIBLE: &str = "texts are matched in the plain form, so this changes nothing; write the plain form";
const NEAR_A_LIST: &str =
    "a name that no other entry has, near to one that many have, is often a slip; correct it, or ignore this";

/// Where the lists of ordinary words lie.
const LANGUAGES: &str = "languages/";

impl Survey<'_> {
    /// Names that are ordinary words of a language that they are read in.
    pub(super) fn ordinary_words(&self) -> Vec<Finding> {
        let mut ordinary = FxHashMap::<String, Vec<&str>>::default();
        for file in self.files.iter().filter(|file| file.path.starts_with(LANGUAGES) && file.path.ends_with(".txt")) {
            let code = file.path.trim_start_matches(LANGUAGES).trim_end_matches(".txt");
            for word in Languages::words(file.text) {
                ordinary.entry(self.pattern(word)).or_default().push(code);
            }
        }
        let names = self.listings.iter().filter(|listing| {
            listing.reading.what.is_name() && listing.reading.sense.is_none() && listing.reading.part.0 == 0
        });
        names
            .filter_map(|listing| {
                let languages = ordinary.get(&listing.pattern)?;
                let read_in = |code: &&&str| match listing.reading.scope {
                    Scope::Sentences(language) => language.code() == **code,
                    Scope::Everywhere | Scope::Script(_) => true,
                };
                let language = languages.iter().find(read_in)?;
                let (severity, advice) = match listing.reading.written {
                    Written::Any => (Severity::Error, ORDINARY),
                    Written::Capitalised(_) => (Severity::Warning, CAPITALISED),
                    Written::Exactly(_) if listing.name == listing.name.to_lowercase() => (Severity::Error, ORDINARY),
                    Written::Exactly(_) => return None,
                };
                let message = format!(
                    "`{}` ({}) is an ordinary word of `{language}`",
                    listing.name,
                    self.named(listing.reading.what)
                );
                Some(finding(listing, severity, "ordinary_word", message, advice))
            })
            .collect()
    }

    /// Names with characters that folding drops or changes, so that they stand for another form than they show.
    pub(super) fn changed_by_folding(&self) -> Vec<Finding> {
        self.listings.iter().filter_map(|listing| self.changed(listing)).collect()
    }

    fn changed(&self, listing: &Listing) -> Option<Finding> {
        let folding = self.lexicon.folding();
        let letters = || listing.name.nfc().filter(|c| !c.is_ascii() && !is_combining_mark(*c));
        let folded = |c: char| folding.fold_pattern(c.encode_utf8(&mut [0; 4]));
        if let Some(dropped) = letters().find(|&c| folded(c).is_empty()) {
            let message = format!("`{}` holds the invisible character U+{:04X}", listing.name, u32::from(dropped));
            return Some(finding(listing, Severity::Error, "invisible_character", message, DROPPED));
        }
        // A sign that is matched to the letter means the very character that is written.
        if listing.reading.trust != crate::lexicon::Trust::Always
            || matches!(listing.reading.written, Written::Exactly(_))
        {
            return None;
        }
        let is_han = |c: char| matches!(u32::from(c), 0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF);
        if let Some(traditional) =
            letters().find(|&c| listing.language == "zh" && is_han(c) && folded(c) != c.to_string())
        {
            let message = format!("`{}` is written with the traditional character {traditional}", listing.name);
            return Some(finding(listing, Severity::Warning, "traditional", message, TRADITIONAL));
        }
        // Full width, ligatures, compatibility ideographs; accents, dashes and Chinese punctuation may be written either way.
        let compatible = |&c: &char| c.is_alphanumeric() && c.nfkc().ne(std::iter::once(c));
        let changed = letters().find(compatible)?;
        let message = format!("`{}` holds {changed}, which is matched as {}", listing.name, folded(changed));
        Some(finding(listing, Severity::Warning, "compatibility_character", message, COMPATIBLE))
    }

    /// Critical-mineral lists that one entry alone names, and that are nearly the name of another.
    pub(super) fn misspelt_lists(&self) -> Vec<Finding> {
        let mut counts = FxHashMap::<&str, usize>::default();
        let commodities = &self.lexicon.commodities;
        commodities
            .iter()
            .flat_map(|entry| &entry.critical_lists)
            .for_each(|list| *counts.entry(list).or_default() += 1);
        let mut findings = Vec::new();
        for entry in self.entries() {
            for list in entry.critical_lists.iter().filter(|list| counts.get(list.as_str()) == Some(&1)) {
                let near = counts.iter().find(|(other, count)| **count > 1 && differ_by_one(list, other));
                if let (Some((near, _)), Some(origin)) = (near, &entry.origin) {
                    findings.push(Finding {
                        severity: Severity::Warning,
                        origin: origin.clone(),
                        code: "misspelt_list",
                        message: format!("`{}` is on the list `{list}`, alone; did you mean `{near}`?", entry.id),
                        advice: NEAR_A_LIST,
                        others: Vec::new(),
                    });
                }
            }
        }
        findings
    }
}

fn finding(
    listing: &Listing,
    severity: Severity,
    code: &'static str,
    message: String,
    advice: &'static str,
) -> Finding {
    Finding { severity, origin: listing.origin.clone(), code, message, advice, others: Vec::new() }
}

/// Whether one character more, less or other, or two changed about, makes one of the other.
fn differ_by_one(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), two.to_lowercase().chars().collect());
    let start = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
    let (one, two) = (&one[start..], &two[start..]);
    let end = one.iter().rev().zip(two.iter().rev()).take_while(|(one, two)| one == two).count();
    let (one, two) = (&one[..one.len() - end], &two[..two.len() - end]);
    match (one, two) {
        ([a, b], [c, d]) => (a, b) == (d, c),
        _ => one.len() <= 1 && two.len() <= 1,
    }
}
