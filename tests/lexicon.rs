//! `lodestream lexicon`, and a user's own terms: what the documentation promises, through the real program.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set up its case must fail")]

#[path = "support/place.rs"]
mod place;

use place::{Place, objects};
use serde_json::Value;
use std::process::Stdio;
use std::time::{Duration, Instant};

const OWN: &[u8] =
    b"[[commodity]]\nid = 'unobtainium'\nname = 'unobtainium'\nkind = 'mineral'\nnames.en = ['unobtainium']\n";
const ARTICLE: &[u8] = br#"{"id": "a", "text": "Chile mines unobtainium and copper."}"#;

/// The first block of a kind in the chapter "Your own terms" of the lexicon's README.
fn block(kind: &str) -> String {
    let readme = include_str!("../lexicon/README.md");
    let chapter = readme.split("\n## Your own terms\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let block = chapter.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
    block.to_owned()
}

fn ids(event: &Value, list: &str) -> Vec<String> {
    let ids = event[list].as_array().into_iter().flatten().map(|item| item["id"].as_str().unwrap().to_owned());
    let mut ids: Vec<_> = ids.collect();
    ids.sort();
    ids
}

#[test]
fn the_documented_example_does_what_it_says() {
    let place =
        Place::new(&[("my-terms/desk.toml", block("toml").as_bytes()), ("article.jsonl", block("json").as_bytes())]);
    let check = place.run(&["lexicon", "check", "my-terms"]);
    assert_eq!(check.code, Some(0), "{check:?}");

    let ended = place.run(&["enrich", "--lexicon", "my-terms", "article.jsonl"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let event = &ended.events()[0];
    assert_eq!(ids(event, "commodities"), ["lithium-sulphide", "rare-earth-elements"]);
    assert_eq!(ids(event, "places"), ["HU", "MN", "mn/red-camel"]);
    assert_eq!(ids(event, "organisations"), ["gobi-solid-state"]);
    assert_eq!(ids(event, "people"), ["jane-doe-of-hungary"]);
    assert_eq!(event["people"][0]["role"], "Prime Minister");
    let rare_earths =
        event["commodities"].as_array().unwrap().iter().find(|c| c["id"] == "rare-earth-elements").unwrap();
    assert!(rare_earths["critical_lists"].as_array().unwrap().contains(&"our-watch-list".into()));
    let texts: Vec<_> =
        rare_earths["mentions"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    assert!(texts.contains(&"vitamins of industry"), "{texts:?}");

    let without = &place.run(&["enrich", "article.jsonl"]).events()[0];
    assert!(!ids(without, "commodities").contains(&"lithium-sulphide".to_owned()));
    for gone in ["copper", "lithium"] {
        assert!(ids(without, "commodities").contains(&gone.to_owned()), "{gone}: {without}");
    }
    assert_ne!(without["event_id"], event["event_id"]);
    assert_ne!(without["provenance"]["lexicon"], event["provenance"]["lexicon"]);
}

#[test]
fn a_directory_can_be_named_in_four_places() {
    let config = b"[lexicon]\ndirectory = 'terms'\n";
    let place = Place::new(&[("terms/own.toml", OWN), ("a.jsonl", ARTICLE), ("c.toml", config)]);
    let found = |arguments: &[&str], variable: Option<&str>| {
        let mut command = place.command(&[&["enrich", "a.jsonl"], arguments].concat());
        variable.iter().for_each(|value| _ = command.env("LODESTREAM_LEXICON", value));
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        ids(&objects(&String::from_utf8(output.stdout).unwrap())[0], "commodities")
    };
    assert_eq!(found(&[], None), ["copper"]);
    let both = ["copper", "unobtainium"];
    assert_eq!(found(&["--lexicon", "terms"], None), both);
    assert_eq!(found(&["--config", "c.toml"], None), both);
    assert_eq!(found(&["--set", "lexicon.directory=terms"], None), both);
    assert_eq!(found(&[], Some("terms")), both);
}

#[test]
fn faults_of_own_files_are_told_with_file_and_line() {
    let place = Place::new(&[
        ("bad/one.toml", b"[[commodity]]\nid = 'x'\nname = = 'x'\n"),
        ("bad/two.toml", b"\n[[removal]]\nid = 'nothing'\n"),
        ("bad/three.toml", b"caf\xe9"),
        ("empty/readme.md", b""),
        ("a.jsonl", ARTICLE),
    ]);
    let ended = place.run(&["enrich", "--lexicon", "bad", "a.jsonl"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("bad/three.toml: cannot be read"), "{}", ended.err);
    std::fs::remove_file(place.path("bad/three.toml")).unwrap();
    for command in
        [&["enrich", "a.jsonl"][..], &["eval", "a.jsonl"], &["run"], &["demo", "--for", "1s"], &["lexicon", "list"]]
    {
        let ended = place.run(&[command, &["--lexicon", "bad"]].concat());
        if command[0] == "eval" {
            // the article has no labels: that is told first
            assert_eq!(ended.code, Some(2));
            continue;
        }
        assert_eq!(ended.code, Some(2), "{command:?}: {ended:?}");
        for expected in ["the lexicon has 2 faults:", "bad/one.toml:3: not TOML: ", "bad/two.toml:2: no built-in "] {
            assert!(ended.err.contains(expected), "{command:?}: {expected} is not in {}", ended.err);
        }
    }
    let ended = place.run(&["lexicon", "check", "bad"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.out.contains("bad/one.toml:3: error: not TOML: "), "{}", ended.out);
    let ended = place.run(&[
        "check",
        "--lexicon",
        "bad",
        "--bootstrap-servers",
        "127.0.0.1:1",
        "--listen",
        "127.0.0.1:0",
        "--set",
        "stream.startup_timeout=1s",
    ]);
    assert!(ended.out.contains("✗ lexicon") && ended.out.contains("bad/two.toml:2: "), "{}", ended.out);
    for (directory, message) in [("empty", "holds no file of a lexicon"), ("nowhere", "nowhere: cannot be read")] {
        let ended = place.run(&["enrich", "--lexicon", directory, "a.jsonl"]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(message), "{}", ended.err);
    }
}

/// A mounted ConfigMap shows each file once, and holds it again in hidden directories.
#[test]
fn hidden_files_are_passed_over() {
    let place = Place::new(&[("terms/..data/own.toml", OWN), ("terms/own.toml", OWN), ("a.jsonl", ARTICLE)]);
    let ended = place.run(&["enrich", "--lexicon", "terms", "a.jsonl"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ids(&ended.events()[0], "commodities").contains(&"unobtainium".to_owned()));
}

#[test]
fn show_tells_how_a_word_is_read() {
    let place = Place::new(&[("terms/own.toml", OWN)]);
    let ended = place.run(&["lexicon", "show", "lead", "--all"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for expected in [
        "commodity lead (mineral)",
        "`lead` in names.en (name), commodities/base-metals.toml:",
        "sense rules, senses/commodities.toml:",
        "- refused (verb) directly after \"to\"",
        "`lead time`, decoy (unrelated_word), senses/decoys-en.toml:",
        "children         lead-acid-batteries",
        "names.zh         铅, ",
    ] {
        assert!(ended.out.contains(expected), "{expected} is not in {}", ended.out);
    }

    let ended = place.run(&["lexicon", "show", "--lexicon", "terms", "Unobtainium", "rare-earth-elements"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("in names.en (name), terms/own.toml:5"), "{}", ended.out);
    assert!(
        ended.out.contains("lists            usgs-2022, usgs-2025, eu-2024-critical, eu-2024-strategic"),
        "{}",
        ended.out
    );

    let ended = place.run(&["lexicon", "show", "tungstn", "copper"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.out.contains("`tungstn` is no name of anything"), "{}", ended.out);
    assert!(ended.out.contains("`tungsten`, commodity tungsten (mineral), commodities/"), "{}", ended.out);
    assert!(ended.out.contains("commodity copper (mineral)"), "{}", ended.out);
}

#[test]
fn list_keeps_to_its_conditions_in_every_format() {
    let place = Place::new(&[]);
    let run = |arguments: &[&str]| {
        let ended = place.run(&[&["lexicon", "list"], arguments].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.out
    };
    let lithium = objects(&run(&["--parent", "lithium", "--language", "zh", "--format", "jsonl"]));
    assert!(lithium.iter().any(|entry| entry["id"] == "spodumene") && lithium.len() > 5, "{lithium:?}");
    for entry in &lithium {
        assert_eq!(entry["names"].as_object().unwrap().keys().collect::<Vec<_>>(), ["zh"], "{entry}");
    }
    let critical = run(&["--list", "usgs-2025", "--format", "csv"]);
    let mut csv = csv::Reader::from_reader(critical.as_bytes());
    assert_eq!(csv.headers().unwrap().iter().take(3).collect::<Vec<_>>(), ["kind", "id", "name"]);
    let ids: Vec<String> = csv.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert!(ids.len() >= 60 && ids.contains(&"antimony".to_owned()), "{ids:?}");
    let pakistan = run(&["--country", "PK", "--kind", "place"]);
    assert!(pakistan.contains("pk/reko-diq") && !pakistan.contains("antimony"), "{pakistan}");
    for kind in ["commodity", "organisation", "person", "role", "unit", "cue"] {
        let entries = objects(&run(&["--kind", kind, "--format", "jsonl"]));
        assert!(entries.len() > 5 && entries.iter().all(|entry| entry["kind"] == kind), "{kind}");
    }
    for (slip, message) in [
        (["--list", "usgs-2052"], "there are eu-2024-critical"),
        (["--parent", "litium"], "no commodity has the id"),
        (["--country", "Pakistan"], "ISO 3166-1"),
        (["--language", "xx"], "no name is listed"),
        (["--kind", "thing"], "possible values"),
    ] {
        let ended = place.run(&[&["lexicon", "list"], &slip[..]].concat());
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(message), "{}", ended.err);
    }
}

#[test]
fn check_tells_errors_and_warnings_with_what_to_do() {
    let place = Place::new(&[
        ("terms/own.toml", b"[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnames.en = ['tungsten']\n"),
        ("warned/people/leaders.toml", b"[[leader]]\nid = 'x'\nname = 'X'\nnames.en = ['Ixo Ix']\n"),
    ]);
    let ended = place.run(&["lexicon", "check", "terms"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    for expected in [
        "terms/own.toml:5: error: `tungsten` names commodity tungsten (mineral) and commodity x (mineral) [two_entries]",
        "see commodities/refractory-metals.toml:",
        "write a [[sense]] that chooses",
        "1 error(s), 0 warning(s)",
    ] {
        assert!(ended.out.contains(expected), "{expected} is not in {}", ended.out);
    }
    let ended = place.run(&["lexicon", "check", "--lexicon", "warned"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("warned/people/leaders.toml:1: warning: replaces the built-in file"), "{}", ended.out);
    assert_eq!(place.run(&["lexicon", "check"]).code, Some(0), "the built-in lexicon has no errors");
}

/// A word of the demo's articles becomes a commodity: the metrics know it, and name the lexicon's version.
#[test]
fn the_metrics_vocabulary_follows() {
    let own =
        b"[[commodity]]\nid = 'smeltium'\nname = 'smeltium'\nkind = 'mineral'\nnames.en = ['smelter[s]', 'mine[s]']\n";
    let place = Place::new(&[("terms/own.toml", own), ("a.jsonl", ARTICLE)]);
    let version = place.run(&["enrich", "--lexicon", "terms", "a.jsonl"]).events()[0]["provenance"]["lexicon"].clone();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let arguments = ["demo", "--for", "60s", "--rate", "100", "--lexicon", "terms", "--listen", &address];
    let mut demo = place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(50);
    let counted = loop {
        let metrics = ureq::get(&format!("http://{address}/metrics")).call();
        let metrics = metrics.ok().map(|mut answer| answer.body_mut().read_to_string().unwrap()).unwrap_or_default();
        if metrics.contains("lodestream_commodity_mentions_total{commodity=\"smeltium\"}") || Instant::now() > deadline
        {
            break metrics;
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    demo.kill().unwrap();
    demo.wait().unwrap();
    assert!(counted.contains("lodestream_commodity_mentions_total{commodity=\"smeltium\"}"), "{counted}");
    assert!(counted.contains(version.as_str().unwrap()), "lexicon_info names {version}: {counted}");
}
