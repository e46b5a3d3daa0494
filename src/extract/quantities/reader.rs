//! What stands around a figure: multipliers, units, currencies, signs.

use super::figures::{self, is_numeral, numeral_value};
use super::parts::{Part, Sign, Unit};
use crate::extract::At;
use crate::extract::scan::{Cue, Scan};
use crate::lexicon::{CueClass, Dimension, FigureWord, Measure, What};
use crate::text::Span;

/// What a sign may follow directly.
const OPENS_SIGN: [char; 11] = ['(', '（', ':', '：', ',', '，', '、', '$', '€', '£', '¥'];
/// Before 分之.
const PARTS: &str = "分之";
/// Gold is of 24 carats at most.
const PUREST: f64 = 24.0;
/// Digits that make a sum of what stands after a currency's code.
const LEAST_SUM: usize = 3;
/// Farthest that a rise stands before 倍, in bytes.
const RISEN: u32 = 18;

/// Reads the figures of a sentence.
pub(super) struct Reader<'s, 'd> {
    pub(super) scan: &'s Scan<'d>,
    pub(super) at: At,
}

impl<'d> Reader<'_, 'd> {
    /// The number in digits that begins a token; what ends before `floor` belongs to the figure before.
    pub(super) fn figure(&self, token: Span, floor: u32) -> Option<Part<'d>> {
        let language = self.scan.sentence(self.at.sentence).language;
        if self.scan.lexicon.languages().decimal_comma(language)
            && let Some((number, length)) = figures::with_decimal_comma(self.rest(token.start))
        {
            let span = Span { end: token.start + length as u32, ..token };
            return Some(self.part(span, number, floor));
        }
        if let Some((number, length)) = figures::grouped(self.rest(token.start))
            && !self.is_labelled(token.start)
        {
            let span = Span { end: token.start + length as u32, ..token };
            let part = self.part(span, number, floor);
            if part.amount().is_some() {
                return Some(part);
            }
        }
        let number = figures::parse(self.text(token))?;
        Some(self.part(token, number, floor))
    }

    /// A sum of money whose currency makes one word with the figure: `USD20m`, `R5.2 billion`. It must look like a sum:
    /// `R32` is a road and COP30 a summit.
    pub(super) fn sum(&self, currency: Span, floor: u32) -> Option<Part<'d>> {
        let text = self.rest(currency.end);
        let (number, length) = figures::grouped(text).or_else(|| figures::leading(text))?;
        let figure = Span { start: currency.end, end: currency.end + length as u32 };
        let part = self.part(figure, number, floor.min(currency.start));
        let is_code = currency.end - currency.start > 1;
        let is_sum = part.factor.is_some()
            || part.per.is_some()
            || text[..length].contains(|c: char| !c.is_ascii_digit())
            || is_code && length >= LEAST_SUM;
        (is_sum && part.money.is_some() && self.ends_word(part.span.end)).then_some(part)
    }

    /// `九成`, `百分之九十`, 三分之二, 六千吨: numerals in Han characters, each with its measure.
    pub(super) fn in_words(&self, span: Span, floor: u32, found: &mut Vec<Part<'d>>) {
        let start = span.start.max(floor).min(span.end);
        let text = self.scan.slice(self.at.field, start, span.end);
        let (mut from, mut floor) = (0, floor);
        while let Some(begin) = text[from..].find(is_numeral).map(|at| from + at) {
            let numeral = numeral(&text[begin..]);
            from = begin + numeral.len();
            if let Some(part) = self.fraction(start, text, begin, numeral) {
                from = (part.span.end - start) as usize;
                found.push(part);
            } else if let Some(value) = numeral_value(numeral) {
                let figure = Span { start: start + begin as u32, end: start + from as u32 };
                let part = self.part(figure, value, floor);
                floor = part.span.end;
                from = from.max((part.span.end - start) as usize).min(text.len());
                found.push(part);
            }
        }
    }

    /// 三分之二, 百分之九十: `numeral` is the first of the two.
    fn fraction(&self, start: u32, text: &str, begin: usize, numeral: &str) -> Option<Part<'d>> {
        let second = begin + numeral.len() + PARTS.len();
        let rest = text[begin + numeral.len()..].strip_prefix(PARTS)?;
        let of = figures::denominator(numeral).filter(|of| *of > 0.0)?;
        let numerator = self::numeral(rest);
        let percent = (numeral_value(numerator)? / of * 1e4).round() / 100.0;
        let span = Span { start: start + begin as u32, end: start + (second + numerator.len()) as u32 };
        let unit = Unit { id: "percent", dimension: Dimension::Percent, factor: 1.0, period: None };
        Some(Part { unit: Some(unit), ..Part::bare(span, percent) })
    }

    /// A number at `figure`: what stands before and after it?
    fn part(&self, figure: Span, number: f64, floor: u32) -> Part<'d> {
        let mut part = Part::bare(figure, number);
        self.multiply(&mut part, f64::INFINITY);
        let beside = self.ending_at(figure.start);
        part.sign = self.sign_before(figure.start, floor, beside);
        let lead = part.sign.map_or(figure.start, |sign| sign.span.start);
        let beside = if part.sign.is_some() { self.ending_at(lead) } else { beside };
        let about = if beside.is_none() { self.before_about(lead) } else { None };
        let before = beside.or(about).filter(|(_, start)| *start >= floor);
        let end = part.span.end;
        part.span.start = lead;
        match (before, self.starting_at(end)) {
            (Some((Measure::Currency { code }, start)), _) => {
                // `$4.2bn`, `US$ 4,500 a tonne`
                part.span.start = start;
                if part.sign.is_none() {
                    part.sign = self.sign_before(start, floor, self.ending_at(start));
                    part.span.start = part.sign.map_or(start, |sign| sign.span.start);
                }
                part.money = Some(code);
                self.price(&mut part);
            }
            (Some((Measure::Unit { id, prefix: true, dimension: Dimension::Percent, factor, .. }, start)), _) => {
                part.span.start = start;
                part.unit = Some(Unit { id, dimension: Dimension::Percent, factor: *factor, period: None });
            }
            (_, Some((Measure::Unit { id, dimension, factor, prefix: false, period }, end))) => {
                let own = period.map(|period| (period, Span { start: part.span.end, end }));
                part.void = self.is_purity(&part, end, id);
                part.span.end = end;
                if *dimension != Dimension::Percent {
                    (part.sign, part.span.start) = (None, figure.start);
                }
                part.unit = Some(Unit { id, dimension: *dimension, factor: *factor, period: own });
                self.rate(&mut part);
            }
            (each, Some((Measure::Currency { code }, end))) => {
                part.span.end = end;
                part.money = Some(code);
                // `每吨4500元`: the unit stands before
                if self.each_before(&mut part, each) {
                    part.rough |= about.is_some();
                } else {
                    self.price(&mut part);
                }
            }
            (_, Some((Measure::Word(FigureWord::Multiple), end))) if self.has_risen(figure.start) => {
                part.span.end = end;
                part.unit = Some(Unit { id: "percent", dimension: Dimension::Percent, factor: 100.0, period: None });
            }
            (each, _) => {
                (part.sign, part.span.start) = (None, figure.start);
                self.each_before(&mut part, each);
            }
        }
        part
    }

    /// Multipliers behind the number, and what follows them in a number of two parts: 1万200, 2亿4000万. Of the second part no
    /// more is read than keeps it below the first one's multiplier.
    fn multiply(&self, part: &mut Part<'d>, below: f64) {
        self.skip_more(part);
        while let Some((Measure::Multiplier(factor), next)) = self.starting_at(part.span.end) {
            let factor = part.factor.unwrap_or(1.0) * factor;
            (part.factor, part.span.end) = (Some(factor), next);
            if part.value() >= below {
                return;
            }
            let (rest, whole) = (self.rest(next), part.number.fract() == 0.0);
            let second = figures::leading(rest).filter(|(more, _)| whole && *more < factor && self.is_han_before(next));
            if let Some((more, length)) = second {
                let span = Span { start: next, end: next + length as u32 };
                let mut second = Part::bare(span, more);
                self.multiply(&mut second, factor);
                if second.value() < factor {
                    part.number = part.number * factor + second.value();
                    (part.factor, part.span.end) = (Some(1.0), second.span.end);
                    part.rough |= second.rough;
                    return;
                }
            }
            self.skip_more(part);
        }
    }

    /// 30多万吨, 5000余吨, `500+ tonnes`.
    fn skip_more(&self, part: &mut Part<'d>) {
        if let Some(more) =
            self.rest(part.span.end).chars().next().filter(|c| self.scan.lexicon.particles.figure.more.has_char(*c))
        {
            let end = part.span.end + more.len_utf8() as u32;
            if self.starting_at(end).is_some() {
                part.span.end = end;
                part.rough = true;
            }
        }
    }

    /// `tonnes per day`; but `grams per tonne` say how rich an ore is.
    fn rate(&self, part: &mut Part<'d>) {
        let Some(unit) = part.unit.as_mut().filter(|unit| unit.dimension != Dimension::Percent) else { return };
        let end = part.span.end;
        if let Some((Measure::Word(FigureWord::Per(period)), next)) = self.starting_at(end) {
            unit.period = Some((*period, Span { start: end, end: next }));
            part.span.end = next;
        } else if self.per_unit(end).is_some() {
            part.void = true;
        }
    }

    /// Money per unit where `per`, `a`, `/`, `每` and a unit follow (`元/吨`).
    pub(super) fn price(&self, part: &mut Part<'d>) {
        if let Some((unit, of, end)) = self.per_unit(part.span.end) {
            part.per = Some((unit, of));
            part.span.end = end;
        }
    }

    /// The unit after `per`, `a`, `/`, `每`, how many of it, and its end.
    fn per_unit(&self, end: u32) -> Option<(&'d str, f64, u32)> {
        let rest = self.rest(end);
        self.scan.lexicon.particles.figure.each.iter().filter(|per| rest.starts_with(per)).find_map(|per| {
            let mut begin = end + per.len() as u32;
            let mut of = 1.0;
            // `per 10 grams`, `per thousand cubic metres`
            if let Some((number, length)) = figures::leading(self.rest(begin)).filter(|(number, _)| *number > 0.0) {
                (of, begin) = (number, begin + length as u32);
            }
            if let Some((Measure::Multiplier(factor), next)) = self.starting_at(begin) {
                (of, begin) = (of * factor, next);
            }
            match self.starting_at(begin)? {
                (Measure::Unit { id, factor, prefix: false, dimension, .. }, end)
                    if *dimension != Dimension::Percent =>
                {
                    Some((id.as_str(), factor * of, end))
                }
                _ => None,
            }
        })
    }

    /// Takes a unit before the figure for what a price is of, if 每 stands before it.
    fn each_before(&self, part: &mut Part<'d>, unit: Option<(&'d Measure, u32)>) -> bool {
        let Some((Measure::Unit { id, factor, prefix: false, .. }, start)) = unit else { return false };
        let is_each = self.head(start).ends_with('每');
        if is_each {
            part.span.start = start - '每'.len_utf8() as u32;
            part.per = Some((id, *factor));
        }
        is_each
    }

    /// 每吨约9500美元: the word of measure before a word like 约 that ends at a byte.
    fn before_about(&self, byte: u32) -> Option<(&'d Measure, u32)> {
        // most figures have none
        if !self.scan.said_in(self.at.sentence).contains(CueClass::APPROXIMATE) || !self.head(byte).ends_with(is_han) {
            return None;
        }
        let cues = self.scan.cues_in(self.at.sentence);
        let before = cues.partition_point(|cue| cue.at.span.start < byte);
        let about = |cue: &&Cue| cue.class == CueClass::APPROXIMATE && cue.at.span.end == byte;
        let start = cues[..before].iter().rev().take(3).find(about)?.at.span.start;
        self.ending_at(start).filter(|(measure, _)| matches!(measure, Measure::Unit { prefix: false, .. }))
    }

    /// `24-carat gold`, `18kt gold`: how pure it is. `end` is the unit's.
    fn is_purity(&self, part: &Part<'_>, end: u32, id: &str) -> bool {
        let carats = || self.text(Span { start: part.span.end, end }).trim_start_matches([' ', '-']) == "kt";
        let of_gold = || {
            let name = self.scan.name_over(self.at.field, end + 1).or_else(|| self.scan.name_over(self.at.field, end));
            name.is_some_and(|name| {
                let gold =
                    |what| matches!(what, What::Commodity(metal) if self.scan.lexicon.commodity(metal).id == "gold");
                name.readings.iter().any(|reading| gold(reading.what))
            })
        };
        let jewellery = || {
            self.scan
                .cues_in(self.at.sentence)
                .iter()
                .any(|cue| cue.class == CueClass::TOPIC_JEWELLERY && (end..=end + 1).contains(&cue.at.span.start))
        };
        part.factor.is_none()
            && part.number <= PUREST
            && (id == "carat" || carats())
            && !self.rest(end).starts_with(" of ")
            && (of_gold() || jewellery())
    }

    /// 上涨近一倍: a rise stands before the figure, and not what it rose to.
    fn has_risen(&self, byte: u32) -> bool {
        let cues = self.scan.cues_in(self.at.sentence);
        let before = cues.partition_point(|cue| cue.at.span.start < byte);
        let near = cues[..before].iter().rev().take_while(|cue| cue.at.span.start + RISEN + RISEN >= byte);
        near.filter(|cue| cue.class == CueClass::RISE && cue.at.span.end <= byte && cue.at.span.end + RISEN >= byte)
            .any(|cue| {
                let gap = self.scan.slice(self.at.field, cue.at.span.end, byte);
                !gap.contains(['至', '到', '为', '，', ',']) && !self.scan.text(cue.at).ends_with(['至', '到'])
            })
    }

    /// A sign or `minus` directly before a byte, and no dash between two figures or words. `beside` is the word of measure
    /// that ends there.
    fn sign_before(&self, byte: u32, floor: u32, beside: Option<(&'d Measure, u32)>) -> Option<Sign> {
        let head = self.scan.slice(self.at.field, self.at.span.start.max(floor).min(byte), byte);
        let mut characters = head.chars().rev();
        let sign = characters.next().filter(|c| matches!(c, '+' | '＋' | '-' | '−' | '–' | '－'));
        if let Some(sign) = sign {
            let begins = self.at.span.start >= floor;
            let alone = match characters.next() {
                None => begins,
                Some(c) if c.is_whitespace() => match characters.find(|c| !c.is_whitespace()) {
                    None => begins,
                    Some(c) => !c.is_ascii_digit() && c != '%',
                },
                Some(c) => OPENS_SIGN.contains(&c) || is_han(c),
            };
            let span = Span { start: byte - sign.len_utf8() as u32, end: byte };
            return alone.then_some(Sign { span, negative: !matches!(sign, '+' | '＋') });
        }
        let minus = |(measure, _): &(&Measure, u32)| matches!(measure, Measure::Word(FigureWord::Minus));
        let (_, start) = beside.filter(minus).filter(|(_, start)| *start >= floor)?;
        Some(Sign { span: Span { start, end: byte }, negative: true })
    }

    /// Whether the number at a byte counts nothing: `Phase 2`, `May 12`.
    pub(super) fn is_labelled(&self, byte: u32) -> bool {
        matches!(self.ending_at(byte), Some((Measure::Word(FigureWord::Label), _)))
    }

    /// Whether no letter or digit goes on at a byte.
    fn ends_word(&self, byte: u32) -> bool {
        !self.rest(byte).starts_with(|c: char| c.is_ascii_alphanumeric())
    }

    fn is_han_before(&self, byte: u32) -> bool {
        self.head(byte).ends_with(is_han)
    }

    /// The words of a stretch of the sentence.
    pub(super) fn text(&self, span: Span) -> &'d str {
        self.scan.slice(self.at.field, span.start, span.end)
    }

    /// The sentence before a byte.
    pub(super) fn head(&self, to: u32) -> &'d str {
        self.scan.slice(self.at.field, self.at.span.start.min(to), to)
    }

    /// The sentence from a byte on.
    pub(super) fn rest(&self, from: u32) -> &'d str {
        let sentence_end = self.at.span.end;
        if from >= sentence_end { "" } else { self.scan.slice(self.at.field, from, sentence_end) }
    }

    /// The longest word of measure that begins at a byte, or after one space or hyphen.
    fn starting_at(&self, byte: u32) -> Option<(&'d Measure, u32)> {
        let spaced = byte
            + self
                .rest(byte)
                .chars()
                .next()
                .filter(|c| matches!(c, ' ' | '-' | '\u{a0}'))
                .map_or(0, |c| c.len_utf8() as u32);
        let [_, from] = self.scan.measures_around(self.at.field, byte);
        from.iter()
            .take_while(|(at, _)| at.field == self.at.field && at.span.start <= spaced)
            .filter(|(at, _)| at.span.start == byte || at.span.start == spaced)
            .filter(|(at, _)| self.ends_word(at.span.end) || !self.ends_in_letter(at.span))
            .max_by_key(|(at, _)| at.span.end)
            .map(|(at, measure)| (&self.scan.lexicon.measures[*measure as usize], at.span.end))
    }

    /// Whether a word of measure ends in a letter, so that a digit after it makes it another word.
    fn ends_in_letter(&self, span: Span) -> bool {
        self.scan.slice(self.at.field, span.start, span.end).ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    /// The longest word of measure that ends at a byte, or one space before it.
    fn ending_at(&self, byte: u32) -> Option<(&'d Measure, u32)> {
        let [before, _] = self.scan.measures_around(self.at.field, byte);
        before
            .iter()
            .rev()
            .take(4)
            .filter(|(at, _)| at.field == self.at.field && (at.span.end == byte || at.span.end + 1 == byte))
            .filter(|(at, _)| matches!(self.scan.slice(at.field, at.span.end, byte), "" | " "))
            .max_by_key(|(at, _)| at.span.end - at.span.start)
            .map(|(at, measure)| (&self.scan.lexicon.measures[*measure as usize], at.span.start))
    }
}

/// The numeral in Han characters that a text begins with.
fn numeral(text: &str) -> &str {
    &text[..text.find(|c| !is_numeral(c)).unwrap_or(text.len())]
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
