//! The program from the outside: what it prints, and how it ends.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

#[path = "support/place.rs"]
mod place;

use place::{Ended, Place, objects, read};
use std::process::Stdio;

const GOOD: &str =
    r#"{"id": "a", "title": "Copper output in Chile rises", "text": "Chile mined more copper in July."}"#;

#[test]
fn help_names_every_command_and_ends_well() {
    let ended = Place::new(&[]).run(&["--help"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for command in ["demo", "run", "enrich", "feed", "check", "verify", "eval", "lexicon", "completions", "man"] {
        assert!(ended.out.contains(&format!("\n  {command} ")), "{command} is not in {}", ended.out);
        let help = Place::new(&[]).run(&[command, "--help"]);
        assert_eq!(help.code, Some(0));
        assert!(help.out.contains("Examples:") && help.out.contains(&format!("lodestream {command}")), "{}", help.out);
    }
}

#[test]
fn bad_usage_ends_with_2() {
    let place = Place::new(&[("bad.toml", b"[stream]\nlingr = '1s'\n[http]\nlisten = 'x'\n"), ("a.jsonl", b"")]);
    for (arguments, expected) in [
        (&["enrich", "--colour"][..], "--colour"),
        (&["fly"], "fly"),
        (&["enrich", "nowhere.jsonl"], "nowhere.jsonl: "),
        (&["enrich", "."], "is a directory"),
        (&["enrich", "--config", "nowhere.toml", "a.jsonl"], "nowhere.toml: cannot be read"),
        (&["enrich", "--config", "bad.toml", "a.jsonl"], "did you mean `linger`?"),
        (&["run", "--config", "bad.toml"], "the configuration has 2 faults:"),
        (&["run", "--set", "kafka.enable.auto.commit=true"], "kafka.enable.auto.commit: "),
        (&["feed", "--repeat", "2", "-"], "standard input can be read only once"),
        (&["demo", "--for", "soon"], "soon"),
        (&["demo", "nowhere.jsonl"], "nowhere.jsonl: "),
    ] {
        let ended = place.run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.err.contains(expected), "{arguments:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{arguments:?}");
    }
}

#[test]
fn enrich_keeps_the_order_over_many_lines_and_files() {
    let lines = |from: usize, to: usize| {
        (from..to).map(|id| format!("{{\"id\": {id}, \"text\": \"Copper from Chile, again.\"}}\n")).collect::<String>()
    };
    let place = Place::new(&[("one.jsonl", lines(0, 3_000).as_bytes()), ("two.jsonl", lines(3_000, 5_000).as_bytes())]);
    let ended = place.run(&["enrich", "one.jsonl", "two.jsonl"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let ids: Vec<_> = ended.events().iter().map(|event| event["article"]["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (0..5_000).map(|id| id.to_string()).collect::<Vec<_>>());
    assert!(ended.err.contains("5,000 articles enriched"), "{}", ended.err);

    let both = place.run_with_input(&["enrich"], lines(0, 5_000).as_bytes());
    assert_eq!(both.out, ended.out, "standard input gives the same bytes");
}

#[test]
fn lines_that_cannot_be_read_are_reported_kept_and_counted() {
    let input =
        [GOOD.as_bytes(), b"\n\nnot json\n{\"text\": \"caf\xe9\"}\n", GOOD.as_bytes(), b"\n{\"title\": 7}\n"].concat();
    let place = Place::new(&[("mixed.jsonl", &input)]);
    let ended = place.run(&["enrich", "--dead-letters", "dead.jsonl", "mixed.jsonl"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert_eq!(ended.events().len(), 2);
    assert!(ended.err.contains("mixed.jsonl:3: invalid_json: "), "{}", ended.err);
    assert!(ended.err.contains("mixed.jsonl:4: invalid_utf8: "), "{}", ended.err);
    assert!(ended.err.contains("3 lines could not be read"), "{}", ended.err);

    let dead = objects(&read(&place.path("dead.jsonl")));
    assert_eq!(dead.iter().map(|letter| letter["line"].as_u64().unwrap()).collect::<Vec<_>>(), [3, 4, 6]);
    assert_eq!(dead[0]["value"], "not json");
    assert_eq!(dead[1]["code"], "invalid_utf8");
    assert_eq!(dead[1]["value_base64"], "eyJ0ZXh0IjogImNhZukifQ==");
    assert_eq!(dead[1].get("value"), None);
}

#[test]
fn many_bad_lines_do_not_flood_the_terminal() {
    let place = Place::new(&[("bad.jsonl", "x\n".repeat(500).as_bytes())]);
    let ended = place.run(&["enrich", "bad.jsonl"]);
    assert_eq!(ended.code, Some(3));
    assert_eq!(ended.err.lines().filter(|line| line.contains("invalid_json")).count(), 20, "{}", ended.err);
    assert!(ended.err.contains("500 lines could not be read"), "{}", ended.err);
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_read() {
    let long = format!("{{\"text\": \"{}\"}}", "x".repeat(3_000));
    let place = Place::new(&[("long.jsonl", format!("{long}\n{GOOD}\n").as_bytes())]);
    let ended = place.run(&["enrich", "--set", "article.max_record_bytes=1000", "long.jsonl"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.err.contains(&format!("long.jsonl:1: too_large: {} bytes", long.len())), "{}", ended.err);
    assert_eq!(ended.events().len(), 1);
}

#[test]
fn a_raw_page_is_one_article() {
    let page =
        "Newsroom\nCopper output in Chile rises\nExample Wire·2025-08-29 13:40\n\nChile mined more copper in July.\n";
    let ended = Place::new(&[]).run_with_input(&["enrich", "--raw", "--pretty", "--explain"], page.as_bytes());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let event: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(event["article"]["title"], "Copper output in Chile rises");
    assert!(event.get("rejected").is_some(), "--explain");
    assert!(ended.out.lines().count() > 10, "--pretty");
}

#[test]
fn include_text_is_a_setting() {
    let place = Place::new(&[("a.jsonl", GOOD.as_bytes())]);
    let with = place.run(&["enrich", "a.jsonl"]).events();
    let without = place.run(&["enrich", "--set", "event.include_text=false", "a.jsonl"]).events();
    assert_eq!(with[0]["article"]["text"], "Chile mined more copper in July.");
    assert_eq!(without[0]["article"].get("text"), None);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::new(&[("many.jsonl", format!("{GOOD}\n").repeat(20_000).as_bytes())]);
    let mut child =
        place.command(&["enrich", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended: Ended = child.wait_with_output().unwrap().into();
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
}

#[test]
fn check_tells_all_that_is_missing() {
    // port 1 is nobody's
    let ended = Place::new(&[]).run(&[
        "check",
        "--bootstrap-servers",
        "127.0.0.1:1",
        "--listen",
        "127.0.0.1:0",
        "--set",
        "stream.startup_timeout=1s",
    ]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.out.contains("✓ lexicon") && ended.out.contains("✗ kafka"), "{}", ended.out);

    let ended = Place::new(&[]).run(&["check", "--set", "stream.lingr=1s", "--set", "lexicon.directory=nowhere"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.out.contains("✗ configuration") && ended.out.contains("✗ lexicon"), "{}", ended.out);
}

#[test]
fn run_without_a_broker_is_one_clear_message() {
    let ended = Place::new(&[]).run(&[
        "run",
        "--bootstrap-servers",
        "127.0.0.1:1",
        "--listen",
        "127.0.0.1:0",
        "--set",
        "stream.startup_timeout=1s",
    ]);
    assert!(matches!(ended.code, Some(1 | 2)), "{ended:?}");
    assert!(ended.err.contains("lodestream: ") && ended.err.contains("127.0.0.1:1"), "{}", ended.err);
}

#[test]
fn the_demo_shows_minerals_by_country_and_stops_by_itself() {
    let ended = Place::new(&[]).run(&["demo", "--for", "6s", "--rate", "100"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("metrics   http://127.0.0.1:"), "{}", ended.err);
    let copper = ended.out.lines().rev().find(|line| line.starts_with("copper")).unwrap_or_default();
    assert!(copper.split_whitespace().any(|cell| cell.parse::<u64>().is_ok_and(|count| count > 0)), "{}", ended.out);
}
