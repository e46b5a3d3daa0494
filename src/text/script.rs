//! The scripts that languages are told by.

/// A script, or a group of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Chinese characters; Japanese too.
    Han,
    /// Hiragana and katakana.
    Kana,
    Latin,
    Hangul,
    Cyrillic,
    Arabic,
    Other,
}

/// How many scripts there are.
pub(super) const SCRIPTS: usize = Script::Other as usize + 1;

impl Script {
    /// The script of a word, by its first character.
    pub(super) fn of_word(word: &str) -> Self {
        // Most words by far: not worth decoding.
        if word.as_bytes().first().is_none_or(u8::is_ascii) {
            return Self::Latin;
        }
        match word.chars().next().unwrap_or(' ') {
            '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}' => Self::Latin,
            '\u{400}'..='\u{52F}' => Self::Cyrillic,
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                Self::Arabic
            }
            '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}' => Self::Kana,
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FF}' => {
                Self::Hangul
            }
            _ => Self::Other,
        }
    }

    /// About how many letters so many bytes are; a Chinese character, a kana and a syllable of Hangul count as two.
    pub(super) fn letters(self, bytes: u32) -> u32 {
        match self {
            Self::Latin => bytes,
            Self::Han | Self::Kana | Self::Hangul => bytes * 2 / 3,
            Self::Cyrillic | Self::Arabic | Self::Other => bytes / 2,
        }
    }
}
