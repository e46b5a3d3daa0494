//! What happened: triggers in statements, with the countries, commodities and organisations that take part.
//!
//! A trigger is a cue of an event's class, or a figure in a frame: a price that moves, an output that is reported.

use super::attribution::Attribution;
use super::clauses::Clauses;
use super::countries::CountryMention;
use super::statements::Statements;
use crate::extract::{At, Scan};
use crate::lexicon::{CommodityIndex, CueClass, PlaceIndex};
use crate::resolve::Resolved;
use crate::vocabulary::{EventType, PlaceType};

/// Something that the article says happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What.
    pub kind: EventType,
    /// Countries that take part, in order of mention.
    pub countries: Vec<PlaceIndex>,
    /// Commodities that it is about, in order of mention.
    pub commodities: Vec<CommodityIndex>,
    /// Places among [`Resolved::organisations`].
    pub organisations: Vec<usize>,
    /// The sentence that says so.
    pub at: At,
}

/// Reads every trigger that is neither denied nor merely supposed (`year`: of publication, where it is known); events of one type that share participants are one.
pub(super) fn events(
    resolved: &Resolved<'_>,
    clauses: &Clauses,
    attributions: &[Vec<Attribution>],
    countries: &[CountryMention],
    year: Option<i16>,
) -> Vec<Event> {
    let mut acting: Vec<(u32, usize)> = Vec::new();
    for (place, organisation) in resolved.organisations.iter().enumerate() {
        let press =
            organisation.listed.is_some_and(|listed| resolved.scan.lexicon.organisations[listed.0 as usize].press);
        if !press {
            acting.extend(organisation.mentions.iter().map(|mention| (mention.sentence, place)));
        }
    }
    acting.sort_unstable();
    let reader = Reader { resolved, clauses, attributions, countries, acting };
    let mut events: Vec<Event> = Vec::new();
    for Trigger { kind, at, figure } in triggers(resolved, clauses, year) {
        // A sentence without a commodity of its own speaks of what was told before.
        let retold = clauses.minerals_in(at.sentence).is_empty();
        if retold && events.iter().any(|known| known.kind == kind) {
            continue;
        }
        let Some(event) = reader.event(kind, at, figure) else { continue };
        match events.iter_mut().find(|known| known.kind == kind && is_same(known, &event)) {
            Some(known) => merge(known, event),
            None => events.push(event),
        }
    }
    events
}

/// What states an event.
struct Trigger {
    kind: EventType,
    at: At,
    /// A figure in a frame, not a cue.
    figure: bool,
}

