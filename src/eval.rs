//! How good the walk is: precision, recall and the misses, layer by layer, on labelled articles.
//!
//! *In:* labelled cases (`eval/README.md` documents the format) and a [`Pipeline`].
//! *Out:* a [`Report`]; beside it, in the same run, the report of a plain keyword matcher on the same lexicon, which
//! takes every name for what it may be and every mineral for every country of the article.
//! *Guaranteed:* scoring is at document level on sets, so order and number of mentions do not count.

use crate::article::RawRecord;
use crate::event::EnrichedArticle;
use crate::lexicon::{Lexicon, What};
use crate::pipeline::Pipeline;
use crate::vocabulary::{CommodityKind, PlaceType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The layers that are scored, in the order of the report.
pub const LAYERS: [&str; 7] = ["commodities", "countries", "regions", "pairs", "people", "organisations", "events"];

/// A labelled article.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unique name of the case.
    pub id: String,
    /// A raw article event.
    pub article: serde_json::Value,
    /// What a careful reader finds in it. A layer that is left out is not scored for this case.
    pub expect: Expectation,
    /// Why the case is there.
    #[serde(default)]
    pub note: String,
}

/// What a careful reader finds, at document level.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expectation {
    /// Commodity ids.
    pub commodities: Option<Vec<String>>,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Option<Vec<String>>,
    /// Names of regions.
    pub regions: Option<Vec<String>>,
    /// (commodity id, country).
    pub pairs: Option<Vec<(String, String)>>,
    /// Names as written.
    pub people: Option<Vec<String>>,
    /// Names as written.
    pub organisations: Option<Vec<String>>,
    /// Event types.
    pub events: Option<Vec<String>>,
}

/// Right, wrong and missed findings of one layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Found and expected.
    pub right: usize,
    /// Found, not expected.
    pub wrong: usize,
    /// Expected, not found.
    pub missed: usize,
}

impl Score {
    /// Right among found; 1 where nothing was found.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// Right among expected; 1 where nothing was expected.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A finding that is wrong or missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The case.
    pub case: String,
    /// One of [`LAYERS`].
    pub layer: &'static str,
    /// Found but not expected; else expected but not found.
    pub wrong: bool,
    /// The finding.
    pub finding: String,
}

/// Findings of one layer that the walk was about as sure of, and how often they were right.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Band {
    /// One of [`LAYERS`].
    pub layer: &'static str,
    /// Confidence (of pairs: score), in tenths, from here to the next tenth.
    pub tenth: u8,
    /// Findings.
    pub findings: usize,
    /// Sum of their confidences.
    pub sure: f64,
    /// Of the findings, those that were expected.
    pub right: usize,
}

