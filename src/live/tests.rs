use super::*;
use crate::article::RawRecord;
use crate::pipeline::{Pipeline, PipelineSettings};
use crate::stream::Kept;
use crate::stream::timeline::Follower;
use crate::timeline::{Bucket, Hour, TimelineRecord, Totals};
use answers::{ArticlesAnswer, Kind, TotalsState};
use serde_json::{Value, json};
use std::sync::OnceLock;

fn lexicon() -> Arc<Lexicon> {
    static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
    LEXICON.get_or_init(|| Arc::new(Lexicon::embedded().unwrap())).clone()
}

/// A page that holds little; its totals come from where the timeline's settings say.
pub(crate) fn live(articles: usize, timeline: bool) -> Arc<Live> {
    let settings = PageSettings { articles, viewers: 2, ..PageSettings::default() };
    Live::new(settings, &TimelineSettings { enabled: timeline, ..TimelineSettings::default() }, lexicon())
}

/// The event of a raw article, as it is published.
fn event(raw: &Value) -> Arc<[u8]> {
    let pipeline = Pipeline::new(&PipelineSettings::default(), lexicon()).unwrap();
    let value = raw.to_string();
    let enriched = pipeline.enrich(&RawRecord { value: Some(value.as_bytes()), ..RawRecord::default() }).unwrap();
    serde_json::to_vec(&enriched.event).unwrap().into()
}

/// Commits articles, each counted with one mention of copper in Chile in its hour.
pub(crate) fn commit(live: &Live, articles: &[Value]) {
    let mut kept = Kept::default();
    for article in articles {
        kept.events.push_back(event(article));
        if let Some(at) = article["published_at"].as_str() {
            let hour = Hour::of(at.parse().unwrap());
            let bucket = Bucket { hour, mineral: "copper".into(), country: "CL".into() };
            *kept.totals.entry(bucket).or_default() += Totals { mentions: 2, articles: 1, stories: 0 };
        } else {
            kept.undated += 1;
        }
    }
    live.batch_committed(&CommittedBatch { kept, ..CommittedBatch::default() });
}

/// Two articles that are easily told apart.
pub(crate) fn articles() -> [Value; 2] {
    [
        json!({
            "id": "chile", "title": "Chile's copper strike ends", "source": "Pacific Metals Daily", "published_at": "2025-10-01T10:00:00Z",
            "text": "Workers at a copper mine in Chile ended a strike on Monday. President Gabriel Boric welcomed it.\n\nOutput\nChile mined 400,000 tonnes of copper in August."
        }),
        json!({
            "id": "pakistan", "title": "巴铁总理赴美签约,拿稀土换投资", "source": "示例财经", "published_at": "2025-10-03T23:37:00Z",
            "text": "巴基斯坦总理谢里夫赴美签署稀土协议。Pakistan wants to sell tungsten and rare earths to the United States."
        }),
    ]
}

fn ids(answer: &ArticlesAnswer) -> Vec<&str> {
    answer.articles.iter().map(|article| article.id.as_str()).collect()
}

fn wanted(filter: ArticleFilter, words: Option<&str>) -> ArticlesWanted {
    ArticlesWanted { filter, words: words.map(str::to_owned), limit: 10, ..ArticlesWanted::default() }
}

fn span(live: &Live) -> answers::Span {
    live.span(SpanWanted { length: Length::All, ..SpanWanted::default() }).unwrap()
}

