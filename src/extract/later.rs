//! Later mentions in Chinese text: what an article has called by its full name, it calls by a part of it from then on.

use super::At;
use super::scan::Scan;
use crate::lexicon::is_common_han;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Bytes of a Han character.
const HAN: usize = 3;
/// Most names that are looked for behind the same first characters.
const MOST_ALIKE: usize = 8;

/// Names by their first two characters, to be looked for at every character of an article.
pub(super) struct Later<'d> {
    /// A bit for each first character, of which many share one: most characters of a text begin no name.
    firsts: u64,
    by_head: FxHashMap<&'d str, Vec<(&'d str, usize)>>,
}

impl<'d> Later<'d> {
    /// Takes names of two or more Han characters; the number is the owner's.
    pub(super) fn new(names: impl Iterator<Item = (&'d str, usize)>) -> Self {
        let mut firsts = 0;
        let mut by_head: FxHashMap<&str, Vec<(&str, usize)>> = FxHashMap::default();
        for (name, owner) in names {
            let Some(head) = head(name) else { continue };
            firsts |= head.chars().next().map_or(0, bit);
            let alike = by_head.entry(head).or_default();
            if alike.len() < MOST_ALIKE && !alike.iter().any(|(known, _)| *known == name) {
                alike.push((name, owner));
            }
        }
        Self { firsts, by_head }
    }

    /// Calls back with every place at which a name begins, the name and its owner.
    pub(super) fn each_start(&self, scan: &Scan<'d>, mut found: impl FnMut(At, &'d str, usize)) {
        if self.by_head.is_empty() {
            return;
        }
        for sentence in 0..scan.sentences.len() as u32 {
            let at = scan.sentence_at(sentence);
            let text = scan.text(at);
            for (offset, bytes) in text.as_bytes().windows(HAN).enumerate() {
                // The last byte of a character of three has its last six bits.
                if !matches!(bytes[0], 0xE0..=0xEF) || self.firsts & 1 << (bytes[2] % 64) == 0 {
                    continue;
                }
                let Some(alike) = head(&text[offset..]).and_then(|head| self.by_head.get(head)) else { continue };
                for &(name, owner) in alike {
                    found(
                        At { span: Span { start: at.span.start + offset as u32, end: at.span.end }, ..at },
                        name,
                        owner,
                    );
                }
            }
        }
    }
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

/// The first two characters, where both are Han.
fn head(text: &str) -> Option<&str> {
    text.get(..2 * HAN)
        .filter(|head| head.chars().all(|c| is_common_han(c) || c.len_utf8() == HAN && c.is_alphabetic()))
}

/// How many bytes two texts have in common from their start, in whole characters.
pub(super) fn common_length(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}
