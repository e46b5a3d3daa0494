//! An archive of news as crawlers deliver it: weeks of articles in two languages, late, delivered twice, and told again by others.
//!
//! Everything is our own words, put together by a seed: the same seed gives the same archive, to the byte.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// Days that an archive spans.
pub const DAYS: i64 = 35;
/// When it begins.
pub const START: &str = "2025-09-01T00:00:00Z";

const MINERALS: [(&str, &str); 16] = [
    ("copper", "铜"),
    ("lithium", "锂"),
    ("cobalt", "钴"),
    ("nickel", "镍"),
    ("tungsten", "钨"),
    ("graphite", "石墨"),
    ("rare earths", "稀土"),
    ("gold", "黄金"),
    ("iron ore", "铁矿石"),
    ("manganese", "锰"),
    ("gallium", "镓"),
    ("antimony", "锑"),
    ("bauxite", "铝土矿"),
    ("uranium", "铀"),
    ("zinc", "锌"),
    ("platinum", "铂"),
];
const COUNTRIES: [(&str, &str); 16] = [
    ("Chile", "智利"),
    ("Peru", "秘鲁"),
    ("China", "中国"),
    ("Australia", "澳大利亚"),
    ("Pakistan", "巴基斯坦"),
    ("Indonesia", "印度尼西亚"),
    ("Zambia", "赞比亚"),
    ("Canada", "加拿大"),
    ("Kazakhstan", "哈萨克斯坦"),
    ("South Africa", "南非"),
    ("Brazil", "巴西"),
    ("Vietnam", "越南"),
    ("Mongolia", "蒙古国"),
    ("Guinea", "几内亚"),
    ("Argentina", "阿根廷"),
    ("Tanzania", "坦桑尼亚"),
];
const SOURCES: [&str; 8] = [
    "Harbour Wire",
    "Ore and Rail Gazette",
    "The Smelter Post",
    "Delta Commodity Letter",
    "Northern Pit Review",
    "Assay Daily",
    "Quayside Bulletin",
    "Ledger of Metals",
];
/// `{m}` and `{n}` are minerals, `{c}` and `{d}` countries, `{x}` and `{y}` numbers.
const HEADLINES: [&str; 6] = [
    "{c} puts {m} exports under licence",
    "New {m} mine in {c} ships its first cargo",
    "{c} and {d} agree on {m} supply",
    "Flooding halts {m} output in {c}",
    "{c} raises the royalty on {m}",
    "Dock workers in {c} let {m} wait",
];
const SENTENCES: [&str; 16] = [
    "{c} exported {x} tonnes of {m} last month, {y} tonnes more than a year before.",
    "The mine in {c} is to produce {x} tonnes of {m} a year once the second shaft is dry.",
    "Traders said that buyers from {d} had asked for {m} from {c} since the spring.",
    "A ministry in {c} counted {x} permits for {m} and withdrew {y} of them.",
    "Geologists found {m} beside {n} in the hills of {c}, at a depth of {x} metres.",
    "{d} buys about {y} percent of its {m} from {c}.",
    "The railway that brings {m} down to the coast of {c} carried {x} wagons in a week.",
    "Workers at the smelter walked out after {y} days of talks; it refines {m} mined in {c}.",
    "Refiners in {d} hold {m} for {y} days, according to people who asked not to be named.",
    "The government of {c} signed an agreement with {d} on {m} and {n} worth {x} million dollars.",
    "Rain filled the pit in {c} and {m} production stopped for {y} days.",
    "Drilling in {c} returned {n} where {m} had been expected.",
    "Banks would lend {x} million dollars for the {m} project in {c} against next year's output.",
    "In {d} a factory that turns {m} into powder will open {y} kilometres from the port.",
    "{c} will tax exports of {m} at {y} percent from the first of the month.",
    "Prices were not disclosed, and neither side spoke of {n}.",
];
const HEADLINES_ZH: [&str; 3] = ["{c}对{m}出口实行许可管理", "{c}一{m}矿投产", "{c}与{d}签署{m}供应协议"];
const SENTENCES_ZH: [&str; 8] = [
    "{c}上月出口{m}{x}吨，同比增加{y}吨。",
    "该矿位于{c}，计划年产{m}{x}吨。",
    "{d}约{y}%的{m}从{c}进口。",
    "{c}政府与{d}签署了关于{m}和{n}的协议，金额为{x}万美元。",
    "地质人员在{c}发现了{m}，埋深{x}米。",
    "{c}因暴雨停产{y}天，{m}产量下降。",
    "{c}将对{m}出口征收{y}%的关税。",
    "知情人士称，{d}的冶炼厂库存的{m}可用{y}天。",
];

