//! The closed vocabularies that the rooms share and the event publishes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of name a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The entity's name.
    Name,
    /// A people's name or adjective: Pakistani.
    Demonym,
    /// A nickname or trade name: 巴铁.
    Alias,
    /// An abbreviation: U.S., 赴美.
    Abbreviation,
    /// A symbol or grade: Nd, U3O8.
    Symbol,
    /// A seat of power that stands for its country: Islamabad, 白宫.
    Metonym,
}

/// What kind of commodity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommodityKind {
    /// Elements, ores, gems and their compounds.
    Mineral,
    /// Made from minerals: magnets, alloys, steel.
    Product,
    /// Coal, oil, gas and what is made of them.
    Fuel,
    /// Crops and livestock: no part in the mineral metrics.
    Agricultural,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceType {
    /// A country or territory of ISO 3166-1.
    Country,
    /// A part of the world or a bloc: it has no country.
    Region,
    /// A first-level subdivision of ISO 3166-2.
    Subdivision,
    /// A city, town, mine, deposit or port.
    City,
}

/// What kind of organisation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationType {
    /// A company, state-owned or not.
    Company,
    /// A ministry, agency, central bank, court, parliament.
    Government,
    /// A body of several states.
    Multilateral,
    /// Universities, exchanges, associations, unions, the press.
    Other,
}

/// What is done with a mineral in a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Prospecting, drilling, surveying.
    Explore,
    /// Mining, extraction.
    Mine,
    /// Concentrating, smelting, refining, separation.
    Refine,
    /// Making products of it.
    Manufacture,
    /// Buying, selling, shipping.
    Trade,
    /// Deposits, reserves, stockpiles.
    Reserve,
    /// Laws, quotas, controls, strategy.
    Policy,
    /// Recovery from scrap.
    Recycle,
}

/// On what ground a mineral is attributed to a country, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The same sentence names both, or a cue in it refers to the country.
    Sentence,
    /// The headline names the country.
    Title,
    /// The section, or the sentence before, speaks of the country.
    Section,
    /// Nothing but the article as a whole speaks of the country.
    Document,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// A part of a whole, in percent.
    Share,
    /// A mass, in tonnes.
    Mass,
    /// A sum of money, in units of its currency.
    Money,
    /// Money per unit.
    Price,
    /// A rise or fall, in percent; falls are negative.
    Change,
    /// A date of effect.
    Date,
}

/// What an article is to the story that it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoryRole {
    /// The first to tell it: the story has its name from this article.
    Founder,
    /// Another article that tells it again, with other words around it.
    Copy,
    /// The same article, by id and content, was read before; the timeline does not count it again.
    Repeat,
}

/// The closed list of event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventType {
    /// States or companies agree: treaty, memorandum, contract, partnership.
    Agreement,
    /// Exports restricted, banned, licensed or freed.
    ExportControl,
    /// Duties on trade.
    Tariff,
    /// Sanctions on persons, companies, countries.
    Sanction,
    /// Mergers, takeovers, stakes.
    Acquisition,
    /// Money put into a project or company.
    Investment,
    /// A deposit found.
    Discovery,
    /// A mine or plant opened or restarted.
    MineOpening,
    /// A mine or plant halted or closed.
    MineSuspension,
    /// Collapse, spill, explosion.
    Accident,
    /// Strike, protest, blockade.
    LabourAction,
    /// A price rises or falls.
    PriceMove,
    /// Law, plan, quota, list.
    Policy,
    /// Output reported.
    Production,
    /// Licence granted or revoked.
    Licence,
    /// Assets or cargo seized, nationalised.
    Seizure,
}

impl EventType {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Agreement,
        Self::ExportControl,
        Self::Tariff,
        Self::Sanction,
        Self::Acquisition,
        Self::Investment,
        Self::Discovery,
        Self::MineOpening,
        Self::MineSuspension,
        Self::Accident,
        Self::LabourAction,
        Self::PriceMove,
        Self::Policy,
        Self::Production,
        Self::Licence,
        Self::Seizure,
    ];

    /// As it is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::ExportControl => "export_control",
            Self::Tariff => "tariff",
            Self::Sanction => "sanction",
            Self::Acquisition => "acquisition",
            Self::Investment => "investment",
            Self::Discovery => "discovery",
            Self::MineOpening => "mine_opening",
            Self::MineSuspension => "mine_suspension",
            Self::Accident => "accident",
            Self::LabourAction => "labour_action",
            Self::PriceMove => "price_move",
            Self::Policy => "policy",
            Self::Production => "production",
            Self::Licence => "licence",
            Self::Seizure => "seizure",
        }
    }
}
