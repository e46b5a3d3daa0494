//! Numbers with their units: percentages, masses, sums of money, prices.

use super::At;
use super::scan::Scan;
use crate::lexicon::{Dimension, Measure};
use crate::text::{Span, TokenKind};

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// From the number (or its sign) to the unit.
    pub at: At,
    /// What it says.
    pub amount: Amount,
}

/// What a quantity says, in normalised units.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// Percent.
    Percent(f64),
    /// A measure: value, unit id, dimension.
    Measure(f64, String, Dimension),
    /// Money: value, ISO 4217 code.
    Money(f64, String),
    /// Money per unit: value, ISO 4217 code, unit id.
    Price(f64, String, String),
}

/// Finds every number that a unit, a percent sign or a currency makes a quantity.
pub(super) fn find(scan: &Scan<'_>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    for sentence in 0..scan.sentences.len() as u32 {
        let at = scan.sentence_at(sentence);
        for token in scan.tokens(sentence) {
            let number = match token.kind {
                TokenKind::Number => parse(scan.slice(at.field, token.span.start, token.span.end)),
                TokenKind::Han => None,
                _ => continue,
            };
            match number {
                Some(number) => found.extend(Reader { scan, at }.quantity(token.span, number)),
                None if token.kind == TokenKind::Han => found.append(&mut Reader { scan, at }.in_words(token.span)),
                None => {}
            }
        }
    }
    found.sort_by_key(|quantity| quantity.at);
    found.dedup_by(|later, earlier| later.at.overlaps(&earlier.at));
    found
}

/// Digits with separators: `1,234.5`, full-width digits too.
fn parse(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | '\u{2009}' | '\u{202f}' | ' ' | '\''))
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '．' => '.',
            other => other,
        })
        .collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

struct Reader<'s, 'd> {
    scan: &'s Scan<'d>,
    at: At,
}

impl Reader<'_, '_> {
    /// A number in digits at `span`: what stands before and after it?
    fn quantity(&self, span: Span, number: f64) -> Option<Quantity> {
        let before = self.ending_at(span.start);
        let (mut value, mut end) = (number, span.end);
        while let Some((Measure::Multiplier(factor), next)) = self.starting_at(end) {
            value *= factor;
            end = next;
        }
        let quantity = |start: u32, end: u32, amount: Amount| {
            Some(Quantity { at: At { span: Span { start, end }, ..self.at }, amount })
        };
        match (before, self.starting_at(end)) {
            (Some((Measure::Currency { code }, start)), _) => {
                // `$4.2bn`, `US$ 4,500 a tonne`
                let (amount, end) = self.price(value, code, end);
                quantity(start, end, amount)
            }
            (Some((Measure::Unit { prefix: true, dimension: Dimension::Percent, .. }, start)), _) => {
                quantity(start, end, Amount::Percent(value))
            }
            (_, Some((Measure::Unit { dimension: Dimension::Percent, factor, .. }, end))) => {
                quantity(span.start, end, Amount::Percent(value * factor))
            }
            (_, Some((Measure::Unit { id, dimension, factor, prefix: false }, end))) => {
                quantity(span.start, end, Amount::Measure(value * factor, id.clone(), *dimension))
            }
            (unit, Some((Measure::Currency { code }, end))) => {
                // `每吨4500元`: the unit stands before
                if let Some((Measure::Unit { id, factor, prefix: false, .. }, start)) = unit
                    && let Some(start) = self.each_before(start)
                {
                    return quantity(start, end, Amount::Price(value / factor, code.clone(), id.clone()));
                }
                let (amount, end) = self.price(value, code, end);
                quantity(span.start, end, amount)
            }
            _ => None,
        }
    }

    /// `九成`, `百分之九十`, 六千吨: numerals in Han characters, each with its measure.
    fn in_words(&self, span: Span) -> Vec<Quantity> {
        let text = self.scan.slice(self.at.field, span.start, span.end);
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(begin) = text[from..].find(is_numeral).map(|at| from + at) {
            let numeral: &str = &text[begin..];
            let numeral = &numeral[..numeral.find(|c| !is_numeral(c)).unwrap_or(numeral.len())];
            from = begin + numeral.len();
            let Some(value) = numeral_value(numeral) else { continue };
            let (start, end) = (span.start + begin as u32, span.start + from as u32);
            let percent = text[..begin].ends_with(PERCENT);
            if percent {
                let span = Span { start: start - PERCENT.len() as u32, end };
                found.push(Quantity { at: At { span, ..self.at }, amount: Amount::Percent(value) });
            } else {
                // `两千多吨`
                let more = text[from..].chars().next().filter(|c| matches!(c, '多' | '余'));
                let after = end + more.map_or(0, |c| c.len_utf8() as u32);
                found.extend(self.quantity(Span { start, end: after }, value));
            }
        }
        found
    }

