//! Organisations in text of Latin letters.

use super::{FoundOrganisation, country_of, is_han, namesakes, pattern};
use crate::extract::At;
use crate::extract::proper::is_title;
use crate::extract::scan::{Name, Scan};
use crate::lexicon::{OrganisationParticles, OrganisationWord, Reading, What};
use crate::text::{Case, Language, Token, TokenKind};
use crate::vocabulary::{Form, OrganisationType, PlaceType};

/// Most words of a name before its last.
const LONGEST_EN: usize = 6;
/// Most tokens after a word that begins a name: `Federación Sindical de Trabajadores Mineros de Bolivia`.
const LONGEST_AFTER: usize = 10;
/// Most capitalised words after one that may end a body's name, among which is the thing that goes by it.
const MOST_BEFORE_THING: usize = 3;
/// Most tokens of a place in brackets within a firm's name.
const LONGEST_IN_BRACKETS: usize = 4;

/// `Piedmont Lithium`, `Hudbay Minerals Inc`: capitalised words to the left.
pub(super) fn before(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let tokens = scan.tokens(at.sentence);
    let last = tokens.iter().position(|token| token.span.end >= at.span.end)?;
    let head = tokens.iter().position(|token| token.span.start >= at.span.start)?;
    // `Executive Co-Chairman`
    if is_title(scan, at.field, &tokens[head]) && is_title(scan, at.field, &tokens[last]) {
        return None;
    }
    let mut first = before_brackets(scan, at.field, tokens, head)
        .unwrap_or_else(|| joined_before(scan, at.field, tokens, head, head));
    // `Trade Ministry data show`: what a ministry is for begins its name.
    let is_field = |first: usize| {
        word.kind == OrganisationType::Government
            && scan.lexicon.people.contexts.portfolio.contains(&scan.folded_word(at.field, &tokens[first]))
    };
    while first < head && !begins(scan, at.field, tokens, first) && !is_field(first) {
        first += 1;
    }
    if first == head && word.kind == OrganisationType::Government {
        return of_state(scan, at, word, tokens, head);
    }
    // *Stahl und Aluminium*: the metals that end a firm's name are English words, and German writes every noun with a capital.
    let metal = || scan.name_over(at.field, at.span.start).is_some_and(Name::is_commodity);
    let language = scan.sentence(at.sentence).language;
    if word.weak && !matches!(language, Language::EN | Language::ZH | Language::UNDETERMINED) && metal() {
        return None;
    }
    // `India Okafor-Silver`
    if word.weak && head > 0 && tokens[head - 1].kind == TokenKind::Punctuation('-') {
        return None;
    }
    // `the Barrow Peak Copper Project` is a mine's, `the New Brunswick Junior Mining Assistance Program` a state's.
    let mut rest = tokens[last + 1..].iter().take(MOST_BEFORE_THING).take_while(|next| is_capitalised(next));
    if word.weak
        && (tokens.get(last + 1).is_some_and(|next| is_thing(scan, at.field, next))
            || rest.any(|next| is_thing(scan, at.field, next)))
    {
        return None;
    }
    // `Dr. Sarah Gold`
    let metal = || {
        scan.name_over(at.field, at.span.start).is_some_and(Name::is_commodity)
            || scan.lexicon.people.contexts.metal_surname.contains(&scan.folded_word(at.field, &tokens[head]))
    };
    if word.weak && metal() && namesakes::is_surname(scan, at) {
        return None;
    }
    // `the Labour Party`: a common word with the capital letter of a name, where bodies that are no firms are called so.
    let is_called = |first: usize| {
        let the = first.checked_sub(1).is_some_and(|before| {
            matches!(
                scan.slice(at.field, tokens[before].span.start, tokens[before].span.end),
                "the" | "The" | "'s" | "’s"
            )
        });
        let name = scan.name_over(at.field, tokens[first].span.start);
        the && word.kind != OrganisationType::Company
            && name.is_none_or(|name| is_state_of(scan, name) && name.at.span.end < tokens[head].span.start)
    };
    // `Vancouver-based District Metals`
    let is_seated = |first: usize| {
        first.checked_sub(2).is_some_and(|hyphen| {
            let compound = scan.slice(at.field, tokens[first - 1].span.start, tokens[first - 1].span.end);
            tokens[hyphen].kind == TokenKind::Punctuation('-')
                && matches!(compound, "based" | "listed" | "headquartered")
        })
    };
    if first == head
        || word.weak
            && (is_headline(tokens)
                // `Nordic Mining AS`: two words before a legal form are a name.
                || !(word.legal && head - first > 1
                    || is_seated(first)
                    || has_own_word(scan, at.field, &tokens[first..head], word.kind)
                    // `International Trade Administration`
                    || (first..head).any(is_field)
                    || is_called(first)))
    {
        return None;
    }
    let last = if word.kind == OrganisationType::Company { last } else { purpose(scan, at.field, tokens, last) };
    let end = without_stop(scan, at, tokens, last);
    Some(pattern(at, tokens[first].span.start, end, word.kind, None))
}

