//! Numbers as texts write them: digits with their separators, and numerals in Han characters.

/// Digits with separators: `1,234.5`, `2,5`, full-width digits too.
pub(super) fn parse(text: &str) -> Option<f64> {
    let comma = match text.split_once([',', '，']) {
        // `2,5` is a decimal; thousands come by threes.
        Some((_, after)) if (1..=2).contains(&after.len()) => '.',
        _ => ' ',
    };
    let plain: String = text
        .chars()
        .map(|c| if matches!(c, ',' | '，') { comma } else { c })
        .filter(|c| !is_space(*c) && !matches!(c, '\'' | '’'))
        .map(plain_digit)
        .collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn plain_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        other => other,
    }
}

/// The figure that a text begins with, and its length: thousands by commas, decimals after a dot.
pub(super) fn leading(text: &str) -> Option<(f64, usize)> {
    let mut length = run(text);
    if length == 0 {
        return None;
    }
    while length <= LONGEST && text[length..].starts_with(',') && run(&text[length + 1..]) == 3 {
        length += 4;
    }
    let decimals = text[length..].strip_prefix('.').map_or(0, run);
    if decimals > 0 {
        length += 1 + decimals;
    }
    Some((parse(&text[..length])?, length))
}

/// No figure that means anything is longer, in bytes.
const LONGEST: usize = 32;

/// Length of the ASCII digits that a text begins with.
fn run(text: &str) -> usize {
    text.bytes().take(LONGEST).take_while(u8::is_ascii_digit).count()
}

/// A figure whose thousands are parted by spaces (`12 500`), or that is grouped as in India (`1,49,500`), with its length.
pub(super) fn grouped(text: &str) -> Option<(f64, usize)> {
    if text.starts_with('0') {
        return None;
    }
    let whole = spaced_groups(text).or_else(|| indian_groups(text))?;
    let decimals = text[whole..].strip_prefix('.').map_or(0, run);
    let length = if decimals > 0 { whole + 1 + decimals } else { whole };
    let plain: String = text[..length].chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    Some((plain.parse().ok()?, length))
}

/// A figure of a language with a comma before its decimals, with its length: `3.500,10`, `1 234,5`, `61,3`, `300.000`. A dot before
/// anything but threes is a point, as the money of other countries is written (`$ 4.35`).
pub(super) fn with_decimal_comma(text: &str) -> Option<(f64, usize)> {
    let head = run(text);
    let separator = text[head..].chars().next().filter(|c| *c == '.' || is_space(*c));
    let mut length = head;
    if let Some(separator) = separator.filter(|_| (1..=3).contains(&head) && !text.starts_with('0')) {
        while length <= LONGEST && text[length..].strip_prefix(separator).is_some_and(|group| run(group) == 3) {
            length += separator.len_utf8() + 3;
        }
    }
    let whole = length;
    let decimals = text[whole..].strip_prefix(',').map_or(0, run);
    if decimals > 0 {
        length += 1 + decimals;
    }
    // `4.35`: neither threes nor a comma
    if head == 0 || length == head {
        return None;
    }
    let plain: String = text[..length]
        .char_indices()
        .filter_map(|(at, c)| match c {
            ',' if at == whole => Some('.'),
            _ => c.is_ascii_digit().then_some(c),
        })
        .collect();
    Some((plain.parse().ok()?, length))
}

/// Length of `12 500`: one to three digits, then threes; but of `12 500-tonne trucks` there are twelve.
fn spaced_groups(text: &str) -> Option<usize> {
    let head = run(text);
    let separator = text[head..].chars().next().filter(|c| is_space(*c))?;
    let mut length = head;
    while length <= LONGEST && text[length..].strip_prefix(separator).is_some_and(|group| run(group) == 3) {
        length += separator.len_utf8() + 3;
    }
    let rest = &text[length..];
    let goes_on = rest.strip_prefix(',').is_some_and(|more| run(more) > 0) || separator == ' ' && rest.starts_with('-');
    ((1..=3).contains(&head) && length > head && !goes_on).then_some(length)
}

/// Length of `1,49,500`: one digit or two, then twos, then a three.
fn indian_groups(text: &str) -> Option<usize> {
    let head = run(text);
    let group = |at: usize| text[at..].strip_prefix(',').map_or(0, run);
    let mut length = head;
    while length <= LONGEST && group(length) == 2 {
        length += 3;
    }
    ((1..=2).contains(&head) && length > head && group(length) == 3).then_some(length + 4)
}

/// Whether digits may be a year: no separators, and of the last century or this one.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' | '兩' => 2.0,
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

/// Whether a numeral in Han characters may hold the character.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '萬' | '亿' | '億')
}

/// 九十, 十五, 九十五, 一百, 六千, 两万五千, 三亿; a bare 万 or 百 is no numeral.
pub(super) fn numeral_value(numeral: &str) -> Option<f64> {
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
            '万' | '萬' | '亿' | '億' => {
                let of = if matches!(c, '万' | '萬') { 1e4 } else { 1e8 };
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

/// What stands before 分之: 四, and 百, 千, 万 alone.
pub(super) fn denominator(numeral: &str) -> Option<f64> {
    match numeral {
        "百" => Some(1e2),
        "千" => Some(1e3),
        "万" | "萬" => Some(1e4),
        _ => numeral_value(numeral),
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, leading, numeral_value, parse};

    #[test]
    fn numbers() {
        assert_eq!(parse("1,234.5"), Some(1234.5));
        assert_eq!(parse("2,5"), Some(2.5));
        assert_eq!(parse("12\u{a0}500"), Some(12_500.0));
        assert_eq!(parse("1’250’000"), Some(1_250_000.0));
        assert_eq!(parse("９０"), Some(90.0));
        assert_eq!(parse("1.2.3"), None);
    }

    #[test]
    fn numerals() {
        assert_eq!(numeral_value("九十五"), Some(95.0));
        assert_eq!(numeral_value("十五"), Some(15.0));
        assert_eq!(numeral_value("一百"), Some(100.0));
        assert_eq!(numeral_value("六千"), Some(6000.0));
        assert_eq!(numeral_value("两万五千"), Some(25_000.0));
        assert_eq!(numeral_value("兩萬"), Some(20_000.0));
        assert_eq!(numeral_value("三亿"), Some(3e8));
        assert_eq!(numeral_value("万"), None);
        assert_eq!(numeral_value(""), None);
    }

    #[test]
    fn figures_at_the_head_of_a_text() {
        assert_eq!(leading("26,450/oz"), Some((26_450.0, 6)));
        assert_eq!(leading("5.2 billion"), Some((5.2, 3)));
        assert_eq!(leading("1,20"), Some((1.0, 1)));
        assert_eq!(leading("32."), Some((32.0, 2)));
        assert_eq!(leading("m"), None);
    }

    #[test]
    fn groups() {
        assert_eq!(grouped("12 500 tonnes"), Some((12_500.0, 6)));
        assert_eq!(grouped("1\u{a0}250\u{a0}000 t"), Some((1_250_000.0, 11)));
        assert_eq!(grouped("1,49,500."), Some((149_500.0, 8)));
        assert_eq!(grouped("2,50,000 crore"), Some((250_000.0, 8)));
        assert_eq!(grouped("12,34,567.5"), Some((1_234_567.5, 11)));
        for no in ["12 50 tonnes", "1234 500", "12 5000", "012 500", "12 500-tonne", "1,234", "1,23", "1,234,567", "12"]
        {
            assert_eq!(grouped(no), None, "{no}");
        }
    }
}
