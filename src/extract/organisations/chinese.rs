//! Organisations in Chinese text: a place, a word of its own, lines of business, and what the body is, in this order:
//! 浙江 | 海岳 | 新能源材料 | 有限公司. Read from the right, because only the end is certain.

use super::ministries::joined;
use super::{FoundOrganisation, OrganisationName, country_of, pattern};
use crate::extract::han::HanText;
use crate::extract::later::{Later, common_length};
use crate::extract::scan::{Name, Scan};
use crate::extract::{At, overlaps_any};
use crate::lexicon::{HanClass, OrganisationParticles, OrganisationWord, Reading, What};
use crate::text::Span;
use crate::vocabulary::{Form, OrganisationType};

/// No name reaches further to the left, in bytes.
pub(super) const REACH: u32 = 96;
/// Most characters of the word of a firm's own; of one that writes foreign sounds; of what says what another body is for.
const LONGEST_OWN: usize = 6;
pub(super) const LONGEST_FOREIGN: usize = 10;
const LONGEST_DASHED: usize = 14;
const LONGEST_PURPOSE: usize = 12;
/// Most characters of a place in brackets within a firm's name.
const LONGEST_IN_BRACKETS: usize = 6;
/// Most characters of a name in quotation marks.
const LONGEST_QUOTED: usize = 10;
/// Most characters of a word of its own before an ordinary word ends.
const LONGEST_BEFORE_WORD: usize = 4;

/// Fewest characters of a short form, and of a full name that has one.
const SHORTEST: usize = 3;
const SHORTEST_FULL: usize = 6;
/// What parts the halves of a foreign name: 额尔德尼斯—塔温陶勒盖公司.
const DASHES: [char; 4] = ['—', '–', '-', '·'];
/// A firm's whole name that comes again within so many bytes is its name, however plain: 玻利维亚锂矿公司.
const AGAIN: usize = 3000;

/// The parts of a name, read from the right.
struct Parts<'s, 'd> {
    scan: &'s Scan<'d>,
    text: HanText<'s>,
    at: At,
    firm: bool,
    /// Where the name begins, as far as it is read.
    start: usize,
    /// Characters of its own word.
    own: usize,
    /// Where its own word ends.
    own_end: usize,
    /// Lines of business and commodities that were passed over.
    trades: usize,
    /// A place was passed over.
    placed: bool,
    /// The last place within the word of its own at which another word ends.
    word_end: Option<usize>,
    /// A dash parts its own word.
    dashed: bool,
}

/// `…集团`: to the left, as far as a name may reach.
pub(super) fn before(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let named = named_behind(scan, at, word);
    if named.is_some() || scan.lexicon.particles.organisation.kinds.has(scan.text(at)) {
        return named;
    }
    let before = scan.tail_before(at, REACH);
    let text =
        HanText::new(scan, At { span: Span { start: at.span.start - before.len() as u32, end: at.span.start }, ..at });
    let end = text.len();
    let firm = word.kind == OrganisationType::Company;
    let mut parts = Parts {
        scan,
        text,
        at,
        firm,
        start: end,
        own: 0,
        own_end: end,
        trades: 0,
        placed: false,
        word_end: None,
        dashed: false,
    };
    while parts.step() {}
    parts.leave_opening();
    if let Some(start) = parts.word_end.filter(|_| firm && parts.own > LONGEST_BEFORE_WORD && !parts.is_foreign()) {
        (parts.own, parts.start, parts.placed) = (parts.own_end - start, start, false);
    }
    if firm {
        parts.leave_country();
    }
    parts.is_name(word).then(|| pattern(at, parts.text.byte(parts.start), at.span.end, word.kind, None))
}

