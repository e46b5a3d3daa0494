//! Names know where they stand, and the check finds what is doubtful.

use super::*;
use rstest::rstest;
use std::sync::LazyLock;

static FILES: LazyLock<LexiconFiles> = LazyLock::new(LexiconFiles::embedded);
static SURVEY: LazyLock<Survey<'static>> =
    LazyLock::new(|| Survey::new(&FILES).unwrap_or_else(|error| panic!("{error}")));

/// The findings that a user's files take part in: (code, severity, file and line).
fn findings(own: &[(&str, &str)]) -> Vec<(&'static str, Severity, String)> {
    let mut files = LexiconFiles::embedded();
    own.iter().for_each(|(path, text)| files.add(*path, *text));
    let survey = Survey::new(&files).unwrap_or_else(|error| panic!("{error}"));
    let found = survey.check().into_iter().filter(Finding::is_own);
    found.map(|finding| (finding.code, finding.severity, finding.origin.to_string())).collect()
}

#[test]
fn the_built_in_lexicon_has_no_errors() {
    let errors: Vec<String> =
        SURVEY.check().iter().filter(|f| f.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_name_stands_on_its_line() {
    let mut lines = FxHashMap::default();
    for file in FILES.iter() {
        lines.insert(file.path.to_owned(), file.text.lines().collect::<Vec<_>>());
    }
    let mut checked = 0;
    for listing in SURVEY.listings().iter().filter(|listing| listing.list != "single_characters") {
        let line = lines[&*listing.origin.file][listing.origin.line - 1];
        // optional parts are written in brackets, a country is named by its row
        if !line.contains('[') || line.contains(&listing.name) {
            assert!(line.contains(&listing.name) || listing.list == "name", "{listing:?} is not on: {line}");
            checked += 1;
        }
    }
    assert!(checked > 20_000, "{checked}");
}

#[test]
fn the_survey_reads_with_the_lexicon_of_the_walk() {
    let lexicon = Lexicon::embedded().unwrap();
    assert_eq!(SURVEY.lexicon.version(), lexicon.version());
    let mut surveyed: Vec<&str> = SURVEY.by_pattern.keys().map(String::as_str).collect();
    let mut walked: Vec<&str> = lexicon.patterns().collect();
    surveyed.sort_unstable();
    walked.sort_unstable();
    assert_eq!(surveyed, walked);
}

#[test]
fn a_term_is_looked_up_as_it_is_read() {
    let of =
        |term: &str| SURVEY.listings_of(term).map(|listing| SURVEY.named(listing.reading.what)).collect::<Vec<_>>();
    assert_eq!(of("Lithium-Ores"), ["commodity lithium (mineral)"]);
    assert!(of("鎢").contains(&"commodity tungsten (mineral)".to_owned()), "{:?}", of("鎢"));
    let lead = SURVEY.listings_of("lead").next().unwrap();
    let rules = SURVEY.sense_in_words(lead);
    assert!(rules.iter().any(|rule| rule.starts_with("refused (verb) directly after \"to\"")), "{rules:?}");
    assert_eq!(rules.last().unwrap(), "otherwise refused (verb)");
    assert_eq!(&*SURVEY.sense_origin(lead).unwrap().file, "senses/commodities.toml");
    let hides = SURVEY.hides("gold");
    assert!(hides.iter().any(|listing| listing.pattern == "gold medal"));
    assert!(hides.iter().all(|listing| listing.pattern.contains("gold") && listing.pattern != "gold"));
    assert_eq!(SURVEY.hides("稀土掘金").len(), 0);
}

#[test]
fn entries_roll_up_over_several_steps() {
    let below = SURVEY.descendants("rare-earth-elements");
    assert!(below.contains("rare-earth-magnets") && below.contains("neodymium-magnets"), "{below:?}");
    assert!(!below.contains("rare-earth-elements"));
}

#[rstest]
#[case::two_commodities(
    "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnames.en = [\n'blue tin',\n'Tungsten']\n",
    7,
    "two_entries",
    Severity::Error
)]
#[case::commodity_and_firm(
    "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnames.en = ['mp materials']\n",
    5,
    "two_entries",
    Severity::Error
)]
#[case::commodity_and_person(
    "[[leader]]\nid = 'x'\nname = 'x'\nnames.en = ['Cobalt']\n",
    4,
    "two_entries",
    Severity::Error
)]
#[case::two_countries("[[addition]]\nid = 'PK'\nnames.en = ['Chile']\n", 3, "two_entries", Severity::Error)]
#[case::two_cities(
    "[[city]]\nid = 'pk/x'\ncountry = 'PK'\nname = 'x'\nnames.en = ['Lahore']\n",
    5,
    "two_places",
    Severity::Warning
)]
#[case::decoy("[[decoy]]\nreason = 'name'\nen = ['dysprosium']\n", 0, "always_hidden", Severity::Error)]
#[case::repeated(
    "[[addition]]\nid = 'PK'\naliases.en = ['Indusland', 'Indusland']\n",
    3,
    "repeated",
    Severity::Warning
)]
#[case::stop_word("[[addition]]\nid = 'gold'\nnames.en = ['these']\n", 3, "ordinary_word", Severity::Error)]
#[case::capitalised_stop_word("[[addition]]\nid = 'PK'\nnames.en = ['These']\n", 3, "ordinary_word", Severity::Warning)]
#[case::traditional("[[addition]]\nid = 'gold'\nnames.zh = ['鋰鐵']\n", 3, "traditional", Severity::Warning)]
#[case::invisible(
    "[[addition]]\nid = 'gold'\nnames.en = ['aur\u{200b}um']\n",
    3,
    "invisible_character",
    Severity::Error
)]
#[case::full_width(
    "[[addition]]\nid = 'gold'\nnames.zh = ['Ａu九九']\n",
    3,
    "compatibility_character",
    Severity::Warning
)]
#[case::idle_form(
    "[[sense]]\ncommodity = 'gold'\nforms = [\n'gold',\n'goldie']\notherwise = { accept = true }\n",
    5,
    "idle_form",
    Severity::Warning
)]
#[case::replaced_sense(
    "[[sense]]\ncommodity = 'gold'\nforms = ['gold']\notherwise = { accept = true }\n",
    3,
    "replaced_sense",
    Severity::Warning
)]
#[case::misspelt_list(
    "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\ncritical_lists = ['usgs-2052']\n",
    1,
    "misspelt_list",
    Severity::Warning
)]
fn what_is_doubtful_is_found(
    #[case] own: &str,
    #[case] line: usize,
    #[case] code: &'static str,
    #[case] severity: Severity,
) {
    let found = findings(&[("own.toml", own)]);
    let hit = found.iter().find(|(its_code, ..)| *its_code == code);
    let (_, its_severity, origin) = hit.unwrap_or_else(|| panic!("{code} is not in {found:?}"));
    assert_eq!(*its_severity, severity);
    // what is hidden is the built-in name, wherever that stands
    assert!(line == 0 || *origin == format!("own.toml:{line}"), "{origin}");
}

#[test]
fn files_that_replace_or_are_not_read_are_told() {
    let found = findings(&[
        ("people/leaders.toml", "[[leader]]\nid = 'x'\nname = 'X'\nnames.en = ['Ixo Ix']\n"),
        ("places/my-cities.tsv", "id\tcountry\n"),
        ("own.toml", "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnames.en = ['ixite']\n"),
    ]);
    let of = |path: &str| (Severity::Warning, format!("{path}:1"));
    assert!(
        found.iter().any(
            |(code, severity, at)| *code == "replaced_file" && (*severity, at.clone()) == of("people/leaders.toml")
        ),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|(code, severity, at)| *code == "not_read" && (*severity, at.clone()) == of("places/my-cities.tsv")),
        "{found:?}"
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_sense_that_chooses_settles_a_contest() {
    let row = "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnames.en = ['tungsten']\n";
    let sense = "[[sense]]\ncommodity = 'x'\nforms = ['tungsten']\notherwise = { refuse = 'name' }\n";
    assert!(findings(&[("own.toml", row)]).iter().any(|(code, ..)| *code == "two_entries"));
    let settled = findings(&[("own.toml", &format!("{row}{sense}"))]);
    assert!(settled.is_empty(), "{settled:?}");
}
