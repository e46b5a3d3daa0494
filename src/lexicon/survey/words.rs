//! Readings and sense rules in words.

use super::{Listing, Survey};
use crate::lexicon::{Companions, CueSet, Phrase, Scope, SenseRule, Trust, Verdict, What, Written, WrittenCase};
use crate::vocabulary::Form;

/// Longer lists of words are cut: the file shows the rest.
const LONGEST_LIST: usize = 12;

impl Listing {
    /// What kind of name it is: `name`, `alias`, `symbol` …
    pub fn form(&self) -> &'static str {
        match self.reading.form {
            Form::Name => "name",
            Form::Demonym => "demonym",
            Form::Alias => "alias",
            Form::Abbreviation => "abbreviation",
            Form::Symbol => "symbol",
            Form::Metonym => "metonym",
        }
    }

    /// How it must be written and where it may be read, in words.
    pub fn conditions(&self) -> String {
        let written = match self.reading.written {
            Written::Any => "in any case",
            Written::Capitalised(_) => "with these capitals",
            Written::Exactly(_) => "to the letter",
        };
        let trust = match self.reading.trust {
            Trust::Always => "",
            Trust::InContext => ", where the article or the sentence speaks of it or of the trade",
            Trust::InList => ", only as a member of a list of commodities",
            Trust::IfNamed => ", where the article names it in full elsewhere",
            Trust::Character => ", not inside the words that bar the character",
            Trust::CharacterIfNamed => ", where one of the countries that it stands for is named elsewhere",
        };
        let scope = match self.reading.scope {
            Scope::Everywhere => String::new(),
            Scope::Script(language) => format!(", with what `{}` writes together with names", language.code()),
            Scope::Sentences(language) => format!(", in sentences of `{}` only", language.code()),
        };
        format!("{written}{trust}{scope}")
    }
}

impl Survey<'_> {
    /// The sense rules of a name, in words, one for each rule; empty where it has none.
    pub fn sense_in_words(&self, listing: &Listing) -> Vec<String> {
        let Some(sense) = listing.reading.sense.map(|set| &self.lexicon.senses[set.0 as usize]) else {
            return Vec::new();
        };
        let mut words: Vec<String> = sense
            .rules
            .iter()
            .map(|rule| {
                let conditions = self.conditions(rule);
                match conditions.is_empty() {
                    true => format!("{} always", self.verdict(rule.verdict)),
                    false => format!("{} {}", self.verdict(rule.verdict), conditions.join(", and ")),
                }
            })
            .collect();
        let rest = match (sense.otherwise, listing.reading.what) {
            (Verdict::Accept, What::Commodity(_)) => ", unless nothing in the article is about the trade",
            _ => "",
        };
        words.push(format!("otherwise {}{rest}", self.verdict(sense.otherwise)));
        words
    }

    /// Where the sense rules of a name are written.
    pub fn sense_origin(&self, listing: &Listing) -> Option<&super::Origin> {
        listing.reading.sense.and_then(|set| self.senses.get(set.0 as usize)).map(|sense| &sense.origin)
    }

    fn verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Accept => "read".to_owned(),
            Verdict::Refuse(reason) => format!("refused ({})", reason.as_str()),
            Verdict::Choose(place) => {
                let place = self.lexicon.place(place);
                format!("read as {} ({})", place.name, place.id)
            }
        }
    }

    fn conditions(&self, rule: &SenseRule) -> Vec<String> {
        let phrases = |phrases: &[Phrase]| list(phrases.iter().map(|phrase| format!("\"{}\"", phrase.text())));
        let cues = |cues: CueSet| list(cues.classes().map(|class| class.name().to_owned()));
        let commodity = |index: &crate::lexicon::CommodityIndex| self.lexicon.commodity(*index).id.clone();
        let place = |index: &crate::lexicon::PlaceIndex| self.lexicon.place(*index).id.clone();
        let mut conditions = Vec::new();
        if !rule.before.is_empty() {
            conditions.push(format!("directly after {}", phrases(&rule.before)));
        }
        if !rule.after.is_empty() {
            conditions.push(format!("directly before {}", phrases(&rule.after)));
        }
        if !rule.near.is_empty() {
            conditions.push(format!("in a sentence with words of {}", cues(rule.near)));
        }
        if !rule.article.is_empty() {
            conditions.push(format!("in an article with at least two words of {}", cues(rule.article)));
        }
        conditions.extend(companions(&rule.with_commodity, "commodity", commodity));
        conditions.extend(companions(&rule.with_country, "country", place));
        if !rule.elsewhere.is_empty() {
            let entities = rule.elsewhere.iter().map(|what| match what {
                What::Commodity(index) => commodity(index),
                What::Place(index) => place(index),
                other => other.kind().as_str().to_owned(),
            });
            conditions.push(format!("in an article that names {} beyond doubt", list(entities)));
        }
        conditions.extend(rule.case.map(|case| {
            let case = match case {
                WrittenCase::Lower => "in lower case",
                WrittenCase::Title => "with a capital",
                WrittenCase::Upper => "in capitals",
            };
            format!("written {case}")
        }));
        conditions.extend(rule.also.map(|also| {
            let whether = if also { "that" } else { "that nowhere" };
            format!("in an article {whether} names it beyond doubt")
        }));
        conditions
    }
}

fn companions<T>(asked: &Companions<T>, kind: &str, id: impl Fn(&T) -> String) -> Option<String> {
    match asked {
        Companions::NotAsked => None,
        Companions::Any => Some(format!("in a sentence with any other {kind}")),
        Companions::OneOf(members) => Some(format!("in a sentence with the {kind} {}", list(members.iter().map(id)))),
    }
}

/// `a, b or c`, cut where it is long.
fn list(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.collect();
    if items.len() > LONGEST_LIST {
        let more = items.len() - LONGEST_LIST;
        items.truncate(LONGEST_LIST);
        return format!("{} or one of {more} more", items.join(", "));
    }
    match items.pop() {
        Some(last) if !items.is_empty() => format!("{} or {last}", items.join(", ")),
        Some(only) => only,
        None => "none".to_owned(),
    }
}