    /// The start of 每 directly before a byte.
    fn each_before(&self, byte: u32) -> Option<u32> {
        let text = self.scan.slice(self.at.field, self.at.span.start.min(byte), byte);
        text.ends_with('每').then(|| byte - '每'.len_utf8() as u32)
    }

    /// Money, or money per unit where `per`, `a`, `/`, `每` and a unit follow (`元/吨`).
    fn price(&self, value: f64, code: &str, end: u32) -> (Amount, u32) {
        let rest = self.rest(end);
        for per in [" per ", " a ", " an ", "/", " / ", "每", " for each "] {
            if !rest.starts_with(per) {
                continue;
            }
            if let Some((Measure::Unit { id, factor, prefix: false, .. }, end)) =
                self.starting_at(end + per.len() as u32)
            {
                return (Amount::Price(value / factor, code.to_owned(), id.clone()), end);
            }
        }
        (Amount::Money(value, code.to_owned()), end)
    }

    fn rest(&self, from: u32) -> &str {
        let sentence_end = self.at.span.end;
        if from >= sentence_end { "" } else { self.scan.slice(self.at.field, from, sentence_end) }
    }

    /// The longest word of measure that begins at a byte, or after one space or hyphen.
    fn starting_at(&self, byte: u32) -> Option<(&Measure, u32)> {
        let spaced = byte
            + self
                .rest(byte)
                .chars()
                .next()
                .filter(|c| matches!(c, ' ' | '-' | '\u{a0}'))
                .map_or(0, |c| c.len_utf8() as u32);
        let first = self.scan.measures.partition_point(|(at, _)| (at.field, at.span.start) < (self.at.field, byte));
        self.scan.measures[first..]
            .iter()
            .take_while(|(at, _)| at.field == self.at.field && at.span.start <= spaced)
            .filter(|(at, _)| at.span.start == byte || at.span.start == spaced)
            .max_by_key(|(at, _)| at.span.end)
            .map(|(at, measure)| (&self.scan.lexicon.measures[*measure as usize], at.span.end))
    }

    /// The longest word of measure that ends at a byte, or one space before it.
    fn ending_at(&self, byte: u32) -> Option<(&Measure, u32)> {
        let after = self.scan.measures.partition_point(|(at, _)| (at.field, at.span.start) < (self.at.field, byte));
        self.scan.measures[..after]
            .iter()
            .rev()
            .take(4)
            .filter(|(at, _)| at.field == self.at.field && (at.span.end == byte || at.span.end + 1 == byte))
            .filter(|(at, _)| matches!(self.scan.slice(at.field, at.span.end, byte), "" | " "))
            .max_by_key(|(at, _)| at.span.end - at.span.start)
            .map(|(at, measure)| (&self.scan.lexicon.measures[*measure as usize], at.span.start))
    }
}

fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

/// Stands before a percentage in words.
const PERCENT: &str = "百分之";

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// 九十, 十五, 九十五, 一百, 六千, 两万五千, 三亿; a bare 万 or 百 is no numeral.
fn numeral_value(numeral: &str) -> Option<f64> {
    let first = numeral.chars().next()?;
    if digit(first).is_none() && first != '十' {
        return None;
    }
    let (mut total, mut section, mut last) = (0.0, 0.0, None);
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10.0,
            '百' => 100.0,
            '千' => 1000.0,
            '万' | '亿' => {
                let of = if c == '万' { 1e4 } else { 1e8 };
                total = (total + section + last.take().unwrap_or(0.0)) * of;
                section = 0.0;
                continue;
            }
            _ => {
                last = digit(c);
                continue;
            }
        };
        section += last.take().unwrap_or(1.0) * unit;
    }
    Some(total + section + last.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::{numeral_value, parse};

    #[test]
    fn numbers() {
        assert_eq!(parse("1,234.5"), Some(1234.5));
        assert_eq!(parse("９０"), Some(90.0));
        assert_eq!(parse("1.2.3"), None);
        assert_eq!(numeral_value("九十五"), Some(95.0));
        assert_eq!(numeral_value("十五"), Some(15.0));
        assert_eq!(numeral_value("一百"), Some(100.0));
        assert_eq!(numeral_value("六千"), Some(6000.0));
        assert_eq!(numeral_value("两万五千"), Some(25_000.0));
        assert_eq!(numeral_value("三亿"), Some(3e8));
        assert_eq!(numeral_value("万"), None);
        assert_eq!(numeral_value(""), None);
    }
}
