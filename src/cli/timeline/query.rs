//! `lodestream timeline query`: a table for people, or rows for programs.

use super::super::{Exit, Outcome};
use super::answer::{Wanted, print, step};
use crate::timeline::{Format, Row, Totals};
use clap::{Args, ValueEnum};
use std::io::{self, Write};

/// Ask: minerals by country, by day or hour of publication
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream timeline query --mineral tungsten --country PK --from 2025-10-01 --step 1d
  lodestream timeline query --country CN --step 7d --format json | jq -s 'map(.mentions) | add'

Steps are counted from 1970-01-01T00:00Z; a step in which nothing was published is left out. `stories` are articles that were the
first to tell their story: ten copies of one report are one.")]
pub(in crate::cli) struct Query {
    #[command(flatten)]
    wanted: Wanted,

    /// Width of a row in time: 1h, 6h, 1d, 7d
    #[arg(long, value_name = "TIME", default_value = "1d", value_parser = step)]
    step: u32,

    /// How the answer is written
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// For people
    Table,
    /// A header line, then one line a row
    Csv,
    /// One JSON object a line
    Json,
}

impl Query {
    pub(in crate::cli) fn run(&self) -> Outcome {
        let rows = self.wanted.rows(self.step)?;
        match self.format {
            Form::Csv => print(&rows, Format::Csv),
            Form::Json => print(&rows, Format::JsonLines),
            Form::Table => {
                // a reader that has gone away does not want the rest
                _ = table(&rows.0, &mut io::stdout().lock());
                Ok(Exit::Success)
            }
        }
    }
}

fn table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "nothing was published that counts");
    }
    let width = rows.iter().map(|row| row.mineral.len()).max().unwrap_or_default().max("mineral".len());
    let head = ["mentions", "articles", "stories"];
    let [mentions, articles, stories] = head;
    writeln!(
        out,
        "{:<16}  {:<width$}  {:<7}  {mentions:>8}  {articles:>8}  {stories:>8}",
        "published", "mineral", "country"
    )?;
    let mut sum = Totals::default();
    for Row { time, mineral, country, totals } in rows {
        sum += *totals;
        let Totals { mentions, articles, stories } = totals;
        let time = time.start().strftime("%Y-%m-%d %H:%M");
        writeln!(out, "{time:<16}  {mineral:<width$}  {country:<7}  {mentions:>8}  {articles:>8}  {stories:>8}")?;
    }
    let Totals { mentions, articles, stories } = sum;
    writeln!(out, "{:<16}  {:<width$}  {:<7}  {mentions:>8}  {articles:>8}  {stories:>8}", "all", "", "")
}
