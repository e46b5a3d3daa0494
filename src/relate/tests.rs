use super::{Claim, relate};
use crate::extract::extract;
use crate::lexicon::Lexicon;
use crate::resolve::resolve;
use crate::text::Document;
use crate::vocabulary::Stage;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().unwrap_or_else(|error| panic!("{error}")));

/// A headline that says what the sentences are about, and nothing else.
const TITLE: &str = "Metals and mining 矿业与金属";

fn claims(text: &str) -> Vec<Claim> {
    let document = Document::new(Some(TITLE), text, LEXICON.folding(), LEXICON.languages());
    relate(&resolve(extract(&[document], &LEXICON)), &[None]).remove(0).claims
}

/// `value commodity country` of each claim, `-` where there is none.
fn said(text: &str) -> Vec<String> {
    let line = |claim: &Claim| {
        let commodity = claim.commodity.map_or("-", |commodity| &LEXICON.commodity(commodity).id);
        let country = claim.country.map_or("-", |country| &LEXICON.place(country).id);
        format!("{} {commodity} {country}", claim.value.unwrap_or_default())
    };
    claims(text).iter().map(line).collect()
}

fn stage(text: &str) -> Option<Stage> {
    claims(text).first().unwrap_or_else(|| panic!("no claim in {text}")).stage
}

#[test]
fn a_figure_of_a_list_belongs_to_the_commodity_of_its_member() {
    for text in
        ["Copper rose 5% to 9 tonnes, zinc fell 3% to 7 tonnes and tin 2%.", "铜增长5%至9吨，锌下降3%至7吨，锡下降2%。"]
    {
        let said = said(text);
        let whose: Vec<&str> = said.iter().filter_map(|claim| claim.split(' ').nth(1)).collect();
        assert_eq!(whose, ["copper", "copper", "zinc", "zinc", "tin"], "{said:?}");
    }
    let said_of_three = said("The smelter made 5 tonnes zinc, 3 tonnes copper and 2 tonnes of tin.");
    assert_eq!(said_of_three, ["5 zinc -", "3 copper -", "2 tin -"]);
    assert_eq!(said("Metals output was 90 tonnes, including 4 tonnes of copper."), ["4 copper -"]);
}

#[test]
fn a_figure_belongs_to_the_country_that_stands_with_it() {
    assert_eq!(said("Chile produced 9 tonnes of copper and Peru 7 tonnes."), ["9 copper CL", "7 copper PE"]);
    assert_eq!(said("Japan bought 9 tonnes of tin from Peru and 7 tonnes from Bolivia."), ["9 tin PE", "7 tin BO"]);
    assert_eq!(said("中国从智利进口铜9吨，从秘鲁进口7吨。"), ["9 copper CL", "7 copper PE"]);
    assert_eq!(said("全球镍产量9吨，其中印尼7吨。"), ["9 nickel -", "7 nickel ID"]);
    // what goes somewhere is not from there
    assert_eq!(said("Chile sold 9 tonnes of copper to China and 7 tonnes to Japan."), ["9 copper CL", "7 copper CL"]);
}

#[test]
fn a_name_tells_no_stage() {
    assert_eq!(stage("Cascabel Exploration Ltd sold 5,000 tonnes of copper."), Some(Stage::Trade));
    assert_eq!(stage("Aurora Resources Ltd sold 5,000 tonnes of copper."), Some(Stage::Trade));
    assert_eq!(stage("The miner sold 5,000 tonnes of copper."), Some(Stage::Mine));
    assert_eq!(stage("Copper has a post-tax value of $500 million."), None);
    assert_eq!(stage("The company signed an agreement to sell 5,000 tonnes of zinc."), Some(Stage::Trade));
    assert_eq!(stage("The tax on copper brought $500 million."), Some(Stage::Policy));
}
