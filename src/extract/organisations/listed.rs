//! What goes on after a listed name in Chinese text, and what such a name is a part of.

use super::chinese::{LONGEST_FOREIGN, REACH};
use crate::extract::At;
use crate::extract::han::HanText;
use crate::extract::scan::Scan;
use crate::lexicon::HanClass;
use crate::text::Span;

/// Most characters between a listed firm's name and the end of its legal form.
const LONGEST_BUSINESS: usize = 20;

/// 瓦克 in 亚历山大·诺瓦克: a listed name within a foreign person's.
pub(super) fn is_in_foreign_name(scan: &Scan<'_>, at: At) -> bool {
    let sounds = &scan.lexicon.people.transliteration_zh;
    if !scan.text(at).chars().all(|c| sounds.contains(&c)) {
        return false;
    }
    let before = scan.tail_before(at, REACH).chars().rev().find(|c| !sounds.contains(c));
    let after = scan.rest_after(at).chars().take(LONGEST_FOREIGN).find(|c| !sounds.contains(c));
    before == Some('·') || after == Some('·')
}

/// 中国恩菲*工程技术有限公司*, 格林美*（印尼）新能源材料有限公司*: where the name of a listed firm ends that its lines of business and a legal
/// form go on, and whether that is another firm's: one of the group or abroad.
pub(super) fn end_of_firm(scan: &Scan<'_>, at: At) -> Option<(u32, bool)> {
    let form = |end: u32| {
        let first =
            scan.organisation_words.partition_point(|(word, _)| (word.field, word.span.start) < (at.field, end));
        let words = scan.organisation_words[first..].iter();
        let here = words.take_while(|(word, _)| (word.field, word.span.start) == (at.field, end));
        here.map(|(word, _)| word)
            .filter(|word| scan.text(**word).ends_with("有限公司"))
            .map(|word| word.span.end)
            .max()
    };
    let end = at.span.end;
    let rest = scan.rest_after(at);
    let near: usize = rest.chars().take(LONGEST_BUSINESS).map(char::len_utf8).sum();
    if !rest[..near].contains("有限公司") {
        return None;
    }
    let text = HanText::new(scan, At { span: Span { start: end, end: end + near as u32 }, ..at });
    let mut from = 0;
    loop {
        // A place may stand in brackets before the lines of business or after them: 亚钾国际投资*（广州）*股份有限公司.
        if matches!(text.chars.get(from), Some('(' | '（')) {
            from = 1 + (from..text.len()).find(|&close| matches!(text.chars[close], ')' | '）'))?;
        }
        if let Some(end) = form(text.byte(from)).filter(|_| from > 0) {
            return Some((end, !text.is_han(0) || scan.text(at).ends_with(['团', '團', '司'])));
        }
        from = text.words_from(from, 2).find(|(_, class)| *class == HanClass::Trade)?.0;
    }
}

/// 国家矿山安全监察局*山西局*: where the branch in a province of a listed body ends.
pub(super) fn end_of_branch(scan: &Scan<'_>, at: At) -> Option<(u32, bool)> {
    let place = scan.name_over(at.field, at.span.end)?;
    let branch = place.is_place() && place.at.span.start == at.span.end && scan.text(at).ends_with('局');
    let rest = scan.rest_from(at, place.at.span.end);
    (branch && rest.starts_with('局') && !rest.starts_with("局部") && !rest.starts_with("局势"))
        .then_some((place.at.span.end + '局'.len_utf8() as u32, true))
}
