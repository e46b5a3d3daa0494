//! What a user's files may change, and how slips in them are told.

use crate::lexicon::{EntryKind, Lexicon, LexiconError, LexiconFiles, What};
use rstest::rstest;

/// The built-in lexicon with one file of a user's.
fn compile(own: &str) -> Result<Lexicon, LexiconError> {
    let mut files = LexiconFiles::embedded();
    files.add("own.toml", own);
    Lexicon::compile(&files)
}

/// Ids of the entries that the words are read as.
fn read(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let folded = lexicon.folding().fold(text);
    let mut ids = Vec::new();
    lexicon.find(&folded, &Lexicon::haystack(&folded), text, |hit| {
        if hit.span.end as usize - hit.span.start as usize == text.len() {
            ids.push(match hit.reading.what {
                What::Commodity(index) => lexicon.commodity(index).id.clone(),
                What::Place(index) => lexicon.place(index).id.clone(),
                What::Organisation(index) => lexicon.organisations[index.0 as usize].id.clone(),
                What::Leader(index) => lexicon.leaders[index.0 as usize].id.clone(),
                What::Decoy(reason) => reason.as_str().to_owned(),
                _ => return,
            });
        }
    });
    ids
}

#[rstest]
#[case::commodity("id = 'lithium'\nnames.en = ['white petroleum[s]']", "white petroleums", "lithium")]
#[case::commodity_symbol("id = 'lithium'\nsymbols = ['Lx']", "Lx", "lithium")]
#[case::country("id = 'PK'\naliases.en = ['Land of the Indus']", "Land of the Indus", "PK")]
#[case::city("id = 'pk/reko-diq'\nnames.zh = ['雷科迪克山']", "雷科迪克山", "pk/reko-diq")]
#[case::organisation("id = 'mp-materials'\nabbreviations = ['MPMX']", "MPMX", "mp-materials")]
#[case::short_name("id = 'mp-materials'\nshort.en = ['Mountain Passers']", "Mountain Passers", "mp-materials")]
#[case::person("id = 'viktor-orban'\nkind = 'person'\nsurnames.en = ['Orbanovich']", "Orbanovich", "viktor-orban")]
fn an_addition_gives_names_to_entries_of_every_kind(#[case] row: &str, #[case] name: &str, #[case] id: &str) {
    let lexicon = compile(&format!("[[addition]]\n{row}\n")).unwrap();
    assert_eq!(read(&lexicon, name), [id]);
    assert_eq!(read(&Lexicon::embedded().unwrap(), name), [""; 0]);
}

#[test]
fn an_addition_gives_a_commodity_parents_and_lists() {
    let lexicon = compile("[[addition]]\nid = 'gold'\nparents = ['copper']\ncritical_lists = ['desk']\n").unwrap();
    let gold = lexicon.commodities.iter().find(|entry| entry.id == "gold").unwrap();
    assert!(gold.parents.contains(&"copper".to_owned()) && gold.critical_lists.contains(&"desk".to_owned()));
}

#[test]
fn a_removal_takes_names_away_and_leaves_the_others() {
    let lexicon = compile(
        "[[removal]]\nid = 'rare-earth-elements'\nnames = ['lanthanide[s]', 'REE', '稀土']\n\
         [[removal]]\nkind = 'decoy'\nnames = ['gold medal']\n",
    )
    .unwrap();
    for gone in ["lanthanide", "Lanthanides", "REE", "稀土", "gold medal"] {
        assert_eq!(read(&lexicon, gone), [""; 0], "{gone}");
    }
    for (kept, id) in
        [("rare earths", "rare-earth-elements"), ("REEs", "rare-earth-elements"), ("gold medals", "award")]
    {
        assert_eq!(read(&lexicon, kept), [id]);
    }
}

#[test]
fn a_removed_entry_is_gone_with_all_that_refers_to_it() {
    let lexicon = compile("[[removal]]\nid = 'lithium'\n[[removal]]\nid = 'lead'\n").unwrap();
    assert!(lexicon.commodity_ids().all(|id| id != "lithium" && id != "lead"));
    assert_eq!(read(&lexicon, "锂"), [""; 0]);
    let spodumene = lexicon.commodities.iter().find(|entry| entry.id == "spodumene").unwrap();
    assert_eq!(spodumene.parents, [""; 0]);
}

