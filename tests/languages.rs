//! Promise: every language passes the same battery; adding one is a recipe that whoever reads it can follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/offsets.rs"]
mod offsets;

use lodestream::article::RawRecord;
use lodestream::event::EnrichedArticle;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use lodestream::text::{Document, FieldName};
use lodestream::vocabulary::PlaceType;
use offsets::check_offsets;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
    Pipeline::new(&PipelineSettings::default(), Arc::new(lexicon)).unwrap()
});

/// An article in one language, and what the walk has to find in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Battery {
    title: String,
    text: String,
    sentences: usize,
    commodities: BTreeSet<String>,
    countries: BTreeSet<String>,
    /// (mineral, country) pairs that are there without any grammar of the language; there may be others.
    pairs: BTreeSet<(String, String)>,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn batteries() -> Vec<(String, Battery)> {
    let files = std::fs::read_dir(repository("tests/data/languages")).unwrap().map(|entry| entry.unwrap().path());
    let mut batteries: Vec<(String, Battery)> = files
        .map(|path| {
            let battery = toml::from_str(&std::fs::read_to_string(&path).unwrap());
            let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (code, battery.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect();
    batteries.sort_by(|(a, _), (b, _)| a.cmp(b));
    batteries
}

fn enrich(title: &str, text: &str) -> EnrichedArticle {
    let value = json!({ "id": "battery", "title": title, "text": text }).to_string();
    PIPELINE.enrich(&RawRecord { value: Some(value.as_bytes()), ..RawRecord::default() }).unwrap().event
}

fn commodities(event: &EnrichedArticle) -> BTreeSet<String> {
    event.commodities.iter().map(|commodity| commodity.id.clone()).collect()
}

fn countries(event: &EnrichedArticle) -> BTreeSet<String> {
    event.places.iter().filter(|place| place.kind == PlaceType::Country).map(|place| place.id.clone()).collect()
}

fn pairs(event: &EnrichedArticle) -> BTreeSet<(String, String)> {
    event.mineral_countries.iter().map(|pair| (pair.mineral.clone(), pair.country.clone())).collect()
}

#[test]
fn every_language_has_a_battery() {
    let with_battery: BTreeSet<String> = batteries().into_iter().map(|(code, _)| code).collect();
    let told: BTreeSet<String> = PIPELINE.lexicon().languages().all().map(|language| language.to_string()).collect();
    assert_eq!(with_battery, told);
    assert!(told.len() >= 11);
}

#[test]
fn every_language_finds_its_commodities_countries_and_pairs() {
    let mut faults = Vec::new();
    for (code, battery) in batteries() {
        let event = enrich(&battery.title, &battery.text);
        if event.article.languages != [code.clone()] {
            faults.push(format!("{code}: told to be in {:?}", event.article.languages));
        }
        if commodities(&event) != battery.commodities {
            faults.push(format!("{code}: {:?} where {:?} are named", commodities(&event), battery.commodities));
        }
        if countries(&event) != battery.countries {
            faults.push(format!("{code}: {:?} where {:?} are named", countries(&event), battery.countries));
        }
        let missing: Vec<_> = battery.pairs.difference(&pairs(&event)).cloned().collect();
        if !missing.is_empty() {
            faults.push(format!("{code}: the pairs {missing:?} are not among {:?}", pairs(&event)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_language_is_parted_into_its_sentences() {
    let lexicon = PIPELINE.lexicon();
    for (code, battery) in batteries() {
        let document = Document::new(Some(&battery.title), &battery.text, lexicon.folding(), lexicon.languages());
        let text = document.field(FieldName::Text).unwrap();
        let sentences: Vec<&str> = text.sentences.iter().map(|sentence| text.str(sentence.span)).collect();
        assert_eq!(sentences.len(), battery.sentences, "{code}: {sentences:#?}");
        assert!(
            text.sentences.iter().all(|sentence| sentence.language.code() == code),
            "{code}: {:#?}",
            text.sentences
        );
    }
}

#[test]
fn no_beginning_of_any_article_breaks_a_promise() {
    for (_, battery) in batteries() {
        for (at, _) in battery.text.char_indices().skip(1) {
            let event = enrich(&battery.title, &battery.text[..at]);
            check_offsets(&event);
        }
    }
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    for (code, battery) in batteries() {
        let bytes = || serde_json::to_vec(&enrich(&battery.title, &battery.text)).unwrap();
        assert_eq!(bytes(), bytes(), "{code}");
    }
}

/// Words that name a metal in one language and are something else in another.
#[test]
fn a_name_is_read_in_sentences_of_its_language_only() {
    let found = |text: &str| commodities(&enrich("", text));
    for text in [
        "The mine of the country can be sold or not, and plata is what they had in the city of Perak.",
        "Les ministres sont venus à la réunion, or ils n'ont pas parlé de l'argent de la banque.",
        "La reunión de los ministros fue en la ciudad de Or, y ellos hablaron de fer y de emas.",
        "Die Minister haben sich in der Stadt getroffen, und sie sind mit dem Oro Verde nach Hause gefahren.",
    ] {
        assert_eq!(found(text), BTreeSet::new(), "{text}");
    }
    assert!(found("El precio del oro y de la plata subió en el mes, según los mineros.").contains("gold"));
    assert!(found("Le prix de l'or et du plomb est plus haut que dans les années passées.").contains("gold"));
}

#[test]
fn what_is_written_together_with_a_name_is_no_part_of_it() {
    let mentions = |text: &str| -> Vec<String> {
        let event = enrich("", text);
        let mut mentions: Vec<_> = event.commodities.iter().flat_map(|commodity| &commodity.mentions).collect();
        mentions.sort_by_key(|mention| mention.start);
        mentions.iter().map(|mention| mention.text.clone()).collect()
    };
    assert_eq!(mentions("Der Kupferpreis ist in dem Monat gestiegen."), ["Kupfer"]);
    assert_eq!(mentions("Die Kupferstecher sind in der Stadt."), [""; 0]);
    assert_eq!(mentions("ارتفعت أسعار السلع، ومنها الليثيوم وللنحاس سعر."), ["ليثيوم", "نحاس"]);
    assert_eq!(mentions("논에서 개구리가 운다. 칠레의 구리 값이 올랐다."), ["구리"]);
}

/// The files that the recipe in `lexicon/README.md` shows: blocks that begin with a comment that names the file.
fn files_of_the_recipe() -> Vec<(String, String)> {
    let readme = std::fs::read_to_string(repository("lexicon/README.md")).unwrap();
    let recipe = readme.split("## Adding a language").nth(1).expect("the README has the recipe");
    let recipe = recipe.split("\n## ").next().unwrap();
    let blocks = recipe.split("\n```").skip(1).step_by(2);
    let files = blocks.filter_map(|block| {
        let (_, content) = block.split_once('\n')?;
        let name = content.strip_prefix("# ")?.split([':', '\n']).next()?;
        Some((name.to_owned(), content.to_owned()))
    });
    files.collect()
}

/// Runs the real program on one article.
fn enrich_with(directory: Option<&Path>, article: &Value) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodestream"));
    command.arg("enrich").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(directory) = directory {
        command.env("LODESTREAM_LEXICON__DIRECTORY", directory);
    }
    let mut program = command.spawn().unwrap();
    writeln!(program.stdin.take().unwrap(), "{article}").unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn whoever_follows_the_recipe_adds_a_language() {
    let files = files_of_the_recipe();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["languages/pl.txt", "languages/pl.toml"]);
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("languages")).unwrap();
    for (name, content) in &files {
        std::fs::write(directory.path().join(name), content).unwrap();
    }
    let article = json!({
        "id": "polish",
        "title": "Miedź drożeje",
        "text": "W Polsce wydobywa się więcej miedzi i srebra. Ceny niklu i litu spadły w tym roku, bo nie kupują go Chiny. \
                 Niemcy chcą kupować mniej węgla, ale nie jest to łatwe.",
    });
    let ids = |event: &Value, list: &str| -> BTreeSet<String> {
        event[list].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<String>>();
    let before = enrich_with(None, &article);
    assert_ne!(before["article"]["languages"], json!(["pl"]));
    assert!(!ids(&before, "commodities").contains("copper"));
    let after = enrich_with(Some(directory.path()), &article);
    assert_eq!(after["article"]["languages"], json!(["pl"]));
    assert_eq!(ids(&after, "commodities"), set(&["coal", "copper", "lithium", "nickel", "silver"]));
    assert_eq!(ids(&after, "places"), set(&["CN", "DE", "PL"]));
    let pairs = after["mineral_countries"].as_array().unwrap();
    assert!(pairs.iter().any(|pair| pair["mineral"] == "copper" && pair["country"] == "PL"), "{pairs:?}");
    let mention = &after["commodities"].as_array().unwrap().iter().find(|c| c["id"] == "coal").unwrap()["mentions"][0];
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let place = |key: &str| mention[key].as_u64().unwrap() as usize;
    assert_eq!(text[place("start")..place("end")].iter().collect::<String>(), "węgla");
}

#[test]
fn a_language_without_a_list_is_a_fault_that_names_its_file() {
    let mut files = lodestream::lexicon::LexiconFiles::embedded();
    let names = "[[addition]]\nid = \"copper\"\nnames.qx = [\"kupro\"]\n";
    files.add("languages/qx.toml", names);
    files.add("languages/qy.txt", "word\n@nothing\n");
    let error = Lexicon::compile(&files).err().unwrap().to_string();
    for part in ["languages/qx.toml:3: ", "languages/qx.txt", "languages/qy.txt:2: ", "@nothing"] {
        assert!(error.contains(part), "{part} is not in:\n{error}");
    }
}
