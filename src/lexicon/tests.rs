//! The embedded lexicon holds together; user files are laid over it; faults are all told.

use super::*;
use crate::text::Folding;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap_or_else(|error| panic!("{error}")));

/// (text, what) of every name in a text.
fn names(text: &str) -> Vec<(String, What)> {
    let folded = LEXICON.folding().fold(text);
    let mut found = Vec::new();
    LEXICON.find(&folded, &Lexicon::haystack(&folded), text, |hit| {
        if hit.reading.what.is_name() {
            found.push((text[hit.span.start as usize..hit.span.end as usize].to_owned(), hit.reading.what));
        }
    });
    found
}

fn commodities(text: &str) -> Vec<String> {
    let id = |what| match what {
        What::Commodity(index) => Some(LEXICON.commodity(index).id.clone()),
        _ => None,
    };
    let mut ids: Vec<String> = names(text).into_iter().filter_map(|(_, what)| id(what)).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn places(text: &str) -> Vec<(String, String)> {
    let id = |(text, what)| match what {
        What::Place(index) => Some((text, LEXICON.place(index).id.clone())),
        _ => None,
    };
    let mut ids: Vec<_> = names(text).into_iter().filter_map(id).collect();
    ids.sort();
    ids.dedup();
    ids
}

#[test]
fn every_critical_mineral_is_named_in_both_languages() {
    // The lists that the lexicon's entries name; figures of the published lists (see lexicon/SOURCES.md).
    let on = |list: &str| LEXICON.commodities.iter().filter(|c| c.critical_lists.iter().any(|l| l == list)).count();
    assert!(on("usgs-2025") >= 60, "{}", on("usgs-2025"));
    assert!(on("eu-2024-critical") >= 34, "{}", on("eu-2024-critical"));
    assert!(on("eu-2024-strategic") >= 17, "{}", on("eu-2024-strategic"));
    assert!(LEXICON.commodities.len() >= 80);
    assert_eq!(LEXICON.country_ids().count(), 249);
}

#[test]
fn names_match_whatever_their_case_between_word_boundaries() {
    assert_eq!(commodities("TUNGSTEN and Antimony"), ["antimony", "tungsten"]);
    assert_eq!(commodities("rare-earth\nmagnets"), ["rare-earth-elements", "rare-earth-magnets"]);
    assert_eq!(commodities("a tungstenite"), [""; 0]);
    assert_eq!(commodities("ｃｏｂａｌｔ"), ["cobalt"]);
    assert_eq!(commodities("稀土永磁"), ["permanent-magnets", "rare-earth-elements", "rare-earth-magnets"]);
    assert_eq!(commodities("鋰和鎢"), ["lithium", "tungsten"]);
}

#[test]
fn abbreviations_match_to_the_letter() {
    let us = |text: &str| places(text).iter().any(|(_, id)| id == "US");
    assert!(us("The U.S. said"));
    assert!(us("the U.S dollar"));
    assert!(us("US tariffs"));
    assert!(us("U.S.-Pakistan"));
    assert!(!us("told us that"));
    assert!(!us("BUSY"));
    assert!(places("china ware").is_empty());
}

#[test]
fn single_characters_stand_for_countries_only_beside_their_words() {
    assert!(places("总理赴美签字").contains(&("美".to_owned(), "US".to_owned())));
    let pair = places("中美会谈");
    assert!(
        pair.contains(&("中".to_owned(), "CN".to_owned())) && pair.contains(&("美".to_owned(), "US".to_owned())),
        "{pair:?}"
    );
    assert!(places("美丽的风景").is_empty());
}

#[test]
fn every_country_is_found_by_the_name_that_the_event_shows() {
    for country in LEXICON.places.iter().filter(|place| place.kind == crate::vocabulary::PlaceType::Country) {
        let found = places(&country.name);
        assert!(
            found.iter().any(|(_, id)| *id == country.id),
            "{} is not found by its name {}",
            country.id,
            country.name
        );
    }
}

#[test]
fn a_users_file_adds_and_replaces() {
    let mut files = LexiconFiles::embedded();
    let own = "[[commodity]]\nid = \"unobtainium\"\nname = \"unobtainium\"\nkind = \"mineral\"\nnames.en = [\"unobtainium\"]\n";
    files.add("commodities/own.toml", own);
    let lexicon = Lexicon::compile(&files).unwrap();
    assert!(lexicon.commodity_ids().any(|id| id == "unobtainium"));
    assert_ne!(lexicon.version(), LEXICON.version());
    assert_eq!(lexicon.version().len(), 12);
}

#[test]
fn every_fault_is_told_with_its_file() {
    let mut files = LexiconFiles::embedded();
    let bad = "[[commodity]]\nid = \"Bad Id\"\nname = \"x\"\nkind = \"mineral\"\nparents = [\"nowhere\"]\nnames.en = [\"tin[\"]\n";
    files.add("commodities/bad.toml", bad);
    files.add("cues/bad.toml", "[[cue]]\nclass = \"topic.nothing\"\nen = [\"x\"]\n");
    files.add("places/broken.toml", "[[country]\n");
    let error = Lexicon::compile(&files).err().unwrap().to_string();
    for part in [
        "commodities/bad.toml:1: ",
        "Bad Id",
        "nowhere",
        "commodities/bad.toml:6: `tin[`",
        "cues/bad.toml:1: ",
        "topic.nothing",
        "places/broken.toml:1: ",
    ] {
        assert!(error.contains(part), "{part} is not in:\n{error}");
    }
}

#[test]
fn the_folding_table_is_the_lexicons() {
    let table = LexiconFiles::embedded().text("scripts/traditional-simplified.tsv").unwrap().to_owned();
    assert_eq!(Folding::new(&table).unwrap().fold_pattern("鈷礦"), LEXICON.folding().fold_pattern("钴矿"));
}
