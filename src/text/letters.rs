//! How a word is written, by its letters.

use super::Case;
use super::characters::Class;

/// How the letters of a word are written, counted while it is read.
#[derive(Default)]
pub(super) struct Letters {
    upper: u32,
    /// All others, those without case among them.
    pub(super) lower: u32,
    first_upper: bool,
}

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let mut letters = Self::default();
        word.chars().map(Class::of).filter(|class| class.is_letter()).for_each(|class| letters.add(class));
        letters
    }

    pub(super) fn add(&mut self, class: Class) {
        if class == Class::Upper {
            self.first_upper |= self.count() == 0;
            self.upper += 1;
        } else {
            self.lower += 1;
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.upper + self.lower
    }

    pub(super) fn case(&self) -> Case {
        match self {
            Self { upper: 0, .. } => Case::Lower,
            Self { lower: 0, .. } => Case::Upper,
            Self { upper: 1, first_upper: true, .. } => Case::Title,
            _ => Case::Mixed,
        }
    }
}
