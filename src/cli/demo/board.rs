//! The demo's table: minerals by country, as they come in.

use crate::event::{NO_COUNTRY, Tally};
use crate::stream::{CommittedBatch, Observer, RebalanceKind, TransactionOutcome};
use console::{Alignment, Term, pad_str, style};
use rustc_hash::FxHashMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Most rows and columns: what fits on a screen of 24 lines and 80 characters.
const ROWS: usize = 12;
const COLUMNS: usize = 8;
const NAME_WIDTH: usize = 26;
const CELL_WIDTH: usize = 6;

/// What has been committed so far.
pub(super) struct Board {
    started: Instant,
    totals: Mutex<Totals>,
}

#[derive(Default)]
struct Totals {
    consumed: u64,
    published: u64,
    dead_letters: u64,
    tally: Tally,
}

impl Default for Board {
    fn default() -> Self {
        Self { started: Instant::now(), totals: Mutex::default() }
    }
}

impl Observer for Board {
    fn batch_committed(&self, batch: &CommittedBatch) {
        let mut totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        totals.consumed += batch.consumed;
        totals.published += batch.published;
        totals.dead_letters += batch.dead_letters.len() as u64;
        totals.tally.merge(batch.tally.clone());
    }

    fn transaction_failed(&self, _: TransactionOutcome) {}
    fn rebalanced(&self, _: usize, _: RebalanceKind, _: &[(String, i32)]) {}
    fn lag(&self, _: &str, _: i32, _: i64) {}
    fn worker_restarted(&self, _: usize, _: &'static str) {}
}

impl Board {
    /// One line with the totals.
    fn summary(&self) -> String {
        let totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = self.started.elapsed().as_secs_f64();
        let mentions: u64 = totals.tally.commodities.values().sum();
        format!(
            "{:.0} s: {} articles read, {} enriched, {} dead letters; {mentions} commodity mentions",
            seconds, totals.consumed, totals.published, totals.dead_letters
        )
    }

    /// Mentions of the most mentioned minerals, by the most mentioned countries.
    fn table(&self) -> String {
        let totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        let minerals = &totals.tally.minerals;
        let attributed = || minerals.iter().filter(|((_, country), _)| country != NO_COUNTRY);
        let rows = most(minerals.iter().map(|((mineral, _), count)| (mineral.as_str(), count.mentions)), ROWS);
        let columns = most(attributed().map(|((_, country), count)| (country.as_str(), count.mentions)), COLUMNS);
        let columns: Vec<_> = columns.into_iter().chain([NO_COUNTRY]).collect();
        let mentions = |mineral: &str, country: &str| {
            minerals.get(&(mineral.to_owned(), country.to_owned())).map_or(0, |count| count.mentions)
        };

        let mut table = pad_str("mentions of minerals", NAME_WIDTH, Alignment::Left, Some("…")).into_owned();
        for country in &columns {
            table += &pad_str(country, CELL_WIDTH, Alignment::Right, None);
        }
        table.push('\n');
        for mineral in rows {
            table += &pad_str(mineral, NAME_WIDTH, Alignment::Left, Some("…"));
            for country in &columns {
                let cell = match mentions(mineral, country) {
                    0 => "·".to_owned(),
                    count => count.to_string(),
                };
                table += &pad_str(&cell, CELL_WIDTH, Alignment::Right, None);
            }
            table.push('\n');
        }
        table
    }
}

/// The names with the highest sums, highest first; names decide between equals, so that rows do not dance.
fn most<'a>(counts: impl Iterator<Item = (&'a str, u64)>, limit: usize) -> Vec<&'a str> {
    let mut sums = FxHashMap::<&str, u64>::default();
    for (name, count) in counts {
        *sums.entry(name).or_default() += count;
    }
    let mut names: Vec<_> = sums.into_iter().collect();
    names.sort_by(|(name, count), (other_name, other)| other.cmp(count).then(name.cmp(other_name)));
    names.into_iter().take(limit).map(|(name, _)| name).collect()
}

/// Where the table is shown: in place on a terminal, a line now and then elsewhere.
pub(super) struct Screen {
    term: Term,
    /// Lines that stand on the terminal.
    drawn: usize,
}

impl Screen {
    pub(super) fn new() -> Self {
        Self { term: Term::stdout(), drawn: 0 }
    }

    pub(super) fn is_terminal(&self) -> bool {
        self.term.is_term()
    }

    /// Shows what there is now.
    pub(super) fn draw(&mut self, board: &Board) {
        if !self.is_terminal() {
            self.say(&board.summary());
            return;
        }
        let mut text = board.table();
        _ = write!(text, "\n{}", style(board.summary()).dim());
        // a terminal that is too low keeps its upper lines
        let height = usize::from(self.term.size().0).saturating_sub(1);
        let lines: Vec<_> = text.lines().take(height).collect();
        self.clear();
        self.say(&lines.join("\n"));
        self.drawn = lines.len();
    }

    /// Takes back what was drawn.
    pub(super) fn clear(&mut self) {
        // a terminal that has gone away shows nothing in any case
        _ = self.term.clear_last_lines(self.drawn);
        self.drawn = 0;
    }

    /// Shows table and totals, to stay.
    pub(super) fn last(&self, board: &Board) {
        self.say(&format!("{}\n{}", board.table(), board.summary()));
    }

    fn say(&self, text: &str) {
        _ = self.term.write_line(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Count;

    fn board(minerals: &[(&str, &str, u64)]) -> Board {
        let board = Board::default();
        let mut batch = CommittedBatch { consumed: 3, published: 2, ..CommittedBatch::default() };
        batch.dead_letters.push(("read", "no_text"));
        for (mineral, country, mentions) in minerals {
            let count = Count { mentions: *mentions, articles: 1 };
            batch.tally.minerals.insert(((*mineral).into(), (*country).into()), count);
        }
        batch.tally.commodities.insert("gold".into(), 9);
        board.batch_committed(&batch);
        board.batch_committed(&batch);
        board
    }

    #[test]
    fn the_most_mentioned_come_first() {
        let board = board(&[("gold", "ZA", 1), ("gold", "none", 9), ("copper", "CL", 30), ("lithium", "CL", 1)]);
        let table = board.table();
        let rows: Vec<Vec<_>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["mentions", "of", "minerals", "CL", "ZA", "none"]);
        assert_eq!(rows[1], ["copper", "60", "·", "·"]);
        assert_eq!(rows[2], ["gold", "·", "2", "18"]);
        assert_eq!(rows[3], ["lithium", "2", "·", "·"]);
    }

    #[test]
    fn the_summary_adds_up() {
        let summary = board(&[]).summary();
        assert!(summary.ends_with("6 articles read, 4 enriched, 2 dead letters; 18 commodity mentions"), "{summary}");
    }
}
