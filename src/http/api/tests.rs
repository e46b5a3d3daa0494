use super::*;
use crate::live::tests::{articles, commit, live};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};

/// Ready, and not.
struct Well;

impl Probe for Well {
    fn live(&self) -> Result<(), Vec<String>> {
        Ok(())
    }

    fn ready(&self) -> Result<(), Vec<String>> {
        Err(vec!["no partition yet".into()])
    }
}

struct Running {
    url: String,
    live: Arc<Live>,
    description: Value,
    _runtime: tokio::runtime::Runtime,
}

/// The API over HTTP, with two articles.
fn start() -> Running {
    let live = live(10, false);
    commit(&live, &articles());
    let api = Api { live: live.clone(), probe: Arc::new(Well), lexicon_version: "abc".into() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/api/v1", listener.local_addr().unwrap());
    runtime.spawn(async move { axum::serve(listener, router(api)).await });
    let description = get(&format!("{url}/openapi.json")).1;
    Running { url, live, description, _runtime: runtime }
}

fn get(url: &str) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.get(url).call().unwrap();
    assert_eq!(answer.headers().get("cache-control").unwrap(), "no-store", "{url}");
    (answer.status().as_u16(), serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap())
}

impl Running {
    fn get(&self, path: &str) -> (u16, Value) {
        get(&format!("{}/{path}", self.url))
    }

