use crate::extract::extract_one;
use crate::lexicon::Lexicon;
use crate::text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the embedded lexicon"));

/// The people found in a text, in order, as written, each with the role beside the name.
fn check(text: &str, expect: &[(&str, &str)]) {
    let document = Document::new(None, text, LEXICON.folding(), LEXICON.languages());
    let found = extract_one(&document, &LEXICON);
    let people = found.people.iter();
    let people = people.map(|person| {
        let role = person.role.map_or("", |role| LEXICON.roles[role.0 as usize].role.as_str());
        (found.scan.text(person.at), role)
    });
    assert_eq!(people.collect::<Vec<_>>(), expect, "in {text}");
}

#[test]
fn a_department_is_nobody() {
    check("Contact: Jane Lee, Investor Relations.", &[("Jane Lee", "Investor Relations")]);
    check("Contact: Paul Young, Group Manager Communications.", &[("Paul Young", "Manager")]);
    check("Director, Corporate Development", &[]);
    check("Maria Silva, VP Operations, said so.", &[("Maria Silva", "Vice President")]);
    check("Vice President Exploration Tom Hill said so.", &[("Tom Hill", "Vice President")]);
    check("Ana Ruiz, Executive Co-Chairman, said so.", &[("Ana Ruiz", "Chairman")]);
}

#[test]
fn initials_belong_to_the_name() {
    check("John A. Smith, President of Zenith, said so.", &[("John A. Smith", "President")]);
    check("James H. Litinsky said so.", &[("James H. Litinsky", "")]);
    check("Robert M. Friedland said so.", &[("Robert M. Friedland", "")]);
}

#[test]
fn surnames_may_be_metals_and_firms() {
    check("Interim CFO Mary Ford said so.", &[("Mary Ford", "Chief Financial Officer")]);
    check("Detective Sergeant Paul Steel said so.", &[("Paul Steel", "")]);
    check("Adam Silver said so. Ms. Gold agreed.", &[("Adam Silver", ""), ("Gold", "")]);
    check("Jim Ford was there. Ford said so.", &[("Jim Ford", ""), ("Ford", "")]);
}

#[test]
fn an_appointment_tells_an_office() {
    check("Newmont names Natascha Viljoen CEO.", &[("Natascha Viljoen", "Chief Executive")]);
    check(
        "It appointed Ruben Fernandes as its next chief operating officer.",
        &[("Ruben Fernandes", "Chief Operating Officer")],
    );
    check("Laura Quinn was named chief executive of the firm.", &[("Laura Quinn", "Chief Executive")]);
    check("The firm confirmed Mr. Paul Young as chief executive.", &[("Paul Young", "Chief Executive")]);
    check("Kestrel Ridge named chief executive of the year.", &[]);
}

#[test]
fn the_office_that_the_text_tells_is_the_newest() {
    check("Barrick CEO Mark Bristow said so.", &[("Mark Bristow", "Chief Executive")]);
    check("Former Barrick CEO Mark Bristow said so.", &[("Mark Bristow", "Former Chief Executive")]);
    check("Zenith deputy CEO Anna Bloom said so.", &[("Anna Bloom", "Deputy Chief Executive")]);
}

#[test]
fn authors_are_no_people_of_the_story() {
    check("Copper rose. (Reporting by Lewis Jackson in Beijing and Ana Ruiz in Lima; Editing by Tony Munroe)", &[]);
    check("By Jane Doe and Paul Roe\n\nCopper rose on Monday.", &[]);
    check("By Jane Doe\n\nI was taught to dig by my aunt.", &[("Jane Doe", "")]);
    check("According to reporting by Jane Doe, copper rose.", &[("Jane Doe", "")]);
}

#[test]
fn a_surname_that_a_firm_bears_too_is_a_surname_after_a_title() {
    check("Chairman Evangelos Mytilineos said so.", &[("Evangelos Mytilineos", "Chairman")]);
    check("Councilmember Ann Holt said so.", &[("Ann Holt", "")]);
    check("He met the head of Zorrak.", &[]);
    check("Broker Zorrak cut its target.", &[]);
    check("Analyst Tom Price said so.", &[("Tom Price", "Analyst")]);
    check("Karim Hassan, met the president.", &[("Karim Hassan", "")]);
}

#[test]
fn names_in_other_orders_and_of_other_trades() {
    check("North Korea's Pang Yong Su took the bronze.", &[("Pang Yong Su", "")]);
    check("Rachid El Harrak said so.", &[("Rachid El Harrak", "")]);
    check("Nikolas Brandt was working near the top of the pit.", &[("Nikolas Brandt", "")]);
    check("Ohio congressman Jim Jordan flew in.", &[("Jim Jordan", "Representative")]);
    check("Solar firm Meyer Burger cut jobs.", &[]);
    check("Tin rose, said an analyst at broker Quay Lane.", &[]);
}