/// `Mexico's Senate`, `the National Assembly`: a body that a state has one of goes by the word alone.
fn of_state(
    scan: &Scan<'_>,
    at: At,
    word: &OrganisationWord,
    tokens: &[Token],
    head: usize,
) -> Option<FoundOrganisation> {
    let text = scan.text(at);
    let contexts = &scan.lexicon.people.contexts;
    if !contexts.state_body.contains(&text.to_ascii_lowercase()) || is_headline(tokens) {
        return None;
    }
    let before = tokens.get(head.checked_sub(1)?)?;
    // `Kenya's Congress of Trade Unions`
    let end = tokens.partition_point(|token| token.span.start < at.span.end);
    if tokens.get(end).is_some_and(|next| scan.slice(at.field, next.span.start, next.span.end) == "of") {
        return None;
    }
    match scan.slice(at.field, before.span.start, before.span.end) {
        "'s" | "’s" => {
            let owner = scan.name_over(at.field, before.span.start.checked_sub(1)?).filter(|name| name.is_place())?;
            Some(pattern(at, at.span.start, at.span.end, word.kind, country_of(scan, owner)))
        }
        // Courts and surveys are many; a parliament that the article has named in full is that one.
        "the" | "The" if contexts.parliament.contains(&text.to_ascii_lowercase()) => {
            let in_full = |name: &Name| name.is_organisation() && scan.text(name.at).ends_with(text);
            let country = None;
            (!scan.names.iter().any(in_full)).then(|| pattern(at, at.span.start, at.span.end, word.kind, country))
        }
        _ => None,
    }
}

/// Where a name ends whose last word is `at`, in the tokens up to `last`: the dot of `Ltd.` at the end of a sentence is the
/// sentence's; `S.A.` keeps its dots.
fn without_stop(scan: &Scan<'_>, at: At, tokens: &[Token], last: usize) -> u32 {
    let end = tokens[last].span.end.max(at.span.end);
    let text = scan.slice(at.field, at.span.start, end);
    let ends_sentence = tokens.get(last + 1).is_none_or(is_capitalised);
    let dotted = text.ends_with('.') && text.matches('.').count() == 1 && ends_sentence;
    end - u32::from(dotted)
}

