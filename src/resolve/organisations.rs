//! Organisations: the mentions of one name joined, short forms judged by their context.

use super::{Mention, Resolved};
use crate::extract::{At, FoundOrganisation, OrganisationName, Scan, is_told};
use crate::lexicon::{CommodityIndex, CueSet, OrganisationIndex, PlaceIndex, What};
use crate::text::Span;
use crate::vocabulary::OrganisationType;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// An organisation with its mentions.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// The lexicon's entry, if it has one.
    pub listed: Option<OrganisationIndex>,
    /// The longest form of the name in the article.
    pub name: String,
    /// Kind.
    pub kind: OrganisationType,
    /// The country whose body it is, for bodies told by their pattern.
    pub country: Option<PlaceIndex>,
    /// Where, in order.
    pub mentions: Vec<At>,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
}

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Listed(OrganisationIndex),
    Named(String),
}

/// Most names of one first character that a short form is compared with.
const MOST_ALIKE: usize = 8;
/// Characters among which the county or town ends that a firm's name begins with.
const LONGEST_TOWN: usize = 7;
/// Fewest letters of an abbreviation that stands for a name without being in brackets behind it.
const LEAST_INITIALS: usize = 3;
/// Fewest characters of a government body's name without its country.
const SHORTEST_BODY: usize = 3;

/// Joins what was found.
pub(super) fn resolve(
    scan: &Scan<'_>,
    found: Vec<FoundOrganisation>,
    commodities: &[Mention<CommodityIndex>],
) -> Vec<Organisation> {
    let named: Vec<OrganisationName> =
        found.iter().filter(|found| !found.in_context).map(|found| found.name.clone()).collect();
    let carried = |found: &FoundOrganisation| {
        !found.in_context
            || named.contains(&found.name)
            || scan.said_in(found.at.sentence).intersects(CueSet::TRADE)
            || !Resolved::in_sentence(commodities, found.at.sentence).is_empty()
            || is_told(scan, found.at)
    };
    // Full names first, so that short ones find them.
    let mut carried: Vec<&FoundOrganisation> = found.iter().filter(|found| carried(found)).collect();
    carried.sort_by_key(|found| std::cmp::Reverse(found.at.span.end - found.at.span.start));
    let mut organisations: Vec<Organisation> = Vec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    let mut alike: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut bodies: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let owners = OnceCell::new();
    for found in carried {
        let written = scan.text(found.at);
        let key = match &found.name {
            OrganisationName::Listed(organisation) => Key::Listed(*organisation),
            OrganisationName::Pattern { .. } => Key::Named(scan.text(found.full.unwrap_or(found.at)).to_lowercase()),
        };
        let head = head(written);
        let known = head.and_then(|head| alike.get(head)).and_then(|alike| {
            alike.iter().copied().find(|&place| is_short_for(written, &found.name, &organisations[place]))
        });
        let tail = tail(written).filter(|_| is_body(&found.name));
        let known = known.or_else(|| {
            // Where two countries have such a body, it is told whose it is.
            let like = tail.and_then(|tail| bodies.get(tail)).into_iter().flatten().copied();
            only(like.filter(|&place| is_body_of(&owners, scan, written, &organisations[place])))
        });
        let place = known.unwrap_or_else(|| {
            *places.entry(key).or_insert_with(|| {
                organisations.push(new(scan, found, written));
                for head in [head, own_name(written).and_then(self::head)].into_iter().flatten() {
                    let alike = alike.entry(head).or_default();
                    if alike.len() < MOST_ALIKE {
                        alike.push(organisations.len() - 1);
                    }
                }
                let bodies = tail.map(|tail| bodies.entry(tail).or_default()).filter(|known| known.len() < MOST_ALIKE);
                bodies.into_iter().for_each(|bodies| bodies.push(organisations.len() - 1));
                organisations.len() - 1
            })
        });
        let organisation = &mut organisations[place];
        organisation.mentions.push(found.at);
        // `Kenmare Resources` says who `Kenmare Resources plc` is.
        if let (OrganisationName::Listed(listed), None) = (&found.name, organisation.listed) {
            let entry = new(scan, found, written);
            (organisation.listed, organisation.kind) = (Some(*listed), entry.kind);
            organisation.country = organisation.country.or(entry.country);
        }
    }
    for organisation in &mut organisations {
        organisation.mentions.sort();
    }
    organisations.sort_by_key(|organisation| organisation.mentions.first().copied());
    organisations
}