#[test]
fn articles_are_found_by_what_is_in_them() {
    let live = live(10, false);
    commit(&live, &articles());
    let some = |value: &str| Some(value.to_owned());
    let all = ArticleFilter::default;
    for (filter, words, expected) in [
        (all(), None, vec!["pakistan", "chile"]),
        (ArticleFilter { mineral: some("copper"), ..all() }, None, vec!["chile"]),
        (ArticleFilter { country: some("US"), ..all() }, None, vec!["pakistan"]),
        (ArticleFilter { mineral: some("tungsten"), country: some("PK"), ..all() }, None, vec!["pakistan"]),
        // Both are there, but not together.
        (ArticleFilter { mineral: some("copper"), country: some("PK"), ..all() }, None, vec![]),
        (ArticleFilter { person: some("gabriel-boric"), ..all() }, None, vec!["chile"]),
        (ArticleFilter { event: some("labour_action"), ..all() }, None, vec!["chile"]),
        (ArticleFilter { event: some("seizure"), ..all() }, None, vec![]),
        (ArticleFilter { to: Some(Hour::of("2025-10-02T00:00:00Z".parse().unwrap())), ..all() }, None, vec!["chile"]),
        (all(), Some("STRIKE ends"), vec!["chile"]),
        // Traditional characters, for simplified ones in the text.
        (all(), Some("巴基斯坦總理"), vec!["pakistan"]),
        (all(), Some("nowhere to be read"), vec![]),
    ] {
        assert_eq!(ids(&live.articles(&wanted(filter.clone(), words))), expected, "{filter:?} {words:?}");
    }
}

#[test]
fn an_excerpt_is_the_sentence_that_says_so_with_its_marks() {
    let live = live(10, false);
    commit(&live, &articles());
    let filter =
        ArticleFilter { mineral: Some("tungsten".into()), country: Some("PK".into()), ..ArticleFilter::default() };
    let answer = live.articles(&wanted(filter, None));
    let article = &answer.articles[0];
    let title = article.title.as_ref().unwrap();
    assert_eq!((title.text.as_str(), title.lang.as_str()), ("巴铁总理赴美签约,拿稀土换投资", "zh"));
    let excerpt = &article.excerpts[0];
    assert_eq!((excerpt.lang.as_str(), excerpt.cut), ("en", false));
    assert_eq!(excerpt.text.trim(), "Pakistan wants to sell tungsten and rare earths to the United States.");
    let characters: Vec<char> = excerpt.text.chars().collect();
    let marked: Vec<(String, Kind, &str)> = excerpt
        .marks
        .iter()
        .map(|mark| (characters[mark.start as usize..mark.end as usize].iter().collect(), mark.kind, mark.id.as_str()))
        .collect();
    let mark = |text: &str, kind, id| (text.to_owned(), kind, id);
    assert_eq!(
        marked,
        [
            mark("Pakistan", Kind::Country, "PK"),
            mark("tungsten", Kind::Mineral, "tungsten"),
            mark("rare earths", Kind::Mineral, "rare-earth-elements"),
            mark("United States", Kind::Country, "US"),
        ]
    );
    assert_eq!(answer.names.countries["PK"], "Pakistan");
}

#[test]
fn the_parts_of_an_article_are_the_whole_text() {
    let live = live(10, false);
    commit(&live, &articles());
    for id in ["chile", "pakistan"] {
        let answer = live.article(id).unwrap();
        let text = answer.event.article.text.as_deref().unwrap();
        let mut at = 0;
        for part in answer.sections.iter().flat_map(|section| &section.parts) {
            assert_eq!(part.start, at);
            at = part.end;
        }
        assert_eq!(at as usize, text.chars().count());
    }
    let chile = live.article("chile").unwrap();
    let headings = chile.sections.iter().flat_map(|section| &section.parts).filter(|part| part.heading).count();
    assert_eq!((chile.sections.len(), headings), (2, 1));
    assert!(live.article("nobody").is_none());
}