/// `Century Aluminum Company`, `Tesla, Inc.`: where the legal form right after a listed name ends.
pub(super) fn end_of_legal_form(scan: &Scan<'_>, name: At) -> Option<u32> {
    if is_han(scan, name) {
        return None;
    }
    let tokens = scan.tokens(name.sentence);
    let mut next = tokens.partition_point(|token| token.span.start < name.span.end);
    let comma = tokens.get(next).is_some_and(|token| token.kind == TokenKind::Punctuation(','));
    next += usize::from(comma);
    let start = tokens.get(next)?.span.start;
    if !matches!(scan.slice(name.field, name.span.end, start), " " | ", ") {
        return None;
    }
    let words = &scan.organisation_words;
    let first = words.partition_point(|(at, _)| (at.field, at.span.start) < (name.field, start));
    let (form, _) = words[first..].iter().take_while(|(at, _)| (at.field, at.span.start) == (name.field, start)).find(
        |(at, word)| {
            let word = &scan.lexicon.organisation_words[*word as usize];
            word.legal
                // `GLENCORE AS COPPER RISES`
                && !(word.weak && is_headline(tokens))
                && (!comma || words_of(scan).after_comma.begins(scan.text(*at)))
        },
    )?;
    let last = tokens.partition_point(|token| token.span.start < form.span.end).checked_sub(1)?;
    Some(without_stop(scan, *form, tokens, last))
}

/// `IREL (India) Limited`: where the name before a place in brackets begins.
fn before_brackets(scan: &Scan<'_>, field: u8, tokens: &[Token], head: usize) -> Option<usize> {
    let close = head.checked_sub(1)?;
    let open = (close.saturating_sub(LONGEST_IN_BRACKETS)..close)
        .find(|&open| tokens[open].kind == TokenKind::Punctuation('('))?;
    let name = scan.name_over(field, tokens[open + 1].span.start).filter(|name| name.is_place())?;
    let last = open.checked_sub(1)?;
    if tokens[close].kind != TokenKind::Punctuation(')')
        || name.at.span.end != tokens[close].span.start
        || !is_capitalised(&tokens[last])
    {
        return None;
    }
    Some(joined_before(scan, field, tokens, last, open))
}

/// Where what joins to the left of a token begins, in a name that ends before `end`.
fn joined_before(scan: &Scan<'_>, field: u8, tokens: &[Token], mut first: usize, end: usize) -> usize {
    while first > 0 && end - first < LONGEST_EN && joins(scan, field, tokens, first - 1) {
        first -= 1;
    }
    first
}

/// `Atomic Minerals Directorate for Exploration and Research`: the last word of what a public body is for.
fn purpose(scan: &Scan<'_>, field: u8, tokens: &[Token], last: usize) -> usize {
    let word_at = |place: usize| tokens.get(place).map(|token| scan.slice(field, token.span.start, token.span.end));
    // `Atikamekw First Nation of Manawan`, `the National Symphony Orchestra of Ukraine`, `the London Review of Books`
    let of_place =
        || tokens.get(last + 2).and_then(|token| scan.name_over(field, token.span.start)).is_some_and(Name::is_place);
    let leads = |next: &str| {
        next == "for"
            || next == "of"
                && word_at(last).is_some_and(|word| {
                    matches!(word, "Nation" | "Review") || words_of(scan).of_place.has(word) && of_place()
                })
    };
    if !word_at(last + 1).is_some_and(leads) || !tokens.get(last + 2).is_some_and(is_capitalised) {
        return last;
    }
    let mut end = last + 2;
    while let Some(token) = tokens.get(end + 1).filter(|token| gap(scan, field, &tokens[end], token) == " ") {
        let joined = word_at(end + 1) == Some("and") && tokens.get(end + 2).is_some_and(is_capitalised);
        match (is_capitalised(token), joined) {
            (true, _) => end += 1,
            (false, true) => end += 2,
            _ => break,
        }
    }
    end
}

/// `the Papua New Guinea Customs Service`, `the Georgia Mining Association`, `the Argentine Senate`: a country or a state, before
/// a body that is no firm.
fn is_state_of(scan: &Scan<'_>, name: &Name) -> bool {
    name.readings.iter().any(|reading| {
        matches!(reading.what, What::Place(place)
        if match scan.lexicon.place(place).kind {
            // `the Mongolian Stock Exchange`
            PlaceType::Country => matches!(reading.form, Form::Name | Form::Demonym),
            PlaceType::Subdivision => reading.form == Form::Name,
            _ => false,
        })
    })
}

