//! Organisations: listed names, and runs of words that a pattern word begins or ends (`… Mining Corp`, `Ministry of …`,
//! `…集团`, a ministry after its country).

use super::scan::Scan;
use super::{At, Name};
use crate::lexicon::{NamePosition, OrganisationIndex, OrganisationWord, PlaceIndex, Trust, What};
use crate::text::{Case, Span, Token, TokenKind};
use crate::vocabulary::OrganisationType;

/// An organisation's mention.
#[derive(Clone, Debug)]
pub struct FoundOrganisation {
    /// Where.
    pub at: At,
    /// Who.
    pub name: OrganisationName,
    /// A short form that only the article's context makes an organisation.
    pub in_context: bool,
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

/// Longest part of a Chinese organisation's name before its pattern word, in characters.
const LONGEST_ZH: usize = 12;
/// Most words of an English name before its last.
const LONGEST_EN: usize = 6;

/// Finds listed organisations and those that show by their pattern; the names that they contain are hidden, but the
/// country of a government body, which acts for it, stays a mention of the country.
pub(super) fn find(scan: &mut Scan<'_>) -> Vec<FoundOrganisation> {
    uncover_offices(scan);
    let mut found: Vec<FoundOrganisation> = scan.names.iter().filter_map(listed).collect();
    let words = std::mem::take(&mut scan.organisation_words);
    let mut reach: Option<At> = None;
    for &(at, word) in &words {
        let word = &scan.lexicon.organisation_words[word as usize];
        // The longest pattern word speaks: `有限公司`, not the `公司` within it. Longer ones come first.
        if reach.is_some_and(|reach| reach != at && reach.covers(&at)) {
            continue;
        }
        if reach.is_none_or(|reach| reach.field != at.field || reach.span.end <= at.span.end) {
            reach = Some(at);
        }
        let pattern = match word.position {
            NamePosition::AfterCountry => after_country(scan, at, word),
            NamePosition::End if is_han(scan, at) => before_zh(scan, at, word),
            NamePosition::End => before_en(scan, at, word),
            NamePosition::Start => after_en(scan, at, word),
        };
        found.extend(pattern.filter(|pattern| !has_listed_over(scan, pattern.at)));
    }
    scan.organisation_words = words;
    found.sort_by_key(|organisation| {
        (organisation.at.field, organisation.at.span.start, std::cmp::Reverse(organisation.at.span.end))
    });
    found.dedup_by(|later, earlier| earlier.at.overlaps(&later.at));
    hide(scan, &found);
    found
}

/// 商务部长 is an office, though 商务部 is a body: a title that goes on beyond a name takes it in.
fn uncover_offices(scan: &mut Scan<'_>) {
    let is_office = |name: &&Name| {
        let first =
            scan.roles.partition_point(|(role, _)| (role.field, role.span.start) < (name.at.field, name.at.span.start));
        listed(name).is_some()
            && scan.roles[first..]
                .iter()
                .take_while(|(role, _)| role.overlaps(&name.at))
                .any(|(role, _)| role.span.end > name.at.span.end)
    };
    let offices: Vec<At> = scan.names.iter().filter(is_office).map(|name| name.at).collect();
    // Bounded: a text of nothing but offices gains nothing from the thousandth.
    offices.into_iter().take(256).for_each(|office| scan.uncover(office));
}

fn listed(name: &Name) -> Option<FoundOrganisation> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Organisation(organisation) => Some(FoundOrganisation {
            at: name.at,
            name: OrganisationName::Listed(organisation),
            in_context: reading.trust == Trust::InContext,
        }),
        _ => None,
    })
}

/// A listed name that covers all of a pattern's words knows better.
fn has_listed_over(scan: &Scan<'_>, at: At) -> bool {
    scan.name_over(at.field, at.span.start).is_some_and(|name| name.at.covers(&at) && listed(name).is_some())
}

