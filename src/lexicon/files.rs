//! The lexicon's files, as text: where they come from is nobody's business after this.

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lexicon");

/// Paths relative to the lexicon's folder (with `/`) and their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconFiles {
    /// Path → content.
    pub files: BTreeMap<String, String>,
}

impl LexiconFiles {
    /// The files that are built into the binary.
    pub fn embedded() -> Self {
        let mut files = Self::default();
        files.add_embedded(&EMBEDDED);
        files
    }

    /// Lays the files of a directory over these: a file with the same relative path replaces, any other is added.
    ///
    /// # Errors
    /// What the file system says, with the path that it says it of.
    pub fn overlay(&mut self, directory: &Path) -> std::io::Result<()> {
        self.add_directory(directory, directory)
    }

    /// Twelve hexadecimal digits of the SHA-256 of all paths and texts.
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.files {
            for part in [path, text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    fn add_embedded(&mut self, directory: &Dir<'_>) {
        for file in directory.files().filter(|file| is_data(file.path())) {
            let text = file.contents_utf8().unwrap_or_default();
            self.files.insert(relative(file.path()), text.to_owned());
        }
        for inner in directory.dirs() {
            self.add_embedded(inner);
        }
    }

    fn add_directory(&mut self, root: &Path, directory: &Path) -> std::io::Result<()> {
        let at = |path: &Path, error: std::io::Error| {
            std::io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
        };
        for entry in std::fs::read_dir(directory).map_err(|error| at(directory, error))? {
            let path = entry.map_err(|error| at(directory, error))?.path();
            if path.is_dir() {
                self.add_directory(root, &path)?;
                continue;
            }
            let name = path.strip_prefix(root).unwrap_or(&path);
            if is_data(name) {
                let text = std::fs::read_to_string(&path).map_err(|error| at(&path, error))?;
                self.files.insert(relative(name), text);
            }
        }
        Ok(())
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
