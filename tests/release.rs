//! Promise: a release holds the program, its manual and completions, and checksums that fit; the same files give the same bytes.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a command prints, which must succeed.
fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The files of a release in a folder of its own.
fn package(place: &Path) -> PathBuf {
    // Stripped, as what is shipped is: the tests' own binary is five times as large.
    let binary = place.join("lodestream");
    succeed(Command::new("strip").arg("-o").args([&binary, Path::new(env!("CARGO_BIN_EXE_lodestream"))]));
    let sbom = place.join("sbom.json");
    fs::write(&sbom, "{}").unwrap();
    let folder = place.join("files");
    let script = root().join("deploy/release/package.sh");
    succeed(Command::new("sh").arg(script).args([&binary, &sbom, &folder]).env("SOURCE_DATE_EPOCH", "1760000000"));
    folder
}

#[test]
fn a_release_holds_everything_with_checksums() {
    let [first, second] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let folder = package(first.path());
    let names: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let archive = names.iter().find(|name| name.ends_with(".tar.gz")).unwrap().clone();
    assert!(archive.starts_with(&format!("lodestream-{VERSION}-")), "{archive}");
    assert_eq!(
        names,
        BTreeSet::from([archive.clone(), format!("lodestream-{VERSION}.cdx.json"), "SHA256SUMS".to_owned()])
    );
    succeed(Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&folder));

    let unpacked = first.path().join("unpacked");
    fs::create_dir(&unpacked).unwrap();
    succeed(Command::new("tar").arg("-xzf").arg(folder.join(&archive)).arg("-C").arg(&unpacked));
    let tree = unpacked.join(archive.trim_end_matches(".tar.gz"));
    let version = succeed(Command::new(tree.join("bin/lodestream")).arg("--version"));
    assert_eq!(version.trim(), format!("lodestream {VERSION}"));
    for file in [
        "share/man/man1/lodestream.1.gz",
        "share/man/man1/lodestream-timeline-query.1.gz",
        "share/bash-completion/completions/lodestream",
        "share/zsh/site-functions/_lodestream",
        "share/fish/vendor_completions.d/lodestream.fish",
        "share/doc/lodestream/LICENSE",
        "share/doc/lodestream/lodestream.example.toml",
        "share/doc/lodestream/enriched-article.v1.json",
    ] {
        assert!(tree.join(file).metadata().is_ok_and(|file| file.len() > 0), "{file} is missing or empty");
    }

    let again = package(second.path());
    let sums = |folder: &Path| fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums(&folder), sums(&again), "the same files, other bytes");
}

#[test]
fn every_command_has_a_page_and_is_completed() {
    let place = tempfile::tempdir().unwrap();
    let program = || Command::new(env!("CARGO_BIN_EXE_lodestream"));
    succeed(program().arg("man").arg(place.path()));
    let completions =
        ["bash", "zsh", "fish", "elvish", "powershell"].map(|shell| succeed(program().args(["completions", shell])));
    for command in
        ["run", "enrich", "feed", "check", "verify", "timeline-query", "eval", "lexicon", "demo", "completions", "man"]
    {
        let page = fs::read_to_string(place.path().join(format!("lodestream-{command}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains("Examples:"), "the page of {command}:\n{page}");
        for script in &completions {
            let name = command.split('-').next_back().unwrap();
            assert!(script.contains(name), "{name} is not completed");
        }
    }
    let syntax = place.path().join("completions");
    fs::write(&syntax, &completions[0]).unwrap();
    succeed(Command::new("bash").arg("-n").arg(&syntax));
}

/// The versions that a release bears: chart, image and changelog say the same as the program.
#[test]
fn the_version_is_one() {
    let read = |file: &str| fs::read_to_string(root().join(file)).unwrap();
    let chart = read("deploy/helm/lodestream/Chart.yaml");
    assert!(
        chart.lines().any(|line| line == format!("appVersion: {VERSION}")),
        "the chart runs another version:\n{chart}"
    );
    let changelog = read("CHANGELOG.md");
    let newest = changelog.lines().find_map(|line| line.strip_prefix("## ")).unwrap();
    assert!(newest == "Unreleased" || newest.starts_with(VERSION), "the changelog begins with {newest}");
}