/// 瑞典乐队“琥珀森林”, 中资企业“恒岳冶金”: who it is stands in quotation marks behind what it is; a firm's name says what it does, else it
/// may be what somebody calls for.
fn named_behind(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let inner = scan.rest_after(at).strip_prefix(['“', '「', '『'])?;
    let name = &inner[..inner.find(['”', '」', '』'])?];
    let start = scan.sentence(at.sentence).span.end - inner.len() as u32;
    let quoted = At { span: Span { start, end: start + name.len() as u32 }, ..at };
    let text = HanText::new(scan, quoted);
    let trade = || text.words_to(text.len(), 1).any(|(from, class)| class == HanClass::Trade && from > 0);
    let named = (2..=LONGEST_QUOTED).contains(&text.len())
        && (0..text.len()).all(|at| text.chars[at].is_alphanumeric() || text.chars[at] == ' ')
        && (word.kind != OrganisationType::Company
            && scan.lexicon.particles.organisation.ensembles.ends(scan.text(at))
            || trade());
    named.then(|| pattern(quoted, quoted.span.start, quoted.span.end, word.kind, None))
}

/// 南岭有色, 青花里: the front of a firm's full name that stands elsewhere, up to a word's end.
pub(super) fn short_forms(scan: &Scan<'_>, found: &[FoundOrganisation]) -> Vec<FoundOrganisation> {
    let is_firm = |found: &&FoundOrganisation| {
        matches!(found.name, OrganisationName::Pattern { kind: OrganisationType::Company, .. })
            && scan.text(found.at).chars().count() >= SHORTEST_FULL
            && scan.lexicon.particles.organisation.full.ends(scan.text(found.at))
    };
    let firms: Vec<&FoundOrganisation> = found.iter().filter(is_firm).collect();
    let names = firms.iter().enumerate().map(|(owner, found)| (scan.text(found.at), owner));
    let mut short: Vec<FoundOrganisation> = Vec::new();
    Later::new(names).each_start(scan, |rest, name, owner| {
        let (start, common) = (rest.span.start, common_length(scan.text(rest), name));
        let full = HanText::new(scan, firms[owner].at);
        let Some(length) = (SHORTEST..=name[..common].chars().count()).rev().find(|&length| !full.word_crosses(length))
        else {
            return;
        };
        let at = At { span: Span { start, end: start + full.byte(length) - full.byte(0) }, ..rest };
        let taken = overlaps_any(found, |found| found.at, at) || short.last().is_some_and(|last| last.at.overlaps(&at));
        let of_place =
            scan.name_over(at.field, start).is_some_and(|name| name.is_place() && name.at.span.start == start);
        if !taken && !of_place {
            short.push(pattern(at, start, at.span.end, OrganisationType::Company, None));
        }
    });
    short
}

