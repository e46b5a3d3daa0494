//! Small words that the rules look for directly beside a name or a figure: `words/particles.toml`, where each list is explained.

use serde::Deserialize;

/// A short list of words, as they stand in a text, spaces included.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct WordList(Vec<Box<str>>);

impl WordList {
    /// The words, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Whether this is one of the words.
    pub fn has(&self, word: &str) -> bool {
        self.iter().any(|listed| listed == word)
    }

    /// Whether this character is one of the words.
    pub fn has_char(&self, character: char) -> bool {
        self.has(character.encode_utf8(&mut [0; 4]))
    }

    /// Whether this is one of the words, in whatever case of the Latin letters.
    pub fn has_in_any_case(&self, word: &str) -> bool {
        self.iter().any(|listed| listed.eq_ignore_ascii_case(word))
    }

    /// Whether the text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        // Most words are told from the text by one byte.
        let first = text.as_bytes().first();
        self.iter().any(|listed| listed.as_bytes().first() == first && text.starts_with(listed))
    }

    /// Whether the text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        let last = text.as_bytes().last();
        self.iter().any(|listed| listed.as_bytes().last() == last && text.ends_with(listed))
    }

    /// The text without the word that it ends with, if that is one of these.
    pub fn strip_end<'t>(&self, text: &'t str) -> &'t str {
        self.iter().find_map(|listed| text.strip_suffix(listed)).unwrap_or(text)
    }

    /// Whether one of the words is anywhere in the text.
    pub fn is_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.begins(&text[at..]))
    }
}

/// The tables of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particles {
    /// Beside the name of a country.
    pub country: CountryParticles,
    /// Beside the name of a commodity.
    pub mineral: MineralParticles,
    /// At the start of a sentence or a clause.
    pub sentence: SentenceParticles,
    /// Beside a figure.
    pub figure: FigureParticles,
    /// In and beside what states an event.
    pub event: EventParticles,
    /// Where a report begins.
    pub report: ReportParticles,
    /// In and beside the name of an organisation.
    pub organisation: OrganisationParticles,
    /// In and beside other names.
    pub name: NameParticles,
}

macro_rules! lists {
    ($(#[$meta:meta])* $name:ident: $($list:ident)*) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "the file says what each list is for")]
        pub struct $name {
            $(pub $list: WordList,)*
        }
    };
}

lists! {
    /// Words beside the name of a country.
    CountryParticles: place goal partner articles compared ranked party dealing dealt_with seat affiliated somebody employer near observers
        goods_after
        excluding customers suppliers supplied_by source oblique before_place lender diggings before_diggings where_it_lies
        streets homeward goods ore_goods no_goods called arrived
}
lists! {
    /// Words beside the name of a commodity.
    MineralParticles: joining conjunction parting parting_within behind works traders equipment amount_of amount_after in_region talk_of priced_by price_after
        producing_country compass ore repriced_after market_words price_words of_mine yield_after contract amounts traded traded_amount
}
lists! {
    /// Words at the start of a sentence or a clause.
    SentenceParticles: contrast pronoun possessive works part_of_country copula owning question listing supplying verb own plans moved for_works taking_over
        relative apposition delivery purchase ranks rank producer
}
lists! {
    /// Words beside a figure.
    FigureParticles: parting leading_away joint whose graded by_weight effect yearly_after other_year half_year more_or_less
        to from rate moved by by_characters higher of_output quoted_at against no_move traded each more moved_from
}
lists! {
    /// Words in and beside what states an event.
    EventParticles: deeds sites modal begins asks opens building works work links nearby articles amounts after_move buys
        qualifiers goods from takes auxiliaries state policy_words next_clause passing
}
lists! {
    /// Words at the start of a report.
    ReportParticles: dash filed wires bullets
}
lists! {
    /// Words in and beside the name of an organisation.
    OrganisationParticles: legal_forms groups of_country after_comma small bodies of_place full finance works before_firm opening after_opening
        products kinds ensembles associations after_ministry portfolios
}
lists! {
    /// Words in and beside other names.
    NameParticles: saying workplace whereabouts things works firms within compounds place_heads begins_surname byline joining
}
