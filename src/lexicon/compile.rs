//! Files → lexicon: rows are read, checked against each other, and their names become patterns.

use super::entries::*;
use super::rows::*;
use super::senses::*;
use super::{Lexicon, LexiconError, LexiconFault, LexiconFiles, PeopleLists, find, names};
use crate::vocabulary::{Form, PlaceType};
use crate::text::Folding;
use rustc_hash::{FxHashMap, FxHashSet};

const FOLDING_FILE: &str = "scripts/traditional-simplified.tsv";

/// Compiles the files, or reports every fault in them.
pub(super) fn compile(files: &LexiconFiles) -> Result<Lexicon, LexiconError> {
    let mut faults = Vec::new();
    let folding = match Folding::new(files.files.get(FOLDING_FILE).map_or("", String::as_str)) {
        Ok(folding) => folding,
        Err(error) => {
            let fault = LexiconFault { file: FOLDING_FILE.to_owned(), message: error.to_string() };
            return Err(LexiconError { faults: vec![fault] });
        }
    };
    let parsed = parse(files, &mut faults);
    let mut builder = Builder::new(&folding, faults);
    parsed.files.iter().for_each(|(name, file)| builder.declare(name, file));
    parsed.files.iter().for_each(|(name, file)| builder.name(name, file));
    if let Some((name, characters)) = &parsed.single_characters {
        builder.name_single_characters(name, characters);
    }
    builder.attach_senses();
    builder.people = parsed.people(&folding);
    builder.finish(files.version())
}

/// All files, parsed.
#[derive(Default)]
struct Parsed {
    files: Vec<(String, File)>,
    single_characters: Option<(String, SingleCharacters)>,
    not_names: Vec<String>,
    surnames_zh: Vec<String>,
    transliteration_zh: String,
    given_names: Vec<String>,
}

