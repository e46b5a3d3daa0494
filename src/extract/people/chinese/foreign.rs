//! Foreign names in Chinese characters: 唐纳德·特朗普, 让-马克·瓦海奥, 谢里夫, 乌云其木格.

use super::frame::{Frames, Left, Right};
use crate::extract::FoundOrganisation;
use crate::extract::people::FoundPerson;
use crate::extract::scan::Scan;
use crate::lexicon::{HanClass, HanWords};
use memchr::memmem;

/// Most characters of a part of a name before its first dot.
const LONGEST_PART: usize = 7;
/// Most characters of a name after its first dot.
const LONGEST_REST: usize = 20;
/// Most characters of a name without a dot.
const LONGEST_SINGLE: usize = 7;

/// What joins the parts of a name.
const DOTS: [char; 4] = ['·', '•', '・', '‧'];

/// Whether a text may hold names whose parts a dot joins; few do.
pub(in crate::extract::people) fn has_middle_dot(text: &str) -> bool {
    DOTS.iter().any(|dot| memmem::find(text.as_bytes(), dot.encode_utf8(&mut [0; 4]).as_bytes()).is_some())
}

/// Names whose parts a dot joins.
pub(in crate::extract::people) fn by_middle_dot(
    scan: &Scan<'_>,
    organisations: &[FoundOrganisation],
    sentence: u32,
    found: &mut Vec<FoundPerson>,
) {
    let at = scan.sentence_at(sentence);
    if !scan.text(at).contains(is_dot) {
        return;
    }
    let frames = Frames::new(scan, organisations, at);
    let mut next = 0;
    while let Some(dot) = (next..frames.text.len()).find(|&place| is_dot(frames.text.chars[place])) {
        next = dot + 1;
        let (start, end) = (start_of(&frames, dot), end_of(&frames, dot + 1));
        if start == dot || end == dot + 1 {
            continue;
        }
        next = end;
        if is_of_thing(&frames, start, end) {
            continue;
        }
        let at = frames.text.at(start, end);
        found.push(FoundPerson { at, leader: None, role: None, country: None, same: None, confidence: 0.9 });
    }
}

/// 拉多米罗·托米奇矿, 何塞·马蒂机场: what is called after somebody.
fn is_of_thing(frames: &Frames<'_, '_>, start: usize, end: usize) -> bool {
    let at = frames.text.at(start, end);
    let things = &frames.scan.lexicon.particles.name.things;
    things.begins(frames.scan.rest_after(at)) || things.ends(frames.scan.text(at))
}

/// The foreign name, or the name of no known kind, that begins right after a title.
pub(super) fn after_title(frames: &Frames<'_, '_>, place: usize) -> Option<(usize, Right)> {
    let text = &frames.text;
    let sounds = (place..place + LONGEST_SINGLE).take_while(|&at| is_sound(frames, at)).count();
    let ends = (place + 2..=place + sounds).rev().map(|end| (end, frames.right(end)));
    let framed = ends
        .filter(|&(end, right)| right > Right::Nothing && !text.word_crosses(end) && !holds_words(frames, place, end))
        .max_by_key(|&(end, right)| (right, end));
    let bare = (sounds >= 3 && !holds_words(frames, place, place + sounds) && !text.word_crosses(place + sounds))
        .then_some((place + sounds, Right::Nothing));
    framed.or_else(|| unknown(frames, place)).or(bare).filter(|&(end, _)| is_free(frames, place, end))
}

/// Three to six characters that make no words: 高城健, 乌云其木格.
fn unknown(frames: &Frames<'_, '_>, place: usize) -> Option<(usize, Right)> {
    let text = &frames.text;
    let end = (place + 3..=place + 6).find(|&end| frames.right(end) > Right::Nothing && !text.word_crosses(end))?;
    let han = (place..end).all(|at| text.is_han(at));
    // 矿商先*跑去*谈
    let told = (place + 1..end).any(|at| !text.has_seldom_given(at, at + 1));
    // 吓回*锂电*
    let mineral = |at: usize| {
        let name = frames.scan.name_over(text.at(at, end).field, text.byte(at));
        name.is_some_and(|name| {
            name.is_commodity() && name.at.span.end - name.at.span.start > text.byte(at + 1) - text.byte(at)
        })
    };
    let told = told && !(place..end).any(mineral);
    (han && told && !text.has_never_given(place, end) && !holds_words(frames, place, end))
        .then(|| (end, frames.right(end)))
}

/// Whether characters within the stretch are a common word.
pub(super) fn holds_words(frames: &Frames<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).any(|start| frames.text.words_from(start, 2).any(|(end, class)| end <= to && class != HanClass::Name))
}

