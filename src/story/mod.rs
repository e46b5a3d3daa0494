//! Is this a story that was told before? One agency's report comes in from many sites: with another headline, cut short,
//! with a site's own words around it. Counted by articles, such a story is news ten times; counted by stories, once.
//!
//! *In:* a [`Document`](crate::text::Document), and which of its sentences are the site's own words ([`Fingerprint::new`]); the
//! fingerprints of the articles before ([`StoryIndex`]).
//! *Out:* the [`StoryId`] of the story that the article tells again, if it does.
//! *Guaranteed:* the same text gives the same fingerprint, on any machine and in any version of the same schema; the id of a
//! story is made from the text of the article that founded it, so that copies to the letter have the same id wherever they are
//! read; a look-up takes bounded time whatever is in the index; what the index answers depends only on what is in it, not on
//! how it came there.
//!
//! The method is *resemblance and containment* by bottom-k sketches (Broder, "On the resemblance and containment of documents",
//! 1997): a text is the set of its shingles (every three words in a row; every five characters of Chinese), each shingle
//! a hash, and the smallest 48 hashes stand for all. From two such sketches follows how much of the shorter text is in the
//! longer one. It is exact for short texts, where MinHash with its many hash functions is poorest, and needs one hash
//! function. Candidates are found by the eight smallest hashes, each a band of its own: of two texts that share
//! half of their shingles, 1 pair in 256 is missed.
//!
//! A daily market report has the words of the day before, and other figures: it is another story. So the figures of
//! a text have a sketch of their own, and they too must be the same for the most part.

mod fingerprint;
mod index;
mod sketch;

#[cfg(test)]
mod tests;

pub use fingerprint::Fingerprint;
pub use index::{Founder, StoryIndex};

use std::fmt;

/// A story's name: the hash of its founder's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct StoryId(u64);

impl fmt::Display for StoryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}
