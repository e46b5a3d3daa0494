//! Names that several entries claim, that another entry hides, or that one entry claims twice.

use super::{Finding, Severity};
use crate::lexicon::survey::{Listing, Survey};
use crate::lexicon::{EntryKind, Scope, Trust, What, Written, find};
use crate::vocabulary::PlaceType;
use rustc_hash::FxHashMap;

const CONTESTED: &str =
    "the walk reads only one of them; give the name to one entry, or write a [[sense]] that chooses";
const ORDER: &str = "the walk reads the first in the order country, region, subdivision, city, then of the files; a [[sense]] can choose";
const HIDDEN: &str = "wherever the name stands the other covers it, so it is never read; take one of the two away";
const REPEATED: &str = "the second changes nothing; take it away";
const IDLE_FORM: &str = "the rules are never asked for this form; correct it, or add it to the names of the entry";

impl Survey<'_> {
    /// Pairs of listings of one pattern whose spelling can be the same, each pair once.
    fn pairs(&self) -> impl Iterator<Item = (&Listing, &Listing)> {
        let groups = self.by_pattern.values().filter(|group| group.len() > 1);
        groups.flat_map(move |group| {
            let pairs =
                group.iter().enumerate().flat_map(|(at, &one)| group[at + 1..].iter().map(move |&two| (one, two)));
            let pairs = pairs.map(|(one, two)| (&self.listings[one], &self.listings[two]));
            pairs.filter(|(one, two)| one.reading.part == two.reading.part && may_be_written_alike(one, two))
        })
    }

    /// One name, two entries, and no sense rule that chooses.
    pub(super) fn contested_names(&self) -> Vec<Finding> {
        let contested = self.pairs().filter(|(one, two)| {
            let whats = [one.reading.what, two.reading.what];
            one.reading.what != two.reading.what
                // in its own language, a name is read so first
                && one.reading.scope == two.reading.scope
                && whats.iter().all(|what| what.is_name() && what.kind() != EntryKind::Decoy)
                && !settles(one, two)
                && !settles(two, one)
                && !by_character(one)
                && !by_character(two)
        });
        let mut findings = FxHashMap::default();
        for (one, two) in contested {
            let Some((severity, code, advice)) = self.judge(one, two) else { continue };
            let (one, two) = if one.origin.own && !two.origin.own { (two, one) } else { (one, two) };
            let (whats, names) =
                ((one.reading.what, two.reading.what), [one, two].map(|listing| self.named(listing.reading.what)));
            let message = format!("`{}` names {} and {}", two.name, names[0], names[1]);
            let (origin, others) = (two.origin.clone(), vec![one.origin.clone()]);
            // once for each pair of entries, not for each form of the name
            findings.entry(whats).or_insert(Finding { severity, origin, code, message, advice, others });
        }
        findings.into_values().collect()
    }

    /// How bad it is that two entries share a name, by what the walk does with such a name.
    fn judge(&self, one: &Listing, two: &Listing) -> Option<(Severity, &'static str, &'static str)> {
        let places = match (one.reading.what, two.reading.what) {
            (What::Place(one), What::Place(two)) => Some([one, two].map(|index| self.lexicon.place(index).kind)),
            _ => None,
        };
        match places {
            Some([PlaceType::Country, PlaceType::Country]) => Some((Severity::Error, "two_entries", CONTESTED)),
            Some([one, two]) if one == two => Some((Severity::Warning, "two_places", ORDER)),
            // The order of the kinds of places decides, as `lexicon/README.md` says.
            Some(_) => None,
            // What is read in context gives way to what is read anywhere.
            None if (one.reading.trust == Trust::Always) != (two.reading.trust == Trust::Always) => None,
            None => Some((Severity::Error, "two_entries", CONTESTED)),
        }
    }

    /// A decoy of the same words: it hides a commodity or a place wherever it stands, whereas organisations and people
    /// hide others themselves.
    pub(super) fn hidden_names(&self) -> Vec<Finding> {
        let is_hidden = |name: &Listing, decoy: &Listing| {
            matches!(name.reading.what, What::Commodity(_) | What::Place(_))
                && [Scope::Everywhere, name.reading.scope].contains(&decoy.reading.scope)
        };
        let hidden = self.pairs().filter_map(|(one, two)| match (one.reading.what, two.reading.what) {
            (What::Decoy(_), _) if is_hidden(two, one) => Some((two, one)),
            (_, What::Decoy(_)) if is_hidden(one, two) => Some((one, two)),
            _ => None,
        });
        hidden
            .map(|(name, by)| Finding {
                severity: Severity::Error,
                origin: name.origin.clone(),
                code: "always_hidden",
                message: format!("`{}` names {}, but is a decoy too", name.name, self.named(name.reading.what)),
                advice: HIDDEN,
                others: vec![by.origin.clone()],
            })
            .collect()
    }

    /// One entry lists a name twice for one language.
    pub(super) fn repeated_names(&self) -> Vec<Finding> {
        let repeated = self.pairs().filter(|(one, two)| {
            one.reading.what == two.reading.what
                && one.reading.what.is_name()
                // accents and capitals may be written either way
                && (&one.name, &one.language, one.list) == (&two.name, &two.language, two.list)
                && !by_character(one)
        });
        repeated
            .map(|(one, two)| Finding {
                severity: Severity::Warning,
                origin: two.origin.clone(),
                code: "repeated",
                message: format!("`{}` stands twice among the names of {}", two.name, self.named(two.reading.what)),
                advice: REPEATED,
                others: vec![one.origin.clone()],
            })
            .collect()
    }

    /// Forms of a sense that are no names of its entry.
    pub(super) fn forms_of_no_name(&self) -> Vec<Finding> {
        let is_name = |what: What, pattern: &str| {
            let listings = self.by_pattern.get(pattern).into_iter().flatten();
            listings.map(|&at| &self.listings[at]).any(|listing| listing.reading.what == what)
        };
        let forms = self.senses.iter().flat_map(|sense| &sense.forms);
        forms
            .filter(|(form, _)| !is_name(form.what, &form.pattern))
            .map(|(form, origin)| Finding {
                severity: Severity::Warning,
                origin: origin.clone(),
                code: "idle_form",
                message: format!("`{}` has sense rules, but is no name of {}", form.name, self.named(form.what)),
                advice: IDLE_FORM,
                others: Vec::new(),
            })
            .collect()
    }
}

/// Whether sense rules of the one choose: beside an organisation or a person, a commodity or a place is never asked.
fn settles(one: &Listing, two: &Listing) -> bool {
    let gives_way = |listing: &Listing| matches!(listing.reading.what, What::Commodity(_) | What::Place(_));
    one.reading.sense.is_some() && (!gives_way(one) || gives_way(two))
}

/// Single characters and pairs of them are read by rules of their own, and of short forms the article names what they are
/// short for.
fn by_character(listing: &Listing) -> bool {
    matches!(listing.reading.trust, Trust::Character | Trust::CharacterIfNamed | Trust::IfNamed)
}

/// Whether some words of a text can be both names.
fn may_be_written_alike(one: &Listing, two: &Listing) -> bool {
    match (one.reading.written, two.reading.written) {
        (Written::Exactly(_), Written::Exactly(_)) => one.name == two.name,
        (Written::Exactly(_), Written::Capitalised(_)) => find::is_capitalised_like(&one.name, &two.name),
        (Written::Capitalised(_), Written::Exactly(_)) => find::is_capitalised_like(&two.name, &one.name),
        _ => true,
    }
}
