//! Files and standard input → chunks of lines, with bounded memory whatever the lines are like.

use std::io::{self, BufRead};
use std::ops::Range;
use std::sync::Arc;

/// Most bytes of lines in one chunk; one longer line (up to the limit for a record) is a chunk of its own.
const CHUNK_BYTES: usize = 256 << 10;

/// Lines that are walked together.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// The file's name, as shown to people.
    pub(super) file: Arc<str>,
    /// The bytes of all lines, one after the other, without line ends.
    bytes: Vec<u8>,
    /// Number and kind of each line that is not empty.
    lines: Vec<(u64, Line)>,
    /// Bytes read for it, line ends and empty lines included.
    pub(super) bytes_read: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Held(Range<usize>),
    /// Too long to be held: only its length is known.
    TooLong(u64),
}

/// One line, as the walk sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input<'a> {
    Held(&'a [u8]),
    TooLong(u64),
}

impl Chunk {
    /// Number and bytes of each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u64, Input<'_>)> {
        self.lines.iter().map(|(number, line)| match line {
            Line::Held(range) => (*number, Input::Held(self.bytes.get(range.clone()).unwrap_or_default())),
            Line::TooLong(length) => (*number, Input::TooLong(*length)),
        })
    }

    /// A whole input as one line: a raw page.
    pub(super) fn whole(file: Arc<str>, mut reader: impl BufRead, limit: usize) -> io::Result<Self> {
        let mut chunk = Self { file, ..Self::default() };
        let line = take(&mut reader, &mut chunk.bytes, limit, None)?;
        chunk.bytes_read = line.bytes_read;
        chunk.lines.push((1, line.line));
        Ok(chunk)
    }
}

/// The lines of one input, in chunks.
pub(super) struct Chunks<R> {
    file: Arc<str>,
    reader: io::BufReader<R>,
    limit: usize,
    number: u64,
}

impl<R: io::Read> Chunks<R> {
    /// `limit` is the length of the longest line that is held.
    pub(super) fn new(file: Arc<str>, reader: R, limit: usize) -> Self {
        Self { file, reader: io::BufReader::with_capacity(CHUNK_BYTES, reader), limit, number: 0 }
    }

    /// The next chunk: what has arrived, at least one line. It never waits for a second line while it has one, so that
    /// a slow writer at the other end of a pipe sees its articles come out as they go in. `None` at the end.
    pub(super) fn next_chunk(&mut self) -> io::Result<Option<Chunk>> {
        let mut chunk = Chunk { file: self.file.clone(), ..Chunk::default() };
        while chunk.bytes.len() < CHUNK_BYTES && (chunk.lines.is_empty() || !self.reader.buffer().is_empty()) {
            let start = chunk.bytes.len();
            let taken = take(&mut self.reader, &mut chunk.bytes, self.limit, Some(b'\n'))?;
            if taken.bytes_read == 0 {
                break;
            }
            self.number += 1;
            chunk.bytes_read += taken.bytes_read;
            let blank = matches!(&taken.line, Line::Held(range) if chunk.bytes[range.clone()].trim_ascii().is_empty());
            if blank {
                chunk.bytes.truncate(start);
            } else {
                chunk.lines.push((self.number, taken.line));
            }
        }
        Ok((chunk.bytes_read > 0).then_some(chunk))
    }
}

struct Taken {
    line: Line,
    /// Bytes taken from the reader, the delimiter included.
    bytes_read: u64,
}