impl Parts<'_, '_> {
    /// Takes one more part in; false where the name cannot go further left.
    fn step(&mut self) -> bool {
        let Some(last) = self.start.checked_sub(1) else { return false };
        if let Some(open) = self.place_in_brackets() {
            (self.start, self.own_end) = (open, open);
            return true;
        }
        let name = self.scan.name_over(self.at.field, self.text.byte(last));
        if let Some(name) = name.filter(|name| name.at.span.end == self.text.byte(self.start)) {
            let from = (0..self.start).find(|&from| self.text.byte(from) == name.at.span.start);
            if let Some(from) = from {
                // 华 in 天华: in a firm's name one character alone is no country.
                if name.is_place() && !(self.firm && self.start - from < 2) {
                    // 恒瑞矿业*赞比亚*公司: the branch of a firm, whose own name ends before the place.
                    let branch = self.firm && self.own == 0 && self.trades == 0 && self.trade_ends(from);
                    (self.start, self.placed) = (from, !branch);
                    if branch {
                        self.own_end = from;
                    }
                    return true;
                }
                let is = |of: fn(What) -> bool| name.readings.iter().any(|reading| of(reading.what));
                // 国务院 | 关税税则委员会: a body within a body. A short form may be part of any word: 科迪勒拉*洛马*铜业.
                if is(|what| matches!(what, What::Organisation(_) | What::Leader(_))) && self.start - from > 2 {
                    if !self.firm && self.own_end > from {
                        (self.start, self.placed) = (from, true);
                    }
                    return false;
                }
                if self.own == 0 && !self.placed && is(|what| matches!(what, What::Commodity(_))) {
                    (self.start, self.own_end, self.trades) = (from, from, self.trades + 1);
                    return true;
                }
            }
        }
        if self.takes_dash() {
            return true;
        }
        if self.placed {
            return false;
        }
        if !self.firm
            && self.own == 0
            && let Some(from) = joined(self.scan, &self.text, self.start)
        {
            (self.start, self.own_end, self.trades) = (from, from, self.trades + 1);
            return true;
        }
        // 钢铁*生产商*协会: what its members are.
        let members = !self.firm && self.words().associations.ends(self.scan.text(self.at));
        // 洛马塞卡铜矿*第一*工会
        if !self.firm && self.own == 0 && last >= 2 && self.text.chars[last - 1] == '第' {
            (self.start, self.own_end) = (last - 1, last - 1);
            return true;
        }
        let trade = self
            .text
            .words_to(self.start, 1)
            .find(|&(_, class)| class == HanClass::Trade || members && class == HanClass::Party);
        if let Some((from, _)) = trade.filter(|_| self.own == 0) {
            (self.start, self.own_end, self.trades) = (from, from, self.trades + 1);
            return true;
        }
        if self.ends_phrase() {
            return false;
        }
        let longest = if !self.firm {
            LONGEST_PURPOSE
        } else if self.dashed {
            LONGEST_DASHED
        } else if self.is_foreign() {
            LONGEST_FOREIGN
        } else {
            LONGEST_OWN
        };
        let c = self.text.chars[last];
        if self.own == longest || !(self.text.is_han(last) || c.is_ascii_alphabetic()) {
            return false;
        }
        self.own += 1;
        self.start = last;
        let another = (2..=LONGEST_BEFORE_WORD).contains(&self.own) && self.text.words_to(last, 2).next().is_some();
        if another {
            self.word_end = Some(last);
        }
        true
    }

    /// 诺里尔斯克*—*帕拉季姆公司: takes in the dash between two halves that write foreign sounds, of which the second may be a
    /// place's name.
    fn takes_dash(&mut self) -> bool {
        let sounds = &self.scan.lexicon.people.transliteration_zh;
        let last = self.start - 1;
        let takes = self.firm
            && !self.dashed
            && DASHES.contains(&self.text.chars[last])
            && (self.own == 0 || self.is_foreign())
            && last >= 2
            && self.text.slice(last - 2, last).iter().all(|c| sounds.contains(c));
        if takes {
            (self.own, self.start) = (self.own_end - last, last);
            (self.placed, self.dashed) = (false, true);
        }
        takes
    }

    /// Whether a line of business ends there.
    fn trade_ends(&self, end: usize) -> bool {
        let listed = end.checked_sub(1).and_then(|last| self.scan.name_over(self.at.field, self.text.byte(last)));
        !listed.is_some_and(Name::is_organisation)
            && self.text.words_to(end, 2).any(|(from, class)| class == HanClass::Trade && from > 0)
    }

    /// 同莱纳斯公司续签: a preposition that opens the clause is none of the name.
    fn leave_opening(&mut self) {
        let &[first, second] = self.text.slice(self.start, self.start + 2) else { return };
        let opens = !self.placed
            && self.own >= 4
            && self.own_end - self.own == self.start
            && self.words().opening.has_char(first)
            && !self.words().after_opening.has_char(second)
            && (self.start == 0 || !self.text.is_han(self.start - 1));
        if opens {
            (self.start, self.own) = (self.start + 1, self.own - 1);
        }
    }

