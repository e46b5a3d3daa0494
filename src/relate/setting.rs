//! Where an article is set: the one country in which all that it tells happens, unless it says otherwise.

use super::countries::CountryMention;
use crate::extract::Scan;
use crate::lexicon::PlaceIndex;
use crate::resolve::Resolved;
use crate::text::FieldName;
use std::ops::Range;

/// Sentences at the start of a text in which a company says what it reports on.
const OPENING: u32 = 2;

/// Where a company's report says at once that its works lie, or an interview is introduced; `with_company` tells by sentence whether a
/// company is named in it.
pub(super) fn setting(
    resolved: &Resolved<'_>,
    countries: &[CountryMention],
    with_company: &[bool],
) -> Option<PlaceIndex> {
    let scan = &resolved.scan;
    let is_text = |&number: &u32| scan.field(scan.sentence_at(number)).name == FieldName::Text;
    let first = (0..scan.sentences.len() as u32).find(is_text)?;
    let stated = reported(resolved, with_company, first).or_else(|| introduced(scan, first))?;
    let part = |country: &&CountryMention| {
        stated.contains(&country.at.sentence)
            && !country.passing
            && !country.firm
            && !country.exchange_seat
            && resolved.dateline(country.at).is_none()
    };
    let mut own = countries.iter().filter(part).map(|country| country.country);
    let one = own.next()?;
    own.all(|other| other == one).then_some(one)
}

/// `Kasese Mines plc reports on its Mubende project in Uganda`: the sentence in which a company speaks of works of its own as soon
/// as the text begins.
fn reported(resolved: &Resolved<'_>, with_company: &[bool], first: u32) -> Option<Range<u32>> {
    let scan = &resolved.scan;
    let mut opening = first..(first + OPENING).min(scan.sentences.len() as u32);
    let number = opening.find(|&number| {
        with_company[number as usize] && scan.lexicon.particles.sentence.owning.is_in(scan.sentence_text(number))
    })?;
    Some(number..number + 1)
}

/// What stands before the first question of an interview: who is asked, and where.
fn introduced(scan: &Scan<'_>, first: u32) -> Option<Range<u32>> {
    let asks = |&number: &u32| scan.lexicon.particles.sentence.question.begins(scan.sentence_text(number));
    let mut questions = (first..scan.sentences.len() as u32).filter(asks);
    let end = questions.next()?;
    questions.next().map(|_| first..end)
}
