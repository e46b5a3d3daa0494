//! `lodestream lexicon show`: how a word is read, and what an id holds.

use super::super::{Exit, Outcome};
use super::{Place, print, survey};
use crate::lexicon::survey::{Entry, Listing, Survey};
use crate::lexicon::{EntryKind, What};
use clap::Args;
use rustc_hash::FxHashSet;
use std::io::{self, Write};

/// Show how a term is read, or what an id holds
///
/// A term: every entry that has it as a name in any language or form, with file and line; what hides it where it stands
/// within something longer; the sense rules by which it is read or refused. An id: all names by language, parents,
/// children and lists.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream lexicon show lead
  lodestream lexicon show 稀土 Islamabad U.S.
  lodestream lexicon show rare-earth-elements PK
  lodestream lexicon show --lexicon my-terms unobtainium

Exit codes: 0 all are known, 2 bad usage, 3 some are not; the nearest terms are told.")]
pub(super) struct Show {
    /// Terms as an article writes them, or ids
    #[arg(value_name = "TERM", required = true)]
    terms: Vec<String>,

    /// Show all names of an id, and all longer names that hide a term, not only the first
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    place: Place,
}

/// How many longer names are shown.
const LONGER: usize = 12;
/// How many names of a list are shown.
const NAMES: usize = 60;
/// How many near terms are shown.
const NEAREST: usize = 5;

impl Show {
    pub(super) fn run(&self) -> Outcome {
        let files = self.place.files()?;
        let survey = survey(&files)?;
        let mut unknown = false;
        print(|out| {
            for (number, term) in self.terms.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                let entries = survey.entries_called(term);
                let listings: Vec<&Listing> = survey.listings_of(term).collect();
                entries.iter().try_for_each(|entry| self.show_entry(out, &survey, entry))?;
                if !listings.is_empty() {
                    self.show_term(out, &survey, term, &listings)?;
                } else if entries.is_empty() {
                    unknown = true;
                    show_unknown(out, &survey, term)?;
                }
            }
            Ok(())
        })?;
        Ok(if unknown { Exit::Incomplete } else { Exit::Success })
    }

    fn show_term(
        &self,
        out: &mut impl Write,
        survey: &Survey<'_>,
        term: &str,
        listings: &[&Listing],
    ) -> io::Result<()> {
        writeln!(out, "the term `{term}`")?;
        let mut explained = FxHashSet::default();
        for listing in listings {
            writeln!(out, "  {}", survey.named(listing.reading.what))?;
            let language = if listing.language.is_empty() { String::new() } else { format!(".{}", listing.language) };
            let (list, form) = (listing.list, listing.form());
            writeln!(out, "    `{}` in {list}{language} ({form}), {}", listing.name, listing.origin)?;
            writeln!(out, "    read {}", listing.conditions())?;
            if listing.reading.sense.is_some_and(|sense| explained.insert(sense)) {
                let origin = survey.sense_origin(listing).map(ToString::to_string).unwrap_or_default();
                writeln!(out, "    sense rules, {origin}; the first that holds decides:")?;
                let rules = survey.sense_in_words(listing);
                rules.iter().try_for_each(|rule| writeln!(out, "      - {rule}"))?;
            }
        }
        if !listings.iter().any(|listing| listing.reading.what.is_name()) {
            return Ok(());
        }
        let longer = survey.hides(term);
        if !longer.is_empty() {
            writeln!(out, "  hidden where it stands within one of {} longer names:", longer.len())?;
        }
        let shown = if self.all { longer.len() } else { LONGER.min(longer.len()) };
        for listing in &longer[..shown] {
            writeln!(out, "    `{}`, {}, {}", listing.name, survey.named(listing.reading.what), listing.origin)?;
        }
        match longer.len() - shown {
            0 => Ok(()),
            more => writeln!(out, "    and {more} more: --all shows them"),
        }
    }

    fn show_entry(&self, out: &mut impl Write, survey: &Survey<'_>, entry: &Entry<'_>) -> io::Result<()> {
        writeln!(out, "{}", survey.named(entry.what))?;
        let origin = entry.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        let children = match entry.kind {
            EntryKind::Commodity => survey.children(&entry.id).join(", "),
            _ => String::new(),
        };
        let country = entry.country.clone().unwrap_or_default();
        let (parents, lists) = (entry.parents.join(", "), entry.critical_lists.join(", "));
        for (label, value) in [
            ("name", &entry.name),
            ("declared in", &origin),
            ("country", &country),
            ("parents", &parents),
            ("children", &children),
            ("lists", &lists),
        ] {
            if !value.is_empty() {
                writeln!(out, "  {label:<16} {value}")?;
            }
        }
        // one line for each list of each language, in the order of the languages
        let mut lists: Vec<(&str, &str)> =
            entry.listings.iter().map(|listing| (listing.list, &*listing.language)).collect();
        lists.sort_by_key(|(list, language)| (*language, *list));
        lists.dedup();
        for (list, language) in lists {
            let of_list =
                entry.listings.iter().filter(|listing| (listing.list, &*listing.language) == (list, language));
            let mut names: Vec<&str> = of_list.map(|listing| listing.name.as_str()).collect();
            let mut seen = FxHashSet::default();
            names.retain(|name| seen.insert(*name));
            let label = if language.is_empty() { list.to_owned() } else { format!("{list}.{language}") };
            let more = names.len().saturating_sub(if self.all { usize::MAX } else { NAMES });
            names.truncate(names.len() - more);
            let more = if more == 0 { String::new() } else { format!(" and {more} more: --all shows them") };
            writeln!(out, "  {label:<16} {}{more}", names.join(", "))?;
        }
        Ok(())
    }
}

fn show_unknown(out: &mut impl Write, survey: &Survey<'_>, term: &str) -> io::Result<()> {
    writeln!(out, "the term `{term}` is no name of anything")?;
    let within = survey.within(term);
    if !within.is_empty() {
        writeln!(out, "  within it:")?;
        for (words, listing) in within {
            writeln!(out, "    `{words}`, {}, {}", survey.named(listing.reading.what), listing.origin)?;
        }
    }
    let near = nearest(survey, term);
    if !near.is_empty() {
        writeln!(out, "  nearest:")?;
        for listing in near {
            writeln!(out, "    `{}`, {}, {}", listing.name, survey.named(listing.reading.what), listing.origin)?;
        }
    }
    Ok(())
}

/// The names that differ least from a term, at most by a third of it.
fn nearest<'s>(survey: &'s Survey<'_>, term: &str) -> Vec<&'s Listing> {
    let term = survey.lexicon.folding().fold_pattern(term.trim());
    let length = term.chars().count();
    let farthest = (length / 3).max(1);
    let is_entry = |what: What| what.is_name() && what.kind() != EntryKind::Decoy;
    let mut near: Vec<(usize, &Listing)> = survey
        .listings()
        .iter()
        .filter(|listing| is_entry(listing.reading.what))
        .filter(|listing| listing.pattern.chars().count().abs_diff(length) <= farthest)
        .map(|listing| (strsim::damerau_levenshtein(&term, &listing.pattern), listing))
        .filter(|(distance, listing)| *distance <= farthest && *distance < listing.pattern.chars().count())
        .collect();
    near.sort_by_key(|(distance, listing)| (*distance, listing.reading.what.kind(), listing.pattern.as_str()));
    let mut seen = FxHashSet::default();
    near.retain(|(_, listing)| seen.insert((listing.reading.what, listing.pattern.as_str())));
    near.into_iter().map(|(_, listing)| listing).take(NEAREST).collect()
}