    /// 盛合国际（香港）有限公司, 前景矿业（私人）有限公司: where the brackets around a place, or before a legal form, open.
    fn place_in_brackets(&self) -> Option<usize> {
        let close = self.start.checked_sub(1).filter(|&close| matches!(self.text.chars[close], ')' | '）'))?;
        let open = (close.saturating_sub(LONGEST_IN_BRACKETS)..close)
            .rev()
            .find(|&open| matches!(self.text.chars[open], '(' | '（'))?;
        let is_place = || {
            let name = self.scan.name_over(self.at.field, self.text.byte(open + 1));
            name.is_some_and(|name| name.is_place() && name.at.span.end == self.text.byte(close))
        };
        let legal = close == self.own_end.saturating_sub(1) && self.scan.text(self.at).starts_with(['有', '股', '私']);
        let han = (open + 1..close).all(|at| self.text.is_han(at));
        (self.firm && self.own == 0 && open + 1 < close && han && (legal || is_place())).then_some(open)
    }

    /// Whether a word ends here that is no part of a name: 收购, 的, 原告, 董事长.
    fn ends_phrase(&self) -> bool {
        let c = self.text.chars[self.start - 1];
        let role = self.scan.roles_in(self.at.sentence);
        let byte = self.text.byte(self.start);
        let title = role.binary_search_by_key(&byte, |(role, _)| role.span.end).is_ok();
        // 江*西天*宇: no word reaches into the place.
        let placed = self.place_ends(self.start - 1);
        let word = self.text.words_to(self.start, 2).filter(|_| !placed).any(|(from, class)| match class {
            HanClass::Said | HanClass::Link | HanClass::Verb | HanClass::Party => true,
            HanClass::Noun => self.own >= 2 && is_kind_of_body(self.text.slice(from, self.start)),
            HanClass::Trade | HanClass::Name => false,
        });
        // A function word, but not 向 in 向塘, where a clause begins or a place ends (四川*天*华): one character alone is no name.
        let begins = placed || self.start < 2 || !self.text.chars[self.start - 2].is_alphanumeric();
        let function =
            (!(self.own == 1 && begins) || "的由与和及被把从为等到至".contains(c)) && self.text.is_function_word(c);
        title || word || function && !self.is_sound(self.start - 1)
    }

    /// 萨*比*拉: a function word among characters that write foreign sounds is one of them.
    fn is_sound(&self, at: usize) -> bool {
        let sounds = &self.scan.lexicon.people.transliteration_zh;
        matches!(self.text.chars[at], '比' | '那' | '得')
            && self.own >= 1
            && self.is_foreign()
            && at >= 1
            && sounds.contains(&self.text.chars[at - 1])
    }

    fn words(&self) -> &OrganisationParticles {
        &self.scan.lexicon.particles.organisation
    }

    /// Whether a place's name ends there.
    fn place_ends(&self, end: usize) -> bool {
        let name = end.checked_sub(1).and_then(|last| self.scan.name_over(self.at.field, self.text.byte(last)));
        name.is_some_and(|name| name.is_place() && name.at.span.end == self.text.byte(end))
    }

    /// 钕铁硼磁材, 钐钴永磁: nothing but commodities before a word for what is made of them.
    fn is_product(&self, written: &str) -> bool {
        let is_commodity = |at: usize| {
            let name = self.scan.name_over(self.at.field, self.text.byte(at));
            name.is_some_and(|name| name.readings.iter().any(|reading| matches!(reading.what, What::Commodity(_))))
        };
        self.words().products.has(written) && (self.own_end - self.own..self.own_end).all(is_commodity)
    }

    /// Whether the word of its own writes foreign sounds.
    fn is_foreign(&self) -> bool {
        let sounds = &self.scan.lexicon.people.transliteration_zh;
        let own = self.text.slice(self.own_end - self.own, self.own_end);
        own.iter().all(|c| sounds.contains(c) || self.dashed && DASHES.contains(c))
    }

    /// 澳洲皮尔巴拉矿业: the country before a company's name is none of it.
    fn leave_country(&mut self) {
        if let Some(name) = self.scan.name_over(self.at.field, self.text.byte(self.start))
            && self.own >= 2
            && self.is_of_country()
            && let Some(start) = (self.start..=self.own_end).find(|&at| self.text.byte(at) == name.at.span.end)
        {
            (self.start, self.placed) = (start, false);
        }
    }

