"""Prints which mineral is spoken of with which country, and the words that say so.

    python minerals_by_country.py --group analysts
"""

from event_types import EnrichedArticle, Evidence
from lodestream_events import arguments, batches


def words(event: EnrichedArticle, evidence: Evidence) -> str:
    """The words of a piece of evidence: its offsets count characters as Python does."""
    text = event.article.title if evidence.field == "title" else event.article.text
    return " ".join((text or "")[evidence.start : evidence.end].split())


def main() -> None:
    options = arguments("Minerals by country, with evidence").parse_args()
    for events in batches(options):
        for event in events:
            for pair in event.mineral_countries:
                said = words(event, pair.evidence[0]) if pair.evidence else ""
                print(event.event_id, pair.mineral, pair.country, pair.basis, pair.mention_count, said, sep="\t")


if __name__ == "__main__":
    main()