#[test]
fn what_is_held_is_bounded_by_number_and_bytes_and_an_id_is_held_once() {
    let live = live(3, false);
    let article = |id: usize, length: usize| json!({ "id": id.to_string(), "text": format!("Copper rose in Chile. {}", "x ".repeat(length)) });
    commit(&live, &(0..10).map(|id| article(id, 0)).collect::<Vec<_>>());
    assert_eq!(live.coverage().articles_held, 3);
    commit(&live, &[article(9, 1), article(9, 2)]);
    assert_eq!(live.coverage().articles_held, 3);
    assert!(live.article("9").unwrap().event.article.text.unwrap().contains("x x"));

    let small = PageSettings { bytes: 20_000, ..PageSettings::default() };
    let live = Live::new(small, &TimelineSettings::default(), lexicon());
    commit(&live, &(0..10).map(|id| article(id, 3_200)).collect::<Vec<_>>());
    assert_eq!(live.coverage().articles_held, 2, "some eight thousand bytes each");
    assert!(live.article("9").is_some() && live.article("7").is_none());
}

#[test]
fn a_list_goes_on_where_the_page_before_ended() {
    let live = live(50, false);
    let article = |id: u32| {
        let hour = format!("2025-10-01T{:02}:00:00Z", id % 5);
        json!({ "id": id.to_string(), "text": "Copper rose in Chile.", "published_at": hour })
    };
    commit(&live, &(0..25).map(article).collect::<Vec<_>>());
    let mut read = Vec::new();
    let mut page = ArticlesWanted { limit: 10, ..ArticlesWanted::default() };
    loop {
        let answer = live.articles(&page);
        assert_eq!(answer.found, 25);
        read.extend(ids(&answer).iter().map(|id| id.parse::<u32>().unwrap()));
        let Some(next) = answer.next else { break };
        page.before = Some(Cursor::parse(&next).unwrap());
    }
    let mut expected: Vec<u32> = (0..25).collect();
    expected.sort_by_key(|id| std::cmp::Reverse((id % 5, *id)));
    assert_eq!(read, expected);
    let newest = live.articles(&ArticlesWanted { order: Order::Read, limit: 1, ..ArticlesWanted::default() });
    assert_eq!(ids(&newest), ["24"]);
}

#[test]
fn without_a_timeline_the_totals_are_those_of_this_instance() {
    let live = live(10, false);
    assert!(live.wanted().totals);
    commit(&live, &articles());
    commit(&live, &[json!({ "id": "undated", "text": "Copper rose in Chile." })]);
    let answer = live.pairs(&PairFilter::default(), span(&live), 10);
    assert_eq!(answer.coverage.totals, TotalsFrom::ThisInstance);
    assert_eq!(answer.coverage.undated, Some(1));
    let row = &answer.pairs[0];
    assert_eq!((row.mineral.as_str(), row.country.as_str(), row.counts.mentions), ("copper", "CL", 4));
    assert_eq!((row.counts.stories, row.series.iter().sum::<u64>()), (None, 4));
    assert_eq!(row.first.start().to_string(), "2025-10-01T10:00:00Z");
    assert_eq!(answer.mentions, 4);
    let series = live.series(&PairFilter { mineral: Some("copper".into()), country: Some("CL".into()) }, span(&live));
    assert_eq!(series.points.iter().map(|point| point.counts.mentions).sum::<u64>(), 4);
    assert_eq!(series.last_ever.unwrap().start().to_string(), "2025-10-03T23:00:00Z");
    let nothing = live.series(&PairFilter { mineral: Some("gold".into()), country: None }, span(&live));
    assert_eq!((nothing.sum.mentions, nothing.first_ever), (0, None));
}

fn record(live: &mut impl Follower, hour: u32, country: &str, part: u64, mentions: u64) {
    let key = format!(
        "{{\"hour\":\"2025-10-03T{hour:02}:00:00Z\",\"mineral\":\"tungsten\",\"country\":\"{country}\",\"part\":{part}}}"
    );
    let value = json!({ "mentions": mentions, "articles": 1, "stories": 1 }).to_string();
    live.record(0, &TimelineRecord::read(key.as_bytes(), Some(value.as_bytes())).unwrap());
}

