//! A real Prometheus for the tests.
#![allow(dead_code, reason = "each test binary uses its part")]

use serde_json::Value;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// The folder of `prometheus` and `promtool`; fetches them where the system has none.
pub(crate) fn tools() -> &'static Path {
    static TOOLS: OnceLock<PathBuf> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let cache = std::env::var_os("LODESTREAM_TEST_CACHE")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".cache"), PathBuf::from);
        let fetched = script().arg("fetch").arg(cache).output().unwrap();
        assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
        String::from_utf8(fetched.stdout).unwrap().trim().into()
    })
}

/// Runs `promtool`, which must find nothing wrong.
pub(crate) fn promtool(arguments: &[&str]) {
    let ended = Command::new(tools().join("promtool"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(ended.status.success(), "promtool {}:\n{said}", arguments.join(" "));
}

/// Makes blocks of an OpenMetrics file for a Prometheus that does not run. Its default, a block for each two hours, takes a minute
/// for a month.
pub(crate) fn create_blocks(file: &Path, data: &Path) {
    let arguments = ["tsdb", "create-blocks-from", "--max-block-duration=64h", "openmetrics"];
    promtool(&[&arguments[..], &[file.to_str().unwrap(), data.to_str().unwrap()]].concat());
}

fn script() -> Command {
    let mut command = Command::new("sh");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/prometheus.sh"));
    command
}

/// Why Prometheus did not answer a question.
#[derive(Debug)]
pub(crate) struct Refused {
    /// `bad_data`: the question is wrong, and will be.
    pub(crate) kind: String,
    /// Its words.
    pub(crate) message: String,
}

/// An authority, and a certificate by it for this machine.
const CERTIFICATES: &str = "
    new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
    $new -x509 -days 2 -subj /CN=authority -keyout ca.key -out ca.pem
    $new -subj /CN=prometheus -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out request.pem
    openssl x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions copy -out cert.pem
";
/// The password is `right`, hashed as cheaply as may be.
const WEB: &str = "tls_server_config: {cert_file: cert.pem, key_file: key.pem}
basic_auth_users: {miner: $2b$04$8mGgEQaFIzckHBAjlaobVenLgrxt394MWbZAAEgFjjGK95m1iAidS}
";

/// Says who asks: `miner:right`. Only one that is guarded looks at it.
fn authenticate(
    mut request: ureq::http::Request<ureq::SendBody<'_>>,
    next: ureq::middleware::MiddlewareNext<'_>,
) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    let value = ureq::http::HeaderValue::from_static("Basic bWluZXI6cmlnaHQ=");
    request.headers_mut().insert("Authorization", value);
    next.handle(request)
}

/// A Prometheus that does not run: its place on the disk and on the net.
pub(crate) struct Stopped {
    port: u16,
    scrapes: bool,
    /// Speaks TLS only, with a certificate of its own authority, and only to the user `miner` with the password `right`.
    guarded: bool,
    directory: tempfile::TempDir,
}

impl Stopped {
    /// One with these files, of which `prometheus.yml` is the configuration.
    pub(crate) fn new(files: &[(&str, String)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let stopped = Self { port, scrapes: false, guarded: false, directory };
        files.iter().for_each(|(name, text)| stopped.write(name, text));
        stopped
    }

    /// One that takes samples as old as this. It scrapes itself, as every real one scrapes something: its clock stands at now. The clock of
    /// one that scrapes nothing stands at what is pushed; it then compacts in the middle of a push, and was seen to lose a sample.
    pub(crate) fn taking(window: &str) -> Self {
        let mut stopped = Self::new(&[]);
        stopped.scrapes = true;
        let target = format!("127.0.0.1:{}", stopped.port);
        let scrape = format!("{{job_name: self, scrape_interval: 1s, static_configs: [{{targets: ['{target}']}}]}}");
        let storage = format!("{{tsdb: {{out_of_order_time_window: {window}}}}}");
        stopped.write("prometheus.yml", &format!("scrape_configs: [{scrape}]\nstorage: {storage}\n"));
        stopped
    }

    /// The same, by TLS only, and only for the user `miner` with the password `right`.
    pub(crate) fn guarded(mut self) -> Self {
        self.guarded = true;
        let made = Command::new("sh").args(["-ec", CERTIFICATES]).current_dir(self.directory.path()).output().unwrap();
        assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
        self.write("web.yml", WEB);
        self
    }

    /// The certificate of its authority.
    pub(crate) fn authority(&self) -> PathBuf {
        self.directory.path().join("ca.pem")
    }

    fn url(&self, path: &str) -> String {
        format!("http{}://127.0.0.1:{}{path}", if self.guarded { "s" } else { "" }, self.port)
    }

    /// Writes a file beside its configuration.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.directory.path().join(name), text).unwrap();
    }

    /// Where its data are.
    pub(crate) fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Where it takes remote write when it runs.
    pub(crate) fn write_url(&self) -> String {
        self.url("/api/v1/write")
    }

    /// Starts it, with these flags beside its own.
    pub(crate) fn start_with(self, flags: &[&str]) -> Prometheus {
        let log = fs::File::create(self.directory.path().join("log")).unwrap();
        let mut child = script()
            .arg("serve")
            .arg(tools())
            .arg(format!("--config.file={}", self.directory.path().join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", self.data().display()))
            .arg("--storage.tsdb.retention.time=50y")
            .arg(format!("--web.listen-address=127.0.0.1:{}", self.port))
            .args(flags)
            .args(
                self.guarded.then(|| format!("--web.config.file={}", self.directory.path().join("web.yml").display())),
            )
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let watch = child.stdin.take();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .tls_config(self.tls())
            .middleware(authenticate)
            .build()
            .new_agent();
        let scrapes = self.scrapes;
        let prometheus = Prometheus { child, watch, stopped: Some(self), agent };
        prometheus.wait_until_ready();
        let started = Instant::now();
        while scrapes && prometheus.values("up").unwrap().is_empty() {
            assert!(started.elapsed() < Duration::from_secs(60), "Prometheus does not scrape");
            std::thread::sleep(Duration::from_millis(100));
        }
        prometheus
    }

    fn tls(&self) -> TlsConfig {
        let roots = fs::read(self.authority())
            .ok()
            .map(|pem| RootCerts::from([Certificate::from_pem(&pem).unwrap()].into_iter()));
        TlsConfig::builder().root_certs(roots.unwrap_or(RootCerts::WebPki)).build()
    }

    /// Starts it, so that it takes remote write.
    pub(crate) fn start(self) -> Prometheus {
        self.start_with(&["--web.enable-remote-write-receiver"])
    }
}

/// A running Prometheus. It stops when dropped, and when this process ends.
pub(crate) struct Prometheus {
    child: Child,
    /// While this pipe is open it runs.
    watch: Option<ChildStdin>,
    /// What it is when it does not run.
    stopped: Option<Stopped>,
    agent: ureq::Agent,
}

impl Prometheus {
    /// Starts one with these files, of which `prometheus.yml` is the configuration.
    pub(crate) fn start(files: &[(&str, String)]) -> Self {
        Self::start_on(files, |_| {})
    }

    /// The same, on data that someone lays out beforehand.
    pub(crate) fn start_on(files: &[(&str, String)], lay_out: impl FnOnce(&Path)) -> Self {
        let stopped = Stopped::new(files);
        lay_out(&stopped.data());
        stopped.start()
    }

    /// Kill −9; it can be started again.
    pub(crate) fn stop(mut self) -> Stopped {
        self.end();
        self.stopped.take().unwrap()
    }

    fn place(&self) -> &Stopped {
        self.stopped.as_ref().unwrap()
    }

    /// Where it takes remote write.
    pub(crate) fn write_url(&self) -> String {
        self.place().write_url()
    }

    fn end(&mut self) {
        // Closing the pipe ends the script, and that ends Prometheus.
        drop(self.watch.take());
        _ = self.child.wait();
    }

    /// The `data` of the answer.
    pub(crate) fn get(&self, path: &str, parameters: &[(&str, &str)]) -> Result<Value, Refused> {
        let url = self.place().url(&format!("/api/v1/{path}"));
        let request = parameters.iter().fold(self.agent.get(url), |request, (name, value)| request.query(name, value));
        let text = request.call().unwrap().body_mut().read_to_string().unwrap();
        let mut answer: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"));
        let text = |field: &str| answer[field].as_str().unwrap_or_default().to_owned();
        match answer["status"].as_str() {
            Some("success") => Ok(answer["data"].take()),
            _ => Err(Refused { kind: text("errorType"), message: text("error") }),
        }
    }

    /// The values of an expression now, without those that are not a number.
    pub(crate) fn values(&self, expression: &str) -> Result<Vec<f64>, Refused> {
        let data = self.get("query", &[("query", expression)])?;
        let number = |sample: &Value| sample[1].as_str().unwrap().parse::<f64>().unwrap();
        let values: Vec<f64> = match data["resultType"].as_str() {
            Some("scalar") => vec![number(&data["result"])],
            _ => data["result"].as_array().unwrap().iter().map(|series| number(&series["value"])).collect(),
        };
        Ok(values.into_iter().filter(|value| !value.is_nan()).collect())
    }

    fn wait_until_ready(&self) {
        let started = Instant::now();
        let ready = || {
            let answer = self.agent.get(self.place().url("/-/ready")).call();
            answer.is_ok_and(|answer| answer.status() == 200)
        };
        while !ready() {
            if started.elapsed() > Duration::from_secs(60) {
                let log = fs::read_to_string(self.place().directory.path().join("log")).unwrap_or_default();
                panic!("Prometheus does not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        self.end();
    }
}
