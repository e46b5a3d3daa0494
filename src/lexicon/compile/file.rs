//! A TOML file → its rows, one by one, so that a fault in one row does not hide the next.

use super::rows::*;
use crate::lexicon::fault::line_at;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// What is wrong, and the bytes of the file that are to blame.
pub(super) type FileFault = (Option<Range<usize>>, String);

/// Rows that know where they stand in their file.
pub(super) type Rows<R> = Vec<Spanned<R>>;

/// Declares the kinds of rows: the name of the list in the file, and the type of its rows.
macro_rules! kinds_of_rows {
    ($($list:ident: $row:ty,)*) => {
        /// Any lexicon file: each kind of row in its own list, so that a user may put all of theirs into one file.
        #[derive(Debug, Default)]
        pub(super) struct File {
            $(pub(super) $list: Rows<$row>,)*
            /// Words that are no name of a person, nor part of one.
            pub(super) not_a_name: Names,
        }

        /// Names of the lists.
        const LISTS: &[&str] = &[$(stringify!($list)),*];

        impl File {
            fn read_list(
                &mut self,
                name: &Spanned<impl AsRef<str>>,
                list: Spanned<DeValue<'_>>,
                faults: &mut Vec<FileFault>,
            ) {
                match name.get_ref().as_ref() {
                    $(stringify!($list) => self.$list = rows(stringify!($list), list, faults),)*
                    "not_a_name" => match Names::deserialize(ValueDeserializer::from(list)) {
                        Ok(words) => self.not_a_name = words,
                        Err(error) => faults.push((error.span(), error.message().to_owned())),
                    },
                    other => {
                        let message = format!("`{other}` is no list of a lexicon; the lists are {}", LISTS.join(", "));
                        faults.push((Some(name.span()), message));
                    }
                }
            }
        }
    };
}

kinds_of_rows! {
    commodity: CommodityRow,
    country: PlaceRow,
    region: PlaceRow,
    subdivision: PlaceRow,
    city: PlaceRow,
    organisation: OrganisationRow,
    pattern: PatternRow,
    ministry: MinistryRow,
    role: RoleRow,
    leader: LeaderRow,
    decoy: DecoyRow,
    sense: SenseRow,
    capital_rule: CapitalRuleRow,
    cue: CueRow,
    unit: UnitRow,
    multiplier: MultiplierRow,
    currency: CurrencyRow,
    figure_word: FigureWordRow,
    addition: AdditionRow,
    removal: RemovalRow,
}

impl File {
    /// Reads a file's text. Of a file that is no TOML, no row is read.
    pub(super) fn read(text: &str, faults: &mut Vec<FileFault>) -> Self {
        let mut file = Self::default();
        let (table, mut errors) = DeTable::parse_recoverable(text);
        // what follows from a slip on its own line says nothing new
        errors.dedup_by_key(|error| error.span().map(|span| line_at(text, span.start)));
        if errors.is_empty() {
            table.into_inner().into_iter().for_each(|(name, list)| file.read_list(&name, list, faults));
        }
        faults.extend(errors.into_iter().map(|error| (error.span(), format!("not TOML: {}", error.message()))));
        file
    }
}

fn rows<R: for<'de> Deserialize<'de>>(name: &str, list: Spanned<DeValue<'_>>, faults: &mut Vec<FileFault>) -> Rows<R> {
    let span = list.span();
    let DeValue::Array(items) = list.into_inner() else {
        faults.push((Some(span), format!("`{name}` is a list of rows: write [[{name}]]")));
        return Vec::new();
    };
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let span = item.span();
        match R::deserialize(ValueDeserializer::from(item)) {
            Ok(row) => rows.push(Spanned::new(span, row)),
            Err(error) => faults.push((error.span().or(Some(span)), error.message().to_owned())),
        }
    }
    rows
}
