//! Which language a sentence is in: by script, and for Latin script by common words.

use super::{Field, Language, Sentence, Span, Token, TokenKind};

/// The languages in Latin script, in the order of their bits in [`STOP_WORDS`]; each with its list.
const LATIN: [(Language, &str); 6] = [
    (Language::En, include_str!("../../lexicon/languages/en.txt")),
    (Language::Es, include_str!("../../lexicon/languages/es.txt")),
    (Language::Fr, include_str!("../../lexicon/languages/fr.txt")),
    (Language::Pt, include_str!("../../lexicon/languages/pt.txt")),
    (Language::De, include_str!("../../lexicon/languages/de.txt")),
    (Language::Id, include_str!("../../lexicon/languages/id.txt")),
];

/// Places in [`STOP_WORDS`]: several times the number of words, so that most look-ups end at the first.
const PLACES: usize = 2048;
/// The lists, as a hash table from a word of at most eight bytes to the languages that it is common in.
static STOP_WORDS: [(u64, u8); PLACES] = read_lists();
/// How many bytes of a text are shown to the statistical detector where common words do not tell.
const SAMPLE: usize = 1000;
/// Letters below which the detector would only guess.
const FEWEST_LETTERS: u32 = 40;

impl Language {
    /// Every language, in the order in which they are declared.
    pub const ALL: [Self; 12] = [
        Self::En,
        Self::Zh,
        Self::Es,
        Self::Fr,
        Self::Pt,
        Self::De,
        Self::Ru,
        Self::Id,
        Self::Ja,
        Self::Ko,
        Self::Ar,
        Self::Other,
    ];

    /// The ISO 639-1 code; `und` for [`Language::Other`].
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Pt => "pt",
            Self::De => "de",
            Self::Ru => "ru",
            Self::Id => "id",
            Self::Ja => "ja",
            Self::Ko => "ko",
            Self::Ar => "ar",
            Self::Other => "und",
        }
    }
}

/// Tells the language of each of a field's sentences. Latin text that is too short to tell is in the `likely` language,
/// where there is one; returned is the language that most of this field's Latin text is in.
pub(super) fn assign(field: &mut Field<'_>, likely: Option<Language>) -> Option<Language> {
    let counts: Vec<Counts> =
        field.sentences.iter().map(|sentence| Counts::of(field.original, field.tokens_of(sentence))).collect();
    let total = counts.iter().fold(Counts::default(), Counts::plus);
    let latin = latin_language(field, &total, likely);
    for (sentence, counts) in field.sentences.iter_mut().zip(&counts) {
        sentence.language = counts.language(latin);
    }
    (total.latin > 0).then_some(latin)
}

/// About how many letters a sentence has, by its bytes; a Chinese character counts as two.
pub(super) fn weight(field: &Field<'_>, sentence: &Sentence) -> u32 {
    let words =
        field.tokens_of(sentence).iter().filter(|token| matches!(token.kind, TokenKind::Word(_) | TokenKind::Han));
    let bytes: u32 = words.map(|token| length(token.span)).sum();
    match sentence.language {
        Language::Zh | Language::Ja | Language::Ko => bytes * 2 / 3,
        Language::Ru | Language::Ar => bytes / 2,
        _ => bytes,
    }
}

/// Letters by script, and common words by Latin language.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    latin: u32,
    han: u32,
    kana: u32,
    hangul: u32,
    cyrillic: u32,
    arabic: u32,
    other: u32,
    /// Letters that Russian, or Arabic, does not have though its script does.
    foreign: bool,
    words: u32,
    common: [u32; LATIN.len()],
}