/// `Ministry of Mines and Energy`, `University of Queensland`.
pub(super) fn after(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    if is_han(scan, at) {
        return None;
    }
    let tokens = scan.tokens(at.sentence);
    let first = tokens.iter().position(|token| token.span.start >= at.span.end)?;
    let mut end = None;
    for (taken, token) in tokens[first..].iter().enumerate().take(LONGEST_AFTER) {
        let text = scan.slice(at.field, token.span.start, token.span.end);
        let adjacent = taken == 0 || matches!(gap(scan, at.field, &tokens[first + taken - 1], token), " " | "");
        // A company's name holds no `and`: `Bank of Ireland and Bank of Cyprus` are two.
        let small = (words_of(scan).small.has(text) || matches!(text, "-" | "'s" | "’s"))
            && !(word.kind == OrganisationType::Company && matches!(text, "and" | "&"))
            // `Strategic Mineral Substances' Markets`
            || matches!(text, "'" | "’")
                && taken > 0
                && scan.slice(at.field, at.span.end, token.span.start).ends_with('s')
                && tokens.get(first + taken + 1).is_some_and(is_capitalised)
            || text == ","
                && word.kind == OrganisationType::Government
                && portfolios_follow(scan, at.field, &tokens[first + taken + 1..]);
        if !adjacent
            || !(is_capitalised(token) && !is_title(scan, at.field, token) || small)
            || matches!(text, "and" | "&") && another_follows(scan, at.field, &tokens[first + taken + 1..])
        {
            break;
        }
        if !small {
            end = Some(token.span.end);
        }
    }
    // `People's Court of …`, `Consumers Association of …`
    let head = tokens.iter().position(|token| token.span.start >= at.span.start)?;
    let mut start = head;
    while start > 0 && head - start < LONGEST_EN && joins(scan, at.field, tokens, start - 1) {
        start -= 1;
    }
    while start < head && !begins(scan, at.field, tokens, start) {
        start += 1;
    }
    let start = tokens[start].span.start.min(at.span.start);
    // `Georgia Department of Transportation` is Georgia's.
    let country =
        scan.name_over(at.field, start).filter(|_| start < at.span.start).and_then(|name| country_of(scan, name));
    Some(pattern(at, start, end?, word.kind, country))
}

/// `University of Leeds and Monash University`, `… and the Bureau of Land Management`: after the `and` another body is named.
fn another_follows(scan: &Scan<'_>, field: u8, following: &[Token]) -> bool {
    let the = usize::from(
        following.first().is_some_and(|token| scan.slice(field, token.span.start, token.span.end) == "the"),
    );
    let Some(head) = following.get(the) else { return false };
    // `the Seafarers Union and the Teamsters`: what one body is for has no second article
    if the == 1
        && is_capitalised(head)
        && !scan.lexicon.people.contexts.portfolio.contains(&scan.folded_word(field, head))
    {
        return true;
    }
    let word_at = |place: usize| following.get(place).map(|token| scan.slice(field, token.span.start, token.span.end));
    let is_body = |place: usize| word_at(place).is_some_and(|word| words_of(scan).bodies.has(word));
    let begins = is_body(the) && matches!(word_at(the + 1), Some("of" | "for"));
    let run = following[the..].iter().take(LONGEST_EN).take_while(|token| is_capitalised(token));
    let ends = run.skip(1).any(|token| words_of(scan).bodies.has(scan.slice(field, token.span.start, token.span.end)));
    begins
        || ends
        || scan.name_over(field, head.span.start).is_some_and(|name| name.is_organisation() && !name.is_commodity())
}

