//! What the rooms found → the event: indices become ids, bytes become characters, entities get their scores.

use super::schema::{
    ArticleInfo, Claim, Commodity, EnrichedArticle, Event, Evidence, FocusCountry, Mention, MineralCountry,
    Organisation, Person, Place, Provenance, Rejected, SCHEMA,
};
use crate::article::{Article, hex};
use crate::extract::At;
use crate::lexicon::{Lexicon, PlaceIndex, What};
use crate::relate::Relations;
use crate::resolve::{self, Resolved, relevance};
use crate::text::CharOffsets;
use crate::vocabulary::{CommodityKind, Form};
use jiff::{Timestamp, tz::TimeZone};
use sha2::{Digest, Sha256};

/// Builds the event of an article. `include_text` and `explain` are the caller's options of the same names.
pub fn build(
    article: &Article,
    resolved: &Resolved<'_>,
    relations: &Relations,
    include_text: bool,
    explain: bool,
) -> EnrichedArticle {
    let builder = Builder {
        resolved,
        lexicon: resolved.scan.lexicon,
        offsets: resolved.scan.document.fields.iter().map(|field| CharOffsets::new(field.original)).collect(),
    };
    let version = resolved.scan.lexicon.version();
    EnrichedArticle {
        schema: SCHEMA.to_owned(),
        event_id: event_id(&[&article.id, &article.content_hash, version]),
        article: article_info(article, resolved, include_text),
        commodities: builder.commodities(relations),
        places: builder.places(),
        people: builder.people(),
        organisations: builder.organisations(),
        focus_countries: builder.focus(),
        mineral_countries: builder.mineral_countries(relations),
        claims: builder.claims(relations, article.published.map(|published| published.at)),
        events: builder.events(relations),
        rejected: explain.then(|| builder.rejected()),
        provenance: Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: version.to_owned(),
            ..Provenance::default()
        },
    }
}

/// The first 128 bits of the SHA-256 of the parts, each with its length, in lower-case hex.
fn event_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..16])
}

/// The article holds more names than are read: those at its end are missing.
const TOO_MANY_NAMES: &str = "too_many_names";

fn article_info(article: &Article, resolved: &Resolved<'_>, include_text: bool) -> ArticleInfo {
    let cut = resolved.scan.is_cut.then_some(TOO_MANY_NAMES);
    ArticleInfo {
        id: article.id.clone(),
        url: article.url.clone(),
        title: article.title.clone(),
        source: article.source.clone(),
        published_at: article.published.map(|published| published.at),
        published_at_basis: article.published.map(|published| published.basis),
        languages: resolved.scan.document.languages().iter().map(ToString::to_string).collect(),
        content_hash: article.content_hash.clone(),
        // Who has read what came before fills these.
        story: None,
        story_role: None,
        text: include_text.then(|| article.text.clone()),
        warnings: article.warnings.iter().chain(&cut).map(|warning| (*warning).to_owned()).collect(),
        kept: article.kept.clone(),
    }
}

struct Builder<'r, 'd> {
    resolved: &'r Resolved<'d>,
    lexicon: &'d Lexicon,
    offsets: Vec<CharOffsets<'d>>,
}

/// The mentions of one entity.
struct Mentions {
    list: Vec<Mention>,
    relevance: f64,
    confidence: f64,
}

