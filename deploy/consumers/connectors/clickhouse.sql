-- Minerals by country in ClickHouse: a table that reads the topic, a view that takes events apart, and the table to ask.
--
-- Only committed events are read: `isolation.level=read_committed` is librdkafka's default, and ClickHouse's.
-- The Kafka engine delivers at least once. ReplacingMergeTree keeps the first delivery of an event's pair (the highest `version`, which
-- falls with the time of arrival); until a merge has come by, ask with FINAL.
create database if not exists lodestream;

create table if not exists lodestream.enriched_queue (event String)
engine = Kafka
settings
    kafka_broker_list = 'kafka:9092',
    kafka_topic_list = 'lodestream.enriched',
    kafka_group_name = 'clickhouse',
    kafka_format = 'JSONAsString',
    kafka_num_consumers = 1;

create table if not exists lodestream.mineral_country
(
    event_id      String,
    article_id    String,
    title         String,
    url           String,
    source        LowCardinality(String),
    published_at  Nullable(DateTime64(3, 'UTC')),
    story         String,
    story_role    LowCardinality(String),
    mineral       LowCardinality(String),
    country       LowCardinality(String),
    -- what the mineral is a kind or an ore of: spodumene rolls up to lithium
    rolls_up_to   Array(LowCardinality(String)),
    basis         LowCardinality(String),
    stages        Array(LowCardinality(String)),
    score         Float64,
    mention_count UInt32,
    version       Int64
)
engine = ReplacingMergeTree(version)
order by (country, mineral, event_id);

create materialized view if not exists lodestream.enriched_view to lodestream.mineral_country as
select
    JSONExtractString(event, 'event_id')                       as event_id,
    JSONExtractString(event, 'article', 'id')                  as article_id,
    JSONExtractString(event, 'article', 'title')               as title,
    JSONExtractString(event, 'article', 'url')                 as url,
    JSONExtractString(event, 'article', 'source')              as source,
    if(
        JSONExtractString(event, 'article', 'published_at') = '',
        null,
        parseDateTime64BestEffort(JSONExtractString(event, 'article', 'published_at'), 3, 'UTC')
    )                                                          as published_at,
    JSONExtractString(event, 'article', 'story')               as story,
    JSONExtractString(event, 'article', 'story_role')          as story_role,
    JSONExtractString(pair, 'mineral')                         as mineral,
    JSONExtractString(pair, 'country')                         as country,
    arrayFlatten(arrayMap(
        commodity -> JSONExtract(commodity, 'parents', 'Array(String)'),
        arrayFilter(
            commodity -> JSONExtractString(commodity, 'id') = JSONExtractString(pair, 'mineral'),
            JSONExtractArrayRaw(event, 'commodities')
        )
    ))                                                         as rolls_up_to,
    JSONExtractString(pair, 'basis')                           as basis,
    JSONExtract(pair, 'stages', 'Array(String)')               as stages,
    JSONExtractFloat(pair, 'score')                            as score,
    toUInt32(JSONExtractUInt(pair, 'mention_count'))           as mention_count,
    -toUnixTimestamp64Milli(now64(3))                          as version
from lodestream.enriched_queue
array join JSONExtractArrayRaw(event, 'mineral_countries') as pair;

-- Tungsten in Pakistan, by week of publication:
--
--   select toStartOfWeek(published_at, 1) as week, uniqExact(event_id) as articles, uniqExact(story) as stories, sum(mention_count) as mentions
--   from lodestream.mineral_country final
--   where country = 'PK' and (mineral = 'tungsten' or has(rolls_up_to, 'tungsten'))
--     and basis in ('sentence', 'title') and story_role != 'repeat'
--   group by week order by week
--   with fill step toIntervalWeek(1);
