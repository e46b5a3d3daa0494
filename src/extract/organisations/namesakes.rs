//! Names that are a firm's only where their neighbours say so: a town's (`Antofagasta`), a person's (`Mary Ford`).

use crate::extract::proper::is_title;
use crate::extract::scan::{Name, Scan};
use crate::extract::{At, organisations::english};
use crate::lexicon::{CueClass, OrganisationIndex, Trust, What};
use crate::text::{Case, Token, TokenKind};

/// Settles every name that a town and a firm share: one of the two readings goes.
pub(super) fn settle(scan: &mut Scan<'_>) {
    let shared: Vec<(usize, OrganisationIndex)> =
        scan.names.iter().enumerate().filter_map(|(place, name)| Some((place, shared_with(name)?))).collect();
    if shared.is_empty() {
        return;
    }
    let sure: Vec<bool> = shared.iter().map(|&(place, _)| is_firm(scan, place)).collect();
    let told = shared.iter().zip(&sure).filter(|(_, sure)| **sure).map(|((_, firm), _)| *firm);
    let in_full = scan.names.iter().filter(|name| !name.is_place()).flat_map(|name| {
        name.readings.iter().filter_map(|reading| match reading.what {
            What::Organisation(firm) => Some(firm),
            _ => None,
        })
    });
    let mut named: Vec<OrganisationIndex> = told.chain(in_full).collect();
    named.sort_unstable();
    named.dedup();
    let firms: Vec<bool> = shared
        .iter()
        .zip(sure)
        .map(|(&(place, firm), sure)| sure || named.binary_search(&firm).is_ok() && !is_town(scan, place))
        .collect();
    for (&(place, _), firm) in shared.iter().zip(firms) {
        let name = &mut scan.names[place];
        name.readings.retain(|reading| matches!(reading.what, What::Organisation(_)) == firm);
        name.readings.iter_mut().filter(|_| firm).for_each(|reading| reading.trust = Trust::Always);
    }
}

/// Whether the neighbours of a short name say that it is a firm's: `shares in Perseus`, `Glencore and Impala`.
pub(crate) fn is_told(scan: &Scan<'_>, at: At) -> bool {
    let place = scan.names.partition_point(|name| name.at < at);
    scan.names.get(place).is_some_and(|name| name.at == at) && is_firm(scan, place)
}

/// The firm that shares its short name with a place.
fn shared_with(name: &Name) -> Option<OrganisationIndex> {
    let firm = name.readings.iter().find_map(|reading| match reading.what {
        What::Organisation(firm) if reading.trust == Trust::InContext => Some(firm),
        _ => None,
    });
    firm.filter(|_| name.is_place())
}

/// Whether the neighbours of a shared name speak of the firm: `Antofagasta said`, `shares in Antofagasta`, `Glencore and Antofagasta`.
fn is_firm(scan: &Scan<'_>, place: usize) -> bool {
    let name = &scan.names[place];
    let contexts = &scan.lexicon.people.contexts;
    let around = Around::new(scan, name.at);
    let before = around.word(-1);
    if let (Some(one), Some(two)) = (around.word(-2), &before)
        && contexts.organisation_before.contains(&format!("{one} {two}"))
    {
        return true;
    }
    if name.is_place() && is_town(scan, place) {
        return false;
    }
    let says = || {
        let next = around.token(0).map(|token| token.span);
        scan.cues_in(name.at.sentence).iter().any(|cue| cue.class == CueClass::SAID && Some(cue.at.span) == next)
    };
    let owned = usize::from(matches!(around.word(0).as_deref(), Some("'s" | "’s")));
    let next = around.word(owned as isize);
    let owns = next.as_ref().is_some_and(|next| contexts.share_noun.contains(next));
    let acts = next.as_ref().filter(|next| owned == 0 && !contexts.shared_verb.contains(*next)).is_some_and(|next| {
        contexts.share_verb.contains(next)
            || contexts.organisation_verb.contains(next)
            || contexts.firm_verb.contains(next)
    });
    let form = || {
        let next = around.token(0).map(|token| token.span.start);
        let words = &scan.organisation_words;
        let first = words.partition_point(|(at, _)| (at.field, Some(at.span.start)) < (name.at.field, next));
        words[first..]
            .iter()
            .take_while(|(at, _)| at.field == name.at.field && Some(at.span.start) == next)
            .any(|(_, word)| scan.lexicon.organisation_words[*word as usize].legal)
    };
    let kind = before.is_some_and(|before| contexts.organisation_noun.contains(&before));
    owns || acts || kind || form() || says() || around.has_ticker() || is_listed_with_firms(scan, place)
}

/// Whether the neighbours of a shared name speak of the town: `in Antofagasta`, `Antofagasta, Chile`, `Antofagasta region`.
fn is_town(scan: &Scan<'_>, place: usize) -> bool {
    let name = &scan.names[place];
    let contexts = &scan.lexicon.people.contexts;
    let around = Around::new(scan, name.at);
    let after = |words: &[&str]| {
        scan.names.get(place + 1).is_some_and(|next| {
            next.at.field == name.at.field
                && next.is_place()
                && shared_with(next).is_none()
                && words.contains(&scan.slice(name.at.field, name.at.span.end, next.at.span.start))
        })
    };
    around.word(-1).is_some_and(|before| contexts.place_before.contains(&before))
        || around.word(0).is_some_and(|next| contexts.thing_noun.contains(&next))
        || after(&[", ", "'s ", " in "])
}

