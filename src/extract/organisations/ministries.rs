//! Ministries and other public bodies in Chinese text, by what they are for: 环境与能源部.

use super::chinese::REACH;
use super::{FoundOrganisation, country_of, pattern};
use crate::extract::At;
use crate::extract::han::HanText;
use crate::extract::scan::Scan;
use crate::lexicon::HanClass;
use crate::text::Span;
use crate::vocabulary::OrganisationType;

/// 矿业部 where no country stands directly before it: alone, or with what else the ministry is for (环境与能源部,
/// 赞比亚*矿业和矿产*开发部).
pub(super) fn ministry(scan: &Scan<'_>, at: At) -> Option<FoundOrganisation> {
    let name = scan.text(at);
    let before = scan.tail_before(at, REACH);
    let text =
        HanText::new(scan, At { span: Span { start: at.span.start - before.len() as u32, end: at.span.start }, ..at });
    let mut start = text.len();
    while let Some(from) =
        joined(scan, &text, start).or_else(|| portfolio(&text, start).filter(|_| name.ends_with('部')))
    {
        start = from;
    }
    let byte = text.byte(start);
    let owner = byte.checked_sub(1).and_then(|last| scan.name_over(at.field, last));
    let owner = owner.filter(|name| name.at.span.end == byte && start < text.len() && name.is_place());
    if let Some((name, country)) = owner.and_then(|name| Some((name, country_of(scan, name)?))) {
        return Some(pattern(at, name.at.span.start, at.span.end, OrganisationType::Government, Some(country)));
    }
    // 可财政部至今没有提交: one character alone before it is a word that opens the clause.
    let free = !text.is_han(start.wrapping_sub(1))
        || start >= 1 && !text.is_han(start.wrapping_sub(2))
        || text.is_function_word(text.chars[start - 1])
        || text.words_to(start, 1).any(|(from, class)| match class {
            HanClass::Link | HanClass::Said | HanClass::Party => true,
            HanClass::Verb => start - from >= 2,
            _ => false,
        });
    (free
        && !goes_on(scan, at)
        && name.ends_with(['部', '局', '会', '院', '署', '處', '处'])
        && name.chars().count() >= 3)
        .then(|| pattern(at, byte, at.span.end, OrganisationType::Government, None))
}

/// 矿产*开发部*: where a word for what a ministry is for begins, two characters at least.
fn portfolio(text: &HanText<'_>, end: usize) -> Option<usize> {
    text.words_to(end, 2).find(|(_, class)| *class == HanClass::Trade).map(|(from, _)| from)
}

/// 文化体育*及*旅游局: where what stands before a conjunction begins, in the name of a public body.
pub(super) fn joined(scan: &Scan<'_>, text: &HanText<'_>, end: usize) -> Option<usize> {
    let and = end.checked_sub(1).filter(|&and| matches!(text.chars[and], '和' | '与' | '及' | '、'))?;
    let mut start = and;
    for _ in 0..2 {
        // *秘鲁*矿业和能源协会: a country is a common word too.
        let last = scan.name_over(text.at(0, 0).field, text.byte(start.saturating_sub(1)));
        if last.is_some_and(|name| name.is_place() && name.at.span.end == text.byte(start)) {
            break;
        }
        // 人民银行和…: another body's end is none of this one's business.
        let word = text.words_to(start, 2).find(|(_, class)| {
            let body = text.chars[start - 1];
            matches!(class, HanClass::Trade | HanClass::Noun)
                && !matches!(body, '行' | '局' | '部' | '会' | '司' | '院' | '署' | '厅' | '团')
        });
        start = word.map_or(start, |(from, _)| from);
    }
    // 环境、*水*和生态转型部
    let alone = |at: usize| at == 0 || !text.is_han(at - 1);
    if start == and
        && and
            .checked_sub(1)
            .is_some_and(|one| scan.lexicon.particles.organisation.portfolios.has_char(text.chars[one]) && alone(one))
    {
        start = and - 1;
    }
    (start < and).then_some(start)
}

/// 商务部 of 商务部长 and 商务部门 is no body.
pub(super) fn goes_on(scan: &Scan<'_>, at: At) -> bool {
    let after = scan.field(at).original.get(at.span.end as usize..).and_then(|rest| rest.chars().next());
    after.is_some_and(|c| {
        scan.lexicon.particles.organisation.after_ministry.has_char(scan.lexicon.folding().fold_character(c))
    })
}
