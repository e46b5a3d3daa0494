//! An article as it is shown: its words with what is named in them, the sentences that say what was asked for, its sections.

use super::answers::{Excerpt, Kind, Mark, Part, Section};
use super::store::ArticleFilter;
use crate::event::{EnrichedArticle, Evidence, Mention};
use crate::lexicon::Lexicon;
use crate::text::{CharOffsets, Document, FieldName};
use crate::vocabulary::PlaceType;

/// Sentences of an article in a list.
const EXCERPTS: usize = 3;
/// Characters of a sentence in a list.
const LONGEST: u32 = 480;

/// An article that is shown.
pub(super) struct Shown<'a> {
    event: &'a EnrichedArticle,
    fields: Vec<ShownField<'a>>,
}

struct ShownField<'a> {
    name: FieldName,
    /// Byte of each character, and the end.
    bytes: Vec<usize>,
    original: &'a str,
    /// Sentences, in characters.
    sentences: Vec<ShownSentence>,
    marks: Vec<Mark>,
}

struct ShownSentence {
    start: u32,
    end: u32,
    section: u16,
    heading: bool,
    lang: String,
}

impl<'a> Shown<'a> {
    /// Reads the words of an event.
    pub(super) fn new(event: &'a EnrichedArticle, lexicon: &Lexicon) -> Self {
        let article = &event.article;
        let text = article.text.as_deref().unwrap_or_default();
        let document = Document::new(article.title.as_deref(), text, lexicon.folding(), lexicon.languages());
        let fields = document.fields.iter().map(|field| {
            let offsets = CharOffsets::new(field.original);
            let sentences = field.sentences.iter().map(|sentence| {
                let (start, end) = offsets.char_range(sentence.span);
                let lang = sentence.language.code().to_owned();
                ShownSentence { start, end, section: sentence.section, heading: sentence.heading, lang }
            });
            ShownField {
                name: field.name,
                bytes: field.original.char_indices().map(|(byte, _)| byte).chain([field.original.len()]).collect(),
                original: field.original,
                sentences: sentences.collect(),
                marks: marks(event, field.name),
            }
        });
        Self { event, fields: fields.collect() }
    }

    fn field(&self, name: FieldName) -> Option<&ShownField<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The headline.
    pub(super) fn title(&self) -> Option<Excerpt> {
        let title = self.field(FieldName::Title)?;
        Some(title.excerpt(0, title.length(), u32::MAX))
    }

    /// What is named in the text.
    pub(super) fn text_marks(&mut self) -> Vec<Mark> {
        let text = self.fields.iter_mut().find(|field| field.name == FieldName::Text);
        text.map(|text| std::mem::take(&mut text.marks)).unwrap_or_default()
    }

    /// The text in sections; every character is in one part.
    pub(super) fn sections(&self) -> Vec<Section> {
        let Some(text) = self.field(FieldName::Text) else { return Vec::new() };
        let mut sections: Vec<(u16, Section)> = Vec::new();
        for (at, sentence) in text.sentences.iter().enumerate() {
            let start = if at == 0 { 0 } else { sentence.start };
            let end = text.sentences.get(at + 1).map_or(text.length(), |next| next.start);
            if sections.last().is_none_or(|(number, _)| *number != sentence.section) {
                sections.push((sentence.section, Section { parts: Vec::new() }));
            }
            let Some((_, section)) = sections.last_mut() else { continue };
            match section.parts.last_mut() {
                Some(last) if !last.heading && !sentence.heading && last.lang == sentence.lang => last.end = end,
                _ => section.parts.push(Part { start, end, heading: sentence.heading, lang: sentence.lang.clone() }),
            }
        }
        sections.into_iter().map(|(_, section)| section).collect()
    }

    /// The sentences that say what the filter asks for; without a filter those that speak of the surest pairs. `words` are where the
    /// words that were searched for stand.
    pub(super) fn excerpts(&self, filter: &ArticleFilter, words: Option<Evidence>) -> Vec<Excerpt> {
        let mut wanted = self.evidence(filter);
        if let Some(words) = words {
            wanted.insert(0, words);
        }
        let mut found: Vec<(FieldName, u32, u32)> = Vec::new();
        for evidence in wanted {
            // The headline is shown in any case.
            let Some(field) = self.field(evidence.field).filter(|field| field.name == FieldName::Text) else {
                continue;
            };
            let (start, end) = field.sentences_of(evidence.start, evidence.end);
            let overlaps = |&(name, from, to): &(FieldName, u32, u32)| name == field.name && start < to && from < end;
            if found.len() < EXCERPTS && !found.iter().any(overlaps) {
                found.push((field.name, start, end));
            }
        }
        found.sort_unstable();
        let excerpt = |(name, start, end)| Some(self.field(name)?.excerpt(start, end, LONGEST));
        found.into_iter().filter_map(excerpt).collect()
    }