    /// Faults of an answer by the schema that the description has for it.
    fn faults(&self, schema: &Value, answer: &Value) -> Vec<String> {
        let mut whole = schema.clone();
        whole["components"] = self.description["components"].clone();
        let validator = jsonschema::validator_for(&whole).unwrap();
        validator.iter_errors(answer).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    fn schema(&self, path: &str, status: u16) -> Value {
        let content =
            &self.description["paths"][format!("/api/v1/{path}")]["get"]["responses"][status.to_string()]["content"];
        content
            .as_object()
            .and_then(|kinds| kinds.values().next())
            .map(|kind| kind["schema"].clone())
            .expect("described")
    }
}

#[test]
fn the_description_is_openapi_and_names_every_path() {
    let running = start();
    assert_eq!(running.description["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let paths: Vec<_> = running.description["paths"].as_object().unwrap().keys().collect();
    let expected =
        ["article", "articles", "pairs", "series", "status", "stream", "suggest"].map(|path| format!("/api/v1/{path}"));
    assert_eq!(paths, expected.iter().collect::<Vec<_>>());
    // Everything that is referred to is there.
    let text = running.description.to_string();
    let names = text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut count = 0;
    for name in names {
        assert!(running.description["components"]["schemas"].get(name).is_some(), "{name} is not described");
        count += 1;
    }
    assert!(count > 30, "{count}");
}

#[test]
fn every_answer_obeys_the_description() {
    let running = start();
    for (query, status) in [
        ("status", 200),
        ("status?x=1", 400),
        ("pairs", 200),
        ("pairs?span=all&limit=1", 200),
        ("pairs?mineral=gold&from=2025-10-01&to=2025-10-02&step=1h", 200),
        ("pairs?mineral=unobtainium", 400),
        ("series?mineral=copper&country=CL", 200),
        ("series?country=none", 200),
        ("series?from=2025-10-02&to=2025-10-01", 400),
        ("articles", 200),
        ("articles?limit=1&order=read", 200),
        ("articles?q=strike&event=labour_action", 200),
        ("articles?limit=0", 400),
        ("article?id=pakistan", 200),
        ("article?id=chile", 200),
        ("article?id=nobody", 404),
        ("article", 400),
        ("suggest?q=稀土", 200),
        ("suggest?q=a&limit=51", 400),
    ] {
        let (got, answer) = running.get(query);
        assert_eq!(got, status, "{query}: {answer}");
        let schema = running.schema(query.split('?').next().unwrap(), status);
        assert_eq!(running.faults(&schema, &answer), Vec::<String>::new(), "{query}: {answer:#}");
    }
    // And what is no such answer does not.
    let schema = running.schema("pairs", 200);
    let (_, mut answer) = running.get("pairs?span=all");
    answer["pairs"][0]["mentions"] = json!("many");
    assert_eq!(running.faults(&schema, &answer).len(), 1);
    let (_, mut article) = running.get("article?id=chile");
    article["event"]["commodities"][0]["kind"] = json!("dust");
    assert_eq!(running.faults(&running.schema("article", 200), &article).len(), 1);
}

#[test]
fn faults_have_a_stable_code_and_words_that_help() {
    let running = start();
    for (query, code, words) in [
        ("pairs?minral=gold", "unknown_parameter", "there are mineral, country, from, to, span, step, limit"),
        ("pairs?mineral=tungstn", "unknown_mineral", "suggest"),
        ("pairs?country=Pakistan", "unknown_country", "alpha-2"),
        ("pairs?from=yesterday", "bad_parameter", "write 2025-10-01"),
        ("pairs?span=long", "bad_parameter", "7d"),
        ("pairs?step=90m", "bad_parameter", "1h"),
        ("pairs?from=1990-01-01&step=1h", "bad_span", "wider"),
        ("pairs?limit=many", "bad_parameter", "limit"),
        ("articles?before=soon", "bad_parameter", "next"),
        ("articles?order=random", "bad_parameter", "published"),
        ("article?id=nobody", "not_held", "newest"),
        ("nothing", "not_found", "openapi.json"),
    ] {
        let (_, answer) = running.get(query);
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(answer["error"]["code"] == code && message.contains(words), "{query}: {answer}");
    }
    let long = format!("articles?q={}", "x".repeat(2_000));
    assert_eq!(running.get(&long).1["error"]["code"], "bad_parameter");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let posted = agent.post(format!("{}/pairs", running.url)).send_empty().unwrap();
    assert_eq!(posted.status().as_u16(), 405);
}

#[test]
fn countries_and_times_are_taken_as_people_write_them() {
    let running = start();
    let mentions = |query: &str| running.get(&format!("pairs?{query}")).1["mentions"].as_u64().unwrap();
    assert_eq!(mentions("mineral=copper&country=cl&span=all"), 4);
    assert_eq!(mentions("mineral=copper&country=&from=2025-10-03&to=2025-10-04"), 2);
    // As Grafana's links have them.
    assert_eq!(mentions("from=1759276800000&to=1759363200000"), 2);
}

/// The next event of the stream that has a name: the name, and its data.
fn next(lines: &mut impl Iterator<Item = String>) -> (String, Value) {
    let name = lines.find_map(|line| line.strip_prefix("event: ").map(str::to_owned)).unwrap();
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).unwrap();
    (name, serde_json::from_str(&data).unwrap())
}

#[test]
fn the_stream_says_what_is_new_and_obeys_the_description() {
    let running = start();
    let answer = ureq::get(format!("{}/stream", running.url)).call().unwrap();
    assert_eq!(answer.headers().get("content-type").unwrap(), "text/event-stream");
    let mut lines = BufReader::new(answer.into_body().into_reader()).lines().map(Result::unwrap);
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let (name, data) = next(&mut lines);
    assert_eq!((name.as_str(), running.faults(&schema("Coverage"), &data)), ("hello", vec![]));
    // A second place, and there is no third.
    let _second = running.live.watch().unwrap();
    let (status, fault) = get(&format!("{}/stream", running.url));
    assert_eq!((status, &fault["error"]["code"]), (503, &json!("too_many_viewers")));

    commit(&running.live, &articles());
    running.live.turn();
    for (kind, described) in [("articles", "NewArticles"), ("pairs", "ChangedPairs")] {
        let (name, data) = next(&mut lines);
        assert_eq!((name.as_str(), running.faults(&schema(described), &data)), (kind, vec![]), "{data}");
    }
    running.live.close();
    assert_eq!(lines.find(|line| line.starts_with("event: ")), None);
}
