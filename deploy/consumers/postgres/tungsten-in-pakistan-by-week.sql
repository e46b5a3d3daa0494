-- Tungsten in Pakistan, by week of publication (UTC, weeks begin on Monday); weeks without an article are there with zeros.
with found as (
    select
        date_trunc('week', article.published_at at time zone 'UTC')::date as week,
        article.event_id,
        coalesce(article.story, article.event_id) as story,
        article.source,
        pair.mention_count
    from lodestream.mineral_country as pair
    join lodestream.article using (event_id)
    where pair.country = 'PK'
      and 'tungsten' = any (pair.mineral || pair.rolls_up_to)
      -- the article names both in one sentence or headline, rather than somewhere
      and pair.basis in ('sentence', 'title')
      and article.story_role is distinct from 'repeat'
),
weeks as (
    select generate_series(min(week), max(week), interval '1 week')::date as week from found
)
select
    weeks.week,
    count(distinct found.event_id) as articles,
    count(distinct found.story)    as stories,
    count(distinct found.source)   as sources,
    coalesce(sum(found.mention_count), 0) as mentions
from weeks
left join found using (week)
group by weeks.week
order by weeks.week;
