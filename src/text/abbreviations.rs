//! Words whose dot may end no sentence, and words that begin one.

/// What the dot after an abbreviation allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title before a name (`Mr.`) or a word that always goes on (`vs.`): its dot ends no sentence.
    GoesOn,
    /// Goes on before a figure (`No. 5`, `Oct. 4`).
    BeforeFigure,
    /// Ends a name (`Corp.`): ends a sentence before a word that often begins one.
    EndsName,
}

/// The abbreviation that a word without its dot is, whatever its case.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word == "c" {
        // `c. 30 tonnes`, about so much
        return Some(Abbreviation::BeforeFigure);
    }
    let mut lower = [0; 8];
    let place = lower.get_mut(..word.len())?;
    place.copy_from_slice(word.as_bytes());
    place.make_ascii_lowercase();
    Some(match &*place {
        b"mr" | b"mrs" | b"ms" | b"dr" | b"prof" | b"gen" | b"sen" | b"gov" | b"rep" | b"lt" | b"col" | b"capt"
        | b"maj" | b"sgt" | b"adm" | b"cmdr" | b"brig" | b"hon" | b"rev" | b"pres" | b"supt" | b"messrs" | b"st"
        | b"mt" | b"ft" | b"vs" | b"approx" | b"ca" | b"cf" | b"viz" | b"incl" | b"excl" | b"resp" | b"al" | b"sra"
        | b"srta" | b"dra" | b"lic" | b"ing" | b"mme" | b"mlle" | b"hr" | b"fr" | b"bzw" | b"ggf" | b"mio" | b"mrd"
        | b"inkl" => Abbreviation::GoesOn,
        b"no" | b"nos" | b"nr" | b"fig" | b"figs" | b"vol" | b"ch" | b"art" | b"sec" | b"sect" | b"par" | b"para"
        | b"pp" | b"pg" | b"eq" | b"ref" | b"tab" | b"abs" | b"jan" | b"feb" | b"mar" | b"apr" | b"jun" | b"jul"
        | b"aug" | b"sep" | b"sept" | b"oct" | b"nov" | b"dec" | b"est" | b"rs" | b"usd" | b"rp" => {
            Abbreviation::BeforeFigure
        }
        b"inc" | b"ltd" | b"corp" | b"co" | b"cos" | b"plc" | b"llc" | b"bros" | b"pty" | b"jr" | b"sr" | b"dept"
        | b"assn" | b"intl" | b"univ" | b"tbk" | b"bhd" | b"pvt" | b"pt" | b"mfg" | b"res" | b"min" | b"etc" => {
            Abbreviation::EndsName
        }
        _ => return None,
    })
}

/// Whether a capitalised word typically begins a sentence, and is seldom part of a name.
pub(super) fn begins_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "It"
            | "Its"
            | "But"
            | "And"
            | "In"
            | "On"
            | "At"
            | "By"
            | "For"
            | "From"
            | "With"
            | "He"
            | "She"
            | "They"
            | "We"
            | "You"
            | "His"
            | "Her"
            | "Their"
            | "Our"
            | "However"
            | "Meanwhile"
            | "Although"
            | "Though"
            | "While"
            | "When"
            | "If"
            | "As"
            | "After"
            | "Before"
            | "Since"
            | "There"
            | "Here"
            | "According"
            | "Both"
            | "Such"
            | "Some"
            | "Many"
            | "Most"
            | "Several"
            | "Other"
            | "Others"
            | "Another"
            | "A"
            | "An"
            | "To"
            | "Under"
            | "Despite"
            | "Also"
            | "Moreover"
            | "Furthermore"
            | "Additionally"
            | "Then"
            | "Now"
            | "Today"
            | "Yesterday"
            | "So"
            | "Yet"
            | "Or"
            | "Not"
            | "What"
            | "Why"
            | "How"
            | "Who"
            | "Where"
            | "Which"
            | "Last"
            | "Earlier"
            | "Later"
            | "Once"
            | "Because"
            | "Until"
            | "During"
            | "Through"
            | "Over"
            | "Between"
            | "Among"
            | "Amid"
            | "Instead"
            | "Still"
            | "Thus"
            | "Therefore"
            | "Even"
            | "Each"
            | "All"
            | "Any"
            | "Every"
            | "One"
            | "Two"
            | "Only"
            | "Just"
            | "Nevertheless"
            | "Nonetheless"
            | "Unlike"
            | "Like"
            | "Without"
            | "Within"
            | "Together"
            | "Currently"
            | "Recently"
            | "Analysts"
            | "Officials"
            | "Experts"
            | "Prices"
            | "Shares"
    )
}

/// Whether a line that ends in this word is surely not finished.
pub(super) fn goes_on_after(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "of"
            | "and"
            | "or"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "to"
            | "as"
            | "than"
            | "that"
            | "which"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "has"
            | "have"
            | "its"
            | "their"
            | "about"
            | "between"
            | "into"
            | "over"
            | "under"
            | "per"
            | "via"
            | "not"
            | "but"
            | "will"
            | "would"
            | "could"
            | "de"
            | "la"
            | "el"
            | "le"
            | "les"
            | "des"
            | "du"
            | "del"
            | "los"
            | "las"
            | "y"
            | "et"
            | "und"
            | "der"
            | "die"
            | "das"
            | "do"
            | "da"
            | "dos"
            | "yang"
            | "dan"
            | "di"
    )
}

/// Small words that a Title-Case heading writes in lower case.
pub(super) fn joins_title(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "of"
            | "the"
            | "in"
            | "for"
            | "on"
            | "to"
            | "a"
            | "an"
            | "or"
            | "with"
            | "by"
            | "vs"
            | "from"
            | "at"
            | "as"
            | "per"
            | "but"
            | "via"
            | "into"
            | "de"
            | "la"
            | "del"
            | "y"
            | "et"
            | "du"
            | "des"
            | "'s"
            | "’s"
    )
}

/// Nouns before which a German figure's dot marks an ordinal: `3. Oktober`.
pub(super) fn follows_german_ordinal(word: &str) -> bool {
    matches!(
        word,
        "Januar"
            | "Februar"
            | "März"
            | "April"
            | "Mai"
            | "Juni"
            | "Juli"
            | "August"
            | "September"
            | "Oktober"
            | "November"
            | "Dezember"
            | "Jahrhundert"
            | "Jahrhunderts"
            | "Quartal"
            | "Quartals"
            | "Halbjahr"
            | "Platz"
            | "Mal"
    )
}