/// `, Commerce and Industry`: what else the ministry is for, to the last, in words that are nobody's name.
fn portfolios_follow(scan: &Scan<'_>, field: u8, following: &[Token]) -> bool {
    let portfolios = &scan.lexicon.people.contexts.portfolio;
    let mut joined = false;
    for token in following.iter().take(LONGEST_AFTER) {
        let text = scan.slice(field, token.span.start, token.span.end);
        if is_capitalised(token) {
            if !portfolios.contains(&scan.folded_word(field, token)) && !is_no_name(scan, field, token) {
                return false;
            }
            if joined {
                return true;
            }
        } else if matches!(text, "and" | "&") {
            joined = true;
        } else if text != "," {
            return false;
        }
    }
    false
}

/// Whether a name may begin at the token: capitalised, and no common word. Inside a sentence a common word has its
/// capital from the name that it begins (`the EU's Just Transition Fund`), unless it is a day's or a month's.
fn begins(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    let is_inside = || {
        let before = place.checked_sub(1).map(|before| tokens[before].kind);
        matches!(before, Some(TokenKind::Word(_) | TokenKind::Punctuation(',' | ':')))
            && !scan.lexicon.people.contexts.time_word.contains(&scan.folded_word(field, &tokens[place]))
    };
    is_capitalised(&tokens[place])
        && !is_title(scan, field, &tokens[place])
        && (!is_no_name(scan, field, &tokens[place]) || is_inside())
}

/// `Project`, `mine`: what goes by the name before it is no body.
fn is_thing(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    scan.lexicon.people.contexts.thing_noun.contains(&scan.folded_word(field, token))
}

/// Whether the token belongs to the name that goes on right of it. `People's Court`, but not `China's Ministry`; `Coca-Cola`,
/// but not `DELHI - Potash`; `Molibdenos y Metales`.
fn joins(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    let token = &tokens[place];
    let between = gap(scan, field, token, &tokens[place + 1]);
    if !matches!(between, "" | " ") {
        return false;
    }
    let text = scan.slice(field, token.span.start, token.span.end);
    let before = place.checked_sub(1).map(|before| &tokens[before]);
    let word_at = |place: usize| scan.slice(field, tokens[place].span.start, tokens[place].span.end);
    match token.kind {
        TokenKind::Word(Case::Lower) if text == "and" => joins_fields(scan, field, tokens, place),
        TokenKind::Word(Case::Lower) if text == "of" => {
            place > 1
                && words_of(scan).of_country.has(word_at(place - 1))
                && scan.name_over(field, tokens[place + 1].span.start).is_some_and(Name::is_place)
        }
        // `Oilfields Workers' Trade Union`
        TokenKind::Punctuation('\'' | '’') if between == " " => before.is_some_and(|owner| {
            owner.span.end == token.span.start
                && is_capitalised(owner)
                && word_at(place - 1).ends_with('s')
                && scan.name_over(field, owner.span.start).is_none_or(|name| !name.is_place())
        }),
        // `People's Court`, `Moody's Corp`; not `Rio's Oyu Tolgoi LLC`
        _ if matches!(text, "'s" | "’s") => before.is_some_and(|owner| {
            is_capitalised(owner)
                && scan.name_over(field, owner.span.start).is_none_or(|name| {
                    !name.is_place() && (!name.is_organisation() || name.at.span.end > token.span.start)
                })
        }),
        TokenKind::Punctuation('-' | '\'' | '’') => {
            between.is_empty() && before.is_some_and(|before| before.span.end == token.span.start)
        }
        TokenKind::Punctuation('&') => true,
        TokenKind::Word(Case::Lower) => {
            matches!(text, "y" | "e" | "de" | "del" | "da" | "do" | "du" | "des" | "di" | "et" | "und" | "van" | "von")
                && before.is_some_and(is_capitalised)
        }
        _ => is_capitalised(token),
    }
}

fn words_of<'d>(scan: &Scan<'d>) -> &'d OrganisationParticles {
    &scan.lexicon.particles.organisation
}

