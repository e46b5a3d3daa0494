use super::*;
use rstest::rstest;

/// Settings from a file's text, environment variables, flags and `--set`.
struct Written<'a> {
    file: &'a str,
    environment: &'a [(&'a str, &'a str)],
    workers_flag: Option<&'a str>,
    set: &'a [&'a str],
}

const NOTHING: Written<'static> = Written { file: "", environment: &[], workers_flag: None, set: &[] };

/// The faults name the file `FILE`.
fn load(from: &Written<'_>) -> Result<Settings, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("lodestream.toml");
    std::fs::write(&path, from.file).unwrap();
    let flag = |value: &&str| FlagValue { flag: "--workers", key: &["stream", "workers"], value: (*value).to_owned() };
    let sources = Sources {
        file: Some(path.clone()),
        environment: from.environment.iter().map(|(name, value)| (name.into(), value.into())).collect(),
        flags: from.workers_flag.iter().map(flag).collect(),
        set: from.set.iter().map(|&set| set.to_owned()).collect(),
    };
    Settings::load(&sources).map_err(|faults| faults.to_string().replace(&path.display().to_string(), "FILE"))
}

const FILE: &str = "[stream]\nworkers = 2\n";
const ENVIRONMENT: &[(&str, &str)] = &[("LODESTREAM_STREAM__WORKERS", "3")];

#[rstest]
#[case::default(NOTHING, 1)]
#[case::file(Written { file: FILE, ..NOTHING }, 2)]
#[case::environment(Written { file: FILE, environment: ENVIRONMENT, ..NOTHING }, 3)]
#[case::flag(Written { file: FILE, environment: ENVIRONMENT, workers_flag: Some("4"), ..NOTHING }, 4)]
#[case::set(Written { file: FILE, environment: ENVIRONMENT, workers_flag: Some("4"), set: &["stream.workers=5"] }, 5)]
fn the_later_place_wins(#[case] from: Written<'_>, #[case] workers: usize) {
    assert_eq!(load(&from).unwrap().stream.workers, workers);
}

#[rstest]
#[case::table_in_table(Written { file: "[kafka]\nsasl.username = 'one'\n", ..NOTHING }, "one")]
#[case::quoted(Written { file: "[kafka]\n\"sasl.username\" = 'one'\n", ..NOTHING }, "one")]
#[case::environment(Written {
    file: "[kafka]\nsasl.username = 'one'\n", environment: &[("LODESTREAM_KAFKA__SASL_USERNAME", "two")], ..NOTHING
}, "two")]
#[case::set(Written { set: &["kafka.sasl.username=thr=ee"], ..NOTHING }, "thr=ee")]
fn kafka_properties_have_dots(#[case] from: Written<'_>, #[case] username: &str) {
    let kafka = load(&from).unwrap().kafka;
    assert_eq!(kafka.get("sasl.username").map(String::as_str), Some(username));
    assert_eq!(kafka.get("bootstrap.servers").map(String::as_str), Some("localhost:9092"));
}

#[test]
fn sources_and_fields_have_tables_of_their_own() {
    let file =
        "[sources]\n\"Example Daily\" = 'Asia/Shanghai'\n[fields]\ntext = '/data/body'\n[article]\nkeep_fields = ['a']";
    let article = load(&Written { file, set: &["article.keep_fields=[\"b\", \"c\"]"], ..NOTHING }).unwrap().article;
    assert_eq!(article.sources.get("Example Daily").map(String::as_str), Some("Asia/Shanghai"));
    assert!(article.fields.contains_key("text"));
    assert_eq!(article.keep_fields, ["b", "c"]);
}

#[rstest]
#[case::file(Written { file: "[timeline.push]\nwindow = '3h'\n", ..NOTHING })]
#[case::environment(Written { file: "[timeline.push]\nwindow = '4h'\n", environment: &[("LODESTREAM_TIMELINE__PUSH__WINDOW", "3h")], ..NOTHING })]
#[case::set(Written { environment: &[("LODESTREAM_TIMELINE__PUSH__WINDOW", "4h")], set: &["timeline.push.window=3h"], ..NOTHING })]
fn the_push_has_a_table_in_that_of_the_timeline(#[case] from: Written<'_>) {
    let settings = load(&from).unwrap();
    assert_eq!(settings.push.window, std::time::Duration::from_secs(3 * 3_600));
    assert_eq!(settings.stream.timeline, Settings::defaults().stream.timeline);
}

