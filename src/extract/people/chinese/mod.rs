//! People in Chinese text: a surname and one or two characters, or characters that write the sound of a foreign name,
//! between neighbours that a person's name may have.

mod foreign;
mod frame;
mod later;
#[cfg(test)]
mod tests;

pub(super) use foreign::{by_middle_dot, has_middle_dot};
pub(super) use later::later_mentions;

use super::FoundPerson;
use crate::extract::han::HanText;
use crate::extract::scan::Scan;
use crate::extract::{At, FoundOrganisation};
use crate::lexicon::{HanClass, is_unspaced};
use crate::text::Span;
use frame::{Frames, Left, Right};

/// No name, nor what has to be seen after it, reaches further, in bytes.
const REACH: u32 = 120;

/// `总理谢里夫`, `部长王文涛`, `老师乌云其木格`
pub(super) fn after_title(scan: &Scan<'_>, role: At) -> Option<At> {
    let end = scan.sentence(role.sentence).span.end;
    if !scan.text(role).chars().next_back().is_some_and(is_unspaced) {
        return None;
    }
    let rest = scan.slice(role.field, role.span.end, end);
    let length = rest.char_indices().map(|(at, _)| at).find(|&at| at as u32 >= REACH).unwrap_or(rest.len());
    // With the title, because a word may begin in it: 总统令.
    let span = Span { start: role.span.start, end: role.span.end + length as u32 };
    let frames = Frames::new(scan, &[], At { span, ..role });
    let place = scan.text(role).chars().count();
    // 董事长林启明: that 长林 is a word as well means nothing behind a title; 总统令 does.
    if frames.text.crosses(place, 3) {
        return None;
    }
    // 董事长：邢立群, 董事长 谭锡安, below a notice.
    if matches!(frames.text.chars.get(place), Some(':' | '：' | ' ' | '\u{3000}')) {
        let signed = native(&frames, place + 1, Left::Title).filter(|&(_, right)| right == Right::End);
        return signed.map(|(end, _)| frames.text.at(place + 1, end));
    }
    let native = native(&frames, place, Left::Title);
    let foreign = foreign::after_title(&frames, place);
    // The reading that its neighbours speak for; of two alike, the longer one.
    let best = native.into_iter().chain(foreign).max_by_key(|&(end, right)| (right, end));
    best.map(|(end, _)| frames.text.at(place, end))
}

/// `王文涛部长`: the name begins where a sentence, a clause or another name ends.
pub(super) fn before_title(scan: &Scan<'_>, role: At) -> Option<At> {
    if !scan.text(role).chars().next().is_some_and(is_unspaced) {
        return None;
    }
    let before = scan.tail_before(role, REACH);
    let span = Span { start: role.span.start - before.len() as u32, end: role.span.start };
    let frames = Frames::new(scan, &[], At { span, ..role });
    let end = frames.text.len();
    (end.saturating_sub(4)..end.saturating_sub(1)).find_map(|start| {
        let left = frames.left(start);
        let whole = left >= Left::Boundary
            && (is_native(&frames, start, end, left, Right::Said)
                || foreign::is_sounds(&frames, start, end)
                    && end - start >= 2
                    && !foreign::holds_words(&frames, start, end)
                    && !frames.text.has_never_given(start, start + 1)
                    && foreign::is_free(&frames, start, end));
        whole.then(|| frames.text.at(start, end))
    })
}