/// The result over all cases.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Number of cases.
    pub cases: usize,
    /// Scores by layer, in the order of [`LAYERS`].
    pub scores: Vec<(&'static str, Score)>,
    /// The plain keyword matcher's scores on the layers that it has.
    pub plain: Vec<(&'static str, Score)>,
    /// Whether the walk knows how sure it may be: by layer and confidence. Events and regions have none.
    pub calibration: Vec<Band>,
    /// Everything that is wrong or missing.
    pub misses: Vec<Miss>,
    /// Cases that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
}

/// Scores the walk, and the plain matcher beside it.
pub fn evaluate(pipeline: &Pipeline, cases: &[Case]) -> Report {
    let mut report = Report {
        cases: cases.len(),
        scores: LAYERS.map(|layer| (layer, Score::default())).to_vec(),
        plain: ["commodities", "countries", "pairs"].map(|layer| (layer, Score::default())).to_vec(),
        ..Report::default()
    };
    for case in cases {
        let value = case.article.to_string();
        let record = RawRecord { value: Some(value.as_bytes()), ..RawRecord::default() };
        let event = match pipeline.enrich(&record) {
            Ok(enriched) => enriched.event,
            Err(refusal) => {
                report.unreadable.push((case.id.clone(), refusal.to_string()));
                continue;
            }
        };
        let plain = plain_matches(pipeline.lexicon(), &event);
        for (layer, expected) in expected(&case.expect) {
            let found = found(&event, layer);
            compare(&mut report, &case.id, layer, &expected, &found);
            if let (Some((_, score)), Some((_, found))) = (
                report.plain.iter_mut().find(|(name, _)| *name == layer),
                plain.iter().find(|(name, _)| *name == layer),
            ) {
                let right = expected.intersection(found).count();
                score.right += right;
                score.wrong += found.len() - right;
                score.missed += expected.len() - right;
            }
        }
    }
    report
}

fn expected(expect: &Expectation) -> Vec<(&'static str, BTreeSet<String>)> {
    let set = |list: &Option<Vec<String>>| list.as_ref().map(|list| list.iter().map(|item| folded(item)).collect());
    let pairs = expect.pairs.as_ref().map(|pairs| pairs.iter().map(|(m, c)| pair(m, c)).collect());
    let layers = [
        ("commodities", set(&expect.commodities)),
        ("countries", set(&expect.countries)),
        ("regions", set(&expect.regions)),
        ("pairs", pairs),
        ("people", set(&expect.people)),
        ("organisations", set(&expect.organisations)),
        ("events", set(&expect.events)),
    ];
    layers.into_iter().filter_map(|(layer, expected)| Some((layer, expected?))).collect()
}

/// A finding: all names that it may go by, of which the first is the one that the report shows, and how sure it is.
struct Finding {
    names: Vec<String>,
    sure: Option<f64>,
}

impl Finding {
    fn single(name: String, sure: Option<f64>) -> Self {
        Self { names: vec![name], sure }
    }
}

fn found(event: &EnrichedArticle, layer: &str) -> Vec<Finding> {
    let places = |kind: PlaceType| event.places.iter().filter(move |place| place.kind == kind);
    match layer {
        "commodities" => {
            event.commodities.iter().map(|found| Finding::single(found.id.clone(), Some(found.confidence))).collect()
        }
        "countries" => {
            places(PlaceType::Country).map(|place| Finding::single(folded(&place.id), Some(place.confidence))).collect()
        }
        "regions" => places(PlaceType::Region)
            .map(|place| {
                let names =
                    [&place.name, &place.id].into_iter().chain(place.mentions.iter().map(|mention| &mention.text));
                Finding { names: names.map(|name| folded(name)).collect(), sure: None }
            })
            .collect(),
        "pairs" => event
            .mineral_countries
            .iter()
            .map(|found| Finding::single(pair(&found.mineral, &found.country), Some(found.score)))
            .collect(),
        "people" => event
            .people
            .iter()
            .map(|found| Finding { names: names(&found.name, found.mentions.iter()), sure: Some(found.confidence) })
            .collect(),
        "organisations" => event
            .organisations
            .iter()
            .map(|found| Finding { names: names(&found.name, found.mentions.iter()), sure: Some(found.confidence) })
            .collect(),
        "events" => {
            let kinds: BTreeSet<String> = event
                .events
                .iter()
                .filter_map(|event| serde_json::to_value(event.kind).ok()?.as_str().map(str::to_owned))
                .collect();
            kinds.into_iter().map(|kind| Finding::single(kind, None)).collect()
        }
        _ => Vec::new(),
    }
}

fn names<'m>(name: &str, mentions: impl Iterator<Item = &'m crate::event::Mention>) -> Vec<String> {
    std::iter::once(folded(name)).chain(mentions.map(|mention| folded(&mention.text))).collect()
}

fn pair(mineral: &str, country: &str) -> String {
    format!("{mineral} {}", country.to_lowercase())
}

