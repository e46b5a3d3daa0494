//! Organisations: listed names, and runs of words that a pattern word begins or ends (`… Mining Corp`, `Ministry of …`,
//! `…集团`, a ministry after its country).

mod aliases;
mod chinese;
#[cfg(test)]
mod chinese_tests;
mod doubts;
mod english;
#[cfg(test)]
mod english_tests;
mod listed;
mod ministries;
mod namesakes;
#[cfg(test)]
mod tests;

pub(crate) use english::is_headline;
pub(crate) use namesakes::is_told;

use super::scan::{Hidden, Scan};
use super::{At, Name};
use crate::lexicon::{NamePosition, OrganisationIndex, OrganisationWord, PlaceIndex, Trust, What};
use crate::text::Span;
use crate::vocabulary::{Form, OrganisationType};

/// An organisation's mention.
#[derive(Clone, Debug)]
pub struct FoundOrganisation {
    /// Where.
    pub at: At,
    /// Who.
    pub name: OrganisationName,
    /// A short form that only the article's context makes an organisation.
    pub in_context: bool,
    /// Where the full name stands, of a short one that the article gives itself.
    pub full: Option<At>,
}

/// How an organisation is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationName {
    /// From the lexicon.
    Listed(OrganisationIndex),
    /// By its pattern: the words are its name.
    Pattern {
        /// Kind of organisation that the pattern word makes.
        kind: OrganisationType,
        /// The country whose ministry it is.
        country: Option<PlaceIndex>,
    },
}

/// Most of them in one name.
const MOST_FORMS: usize = 3;

/// Finds listed organisations and those that show by their pattern; the names that they contain are hidden, but the
/// country of a government body, which acts for it, stays a mention of the country.
pub(super) fn find(scan: &mut Scan<'_>) -> Vec<FoundOrganisation> {
    uncover_offices(scan);
    doubts::settle(scan);
    namesakes::settle(scan);
    let mut found: Vec<FoundOrganisation> =
        scan.names.iter().filter_map(listed).map(|found| of_another_state(scan, without_owner(scan, found))).collect();
    found.retain(|found| {
        !(listed::is_in_foreign_name(scan, found.at)
            || is_one_word(scan, found.at)
                && (namesakes::is_surname(scan, found.at) || namesakes::is_given_name(scan, found.at)))
    });
    found.iter_mut().for_each(|found| with_legal_form(scan, found));
    let words = std::mem::take(&mut scan.organisation_words);
    let mut reach: Option<At> = None;
    for &(at, word) in &words {
        let word = &scan.lexicon.organisation_words[word as usize];
        // The longest pattern word speaks: `有限公司`, not the `公司` within it. Longer ones come first.
        if reach.is_some_and(|reach| reach != at && reach.covers(&at)) {
            continue;
        }
        let pattern = match word.position {
            NamePosition::AfterCountry => after_country(scan, at, word).or_else(|| ministries::ministry(scan, at)),
            NamePosition::End if is_han(scan, at) => chinese::before(scan, at, word),
            NamePosition::End => english::before(scan, at, word),
            NamePosition::Start => english::after(scan, at, word),
        };
        // One that makes no name leaves it to a shorter one: `Chamber of`, where `Chamber of Mines` ends nothing.
        let speaks = pattern.is_some() || is_han(scan, at);
        if speaks && reach.is_none_or(|reach| reach.field != at.field || reach.span.end <= at.span.end) {
            reach = Some(at);
        }
        let form = word.legal.then_some(at);
        found.extend(pattern.and_then(|pattern| or_listed(scan, pattern, form)));
    }
    scan.organisation_words = words;
    found.sort_by_key(|organisation| {
        (organisation.at.field, organisation.at.span.start, std::cmp::Reverse(organisation.at.span.end))
    });
    found.dedup_by(|later, earlier| {
        earlier.in_context &= later.in_context || later.at != earlier.at;
        earlier.at.overlaps(&later.at)
    });
    aliases::find(scan, &mut found);
    let short = chinese::short_forms(scan, &found);
    found.extend(short);
    found.sort_by_key(|organisation| organisation.at);
    hide(scan, &found);
    found
}

