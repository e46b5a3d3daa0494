//! Names of organisations that are other words too, as the sense rules read them: 白俄罗斯钾肥 is a firm or a country's potash, `CFR` a
//! council or a term of trade.

use crate::extract::At;
use crate::extract::scan::{Name, Scan};
use crate::lexicon::{Companions, Reason, SenseRule, Trust, Verdict, What};

/// Most doubted names that are judged: a text of nothing else gains nothing from the thousandth.
const MOST: usize = 256;

/// Takes back the organisations that their rules refuse, and lets the names stand that they hid.
pub(super) fn settle(scan: &mut Scan<'_>) {
    let refused: Vec<At> =
        scan.names.iter().filter(|name| is_refused(scan, name)).map(|name| name.at).take(MOST).collect();
    for at in refused {
        let Ok(place) = scan.names.binary_search_by_key(&at, |name| name.at) else { continue };
        let name = &mut scan.names[place];
        name.readings.retain(|reading| !matches!(reading.what, What::Organisation(_)));
        if name.readings.is_empty() {
            scan.uncover(at);
        }
    }
}

fn is_refused(scan: &Scan<'_>, name: &Name) -> bool {
    let doubted = name.readings.iter().find_map(|reading| match reading.what {
        What::Organisation(_) => Some((reading.what, reading.sense?)),
        _ => None,
    });
    doubted.is_some_and(|(what, sense)| {
        let sense = &scan.lexicon.senses[sense.0 as usize];
        let rule = sense.rules.iter().find(|rule| holds(scan, rule, name, what));
        // `the Environmental Protection Agency of Ghana` is a body, if not the listed one: see `resolve`.
        matches!(rule.map_or(sense.otherwise, |rule| rule.verdict), Verdict::Refuse(reason) if reason != Reason::Name)
    })
}

/// Whether a rule's conditions hold, as far as the names tell before commodities and places are settled.
fn holds(scan: &Scan<'_>, rule: &SenseRule, name: &Name, what: What) -> bool {
    rule.suits(scan.beside(name), scan.said_in(name.at.sentence), scan.article_cues, scan.text(name.at))
        && accompanied(scan, &rule.with_commodity, name, |what| match what {
            What::Commodity(commodity) => Some(commodity),
            _ => None,
        })
        && accompanied(scan, &rule.with_country, name, |what| match what {
            What::Place(place) => Some(scan.lexicon.place(place).country.unwrap_or(place)),
            _ => None,
        })
        && (rule.elsewhere.is_empty() || rule.elsewhere.iter().any(|what| is_named(scan, *what)))
        && rule.also.is_none_or(|also| also == is_named(scan, what))
}

/// Whether a name that is in no doubt stands anywhere.
fn is_named(scan: &Scan<'_>, what: What) -> bool {
    let sure = |name: &Name| {
        name.readings
            .iter()
            .any(|reading| reading.what == what && reading.sense.is_none() && reading.trust == Trust::Always)
    };
    scan.names.iter().any(sure)
}

fn accompanied<T: PartialEq>(
    scan: &Scan<'_>,
    asked: &Companions<T>,
    name: &Name,
    entity: impl Fn(What) -> Option<T>,
) -> bool {
    if *asked == Companions::NotAsked {
        return true;
    }
    let others = scan.names[scan.names_in(name.at.sentence)].iter().filter(|other| other.at != name.at);
    let mut entities = others.flat_map(|other| other.readings.iter()).filter_map(|reading| entity(reading.what));
    match asked {
        Companions::NotAsked => true,
        Companions::Any => entities.next().is_some(),
        Companions::OneOf(members) => entities.any(|entity| members.contains(&entity)),
    }
}