/// Whether all characters are such as write the sound of foreign names.
pub(super) fn is_sounds(frames: &Frames<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|at| is_sound(frames, at))
}

/// A character of a name's part: one that writes a sound, or one of a part that is known: 彼得斯, 优素福.
fn is_of_name(frames: &Frames<'_, '_>, place: usize) -> bool {
    let named = |from: usize| frames.text.words_from(from, 2).any(|(to, class)| class == HanClass::Name && to > place);
    is_sound(frames, place) || (place.saturating_sub(HanWords::LONGEST - 1)..=place).any(named)
}

fn is_sound(frames: &Frames<'_, '_>, place: usize) -> bool {
    frames.text.chars.get(place).is_some_and(|c| frames.scan.lexicon.people.transliteration_zh.contains(c))
}

pub(super) fn is_free(frames: &Frames<'_, '_>, from: usize, to: usize) -> bool {
    let at = frames.text.at(from, to);
    frames.scan.name_over(at.field, at.span.start).is_none_or(|name| {
        !name.is_place() && !name.is_commodity() && !name.is_organisation() || at.covers(&name.at) && at != name.at
    })
}

/// Where the name begins whose first dot stands at `dot`: as far left as its characters go, but not beyond a title or a word.
fn start_of(frames: &Frames<'_, '_>, dot: usize) -> usize {
    let text = &frames.text;
    // 首席执行官梅尔让·…: between a title and the dot, one character may be none that writes sounds.
    let is_rare = |start: usize| (start..dot).filter(|&at| !is_of_name(frames, at)).count() <= 1;
    let after_title = (dot.saturating_sub(LONGEST_PART)..dot)
        .find(|&start| frames.left(start) == Left::Title && is_rare(start) && (start..dot).all(|at| text.is_han(at)));
    if let Some(start) = after_title {
        return start;
    }
    let mut part = dot;
    loop {
        let sounds = (1..=LONGEST_PART).take_while(|&back| part >= back && is_of_name(frames, part - back)).count();
        let reach = part - sounds;
        // A character that seldom writes a sound belongs to the name where nothing else explains it: 何塞, 让-马克.
        let first = if reach > 0
            && text.is_han(reach - 1)
            && (sounds == 0 || frames.left(reach) == Left::Nothing)
            && !is_kind_of_person(text.chars[reach - 1])
        {
            reach - 1
        } else {
            reach
        };
        let start = (first..part)
            .filter(|&start| frames.left(start) > Left::Nothing || start > 1 && is_hyphen(text.chars[start - 1]))
            .max_by_key(|&start| (frames.left(start) == Left::Title, std::cmp::Reverse(start)))
            .unwrap_or(reach);
        if start > 1 && is_hyphen(text.chars[start - 1]) && text.is_han(start - 2) && start < dot {
            // 让 before a hyphen is a name's first part, though it is a common word.
            part = start - 1;
            if !is_sound(frames, part - 1) {
                return part - 1;
            }
            continue;
        }
        return start;
    }
}

/// Where the name ends whose second part begins at `from`.
fn end_of(frames: &Frames<'_, '_>, from: usize) -> usize {
    let text = &frames.text;
    let is_part =
        |place: usize| is_of_name(frames, place) || text.chars.get(place).is_some_and(|&c| is_dot(c) || is_hyphen(c));
    let length = (from..from + LONGEST_REST).take_while(|&place| is_part(place)).count();
    let reach = from + length;
    let last_part = (from..reach).rev().find(|&place| !is_of_name(frames, place)).map_or(from, |dot| dot + 1);
    if frames.right(reach) == Right::Nothing
        && text.is_han(reach)
        && frames.right(reach + 1) > Right::Nothing
        && !text.word_crosses(reach + 1)
        && !text.word_crosses(reach)
        && !text.is_function_word(text.chars[reach])
    {
        return reach + 1;
    }
    if last_part == reach {
        // A dot with nothing after it.
        return if reach > from { reach - 1 } else { from };
    }
    // 帕斯当选: a word begins with a character that could be part of the name.
    let begins_word = |place: usize| {
        text.words_from(place, 2)
            .any(|(end, class)| end > reach && matches!(class, HanClass::Verb | HanClass::Link | HanClass::Said))
    };
    (last_part + 1..reach).find(|&place| begins_word(place)).unwrap_or(reach)
}

/// 反对者, 组织者: a word for a kind of person ends.
fn is_kind_of_person(c: char) -> bool {
    matches!(c, '者' | '员' | '人' | '家' | '师' | '长' | '手' | '官' | '民' | '商' | '工' | '生')
}

fn is_dot(c: char) -> bool {
    DOTS.contains(&c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '－' | '–')
}
