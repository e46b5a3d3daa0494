//! `lodestream eval`: how good the walk is, on labelled articles.

use super::options::{ConfigOptions, LexiconOptions};
use super::{Exit, Outcome, Problem, engine};
use crate::eval::{Case, evaluate};
use clap::Args;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Score the extraction on labelled articles, layer by layer
///
/// Reads every *.jsonl file of a directory (or the one file given), enriches each article and prints precision, recall
/// and F1 per layer, beside a plain keyword matcher on the same lexicon, then every miss. The format of the labels is
/// in eval/README.md.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream eval eval/dev
  lodestream eval eval/dev --quiet --min pairs=0.85 --min commodities=0.95

Exit codes: 0 scored, 2 bad usage or labels, 3 a layer is below its --min, or an article could not be read.")]
pub(super) struct Eval {
    /// Directory of *.jsonl files, or one file
    #[arg(value_name = "DIR")]
    labelled: PathBuf,

    /// Do not list the misses
    #[arg(long)]
    quiet: bool,

    /// Print the report as JSON
    #[arg(long)]
    json: bool,

    /// Lowest F1 that a layer may have; repeatable
    #[arg(long, value_name = "LAYER=F1", value_parser = minimum)]
    min: Vec<(String, f64)>,

    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Eval {
    pub(super) fn run(&self) -> Outcome {
        let cases = read(&self.labelled)?;
        let (_, pipeline) = engine::load(&self.config.load_with(self.lexicon.flags())?, false)?;
        let report = evaluate(&pipeline, &cases);
        let mut out = BufWriter::new(std::io::stdout().lock());
        let written = if self.json {
            serde_json::to_writer_pretty(&mut out, &report).map_err(Into::into).and_then(|()| writeln!(out))
        } else {
            write!(out, "{report}").and_then(|()| if self.quiet { Ok(()) } else { misses(&mut out, &report.misses) })
        };
        written.and_then(|()| out.flush()).map_err(|error| Problem::failure(format!("standard output: {error}")))?;
        let mut exit = if report.unreadable.is_empty() { Exit::Success } else { Exit::Incomplete };
        for (layer, minimum) in &self.min {
            let Some((_, score)) = report.scores.iter().find(|(name, _)| name == layer) else { continue };
            if score.f1() < *minimum {
                eprintln!("{layer}: F1 {:.3} is below {minimum}", score.f1());
                exit = Exit::Incomplete;
            }
        }
        Ok(exit)
    }
}

fn misses(out: &mut impl Write, misses: &[crate::eval::Miss]) -> std::io::Result<()> {
    for miss in misses {
        let what = if miss.wrong { "wrong " } else { "missed" };
        writeln!(out, "{what} {:<13} {:<12} {}", miss.layer, miss.case, miss.finding)?;
    }
    Ok(())
}

fn minimum(argument: &str) -> Result<(String, f64), String> {
    let layers = crate::eval::LAYERS;
    let (layer, f1) = argument.split_once('=').ok_or("expected LAYER=F1, such as pairs=0.85")?;
    if !layers.contains(&layer) {
        return Err(format!("there is no layer `{layer}`; the layers are {}", layers.join(", ")));
    }
    match f1.parse() {
        Ok(f1) if (0.0..=1.0).contains(&f1) => Ok((layer.to_owned(), f1)),
        _ => Err(format!("`{f1}` is no number from 0 to 1")),
    }
}

fn read(labelled: &Path) -> Result<Vec<Case>, Problem> {
    let unreadable =
        |path: &Path, error: &dyn std::fmt::Display| Problem::usage(format!("{}: {error}", path.display()));
    let mut files = vec![labelled.to_owned()];
    if labelled.is_dir() {
        let entries = std::fs::read_dir(labelled).map_err(|error| unreadable(labelled, &error))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        files.sort();
    }
    let mut cases = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let case = serde_json::from_str(line);
            cases.push(case.map_err(|error| unreadable(file, &format!("line {}: {error}", number + 1)))?);
        }
    }
    if cases.is_empty() {
        return Err(Problem::usage(format!("{}: there is no labelled article in it (*.jsonl)", labelled.display())));
    }
    Ok(cases)
}
