//! Answering: what is held, as it is asked for.

use super::answers::{
    ArticleAnswer, ArticlePair, ArticleSummary, ArticlesAnswer, Counts, Named, Names, PairsAnswer, SeriesAnswer, Span,
    SuggestAnswer,
};
use super::excerpts::{Shown, name_of};
use super::store::{ArticleFilter, Cursor, Held, Order};
use super::totals::PairFilter;
use super::{Live, SpanError, SpanWanted, suggest};
use crate::event::{EnrichedArticle, Evidence};
use crate::text::FieldName;
use crate::timeline::Hour;
use jiff::Timestamp;
use std::borrow::Cow;

/// A page of a list of articles.
#[derive(Clone, Debug, Default)]
pub struct ArticlesWanted {
    /// Which.
    pub filter: ArticleFilter,
    /// Words that stand in title or text, in any spelling that the lexicon's folding makes one.
    pub words: Option<String>,
    /// In which order.
    pub order: Order,
    /// Only those after this one.
    pub before: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}

impl Live {
    /// The span that is meant.
    ///
    /// # Errors
    /// When its ends or its step do not fit.
    pub fn span(&self, wanted: SpanWanted) -> Result<Span, SpanError> {
        wanted.resolve(self.board().extent(), Hour::of(Timestamp::now()))
    }

    /// Minerals by country over a span, at most `limit` pairs.
    pub fn pairs(&self, filter: &PairFilter, span: Span, limit: usize) -> PairsAnswer {
        let coverage = self.coverage();
        let sums = self.board().pairs(filter, &span, limit);
        let mut names = Names::default();
        sums.minerals.iter().for_each(|row| self.name_mineral(&mut names, &row.id));
        sums.countries.iter().for_each(|row| self.name_country(&mut names, &row.id));
        PairsAnswer {
            coverage,
            span,
            pairs: sums.rows,
            more: sums.more,
            minerals: sums.minerals,
            countries: sums.countries,
            mentions: sums.mentions,
            names,
        }
    }

    /// What the filter wants, step by step.
    pub fn series(&self, filter: &PairFilter, span: Span) -> SeriesAnswer {
        let coverage = self.coverage();
        let board = self.board();
        let (points, sum, ever) = board.series(filter, &span);
        let mut names = Names::default();
        filter.mineral.iter().for_each(|id| self.name_mineral(&mut names, id));
        filter.country.iter().for_each(|code| self.name_country(&mut names, code));
        SeriesAnswer {
            coverage,
            span,
            points,
            sum: Counts::new(sum, board.from),
            first_ever: ever.map(|(first, _)| first),
            last_ever: ever.map(|(_, last)| last),
            names,
        }
    }

    /// The newest articles that are wanted.
    pub fn articles(&self, wanted: &ArticlesWanted) -> ArticlesAnswer {
        let coverage = self.coverage();
        // What is held is shared, not copied: the store is free again while texts are searched.
        let mut found: Vec<_> = {
            let list = self.settled().list(&wanted.filter, wanted.order);
            list.into_iter().map(|(cursor, held)| (cursor, held, None)).collect()
        };
        if let Some(words) = wanted.words.as_deref().map(|words| self.fold(words)).filter(|words| !words.is_empty()) {
            found.retain_mut(|(_, held, place)| {
                *place = self.find_words(held, &words);
                place.is_some()
            });
        }
        let count = found.len();
        let after = found.into_iter().filter(|(cursor, ..)| wanted.before.is_none_or(|before| *cursor < before));
        let mut page: Vec<_> = after.take(wanted.limit + 1).collect();
        let more = page.len() > wanted.limit;
        page.truncate(wanted.limit);
        let next = page.last().filter(|_| more).map(|(cursor, ..)| cursor.to_string());
        let mut names = Names::default();
        let summary = |(_, held, place): &(Cursor, Held, Option<Evidence>)| {
            let event: EnrichedArticle = serde_json::from_slice(&held.event).ok()?;
            self.name_all(&mut names, &event);
            Some(summarise(&event, &Shown::new(&event, &self.lexicon), &wanted.filter, *place))
        };
        let articles = page.iter().filter_map(summary).collect();
        ArticlesAnswer { coverage, articles, found: count, next, names }
    }