/// Whether a firm stands next to it in a list.
fn is_listed_with_firms(scan: &Scan<'_>, place: usize) -> bool {
    let name = &scan.names[place];
    let neighbours = [place.checked_sub(1).and_then(|before| scan.names.get(before)), scan.names.get(place + 1)];
    neighbours.into_iter().flatten().filter(|other| other.at.sentence == name.at.sentence).any(|other| {
        let (left, right) = if other.at < name.at { (other, name) } else { (name, other) };
        let between = scan.slice(name.at.field, left.at.span.end, right.at.span.start);
        other.is_organisation()
            && !other.is_place()
            && matches!(between, ", " | " and " | ", and " | " & " | " or " | "/")
    })
}

/// Whether a word that may be a firm's, or end one's name, is a surname: `Mary Ford`, `Dr. Sarah Gold`. A given name stands before it,
/// which no other name goes on to, and after it nothing that only firms have.
pub(super) fn is_surname(scan: &Scan<'_>, at: At) -> bool {
    let around = Around::new(scan, at);
    let mut given = -1;
    // `Mary A. Ford`
    if around.token(given).is_some_and(|token| token.kind == TokenKind::Punctuation('.')) {
        given -= 1;
    }
    if around.token(given).is_some_and(|token| token.span.end - token.span.start <= 2 && is_upper(token)) {
        given -= 1;
    }
    let is_given = around.token(given).is_some_and(|token| {
        let near = scan.slice(at.field, token.span.end, at.span.start).trim_matches(|c: char| c == ' ' || c == '.');
        near.chars().count() <= 1 && matches!(token.kind, TokenKind::Word(Case::Title)) && {
            let folded = scan.folded_word(at.field, token);
            // `Chairman Evangelos Mytilineos`: after a title a rarer name will do.
            let titled = || {
                around.token(given - 1).is_some_and(|before| is_title(scan, at.field, before))
                    && scan.lexicon.people.latin_names.get(&folded).is_some_and(|name| name.is_given())
            };
            scan.lexicon.people.given_names.contains(&folded) || titled()
        }
    });
    let alone = around.token(given - 1).is_none_or(|token| {
        let capital = matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed));
        !capital
            || is_title(scan, at.field, token)
            || scan.lexicon.people.contexts.person_noun.contains(&scan.folded_word(at.field, token))
            || scan.lexicon.people.not_names.contains(&scan.folded_word(at.field, token))
    });
    let firm = around.has_ticker() || matches!(around.word(0).as_deref(), Some("&"));
    is_given && alone && !firm && !english::is_headline(scan.tokens(at.sentence))
}

/// Whether a firm's word is somebody's given name: `said Gunvor Åslund of Oviken`, 石道远（Yara Vondrak）.
pub(super) fn is_given_name(scan: &Scan<'_>, at: At) -> bool {
    let around = Around::new(scan, at);
    let names = &scan.lexicon.people.latin_names;
    let said = || matches!(around.word(-1).as_deref(), Some("said" | "says" | "asked" | "told" | "added" | "(" | "（"));
    let goes_on = around.token(0).is_some_and(|token| {
        matches!(token.kind, TokenKind::Word(Case::Title))
            && token.span.start == at.span.end + 1
            && scan.name_over(at.field, token.span.start).is_none()
    });
    let given =
        || around.word(-1).is_some() && names.get(&scan.text(at).to_lowercase()).is_some_and(|name| name.is_given());
    goes_on && said() && given()
}

fn is_upper(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Upper))
}

/// The tokens around a name: 0 is the next after it, -1 the last before it.
struct Around<'s, 'd> {
    scan: &'s Scan<'d>,
    at: At,
    tokens: &'d [Token],
    first: usize,
    next: usize,
}

impl<'s, 'd> Around<'s, 'd> {
    fn new(scan: &'s Scan<'d>, at: At) -> Self {
        let tokens = scan.tokens(at.sentence);
        let first = tokens.partition_point(|token| token.span.start < at.span.start);
        let next = tokens.partition_point(|token| token.span.start < at.span.end);
        Self { scan, at, tokens, first, next }
    }

    fn token(&self, place: isize) -> Option<&'d Token> {
        let from = if place < 0 { self.first } else { self.next };
        self.tokens.get(from.checked_add_signed(place)?)
    }

    fn word(&self, place: isize) -> Option<String> {
        self.token(place).map(|token| self.scan.folded_word(self.at.field, token))
    }

    /// `(ASX: LYC)` right after it.
    fn has_ticker(&self) -> bool {
        let is = |place: isize, mark: char| {
            self.token(place).is_some_and(|token| token.kind == TokenKind::Punctuation(mark))
        };
        is(0, '(') && self.token(1).is_some_and(is_upper) && (is(2, ':') || is(2, '-'))
    }
}
