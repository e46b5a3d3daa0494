//! What the figures of a sentence say.

use super::Amount;
use crate::extract::extract_one;
use crate::lexicon::{CueClass, Lexicon};
use crate::text::Document;
use rstest::rstest;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap_or_else(|error| panic!("{error}")));

/// Each quantity as its words and what it says; `~` where a cue makes it approximate.
fn quantities(text: &str) -> String {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
    let is_rough = |start: u32| {
        let mut cues = found.scan.cues.iter().filter(|cue| cue.class == CueClass::APPROXIMATE);
        cues.any(|cue| cue.at.span.start == start && cue.at.span.end == start)
    };
    let shown = found.quantities.iter().map(|quantity| {
        let says = match &quantity.amount {
            Amount::Percent(value) => format!("{value}%"),
            Amount::Measure(value, unit, _) => format!("{value} {unit}"),
            Amount::Money(value, code) => format!("{value} {code}"),
            Amount::Price(value, code, unit) => format!("{value} {code}/{unit}"),
        };
        let rough = if is_rough(quantity.at.span.start) { "~" } else { "" };
        format!("{}={rough}{says}", found.scan.text(quantity.at))
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[rstest]
// a multiplier or unit together with the figure
#[case(
    "cost US$139m, A$139M, $920k, $920mm, €1.2bn and A$1.2B",
    "US$139m=139000000 USD | A$139M=139000000 AUD | $920k=920000 USD | $920mm=920000000 USD | €1.2bn=1200000000 EUR | A$1.2B=1200000000 AUD"
)]
#[case("24kt, 48.7Mt, 96,600t, 15t", "24kt=24000 tonne | 48.7Mt=48700000 tonne | 96,600t=96600 tonne | 15t=15 tonne")]
#[case("120koz and 32,450oz", "120koz=120000 troy-ounce | 32,450oz=32450 troy-ounce")]
#[case("23m tonnes of copper", "23m tonnes=23000000 tonne")]
#[case("5 m2, 5m3, 20GWh", "5 m2=5 square-metre | 5m3=5 cubic-metre | 20GWh=20000 megawatt-hour")]
#[case("mt24, 24things, the 5th, a 5k run", "")]
// a currency together with the figure
#[case(
    "USD20 million, ZAR5.2 billion, R26,450/oz",
    "USD20 million=20000000 USD | ZAR5.2 billion=5200000000 ZAR | R26,450/oz=26450 ZAR/troy-ounce"
)]
#[case("Rs1,200 or Rs 1,49,500", "Rs1,200=1200 INR | Rs 1,49,500=149500 INR")]
#[case("CAD$20 million, Cdn$20m, AUD$5", "CAD$20 million=20000000 CAD | Cdn$20m=20000000 CAD | AUD$5=5 AUD")]
#[case("the R32 road to COP30, R404a", "")]
// groups
#[case("12 500 tonnes, 1\u{a0}250\u{a0}000 t", "12 500 tonnes=12500 tonne | 1\u{a0}250\u{a0}000 t=1250000 tonne")]
#[case("On May 12 300 tonnes came; in Phase 2 500 tonnes", "300 tonnes=300 tonne | 500 tonnes=500 tonne")]
#[case("1,20,000 tonnes for Rs 2,50,000 crore", "1,20,000 tonnes=120000 tonne | Rs 2,50,000 crore=2500000000000 INR")]
#[case("12 500-tonne ships", "500-tonne=500 tonne")]
// rates
#[case("2.3 g/t, 5.2 oz/ton, 3 grams per tonne, 2.5克/吨, 25 carats per hundred tonnes", "")]
#[case(
    "$98 per 10 kilograms, $300 per thousand cubic metres",
    "$98 per 10 kilograms=9800 USD/tonne | $300 per thousand cubic metres=0.3 USD/cubic-metre"
)]
#[case(
    "US$340/mtu, $4.5/dmtu, 14.3万元/标吨",
    "US$340/mtu=340 USD/metric-ton-unit | $4.5/dmtu=4.5 USD/metric-ton-unit | 14.3万元/标吨=143000 CNY/tonne"
)]
#[case(
    "2,000 tpd, 2,000 t/d, 3 tonnes a month, 20万吨/年",
    "2,000 tpd=2000 tonne/day | 2,000 t/d=2000 tonne/day | 3 tonnes a month=3 tonne/month | 20万吨/年=200000 tonne"
)]
#[case("up from 3 tonnes a month earlier", "3 tonnes=3 tonne")]
#[case("24-carat gold, 18kt gold, a 10-carat diamond", "10-carat=10 carat")]
#[case("2 AgEq ounces, 3 gold-equivalent ounces", "2 AgEq ounces=2 troy-ounce | 3 gold-equivalent ounces=3 troy-ounce")]
// signs
#[case(
    "每吨-43美元, a charge of -$43 a tonne, minus $5",
    "每吨-43美元=-43 USD/tonne | -$43 a tonne=-43 USD/tonne | minus $5=-5 USD"
)]
// ranges
#[case("US$40-45 million", "US$40=~40000000 USD | 45 million=~45000000 USD")]
#[case("US$40 to US$45 million", "US$40=~40000000 USD | US$45 million=~45000000 USD")]
#[case("$900 to $1.2 million", "$900=900 USD | $1.2 million=1200000 USD")]
#[case("370,000 to 420,000 tonnes, 2-3%", "370,000=~370000 tonne | 420,000 tonnes=~420000 tonne | 2=~2% | 3%=~3%")]
#[case("rose from 370,000 to 420,000 tonnes", "370,000=370000 tonne | 420,000 tonnes=420000 tonne")]
#[case("between 40 and 45 million tonnes", "40=~40000000 tonne | 45 million tonnes=~45000000 tonne")]
#[case("rose in 2025 to 45 tonnes; from May 12 to 300 tonnes", "45 tonnes=45 tonne | 300 tonnes=300 tonne")]
#[case("$9–10/lb", "$9=~19841.603596638983 USD/tonne | 10/lb=~22046.226218487758 USD/tonne")]
#[case("2-3 g/t", "")]
#[case(
    "30万-35万吨，2.5亿至2.6亿吨",
    "30万=~300000 tonne | 35万吨=~350000 tonne | 2.5亿=~250000000 tonne | 2.6亿吨=~260000000 tonne"
)]
#[case("每公斤60-65美元", "每公斤60=~60000 USD/tonne | 65美元=~65000 USD/tonne")]
#[case("9,400至9,500美元/吨", "9,400=~9400 USD/tonne | 9,500美元/吨=~9500 USD/tonne")]
#[case("两成至三成", "两成=~20% | 三成=~30%")]
// Chinese numbers
#[case("1萬200美元、2億4,000萬噸", "1萬200美元=10200 USD | 2億4,000萬噸=240000000 tonne")]
#[case("7万7850元、2万3千吨、9千5百美元", "7万7850元=77850 CNY | 2万3千吨=23000 tonne | 9千5百美元=9500 USD")]
#[case("每公噸1萬200美元", "每公噸1萬200美元=10200 USD/tonne")]
#[case("每吨约9500美元", "每吨约9500美元=~9500 USD/tonne")]
#[case("30多万吨、两千多吨", "30多万吨=~300000 tonne | 两千多吨=~2000 tonne")]
// fractions
#[case("占四分之一、三分之二、百分之九十五", "四分之一=25% | 三分之二=66.67% | 百分之九十五=95%")]
#[case("占一半以上，过半，过半年", "一半=50% | 过半=~50%")]
#[case("a third of the lead, half of it, three-quarters of both", "a third=33.33% | half=50% | three-quarters=75%")]
#[case("the first half of 2025, a quarter of a century", "")]
#[case("上涨近一倍，增长1.5倍，是去年的两倍，增至三倍", "一倍=100% | 1.5倍=150%")]
fn reads(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(quantities(text), expected);
}

