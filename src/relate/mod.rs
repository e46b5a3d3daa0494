//! Entities → relations: which mineral in which country, what the figures say, what happened.
//!
//! *In:* [`Resolved`]: entities and the text with its cues.
//! *Out:* [`Relations`].
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
mod events;
mod figures;
mod implied;
mod links;
mod lists;
mod objects;
mod owners;
mod pairs;
mod percentages;
mod settle;
mod statements;
mod surroundings;
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

/// Relates an article's entities; `year` is that of publication, where it is known.
pub fn relate(resolved: &Resolved<'_>, year: Option<i16>) -> Relations {
    // Whatever is related is related to a commodity.
    if resolved.commodities.is_empty() {
        return Relations::default();
    }
    let clauses = Clauses::new(resolved);
    let context = Context::new(resolved, &clauses);
    let attributions = attribution::attribute(&context);
    let stages = Stages::new(resolved, &clauses);
    let pairs = pairs::pairs(resolved, &stages, &attributions);
    let claims = claims::claims(&context, &stages, &attributions);
    let events = events::events(resolved, &clauses, &attributions, &context.countries, year);
    Relations { attributions, pairs, claims, events }
}
