//! Entities → relations: which mineral in which country, what the figures say, what happened.
//!
//! *In:* for each article [`Resolved`]: entities and the text with its cues.
//! *Out:* for each [`Relations`].
//! *Guaranteed:* a mineral is attributed only to countries that the article mentions (by 国内 and 我国, too), each with a ground
//! ([`Basis`]) and the sentence that gives it; a mention that no country explains is attributed to none.

mod absence;
mod attribution;
mod claims;
mod clauses;
mod context;
mod counted;
mod countries;
mod dates;
mod digests;
mod events;
mod figures;
mod implied;
mod links;
mod lists;
mod objects;
mod owners;
mod pairs;
mod percentages;
mod setting;
mod settle;
mod statements;
mod surroundings;
mod trade;
#[cfg(test)]
mod tests;

pub use attribution::Attribution;
pub use claims::Claim;
pub use dates::PartialDate;
pub use events::Event;
pub use pairs::Pair;

use crate::resolve::Resolved;
use clauses::Clauses;
use context::Context;
use pairs::Stages;

/// What an article says about its entities.
#[derive(Debug, Default)]
pub struct Relations {
    /// For each mention in [`Resolved::commodities`], the countries that it is attributed to.
    pub attributions: Vec<Vec<Attribution>>,
    /// Minerals by country, most mentioned first.
    pub pairs: Vec<Pair>,
    /// Figures, in order.
    pub claims: Vec<Claim>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// Relates the entities of each article; `years` are those of publication, where they are known.
pub fn relate(resolved: &[Resolved<'_>], years: &[Option<i16>]) -> Vec<Relations> {
    // Whatever is related is related to a commodity.
    let (about, years): (Vec<_>, Vec<_>) =
        resolved.iter().zip(years).filter(|(resolved, _)| !resolved.commodities.is_empty()).unzip();
    let mut related = relate_all(&about, &years).into_iter();
    let next = |resolved: &Resolved<'_>| (!resolved.commodities.is_empty()).then(|| related.next());
    resolved.iter().map(next).map(|related| related.flatten().unwrap_or_default()).collect()
}

/// A step over all articles before the next, as in [`extract`](crate::extract::extract).
fn relate_all(resolved: &[&Resolved<'_>], years: &[&Option<i16>]) -> Vec<Relations> {
    let all = 0..resolved.len();
    let clauses: Vec<_> = all.clone().map(|i| Clauses::new(resolved[i])).collect();
    let contexts: Vec<_> = all.clone().map(|i| Context::new(resolved[i], &clauses[i])).collect();
    let attributions: Vec<_> = all.clone().map(|i| attribution::attribute(&contexts[i])).collect();
    let stages: Vec<_> = all.clone().map(|i| Stages::new(resolved[i], &clauses[i])).collect();
    let pairs: Vec<_> = all.clone().map(|i| pairs::pairs(resolved[i], &stages[i], &attributions[i])).collect();
    let claims: Vec<_> = all.clone().map(|i| claims::claims(&contexts[i], &stages[i], &attributions[i])).collect();
    let events: Vec<_> = all
        .map(|i| events::events(resolved[i], &clauses[i], &attributions[i], &contexts[i].countries, *years[i]))
        .collect();
    attributions
        .into_iter()
        .zip(pairs)
        .zip(claims)
        .zip(events)
        .map(|(((attributions, pairs), claims), events)| Relations { attributions, pairs, claims, events })
        .collect()
}
