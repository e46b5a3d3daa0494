"""Fills PostgreSQL with articles and their minerals by country.

    python fill_postgres.py --group postgres --database postgresql://user@host/news

Tables are made on the first start (../postgres/tables.sql). However often an event comes, it is there once: rows are keyed by the
event's id, and the first delivery stays, for it is the one that founded its story. The same article read with another lexicon
replaces its older reading.
"""

from pathlib import Path

import psycopg

from event_types import EnrichedArticle
from lodestream_events import arguments, batches
from minerals_by_country import words

TABLES = Path(__file__).parent.parent / "postgres" / "tables.sql"

ARTICLE = """
    insert into lodestream.article
        (event_id, article_id, content_hash, lexicon, title, url, source, published_at, story, story_role)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (event_id) do nothing
"""
OLDER_READINGS = """
    delete from lodestream.article where article_id = %s and content_hash = %s and event_id <> %s
"""
PAIR = """
    insert into lodestream.mineral_country
        (event_id, mineral, country, rolls_up_to, basis, stages, score, mention_count, evidence)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (event_id, mineral, country) do nothing
"""


def store(cursor: psycopg.Cursor, event: EnrichedArticle) -> None:
    """One event, unless it is there already."""
    article = event.article
    cursor.execute(
        ARTICLE,
        (
            event.event_id,
            article.id,
            article.content_hash,
            event.provenance.lexicon,
            article.title,
            article.url,
            article.source,
            article.published_at,
            article.story,
            article.story_role,
        ),
    )
    if cursor.rowcount == 0:
        return
    cursor.execute(OLDER_READINGS, (article.id, article.content_hash, event.event_id))
    parents = {commodity.id: commodity.parents or [] for commodity in event.commodities}
    cursor.executemany(
        PAIR,
        [
            (
                event.event_id,
                pair.mineral,
                pair.country,
                parents.get(pair.mineral, []),
                pair.basis,
                pair.stages or [],
                pair.score,
                pair.mention_count,
                [words(event, evidence) for evidence in pair.evidence],
            )
            for pair in event.mineral_countries
        ],
    )


def main() -> None:
    parser = arguments("Minerals by country into PostgreSQL")
    parser.add_argument("--database", required=True, help="postgresql://…; a password belongs into PGPASSWORD")
    options = parser.parse_args()
    with psycopg.connect(options.database) as database:
        database.execute(TABLES.read_text())
        database.commit()
        for events in batches(options):
            # One transaction for a batch; its offsets are committed after it, when the next batch is asked for.
            with database.transaction(), database.cursor() as cursor:
                for event in events:
                    store(cursor, event)


if __name__ == "__main__":
    main()
