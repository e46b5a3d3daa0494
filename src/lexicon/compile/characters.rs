//! Chinese one-character names of countries: read beside the words that make them countries, barred inside others.

use super::Builder;
use super::naming::Spelling;
use super::rows::SingleCharacters;
use crate::lexicon::{PlaceIndex, Reading, Scope, Trust, What, Written};
use crate::vocabulary::Form;
use rustc_hash::FxHashMap;

impl Builder<'_> {
    pub(super) fn name_single_characters(&mut self, file_name: &str, row: &SingleCharacters) {
        self.file = file_name.to_owned();
        let mut places_of: FxHashMap<char, Vec<PlaceIndex>> = FxHashMap::default();
        for (character, code) in &row.characters {
            let codes = row.ambiguous.get(character).map_or(std::slice::from_ref(code), Vec::as_slice);
            let places: Option<Vec<PlaceIndex>> =
                codes.iter().map(|code| self.place_by_id.get(code).copied()).collect();
            match (places, character.chars().next()) {
                (Some(places), Some(c)) if character.chars().count() == 1 => _ = places_of.insert(c, places),
                _ => self.fault(format!("`{character}` = {codes:?} is not one character and places")),
            }
        }
        for (&character, places) in &places_of {
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
        row.pairs.iter().for_each(|pair| self.name_pair(pair, &places_of, row.pair_readings.get(pair)));
        for word in &row.not {
            self.add_names([word], What::Bar, Form::Name, Spelling::Any, Trust::Always);
        }
    }

    /// 中美 is two countries; where a pair means others than its characters do elsewhere, `meant` says which.
    fn name_pair(&mut self, pair: &str, places_of: &FxHashMap<char, Vec<PlaceIndex>>, meant: Option<&Vec<String>>) {
        let meant: Vec<PlaceIndex> =
            match meant.map(|ids| ids.iter().map(|id| self.place_by_id.get(id).copied()).collect()) {
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
            let default = &places_of[&character];
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
            self.add(self.folding.fold_pattern(pattern), reading);
        }
    }
}