#[test]
fn a_sign_is_a_rise_or_a_fall() {
    let moves = |text: &str| {
        let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
        let found = extract_one(&document, &LEXICON);
        let moves = [CueClass::RISE, CueClass::FALL];
        let cues = found.scan.cues.iter().filter(|cue| moves.contains(&cue.class));
        cues.map(|cue| (cue.class == CueClass::RISE, cue.at.span.start)).collect::<Vec<_>>()
    };
    assert_eq!(moves("Copper +6%, tin -0.4%"), [(true, 7), (false, 16)]);
    assert_eq!(moves("铜-0.4%"), [(false, 3)]);
    for none in ["40 -45% of it", "30%-35%", "a sub-5% grade", "Al-5%Ti", "60+%"] {
        assert_eq!(moves(none), [], "{none}");
    }
}

#[test]
fn what_is_a_year_says_so() {
    let yearly = |text: &str| {
        let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
        extract_one(&document, &LEXICON).scan.cues.iter().any(|cue| cue.class == CueClass::PER_YEAR)
    };
    assert!(yearly("35,000tpa") && yearly("20 kt/y") && yearly("20万吨/年"));
    assert!(!yearly("2,000 tpd") && !yearly("15t"));
}

/// A long run of figures is read in time that grows with it.
#[test]
fn endless_figures() {
    for unit in ["12 500 ", "1,49,500 ", "5-", "USD2", "1万2", "一", "R5,", "3 to ", "-+5%", "a third of "] {
        let text = unit.repeat(20_000);
        quantities(&text);
    }
}