/// `段其明则表示`, `日本的高城健`: told by what stands around them.
pub(super) fn by_frame(
    scan: &Scan<'_>,
    organisations: &[FoundOrganisation],
    sentence: u32,
    found: &mut Vec<FoundPerson>,
) {
    let at = scan.sentence_at(sentence);
    if !scan.text(at).chars().any(is_unspaced) {
        return;
    }
    let frames = Frames::new(scan, organisations, at);
    let mut next = 0;
    let begins_surname = |c: &char| scan.lexicon.people.surnames_zh.may_begin(*c);
    while let Some(more) = frames.text.chars[next..].iter().position(begins_surname) {
        let place = next + more;
        next = place + 1;
        if !frames.text.is_han(place) || surnames(&frames, place).next().is_none() {
            continue;
        }
        let left = frames.left(place);
        if left == Left::Nothing || left == Left::Title {
            continue;
        }
        if let Some((end, right)) = native(&frames, place, left) {
            let confidence = if right == Right::Said { 0.8 } else { 0.5 };
            found.push(FoundPerson {
                at: frames.text.at(place, end),
                leader: None,
                role: None,
                country: None,
                same: None,
                confidence,
            });
            next = end;
        }
    }
}

/// The Chinese name that begins at a place: its end, and what stands after it.
fn native(frames: &Frames<'_, '_>, place: usize, left: Left) -> Option<(usize, Right)> {
    let ends = surnames(frames, place).flat_map(|surname| [surname + 2, surname + 1]);
    let given = ends.filter_map(|end| Some((given_from(frames, place, end)?, end)));
    let names = given
        .filter(|&(surname, end)| may_stand(frames, [place, surname, end], left) && may_begin(frames, place, left));
    let right = |end| if is_speaker(frames, place, end) { Right::Said } else { frames.right(end) };
    let framed =
        names.filter(|&(_, end)| !is_of_works(frames, place, end)).map(|(surname, end)| (surname, end, right(end)));
    let framed = framed.filter(|&(surname, end, right)| stands(frames, [place, surname, end], left, right));
    // 王军*赛后*说: of two that what follows speaks for alike, not the one that cuts a word.
    let whole = |end| !frames.text.word_crosses(end);
    framed.map(|(_, end, right)| (end, right)).max_by_key(|&(end, right)| (right, whole(end), end))
}

/// 陈启明：今年几内亚发出的铁矿石…: who speaks, at the start of a line of an interview.
fn is_speaker(frames: &Frames<'_, '_>, place: usize, end: usize) -> bool {
    place == 0 && end >= 3 && matches!(frames.text.chars.get(end), Some('：' | ':')) && frames.begins_line()
}

/// 戈亚斯州米纳苏的矿山, 喀拉拉邦查瓦拉的处理线: where works lie, and nobody. Right after a place, what has something lies in it.
fn is_of_works(frames: &Frames<'_, '_>, place: usize, end: usize) -> bool {
    let of = frames.text.chars.get(end) == Some(&'的');
    let works = &frames.scan.lexicon.particles.name.works;
    of && (frames.place_ends(place) || frames.text.chars.get(end + 1).is_some_and(|c| works.has_char(*c)))
}

/// Ends of the surnames that begin at a place, the longest first.
fn surnames(frames: &Frames<'_, '_>, place: usize) -> impl Iterator<Item = usize> {
    let rest = frames.text.chars.get(place..).unwrap_or_default();
    frames.scan.lexicon.people.surnames_zh.words_in(rest, 1).map(move |(length, ())| place + length)
}

/// Whether the characters, of which the first are a surname, are a name in this frame.
fn is_native(frames: &Frames<'_, '_>, place: usize, end: usize, left: Left, right: Right) -> bool {
    may_begin(frames, place, left)
        && given_from(frames, place, end).is_some_and(|given| {
            may_stand(frames, [place, given, end], left) && stands(frames, [place, given, end], left, right)
        })
}

/// Whether a name may begin at a place, whatever it is: not within a word, nor with the `and` between two names (和萨菲).
fn may_begin(frames: &Frames<'_, '_>, place: usize, left: Left) -> bool {
    let titled = left == Left::Title;
    (titled || frames.text.chars.get(place) != Some(&'和')) && !frames.text.crosses(place, if titled { 3 } else { 2 })
}

