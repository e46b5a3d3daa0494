//! A set of hashes, of which only the smallest are kept: enough to tell how much two sets have in common.

use serde::{Deserialize, Serialize};

/// A bottom-k sketch: the size of a set of hashes, and the smallest of them, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sketch {
    size: u32,
    #[serde(with = "gaps")]
    smallest: Box<[u32]>,
}

/// What two sets have in common, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Overlap {
    /// Common part of all that is in either.
    pub(super) resemblance: f64,
    /// Common part of the smaller one.
    pub(super) containment: f64,
}

impl Sketch {
    /// The sketch of a set, given in any order and with repetitions; `keep` of the hashes are kept.
    pub(super) fn new(mut hashes: Vec<u32>, keep: usize) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let size = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
        hashes.truncate(keep);
        Self { size, smallest: hashes.into() }
    }

    /// How many different hashes the set has.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// The smallest hashes, in order.
    pub(super) fn smallest(&self) -> &[u32] {
        &self.smallest
    }

    /// What this set has in common with another, `keep` being what both were made with. Exact where both are kept whole.
    pub(super) fn overlap(&self, other: &Self, keep: usize) -> Overlap {
        let (mut left, mut right) = (self.smallest.iter().peekable(), other.smallest.iter().peekable());
        let (mut common, mut seen) = (0_u32, 0_u32);
        // The smallest hashes of the union are known as far as the longer sketch reaches, and no further.
        while (seen as usize) < keep {
            match (left.peek(), right.peek()) {
                (Some(one), Some(two)) => match one.cmp(two) {
                    std::cmp::Ordering::Less => _ = left.next(),
                    std::cmp::Ordering::Greater => _ = right.next(),
                    std::cmp::Ordering::Equal => {
                        common += 1;
                        left.next();
                        right.next();
                    }
                },
                (Some(_), None) => _ = left.next(),
                (None, Some(_)) => _ = right.next(),
                (None, None) => break,
            }
            seen += 1;
        }
        let resemblance = if seen == 0 { 0.0 } else { f64::from(common) / f64::from(seen) };
        let shared = resemblance / (1.0 + resemblance) * (f64::from(self.size) + f64::from(other.size));
        let smaller = f64::from(self.size.min(other.size));
        let containment = if smaller == 0.0 { 0.0 } else { (shared / smaller).min(1.0) };
        Overlap { resemblance, containment }
    }
}

/// Ascending numbers as the gaps between them: in a format with numbers of variable length this saves a fifth.
mod gaps {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(ascending: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let mut before = 0;
        serializer
            .collect_seq(ascending.iter().map(|&number| number.wrapping_sub(std::mem::replace(&mut before, number))))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<[u32]>, D::Error> {
        let mut numbers = Vec::<u32>::deserialize(deserializer)?;
        let mut sum = 0_u32;
        for number in &mut numbers {
            sum = sum.wrapping_add(*number);
            *number = sum;
        }
        Ok(numbers.into())
    }
}