/// 商务部长 is an office, though 商务部 is a body: a title that goes on beyond a name takes it in.
fn uncover_offices(scan: &mut Scan<'_>) {
    let is_office = |name: &&Name| {
        let first =
            scan.roles.partition_point(|(role, _)| (role.field, role.span.start) < (name.at.field, name.at.span.start));
        scan.roles[first..]
            .iter()
            .take_while(|(role, _)| role.overlaps(&name.at))
            .any(|(role, _)| role.span.end > name.at.span.end)
    };
    let bodies = scan.names.iter().filter(|name| name.is_organisation());
    let offices: Vec<At> = bodies.filter(is_office).map(|name| name.at).collect();
    // Bounded: a text of nothing but offices gains nothing from the thousandth.
    offices.into_iter().take(256).for_each(|office| scan.uncover(office));
}

/// `China's Ministry of Commerce` is the ministry, and China's.
fn without_owner(scan: &Scan<'_>, mut found: FoundOrganisation) -> FoundOrganisation {
    let text = scan.text(found.at);
    let owner = ["'s ", "’s "].iter().find_map(|of| Some(text.find(of)? + of.len()));
    let is_place = |hidden: &Hidden| {
        hidden.at.field == found.at.field
            && hidden.at.span.start == found.at.span.start
            && matches!(hidden.reading.what, What::Place(_))
    };
    if let Some(owner) = owner.filter(|_| scan.hidden.iter().any(is_place)) {
        found.at.span.start += owner as u32;
    }
    found
}

/// `Peru's Congress`, `the Brazilian Congress`: a body that bears the name of another state's listed one.
fn of_another_state(scan: &Scan<'_>, found: FoundOrganisation) -> FoundOrganisation {
    let OrganisationName::Listed(listed) = found.name else { return found };
    let entry = &scan.lexicon.organisations[listed.0 as usize];
    if entry.kind != OrganisationType::Government || is_han(scan, found.at) {
        return found;
    }
    let before = scan.tail_before(found.at, 4);
    let owned = ["'s ", "’s "].iter().find(|of| before.ends_with(**of)).map(|of| of.len());
    let gap = owned.or(before.ends_with(' ').then_some(1)).unwrap_or_default() as u32;
    let end = found.at.span.start.saturating_sub(gap + 1);
    let owner =
        scan.name_over(found.at.field, end).filter(|name| gap > 0 && name.at.span.end + gap == found.at.span.start);
    let is_demonym = |name: &Name| name.readings.iter().any(|reading| reading.form == Form::Demonym);
    let owner = owner.filter(|name| name.is_place() && (owned.is_some() || is_demonym(name)));
    let country = owner.and_then(|name| country_of(scan, name));
    match (country, entry.country.as_deref().and_then(|code| scan.lexicon.country(code))) {
        (Some(country), Some(own)) if country != own => {
            let name = OrganisationName::Pattern { kind: entry.kind, country: Some(country) };
            FoundOrganisation { name, in_context: false, ..found }
        }
        _ => found,
    }
}