fn hide(scan: &mut Scan<'_>, found: &[FoundOrganisation]) {
    let is_government =
        |name: &OrganisationName| matches!(name, OrganisationName::Pattern { kind: OrganisationType::Government, .. });
    let covers: Vec<(At, bool)> =
        found.iter().filter(|found| !found.in_context).map(|found| (found.at, is_government(&found.name))).collect();
    scan.hide_names(&covers, |name, cover| name.at == *cover && listed(name).is_some());
}

fn is_han(scan: &Scan<'_>, at: At) -> bool {
    scan.text(at).chars().next_back().is_some_and(|c| !c.is_ascii() && !crate::lexicon::is_word_char(c))
}

fn pattern(at: At, start: u32, end: u32, kind: OrganisationType, country: Option<PlaceIndex>) -> FoundOrganisation {
    let at = At { span: Span { start, end }, ..at };
    FoundOrganisation { at, name: OrganisationName::Pattern { kind, country }, in_context: false }
}

/// `美国能源部`: the country stands directly before.
fn after_country(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let name = scan.name_over(at.field, at.span.start.checked_sub(1)?)?;
    let country = country_of(scan, name)?;
    // `美国能源部长` is a person's office.
    let office = scan.field(at).original.get(at.span.end as usize..).is_some_and(|rest| rest.starts_with('长'));
    (!office && name.at.span.end == at.span.start)
        .then(|| pattern(at, name.at.span.start, at.span.end, word.kind, Some(country)))
}

fn country_of(scan: &Scan<'_>, name: &Name) -> Option<PlaceIndex> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Place(place) => scan.lexicon.place(place).country,
        _ => None,
    })
}

/// `…集团`: to the left, as far as a name may reach.
fn before_zh(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let sentence_start = scan.sentence(at.sentence).span.start;
    let before = scan.slice(at.field, sentence_start, at.span.start);
    let mut start = at.span.start;
    for (taken, (offset, c)) in before.char_indices().rev().enumerate() {
        let head = &before[..offset + c.len_utf8()];
        let is_stop = scan.lexicon.organisation_stops.iter().any(|stop| head.ends_with(stop.as_str()))
            || taken > 0 && ends_with_common_word(scan, head);
        if taken == LONGEST_ZH || !c.is_alphanumeric() || is_stop {
            break;
        }
        start = sentence_start + offset as u32;
    }
    // 澳洲皮尔巴拉矿业: the country before a company's name is none of it.
    if let Some(name) = scan.name_over(at.field, start).filter(|name| name.at.span.start == start)
        && word.kind == OrganisationType::Company
        && country_of(scan, name).is_some_and(|country| name.readings.iter().any(|r| r.what == What::Place(country)))
        && scan.slice(at.field, name.at.span.end.min(at.span.start), at.span.start).chars().count() >= 3
    {
        start = name.at.span.end;
    }
    let own = scan.slice(at.field, start, at.span.start);
    // Two characters before a mere 公司 are what it does, not who it is: 游戏公司, 保险公司.
    let shortest = if word.weak || scan.text(at) == "公司" { 3 } else { 2 };
    let long_enough = own.chars().count() >= shortest;
    let generic = scan.lexicon.people.not_names.contains(own) || is_only_names(scan, at, start);
    (long_enough && !(generic || word.weak && own.chars().count() > 6))
        .then(|| pattern(at, start, at.span.end, word.kind, None))
}

/// A word of at least two characters that is no part of names ends here.
fn ends_with_common_word(scan: &Scan<'_>, head: &str) -> bool {
    let starts = head.char_indices().rev().map(|(at, _)| at).skip(1).take(3);
    starts.into_iter().any(|at| scan.lexicon.people.not_names.contains(&head[at..]))
}

/// Whether the words from `start` to the pattern word are nothing but places, commodities and common words: `中国矿业公司`
/// may be any.
fn is_only_names(scan: &Scan<'_>, at: At, start: u32) -> bool {
    let mut byte = start;
    while byte < at.span.start {
        match scan.name_over(at.field, byte) {
            Some(name)
                if name
                    .readings
                    .iter()
                    .any(|r| matches!(r.what, What::Place(_) | What::Commodity(_) | What::Decoy(_))) =>
            {
                byte = name.at.span.end;
            }
            _ => return false,
        }
    }
    true
}