/// Appends the bytes up to the delimiter (or the end), but never more than `limit`: what is longer is passed over, and
/// nothing of it stays.
fn take(reader: &mut impl BufRead, into: &mut Vec<u8>, limit: usize, delimiter: Option<u8>) -> io::Result<Taken> {
    let start = into.len();
    let mut length = 0_u64;
    let mut bytes_read = 0_u64;
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = delimiter.and_then(|delimiter| memchr::memchr(delimiter, available));
        let part = &available[..end.unwrap_or(available.len())];
        length += part.len() as u64;
        if length <= limit as u64 {
            into.extend_from_slice(part);
        } else {
            into.truncate(start);
        }
        let used = part.len() + usize::from(end.is_some());
        let finished = end.is_some() || used == 0;
        reader.consume(used);
        bytes_read += used as u64;
        if finished {
            let line = if length <= limit as u64 { Line::Held(start..into.len()) } else { Line::TooLong(length) };
            return Ok(Taken { line, bytes_read });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line of the input as (number, text or length), and the bytes read, with a reader that gives few bytes at a time.
    fn read(input: &[u8], limit: usize, step: usize) -> (Vec<(u64, String)>, u64) {
        struct Steps<'a>(&'a [u8], usize);
        impl io::Read for Steps<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.1.min(self.0.len()).min(buffer.len());
                let (now, later) = self.0.split_at(count);
                buffer[..count].copy_from_slice(now);
                self.0 = later;
                Ok(count)
            }
        }
        let mut chunks = Chunks::new("test".into(), Steps(input, step), limit);
        let (mut lines, mut bytes_read) = (Vec::new(), 0);
        while let Some(chunk) = chunks.next_chunk().unwrap() {
            bytes_read += chunk.bytes_read;
            lines.extend(chunk.lines().map(|(number, line)| match line {
                Input::Held(bytes) => (number, String::from_utf8(bytes.to_vec()).unwrap()),
                Input::TooLong(length) => (number, format!("too long: {length}")),
            }));
        }
        (lines, bytes_read)
    }

    #[test]
    fn lines_keep_their_numbers_and_bytes() {
        let cases: [(&str, &[(u64, &str)]); 7] = [
            ("", &[]),
            ("\n\n", &[]),
            ("a", &[(1, "a")]),
            ("a\nb\n", &[(1, "a"), (2, "b")]),
            ("a\n\n \t\r\nb", &[(1, "a"), (4, "b")]),
            ("a\r\nb\r\n", &[(1, "a\r"), (2, "b\r")]),
            ("12345\n123456789\n12345678\n", &[(1, "12345"), (2, "too long: 9"), (3, "12345678")]),
        ];
        for (input, expected) in cases {
            for step in [1, 3, 1_000] {
                let (lines, bytes_read) = read(input.as_bytes(), 8, step);
                let expected: Vec<_> = expected.iter().map(|(number, text)| (*number, (*text).to_owned())).collect();
                assert_eq!(lines, expected, "{input:?} in steps of {step}");
                assert_eq!(bytes_read, input.len() as u64, "{input:?}");
            }
        }
    }

    #[test]
    fn a_long_line_is_never_held() {
        let mut chunks = Chunks::new("test".into(), io::Read::take(io::repeat(b'x'), 20 << 20), 1_000);
        let chunk = chunks.next_chunk().unwrap().unwrap();
        assert_eq!(chunk.lines().collect::<Vec<_>>(), [(1, Input::TooLong(20 << 20))]);
        assert!(chunk.bytes.capacity() < 1 << 20, "{} bytes were held", chunk.bytes.capacity());
    }

    #[test]
    fn a_line_comes_out_before_the_next_arrives() {
        let input: &[u8] = b"first\n";
        // a reader that fails where a pipe would wait
        let reader = io::Read::chain(input, Fails);
        let mut chunks = Chunks::new("test".into(), reader, 100);
        assert_eq!(chunks.next_chunk().unwrap().unwrap().lines().count(), 1);
        assert!(chunks.next_chunk().is_err());
    }

    struct Fails;
    impl io::Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("nothing yet"))
        }
    }

    #[test]
    fn a_page_is_one_line() {
        let chunk = Chunk::whole("page".into(), &b"title\n\nbody\n"[..], 100).unwrap();
        assert_eq!(chunk.lines().collect::<Vec<_>>(), [(1, Input::Held(b"title\n\nbody\n"))]);
    }
}