    /// The article of this id, if it is held.
    pub fn article(&self, id: &str) -> Option<ArticleAnswer> {
        let held = self.settled().get(id)?;
        let event: EnrichedArticle = serde_json::from_slice(&held.event).ok()?;
        let mut names = Names::default();
        self.name_all(&mut names, &event);
        let mut shown = Shown::new(&event, &self.lexicon);
        let (title, sections, marks) = (shown.title(), shown.sections(), shown.text_marks());
        Some(ArticleAnswer { event, title, sections, marks, names })
    }

    /// What words in a search box may mean, at most so many.
    pub fn suggest(&self, words: &str, limit: usize) -> SuggestAnswer {
        SuggestAnswer { suggestions: suggest::suggest(&self.lexicon, &self.settled(), words, limit) }
    }

    fn fold(&self, words: &str) -> String {
        self.lexicon.folding().fold_pattern(words.trim())
    }

    /// Where folded words stand first in an article's text; in its title, at the text's beginning.
    fn find_words(&self, held: &Held, words: &str) -> Option<Evidence> {
        let event: WordsOf<'_> = serde_json::from_slice(&held.event).ok()?;
        let folding = self.lexicon.folding();
        let text = event.article.text.unwrap_or_default();
        let folded = folding.fold(&text);
        if let Some(at) = folded.text.find(words) {
            let span = folded.span_to_original(at, at + words.len());
            let (start, end) = crate::text::CharOffsets::new(&text).char_range(span);
            return Some(Evidence { field: FieldName::Text, start, end });
        }
        let title = folding.fold(&event.article.title.unwrap_or_default());
        title.text.contains(words).then_some(Evidence { field: FieldName::Title, start: 0, end: 0 })
    }

    fn name_mineral(&self, names: &mut Names, id: &str) {
        if let Some(entry) = self.lexicon.commodities.iter().find(|entry| entry.id == id) {
            names.minerals.insert(id.to_owned(), entry.name.clone());
        }
    }

    fn name_country(&self, names: &mut Names, code: &str) {
        if let Some(index) = self.lexicon.country(code) {
            names.countries.insert(code.to_owned(), self.lexicon.place(index).name.clone());
        }
    }

    fn name_all(&self, names: &mut Names, event: &EnrichedArticle) {
        for commodity in &event.commodities {
            names.minerals.entry(commodity.id.clone()).or_insert_with(|| commodity.name.clone());
        }
        let pairs = event.mineral_countries.iter().map(|pair| &pair.country);
        let places = event.places.iter().filter_map(|place| place.country.as_ref());
        let others = event.events.iter().flat_map(|event| &event.countries);
        let people = event.people.iter().filter_map(|person| person.country.as_ref());
        pairs.chain(places).chain(others).chain(people).for_each(|code| self.name_country(names, code));
    }
}

/// An event's words, and nothing else of it.
#[derive(serde::Deserialize)]
struct WordsOf<'a> {
    #[serde(borrow)]
    article: WordsOfArticle<'a>,
}

#[derive(serde::Deserialize)]
struct WordsOfArticle<'a> {
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
}

fn summarise(
    event: &EnrichedArticle,
    shown: &Shown<'_>,
    filter: &ArticleFilter,
    words: Option<Evidence>,
) -> ArticleSummary {
    let article = &event.article;
    let mut pairs: Vec<_> = event
        .mineral_countries
        .iter()
        .map(|pair| ArticlePair {
            mineral: pair.mineral.clone(),
            country: pair.country.clone(),
            mentions: pair.mention_count,
        })
        .collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.mentions));
    let named = |id: &String, canonical: &Option<String>, name: &String, role: &Option<String>| Named {
        id: id.clone(),
        name: canonical.as_ref().unwrap_or(name).clone(),
        role: role.clone(),
    };
    let people = event.people.iter().map(|one| named(&one.id, &one.canonical_name, &one.name, &one.role));
    let bodies = event.organisations.iter().map(|one| named(&one.id, &one.canonical_name, &one.name, &None));
    let mut events: Vec<_> = event.events.iter().filter_map(|one| name_of(&one.kind)).collect();
    events.sort_unstable();
    events.dedup();
    ArticleSummary {
        id: article.id.clone(),
        title: shown.title(),
        source: article.source.clone(),
        published_at: article.published_at,
        enriched_at: event.provenance.enriched_at,
        languages: article.languages.clone(),
        pairs,
        people: people.collect(),
        organisations: bodies.collect(),
        events,
        story_role: article.story_role.as_ref().and_then(name_of),
        excerpts: shown.excerpts(filter, words),
    }
}