#[test]
fn a_timeline_is_followed_and_read_again_without_a_gap() {
    let live = live(10, true);
    assert!(!live.wanted().totals);
    let mentions = || live.pairs(&PairFilter::default(), span(&live), 10).mentions;
    let mut follower = live.follower();
    follower.begins();
    record(&mut follower, 1, "PK", 1, 5);
    record(&mut follower, 1, "PK", 2, 2);
    follower.turn(false);
    assert_eq!((mentions(), live.coverage().state), (7, TotalsState::CatchingUp));
    follower.turn(true);
    record(&mut follower, 1, "PK", 1, 6);
    assert_eq!((mentions(), live.coverage().state), (8, TotalsState::Current));

    follower.failed("the broker went for lunch");
    assert_eq!(live.coverage().state, TotalsState::Unavailable);
    assert!(live.coverage().reason.unwrap().contains("lunch"));
    follower.begins();
    record(&mut follower, 1, "PK", 1, 6);
    assert_eq!(mentions(), 8, "what was read before is shown until all of it is read again");
    record(&mut follower, 2, "PK", 2, 9);
    follower.turn(true);
    assert_eq!((mentions(), live.coverage().reason), (15, None));
}

#[test]
fn totals_are_bounded_and_say_what_is_left_out() {
    let settings = PageSettings { buckets: 1_000, ..PageSettings::default() };
    let live = Live::new(settings, &TimelineSettings::default(), lexicon());
    let mut follower = live.follower();
    follower.begins();
    for part in 0..3_000_u64 {
        record(&mut follower, (part % 24) as u32, &format!("X{part}"), part, 1);
    }
    follower.turn(true);
    let coverage = live.coverage();
    let complete_from = coverage.complete_from.expect("hours were left out");
    assert_eq!(coverage.first, Some(complete_from));
    let answer = live.pairs(&PairFilter::default(), span(&live), 10_000);
    assert!(answer.pairs.len() <= 1_000, "{}", answer.pairs.len());
    // A late change of an hour that was left out changes nothing.
    record(&mut follower, 0, "PK", 9_999, 1);
    assert_eq!(live.pairs(&PairFilter::default(), span(&live), 1).mentions, answer.mentions);
}

#[test]
fn words_mean_what_they_name_in_any_language() {
    let live = live(10, false);
    commit(&live, &articles());
    let first =
        |words: &str| live.suggest(words, 5).suggestions.into_iter().next().map(|one| (one.kind, one.id, one.articles));
    for (words, kind, id, articles) in [
        ("稀土", Kind::Mineral, "rare-earth-elements", 1),
        ("tungs", Kind::Mineral, "tungsten", 1),
        ("巴铁", Kind::Country, "PK", 1),
        ("pk", Kind::Country, "PK", 1),
        ("boric", Kind::Person, "gabriel-boric", 1),
        ("labour", Kind::Event, "labour_action", 1),
    ] {
        assert_eq!(first(words), Some((kind, id.to_owned(), articles)), "{words}");
    }
    assert_eq!(first("   "), None);
    assert_eq!(live.suggest("a", 3).suggestions.len(), 3);
}

#[test]
fn those_who_watch_are_told_what_is_new() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let live = live(10, false);
    let (hello, mut viewer) = live.watch().unwrap();
    assert_eq!(hello.kind, "hello");
    commit(&live, &articles());
    live.turn();
    let [articles, pairs] = [0, 1].map(|_| runtime.block_on(viewer.next()).unwrap());
    let data: Value = serde_json::from_str(&articles.data).unwrap();
    assert_eq!((articles.kind, &data["articles"][0]["id"], &data["more"]), ("articles", &json!("pakistan"), &json!(0)));
    let data: Value = serde_json::from_str(&pairs.data).unwrap();
    assert_eq!((pairs.kind, &data["pairs"]), ("pairs", &json!([{ "mineral": "copper", "country": "CL" }])));
    live.turn();
    live.close();
    assert_eq!(runtime.block_on(viewer.next()), None, "nothing is new");
}
