//! What later rooms ask of a [`Document`] and its [`Field`]s.

use super::tell::{Likely, Told};
use super::{CharOffsets, Document, Field, FieldName, Folding, Language, Languages, Sentence, Span, Token, TokenKind};
use super::{sentences, tokens};

impl<'a> Document<'a> {
    /// Reads an article's title and text.
    pub fn new(title: Option<&'a str>, text: &'a str, folding: &Folding, languages: &Languages) -> Self {
        let mut title = title.map(|title| Field::new(FieldName::Title, title, folding));
        let mut text = Field::new(FieldName::Text, text, folding);
        let told = Told::new(&mut text, languages);
        let told_by_title = title.as_mut().map(|title| Told::new(title, languages));
        // The text first: a headline is often too short to tell its language by itself.
        let asked = told.untold().chain(told_by_title.iter().flat_map(Told::untold));
        let likely = told.likely(asked, &text, languages, Likely::default());
        told.assign(&mut text, languages, likely);
        if let (Some(title), Some(told)) = (&mut title, told_by_title) {
            let likely = told.likely(told.untold(), title, languages, likely);
            told.assign(title, languages, likely);
        }
        Self { fields: title.into_iter().chain([text]).collect() }
    }

    /// The field of this name.
    pub fn field(&self, name: FieldName) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The languages that the article is in, in the order in which they appear. A language counts with a sentence of at
    /// least eight letters (four Chinese characters), or with a twentieth of all letters.
    pub fn languages(&self) -> Vec<Language> {
        let mut seen: Vec<(Language, u32, u32)> = Vec::new();
        for field in &self.fields {
            for sentence in &field.sentences {
                let letters = sentence.letters;
                match seen.iter_mut().find(|(language, ..)| *language == sentence.language) {
                    Some((_, sum, longest)) => (*sum, *longest) = (*sum + letters, letters.max(*longest)),
                    None => seen.push((sentence.language, letters, letters)),
                }
            }
        }
        let all: u32 = seen.iter().map(|(_, sum, _)| sum).sum();
        seen.into_iter()
            .filter(|&(language, sum, longest)| language != Language::UNDETERMINED && (longest >= 8 || sum * 20 >= all))
            .map(|(language, ..)| language)
            .collect()
    }
}

impl<'a> Field<'a> {
    /// Reads one field. Of a text beyond 4 GiB, which no [`Span`] could name, only the beginning is read.
    fn new(name: FieldName, original: &'a str, folding: &Folding) -> Self {
        let original = &original[..original.floor_char_boundary(u32::MAX as usize)];
        let tokens = tokens::tokenise(original);
        let sentences = sentences::split(original, &tokens, name == FieldName::Title);
        Self { name, original, folded: folding.fold(original), tokens, sentences }
    }

    /// The original text at a span; empty where the span is not one of this field's.
    pub fn str(&self, span: Span) -> &'a str {
        self.original.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Counts characters for this field's original text.
    pub fn char_offsets(&self) -> CharOffsets<'a> {
        CharOffsets::new(self.original)
    }

    /// The sentence that holds the byte, or, between two sentences, the one before.
    pub fn sentence_at(&self, byte: u32) -> Option<&Sentence> {
        self.sentences.get(self.sentence_index(byte)?)
    }

    /// The index of [`Field::sentence_at`].
    pub fn sentence_index(&self, byte: u32) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= byte).checked_sub(1)
    }

    /// The language of [`Field::sentence_at`].
    pub fn language_at(&self, byte: u32) -> Language {
        self.sentence_at(byte).map_or(Language::UNDETERMINED, |sentence| sentence.language)
    }

    /// A sentence's tokens.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.start as usize..sentence.tokens.end as usize).unwrap_or(&[])
    }

    /// The index of the token that holds the byte.
    pub fn token_at(&self, byte: u32) -> Option<usize> {
        let i = self.first_token_from(byte.saturating_add(1)).checked_sub(1)?;
        (byte < self.tokens[i].span.end).then_some(i)
    }

    /// The tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.first_token_from(span.end).max(first);
        &self.tokens[first..end]
    }

    /// Whether the span begins and ends where tokens do, as a name in an alphabetic script must: `lead` is no part of
    /// `leading`. Within a run of Han characters any place is an edge.
    pub fn is_whole(&self, span: Span) -> bool {
        self.is_edge(span.start) && self.is_edge(span.end)
    }

    /// The token before the byte `byte`, in the same sentence.
    pub fn token_before(&self, byte: u32) -> Option<&Token> {
        self.tokens_before(byte).last()
    }

    /// The token that begins at the byte `byte` or is the next after it, in the same sentence.
    pub fn token_after(&self, byte: u32) -> Option<&Token> {
        self.tokens_after(byte).first()
    }

    /// The tokens that end at or before the byte `byte`, in its sentence; the nearest is the last.
    pub fn tokens_before(&self, byte: u32) -> &[Token] {
        let sentence = match self.sentence_at(byte) {
            // A span may begin exactly where a sentence does: nothing stands before it.
            Some(sentence) => sentence.tokens.start as usize,
            None => return &[],
        };
        let end = self.tokens.partition_point(|token| token.span.end <= byte);
        self.tokens.get(sentence..end).unwrap_or(&[])
    }

    /// The tokens that begin at or after the byte `byte`, to the end of the sentence that the byte before it is in.
    pub fn tokens_after(&self, byte: u32) -> &[Token] {
        let end = match self.sentence_at(byte.saturating_sub(1)) {
            Some(sentence) => sentence.tokens.end as usize,
            None => return &[],
        };
        self.tokens.get(self.first_token_from(byte)..end).unwrap_or(&[])
    }

    /// The word or run of Han before a span, past any punctuation, in the same sentence.
    pub fn word_before(&self, span: Span) -> Option<&Token> {
        self.tokens_before(span.start).iter().rev().find(|token| is_word(token))
    }

    /// The word or run of Han after a span, past any punctuation, in the same sentence.
    pub fn word_after(&self, span: Span) -> Option<&Token> {
        self.tokens_after(span.end).iter().find(|token| is_word(token))
    }

    /// The index of the first token that begins at or after the byte.
    fn first_token_from(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < byte)
    }

    fn is_edge(&self, byte: u32) -> bool {
        match self.token_at(byte).map(|i| self.tokens[i]) {
            Some(token) => token.span.start == byte || token.kind == TokenKind::Han,
            None => true,
        }
    }
}

fn is_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(_) | TokenKind::Han)
}