    /// Whether what stands before the pattern word makes a name with it.
    fn is_name(&self, word: &OrganisationWord) -> bool {
        let class = self.text.class(self.own_end - self.own, self.own_end);
        // 資本 as 资本: what the words are is told in simplified characters.
        let folding = self.scan.lexicon.folding();
        let written: String = self.scan.text(self.at).chars().map(|c| folding.fold_character(c)).collect();
        let written = written.as_str();
        // Two characters before a mere 公司 are what it does, not who it is: 游戏公司, 保险公司.
        let plain = word.weak && written.chars().count() < 4 || written == "公司" || written.chars().count() <= 2;
        if matches!(class, Some(HanClass::Link | HanClass::Verb | HanClass::Said | HanClass::Party)) {
            return false;
        }
        // 公司股份: a firm's shares.
        let before = self.text.slice(self.start, self.own_end);
        if written == "股份" && before.ends_with(&['公', '司']) || self.is_product(written) {
            return false;
        }
        // 价格审议会: no parliament.
        if written.starts_with("议会") && before.last() == Some(&'审') {
            return false;
        }
        // 全资子公司, 该项目以公司自有资金投入
        if written == "公司" && before.last().is_some_and(|last| self.words().before_firm.has_char(*last)) {
            return false;
        }
        // 保险公司, 社会资本, 市场上的期货: an ordinary word says what it is, not who.
        let ordinary = self.firm
            && self.words().finance.has(written)
            && if self.trades > 0 { written != "公司" } else { self.is_ordinary() };
        let works = self.firm && !self.placed && self.words().works.has(written) && self.is_ordinary();
        // 金穗钾业矿井: metals have no trade of this name but firms'.
        // 钢铁公会: there is one of a trade.
        let guild = written == "公会" && self.trades > 0 && self.own == 0;
        let told = self.dashed
            || guild
            || written.ends_with('业') && !self.is_ordinary()
            || self.placed && self.trades > 0 && written == "集团"
            || self.placed && !self.firm && written.chars().count() > 2 && ends_office(written);
        if ordinary && !self.follows_place() || plain && !told && !self.is_followed() || works {
            return false;
        }
        let long = written.chars().count();
        match word.kind {
            // 一位华南城燃公司采购经理: some firm of a part of the country.
            OrganisationType::Company if written == "公司" && self.placed && self.is_somebodys() => false,
            OrganisationType::Company => {
                self.own >= 2
                    || self.own == 1 && self.trades > 1 && written.ends_with("有限公司")
                    || self.placed
                        && match self.trades + usize::from(is_line_of_business(written)) {
                            // 秦皇岛港股份有限公司
                            0 => before.last() == Some(&'港') && written.ends_with(['司', '团']),
                            1 => {
                                !self.is_of_country()
                                    || written.ends_with("有限公司")
                                    || written == "集团"
                                    || self.comes_again()
                                    || !written.starts_with(['合', '联']) && self.is_followed() && !self.is_counted()
                            }
                            _ => true,
                        }
            }
            OrganisationType::Government => {
                self.own >= 2 || self.placed || ends_office(written) && (self.trades > 0 || long >= 5)
            }
            _ => {
                self.own >= 2
                    || self.placed && (self.trades > 0 || self.own > 0 || long > 2 || !self.is_of_country())
                    || self.begins_wide() && self.trades > 0
                    || guild
            }
        }
    }

    /// 两家智利矿业公司, 外国石油公司: some firms of a kind, of which none is named.
    fn is_counted(&self) -> bool {
        let before = self.start.checked_sub(1).map(|before| self.text.chars[before]);
        before.is_some_and(|before| "家个些名多座各某位大小的和与及、".contains(before))
    }