    /// Where the article says what is asked for, the likeliest first.
    fn evidence(&self, filter: &ArticleFilter) -> Vec<Evidence> {
        let is = |wanted: &Option<String>, id: &str| wanted.as_deref() == Some(id);
        let open = |wanted: &Option<String>, id: &str| wanted.is_none() || is(wanted, id);
        let first = |mentions: &[Mention]| {
            mentions.iter().find(|mention| mention.field == FieldName::Text).map(|mention| Evidence {
                field: mention.field,
                start: mention.start,
                end: mention.end,
            })
        };
        let mut wanted = Vec::new();
        let event = self.event;
        wanted.extend(
            event.people.iter().filter(|one| is(&filter.person, &one.id)).filter_map(|one| first(&one.mentions)),
        );
        let bodies = event.organisations.iter().filter(|one| is(&filter.organisation, &one.id));
        wanted.extend(bodies.filter_map(|one| first(&one.mentions)));
        if filter.event.is_some() {
            let events =
                event.events.iter().filter(|one| is(&filter.event, name_of(&one.kind).as_deref().unwrap_or("")));
            wanted.extend(events.map(|one| one.evidence));
        }
        let nothing_else = wanted.is_empty();
        let mut pairs: Vec<_> = event.mineral_countries.iter().collect();
        pairs.sort_by(|one, other| other.score.total_cmp(&one.score));
        pairs.retain(|pair| open(&filter.mineral, &pair.mineral) && open(&filter.country, &pair.country));
        if nothing_else || filter.mineral.is_some() || filter.country.is_some() {
            wanted.extend(pairs.iter().filter_map(|pair| pair.evidence.first()));
            wanted.extend(pairs.iter().flat_map(|pair| pair.evidence.iter().skip(1)));
            let minerals = event.commodities.iter().filter(|one| is(&filter.mineral, &one.id));
            wanted.extend(minerals.filter_map(|one| first(&one.mentions)));
        }
        wanted
    }
}

impl ShownField<'_> {
    fn length(&self) -> u32 {
        self.bytes.len().saturating_sub(1) as u32
    }

    /// The sentences that a stretch touches.
    fn sentences_of(&self, start: u32, end: u32) -> (u32, u32) {
        let mut touched = self.sentences.iter().filter(|sentence| sentence.start < end && start < sentence.end);
        let Some(first) = touched.next() else { return (start, end) };
        (first.start.min(start), touched.next_back().map_or(first.end, |last| last.end).max(end))
    }

    /// A stretch with its marks, cut after so many characters.
    fn excerpt(&self, start: u32, end: u32, longest: u32) -> Excerpt {
        let cut = end.saturating_sub(start) > longest;
        let end = end.min(start.saturating_add(longest)).min(self.length());
        let byte = |at: u32| self.bytes.get(at as usize).copied().unwrap_or(self.original.len());
        let inside = self.marks.iter().filter(|mark| mark.start >= start && mark.end <= end);
        let moved = |mark: &Mark| Mark { start: mark.start - start, end: mark.end - start, ..mark.clone() };
        let sentence = self.sentences.iter().rev().find(|sentence| sentence.start <= start);
        Excerpt {
            field: self.name,
            start,
            end,
            text: self.original.get(byte(start)..byte(end)).unwrap_or_default().to_owned(),
            lang: sentence.map_or("und", |sentence| sentence.lang.as_str()).to_owned(),
            cut,
            marks: inside.map(moved).collect(),
        }
    }
}

/// What is named in a field, in order; where names overlap, the longer stays.
fn marks(event: &EnrichedArticle, field: FieldName) -> Vec<Mark> {
    let mut all = Vec::new();
    let mut add = |kind: Kind, id: &str, mentions: &[Mention]| {
        let here = mentions.iter().filter(|mention| mention.field == field);
        all.extend(here.map(|mention| Mark { start: mention.start, end: mention.end, kind, id: id.to_owned() }));
    };
    event.commodities.iter().for_each(|one| add(Kind::Mineral, &one.id, &one.mentions));
    for place in &event.places {
        let kind = if place.kind == PlaceType::Country { Kind::Country } else { Kind::Place };
        add(kind, &place.id, &place.mentions);
    }
    event.people.iter().for_each(|one| add(Kind::Person, &one.id, &one.mentions));
    event.organisations.iter().for_each(|one| add(Kind::Organisation, &one.id, &one.mentions));
    all.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let mut end = 0;
    all.retain(|mark| {
        let free = mark.start >= end && mark.end > mark.start;
        if free {
            end = mark.end;
        }
        free
    });
    all
}

/// The stable name of a value of a closed vocabulary, as events have it.
pub(super) fn name_of(value: &impl serde::Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Some(name),
        _ => None,
    }
}
