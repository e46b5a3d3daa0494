//! The lexicon's files, as text: those of the program, and those of a user laid over them.

use super::fault::{LexiconError, LexiconFault};
use crate::article::hex;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lexicon");

/// Paths relative to the lexicon's folder (with `/`) and what stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconFiles {
    built_in: BTreeMap<String, Cow<'static, str>>,
    own: BTreeMap<String, Cow<'static, str>>,
    directory: Option<PathBuf>,
}

/// One file.
#[derive(Clone, Copy, Debug)]
pub(super) struct LexiconFile<'f> {
    /// Relative to the lexicon's folder, with `/`.
    pub(super) path: &'f str,
    pub(super) text: &'f str,
    /// It is a user's.
    pub(super) own: bool,
}

/// Where something stands: a file by its number in [`LexiconFiles::iter`], and a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: u32,
    pub(super) at: u32,
}

impl LexiconFiles {
    /// The files that are built into the binary.
    pub fn embedded() -> Self {
        let mut files = Self::default();
        files.add_embedded(&EMBEDDED);
        files
    }

    /// Lays a user's directory over these: a file with the same relative path replaces, any other is added.
    ///
    /// # Errors
    /// Everything that cannot be read; a directory without any file of a lexicon, which is hardly the one that was
    /// meant.
    pub fn overlay(&mut self, directory: &Path) -> Result<(), LexiconError> {
        let mut faults = Vec::new();
        self.directory = Some(directory.to_owned());
        self.add_directory(directory, directory, &mut faults);
        if self.own.is_empty() && faults.is_empty() {
            let message =
                "holds no file of a lexicon (*.toml, *.tsv, *.txt); name the directory that your files are in";
            faults.push(LexiconFault {
                file: directory.display().to_string(),
                line: None,
                message: message.to_owned(),
            });
        }
        if faults.is_empty() { Ok(()) } else { Err(LexiconError::new(faults)) }
    }

    /// Lays one file of a user's over these.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.own.insert(path.into(), Cow::Owned(text.into()));
    }

    /// Twelve hexadecimal digits of the SHA-256 of all paths and texts.
    pub fn version(&self) -> String {
        let files: BTreeMap<&str, &str> = self.iter().map(|file| (file.path, file.text)).collect();
        let mut hash = Sha256::new();
        for part in files.into_iter().flat_map(|(path, text)| [path, text]) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hex(&hash.finalize()[..6])
    }

    /// How many files are a user's.
    pub fn own_count(&self) -> usize {
        self.own.len()
    }

    /// The files that count, the program's first, so that a user's can speak of what those say.
    pub(super) fn iter(&self) -> impl Iterator<Item = LexiconFile<'_>> {
        let built_in = self.built_in.iter().filter(|(path, _)| !self.own.contains_key(*path)).map(|file| (file, false));
        let own = self.own.iter().map(|file| (file, true));
        built_in.chain(own).map(|((path, text), own)| LexiconFile { path, text, own })
    }

    /// The text of a file, if there is one.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.own.get(path).or_else(|| self.built_in.get(path)).map(AsRef::as_ref)
    }

    /// The program's files that a user's replace: path, the program's text, the user's.
    pub(super) fn replaced(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.own.iter().filter_map(|(path, own)| Some((path.as_str(), self.built_in.get(path)?.as_ref(), own.as_ref())))
    }

    /// How a file is named to its owner: a user's by where it lies, the program's by its path in the lexicon.
    pub(super) fn shown(&self, path: &str) -> String {
        match self.directory.as_ref().filter(|_| self.own.contains_key(path)) {
            Some(directory) => directory.join(path).display().to_string(),
            None => path.to_owned(),
        }
    }

    fn add_embedded(&mut self, directory: &'static Dir<'static>) {
        for file in directory.files().filter(|file| is_data(file.path())) {
            let text = file.contents_utf8().unwrap_or_default();
            self.built_in.insert(relative(file.path()), Cow::Borrowed(text));
        }
        for inner in directory.dirs() {
            self.add_embedded(inner);
        }
    }

    fn add_directory(&mut self, root: &Path, directory: &Path, faults: &mut Vec<LexiconFault>) {
        let mut unreadable = |path: &Path, error: &std::io::Error| {
            let message = format!("cannot be read: {error}");
            faults.push(LexiconFault { file: path.display().to_string(), line: None, message });
        };
        let entries = match std::fs::read_dir(directory).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return unreadable(directory, &error),
        };
        let mut inner = Vec::new();
        // Hidden names are editors' and Kubernetes' own: a mounted ConfigMap holds each file once more under `..data`.
        for entry in entries.iter().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap_or(&path);
            if path.is_dir() {
                inner.push(path);
            } else if is_data(name) {
                match std::fs::read_to_string(&path) {
                    Ok(text) => self.add(relative(name), text.trim_start_matches('\u{feff}')),
                    Err(error) => unreadable(&path, &error),
                }
            }
        }
        inner.iter().for_each(|inner| self.add_directory(root, inner, faults));
    }
}

/// Documentation and generators lie beside the data, and are no data.
fn is_data(path: &Path) -> bool {
    let of_generator = path.components().any(|part| part.as_os_str() == "generate");
    !of_generator && matches!(path.extension().and_then(|extension| extension.to_str()), Some("toml" | "tsv" | "txt"))
}

fn relative(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
