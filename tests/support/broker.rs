//! One real broker: KRaft, one node, a plain listener and one with SASL.

use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

static SHARED: OnceLock<Broker> = OnceLock::new();

/// A running broker. It stops when dropped, and when this process ends.
pub struct Broker {
    port: u16,
    sasl_port: u16,
    child: Child,
    /// While this pipe is open the broker runs.
    watch: Option<ChildStdin>,
    directory: tempfile::TempDir,
    jars: PathBuf,
}

impl Broker {
    /// The broker that all tests of this binary share.
    pub fn shared() -> &'static Self {
        SHARED.get_or_init(Self::start)
    }

    /// Starts a broker of one's own.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// Starts a broker of one's own with these options of the JVM instead of those that make it quick to start.
    pub fn start_with(jvm: Option<&str>) -> Self {
        let cache = std::env::var_os("LODESTREAM_TEST_CACHE")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".cache"), PathBuf::from);
        let fetched = script().arg("fetch").arg(&cache).output().unwrap();
        assert!(fetched.status.success(), "cannot fetch Kafka:\n{}", String::from_utf8_lossy(&fetched.stderr));

        let directory = tempfile::tempdir().unwrap();
        let (port, sasl_port, controller) = (free_port(), free_port(), free_port());
        let properties = directory.path().join("server.properties");
        let data = directory.path().join("data");
        fs::write(&properties, server_properties(port, sasl_port, controller, &data)).unwrap();
        let log = fs::File::create(directory.path().join("broker.log")).unwrap();
        let jars = cache.join("kafka-4.1.0");
        let mut child = script()
            .arg("serve")
            .envs(jvm.map(|options| ("LODESTREAM_TEST_JVM", options)))
            .arg(&jars)
            .arg(&properties)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let watch = child.stdin.take();
        let mut broker = Self { port, sasl_port, child, watch, directory, jars };
        broker.wait_until_ready();
        broker
    }

    /// The folder of Kafka's own tools.
    pub fn jars(&self) -> &Path {
        &self.jars
    }

    /// Where clients connect without a password.
    pub fn bootstrap(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Where clients connect as `miner` with the password `right`, by SCRAM-SHA-256.
    pub fn sasl_bootstrap(&self) -> String {
        format!("127.0.0.1:{}", self.sasl_port)
    }

    /// What Kafka's own console consumer prints of a topic's committed records, key and value: a client that shares no
    /// code with ours.
    pub fn read_by_console_consumer(&self, topic: &str) -> Vec<(String, String)> {
        let read = script().arg("read").arg(&self.jars).arg(self.bootstrap()).arg(topic).output().unwrap();
        let said = String::from_utf8_lossy(&read.stderr);
        assert!(said.contains("Processed a total of"), "the console consumer failed:\n{said}");
        let lines = String::from_utf8(read.stdout).unwrap();
        let records = lines.lines().map(|line| line.split_once('\t').unwrap());
        records.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn wait_until_ready(&mut self) {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap().is_some();
            if ended || started.elapsed() > Duration::from_secs(90) {
                panic!("the broker does not start:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn log(&self) -> String {
        let mut log = String::new();
        let opened = fs::File::open(self.directory.path().join("broker.log"));
        opened.and_then(|mut file| file.read_to_string(&mut log)).map_or_else(|error| error.to_string(), |_| log)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        // Closing the pipe ends the script's watch, and that ends the broker.
        drop(self.watch.take());
        _ = self.child.wait();
    }
}

fn script() -> Command {
    let mut command = Command::new("sh");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/kafka.sh"));
    command
}

/// A port on which nobody listens.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn server_properties(port: u16, sasl_port: u16, controller: u16, data: &Path) -> String {
    format!(
        "process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},SASL://127.0.0.1:{sasl_port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},SASL://127.0.0.1:{sasl_port}
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-256
listener.name.sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
log.dirs={}
num.partitions=1
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
socket.request.max.bytes=104857600
",
        data.display()
    )
}