/// A stream of numbers that is the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..below`.
    fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// `count` deliveries, in the order in which they come: about a fifth tell a story again, a twentieth are the very same article
/// once more, and a tenth come days late.
pub fn archive(seed: u64, count: usize) -> Vec<Value> {
    let mut dice = Dice(seed);
    let start: Timestamp = START.parse().unwrap();
    // (when it is delivered, in order of making, the article)
    let mut deliveries: Vec<(i64, usize, Value)> = Vec::new();
    let mut story = 0;
    while deliveries.len() < count {
        story += 1;
        let published = dice.below(DAYS as usize * 86_400) as i64;
        let written = write(&mut dice);
        let copies = if dice.one_in(5) { 1 + dice.below(4) } else { 0 };
        for copy in 0..=copies {
            let (title, text) = if copy == 0 { written.clone() } else { retell(&mut dice, &written) };
            let at = (published + (copy * dice.below(36_000)) as i64).min(DAYS * 86_400 - 1);
            let article = json!({
                "id": format!("{seed}-{story}-{copy}"),
                "source": SOURCES[(story + copy) % SOURCES.len()],
                "published_at": (start + SignedDuration::from_secs(at)).to_string(),
                "title": title,
                "text": text,
            });
            let delay = if dice.one_in(10) { dice.below(10 * 86_400) } else { dice.below(1_800) };
            let delivered = at + delay as i64;
            let again = dice.one_in(20).then(|| delivered + dice.below(3 * 86_400) as i64);
            for time in [Some(delivered), again].into_iter().flatten() {
                deliveries.push((time, deliveries.len(), article.clone()));
            }
        }
    }
    deliveries.truncate(count);
    deliveries.sort_by_key(|(time, number, _)| (*time, *number));
    deliveries.into_iter().map(|(.., article)| article).collect()
}

/// Headline and text of a report.
fn write(dice: &mut Dice) -> (String, String) {
    let chinese = dice.one_in(4);
    let name = |(english, han): &(&'static str, &'static str)| if chinese { *han } else { *english };
    let minerals = [name(dice.pick(&MINERALS)), name(dice.pick(&MINERALS))];
    let countries = [name(dice.pick(&COUNTRIES)), name(dice.pick(&COUNTRIES))];
    let (headlines, sentences): (&[&str], &[&str]) =
        if chinese { (&HEADLINES_ZH, &SENTENCES_ZH) } else { (&HEADLINES, &SENTENCES) };
    let fill = |dice: &mut Dice, template: &str| {
        let numbers = [1_000 + dice.below(90_000), 2 + dice.below(90)];
        let names = [("{m}", minerals[0]), ("{n}", minerals[1]), ("{c}", countries[0]), ("{d}", countries[1])];
        let filled = names.iter().fold(template.to_owned(), |text, (slot, name)| text.replace(slot, name));
        filled.replace("{x}", &numbers[0].to_string()).replace("{y}", &numbers[1].to_string())
    };
    let template = *dice.pick(headlines);
    let title = fill(dice, template);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let text: Vec<String> = (0..4 + dice.below(4))
        .map(|_| {
            let template = sentences[order.swap_remove(dice.below(order.len()))];
            fill(dice, template)
        })
        .collect();
    (title, text.join(if chinese { "" } else { " " }))
}

/// The same report as another site prints it: its own headline, a line of its own, perhaps a cut tail.
fn retell(dice: &mut Dice, (title, text): &(String, String)) -> (String, String) {
    let source = *dice.pick(&SOURCES);
    let cut = if dice.one_in(3) { text.len() * 4 / 5 } else { text.len() };
    let cut = (cut..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    (format!("{source}: {title}"), format!("({source}) {}", &text[..cut]))
}
