//! What is wrong with a configuration, in words.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is written: a file, an environment variable, a flag. Empty for what no place alone is to blame for.
    pub place: String,
    /// The key, with its table: `stream.linger`. Empty when the place as a whole cannot be read.
    pub key: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.place, &self.key] {
            if !part.is_empty() {
                write!(formatter, "{part}: ")?;
            }
        }
        formatter.write_str(&self.message)
    }
}

/// Everything that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one.
    pub fn add(&mut self, place: impl Into<String>, key: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault { place: place.into(), key: key.into(), message: message.into() });
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each one.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// By place and key; twice the same is once too often.
    pub(super) fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => formatter.write_str("the configuration has a fault:")?,
            count => write!(formatter, "the configuration has {count} faults:")?,
        }
        for fault in &self.0 {
            // a message of several lines stays below its own bullet
            write!(formatter, "\n  - {}", fault.to_string().replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The known name that was probably meant.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_'], ".");
    let name = plain(name);
    let distance = |known: &str| strsim::damerau_levenshtein(&name, &plain(known));
    let (distance, best) = known.into_iter().map(|known| (distance(known), known)).min()?;
    // a third of the letters may differ: more would be guessing
    (distance <= (best.len() / 3).max(1)).then_some(best)
}

/// `unknown key`, with the nearest one or all that there are.
pub(super) fn unknown_key(key: &str, known: &[&str]) -> String {
    match nearest(key, known.iter().copied()) {
        Some(near) => format!("unknown key; did you mean `{near}`?"),
        None => format!("unknown key; there are {}", known.join(", ")),
    }
}