/// Everything that states an event, in the order of the text.
fn triggers(resolved: &Resolved<'_>, clauses: &Clauses, year: Option<i16>) -> Vec<Trigger> {
    let statements = Statements { scan: &resolved.scan, clauses, year, quantities: &resolved.quantities };
    let cues = resolved
        .scan
        .cues
        .iter()
        .filter_map(|cue| {
            let kind = what_is_taken(resolved, clauses, &statements, event_type(cue.class)?, cue.at)?;
            Some(Trigger { kind, at: cue.at, figure: false })
        })
        .filter(|trigger| !resolved.scan.is_of_site(trigger.at.sentence))
        .filter(|trigger| {
            !clauses.minerals_in(trigger.at.sentence).is_empty() || may_carry(&resolved.scan, trigger.kind, trigger.at)
        });
    let figures = resolved.quantities.iter().filter_map(|quantity| {
        let kind = statements.figure(quantity)?;
        Some(Trigger { kind, at: quantity.at, figure: true })
    });
    let repriced = resolved.scan.cues.iter().filter(|cue| cue.class == CueClass::REPRICED).filter_map(|cue| {
        statements.is_repriced(cue).then_some(Trigger { kind: EventType::PriceMove, at: cue.at, figure: true })
    });
    let mut triggers: Vec<Trigger> =
        cues.chain(figures).chain(repriced).filter(|trigger| statements.holds(trigger.kind, trigger.at)).collect();
    if triggers.is_empty() {
        return triggers;
    }
    // `the Development Finance Corporation` finances nothing by its name.
    let mut bodies: Vec<At> =
        resolved.organisations.iter().flat_map(|organisation| organisation.mentions.iter().copied()).collect();
    bodies.sort_unstable();
    let in_name = |at: At| {
        let next = bodies.partition_point(|body| (body.field, body.span.start) <= (at.field, at.span.start));
        next.checked_sub(1).is_some_and(|place| bodies[place].covers(&at))
    };
    triggers.retain(|trigger| !in_name(trigger.at));
    triggers.sort_by_key(|trigger| (trigger.at, trigger.figure));
    // A tariff, a ban, a permit is a policy too: the narrower type is meant.
    let narrower = sentences_of(&triggers, is_measure);
    triggers
        .retain(|trigger| trigger.kind != EventType::Policy || narrower.binary_search(&trigger.at.sentence).is_err());
    // `OPEC+ agreed to raise output`, `smelters have been ordered to stop`: what is told with another is none of its own.
    let wholes: Vec<(EventType, At)> = triggers
        .iter()
        .filter(|trigger| matches!(trigger.kind, EventType::Policy | EventType::MineSuspension))
        .map(|trigger| (trigger.kind, trigger.at))
        .collect();
    triggers.retain(|trigger| {
        !wholes.iter().any(|&(kind, whole)| {
            let told_with = match kind {
                EventType::Policy => matches!(trigger.kind, EventType::Production | EventType::Agreement),
                _ => trigger.kind == EventType::Policy,
            };
            let cartel = |at: At| resolved.scan.text(at).starts_with("OPEC");
            told_with
                && whole.sentence == trigger.at.sentence
                && (whole.overlaps(&trigger.at) || cartel(whole))
                && whole.span.start <= trigger.at.span.start
        })
    });
    // A permit to export is no licence to mine.
    let controlled = sentences_of(&triggers, |kind| kind == EventType::ExportControl);
    let exported = |sentence: &u32| {
        controlled.binary_search(sentence).is_ok() && {
            let text = resolved.scan.text(resolved.scan.sentence_at(*sentence)).to_lowercase();
            text.contains("export") || text.contains("出口")
        }
    };
    let controls: Vec<At> =
        triggers.iter().filter(|trigger| trigger.kind == EventType::ExportControl).map(|trigger| trigger.at).collect();
    let in_control = |at: At| {
        let first = controls.partition_point(|control| control.sentence < at.sentence);
        controls[first..]
            .iter()
            .take_while(|control| control.sentence == at.sentence)
            .any(|control| control.covers(&at))
    };
    triggers.retain(|trigger| {
        trigger.kind != EventType::Licence || !exported(&trigger.at.sentence) && !in_control(trigger.at)
    });
    // The price of a takeover is no investment beside it.
    let bought = sentences_of(&triggers, |kind| kind == EventType::Acquisition);
    triggers
        .retain(|trigger| trigger.kind != EventType::Investment || bought.binary_search(&trigger.at.sentence).is_err());
    // `snaps up a rival in a $190 million gold deal`: the deal is the takeover.
    triggers.retain(|trigger| {
        trigger.kind != EventType::Agreement || bought.binary_search(&trigger.at.sentence).is_err() || {
            let text = resolved.scan.text(trigger.at);
            let sentence = resolved.scan.text(resolved.scan.sentence_at(trigger.at.sentence));
            !text.ends_with("deal") && !text.ends_with("to sell") && !sentence.contains("purchase agreement")
        }
    });
    triggers
}

/// Who takes what over: goods that are bought are no takeover, but an agreement where they are to be; what a state or armed men take
/// is seized.
fn what_is_taken(
    resolved: &Resolved<'_>,
    clauses: &Clauses,
    statements: &Statements<'_, '_>,
    kind: EventType,
    at: At,
) -> Option<EventType> {
    if kind != EventType::Acquisition {
        return Some(kind);
    }
    let scan = &resolved.scan;
    let event = &scan.lexicon.particles.event;
    let text = scan.text(at).to_ascii_lowercase();
    if statements.is_of_goods(at) {
        return text.starts_with("agree").then_some(EventType::Agreement);
    }
    if !event.takes.begins(&text) {
        return Some(kind);
    }
    let tail = scan.tail_before(at, 40);
    let taker = event.auxiliaries.iter().fold(tail.trim_end(), |before, word| before.trim_end_matches(word));
    let end = at.span.start - (tail.len() - taker.len()) as u32;
    let last = taker.rsplit([' ', '-']).next().unwrap_or_default().to_ascii_lowercase();
    let is_country = |place: PlaceIndex| scan.lexicon.place(place).kind == PlaceType::Country;
    let by_state = event.state.has(&last)
        || clauses.places_in(at.sentence).iter().any(|place| place.at.span.end == end && is_country(place.entity))
        || text.ends_with(" by") && {
            let after = scan.rest_after(at);
            let mut after = after.split_whitespace().take(WORDS_TO_TAKER);
            after.any(|word| event.state.has(word.trim_end_matches([',', '.', ';'])))
        };
    Some(if by_state { EventType::Seizure } else { kind })
}