/// `Piedmont Lithium`, `Hudbay Minerals Inc`: capitalised words to the left.
fn before_en(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let tokens = scan.tokens(at.sentence);
    let last = tokens.iter().position(|token| token.span.end >= at.span.end)?;
    let head = tokens.iter().position(|token| token.span.start >= at.span.start)?;
    let mut first = head;
    while first > 0 && head - first < LONGEST_EN && joins(scan, at.field, tokens, first - 1) {
        first -= 1;
    }
    while first < head && (!is_capitalised(&tokens[first]) || is_no_name(scan, at.field, &tokens[first])) {
        first += 1;
    }
    if first == head || word.weak && (is_headline(tokens) || !has_own_word(scan, at.field, &tokens[first..head])) {
        return None;
    }
    Some(pattern(at, tokens[first].span.start, tokens[last].span.end.max(at.span.end), word.kind, None))
}

/// `Ministry of Mines and Energy`, `University of Queensland`.
fn after_en(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    if is_han(scan, at) {
        return None;
    }
    let tokens = scan.tokens(at.sentence);
    let first = tokens.iter().position(|token| token.span.start >= at.span.end)?;
    let mut end = None;
    for (taken, token) in tokens[first..].iter().enumerate().take(LONGEST_EN) {
        let text = scan.slice(at.field, token.span.start, token.span.end);
        let adjacent = taken == 0 || gap(scan, at.field, &tokens[first + taken - 1], token) == " ";
        let small = matches!(text, "of" | "the" | "and" | "&" | "for");
        if !adjacent || !(is_capitalised(token) || small) {
            break;
        }
        if !small {
            end = Some(token.span.end);
        }
    }
    // `Georgia Department of Transportation`: the place before it is part of the name.
    let before = at.span.start.checked_sub(2).and_then(|byte| scan.name_over(at.field, byte)).filter(|name| {
        let is_place = name.readings.iter().any(|reading| matches!(reading.what, What::Place(_)));
        is_place && name.at.sentence == at.sentence && scan.slice(at.field, name.at.span.end, at.span.start) == " "
    });
    let start = before.map_or(at.span.start, |name| name.at.span.start);
    Some(pattern(at, start, end?, word.kind, before.and_then(|name| country_of(scan, name))))
}

/// Whether the token belongs to the name that goes on right of it.
fn joins(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    let token = &tokens[place];
    let between = gap(scan, field, token, &tokens[place + 1]);
    let connector = matches!(token.kind, TokenKind::Punctuation('&' | '-' | '\'' | '’'));
    matches!(between, "" | " ") && (is_capitalised(token) || connector)
}

fn gap<'d>(scan: &Scan<'d>, field: u8, left: &Token, right: &Token) -> &'d str {
    scan.slice(field, left.span.end, right.span.start)
}

fn is_capitalised(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
}

fn is_no_name(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    scan.lexicon.people.not_names.contains(&scan.folded_word(field, token))
}

/// A name needs a word of its own beside places and commodities.
fn has_own_word(scan: &Scan<'_>, field: u8, tokens: &[Token]) -> bool {
    tokens.iter().any(|token| {
        is_capitalised(token) && !is_no_name(scan, field, token) && scan.name_over(field, token.span.start).is_none()
    })
}

/// A headline in title case: capital letters tell nothing there.
pub(super) fn is_headline(tokens: &[Token]) -> bool {
    let (mut words, mut capitalised) = (0, 0);
    for token in tokens {
        if let TokenKind::Word(case) = token.kind {
            words += 1;
            capitalised += usize::from(case != Case::Lower);
        }
    }
    words >= 4 && capitalised * 10 >= words * 7
}
