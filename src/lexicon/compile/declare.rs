//! First pass: every entry gets its index, so that rows may refer to rows of other files.

use super::Builder;
use super::parse::ParsedFile;
use super::rows::PlaceRow;
use crate::lexicon::{
    CommodityEntry, CommodityIndex, EntryKind, LeaderEntry, LeaderIndex, OrganisationEntry, OrganisationIndex,
    PlaceEntry, PlaceIndex, What,
};
use crate::vocabulary::PlaceType;

impl Builder<'_> {
    pub(super) fn declare(&mut self, file: &ParsedFile) {
        self.enter(file.number);
        self.declare_commodities(file);
        self.declare_places(file);
        self.declare_organisations(file);
        self.declare_leaders(file);
    }

    fn declare_commodities(&mut self, file: &ParsedFile) {
        for row in &file.rows.commodity {
            let row = self.at(row);
            let index = CommodityIndex(self.commodities.len() as u32);
            if !is_kebab_case(&row.id) {
                self.fault(format!("commodity id `{}` is not lower-case kebab-case", row.id));
            }
            self.declare_once(What::Commodity(index), &row.id);
            self.commodity_by_id.entry(row.id.clone()).or_insert(index);
            self.commodities.push(CommodityEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                symbol: row.symbol.clone(),
                parents: row.parents.clone(),
                critical_lists: row.critical_lists.clone(),
            });
        }
    }

    fn declare_places(&mut self, file: &ParsedFile) {
        for (kind, rows) in [
            (PlaceType::Country, &file.rows.country),
            (PlaceType::Region, &file.rows.region),
            (PlaceType::Subdivision, &file.rows.subdivision),
            (PlaceType::City, &file.rows.city),
        ] {
            for row in rows {
                let row = self.at(row);
                match self.place_by_id.get(&row.id) {
                    // A hand-kept row may add to a generated city.
                    Some(&known) if kind == PlaceType::City && self.places[known.0 as usize].kind == kind => {
                        self.places[known.0 as usize].mining |= row.mining;
                    }
                    _ => self.declare_place(row, kind),
                }
            }
        }
    }

    fn declare_place(&mut self, row: &PlaceRow, kind: PlaceType) {
        let index = PlaceIndex(self.places.len() as u32);
        let country = (kind == PlaceType::Country).then_some(index);
        self.declare_once(What::Place(index), &row.id);
        self.place_by_id.entry(row.id.clone()).or_insert(index);
        self.places.push(PlaceEntry { id: row.id.clone(), kind, name: row.name.clone(), country, mining: row.mining });
    }

    fn declare_organisations(&mut self, file: &ParsedFile) {
        for row in &file.rows.organisation {
            let row = self.at(row);
            let index = OrganisationIndex(self.organisations.len() as u32);
            self.declare_once(What::Organisation(index), &row.id);
            self.organisation_by_id.entry(row.id.clone()).or_insert(index);
            self.organisations.push(OrganisationEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                country: row.country.clone(),
                press: row.press,
            });
        }
    }

    fn declare_leaders(&mut self, file: &ParsedFile) {
        for row in &file.rows.leader {
            let row = self.at(row);
            let index = LeaderIndex(self.leaders.len() as u32);
            self.declare_once(What::Leader(index), &row.id);
            self.leader_by_id.entry(row.id.clone()).or_insert(index);
            self.leaders.push(LeaderEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                role: row.role.clone(),
                country: row.country.clone(),
            });
        }
    }

    /// Notes where an entry is declared; a second entry of its kind and id is a fault.
    fn declare_once(&mut self, what: What, id: &str) {
        self.spots.insert(what, self.here);
        let kind = what.kind();
        let Some(&first) = self.entries_called(Some(kind), id).first() else { return };
        let first = self.shown(self.spots[&first]);
        let kind = kind.as_str();
        self.fault(format!(
            "{kind} `{id}` is declared already, at {first}; [[addition]] adds names to it, [[removal]] takes a \
             built-in one away so that yours stands in its place"
        ));
    }

    /// The entries of this id, of one kind or of all.
    pub(super) fn entries_called(&self, kind: Option<EntryKind>, id: &str) -> Vec<What> {
        let entries = [
            self.commodity_by_id.get(id).map(|&index| What::Commodity(index)),
            self.place_by_id.get(id).map(|&index| What::Place(index)),
            self.organisation_by_id.get(id).map(|&index| What::Organisation(index)),
            self.leader_by_id.get(id).map(|&index| What::Leader(index)),
        ];
        entries.into_iter().flatten().filter(|entry| kind.is_none_or(|kind| entry.kind() == kind)).collect()
    }

    /// A commodity that rolls up to itself would never end.
    pub(super) fn refuse_cycles(&mut self) {
        for index in 0..self.commodities.len() {
            let mut path = vec![CommodityIndex(index as u32)];
            let mut at = 0;
            // all that it rolls up to, each once
            while let Some(CommodityIndex(next)) = path.get(at).copied() {
                for parent in &self.commodities[next as usize].parents {
                    let Some(&parent) = self.commodity_by_id.get(parent) else { continue };
                    if parent == path[0] {
                        let id = self.commodities[index].id.clone();
                        let by = self.commodities[next as usize].id.clone();
                        let spot = self.spots[&What::Commodity(parent)];
                        self.fault_at(spot, format!("commodity `{id}` is its own parent, by way of `{by}`"));
                        path.clear();
                        break;
                    }
                    if !path.contains(&parent) {
                        path.push(parent);
                    }
                }
                at += 1;
            }
        }
    }
}

fn is_kebab_case(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('-')
        && !id.ends_with('-')
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