/// Whether an `and` joins what one body is for: `the Gem and Jewelry Institute`, `the Finnish Safety and Chemicals Agency`, all
/// capitalised since its article; or `United Mining and Chemical Company`, by a word for a field. Another name before the
/// `and` is another body: `the Kremlin and Rosatom Corporation`.
fn joins_fields(scan: &Scan<'_>, field: u8, tokens: &[Token], and: usize) -> bool {
    let word_at = |place: usize| scan.slice(field, tokens[place].span.start, tokens[place].span.end);
    let Some(before) = and.checked_sub(1).filter(|&before| is_capitalised(&tokens[before])) else { return false };
    // `the Arab Potash Company and Albemarle Corporation`
    if words_of(scan).of_country.has(word_at(before))
        || matches!(word_at(before), "Group" | "Limited" | "Ltd" | "Inc" | "Bank")
    {
        return false;
    }
    let name = scan.name_over(field, tokens[before].span.start);
    if name.is_some_and(|name| !name.is_commodity()) {
        return false;
    }
    let run = tokens[..before].iter().rev().take(LONGEST_EN).take_while(|token| is_capitalised(token)).count();
    let leading = (before - run).checked_sub(1).map(word_at);
    // `Kefi Gold and Copper`; not `Boké Minerals and Fouta Alumine SA`, which are two.
    let is_field = |place: usize| {
        scan.lexicon.people.contexts.portfolio.contains(&scan.folded_word(field, &tokens[place]))
            || scan.name_over(field, tokens[place].span.start).is_some_and(Name::is_commodity)
    };
    matches!(leading, Some("the" | "The"))
        || run > 0 && word_at(before - run) == "The" && is_field(before)
        || run > 0 && leading != Some("of") && is_field(before) && tokens.get(and + 1).is_some() && is_field(and + 1)
}

fn gap<'d>(scan: &Scan<'d>, field: u8, left: &Token, right: &Token) -> &'d str {
    scan.slice(field, left.span.end, right.span.start)
}

fn is_capitalised(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
}

fn is_no_name(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    scan.lexicon.people.is_no_name(&scan.folded_word(field, token))
}

/// A name needs a word of its own beside countries: a metal with a capital letter inside a sentence is one (`Graphite
/// Ventures`), and so is a town or a mine (`Saindak Metals`), and a listed body (`Sichuan Yahua Industrial Group`).
fn has_own_word(scan: &Scan<'_>, field: u8, tokens: &[Token], kind: OrganisationType) -> bool {
    let is_own = |reading: &Reading| match reading.what {
        What::Commodity(_) | What::Organisation(_) => true,
        What::Place(place) => match scan.lexicon.place(place).kind {
            PlaceType::City | PlaceType::Subdivision => true,
            // `Atlantic Nickel`: an ocean only where nothing goes on
            PlaceType::Region => reading.sense.is_some() && reading.form == Form::Name,
            // `the Wellington Opera House`: a capital
            PlaceType::Country => reading.form == Form::Metonym && kind != OrganisationType::Company,
        },
        _ => false,
    };
    tokens.iter().any(|token| {
        is_capitalised(token)
            && !is_no_name(scan, field, token)
            && scan.name_over(field, token.span.start).is_none_or(|name| name.readings.iter().all(is_own))
    })
}

/// A headline in title case: capital letters tell nothing there. A line of names that ends in a stop is none, unless it is all in capitals.
pub(crate) fn is_headline(tokens: &[Token]) -> bool {
    let (mut words, mut capitalised, mut upper) = (0, 0, 0);
    for token in tokens {
        if let TokenKind::Word(case) = token.kind {
            words += 1;
            capitalised += usize::from(case != Case::Lower);
            upper += usize::from(case == Case::Upper);
        }
    }
    let stops = tokens.last().is_some_and(|last| last.kind == TokenKind::Punctuation('.'));
    words >= 4 && capitalised * 10 >= words * 7 && !(stops && upper * 2 < words)
}