/// 栾川县*石坪沟矿业有限公司*: a firm's name without the county or town before it.
fn own_name(name: &str) -> Option<&str> {
    let firm = name.ends_with("公司").then(|| name.char_indices().take(LONGEST_TOWN))?;
    let town = firm
        .filter(|(at, c)| *at > 0 && matches!(c, '省' | '市' | '县' | '縣' | '区' | '區' | '旗' | '镇' | '鎮'))
        .last();
    town.map(|(at, c)| &name[at + c.len_utf8()..])
}

/// What a short form shares with its full name: the first Han character, or the first word.
fn head(name: &str) -> Option<&str> {
    let han = name.get(..3).filter(|head| head.chars().count() == 1);
    han.or_else(|| name.split(' ').next())
}

/// What a public body's name shares with the same name after its country: the last two Han characters.
fn tail(name: &str) -> Option<&str> {
    let from = name.len().checked_sub(6)?;
    name.get(from..).filter(|tail| tail.chars().count() == 2)
}

/// A ministry, an office, an association: its country may be left out where it is named again.
fn is_body(name: &OrganisationName) -> bool {
    matches!(name, OrganisationName::Pattern { kind, .. } if *kind != OrganisationType::Company)
}

/// Where the places stand that bodies are named after.
fn places_in_names(scan: &Scan<'_>) -> FxHashSet<At> {
    let hidden = scan.hidden.iter().filter(|hidden| matches!(hidden.reading.what, What::Place(_)));
    hidden.map(|hidden| hidden.at).chain(scan.names.iter().filter(|name| name.is_place()).map(|name| name.at)).collect()
}

/// 固体矿产发展部 for 尼日利亚固体矿产发展部: nothing but a place stands before it.
fn is_body_of(owners: &OnceCell<FxHashSet<At>>, scan: &Scan<'_>, name: &str, full: &Organisation) -> bool {
    let owner = full.name.strip_suffix(name).filter(|owner| !owner.is_empty());
    let Some((owner, at)) = owner.zip(full.mentions.first()) else { return false };
    let at = At { span: Span { end: at.span.start + owner.len() as u32, ..at.span }, ..*at };
    name.chars().count() >= SHORTEST_BODY
        && full.listed.is_none()
        && full.kind != OrganisationType::Company
        && owners.get_or_init(|| places_in_names(scan)).contains(&at)
}

/// The only one, if it is.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let one = items.next();
    one.filter(|_| items.next().is_none())
}

/// `NFL` for `National Fertilizers Ltd`: the capitals of a name, the legal form's among them or not.
fn is_initials(name: &str, full: &str) -> bool {
    let mut rest = full.split([' ', '-']).filter_map(|word| word.chars().next().filter(char::is_ascii_uppercase));
    name.len() >= LEAST_INITIALS
        && name.bytes().all(|byte| byte.is_ascii_uppercase())
        && name.chars().all(|letter| rest.next() == Some(letter))
        && rest.count() <= 1
}

/// 华岭矿业 for 华岭矿业股份有限公司, 美财政部 for 美国财政部; `Sininen` for `Sininen Lithium Oyj`.
fn is_short_for(name: &str, kind: &OrganisationName, full: &Organisation) -> bool {
    if name.is_ascii() {
        return full.name.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')) || is_initials(name, &full.name);
    }
    let OrganisationName::Pattern { kind, country } = kind else { return false };
    let body = || {
        let same = name.chars().rev().zip(full.name.chars().rev()).take_while(|(a, b)| a == b).count();
        same >= SHORTEST_BODY && name.chars().count() - same <= 1
    };
    full.kind == *kind
        && (*kind == OrganisationType::Company && full.listed.is_none() && stands_at_front(name, &full.name)
            || country.is_some() && *country == full.country && body())
}

/// Whether a firm's full name begins with a short one, or goes on with it after its town.
fn stands_at_front(name: &str, full: &str) -> bool {
    full.starts_with(name) || own_name(full).is_some_and(|own| own.starts_with(name))
}

fn new(scan: &Scan<'_>, found: &FoundOrganisation, written: &str) -> Organisation {
    match &found.name {
        OrganisationName::Listed(index) => {
            let entry = &scan.lexicon.organisations[index.0 as usize];
            Organisation {
                listed: Some(*index),
                name: written.to_owned(),
                kind: entry.kind,
                country: entry.country.as_deref().and_then(|code| scan.lexicon.country(code)),
                mentions: Vec::new(),
                confidence: if found.in_context { 0.85 } else { 0.97 },
            }
        }
        OrganisationName::Pattern { kind, country } => Organisation {
            listed: None,
            name: written.to_owned(),
            kind: *kind,
            country: *country,
            mentions: Vec::new(),
            confidence: 0.86,
        },
    }
}
