//! Every `lodestream` command that the README shows works as it stands there, on a real Kafka.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

mod support;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The lines of the README's shell blocks that call the program.
fn commands() -> Vec<String> {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let lines = blocks.flat_map(str::lines).filter(|line| line.starts_with("lodestream "));
    lines.map(str::to_owned).collect()
}

fn shell(command: &str) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_lodestream"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    // `exec`: what is ended by its id is the program, not the shell around it.
    shell.arg("-c").arg(format!("exec {command}")).current_dir(env!("CARGO_MANIFEST_DIR")).env("PATH", path);
    shell.env("LODESTREAM_BOOTSTRAP_SERVERS", support::Broker::shared().bootstrap());
    shell.env("LODESTREAM_INSTANCE", "readme").stdin(Stdio::null()).stdout(Stdio::null());
    shell
}

/// The service, started as the README says, on a port that is free here.
fn start(command: &str) -> (Child, String) {
    let address = format!("127.0.0.1:{}", support::free_port());
    let child = shell(&command.replace("127.0.0.1:9184", &address)).spawn().unwrap();
    let url = format!("http://{address}/readyz");
    let deadline = Instant::now() + Duration::from_secs(60);
    while ureq::get(&url).call().is_err() {
        assert!(Instant::now() < deadline, "`{command}` is not ready after a minute");
        std::thread::sleep(Duration::from_millis(200));
    }
    (child, address)
}

#[test]
fn every_command_of_the_readme_works() {
    let commands = commands();
    assert!(commands.len() >= 7, "the README shows only {commands:?}");
    std::fs::create_dir_all(Path::new(env!("CARGO_MANIFEST_DIR")).join("target")).unwrap();
    let mut service = None;
    for command in &commands {
        if command.starts_with("lodestream run") {
            service = Some(start(command));
            continue;
        }
        if command.starts_with("lodestream verify") {
            // What was fed must have gone through before the proof is asked for.
            let (_, address) = service.as_ref().expect("`run` stands before `verify`");
            let url = format!("http://{address}/metrics");
            support::wait_until("the fed articles are consumed", || {
                let metrics = ureq::get(&url).call().unwrap().body_mut().read_to_string().unwrap();
                let consumed = metrics.lines().find(|line| line.starts_with("lodestream_articles_consumed_total{"));
                let fed = std::fs::read_to_string("samples/articles.jsonl").unwrap().lines().count() as f64;
                consumed.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).is_some_and(|count| count >= fed)
            });
        }
        let status = shell(command).status().unwrap();
        assert!(status.success(), "`{command}` ended with {status}");
    }
    let (mut child, _) = service.expect("the README shows `lodestream run`");
    let ended = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(ended.success() && child.wait().unwrap().success(), "the service does not end in order");
}
