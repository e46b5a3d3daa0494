use super::tests::{check, check_listed};

#[test]
fn a_name_keeps_its_field_its_country_and_its_brackets() {
    check("The Vietnam Coal and Mineral Corporation met on Monday.", &["Vietnam Coal and Mineral Corporation"]);
    check(
        "Tantalum Mining Corporation of Canada Limited filtered it.",
        &["Tantalum Mining Corporation of Canada Limited"],
    );
    check("In June Sandpit (India) Limited was told to stop.", &["Sandpit (India) Limited"]);
    check("The plant of Viru Magnetics OÜ opened.", &["Viru Magnetics OÜ"]);
    check("Hollow Gold and Copper said so.", &["Hollow Gold and Copper"]);
}

#[test]
fn two_bodies_at_an_and_are_two() {
    check(
        "A deal between the Marib Potash Company and Orrin Corporation was signed.",
        &["Marib Potash Company", "Orrin Corporation"],
    );
    check(
        "A decree named Tougué Minerals and Fouta Ridge SA among those affected.",
        &["Tougué Minerals", "Fouta Ridge SA"],
    );
    check("Shipping agent Kanji & Rao counts fourteen.", &["Kanji & Rao"]);
}

#[test]
fn an_office_of_a_named_state_is_a_body() {
    check(
        "The Papua New Guinea Customs Service has confirmed the find of a day before.",
        &["Papua New Guinea Customs Service"],
    );
    check(
        "The Atomic Minerals Directorate for Exploration and Research said so.",
        &["Atomic Minerals Directorate for Exploration and Research"],
    );
}

#[test]
fn a_surname_after_a_hyphen_is_no_firm() {
    check("His wife, India Okafor-Silver, agreed.", &[]);
}

#[test]
fn without_its_legal_form_a_firm_is_the_same() {
    check(
        "Indus Vale Potash Limited signed. A deal with Indus Vale Potash, and potash at last.",
        &["Indus Vale Potash Limited", "Indus Vale Potash"],
    );
}

#[test]
fn a_listed_name_with_its_legal_form_is_that_entry() {
    check_listed("Rio Tinto plc said so.", &[("rio-tinto", "Rio Tinto plc")]);
    check_listed("BHP Group Limited said so.", &[("bhp", "BHP Group Limited")]);
    check_listed(
        "It was sold to Ganfeng Lithium Group Co., Ltd. today.",
        &[("ganfeng-lithium", "Ganfeng Lithium Group Co., Ltd.")],
    );
    check_listed(
        "Century Aluminum Company and Tesla, Inc. met.",
        &[("century-aluminum", "Century Aluminum Company"), ("tesla", "Tesla, Inc.")],
    );
    check_listed("It is owned by Cameco Corp.", &[("cameco", "Cameco Corp")]);
    // Another firm that is called after it.
    check_listed("Rio Tinto Iron Ore Ltd said so.", &[]);
}

#[test]
fn a_legal_form_that_is_a_word_is_written_as_one() {
    check("Copper Prices Rise As Chile Strike Looms", &[]);
    check("COPPER PRICES RISE AS CHILE STRIKE LOOMS", &[]);
    check("On Monday Nordic Mining AS said that Sørvik Rutil AS had signed.", &["Nordic Mining AS", "Sørvik Rutil AS"]);
}

#[test]
fn a_metal_or_a_firm_after_a_given_name_is_a_surname() {
    check("Dr. Sarah Gold said that John Steel and Mary Ford had left.", &[]);
    check("Yesterday Ford said that Mary Gold Ltd had signed.", &["Ford", "Mary Gold Ltd"]);
}

