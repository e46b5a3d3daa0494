//! Bytes → characters: the event counts Unicode scalar values, the walk counts bytes.

use super::Span;
use super::characters::{begins_character, sum};

/// Bytes between two checkpoints: 4 bytes of memory per 64 of text, and at most 63 bytes to count at a look-up.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into counts of Unicode scalar values, in any order of asking.
#[derive(Clone, Debug)]
pub struct CharOffsets<'a> {
    bytes: &'a [u8],
    /// Characters before each multiple of [`STRIDE`]; empty where the text is ASCII, since nothing is to be counted then.
    checkpoints: Vec<u32>,
}

impl<'a> CharOffsets<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            return Self { bytes, checkpoints: Vec::new() };
        }
        let mut checkpoints = Vec::with_capacity(bytes.len() / STRIDE + 2);
        let mut before = 0;
        for block in bytes.chunks(STRIDE) {
            checkpoints.push(before);
            before += count(block);
        }
        checkpoints.push(before);
        Self { bytes, checkpoints }
    }

    /// How many characters begin before byte `offset`; an offset past the end counts as the end.
    pub fn char_offset(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.bytes.len());
        let block = offset / STRIDE;
        match self.checkpoints.get(block) {
            Some(before) => before + count(&self.bytes[block * STRIDE..offset]),
            None => offset as u32,
        }
    }

    /// A span's start and end in characters.
    pub fn char_range(&self, span: Span) -> (u32, u32) {
        (self.char_offset(span.start), self.char_offset(span.end))
    }
}

/// How many characters begin in these bytes.
fn count(bytes: &[u8]) -> u32 {
    sum(bytes, |byte| u8::from(begins_character(byte))) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_as_chars_does(text in "(?s)(.{0,20}|[a-z]{0,300}|[稀土😀é]{0,300}){0,6}") {
            let offsets = CharOffsets::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.char_offset(byte as u32), chars as u32);
            }
            prop_assert_eq!(offsets.char_offset(text.len() as u32), text.chars().count() as u32);
            prop_assert_eq!(offsets.char_offset(u32::MAX), text.chars().count() as u32);
        }
    }

    #[test]
    fn a_range_counts_characters() {
        let text = "卖稀土矿 now";
        assert_eq!(CharOffsets::new(text).char_range(Span { start: 3, end: 9 }), (1, 3));
    }
}
