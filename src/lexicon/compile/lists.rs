//! The lists of names that an entry may have, and what standing in one means.

use super::rows::{AdditionRow, CommodityRow, LeaderRow, Name, Names, OrganisationRow, PlaceRow};
use crate::lexicon::{EntryKind, Trust};
use crate::vocabulary::Form;

/// How the names of a list must be written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    Any,
    Capitalised,
    Exact,
}

/// What standing in a list means for a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) form: Form,
    pub(super) spelling: Spelling,
    pub(super) trust: Trust,
}

impl Rule {
    /// A name that is read wherever and however it is written.
    pub(super) const PLAIN: Self = Self::new(Form::Name, Spelling::Any, Trust::Always);
    /// A sign that is read to the letter.
    pub(super) const EXACT: Self = Self::new(Form::Symbol, Spelling::Exact, Trust::Always);
    /// A name that is read with its capitals.
    pub(super) const CAPITALISED: Self = Self::new(Form::Name, Spelling::Capitalised, Trust::Always);

    const fn new(form: Form, spelling: Spelling, trust: Trust) -> Self {
        Self { form, spelling, trust }
    }

    /// The rule of a list of an entry of this kind; none where such entries have no such list.
    pub(super) fn of(kind: EntryKind, list: &str) -> Option<Self> {
        LISTS.iter().find(|(of, name, _)| (*of, *name) == (kind, list)).map(|(_, _, rule)| *rule)
    }

    /// The lists that entries of a kind have.
    pub(super) fn lists_of(kind: EntryKind) -> Vec<&'static str> {
        LISTS.iter().filter(|(of, ..)| *of == kind).map(|(_, name, _)| *name).collect()
    }
}

const LISTS: &[(EntryKind, &str, Rule)] = {
    use EntryKind::{Commodity, Organisation, Person, Place};
    use Spelling::{Any, Capitalised, Exact};
    use Trust::{Always, IfNamed, InContext, InList};
    &[
        (Commodity, "names", Rule::new(Form::Name, Any, Always)),
        (Commodity, "aliases", Rule::new(Form::Alias, Any, Always)),
        (Commodity, "list_only", Rule::new(Form::Name, Any, InList)),
        (Commodity, "short", Rule::new(Form::Alias, Any, IfNamed)),
        (Commodity, "abbreviations", Rule::new(Form::Abbreviation, Exact, Always)),
        (Commodity, "symbols", Rule::new(Form::Symbol, Exact, InContext)),
        (Place, "names", Rule::new(Form::Name, Capitalised, Always)),
        (Place, "demonyms", Rule::new(Form::Demonym, Capitalised, Always)),
        (Place, "aliases", Rule::new(Form::Alias, Capitalised, Always)),
        (Place, "metonyms", Rule::new(Form::Metonym, Capitalised, Always)),
        (Place, "abbreviations", Rule::new(Form::Abbreviation, Exact, Always)),
        (Organisation, "names", Rule::new(Form::Name, Capitalised, Always)),
        (Organisation, "short", Rule::new(Form::Alias, Capitalised, InContext)),
        (Organisation, "abbreviations", Rule::new(Form::Abbreviation, Exact, Always)),
        (Person, "names", Rule::new(Form::Name, Capitalised, Always)),
        (Person, "surnames", Rule::new(Form::Alias, Capitalised, Always)),
    ]
};

/// A list of names as it stands in a row.
#[derive(Clone, Copy)]
pub(super) struct List<'r> {
    pub(super) name: &'static str,
    pub(super) words: Words<'r>,
}

/// The names of a list.
#[derive(Clone, Copy)]
pub(super) enum Words<'r> {
    ByLanguage(&'r Names),
    /// Of no language of their own.
    Plain(&'r [Name]),
}

impl<'r> Words<'r> {
    /// (language, name); the language is empty where there is none.
    pub(super) fn iter(self) -> Box<dyn Iterator<Item = (&'r str, &'r Name)> + 'r> {
        match self {
            Self::ByLanguage(names) => {
                Box::new(names.iter().flat_map(|(language, names)| names.iter().map(|name| (language.as_str(), name))))
            }
            Self::Plain(names) => Box::new(names.iter().map(|name| ("", name))),
        }
    }
}

/// Lists, each named as its key in the file is.
macro_rules! lists {
    ($row:ident: $($by_language:ident)* $(, $plain:ident)*) => {
        [
            $(List { name: stringify!($by_language), words: Words::ByLanguage(&$row.$by_language) },)*
            $(List { name: stringify!($plain), words: Words::Plain(&$row.$plain) },)*
        ]
    };
}

impl CommodityRow {
    pub(super) fn lists(&self) -> [List<'_>; 6] {
        lists!(self: names aliases list_only short, abbreviations, symbols)
    }
}

impl PlaceRow {
    pub(super) fn lists(&self) -> [List<'_>; 5] {
        lists!(self: names demonyms aliases metonyms, abbreviations)
    }
}

impl OrganisationRow {
    pub(super) fn lists(&self) -> [List<'_>; 3] {
        lists!(self: names short, abbreviations)
    }
}

impl LeaderRow {
    pub(super) fn lists(&self) -> [List<'_>; 2] {
        lists!(self: names surnames)
    }
}

impl AdditionRow {
    pub(super) fn lists(&self) -> [List<'_>; 9] {
        lists!(self: names aliases list_only demonyms metonyms short surnames, abbreviations, symbols)
    }
}
