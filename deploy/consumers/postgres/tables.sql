-- Articles and their minerals by country, as ../python/fill_postgres.py fills them. Can be run again.
create schema if not exists lodestream;

create table if not exists lodestream.article (
    event_id     text primary key,
    article_id   text not null,
    content_hash text not null,
    lexicon      text not null,
    title        text,
    url          text,
    source       text,
    published_at timestamptz,
    -- near-copies of one report have the same story
    story        text,
    story_role   text
);

create index if not exists article_published on lodestream.article (published_at);
create index if not exists article_reading on lodestream.article (article_id, content_hash);

create table if not exists lodestream.mineral_country (
    event_id      text not null references lodestream.article on delete cascade,
    mineral       text not null,
    country       text not null,
    -- what the mineral is a kind or an ore of: spodumene rolls up to lithium
    rolls_up_to   text[] not null,
    basis         text not null,
    stages        text[] not null,
    score         double precision not null,
    mention_count integer not null,
    evidence      text[] not null,
    primary key (event_id, mineral, country)
);

create index if not exists mineral_country_pair on lodestream.mineral_country (country, mineral);
