//! Ids that occur in thousands of buckets, each held once.

use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The names seen so far. As many as the lexicon has, at most.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashSet<Arc<str>>);

impl Names {
    /// The one copy of a name.
    pub(super) fn get(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let new: Arc<str> = name.into();
        self.0.insert(new.clone());
        new
    }
}
