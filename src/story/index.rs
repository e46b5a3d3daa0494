//! The stories that were founded lately, and the way from a text to the one that it tells again.

use super::{Fingerprint, StoryId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::VecDeque;
use std::time::Duration;

/// Candidates are found by so many of the smallest hashes of a text.
const BANDS: usize = 8;
/// Of the texts that share a hash, so many are looked at, the latest first: a phrase that every text has must not cost more.
const MOST_LOOKED_AT: usize = 32;

/// The founders of stories, in the order in which they were added. A queue: added at one end, forgotten at the other, and the
/// last can be taken back. Who forgets when is the owner's affair, as only he knows what else hangs on it.
#[derive(Debug)]
pub struct StoryIndex {
    /// A story is told again only by an article that was published within so many seconds of its founder.
    window: u64,
    founders: VecDeque<Founder>,
    /// The number of the first founder; numbers go round.
    first: u32,
    /// Hash → numbers of founders, ascending. The keys are bands (32 bits) and exact hashes (64 bits).
    places: FxHashMap<u64, SmallVec<[u32; 4]>>,
}

/// An article that was the first to tell its story.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Founder {
    /// What its text looks like.
    pub fingerprint: Fingerprint,
    /// When it was published, in seconds since 1970, where that is known.
    pub published: Option<i64>,
}

impl StoryIndex {
    /// An empty index. A story is told again only by articles published within `window` of its founder, before or after.
    pub fn new(window: Duration) -> Self {
        Self { window: window.as_secs(), founders: VecDeque::new(), first: 0, places: FxHashMap::default() }
    }

    /// How many stories it holds.
    pub fn len(&self) -> usize {
        self.founders.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.founders.is_empty()
    }

    /// The story that an article tells again: the one whose founder has most in common with it; of several the earliest.
    /// `published` is in seconds since 1970; an article without a time may tell any story.
    pub fn find(&self, fingerprint: &Fingerprint, published: Option<i64>) -> Option<StoryId> {
        let copy = self.candidates(fingerprint.story().0).find(|(_, founder)| {
            founder.fingerprint.is_copy_of(fingerprint) && self.is_near(founder.published, published)
        });
        if copy.is_some() {
            return Some(fingerprint.story());
        }
        let mut numbers: SmallVec<[u32; 32]> = SmallVec::new();
        for &band in fingerprint.bands(BANDS) {
            numbers.extend(self.candidates(u64::from(band)).map(|(number, _)| number.wrapping_sub(self.first)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut best: Option<(f64, StoryId)> = None;
        for founder in numbers.iter().filter_map(|&place| self.founders.get(place as usize)) {
            if !self.is_near(founder.published, published) {
                continue;
            }
            if let Some(common) = founder.fingerprint.same_story(fingerprint)
                && best.is_none_or(|(most, _)| common > most)
            {
                best = Some((common, founder.fingerprint.story()));
            }
        }
        best.map(|(_, story)| story)
    }

    /// Adds the founder of a story.
    pub fn push(&mut self, founder: Founder) {
        let number = self.first.wrapping_add(self.founders.len() as u32);
        for key in keys(&founder.fingerprint) {
            self.places.entry(key).or_default().push(number);
        }
        self.founders.push_back(founder);
    }

    /// The founders that were added last, so many of them, in order.
    pub fn newest(&self, count: usize) -> impl Iterator<Item = &Founder> {
        self.founders.iter().skip(self.founders.len().saturating_sub(count))
    }

    /// Forgets the founder that has been there for longest.
    pub fn pop_oldest(&mut self) {
        if let Some(founder) = self.founders.pop_front() {
            self.forget(&founder.fingerprint, self.first);
            self.first = self.first.wrapping_add(1);
        }
    }

    /// Takes back the founder that was added last.
    pub fn pop_newest(&mut self) {
        if let Some(founder) = self.founders.pop_back() {
            self.forget(&founder.fingerprint, self.first.wrapping_add(self.founders.len() as u32));
        }
    }

    /// The founders that share a hash, latest first.
    fn candidates(&self, key: u64) -> impl Iterator<Item = (u32, &Founder)> {
        let numbers = self.places.get(&key).map_or(&[][..], |numbers| numbers);
        let founder = |&number: &u32| Some((number, self.founders.get(number.wrapping_sub(self.first) as usize)?));
        numbers.iter().rev().take(MOST_LOOKED_AT).filter_map(founder)
    }

    fn is_near(&self, founder: Option<i64>, article: Option<i64>) -> bool {
        founder.zip(article).is_none_or(|(founder, article)| founder.abs_diff(article) <= self.window)
    }

    fn forget(&mut self, fingerprint: &Fingerprint, number: u32) {
        for key in keys(fingerprint) {
            if let Some(numbers) = self.places.get_mut(&key) {
                numbers.retain(|other| *other != number);
                if numbers.is_empty() {
                    self.places.remove(&key);
                }
            }
        }
    }
}

fn keys(fingerprint: &Fingerprint) -> impl Iterator<Item = u64> {
    let bands = fingerprint.bands(BANDS).iter().map(|&band| u64::from(band));
    std::iter::once(fingerprint.story().0).chain(bands)
}