#[rstest]
#[case::key("[stream]\nlingr = '1s'", &[], "  - FILE: stream.lingr: unknown key; did you mean `linger`?")]
#[case::key_far_off("[event]\ncolour = 1", &[], "  - FILE: event.colour: unknown key; there are include_text")]
#[case::table("[streem]\nworkers = 1", &[], "  - FILE: streem: unknown table; did you mean `stream`?")]
#[case::no_table("workers = 1", &[], "  - FILE: workers: unknown key; did you mean `stream.workers`?")]
#[case::value("[stream]\nworkers = 'many'", &[], "  - FILE: stream.workers: expected ")]
#[case::duration("[stream]\nlinger = 'soon'", &[], "  - FILE: stream.linger: ")]
#[case::choice("[log]\nformat = 'xml'", &[], "  - FILE: log.format: ")]
#[case::address("[http]\nlisten = 'localhost'", &[], "  - FILE: http.listen: `localhost` is not an address and a port")]
#[case::inner_key("[timeline.push]\nurll = 'x'", &[], "  - FILE: timeline.push.urll: unknown key; did you mean `url`?")]
#[case::inner_value("[timeline.push]\nwindow = 'x'", &[], "  - FILE: timeline.push.window: ")]
#[case::judged_by_the_push("[timeline.push]\nwindow = '1h'", &[], "  - FILE: timeline.push.window: must be at least 2h")]
#[case::no_inner_table("[timeline]\npush = 1", &[], "  - FILE: timeline.push: expected a table of settings")]
#[case::judged_by_the_page("[page]\nbytes = 10", &[], "  - FILE: page.bytes: must be 1048576 (1 MiB) to ")]
#[case::judged_by_the_stream("[stream]\nworkers = 0", &[], "  - FILE: stream.workers: must be 1 to 256")]
#[case::breaks_delivery("[kafka]\nenable.auto.commit = true", &[], "  - FILE: kafka.enable.auto.commit: ")]
#[case::list_for_kafka("[kafka]\nsasl.password = ['hunter2']", &[], "  - FILE: kafka.sasl.password: expected text")]
#[case::not_toml("[stream]\nworkers = = 2", &[], "  - FILE:2:11: not TOML: ")]
#[case::set_without_sign("", &["stream.workers"], "  - --set: expected KEY=VALUE")]
#[case::set_unknown("", &["stream.worker=2"], "  - --set: stream.worker: unknown key; did you mean `workers`?")]
#[case::set_list("", &["article.keep_fields=[a"], "  - --set: article.keep_fields: a value that begins with [")]
fn a_fault_says_where_and_what(#[case] file: &str, #[case] set: &[&str], #[case] expected: &str) {
    let message = load(&Written { file, set, ..NOTHING }).unwrap_err();
    let line = message.strip_prefix("the configuration has a fault:\n").unwrap_or(&message);
    assert!(line.starts_with(expected), "{message}");
}

#[test]
fn all_faults_are_told_at_once() {
    let message = load(&Written {
        file: "colour = 1\n[stream]\nlingr = '1s'\nworkers = 'many'\n[http]\nlisten = 'x'\n",
        environment: &[("LODESTREAM_LOG__LEVL", "info"), ("LODESTREAM_STREAM__LINGER", "soon")],
        workers_flag: None,
        set: &["nonsense", "event.include_text=perhaps"],
    })
    .unwrap_err();
    for expected in [
        "the configuration has 8 faults:",
        "FILE: colour: ",
        "FILE: stream.lingr: ",
        "FILE: stream.workers: ",
        "FILE: http.listen: ",
        "environment variable LODESTREAM_LOG__LEVL: log.levl: unknown key; did you mean `level`?",
        "environment variable LODESTREAM_STREAM__LINGER: stream.linger: ",
        "--set: expected KEY=VALUE",
        "--set: event.include_text: ",
    ] {
        assert!(message.contains(expected), "{expected} is not in:\n{message}");
    }
}

#[test]
fn no_fault_shows_a_password() {
    for file in [
        "[kafka]\nsasl.password = 'hunter2",
        "[kafka]\nsasl.password = ['hunter2']",
        "[timeline.push]\npassword = ['hunter2']",
        "[timeline.push]\npassword = 'hunter2'",
    ] {
        let message = load(&Written { file, ..NOTHING }).unwrap_err();
        assert!(!message.contains("hunter2"), "{message}");
    }
    let settings = load(&Written { file: "[kafka]\nsasl.password = 'hunter2'", ..NOTHING }).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let sources = Sources { file: Some("nowhere/lodestream.toml".into()), ..Sources::default() };
    let message = Settings::load(&sources).unwrap_err().to_string();
    assert!(message.contains("nowhere/lodestream.toml: cannot be read: "), "{message}");
}

#[test]
fn variables_that_are_almost_known_are_warned_of() {
    let environment = &[
        ("LODESTREAM_BOOTSTRAP_SERVRES", "x"), // a slip
        ("LODESTREAM_PORT_9184_TCP", "x"),     // Kubernetes sets such
        ("LODESTREAM_WORKERS", "2"),           // a flag's, read with the flags
    ];
    let warnings = load(&Written { environment, ..NOTHING }).unwrap().warnings;
    assert_eq!(warnings, ["LODESTREAM_BOOTSTRAP_SERVRES is not read; did you mean LODESTREAM_BOOTSTRAP_SERVERS?"]);
}

#[test]
fn the_example_holds_every_setting_with_its_default() {
    let text = include_str!("../../deploy/lodestream.example.toml");
    let (example, defaults) = (load(&Written { file: text, ..NOTHING }).unwrap(), Settings::defaults());
    assert_eq!(example.kafka, defaults.kafka);
    let written: toml::Table = toml::from_str(text).unwrap();
    let json = |settings: &Settings| {
        serde_json::json!({
            "stream": settings.stream, "timeline": settings.stream.timeline, "push": settings.push, "article": settings.article, "event": settings.event,
            "http": settings.http, "page": settings.page, "log": settings.log, "lexicon": settings.lexicon,
        })
    };
    let expected = json(&defaults);
    assert_eq!(json(&example), expected);
    // a setting that is missing has its default too: so see that it is there, or at least spoken of
    for (table, keys) in expected.as_object().unwrap() {
        for key in keys.as_object().unwrap().keys() {
            let table = if table == "push" { &written["timeline"]["push"] } else { &written[table] };
            let there = table.as_table().unwrap().contains_key(key);
            let spoken_of = text.contains(&format!("\n# {key} = ")) || text.contains(&format!("\n[{key}]\n"));
            assert!(there || spoken_of, "{key} is not in the example");
        }
    }
}