#[test]
fn a_name_shared_with_a_town_is_a_firm_by_its_neighbours() {
    let firm = [("antofagasta-minerals", "Antofagasta")];
    check_listed("Antofagasta fell 3.1% on Monday.", &firm);
    check_listed("Antofagasta said output fell.", &firm);
    check_listed("Shares in Antofagasta gained.", &firm);
    check_listed("Glencore, Antofagasta and others met.", &[("glencore", "Glencore"), firm[0]]);
    check_listed(
        "A mine in Antofagasta was closed. The Antofagasta region has many. Antofagasta, Chile, is a port.",
        &[],
    );
    check_listed(
        "Fresnillo plc mines near Fresnillo; costs at the firm rose, Fresnillo expects.",
        &[("fresnillo", "Fresnillo plc"), ("fresnillo", "Fresnillo")],
    );
}

#[test]
fn two_universities_are_two() {
    check(
        "The University of Leeds and the University of Otago wrote it with Kyoto University.",
        &["University of Leeds", "University of Otago", "Kyoto University"],
    );
    check(
        "Researchers at the University of Auckland and Monash University agree.",
        &["University of Auckland", "Monash University"],
    );
    check("The University of Science and Technology agrees.", &["University of Science and Technology"]);
    check("The Ministry of Mines and Energy agrees.", &["Ministry of Mines and Energy"]);
}

#[test]
fn a_body_of_state_is_known_by_its_state() {
    check("Mexico's Senate approved the bill.", &["Senate"]);
    check(
        "The Argentine Senate and the Bulgarian Stock Exchange agree.",
        &["Argentine Senate", "Bulgarian Stock Exchange"],
    );
    check("The deal goes to the Legislative Assembly.", &["Legislative Assembly"]);
    check("Trade Ministry data show that imports rose.", &["Trade Ministry"]);
    check("Trade rose, and so did the senate's doubts.", &[]);
    // Peru's, not that of the United States
    check_listed("Peru's Congress voted.", &[]);
    check_listed("U.S. Congress voted.", &[("us-congress", "U.S. Congress")]);
}

#[test]
fn an_apposition_tells_a_body() {
    check("Canarrero, the steelmakers' chamber, said so.", &["Canarrero"]);
    check("Copper, the digital asset custodian, has raised money.", &["Copper"]);
    check("Copper, the red metal, has fallen.", &[]);
    check("Separately, the central bank, in a note, said so.", &[]);
}

#[test]
fn a_list_of_bodies_goes_on() {
    check("Glencore and Zorrak fell.", &["Glencore", "Zorrak"]);
    check("Broker Zorrak cut its target.", &["Zorrak"]);
    check("An attack on Glencore and Thursday's strike hurt.", &["Glencore"]);
}

#[test]
fn what_a_firm_is_is_none_of_its_name() {
    check("Explorer Lodestar Resources found more of it in May.", &["Lodestar Resources"]);
    check("Carmaker Orrin Motors cut its output again.", &["Orrin Motors"]);
    check("It argued with Rio's Oyu Dalai LLC over its taxes.", &["Rio", "Oyu Dalai LLC"]);
    check("The Atikamekw First Nation of Manawan signed it.", &["Atikamekw First Nation of Manawan"]);
}

#[test]
fn a_club_a_band_a_court_is_a_body() {
    check("Pune FC met Kerala City FC.", &["Pune FC", "Kerala City FC"]);
    check("The Redwick Colliery Band played.", &["Redwick Colliery Band"]);
    check("The National Symphony Orchestra of Ukraine played.", &["National Symphony Orchestra of Ukraine"]);
    check("A vote in the General Assembly is due.", &["General Assembly"]);
    check("It has a grant of the New Brunswick Junior Mining Assistance Program.", &[]);
}

#[test]
fn what_a_body_does_or_where_it_stands_tells_it() {
    check("Vancouver-based District Metals said so.", &["District Metals"]);
    check("Kestrel Creek holds 62% of it.", &["Kestrel Creek"]);
    check("The Konkurrenztilsyn cleared the merger.", &["Konkurrenztilsyn"]);
    check("The bulk carrier was chartered by Brandvik.", &["Brandvik"]);
    check("Tin rose, said an analyst at broker Quay Lane.", &["Quay Lane"]);
    check("The Seafarers International Union and the Teamsters met.", &["Seafarers International Union", "Teamsters"]);
}
