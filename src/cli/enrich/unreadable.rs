//! Lines that cannot be read: said on standard error, written to the dead letters.

use super::walk::Unreadable;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// More reports than this scroll the cause away.
const SHOWN: u64 = 20;

/// A dead letter of `enrich`: one JSON object a line.
#[derive(Serialize)]
struct DeadLetter<'a> {
    file: &'a str,
    line: u64,
    code: &'a str,
    message: &'a str,
    /// The line as it was, where it is UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    /// Else its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    value_base64: Option<String>,
}

impl<'a> DeadLetter<'a> {
    fn new(unreadable: &'a Unreadable) -> Self {
        let bytes = unreadable.line.as_deref();
        let value = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        Self {
            file: &unreadable.file,
            line: unreadable.number,
            code: unreadable.code,
            message: &unreadable.message,
            value,
            value_base64: if value.is_none() { bytes.map(|bytes| STANDARD.encode(bytes)) } else { None },
        }
    }
}

/// Counts and tells.
pub(super) struct Reports {
    dead_letters: Option<BufWriter<File>>,
    pub(super) count: u64,
}

impl Reports {
    /// `dead_letters` is created anew.
    pub(super) fn new(dead_letters: Option<&Path>) -> io::Result<Self> {
        let dead_letters = dead_letters.map(File::create).transpose()?.map(BufWriter::new);
        Ok(Self { dead_letters, count: 0 })
    }

    /// Tells of one; `say` writes a line for people.
    pub(super) fn add(&mut self, unreadable: &Unreadable, say: impl FnOnce(String)) -> io::Result<()> {
        self.count += 1;
        let Unreadable { file, number, code, message, .. } = unreadable;
        if self.count <= SHOWN {
            say(format!("{file}:{number}: {code}: {message}"));
        } else if self.count == SHOWN + 1 {
            say("further lines that cannot be read are only counted".to_owned());
        }
        if let Some(file) = &mut self.dead_letters {
            serde_json::to_writer(&mut *file, &DeadLetter::new(unreadable))?;
            file.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Everything is on disk.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.dead_letters.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}