#[test]
fn every_entry_but_countries_can_be_removed() {
    let built_in = Lexicon::embedded().unwrap();
    let countries: Vec<&str> = built_in.country_ids().collect();
    let commodities = built_in.commodities.iter().map(|entry| (EntryKind::Commodity, &entry.id));
    let places = built_in.places.iter().map(|entry| (EntryKind::Place, &entry.id));
    let organisations = built_in.organisations.iter().map(|entry| (EntryKind::Organisation, &entry.id));
    let leaders = built_in.leaders.iter().map(|entry| (EntryKind::Person, &entry.id));
    let entries = commodities.chain(places).chain(organisations).chain(leaders);
    let entries = entries.filter(|(_, id)| !countries.contains(&id.as_str()));
    let rows = entries.map(|(kind, id)| format!("[[removal]]\nid = '{id}'\nkind = '{}'\n", kind.as_str()));
    let rest = compile(&rows.collect::<String>()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((rest.commodities.len(), rest.organisations.len(), rest.leaders.len()), (0, 0, 0));
    assert_eq!(rest.places.len(), countries.len());
}

#[test]
fn a_removed_entry_can_be_declared_anew() {
    let leader =
        "[[removal]]\nid = 'viktor-orban'\n[[leader]]\nid = 'viktor-orban'\nname = 'V. O.'\nnames.en = ['Vo Vo']\n";
    let lexicon = compile(leader).unwrap();
    assert_eq!(read(&lexicon, "Vo Vo"), ["viktor-orban"]);
    assert_eq!(read(&lexicon, "Viktor Orban"), [""; 0]);
}

#[test]
fn a_users_sense_stands_in_the_place_of_the_built_in_one() {
    let own = "[[sense]]\ncommodity = 'lead'\nforms = ['lead']\notherwise = { accept = true }\n";
    let sense_of = |lexicon: &Lexicon| {
        let mut rules = None;
        let folded = lexicon.folding().fold("lead");
        lexicon.find(&folded, "lead", "lead", |hit| {
            rules = rules.or(hit.reading.sense.map(|sense| lexicon.senses[sense.0 as usize].rules.len()));
        });
        rules.unwrap()
    };
    assert_eq!(sense_of(&compile(own).unwrap()), 0);
    assert!(sense_of(&Lexicon::embedded().unwrap()) > 0);
}

#[rstest]
#[case::unknown_list(
    "[[addition]]\nid = 'lithium'\ndemonyms.en = ['Lithian']\n",
    1,
    "lithium` is a commodity, which has no list `demonyms`; it has names, aliases"
)]
#[case::unknown_id(
    "\n[[addition]]\nid = 'litium'\n",
    2,
    "no commodity, place, organisation or person has the id `litium`"
)]
#[case::lists_of_a_place("[[addition]]\nid = 'PK'\nparents = ['gold']\n", 1, "`PK` is no commodity")]
#[case::no_such_name(
    "[[removal]]\nid = 'lithium'\nnames = [\n  'lithium',\n  'litium ion',\n]\n",
    5,
    "`litium ion` cannot be removed"
)]
#[case::no_such_entry("[[removal]]\nid = 'litium'\n", 1, "has the id `litium`")]
#[case::country("[[removal]]\nid = 'PK'\n", 1, "`PK` is a country")]
#[case::nothing_named("[[removal]]\nkind = 'decoy'\n", 1, "a removal names an entry by its id")]
#[case::declared_twice(
    "\n\n[[commodity]]\nid = 'gold'\nname = 'gold'\nkind = 'mineral'\n",
    3,
    "commodity `gold` is declared already, at commodities/precious.toml:"
)]
#[case::leader_twice(
    "[[leader]]\nid = 'viktor-orban'\nname = 'x'\n",
    1,
    "person `viktor-orban` is declared already, at people/leaders.toml:"
)]
#[case::parent(
    "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nparents = ['nowhere']\n",
    1,
    "the parent `nowhere`"
)]
#[case::country_of_a_firm(
    "[[organisation]]\nid = 'x'\nname = 'X'\ntype = 'company'\ncountry = 'XX'\n",
    1,
    "`x` is of `XX`, which is no country"
)]
#[case::cue_class("[[cue]]\nclass = 'topic.nothing'\n", 1, "`topic.nothing` is no cue class")]
#[case::sense_class(
    "[[sense]]\ncommodity = 'gold'\nforms = ['gold']\nrules = [{ near = ['topic.x'], accept = true }]\notherwise = { accept = true }\n",
    1,
    "`topic.x` is no cue class"
)]
#[case::sense_id(
    "[[sense]]\ncommodity = 'gold'\nforms = ['gold']\nrules = [{ elsewhere = ['goldd'], accept = true }]\notherwise = { accept = true }\n",
    1,
    "`goldd`, which does not exist"
)]
#[case::idle_sense(
    "[[sense]]\ncommodity = 'gold'\nforms = ['golden']\notherwise = { accept = true }\n",
    1,
    "matches no name"
)]
#[case::unknown_key(
    "[[commodity]]\nid = 'x'\nname = 'x'\nkind = 'mineral'\nnams.en = ['x']\n",
    5,
    "unknown field `nams`"
)]
#[case::missing_key("\n[[commodity]]\nid = 'x'\n", 2, "missing field `name`")]
#[case::unknown_table("[[comodity]]\nid = 'x'\n", 1, "`comodity` is no list of a lexicon")]
#[case::one_table("[commodity]\nid = 'x'\n", 1, "write [[commodity]]")]
#[case::not_toml("[[commodity]]\nid = 'x'\nname = = 'x'\n", 3, "not TOML: ")]
fn a_slip_is_told_with_its_line(#[case] own: &str, #[case] line: usize, #[case] message: &str) {
    let faults = compile(own).err().unwrap().faults;
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!((fault.file.as_str(), fault.line), ("own.toml", Some(line)), "{fault}");
    assert!(fault.message.contains(message), "{fault}");
}

#[test]
fn a_fault_in_one_row_does_not_hide_the_next() {
    let own =
        "[[commodity]]\nid = 'x'\n[[commodity]]\nid = 'y'\nname = 'y'\nkind = 'metal'\n[[decoy]]\nreason = 'joke'\n";
    let lines: Vec<_> = compile(own).err().unwrap().faults.iter().map(|fault| fault.line.unwrap()).collect();
    assert_eq!(lines, [1, 6, 8]);
}

#[test]
fn a_commodity_is_not_its_own_parent() {
    let row = |id: &str, parent: &str| {
        format!("[[commodity]]\nid = '{id}'\nname = '{id}'\nkind = 'mineral'\nparents = ['{parent}']\n")
    };
    let error = compile(&[row("a-a", "b-b"), row("b-b", "c-c"), row("c-c", "a-a")].concat()).err().unwrap();
    let lines: Vec<_> = error.faults.iter().map(|fault| fault.line.unwrap()).collect();
    assert_eq!(lines, [1, 6, 11], "{error}");
    assert!(error.to_string().contains("own.toml:1: commodity `a-a` is its own parent, by way of `c-c`"), "{error}");
}
