use super::tests::{check, check_listed};

#[test]
fn what_says_what_a_body_is_stands_before_its_name() {
    check("业主青屿钨业株式会社没有回应。", &["青屿钨业株式会社"]);
    check("报关行云海通达有限公司改了单。", &["云海通达有限公司"]);
    check("被告青花坊文化有限公司上诉。", &["青花坊文化有限公司"]);
    check("首尔智库东方矿产研究院发布报告。", &["东方矿产研究院"]);
}

#[test]
fn lines_of_business_belong_to_the_name() {
    check("买方是福建的海屿新能源材料有限公司。", &["海屿新能源材料有限公司"]);
    check("矿山由新加坡的海葵矿业私人有限公司持有。", &["海葵矿业私人有限公司"]);
}

#[test]
fn verbs_end_a_name_to_the_left() {
    check("他受雇于南屿冶金公司。", &["南屿冶金公司"]);
    check("金条移交中央银行，另一半注入基金。", &[]);
    check("留下的人要学会合作，部分冶炼厂减产。", &[]);
}

#[test]
fn places_and_bodies_belong_to_a_public_body() {
    check("浙江省体育局说，比赛照常。", &["浙江省体育局"]);
    check("国务院关税税则委员会公告，税率不变。", &["国务院关税税则委员会"]);
    check("他向矿业部递了信。", &["矿业部"]);
    check("經濟部長沒有回應。", &[]);
}

#[test]
fn the_front_of_a_full_name_stands_for_it() {
    check("青屿有色股份有限公司亏损。青屿有色说，价格太低。", &["青屿有色股份有限公司", "青屿有色"]);
}

#[test]
fn a_ministry_keeps_all_that_it_is_for() {
    check("上周，环境与能源部发了许可证。", &["环境与能源部"]);
    check("文化體育及旅遊局公布數字。", &["文化體育及旅遊局"]);
    check("中国人民银行和金融监管总局发布规定。", &["中国人民银行", "金融监管总局"]);
    check("官司打到宪法法院。", &["宪法法院"]);
}

#[test]
fn a_listed_name_within_a_foreign_persons_is_none() {
    check("副总理亚历山大·诺瓦克表示，市场有缺口。", &[]);
}

#[test]
fn a_ministry_is_for_any_mixture() {
    check("赞比亚矿业和矿产开发部周四公布了数字。", &["赞比亚矿业和矿产开发部"]);
    check("塔吉克斯坦工业和新技术部批准了。", &["塔吉克斯坦工业和新技术部"]);
    check("可财政部至今没有提交法案。", &["财政部"]);
}

#[test]
fn members_and_places_tell_a_body() {
    check("土耳其钢铁生产商协会公布，粗钢产量增加。", &["土耳其钢铁生产商协会"]);
    check("阿普里马克资源公司表示，矿坑照常作业。", &["阿普里马克资源公司"]);
    check("金穗钾业矿井发生涌水。", &["金穗钾业"]);
    check("买方是盛合国际（香港）有限公司。", &["盛合国际（香港）有限公司"]);
    check("由全资子公司承担。中国的不锈钢厂会多囤一阵。", &[]);
}

#[test]
fn a_listed_firm_keeps_all_that_says_what_it_is() {
    check_listed("紫金矿业集团股份有限公司签约。", &[("zijin-mining", "紫金矿业集团股份有限公司")]);
    check_listed("四川雅化实业集团股份有限公司签约。", &[("yahua-group", "四川雅化实业集团股份有限公司")]);
    check_listed("英美铂金公司减产。", &[("valterra-platinum", "英美铂金公司")]);
}

#[test]
fn no_word_reaches_from_a_place_into_a_name() {
    check("四川天华锂业有限公司投产。", &["四川天华锂业有限公司"]);
    check("江西天宇锂业股份有限公司投产。", &["江西天宇锂业股份有限公司"]);
    check("湖南中南锑钨工业贸易有限公司出口锑。", &["湖南中南锑钨工业贸易有限公司"]);
    check("云南中铜矿业有限公司投产。", &["云南中铜矿业有限公司"]);
}

#[test]
fn products_and_shares_are_no_firms() {
    check("钕铁硼磁材需求增长，钐钴永磁出口下降。", &[]);
    check("公司股份被质押。", &[]);
}
