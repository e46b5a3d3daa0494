use super::*;
use crate::metrics::Vocabulary;
use std::sync::atomic::{AtomicBool, Ordering};

/// Well or not, as the test says.
#[derive(Default)]
struct Switch(AtomicBool);

impl Probe for Switch {
    fn live(&self) -> Result<(), Vec<String>> {
        Ok(())
    }

    fn ready(&self) -> Result<(), Vec<String>> {
        match self.0.load(Ordering::SeqCst) {
            true => Ok(()),
            false => Err(vec!["worker 0 has <no> partition yet".into()]),
        }
    }
}

struct Running {
    url: String,
    probe: Arc<Switch>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    server: tokio::task::JoinHandle<io::Result<()>>,
    runtime: tokio::runtime::Runtime,
}

fn start() -> Running {
    start_with(None)
}

fn start_with(live: Option<Arc<Live>>) -> Running {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(bind(([127, 0, 0, 1], 0).into())).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let probe = Arc::new(Switch::default());
    let metrics = Arc::new(Metrics::new(Vocabulary::default()).unwrap());
    let status = Status { metrics, probe: probe.clone(), lexicon_version: "abc123".into(), live };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = runtime.spawn(serve(listener, status, async { _ = stopped.await }));
    Running { url, probe, stop: Some(stop), server, runtime }
}

/// Status, content type and body.
fn get(url: &str) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut response = agent.get(url).call().unwrap();
    let kind = response.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
    (response.status().as_u16(), kind, response.body_mut().read_to_string().unwrap())
}

#[test]
fn metrics_are_prometheus_text() {
    let running = start();
    let (status, kind, body) = get(&format!("{}/metrics", running.url));
    assert_eq!((status, kind.as_str()), (200, "text/plain; version=0.0.4"));
    assert!(body.contains("# TYPE lodestream_transactions_total counter\n"), "{body}");
}

#[test]
fn probes_give_their_reasons() {
    let running = start();
    let ready = format!("{}/readyz", running.url);
    let (status, kind, body) = get(&ready);
    assert_eq!((status, kind.as_str()), (503, "application/json"));
    assert_eq!(body, r#"{"status":"unavailable","reasons":["worker 0 has <no> partition yet"]}"#);
    assert_eq!(get(&format!("{}/livez", running.url)).0, 200);

    running.probe.0.store(true, Ordering::SeqCst);
    assert_eq!(get(&ready), (200, "application/json".into(), r#"{"status":"ok"}"#.into()));
}

#[test]
fn the_page_and_its_files_are_served_with_a_strict_policy() {
    let running = start_with(Some(crate::live::tests::live(10, false)));
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/?mineral=tungsten&country=PK", "text/html; charset=utf-8"),
        ("/assets/page.css", "text/css; charset=utf-8"),
        ("/assets/main.js", "text/javascript; charset=utf-8"),
        ("/assets/world.json", "application/json"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let answer = agent.get(format!("{}{path}", running.url)).call().unwrap();
        let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!((answer.status().as_u16(), header("content-type").as_str()), (200, kind), "{path}");
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; ") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        let again = agent.get(format!("{}{path}", running.url)).header("if-none-match", header("etag")).call().unwrap();
        assert_eq!(again.status().as_u16(), 304, "{path}");
    }
    for path in ["/assets/nothing.js", "/assets/..%2Fmod.rs", "/assets/%2e%2e%2f%2e%2e%2fCargo.toml", "/assets/"] {
        assert_eq!(get(&format!("{}{path}", running.url)).0, 404, "{path}");
    }
}

#[test]
fn the_page_is_whole() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/page");
    let read = |name: &str| std::fs::read_to_string(directory.join(name)).unwrap();
    let mut size = 0;
    for file in std::fs::read_dir(&directory).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let text = read(&name);
        size += text.len();
        // What a module imports, and what the page names, is there.
        let imports = text.split("from \"./").skip(1).map(|rest| rest.split('"').next().unwrap());
        let named = text.split("\"/assets/").skip(1).map(|rest| rest.split('"').next().unwrap());
        for other in imports.chain(named) {
            assert!(directory.join(other).exists(), "{name} names {other}, which is not there");
        }
        let forbidden = [".innerHTML", ".outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "new Function"];
        for word in forbidden.into_iter().filter(|_| name.ends_with(".js")) {
            assert!(!text.contains(word), "{name}: {word}: texts of articles are set as text only");
        }
    }
    assert!(size < 300_000, "{size} bytes in every binary");
}

#[test]
fn streams_of_changes_end_with_the_server() {
    use std::io::{BufRead, BufReader};
    let mut running = start_with(Some(crate::live::tests::live(10, false)));
    let answer = ureq::get(format!("{}/api/v1/stream", running.url)).call().unwrap();
    let mut lines = BufReader::new(answer.into_body().into_reader()).lines().map(Result::unwrap);
    assert_eq!(lines.next().as_deref(), Some("event: hello"));
    let started = std::time::Instant::now();
    running.stop.take().unwrap().send(()).unwrap();
    running.runtime.block_on(running.server).unwrap().unwrap();
    assert!(started.elapsed() < GRACE, "an open page must not hold up the end");
    assert_eq!(lines.find(|line| line.starts_with("event: ")), None);
}

#[test]
fn without_the_page_there_is_no_api() {
    let running = start();
    assert_eq!(get(&format!("{}/api/v1/articles", running.url)).0, 404);
}

#[test]
fn where_the_page_is_off_a_small_one_says_what_this_is() {
    let running = start();
    let (status, kind, body) = get(&running.url);
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    for expected in
        ["/metrics", "abc123", env!("CARGO_PKG_VERSION"), "not ready: worker 0 has &lt;no&gt; partition yet"]
    {
        assert!(body.contains(expected), "{expected} is not in {body}");
    }
    for placeholder in ["{version}", "{lexicon}", "{class}", "{readiness}"] {
        assert!(!body.contains(placeholder), "{body}");
    }
}

#[test]
fn another_path_names_those_that_exist() {
    let running = start();
    let (status, _, body) = get(&format!("{}/metricz", running.url));
    assert_eq!(status, 404);
    assert!(body.starts_with("there is nothing at /metricz\n") && body.contains("/readyz"), "{body}");
}

#[test]
fn a_taken_port_is_one_clear_error() {
    let running = start();
    let taken: SocketAddr = running.url.trim_start_matches("http://").parse().unwrap();
    let message = running.runtime.block_on(bind(taken)).unwrap_err().to_string();
    assert!(message.starts_with(&format!("cannot listen on {taken}: ")) && message.contains("--listen"), "{message}");
}

#[test]
fn it_stops_even_while_a_client_holds_a_connection() {
    use std::io::Write;
    let mut running = start();
    let mut idle = std::net::TcpStream::connect(running.url.trim_start_matches("http://")).unwrap();
    idle.write_all(b"GET /metrics HTTP/1.1\r\nHost: here\r\n").unwrap(); // and never ends its request
    assert_eq!(get(&format!("{}/livez", running.url)).0, 200);
    running.stop.take().unwrap().send(()).unwrap();
    let ended = running.runtime.block_on(async { tokio::time::timeout(GRACE * 3, running.server).await });
    ended.expect("the server must end within its grace").unwrap().unwrap();
}
