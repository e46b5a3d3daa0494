//! What a user's files change about built-in entries: `[[removal]]` takes an entry or some of its names away,
//! `[[addition]]` adds names.
//!
//! A removal speaks of the program's own files only. So a user replaces an entry by removing it and declaring it anew,
//! and what a removal names but no file holds is a fault: it would be a slip.

use super::Builder;
use super::lists::Rule;
use super::parse::ParsedFile;
use super::rows::{AdditionRow, RemovalRow};
use crate::lexicon::files::Spot;
use crate::lexicon::{EntryKind, What, Written, find};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// What users' files take away.
#[derive(Default)]
pub(super) struct Removals {
    entries: FxHashSet<(EntryKind, String)>,
    names: Vec<RemovedName>,
    /// Pattern → `names`.
    by_pattern: FxHashMap<String, SmallVec<[usize; 1]>>,
}

struct RemovedName {
    /// None: a decoy, whatever its reason.
    what: Option<What>,
    name: String,
    of: String,
    spot: Spot,
    used: bool,
}

impl Builder<'_> {
    /// Takes whole entries out of the built-in rows, before anything refers to them.
    pub(super) fn remove_entries(&mut self, files: &mut [ParsedFile]) {
        for file in files.iter() {
            self.enter(file.number);
            for row in &file.rows.removal {
                let row = self.at(row);
                if !file.own {
                    self.fault("a removal belongs into a user's file: here, take the row itself away");
                } else if row.names.is_none() {
                    self.remove_entry(row, files);
                }
            }
        }
        let removed = &self.removals.entries;
        if removed.is_empty() {
            return;
        }
        let keep = |kind: EntryKind, id: &str| !removed.contains(&(kind, id.to_owned()));
        for rows in files.iter_mut().filter(|file| !file.own).map(|file| &mut file.rows) {
            rows.commodity.retain(|row| keep(EntryKind::Commodity, &row.get_ref().id));
            for places in [&mut rows.region, &mut rows.subdivision, &mut rows.city] {
                places.retain(|row| keep(EntryKind::Place, &row.get_ref().id));
            }
            rows.organisation.retain(|row| keep(EntryKind::Organisation, &row.get_ref().id));
            rows.leader.retain(|row| keep(EntryKind::Person, &row.get_ref().id));
        }
    }

    fn remove_entry(&mut self, row: &RemovalRow, files: &[ParsedFile]) {
        let Some(id) = &row.id else {
            return self.fault("a removal names an entry by its id, or names of it");
        };
        let built_in = || files.iter().filter(|file| !file.own).map(|file| &file.rows);
        if built_in().any(|rows| rows.country.iter().any(|country| country.get_ref().id == *id)) {
            return self.fault(format!("`{id}` is a country: others refer to it, so only names of it can be removed"));
        }
        let mut kinds: Vec<EntryKind> = built_in()
            .flat_map(|rows| {
                let places = [&rows.region, &rows.subdivision, &rows.city].into_iter().flatten();
                let commodities = rows.commodity.iter().map(|row| (EntryKind::Commodity, &row.get_ref().id));
                let organisations = rows.organisation.iter().map(|row| (EntryKind::Organisation, &row.get_ref().id));
                let leaders = rows.leader.iter().map(|row| (EntryKind::Person, &row.get_ref().id));
                let places = places.map(|row| (EntryKind::Place, &row.get_ref().id));
                commodities.chain(places).chain(organisations).chain(leaders)
            })
            .filter(|(kind, its_id)| *its_id == id && row.kind.is_none_or(|wanted| wanted == *kind))
            .map(|(kind, _)| kind)
            .collect();
        kinds.dedup();
        match kinds[..] {
            [kind] => _ = self.removals.entries.insert((kind, id.clone())),
            [] => self.fault(format!("no built-in {} has the id `{id}`", wanted(row.kind))),
            _ => self.fault(ambiguous(id, &kinds)),
        }
    }

    /// Whether a user's file takes the entry away.
    pub(super) fn is_removed(&self, kind: EntryKind, id: &str) -> bool {
        !self.removals.entries.is_empty() && self.removals.entries.contains(&(kind, id.to_owned()))
    }

    /// Notes which names are not to be read.
    pub(super) fn prepare_removals(&mut self, file: &ParsedFile) {
        self.enter(file.number);
        for row in &file.rows.removal {
            let row = self.at(row);
            let Some(names) = &row.names else { continue };
            let what = match (&row.id, row.kind) {
                (None, Some(EntryKind::Decoy)) => None,
                (Some(id), kind) => match self.one_entry(kind, id) {
                    Ok(what) => Some(what),
                    Err(message) => {
                        self.fault(message);
                        continue;
                    }
                },
                (None, _) => {
                    self.fault("names are removed from an entry: say its `id`, or kind = \"decoy\"");
                    continue;
                }
            };
            let of = row.id.as_ref().map_or_else(|| "the decoys".to_owned(), |id| format!("`{id}`"));
            for written in names {
                let notation: &String = self.at(written);
                for name in self.expand(notation) {
                    let pattern = find::spaced(&self.folding.fold_pattern(&name));
                    self.removals.by_pattern.entry(pattern).or_default().push(self.removals.names.len());
                    let of = of.clone();
                    self.removals.names.push(RemovedName { what, name, of, spot: self.here, used: false });
                }
            }
        }
    }

    /// Whether a user's file takes this name, of the built-in file that is being read, away.
    pub(super) fn is_name_removed(&mut self, what: What, pattern: &str, name: &str, written: Written) -> bool {
        if self.removals.names.is_empty() || self.is_own() {
            return false;
        }
        let Some(candidates) = self.removals.by_pattern.get(pattern) else { return false };
        for &candidate in candidates {
            let removed = &mut self.removals.names[candidate];
            let is_it = removed.what.map_or(matches!(what, What::Decoy(_)), |wanted| wanted == what);
            if is_it && (removed.name == name || !matches!(written, Written::Exactly(_))) {
                removed.used = true;
                return true;
            }
        }
        false
    }

    /// Whether any spelling of this name was taken away from its entry.
    pub(super) fn was_name_removed(&self, what: What, pattern: &str) -> bool {
        let candidates = self.removals.by_pattern.get(pattern).into_iter().flatten();
        candidates.map(|&at| &self.removals.names[at]).any(|removed| removed.used && removed.what == Some(what))
    }

    /// A removal of what is not there is a slip.
    pub(super) fn refuse_idle_removals(&mut self) {
        for removed in std::mem::take(&mut self.removals.names) {
            if !removed.used {
                let RemovedName { name, of, spot, .. } = &removed;
                self.fault_at(*spot, format!("`{name}` cannot be removed: no built-in file gives {of} this name"));
            }
            self.removals.names.push(removed);
        }
    }

    /// More names for an entry, and more that a commodity belongs to.
    pub(super) fn add_to_entry(&mut self, row: &AdditionRow) {
        let what = match self.one_entry(row.kind, &row.id) {
            Ok(what) => what,
            // A built-in addition to what a user has removed goes with it.
            Err(_) if !self.is_own() && EntryKind::ALL.iter().any(|&kind| self.is_removed(kind, &row.id)) => return,
            Err(message) => return self.fault(message),
        };
        let kind = what.kind();
        for list in row.lists().into_iter().filter(|list| list.words.iter().next().is_some()) {
            if Rule::of(kind, list.name).is_none() {
                let (kind, lists) = (kind.as_str(), Rule::lists_of(kind).join(", "));
                self.fault(format!("`{}` is a {kind}, which has no list `{}`; it has {lists}", row.id, list.name));
            }
        }
        self.add_lists(what, &row.lists());
        match what {
            What::Commodity(index) => {
                self.check_parents(&row.id, &row.parents);
                let entry = &mut self.commodities[index.0 as usize];
                entry.parents.extend(row.parents.iter().cloned());
                entry.critical_lists.extend(row.critical_lists.iter().cloned());
            }
            _ if !row.parents.is_empty() || !row.critical_lists.is_empty() => {
                self.fault(format!("`{}` is no commodity: parents and critical_lists are commodities'", row.id));
            }
            _ => {}
        }
    }

    /// The one entry of this id, or why there is none, in words.
    fn one_entry(&self, kind: Option<EntryKind>, id: &str) -> Result<What, String> {
        match self.entries_called(kind, id)[..] {
            [what] => Ok(what),
            [] if kind.is_some_and(|kind| Rule::lists_of(kind).is_empty()) => {
                Err(format!("a {} has no id: put the whole row into a file of yours", wanted(kind)))
            }
            [] => Err(format!("no {} has the id `{id}`", wanted(kind))),
            ref several => Err(ambiguous(id, &several.iter().map(|what| what.kind()).collect::<Vec<_>>())),
        }
    }
}

fn wanted(kind: Option<EntryKind>) -> &'static str {
    kind.map_or("commodity, place, organisation or person", EntryKind::as_str)
}

fn ambiguous(id: &str, kinds: &[EntryKind]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("kind = \"{}\"", kind.as_str())).collect();
    format!("several entries have the id `{id}`: say which, with {}", kinds.join(" or "))
}
