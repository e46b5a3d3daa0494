//! In which zone a source writes its local times, and what the abbreviations of zones mean.

use super::settings::{ArticleSettings, SettingFault};
use jiff::{fmt::temporal::DateTimeParser, tz::TimeZone};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

const BUILT_IN: &str = include_str!("../../lexicon/sources/zones.toml");

/// The table of zones, ready for look-up.
#[derive(Clone, Debug)]
pub(super) struct Zones {
    /// Names and domains in lower case, the configuration's first, then longest first.
    sources: Vec<(String, TimeZone)>,
    /// Where in `sources` those of them stand that are domains.
    domains: FxHashMap<String, usize>,
    /// The length of the longest of these.
    longest_domain: usize,
    default: TimeZone,
    abbreviations: FxHashMap<String, Vec<TimeZone>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sources: BTreeMap<String, Vec<String>>,
    abbreviations: BTreeMap<String, Vec<String>>,
}

impl Zones {
    /// The built-in table with the settings over it; what is wrong is added to `faults`.
    pub(super) fn new(settings: &ArticleSettings, faults: &mut Vec<SettingFault>) -> Self {
        let mut zone = |key: &dyn Fn() -> String, name: &str| {
            DateTimeParser::new().parse_time_zone(name).unwrap_or_else(|_| {
                let message =
                    format!("{name:?} is no time zone; expected an IANA name such as \"Asia/Shanghai\" or an offset such as \"+08:00\"");
                faults.push(SettingFault { key: key(), message });
                TimeZone::UTC
            })
        };
        let default = zone(&|| "article.default_zone".into(), &settings.default_zone);
        let mut own: Vec<_> = settings
            .sources
            .iter()
            .map(|(source, name)| (fold(source), zone(&|| format!("sources.{source:?}"), name)))
            .collect();
        let built_in = || "lexicon/sources/zones.toml".to_owned();
        let mut sources = Vec::new();
        let mut abbreviations = FxHashMap::default();
        match toml::from_str::<Table>(BUILT_IN) {
            Ok(table) => {
                for (name, members) in &table.sources {
                    let zone = zone(&built_in, name);
                    sources.extend(members.iter().map(|member| (fold(member), zone.clone())));
                }
                for (abbreviation, names) in table.abbreviations {
                    let zones = names.iter().map(|name| zone(&built_in, name)).collect();
                    abbreviations.insert(abbreviation, zones);
                }
            }
            Err(error) => faults.push(SettingFault { key: built_in(), message: error.to_string() }),
        }
        for names in [&mut own, &mut sources] {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        own.append(&mut sources);
        let mut domains = FxHashMap::default();
        for (place, (name, _)) in own.iter().enumerate().filter(|(_, (name, _))| name.contains('.')) {
            domains.entry(name.clone()).or_insert(place);
        }
        let longest_domain = domains.keys().map(String::len).max().unwrap_or(0);
        Self { sources: own, domains, longest_domain, default, abbreviations }
    }

    /// The zone of the first of these sources (names, URLs) that the table knows.
    pub(super) fn of_source<'a>(&self, sources: impl IntoIterator<Item = &'a str>) -> Option<&TimeZone> {
        sources.into_iter().find_map(|source| match host(source) {
            Some(host) => self.of_domain(&fold(host)),
            None => {
                let source = fold(source);
                // The first byte says no nearly always.
                let like = |name: &str| name.as_bytes().first() == source.as_bytes().first() && begins(name, &source);
                let named = self.sources.iter().find(|(name, _)| like(name)).map(|(_, zone)| zone);
                named.or_else(|| self.of_domain(&source))
            }
        })
    }

    /// The zone of a host: the first in the table that is the host itself or a domain that it lies in.
    fn of_domain(&self, host: &str) -> Option<&TimeZone> {
        let parents = std::iter::successors(Some(host), |domain| domain.split_once('.').map(|(_, parent)| parent));
        // What is longer cannot be one: a host of nothing but dots takes no longer than others.
        let short = parents.filter(|domain| domain.len() <= self.longest_domain);
        let place = short.filter_map(|domain| self.domains.get(domain)).min()?;
        self.sources.get(*place).map(|(_, zone)| zone)
    }

    /// The zone for local times of sources that the table does not know.
    pub(super) fn default_zone(&self) -> &TimeZone {
        &self.default
    }

    /// What an abbreviation means in a source of this zone.
    pub(super) fn abbreviation(&self, name: &str, source_zone: Option<&TimeZone>) -> Option<&TimeZone> {
        let meanings = self.abbreviations.get(name)?;
        meanings.iter().find(|zone| Some(*zone) == source_zone).or(meanings.first())
    }

    /// Whether the table knows the abbreviation.
    pub(super) fn is_abbreviation(&self, name: &str) -> bool {
        self.abbreviations.contains_key(name)
    }
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The host of a URL.
fn host(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    host.split(':').next()
}

/// Whether the source is of this name, or begins with it at a word's end. Chinese names need no word's end.
fn begins(name: &str, source: &str) -> bool {
    source.strip_prefix(name).is_some_and(|rest| {
        let latin = name.ends_with(|last: char| last.is_ascii_alphanumeric());
        let word_goes_on = rest.starts_with(|next: char| next.is_alphanumeric() || next == '.' || next == '-');
        !(name.is_empty() || latin && word_goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Sou Hu Cai Jing", Some("Asia/Shanghai"))]
    #[case("搜狐财经", Some("Asia/Shanghai"))]
    #[case("XINHUA News Agency", Some("Asia/Shanghai"))]
    #[case("https://user@finance.sina.com.cn:443/a?b", Some("Asia/Shanghai"))]
    #[case("notsina.com.cn", None)]
    #[case("Kitco News", Some("America/New_York"))]
    #[case("www.mining.com", Some("America/Vancouver"))]
    #[case("mining.computers.example", None)]
    #[case("Minty Fresh", None)]
    #[case("Reuters", None)]
    #[case("", None)]
    fn zone_of_a_source(#[case] source: &str, #[case] zone: Option<&str>) {
        let mut faults = Vec::new();
        let zones = Zones::new(&ArticleSettings::default(), &mut faults);
        assert_eq!(faults, []);
        assert_eq!(zones.of_source([source]).and_then(TimeZone::iana_name), zone);
    }

    #[test]
    fn the_configuration_comes_first_and_an_abbreviation_is_the_sources() {
        let sources = BTreeMap::from([("sina".to_owned(), "Europe/Paris".to_owned())]);
        let settings = ArticleSettings { sources, ..Default::default() };
        let zones = Zones::new(&settings, &mut Vec::new());
        assert_eq!(zones.of_source(["nobody", "Sina Finance"]).and_then(TimeZone::iana_name), Some("Europe/Paris"));
        let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
        assert_eq!(zones.abbreviation("CST", Some(&shanghai)), Some(&shanghai));
        assert_ne!(zones.abbreviation("CST", None), Some(&shanghai));
    }
}
