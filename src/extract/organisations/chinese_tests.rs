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

#[test]
fn plants_are_no_firms() {
    check("海屿铜冶炼厂和青花坊精炼厂停产检修。", &[]);
    check("海屿铜业有限公司冶炼厂检修。", &["海屿铜业有限公司"]);
}

#[test]
fn prepositions_and_kinds_of_firm_are_no_part_of_a_name() {
    check("双方已同青屿矿业公司续签协议。", &["青屿矿业公司"]);
    check("同海勒茨矿业公司续签的协议有效。", &["海勒茨矿业公司"]);
    check("参股公司华屿镍业有限公司投产。", &["华屿镍业有限公司"]);
    check("该项目以公司自有资金投入，公司母公司担保。", &[]);
    check("两大石油公司被列入名单。", &[]);
}

#[test]
fn brackets_dashes_and_branches_belong_to_the_name() {
    check("青屿矿业（私人）有限公司投产。", &["青屿矿业（私人）有限公司"]);
    check("海勒茨—帕拉茨公司减产。", &["海勒茨—帕拉茨公司"]);
    check("青屿矿业赞比亚公司被罚款。", &["青屿矿业赞比亚公司"]);
    check("萨比拉资源公司表示，项目停工。", &["萨比拉资源公司"]);
}

#[test]
fn lists_belong_to_a_body() {
    check("秘鲁矿业、石油和能源协会主席说，产量增长。", &["秘鲁矿业、石油和能源协会"]);
    check("厄瓜多尔环境、水和生态转型部发布公告。", &["厄瓜多尔环境、水和生态转型部"]);
    check("南非矿工与建筑工会说，谈判继续。", &["南非矿工与建筑工会"]);
}

#[test]
fn a_doubted_name_is_read_by_its_rules() {
    check("白俄罗斯钾肥经铁路外运。", &[]);
    check("白俄罗斯钾肥表示，报价不变。", &["白俄罗斯钾肥"]);
    check("氯化钾CFR价格上涨。", &[]);
    check("其中石油产量增长。", &[]);
}

#[test]
fn a_listed_firms_lines_of_business_belong_to_its_name() {
    check_listed("中国恩菲工程技术有限公司中标。", &[("china-enfi", "中国恩菲工程技术有限公司")]);
    check("格林美（印尼）新能源材料有限公司增产。", &["格林美（印尼）新能源材料有限公司"]);
    check("国家矿山安全监察局山西局通报。", &["国家矿山安全监察局山西局"]);
}