fn parse(files: &LexiconFiles, faults: &mut Vec<LexiconFault>) -> Parsed {
    let mut parsed = Parsed::default();
    for (path, text) in &files.files {
        let mut fault = |message: String| faults.push(LexiconFault { file: path.clone(), message });
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let lines = || text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty());
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
            "given-names-en.txt" => parsed.given_names.extend(lines().map(str::to_owned)),
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

/// The folders whose TOML files hold rows; other rooms read the others (`sources/`, `languages/`).
fn is_row_file(path: &str) -> bool {
    !(path.starts_with("sources/") || path.starts_with("languages/"))
}

/// `id, country, name, English names, Chinese names`, tab-separated, names by `|`; the first line is the header.
fn cities(text: &str, fault: &mut impl FnMut(String)) -> File {
    let split = |names: &str| names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mut file = File::default();
    for (number, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
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
    fn people(&self, folding: &Folding) -> PeopleLists {
        let folded = |words: &[String]| {
            words.iter().map(|word| find::spaced(&folding.fold_pattern(word))).collect::<FxHashSet<_>>()
        };
        let not_names = folded(&self.not_names);
        PeopleLists {
            surnames_zh: folded(&self.surnames_zh),
            transliteration_zh: self.transliteration_zh.chars().filter(|c| !c.is_whitespace()).collect(),
            given_names: folded(&self.given_names),
            longest_not_name: not_names.iter().map(|word| word.chars().count()).max().unwrap_or(0),
            not_names,
        }
    }
}

struct Builder<'f> {
    folding: &'f Folding,
    faults: Vec<LexiconFault>,
    file: String,
    commodities: Vec<CommodityEntry>,
    commodity_by_id: FxHashMap<String, CommodityIndex>,
    places: Vec<PlaceEntry>,
    place_by_id: FxHashMap<String, PlaceIndex>,
    organisations: Vec<OrganisationEntry>,
    organisation_by_id: FxHashMap<String, OrganisationIndex>,
    leaders: Vec<LeaderEntry>,
    roles: Vec<RoleEntry>,
    organisation_words: Vec<OrganisationWord>,
    organisation_stops: Vec<String>,
    measures: Vec<Measure>,
    senses: Vec<Sense>,
    people: PeopleLists,
    sense_of: FxHashMap<(What, String), SenseSet>,
    used_senses: FxHashSet<SenseSet>,
    sense_files: Vec<(String, String)>,
    patterns: FxHashMap<String, Vec<Reading>>,
    order: Vec<String>,
    spellings: Vec<String>,
    gaps: u32,
}

impl<'f> Builder<'f> {
    fn new(folding: &'f Folding, faults: Vec<LexiconFault>) -> Self {
        Self {
            folding,
            faults,
            file: String::new(),
            commodities: Vec::new(),
            commodity_by_id: FxHashMap::default(),
            places: Vec::new(),
            place_by_id: FxHashMap::default(),
            organisations: Vec::new(),
            organisation_by_id: FxHashMap::default(),
            leaders: Vec::new(),
            roles: Vec::new(),
            organisation_words: Vec::new(),
            organisation_stops: Vec::new(),
            measures: Vec::new(),
            senses: Vec::new(),
            people: PeopleLists::default(),
            sense_of: FxHashMap::default(),
            used_senses: FxHashSet::default(),
            sense_files: Vec::new(),
            patterns: FxHashMap::default(),
            order: Vec::new(),
            spellings: Vec::new(),
            gaps: 0,
        }
    }

    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(LexiconFault { file: self.file.clone(), message: message.into() });
    }

    /// First pass: every entry gets its index, so that rows may refer to rows of other files.
    fn declare(&mut self, file_name: &str, file: &File) {
        self.file = file_name.to_owned();
        for row in &file.commodity {
            let index = CommodityIndex(self.commodities.len() as u32);
            if !is_kebab_case(&row.id) {
                self.fault(format!("commodity id `{}` is not lower-case kebab-case", row.id));
            }
            if self.commodity_by_id.insert(row.id.clone(), index).is_some() {
                self.fault(format!("commodity `{}` is declared twice", row.id));
            }
            self.commodities.push(CommodityEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                symbol: row.symbol.clone(),
                parents: row.parents.clone(),
                critical_lists: row.critical_lists.clone(),
            });
        }
        for (kind, rows) in [
            (PlaceType::Country, &file.country),
            (PlaceType::Region, &file.region),
            (PlaceType::Subdivision, &file.subdivision),
            (PlaceType::City, &file.city),
        ] {
            for row in rows {
                let index = PlaceIndex(self.places.len() as u32);
                if self.place_by_id.insert(row.id.clone(), index).is_some() {
                    self.fault(format!("place `{}` is declared twice", row.id));
                }
                let country = (kind == PlaceType::Country).then_some(index);
                self.places.push(PlaceEntry {
                    id: row.id.clone(),
                    kind,
                    name: row.name.clone(),
                    country,
                    mining: row.mining,
                });
            }
        }
        for row in &file.organisation {
            let index = OrganisationIndex(self.organisations.len() as u32);
            if self.organisation_by_id.insert(row.id.clone(), index).is_some() {
                self.fault(format!("organisation `{}` is declared twice", row.id));
            }
            self.organisations.push(OrganisationEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                country: row.country.clone(),
                press: row.press,
            });
        }
    }

    /// Second pass: names become patterns, references are checked.
    fn name(&mut self, file_name: &str, file: &File) {
        self.file = file_name.to_owned();
        file.sense.iter().for_each(|row| self.sense(row));
        self.name_commodities(file);
        self.name_places(file);
        self.name_organisations(file);
        self.name_people(file);
        self.name_measures(file);
        for row in &file.decoy {
            self.add_names(row.en.iter().chain(&row.zh), What::Decoy(row.reason), Form::Name, Spelling::Any, Trust::Always);
        }
        for row in &file.cue {
            match CueClass::named(&row.class) {
                Some(class) => row.en.iter().chain(&row.zh).for_each(|phrase| self.cue(phrase, class)),
                None => self.fault(format!("`{}` is no cue class", row.class)),
            }
        }
    }

    fn name_commodities(&mut self, file: &File) {
        for row in &file.commodity {
            for parent in row.parents.iter().filter(|parent| !self.commodity_by_id.contains_key(*parent)).collect::<Vec<_>>() {
                self.fault(format!("commodity `{}` names the parent `{parent}`, which does not exist", row.id));
            }
            let Some(&index) = self.commodity_by_id.get(&row.id) else { continue };
            let what = What::Commodity(index);
            self.add_names(all(&row.names), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(all(&row.aliases), what, Form::Alias, Spelling::Any, Trust::Always);
            self.add_names(all(&row.list_only), what, Form::Name, Spelling::Any, Trust::InList);
            self.add_names(&row.abbreviations, what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            self.add_names(&row.symbols, what, Form::Symbol, Spelling::Exact, Trust::InContext);
        }
    }

    fn name_places(&mut self, file: &File) {
        for row in file.country.iter().chain(&file.region).chain(&file.subdivision).chain(&file.city) {
            let Some(&index) = self.place_by_id.get(&row.id) else { continue };
            let kind = self.places[index.0 as usize].kind;
            if let Some(country) = &row.country {
                match self.place_by_id.get(country).filter(|at| self.places[at.0 as usize].kind == PlaceType::Country) {
                    Some(&country) => self.places[index.0 as usize].country = Some(country),
                    None => self.fault(format!("place `{}` lies in `{country}`, which is no country", row.id)),
                }
            } else if matches!(kind, PlaceType::Subdivision | PlaceType::City) {
                self.fault(format!("place `{}` names no country", row.id));
            }
            let what = What::Place(index);
            self.add_place(what, [&row.names, &row.demonyms, &row.aliases, &row.metonyms], &row.abbreviations);
        }
        for row in &file.addition {
            match self.place_by_id.get(&row.id) {
                Some(&index) => self.add_place(
                    What::Place(index),
                    [&row.names, &row.demonyms, &row.aliases, &row.metonyms],
                    &row.abbreviations,
                ),
                None => self.fault(format!("the addition to `{}` belongs to no place", row.id)),
            }
        }
    }

    fn add_place(&mut self, what: What, lists: [&Names; 4], abbreviations: &[String]) {
        let forms = [Form::Name, Form::Demonym, Form::Alias, Form::Metonym];
        for (list, form) in lists.into_iter().zip(forms) {
            self.add_names(all(list), what, form, Spelling::Capitalised, Trust::Always);
        }
        for abbreviation in abbreviations {
            self.add_names([abbreviation], what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            // `U.S` without its last stop ends many a sentence.
            if let Some(undotted) = abbreviation.strip_suffix('.').filter(|rest| rest.contains('.')) {
                self.add_names([&undotted.to_owned()], what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            }
        }
    }

    fn name_organisations(&mut self, file: &File) {
        for row in &file.organisation {
            let Some(&index) = self.organisation_by_id.get(&row.id) else { continue };
            let what = What::Organisation(index);
            self.add_names(all(&row.names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            self.add_names(all(&row.short), what, Form::Alias, Spelling::Capitalised, Trust::InContext);
            self.add_names(&row.abbreviations, what, Form::Abbreviation, Spelling::Exact, Trust::Always);
        }
        for row in &file.pattern {
            for (names, position) in [(&row.suffix, NamePosition::End), (&row.prefix, NamePosition::Start)] {
                let word = OrganisationWord { kind: row.kind, position, weak: row.weak, english: None };
                let what = self.organisation_word(word);
                self.add_names(all(names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            }
        }
        for row in &file.ministry {
            let what = self.organisation_word(OrganisationWord {
                kind: crate::vocabulary::OrganisationType::Government,
                position: NamePosition::AfterCountry,
                weak: false,
                english: Some(row.en.clone()),
            });
            self.add_names([&row.zh], what, Form::Name, Spelling::Any, Trust::Always);
        }
        for row in &file.stop {
            let stops = row.zh.iter().map(|stop| self.folding.fold_pattern(stop));
            self.organisation_stops.extend(stops);
        }
    }

    fn organisation_word(&mut self, word: OrganisationWord) -> What {
        self.organisation_words.push(word);
        What::OrganisationWord(self.organisation_words.len() as u32 - 1)
    }

    fn name_people(&mut self, file: &File) {
        for row in &file.role {
            let what = What::Role(RoleIndex(self.roles.len() as u32));
            let role = if row.honorific { String::new() } else { row.role.clone() };
            self.roles.push(RoleEntry { role, government: row.government });
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
        }
        for row in &file.leader {
            if let Some(country) = row.country.as_ref().filter(|country| !self.place_by_id.contains_key(*country)) {
                self.fault(format!("`{}` is of `{country}`, which is no country", row.id));
            }
            let what = What::Leader(LeaderIndex(self.leaders.len() as u32));
            self.leaders.push(LeaderEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                role: row.role.clone(),
                country: row.country.clone(),
            });
            self.add_names(all(&row.names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            self.add_names(all(&row.surnames), what, Form::Alias, Spelling::Capitalised, Trust::Always);
        }
    }

    fn name_measures(&mut self, file: &File) {
        for row in &file.unit {
            for (words, prefix) in [(row.en.iter().chain(&row.zh).collect::<Vec<_>>(), false), (all(&row.prefix), true)] {
                let what = self.measure(Measure::Unit {
                    id: row.id.clone(),
                    dimension: row.dimension,
                    factor: row.factor,
                    prefix,
                });
                self.add_names(words, what, Form::Name, Spelling::Any, Trust::Always);
                if !prefix {
                    self.add_names(&row.exact, what, Form::Symbol, Spelling::Exact, Trust::Always);
                }
            }
        }
        for row in &file.multiplier {
            let what = self.measure(Measure::Multiplier(row.factor));
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(&row.exact, what, Form::Symbol, Spelling::Exact, Trust::Always);
        }
        for row in &file.currency {
            let what = self.measure(Measure::Currency { code: row.id.clone() });
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(&row.signs, what, Form::Symbol, Spelling::Exact, Trust::Always);
        }
    }

    fn measure(&mut self, measure: Measure) -> What {
        self.measures.push(measure);
        What::Measure(self.measures.len() as u32 - 1)
    }

    /// `signed … agreement` becomes two halves of one number; `signed` alone says nothing.
    fn cue(&mut self, phrase: &str, class: CueClass) {
        let Some((head, tail)) = phrase.split_once('…') else {
            return self.add_names([&phrase.to_owned()], What::Cue(class), Form::Name, Spelling::Any, Trust::Always);
        };
        self.gaps += 1;
        let (head, tail) = (head.trim().to_owned(), tail.trim().to_owned());
        self.add_names([&head], What::CueHead(self.gaps, class), Form::Name, Spelling::Any, Trust::Always);
        self.add_names([&tail], What::CueTail(self.gaps), Form::Name, Spelling::Any, Trust::Always);
    }

    fn name_single_characters(&mut self, file_name: &str, row: &SingleCharacters) {
        self.file = file_name.to_owned();
        let mut country_of: FxHashMap<char, What> = FxHashMap::default();
        for (character, code) in &row.characters {
            match (self.place_by_id.get(code), character.chars().next()) {
                (Some(&place), Some(c)) if character.chars().count() == 1 => _ = country_of.insert(c, What::Place(place)),
                _ => self.fault(format!("`{character}` = `{code}` is not one character and a place")),
            }
        }
        for (&character, &what) in &country_of {
            let width = character.len_utf8() as u8;
            for before in &row.before {
                let start = before.len() as u8;
                self.add_part(format!("{before}{character}"), what, (start, start + width));
            }
            for after in &row.after {
                self.add_part(format!("{character}{after}"), what, (0, width));
            }
        }
        for pair in &row.pairs {
            let mut start = 0;
            for character in pair.chars() {
                let end = start + character.len_utf8() as u8;
                match country_of.get(&character) {
                    Some(&what) => self.add_part(pair.clone(), what, (start, end)),
                    None => self.fault(format!("the pair `{pair}` has `{character}`, which stands for no country")),
                }
                start = end;
            }
        }
        self.add_names(&row.not, What::Decoy(Reason::UnrelatedWord), Form::Name, Spelling::Any, Trust::Always);
    }

    fn add_part(&mut self, pattern: String, what: What, part: (u8, u8)) {
        let reading =
            Reading { what, form: Form::Abbreviation, written: Written::Any, trust: Trust::Always, sense: None, part };
        self.add(self.folding.fold_pattern(&pattern), reading);
    }

    fn add_names<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n String>,
        what: What,
        form: Form,
        spelling: Spelling,
        trust: Trust,
    ) {
        for notation in names {
            match names::expand(notation) {
                Ok(names) => names.iter().for_each(|name| self.add_name(name, what, form, spelling, trust)),
                Err(error) => self.fault(error),
            }
        }
    }

    fn add_name(&mut self, name: &str, what: What, form: Form, spelling: Spelling, trust: Trust) {
        let pattern = find::spaced(&self.folding.fold_pattern(name));
        let Ok(length) = u8::try_from(pattern.len()) else {
            return self.fault(format!("`{name}` is longer than 255 bytes"));
        };
        if pattern.trim() != pattern || pattern.is_empty() {
            return self.fault(format!("`{name}` begins or ends with a hyphen, or is empty"));
        }
        let written = match spelling {
            Spelling::Any => Written::Any,
            Spelling::Capitalised => Written::Capitalised,
            Spelling::Exact => {
                self.spellings.push(name.to_owned());
                Written::Exactly(self.spellings.len() as u32 - 1)
            }
        };
        self.add(pattern, Reading { what, form, written, trust, sense: None, part: (0, length) });
    }

    fn add(&mut self, pattern: String, reading: Reading) {
        let readings = self.patterns.entry(pattern.clone()).or_insert_with(|| {
            self.order.push(pattern);
            Vec::new()
        });
        // The same name in two languages, or with and without a hyphen, is one reading.
        let same = |old: &Reading| old.what == reading.what && old.part == reading.part && old.written == reading.written;
        if !readings.iter().any(same) {
            readings.push(reading);
        }
    }

    fn sense(&mut self, row: &SenseRow) {
        let what = match (&row.commodity, &row.place, &row.organisation) {
            (Some(id), None, None) => self.commodity_by_id.get(id).map(|&index| What::Commodity(index)),
            (None, Some(id), None) => self.place_by_id.get(id).map(|&index| What::Place(index)),
            (None, None, Some(id)) => self.organisation_by_id.get(id).map(|&index| What::Organisation(index)),
            _ => return self.fault(format!("the sense of {:?} must name one commodity, place or organisation", row.forms)),
        };
        let Some(what) = what else {
            return self.fault(format!("the sense of {:?} belongs to no entry", row.forms));
        };
        let rules = row.rules.iter().filter_map(|rule| self.rule(rule)).collect();
        let otherwise = &row.otherwise;
        let Some(otherwise) = self.verdict(otherwise.accept, otherwise.refuse, otherwise.choose.as_ref()) else { return };
        let set = SenseSet(self.senses.len() as u32);
        self.senses.push(Sense { what, rules, otherwise });
        self.sense_files.push((self.file.clone(), format!("{:?}", row.forms)));
        for notation in &row.forms {
            match names::expand(notation) {
                Ok(forms) => {
                    for form in forms {
                        let pattern = find::spaced(&self.folding.fold_pattern(&form));
                        if self.sense_of.insert((what, pattern), set).is_some() {
                            self.fault(format!("`{form}` has two sense rules for one entity"));
                        }
                    }
                }
                Err(error) => self.fault(error),
            }
        }
    }

    fn rule(&mut self, row: &RuleRow) -> Option<SenseRule> {
        let verdict = self.verdict(row.accept, row.refuse, row.choose.as_ref())?;
        Some(SenseRule {
            before: self.phrases(&row.before),
            after: self.phrases(&row.after),
            near: self.cue_set(&row.near),
            article: self.cue_set(&row.article),
            with_commodity: self.companions(&row.with_commodity, |builder, id| builder.commodity_by_id.get(id).copied()),
            with_country: self.companions(&row.with_country, |builder, id| builder.place_by_id.get(id).copied()),
            case: row.case.map(|case| match case {
                LetterCase::Lower => WrittenCase::Lower,
                LetterCase::Title => WrittenCase::Title,
                LetterCase::Upper => WrittenCase::Upper,
            }),
            also: row.also,
            verdict,
        })
    }

    fn verdict(&mut self, accept: bool, refuse: Option<Reason>, choose: Option<&String>) -> Option<Verdict> {
        match (accept, refuse, choose) {
            (true, None, None) => Some(Verdict::Accept),
            (false, Some(reason), None) => Some(Verdict::Refuse(reason)),
            (false, None, Some(id)) => match self.place_by_id.get(id) {
                Some(&place) => Some(Verdict::Choose(place)),
                None => {
                    self.fault(format!("a sense rule chooses `{id}`, which is no place"));
                    None
                }
            },
            _ => {
                self.fault("a sense rule must say exactly one of accept = true, refuse, choose");
                None
            }
        }
    }

    fn phrases(&mut self, notations: &[String]) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        for notation in notations {
            match names::expand(notation) {
                Ok(words) => {
                    phrases.extend(words.iter().map(|word| Phrase::new(find::spaced(&self.folding.fold_pattern(word)))));
                }
                Err(error) => self.fault(error),
            }
        }
        phrases
    }

    fn cue_set(&mut self, names: &[String]) -> CueSet {
        let mut set = CueSet::default();
        for name in names {
            match CueClass::named(name) {
                Some(class) => set.insert(class),
                None => self.fault(format!("`{name}` is no cue class")),
            }
        }
        set
    }

    fn companions<T>(&mut self, row: &OneOrMany, find: impl Fn(&Self, &str) -> Option<T>) -> Companions<T> {
        if row.ids().is_empty() {
            return Companions::NotAsked;
        }
        if row.ids().iter().any(|id| id == "any") {
            return Companions::Any;
        }
        let mut members = Vec::new();
        for id in row.ids() {
            match find(self, id) {
                Some(index) => members.push(index),
                None => self.fault(format!("a sense rule names `{id}`, which does not exist")),
            }
        }
        Companions::OneOf(members)
    }

    /// Rules are read in the order of the files, names too: only now are all of both known.
    fn attach_senses(&mut self) {
        for (pattern, readings) in &mut self.patterns {
            for reading in readings {
                reading.sense = self.sense_of.get(&(reading.what, pattern.clone())).copied();
                self.used_senses.extend(reading.sense);
            }
        }
        for (at, (file, forms)) in std::mem::take(&mut self.sense_files).into_iter().enumerate() {
            if !self.used_senses.contains(&SenseSet(at as u32)) {
                self.file = file;
                self.fault(format!("the sense of {forms} matches no name of its entry"));
            }
        }
    }

    fn finish(mut self, version: String) -> Result<Lexicon, LexiconError> {
        let mut entries = Vec::with_capacity(self.order.len());
        for pattern in std::mem::take(&mut self.order) {
            let readings = self.patterns.remove(&pattern).unwrap_or_default();
            entries.push((pattern, readings));
        }
        let patterns = find::Patterns::new(entries, self.spellings);
        let patterns = patterns.map_err(|message| {
            self.faults.push(LexiconFault { file: "all files".to_owned(), message });
        });
        self.faults.sort();
        self.faults.dedup();
        let (Ok(patterns), true) = (patterns, self.faults.is_empty()) else {
            return Err(LexiconError { faults: self.faults });
        };
        let country_by_code = (0u32..)
            .zip(&self.places)
            .filter(|(_, place)| place.kind == PlaceType::Country)
            .map(|(index, place)| (place.id.clone(), PlaceIndex(index)))
            .collect();
        Ok(Lexicon {
            version,
            folding: self.folding.clone(),
            commodities: self.commodities,
            places: self.places,
            organisations: self.organisations,
            leaders: self.leaders,
            roles: self.roles,
            organisation_words: self.organisation_words,
            measures: self.measures,
            senses: self.senses,
            people: self.people,
            organisation_stops: self.organisation_stops,
            country_by_code,
            patterns,
        })
    }
}

/// How the names of a list must be written.
#[derive(Clone, Copy)]
enum Spelling {
    Any,
    Capitalised,
    Exact,
}

fn all(names: &Names) -> Vec<&String> {
    names.values().flatten().collect()
}

fn is_kebab_case(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('-')
        && !id.ends_with('-')
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