fn folded(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn compare(report: &mut Report, case: &str, layer: &'static str, expected: &BTreeSet<String>, found: &[Finding]) {
    let Some((_, score)) = report.scores.iter_mut().find(|(name, _)| *name == layer) else { return };
    let mut open = expected.clone();
    for Finding { names, sure } in found {
        let expected = names.iter().find(|name| open.contains(*name));
        if let Some(sure) = *sure {
            let band = band(&mut report.calibration, layer, sure);
            band.findings += 1;
            band.sure += sure;
            band.right += usize::from(expected.is_some());
        }
        if let Some(name) = expected {
            open.remove(name);
            score.right += 1;
        } else {
            score.wrong += 1;
            let finding = names.first().cloned().unwrap_or_default();
            report.misses.push(Miss { case: case.to_owned(), layer, wrong: true, finding });
        }
    }
    score.missed += open.len();
    report.misses.extend(open.into_iter().map(|finding| Miss { case: case.to_owned(), layer, wrong: false, finding }));
}

fn band<'r>(bands: &'r mut Vec<Band>, layer: &'static str, sure: f64) -> &'r mut Band {
    let order = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let tenth = (sure * 10.0).floor() as u8;
    let place = match bands.binary_search_by_key(&(order(layer), tenth), |band| (order(band.layer), band.tenth)) {
        Ok(place) => place,
        Err(place) => {
            bands.insert(place, Band { layer, tenth, ..Band::default() });
            place
        }
    };
    &mut bands[place]
}

/// What a matcher without any rule finds: every commodity's and country's name, each mineral with each country.
fn plain_matches(lexicon: &Lexicon, event: &EnrichedArticle) -> Vec<(&'static str, BTreeSet<String>)> {
    let (mut commodities, mut minerals, mut countries) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for text in [&event.article.title, &event.article.text].into_iter().flatten() {
        let folded_text = lexicon.folding().fold(text);
        lexicon.find(&folded_text, &Lexicon::haystack(&folded_text), text, |hit| match hit.reading.what {
            What::Commodity(index) => {
                let entry = lexicon.commodity(index);
                commodities.insert(entry.id.clone());
                if entry.kind != CommodityKind::Agricultural {
                    minerals.insert(entry.id.clone());
                }
            }
            What::Place(index) if lexicon.place(index).kind == PlaceType::Country => {
                countries.insert(folded(&lexicon.place(index).id));
            }
            _ => {}
        });
    }
    let pairs =
        minerals.iter().flat_map(|mineral| countries.iter().map(move |country| pair(mineral, country))).collect();
    vec![("commodities", commodities), ("countries", countries), ("pairs", pairs)]
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} labelled articles", self.cases)?;
        writeln!(
            f,
            "{:<16}{:>8}{:>8}{:>8}{:>11}{:>9}{:>8}   plain matcher",
            "layer", "right", "wrong", "missed", "precision", "recall", "F1"
        )?;
        for (layer, score) in &self.scores {
            let plain = self.plain.iter().find(|(name, _)| name == layer).map(|(_, plain)| {
                format!("   P {:.3}  R {:.3}  F1 {:.3}", plain.precision(), plain.recall(), plain.f1())
            });
            writeln!(
                f,
                "{layer:<16}{:>8}{:>8}{:>8}{:>11.3}{:>9.3}{:>8.3}{}",
                score.right,
                score.wrong,
                score.missed,
                score.precision(),
                score.recall(),
                score.f1(),
                plain.unwrap_or_default()
            )?;
        }
        writeln!(f, "{:<16}{:>8}{:>10}{:>9}", "how sure", "found", "said", "right")?;
        for band in &self.calibration {
            let name = format!("{} 0.{}", band.layer, band.tenth.min(9));
            let share = |sum: f64| sum / band.findings as f64;
            writeln!(f, "{name:<18}{:>6}{:>10.3}{:>9.3}", band.findings, share(band.sure), share(band.right as f64))?;
        }
        for (case, reason) in &self.unreadable {
            writeln!(f, "unreadable: {case}: {reason}")?;
        }
        Ok(())
    }
}
