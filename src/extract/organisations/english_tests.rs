use super::tests::check;

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