/// Where the given name begins, if the characters are a surname and one or two that may stand in a given name.
fn given_from(frames: &Frames<'_, '_>, place: usize, end: usize) -> Option<usize> {
    let given = surnames(frames, place).find(|&surname| surname < end && end - surname <= 2)?;
    let han = (given..end).all(|at| frames.text.is_han(at));
    (han && !frames.text.has_never_given(given, end)).then_some(given)
}

/// Whether a surname and a given name that may be one (where each begins, and where it ends) may be a name after what stands before
/// them, whatever follows.
fn may_stand(frames: &Frames<'_, '_>, [place, surname, end]: [usize; 3], left: Left) -> bool {
    let text = &frames.text;
    match left {
        Left::Title => true,
        Left::Belongs => other_word(text, place, surname).is_none() && !text.has_seldom_given(surname, end),
        Left::Clause | Left::Boundary => {
            other_word(text, place, surname).is_none()
                && !text.has_seldom_given(surname, end)
                && given_word(text, surname, end).is_none()
        }
        Left::Nothing => false,
    }
}

/// Whether such a name stands in this frame.
fn stands(frames: &Frames<'_, '_>, [place, surname, end]: [usize; 3], left: Left, right: Right) -> bool {
    let text = &frames.text;
    let long = end - place >= 3;
    let told = match left {
        // 考生石英杰, 总监白银生: a name may begin like a word that is shorter.
        // 少年宫展出: a verb is seldom a given name.
        Left::Title if long => match other_word(text, place, surname) {
            None if right == Right::Said => true,
            None => match given_word(text, surname, end) {
                None => true,
                Some(class) => {
                    right > Right::Nothing && !matches!(class, HanClass::Verb | HanClass::Link | HanClass::Said)
                }
            },
            Some(other) => other < end && right > Right::Nothing && given_word(text, surname, end).is_none(),
        },
        Left::Title => right > Right::Nothing && other_word(text, place, surname).is_none(),
        Left::Belongs => {
            right == Right::Said || long && right > Right::Nothing && given_word(text, surname, end).is_none()
        }
        Left::Clause => right == Right::Said || long && right == Right::Link,
        Left::Boundary => right == Right::Said,
        Left::Nothing => false,
    };
    told && (right == Right::Said || !text.word_crosses(end)) && is_free(frames, place, end, left, right)
}

/// 白天, 车队, 高品位: where the other word ends that a surname begins.
fn other_word(text: &HanText<'_>, place: usize, surname: usize) -> Option<usize> {
    let mut words = text.words_from(place, surname + 1 - place);
    words.find(|(_, class)| *class != HanClass::Name).map(|(to, _)| to)
}

/// The class of the word that a given name is, or begins with.
fn given_word(text: &HanText<'_>, surname: usize, end: usize) -> Option<HanClass> {
    text.words_from(surname, 2.max(end - surname)).next().map(|(_, class)| class)
}

/// Whether no listed name claims the characters: a metal's or a place's name may be part of a person's where the person's is
/// longer and its frame is strong.
fn is_free(frames: &Frames<'_, '_>, place: usize, end: usize, left: Left, right: Right) -> bool {
    let at = frames.text.at(place, end);
    let strong = left == Left::Title || left == Left::Belongs || right == Right::Said;
    (place..end).all(|character| {
        let Some(name) = frames.scan.name_over(at.field, frames.text.byte(character)) else { return true };
        let claims = name.is_place() || name.is_commodity() || name.is_organisation();
        // 和中国: what follows the surname is a name of its own.
        let given = claims
            && name.at.span.start > at.span.start
            && name.at.span.end == at.span.end
            && end - place > 2
            && name.at.span.start == frames.text.byte(place + 1);
        // 黄饼仍会: a name of two characters or more is no surname.
        let begins = claims
            && left != Left::Title
            && name.at.span.start == at.span.start
            && name.at.span.end > frames.text.byte(place + 1);
        strong && at.covers(&name.at) && !(claims && at == name.at) && !given && !begins
    })
}