impl Counts {
    fn of(original: &str, tokens: &[Token]) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            match token.kind {
                // Three bytes a character, which counts as two letters.
                TokenKind::Han => counts.han += length(token.span) * 2 / 3,
                TokenKind::Word(_) => counts.add_word(&original[token.span.start as usize..token.span.end as usize]),
                _ => {}
            }
        }
        counts
    }

    fn add_word(&mut self, word: &str) {
        let bytes = word.len() as u32;
        match word.chars().next().unwrap_or(' ') {
            '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}' => {
                self.latin += bytes;
                self.words += 1;
                let languages = common_in(word);
                if languages != 0 {
                    for (bit, count) in self.common.iter_mut().enumerate() {
                        *count += u32::from(languages >> bit & 1);
                    }
                }
            }
            '\u{400}'..='\u{52F}' => {
                self.cyrillic += bytes / 2;
                self.foreign |= word.contains([
                    'і', 'ї', 'є', 'ґ', 'ў', 'ә', 'ғ', 'қ', 'ң', 'ө', 'ү', 'ұ', 'һ', 'ђ', 'ј', 'љ', 'њ', 'ћ', 'џ',
                ]);
            }
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                self.arabic += bytes / 2;
                self.foreign |= word.contains(['پ', 'چ', 'گ', 'ٹ', 'ڈ', 'ڑ', 'ے', 'ک', 'ی', 'ں', 'ہ']);
            }
            '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}' => self.kana += bytes * 2 / 3,
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FF}' => {
                self.hangul += bytes * 2 / 3;
            }
            _ => self.other += bytes / 2,
        }
    }

    fn plus(mut self, other: &Self) -> Self {
        self.latin += other.latin;
        self.words += other.words;
        self.common.iter_mut().zip(other.common).for_each(|(sum, count)| *sum += count);
        self
    }

    /// The language that most of the letters are in; Latin letters that do not tell are in `latin`.
    fn language(&self, latin: Language) -> Language {
        // Japanese mixes kana into Han everywhere; one の in a Chinese shop's name is not Japanese.
        let east_asian = if self.kana * 8 > self.han { Language::Ja } else { Language::Zh };
        let alone = |language| if self.foreign { Language::Other } else { language };
        let scripts = [
            (self.han + self.kana, east_asian),
            (self.latin, self.clear_language(3).unwrap_or(latin)),
            (self.hangul, Language::Ko),
            (self.cyrillic, alone(Language::Ru)),
            (self.arabic, alone(Language::Ar)),
            (self.other, Language::Other),
        ];
        // Of equals the first, hence the strict comparison.
        let most = scripts.into_iter().reduce(|most, script| if script.0 > most.0 { script } else { most });
        most.filter(|(letters, _)| *letters > 0).map_or(Language::Other, |(_, language)| language)
    }

    /// The Latin language whose common words stand out: at least `least` of them, a fifth of all words, and a good deal
    /// more than of any other language.
    fn clear_language(&self, least: u32) -> Option<Language> {
        let (best, count) = self.best()?;
        let second = (0..LATIN.len()).filter(|&i| LATIN[i].0 != best).map(|i| self.common[i]).max().unwrap_or(0);
        (count >= least && count * 5 >= self.words && count * 3 >= second * 4).then_some(best)
    }

    fn best(&self) -> Option<(Language, u32)> {
        // `max_by_key` takes the last of equals, hence the reversal: English before the others.
        LATIN
            .iter()
            .zip(self.common)
            .rev()
            .map(|((language, _), count)| (*language, count))
            .max_by_key(|(_, count)| *count)
    }
}

/// The language of a field's Latin text as a whole.
fn latin_language(field: &Field<'_>, total: &Counts, likely: Option<Language>) -> Language {
    if let Some(language) = total.clear_language(2).or(likely) {
        return language;
    }
    if total.latin >= FEWEST_LETTERS
        && let Some(found) = whatlang::detect(&latin_sample(field)).filter(whatlang::Info::is_reliable)
    {
        return from_whatlang(found.lang());
    }
    match total.best() {
        Some((language, 2..)) => language,
        _ => Language::En,
    }
}

/// The first Latin words, as one text.
fn latin_sample(field: &Field<'_>) -> String {
    let mut sample = String::with_capacity(SAMPLE + 64);
    for token in field.tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word(_))) {
        let word = field.str(token.span);
        if word.starts_with(|c: char| c < '\u{250}') {
            sample.push_str(word);
            sample.push(' ');
        }
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

fn from_whatlang(language: whatlang::Lang) -> Language {
    match language {
        whatlang::Lang::Eng => Language::En,
        whatlang::Lang::Spa => Language::Es,
        whatlang::Lang::Fra => Language::Fr,
        whatlang::Lang::Por => Language::Pt,
        whatlang::Lang::Deu => Language::De,
        whatlang::Lang::Ind => Language::Id,
        _ => Language::Other,
    }
}

fn length(span: Span) -> u32 {
    span.end - span.start
}

/// The languages that a word is common in, as bits in the order of [`LATIN`].
fn common_in(word: &str) -> u8 {
    let mut bytes = [0; 8];
    let Some(place) = bytes.get_mut(..word.len()) else { return 0 };
    place.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    let key = u64::from_le_bytes(bytes);
    let mut i = home(key);
    loop {
        match STOP_WORDS[i] {
            (0, _) => return 0,
            (found, languages) if found == key => return languages,
            _ => i = (i + 1) % PLACES,
        }
    }
}

/// Where the search for a word begins.
const fn home(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 53) as usize
}

/// Reads the lists while the crate is compiled: one word a line, lines that begin with `#` passed over.
const fn read_lists() -> [(u64, u8); PLACES] {
    let mut table = [(0, 0); PLACES];
    let mut language = 0;
    while language < LATIN.len() {
        let bytes = LATIN[language].1.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let comment = bytes[at] == b'#';
            let mut key = 0_u64;
            let mut length = 0;
            while at < bytes.len() && bytes[at] != b'\n' {
                if !comment {
                    assert!(length < 8, "a stop word has more than eight bytes");
                    key |= (bytes[at] as u64) << (8 * length);
                    length += 1;
                }
                at += 1;
            }
            at += 1;
            if length > 0 {
                let mut i = home(key);
                while table[i].0 != 0 && table[i].0 != key {
                    i = (i + 1) % PLACES;
                }
                table[i] = (key, table[i].1 | 1 << language);
            }
        }
        language += 1;
    }
    table
}