/// `taken over by the country's military government`: words among which is who took it.
const WORDS_TO_TAKER: usize = 4;

/// Whether a statement may leave out what it is about: `The deal was signed on Monday`, `The price has doubled`, but not
/// `Shares rose`.
fn may_carry(scan: &Scan<'_>, kind: EventType, at: At) -> bool {
    match kind {
        EventType::PriceMove => scan.lexicon.particles.mineral.price_words.is_in(&scan.text(at).to_lowercase()),
        // `has set a quota of 250 million tonnes of ore`
        EventType::Policy => scan.lexicon.particles.event.policy_words.is_in(&scan.text(at).to_lowercase()),
        EventType::Production => false,
        _ => true,
    }
}

/// The sentences of the triggers of some kinds, in order, as the triggers are.
fn sentences_of(triggers: &[Trigger], is_meant: impl Fn(EventType) -> bool) -> Vec<u32> {
    triggers.iter().filter(|trigger| is_meant(trigger.kind)).map(|trigger| trigger.at.sentence).collect()
}

/// What a state does, more narrowly than by a policy.
fn is_measure(kind: EventType) -> bool {
    use EventType::{ExportControl, Licence, Sanction, Seizure, Tariff};
    matches!(kind, ExportControl | Licence | Sanction | Seizure | Tariff)
}

/// Whether such an event happens somewhere, wherever the firm that it happens to comes from; others are between those who take part.
fn is_of_place(kind: EventType) -> bool {
    use EventType::{Accident, Discovery, LabourAction, MineOpening, MineSuspension, Production, Seizure};
    matches!(kind, Accident | Discovery | LabourAction | MineOpening | MineSuspension | Production | Seizure)
}

struct Reader<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses<'r>,
    attributions: &'r [Vec<Attribution>],
    /// In order.
    countries: &'r [CountryMention],
    /// (sentence, place among the organisations), in order; the press reports, and takes no part.
    acting: Vec<(u32, usize)>,
}

impl Reader<'_, '_> {
    /// The participants are those of the sentence; where it names no commodity, those of the sentence before or the
    /// headline. None without a commodity.
    fn event(&self, kind: EventType, at: At, figure: bool) -> Option<Event> {
        let named = self.commodities(at.sentence);
        let (commodities, countries) = if named.is_empty() {
            self.carried(kind, at, figure)?
        } else {
            (named, self.countries(kind, at, at.sentence))
        };
        let from = self.acting.partition_point(|(acts_in, _)| *acts_in < at.sentence);
        let acting = self.acting[from..].iter().take_while(|(acts_in, _)| *acts_in == at.sentence);
        let mut organisations: Vec<usize> = acting.map(|(_, place)| *place).collect();
        keep_first(&mut organisations);
        let at = self.resolved.scan.sentence_at(at.sentence);
        Some(Event { kind, countries, commodities, organisations, at })
    }

    /// What a sentence without a commodity speaks of: the commodities of the first neighbour that names any, and the
    /// countries of the first, down to that, that names any.
    fn carried(&self, kind: EventType, at: At, figure: bool) -> Option<(Vec<CommodityIndex>, Vec<PlaceIndex>)> {
        let field_start = at.sentence - self.resolved.scan.sentences[at.sentence as usize].1;
        let before = at.sentence.checked_sub(1).filter(|&before| before >= field_start);
        let headline = (at.sentence > 0).then_some(0);
        // A headline may leave to the text what it is about.
        let text = (headline.is_none())
            .then(|| self.resolved.commodities.first().map(|mention| mention.at.sentence))
            .flatten();
        let after = Some(at.sentence + 1).filter(|&after| {
            !figure && self.resolved.scan.sentences.get(after as usize).is_some_and(|(field, _)| *field == at.field)
        });
        let neighbours = [before, headline, text, after];
        let names_any = |neighbour: &u32| !self.clauses.minerals_in(*neighbour).is_empty();
        // Where all around are silent, the article's first says what it is about.
        let first = self.resolved.commodities.first().map(|mention| mention.at.sentence);
        let silent = !neighbours.iter().flatten().any(names_any);
        let neighbours = if silent { [before, headline, first, None] } else { neighbours };
        let last = neighbours.iter().position(|neighbour| neighbour.as_ref().is_some_and(names_any))?;
        let from = neighbours[..=last].iter().copied().flatten();
        let commodities = from.clone().next_back().map(|neighbour| self.commodities(neighbour))?;
        let from = std::iter::once(at.sentence).chain(from.filter(|&neighbour| Some(neighbour) != text));
        let mut countries = from.map(|sentence| self.countries(kind, at, sentence));
        Some((commodities, countries.find(|countries| !countries.is_empty()).unwrap_or_default()))
    }

