//! Cues with a gap: `signed … agreement`. A word may be a half of a hundred of them; it is read as all of these at once.

use super::entries::What;
use super::find::Entry;
use super::senses::CueClass;

/// The cues with a gap that a word is a half of.
#[derive(Clone, Debug, Default)]
pub struct Halves {
    opens: Vec<(u32, CueClass)>,
    /// In order.
    closes: Vec<u32>,
    /// A bit for each cue that the word opens, and for each that it closes, of which many share one.
    bits: (u64, u64),
}

impl Halves {
    /// Cues that begin with the word: their numbers and what they say.
    pub fn opens(&self) -> &[(u32, CueClass)] {
        &self.opens
    }

    /// Whether a cue may begin with this word and end with the other; few pairs of words are so.
    pub fn may_meet(&self, tail: &Self) -> bool {
        self.bits.0 & tail.bits.1 != 0
    }

    /// Whether any cue ends with the word.
    pub fn closes_any(&self) -> bool {
        !self.closes.is_empty()
    }

    /// Whether the cue of this number ends with the word.
    pub fn closes(&self, cue: u32) -> bool {
        self.bits.1 & 1 << (cue % 64) != 0 && self.closes.binary_search(&cue).is_ok()
    }
}

/// Puts one reading in the place of all the halves that a pattern is read as.
pub(super) fn gather(patterns: &mut [Entry]) -> Vec<Halves> {
    let mut all = Vec::new();
    for (_, readings) in patterns {
        let mut halves = Halves::default();
        readings.retain_mut(|reading| {
            let is_first = halves.opens.is_empty() && halves.closes.is_empty();
            match reading.what {
                What::CueHead(cue, class) => {
                    halves.opens.push((cue, class));
                    halves.bits.0 |= 1 << (cue % 64);
                }
                What::CueTail(cue) => {
                    halves.closes.push(cue);
                    halves.bits.1 |= 1 << (cue % 64);
                }
                _ => return true,
            }
            reading.what = What::CueHalves(all.len() as u32);
            is_first
        });
        if !(halves.opens.is_empty() && halves.closes.is_empty()) {
            halves.closes.sort_unstable();
            all.push(halves);
        }
    }
    all
}