    /// 一位, 一名, 一家
    fn is_somebodys(&self) -> bool {
        matches!(self.text.slice(self.start.saturating_sub(2), self.start), ['一', '位' | '名' | '家'])
    }

    /// Whether the first part is a country.
    fn is_of_country(&self) -> bool {
        self.scan.name_over(self.at.field, self.text.byte(self.start)).is_some_and(|name| {
            country_of(self.scan, name).is_some_and(|country| {
                // 北京国能锂业: a capital is a part of the name.
                let named = |reading: &Reading| reading.what == What::Place(country) && reading.form != Form::Metonym;
                name.readings.iter().any(named)
            })
        })
    }

    /// Whether the name, as far as it is read, comes again soon.
    fn comes_again(&self) -> bool {
        let original = self.scan.field(self.at).original;
        let name = self.scan.slice(self.at.field, self.text.byte(self.start), self.at.span.end);
        let after = &original[self.at.span.end as usize..];
        let before = &original[..self.text.byte(self.start) as usize];
        after[..after.floor_char_boundary(AGAIN)].contains(name)
            || before[before.ceil_char_boundary(before.len().saturating_sub(AGAIN))..].contains(name)
    }

    /// 国家大剧院, 中央美术学院: there is but one.
    fn begins_wide(&self) -> bool {
        let first: String = self.text.slice(self.start, self.start + 2).iter().collect();
        matches!(first.as_str(), "国家" | "中央" | "全国" | "世界" | "国际")
    }

    /// Whether the word of its own is nothing but common words.
    fn is_ordinary(&self) -> bool {
        let mut at = self.own_end - self.own;
        while at < self.own_end {
            match self.text.words_from(at, 1).find(|&(to, _)| to <= self.own_end) {
                Some((to, _)) => at = to,
                None if self
                    .text
                    .chars
                    .get(at)
                    .is_some_and(|&c| self.text.is_function_word(c) || "上下里内中外新老大小".contains(c)) =>
                {
                    at += 1
                }
                None => return false,
            }
        }
        self.own > 0
    }

    /// 苏黎世的银杏资本
    fn follows_place(&self) -> bool {
        self.start.checked_sub(2).is_some_and(|before| {
            self.text.chars[before + 1] == '的'
                && self.scan.name_over(self.at.field, self.text.byte(before)).is_some_and(Name::is_place)
        })
    }

    /// Whether the pattern word ends here: not 资本 of 资本开支, 基金 of 基金会.
    fn is_followed(&self) -> bool {
        let end = self.at.span.end;
        let rest = self.scan.slice(self.at.field, end, self.scan.sentence(self.at.sentence).span.end);
        let length = rest.char_indices().map(|(at, _)| at).nth(6).unwrap_or(rest.len());
        let after = HanText::new(self.scan, At { span: Span { start: end, end: end + length as u32 }, ..self.at });
        !after.is_han(0)
            || self.scan.roles_in(self.at.sentence).binary_search_by_key(&end, |(role, _)| role.span.start).is_ok()
            || after
                .words_from(0, 1)
                .next()
                .is_some_and(|(_, class)| matches!(class, HanClass::Said | HanClass::Verb | HanClass::Link))
    }
}

/// 报关行, 发货人, 出品方: words for a kind of body or person, which stand before its name.
fn is_kind_of_body(word: &[char]) -> bool {
    let quarter = matches!(word, ['东' | '南' | '西' | '北', '方']);
    !quarter && word.last().is_some_and(|c| matches!(c, '人' | '者' | '方' | '商' | '行' | '员' | '户' | '主'))
}

/// 资源公司: the pattern says what the firm does.
fn is_line_of_business(written: &str) -> bool {
    written.ends_with("公司")
        && written.chars().count() == 4
        && !written.starts_with(['有', '股', '分', '总', '總', '合'])
}

/// Offices that are known by their business alone: 应急管理局.
fn ends_office(written: &str) -> bool {
    written.ends_with(['局', '署', '厅', '会'])
}