/// 大阪钛技术*公司*, 四川雅化*实业集团**股份有限公司*: the legal form belongs to the name, and so does what else says that it is a firm's.
fn with_legal_form(scan: &Scan<'_>, found: &mut FoundOrganisation) {
    let field = found.at.field;
    let is_form = |at: &At| scan.lexicon.particles.organisation.legal_forms.ends(scan.text(*at));
    for _ in 0..MOST_FORMS {
        let end = found.at.span.end;
        let first = scan.organisation_words.partition_point(|(at, _)| (at.field, at.span.start) < (field, end));
        let words = scan.organisation_words[first..].iter();
        let forms = words.take_while(|(at, _)| (at.field, at.span.start) == (field, end)).filter(|(at, _)| is_form(at));
        let Some((at, _)) = forms.max_by_key(|(at, _)| at.span.end) else { break };
        found.at.span.end = at.span.end;
    }
    if let Some((end, own)) = listed::end_of_firm(scan, found.at).or_else(|| listed::end_of_branch(scan, found.at)) {
        found.at.span.end = end;
        // A branch is a body of its own beside the one that it belongs to.
        if let (true, OrganisationName::Listed(listed)) = (own, &found.name) {
            let entry = &scan.lexicon.organisations[listed.0 as usize];
            let country = entry.country.as_deref().and_then(|code| scan.lexicon.country(code));
            found.name = OrganisationName::Pattern { kind: entry.kind, country };
        }
    }
    if let Some(end) = english::end_of_legal_form(scan, found.at) {
        (found.at.span.end, found.in_context) = (end, false);
    }
}

fn listed(name: &Name) -> Option<FoundOrganisation> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Organisation(organisation) => Some(FoundOrganisation {
            at: name.at,
            name: OrganisationName::Listed(organisation),
            in_context: reading.trust == Trust::InContext,
            full: None,
        }),
        _ => None,
    })
}

/// A listed name that covers all of a pattern's words knows better; one that needs a context has it in the pattern. With
/// nothing but a legal `form` after it, it is that entry: `Rio Tinto plc`.
fn or_listed(scan: &Scan<'_>, pattern: FoundOrganisation, form: Option<At>) -> Option<FoundOrganisation> {
    let Some(over) = scan.name_over(pattern.at.field, pattern.at.span.start) else { return Some(pattern) };
    let Some(known) = listed(over) else { return Some(pattern) };
    if over.at.covers(&pattern.at) {
        return known.in_context.then_some(FoundOrganisation { in_context: false, ..known });
    }
    let whole = form.is_some_and(|form| {
        let end = over.at.span.end;
        let between = scan.slice(over.at.field, end, form.span.start.max(end)).trim();
        over.at.span.start == pattern.at.span.start
            && (between.is_empty() || scan.lexicon.particles.organisation.groups.has(between))
    });
    Some(if whole { FoundOrganisation { in_context: false, at: pattern.at, ..known } } else { pattern })
}

fn hide(scan: &mut Scan<'_>, found: &[FoundOrganisation]) {
    let is_government =
        |name: &OrganisationName| matches!(name, OrganisationName::Pattern { kind: OrganisationType::Government, .. });
    let covers: Vec<(At, bool)> =
        found.iter().filter(|found| !found.in_context).map(|found| (found.at, is_government(&found.name))).collect();
    scan.hide_names(&covers, |name, cover| {
        name.at.span.end == cover.span.end && name.at.covers(cover) && listed(name).is_some()
    });
}

fn is_one_word(scan: &Scan<'_>, at: At) -> bool {
    scan.text(at).bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_han(scan: &Scan<'_>, at: At) -> bool {
    scan.text(at).chars().next_back().is_some_and(|c| !c.is_ascii() && !crate::lexicon::is_word_char(c))
}

fn pattern(at: At, start: u32, end: u32, kind: OrganisationType, country: Option<PlaceIndex>) -> FoundOrganisation {
    let at = At { span: Span { start, end }, ..at };
    FoundOrganisation { at, name: OrganisationName::Pattern { kind, country }, in_context: false, full: None }
}

/// `美国能源部`: the country stands directly before.
fn after_country(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let name = scan.name_over(at.field, at.span.start.checked_sub(1)?)?;
    let country = country_of(scan, name)?;
    (!ministries::goes_on(scan, at) && name.at.span.end == at.span.start)
        .then(|| pattern(at, name.at.span.start, at.span.end, word.kind, Some(country)))
}

fn country_of(scan: &Scan<'_>, name: &Name) -> Option<PlaceIndex> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Place(place) => scan.lexicon.place(place).country,
        _ => None,
    })
}
