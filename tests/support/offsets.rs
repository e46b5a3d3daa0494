//! The promise on offsets, checked for a whole event.

use lodestream::event::EnrichedArticle;
use lodestream::text::FieldName;

/// Every mention and evidence, sliced out of its field by characters, is the text that it says.
pub(crate) fn check_offsets(event: &EnrichedArticle) {
    let title: Vec<char> = event.article.title.iter().flat_map(|title| title.chars()).collect();
    let text: Vec<char> = event.article.text.iter().flat_map(|text| text.chars()).collect();
    let slice = |field: FieldName, start: u32, end: u32| -> String {
        let field = if field == FieldName::Title { &title } else { &text };
        field[start as usize..end as usize].iter().collect()
    };
    let mentions = (event.commodities.iter().flat_map(|c| &c.mentions))
        .chain(event.places.iter().flat_map(|p| &p.mentions))
        .chain(event.people.iter().flat_map(|p| &p.mentions))
        .chain(event.organisations.iter().flat_map(|o| &o.mentions));
    for mention in mentions {
        assert_eq!(slice(mention.field, mention.start, mention.end), mention.text);
    }
    for rejected in event.rejected.iter().flatten() {
        assert_eq!(slice(rejected.field, rejected.start, rejected.end), rejected.text);
    }
    let evidence = (event.mineral_countries.iter().flat_map(|pair| &pair.evidence))
        .chain(event.claims.iter().map(|claim| &claim.evidence))
        .chain(event.events.iter().map(|event| &event.evidence));
    for evidence in evidence {
        assert!(!slice(evidence.field, evidence.start, evidence.end).is_empty());
    }
    for pair in &event.mineral_countries {
        let commodity = event.commodities.iter().find(|commodity| commodity.id == pair.mineral).unwrap();
        assert!(pair.mention_count <= commodity.mention_count);
        assert!((0.0..=1.0).contains(&pair.score));
    }
}