    fn commodities(&self, sentence: u32) -> Vec<CommodityIndex> {
        let mut commodities: Vec<CommodityIndex> =
            self.clauses.minerals_in(sentence).iter().map(|mention| mention.entity).collect();
        keep_first(&mut commodities);
        commodities
    }

    /// The countries that take part, of a sentence: those named before the trigger's clause ends, else those that its
    /// minerals are attributed to, else those named later.
    fn countries(&self, kind: EventType, trigger: At, sentence: u32) -> Vec<PlaceIndex> {
        let clause_end = if sentence == trigger.sentence { self.clauses.span(trigger).end } else { u32::MAX };
        let (mut countries, mut later) = (Vec::new(), Vec::new());
        let from = self.countries.partition_point(|country| country.at.sentence < sentence);
        let here = self.countries[from..].iter().take_while(|country| country.at.sentence == sentence);
        let here = here.filter(|country| self.resolved.dateline(country.at).is_none());
        // `A UK firm suspended its mine in Burkina Faso`, `flown to Turkey by way of the UAE`
        let acts = |country: &CountryMention| !country.passing && (!country.firm || country.buys);
        let any_acts = is_of_place(kind) && here.clone().any(acts);
        for country in here.filter(|country| !any_acts || acts(country)) {
            if country.at.span.start < clause_end {
                countries.push(country.country)
            } else {
                later.push(country.country)
            }
        }
        if countries.is_empty() {
            let first = self.clauses.minerals_before(sentence);
            let its = &self.attributions[first..first + self.clauses.minerals_in(sentence).len()];
            let its = its.iter().find(|its| !its.is_empty());
            countries = its.map_or(later, |its| its.iter().map(|attribution| attribution.country).collect());
        }
        keep_first(&mut countries);
        countries
    }
}

fn is_same(known: &Event, event: &Event) -> bool {
    known.commodities.iter().any(|commodity| event.commodities.contains(commodity))
        || known.countries.iter().any(|country| event.countries.contains(country))
}

/// The sentence with the most participants is the evidence.
fn merge(known: &mut Event, event: Event) {
    let size = |event: &Event| event.countries.len() + event.commodities.len() + event.organisations.len();
    if size(&event) > size(known) {
        known.at = event.at;
    }
    known.countries.extend(event.countries);
    known.commodities.extend(event.commodities);
    known.organisations.extend(event.organisations);
    keep_first(&mut known.countries);
    keep_first(&mut known.commodities);
    keep_first(&mut known.organisations);
}

fn keep_first<T: PartialEq + Copy>(items: &mut Vec<T>) {
    let mut kept = 0;
    for place in 0..items.len() {
        let item = items[place];
        if !items[..kept].contains(&item) {
            items[kept] = item;
            kept += 1;
        }
    }
    items.truncate(kept);
}

fn event_type(class: CueClass) -> Option<EventType> {
    Some(match class {
        CueClass::EVENT_AGREEMENT => EventType::Agreement,
        CueClass::EVENT_EXPORT_CONTROL => EventType::ExportControl,
        CueClass::EVENT_TARIFF => EventType::Tariff,
        CueClass::EVENT_SANCTION => EventType::Sanction,
        CueClass::EVENT_ACQUISITION => EventType::Acquisition,
        CueClass::EVENT_INVESTMENT => EventType::Investment,
        CueClass::EVENT_DISCOVERY => EventType::Discovery,
        CueClass::EVENT_MINE_OPENING => EventType::MineOpening,
        CueClass::EVENT_MINE_SUSPENSION => EventType::MineSuspension,
        CueClass::EVENT_ACCIDENT => EventType::Accident,
        CueClass::EVENT_LABOUR_ACTION => EventType::LabourAction,
        CueClass::EVENT_PRICE_MOVE => EventType::PriceMove,
        CueClass::EVENT_POLICY => EventType::Policy,
        CueClass::EVENT_PRODUCTION => EventType::Production,
        CueClass::EVENT_LICENCE => EventType::Licence,
        CueClass::EVENT_SEIZURE => EventType::Seizure,
        _ => return None,
    })
}