impl Builder<'_, '_> {
    fn commodities(&self, relations: &Relations) -> Vec<Commodity> {
        let mut commodities: Vec<Commodity> = by_entity(&self.resolved.commodities)
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|its| {
                let entry = self.lexicon.commodity(its[0].0);
                let unattributed = its.iter().filter(|(_, place)| relations.attributions[*place].is_empty()).count();
                let mentions = self.mentions(its.iter().map(|(_, place)| &self.resolved.commodities[*place]));
                Commodity {
                    id: entry.id.clone(),
                    name: entry.name.clone(),
                    kind: entry.kind,
                    symbol: entry.symbol.clone(),
                    parents: entry.parents.clone(),
                    critical_lists: entry.critical_lists.clone(),
                    relevance: mentions.relevance,
                    confidence: mentions.confidence,
                    mention_count: mentions.list.len() as u32,
                    unattributed_count: if entry.kind == CommodityKind::Agricultural { 0 } else { unattributed as u32 },
                    mentions: mentions.list,
                }
            })
            .collect();
        commodities.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| a.id.cmp(&b.id)));
        commodities
    }

    fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = by_entity(&self.resolved.places)
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|its| {
                let entry = self.lexicon.place(its[0].0);
                let mentions = self.mentions(its.iter().map(|(_, place)| &self.resolved.places[*place]));
                Place {
                    id: entry.id.clone(),
                    kind: entry.kind,
                    name: entry.name.clone(),
                    country: entry.country.map(|country| self.country(country)),
                    relevance: mentions.relevance,
                    confidence: mentions.confidence,
                    mention_count: mentions.list.len() as u32,
                    mentions: mentions.list,
                }
            })
            .collect();
        places.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| a.id.cmp(&b.id)));
        places
    }

    fn people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = self
            .resolved
            .people
            .iter()
            .map(|person| Person {
                id: person.leader.map_or_else(
                    || kebab_case(&person.name),
                    |leader| self.lexicon.leaders[leader.0 as usize].id.clone(),
                ),
                name: person.name.clone(),
                canonical_name: person.leader.map(|leader| self.lexicon.leaders[leader.0 as usize].name.clone()),
                role: person.role.clone(),
                country: person.country.map(|country| self.country(country)),
                relevance: self.relevance(&person.mentions),
                confidence: rounded(person.confidence),
                mention_count: person.mentions.len() as u32,
                mentions: person.mentions.iter().map(|&at| self.mention(at, Form::Name)).collect(),
            })
            .collect();
        people.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| a.id.cmp(&b.id)));
        people
    }

    fn organisations(&self) -> Vec<Organisation> {
        let mut organisations: Vec<Organisation> = self
            .resolved
            .organisations
            .iter()
            .map(|organisation| Organisation {
                id: self.organisation_id(organisation),
                name: organisation.name.clone(),
                canonical_name: organisation
                    .listed
                    .map(|listed| self.lexicon.organisations[listed.0 as usize].name.clone()),
                kind: organisation.kind,
                country: organisation.country.map(|country| self.country(country)),
                relevance: self.relevance(&organisation.mentions),
                confidence: rounded(organisation.confidence),
                mention_count: organisation.mentions.len() as u32,
                mentions: organisation.mentions.iter().map(|&at| self.mention(at, Form::Name)).collect(),
            })
            .collect();
        organisations.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| a.id.cmp(&b.id)));
        organisations
    }

    fn organisation_id(&self, organisation: &resolve::Organisation) -> String {
        match organisation.listed {
            Some(listed) => self.lexicon.organisations[listed.0 as usize].id.clone(),
            None => kebab_case(&organisation.name),
        }
    }

    fn focus(&self) -> Vec<FocusCountry> {
        let focus = self.resolved.focus.iter();
        focus.map(|focus| FocusCountry { country: self.country(focus.country), score: rounded(focus.score) }).collect()
    }

    fn mineral_countries(&self, relations: &Relations) -> Vec<MineralCountry> {
        relations
            .pairs
            .iter()
            .map(|pair| MineralCountry {
                mineral: self.lexicon.commodity(pair.mineral).id.clone(),
                country: self.country(pair.country),
                stages: pair.stages.clone(),
                score: rounded(pair.score),
                basis: pair.basis,
                mention_count: pair.mention_count,
                evidence: pair.evidence.iter().map(|&at| self.evidence(at)).collect(),
            })
            .collect()
    }

    /// A date that the article leaves without a year is read by the time of publication, and left out without one.
    fn claims(&self, relations: &Relations, published: Option<Timestamp>) -> Vec<Claim> {
        let month = published
            .map(|at| TimeZone::UTC.to_datetime(at))
            .and_then(|at| Some((at.year(), at.month().try_into().ok()?)));
        let dated = relations.claims.iter().map(|claim| (claim, claim.date.and_then(|date| date.iso(month))));
        dated
            .filter(|(claim, date)| claim.value.is_some() || date.is_some())
            .map(|(claim, date)| Claim {
                kind: claim.kind,
                value: claim.value,
                date,
                unit: claim.unit.clone(),
                approximate: claim.approximate,
                commodity: claim.commodity.map(|commodity| self.lexicon.commodity(commodity).id.clone()),
                country: claim.country.map(|country| self.country(country)),
                stage: claim.stage,
                evidence: self.evidence(claim.at),
            })
            .collect()
    }

    fn events(&self, relations: &Relations) -> Vec<Event> {
        relations
            .events
            .iter()
            .map(|event| Event {
                kind: event.kind,
                countries: event.countries.iter().map(|&country| self.country(country)).collect(),
                commodities: event.commodities.iter().map(|&index| self.lexicon.commodity(index).id.clone()).collect(),
                organisations: event
                    .organisations
                    .iter()
                    .map(|&place| self.organisation_id(&self.resolved.organisations[place]))
                    .collect(),
                evidence: self.evidence(event.at),
            })
            .collect()
    }

    fn rejected(&self) -> Vec<Rejected> {
        let rejected = self.resolved.refused.iter().map(|refused| {
            let Evidence { field, start, end } = self.evidence(refused.at);
            let entity = match refused.what {
                What::Commodity(index) => self.lexicon.commodity(index).id.clone(),
                What::Place(index) => self.lexicon.place(index).id.clone(),
                _ => String::new(),
            };
            let text = self.resolved.scan.text(refused.at).to_owned();
            Rejected { field, start, end, text, entity, reason: refused.reason.as_str().to_owned() }
        });
        rejected.collect()
    }

    fn country(&self, index: PlaceIndex) -> String {
        self.lexicon.place(index).id.clone()
    }

    fn mentions<'m, T: 'm>(&self, mentions: impl Iterator<Item = &'m resolve::Mention<T>> + Clone) -> Mentions {
        let weights = mentions.clone().map(|mention| resolve::weight(&self.resolved.scan, mention.at));
        let doubt: f64 = mentions.clone().map(|mention| 1.0 - mention.confidence).fold(1.0, f64::min);
        Mentions {
            relevance: rounded(relevance(weights)),
            confidence: rounded(1.0 - doubt),
            list: mentions.map(|mention| self.mention(mention.at, mention.form)).collect(),
        }
    }

    fn relevance(&self, mentions: &[At]) -> f64 {
        rounded(relevance(mentions.iter().map(|&at| resolve::weight(&self.resolved.scan, at))))
    }

    fn mention(&self, at: At, form: Form) -> Mention {
        let Evidence { field, start, end } = self.evidence(at);
        Mention { field, start, end, text: self.resolved.scan.text(at).to_owned(), form }
    }

    fn evidence(&self, at: At) -> Evidence {
        let offsets = &self.offsets[at.field as usize];
        Evidence {
            field: self.resolved.scan.field(at).name,
            start: offsets.char_offset(at.span.start),
            end: offsets.char_offset(at.span.end),
        }
    }
}

/// Mentions in order of their entities, each entity's in order of the text; and their places in the list that is given.
fn by_entity<T: Copy + Ord>(mentions: &[resolve::Mention<T>]) -> Vec<(T, usize)> {
    let mut sorted: Vec<_> = mentions.iter().enumerate().map(|(place, mention)| (mention.entity, place)).collect();
    sorted.sort_unstable();
    sorted
}

/// Two decimals say all that a score knows.
fn rounded(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

/// `Acme Mining, Inc.` → `acme-mining-inc`; letters of other scripts stay.
fn kebab_case(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
