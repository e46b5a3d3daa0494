//! What kind of character stands where: one table look-up for ASCII, ranges for the rest.

/// A character's part in a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// White space.
    Space,
    /// An upper-case letter.
    Upper,
    /// A lower-case letter.
    Lower,
    /// A letter of a script without case.
    Letter,
    /// Hiragana, katakana.
    Kana,
    /// Korean.
    Hangul,
    /// A decimal digit.
    Digit,
    /// `½`: a number in itself.
    Fraction,
    /// `²`
    Superscript,
    /// `₂`
    Subscript,
    /// A Chinese character.
    Han,
    /// Combines with the character before it.
    Mark,
    /// Takes no room: soft hyphens, zero-width and directional characters, variation selectors.
    Invisible,
    /// Punctuation, symbols, the unassigned.
    Other,
}

use Class::{
    Digit, Fraction, Han, Hangul, Invisible, Kana, Letter, Lower, Mark, Other, Space, Subscript, Superscript, Upper,
};

const ASCII: [Class; 128] = {
    let mut table = [Other; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' => Lower,
            b'A'..=b'Z' => Upper,
            b'0'..=b'9' => Digit,
            b' ' | b'\t'..=b'\r' => Space,
            _ => Other,
        };
        byte += 1;
    }
    table
};

impl Class {
    pub(super) fn of(c: char) -> Self {
        match ASCII.get(c as usize) {
            Some(&class) => class,
            None => beyond_ascii(c),
        }
    }

    /// Whether the character can begin a word.
    pub(super) fn is_letter(self) -> bool {
        matches!(self, Upper | Lower | Letter | Kana | Hangul)
    }
}

/// The class of an ASCII byte; [`Class::Other`] for a byte of a longer character.
pub(super) fn ascii_class(byte: u8) -> Class {
    ASCII.get(byte as usize).copied().unwrap_or(Other)
}

/// How many of the first bytes are of a kind.
pub(super) fn run_length(bytes: &[u8], of_the_kind: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| !of_the_kind(byte)).unwrap_or(bytes.len())
}

/// The sum of a small number, at most 3, for each of the bytes.
pub(super) fn sum(bytes: &[u8], of: impl Fn(u8) -> u8) -> usize {
    // By blocks whose sum a byte can hold, so that the compiler can use vector instructions.
    bytes.chunks(64).map(|block| usize::from(block.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(of(byte))))).sum()
}

/// Whether a byte begins a character: all do but continuation bytes (10xxxxxx).
pub(crate) fn begins_character(byte: u8) -> bool {
    byte as i8 >= -0x40
}

/// A digit's value, in the scripts that [`Class::Digit`] knows.
pub(super) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '٠'..='٩' | '۰'..='۹' | '०'..='९')
}

fn beyond_ascii(c: char) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{2E80}'..='\u{2FDF}' => Han,
        '\u{20000}'..='\u{323AF}' | '々' | '〇' | '\u{3021}'..='\u{3029}' => Han,
        '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}' => Mark,
        '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | 'ー'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => Kana,
        '\u{FF66}'..='\u{FF9D}' => Kana,
        '\u{AC00}'..='\u{D7FF}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' => Hangul,
        // The commonest signs, of which the general rules below would say the same, at more cost.
        '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Other,
        '！'..='／' | '：'..='＠' => Other,
        'Ａ'..='Ｚ' => Upper,
        'ａ'..='ｚ' => Lower,
        c if is_digit(c) => Digit,
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' => Superscript,
        '₀'..='₉' => Subscript,
        '¼'..='¾' | '⅐'..='⅟' => Fraction,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => Invisible,
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}' => Invisible,
        c if c.is_uppercase() => Upper,
        c if c.is_lowercase() => Lower,
        c if c.is_alphabetic() && !unicode_normalization::char::is_combining_mark(c) => Letter,
        c if unicode_normalization::char::is_combining_mark(c) => Mark,
        c if c.is_whitespace() => Space,
        _ => Other,
    }
}

/// Whether these bytes begin with a character from U+4E00 to U+9FFF: its first two bytes tell it, and Chinese has little
/// else.
pub(super) fn begins_common_han(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE5..=0xE9, ..] | [0xE4, 0xB8..=0xBF, ..])
}

/// Ends a sentence wherever it stands.
pub(super) fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '｡' | '।' | '؟' | '۔' | '։')
}

/// Ends a sentence, always or depending on what stands around it.
pub(super) fn is_stop(c: char) -> bool {
    is_full_stop(c) || matches!(c, '.' | '!' | '?' | '…' | '．' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Belongs to the sentence whose stop it follows.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '）'
            | '］'
            | '＂'
            | '＇'
            | '〞'
            | '〟'
    )
}

/// Opens a quotation or bracket.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '“'
            | '‘'
            | '„'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '【'
            | '〔'
            | '（'
            | '［'
            | '¿'
            | '¡'
    )
}

/// An apostrophe, as opposed to a quotation mark only by where it stands.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '＇')
}

/// A dash or hyphen.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐'..='―' | '−' | '－' | '⸺')
}

/// A sign that only ever begins a list item.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '●'
            | '▪'
            | '■'
            | '◆'
            | '◼'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '★'
            | '※'
            | '◦'
            | '‣'
            | '⁃'
            | '○'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_early_is_told_the_same() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| begins_common_han(c.encode_utf8(&mut [0; 4]).as_bytes())) {
            assert_eq!(Class::of(c), Han, "{c:?}");
        }
        for c in ['\u{2010}'..='\u{2027}', '\u{3001}'..='\u{3020}', '！'..='＠'].into_iter().flatten() {
            let plain =
                !c.is_alphanumeric() && !c.is_whitespace() && !unicode_normalization::char::is_combining_mark(c);
            assert!(plain || Class::of(c) != Other, "{c:?}");
        }
    }
}
