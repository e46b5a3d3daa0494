//! Chinese one-character names of countries: read beside the words that make them countries, barred inside others.

use super::Builder;
use super::lists::Rule;
use super::rows::SingleCharacters;
use crate::lexicon::files::Spot;
use crate::lexicon::survey::Listed;
use crate::lexicon::{EntryKind, PlaceIndex, Reading, Scope, Trust, What, Written};
use crate::vocabulary::Form;
use rustc_hash::FxHashMap;

impl Builder<'_> {
    pub(super) fn name_single_characters(&mut self, row: &SingleCharacters) {
        let mut places_of: FxHashMap<char, (Spot, Vec<PlaceIndex>)> = FxHashMap::default();
        for (character, code) in &row.characters {
            let code = self.at(code);
            let codes = row.ambiguous.get(character).map_or(std::slice::from_ref(code), Vec::as_slice);
            let places = self.places_called(codes);
            match (places, character.chars().next()) {
                (Some(places), Some(c)) if character.chars().count() == 1 => {
                    _ = places_of.insert(c, (self.here, places));
                }
                _ => self.fault(format!("`{character}` = {codes:?} is not one character and places")),
            }
        }
        places_of.retain(|_, (_, places)| !places.is_empty());
        for (&character, (spot, places)) in &places_of {
            self.here = *spot;
            if row.only_in_pairs.iter().any(|only| only.starts_with(character)) {
                continue;
            }
            let width = character.len_utf8() as u8;
            for before in &row.before {
                let start = before.len() as u8;
                self.add_character(&format!("{before}{character}"), places, (start, start + width));
            }
            for after in &row.after {
                self.add_character(&format!("{character}{after}"), places, (0, width));
            }
        }
        for pair in &row.pairs {
            let pair = self.at(pair);
            self.name_pair(pair, &places_of, row.pair_readings.get(pair));
        }
        self.add_names(What::Bar, Rule::PLAIN, "not", row.not.iter().map(|word| ("zh", word)));
    }

    /// The places of these ids, without those that a user has removed; none when there is no such place.
    fn places_called(&self, ids: &[String]) -> Option<Vec<PlaceIndex>> {
        let known = ids.iter().filter(|id| !self.is_removed(EntryKind::Place, id));
        known.map(|id| self.place_by_id.get(id).copied()).collect()
    }

    /// 中美 is two countries; where a pair means others than its characters do elsewhere, `meant` says which.
    fn name_pair(
        &mut self,
        pair: &str,
        places_of: &FxHashMap<char, (Spot, Vec<PlaceIndex>)>,
        meant: Option<&Vec<String>>,
    ) {
        let meant = match meant.map(|ids| self.places_called(ids)) {
            Some(Some(places)) => places,
            Some(None) => return self.fault(format!("the reading of the pair `{pair}` names no place")),
            None => Vec::new(),
        };
        if let [place] = meant[..] {
            return self.add_character(pair, &[place], (0, pair.len() as u8));
        }
        let parts: Vec<(usize, char)> = pair.char_indices().filter(|(_, c)| places_of.contains_key(c)).collect();
        for (number, &(start, character)) in parts.iter().enumerate() {
            let part = (start as u8, (start + character.len_utf8()) as u8);
            let (_, default) = &places_of[&character];
            match meant.len() == parts.len() {
                true => self.add_character(pair, &meant[number..=number], part),
                // 印尼中: the names of more than one character are read by themselves.
                false if !meant.is_empty() => {
                    let own: Vec<PlaceIndex> =
                        default.iter().copied().filter(|place| default.len() == 1 && meant.contains(place)).collect();
                    if !own.is_empty() {
                        self.add_character(pair, &own, part);
                    }
                }
                false => self.add_character(pair, default, part),
            }
        }
    }

    fn add_character(&mut self, pattern: &str, places: &[PlaceIndex], part: (u8, u8)) {
        let trust = if places.len() > 1 { Trust::CharacterIfNamed } else { Trust::Character };
        for &place in places {
            let what = What::Place(place);
            let (form, written, scope) = (Form::Abbreviation, Written::Any, Scope::Everywhere);
            let reading = Reading { what, form, written, trust, scope, sense: None, part };
            let listed = Listed { list: "single_characters", language: "zh", name: pattern };
            self.add(self.folding.fold_pattern(pattern), reading, listed);
        }
    }
}
