//! One account for each offset: is there a record, how many outcomes has it?

use super::PartitionReport;
use std::ops::Range;

/// So many offsets of each kind are named in a report.
const NAMED: usize = 10;

/// The accounts of all partitions.
pub(super) struct Ledger {
    partitions: Vec<Account>,
}

struct Account {
    report: PartitionReport,
    record: Bits,
    outcome: Bits,
    second: Bits,
}

impl Ledger {
    /// Accounts for these ranges of offsets, by partition.
    pub(super) fn new(ranges: &[Range<i64>]) -> Self {
        let account = |(partition, range): (i32, &Range<i64>)| {
            let bits = || Bits::new(range.end.saturating_sub(range.start));
            let report =
                PartitionReport { partition, start: range.start, end: range.end, ..PartitionReport::default() };
            Account { report, record: bits(), outcome: bits(), second: bits() }
        };
        Self { partitions: (0..).zip(ranges).map(account).collect() }
    }

    /// There is an input record.
    pub(super) fn record(&mut self, partition: i32, offset: i64) {
        let Some((account, index)) = self.find(partition, offset) else { return };
        if account.record.set(index) {
            account.report.records += 1;
        }
    }

    /// A record has an outcome.
    pub(super) fn outcome(&mut self, partition: i32, offset: i64, dead: bool) {
        if let Some((account, index)) = self.find(partition, offset) {
            let count = if dead { &mut account.report.dead_letters } else { &mut account.report.events };
            *count += 1;
            if !account.outcome.set(index) {
                account.second.set(index);
            }
        } else if let Some(account) = usize::try_from(partition).ok().and_then(|at| self.partitions.get_mut(at)) {
            account.report.outside += 1;
        } else {
            // A partition that the input does not have: its own row, so that it is seen.
            let row = self.partitions.iter().position(|account| account.report.partition == partition);
            let row = row.unwrap_or_else(|| {
                let report = PartitionReport { partition, ..PartitionReport::default() };
                self.partitions.push(Account {
                    report,
                    record: Bits::new(0),
                    outcome: Bits::new(0),
                    second: Bits::new(0),
                });
                self.partitions.len() - 1
            });
            let report = &mut self.partitions[row].report;
            report.unexpected += 1;
            if report.first_unexpected.len() < NAMED {
                report.first_unexpected.push(offset);
            }
        }
    }

    /// Compares, and gives up the accounts.
    pub(super) fn close(self) -> Vec<PartitionReport> {
        self.partitions.into_iter().map(Account::close).collect()
    }

    fn find(&mut self, partition: i32, offset: i64) -> Option<(&mut Account, usize)> {
        let account = self.partitions.get_mut(usize::try_from(partition).ok()?)?;
        if !(account.report.start..account.report.end).contains(&offset) {
            return None;
        }
        let index = usize::try_from(offset - account.report.start).ok()?;
        Some((account, index))
    }
}

impl Account {
    fn close(self) -> PartitionReport {
        let mut report = self.report;
        let start = report.start;
        let offset = |index: usize| start + index as i64;
        for index in 0..self.record.len {
            let (record, outcome) = (self.record.get(index), self.outcome.get(index));
            let (count, named) = match (record, outcome) {
                (true, false) => (&mut report.missing, &mut report.first_missing),
                (false, true) => (&mut report.unexpected, &mut report.first_unexpected),
                _ if self.second.get(index) => (&mut report.duplicated, &mut report.first_duplicated),
                _ => continue,
            };
            *count += 1;
            if named.len() < NAMED {
                named.push(offset(index));
            }
        }
        report
    }
}

/// A set of small numbers.
struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    fn new(len: i64) -> Self {
        let len = usize::try_from(len).unwrap_or(0);
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Adds a number; whether it was not yet in.
    fn set(&mut self, index: usize) -> bool {
        let Some(word) = self.words.get_mut(index / 64) else { return false };
        let bit = 1 << (index % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn get(&self, index: usize) -> bool {
        self.words.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outcome_for_each_record_holds_whatever_the_gaps() {
        let mut ledger = Ledger::new(&[100..1000, 0..0]);
        for offset in (100..1000).filter(|offset| offset % 3 != 0) {
            ledger.record(0, offset);
            ledger.outcome(0, offset, offset % 2 == 0);
        }
        let report = &ledger.close()[0];
        assert_eq!((report.records, report.events + report.dead_letters), (600, 600));
        assert_eq!((report.missing, report.duplicated, report.unexpected), (0, 0, 0));
    }

    #[test]
    fn each_kind_of_fault_is_found_and_named() {
        let mut ledger = Ledger::new(std::slice::from_ref(&(10..200)));
        for offset in [10, 11, 12, 150] {
            ledger.record(0, offset);
        }
        for offset in [10, 12, 12, 150, 20, 5, 200] {
            ledger.outcome(0, offset, false);
        }
        ledger.outcome(7, 3, true);
        let reports = ledger.close();
        assert_eq!(reports[0].first_missing, [11]);
        assert_eq!(reports[0].first_duplicated, [12]);
        assert_eq!(reports[0].first_unexpected, [20]);
        assert_eq!(reports[0].outside, 2);
        assert_eq!((reports[1].partition, reports[1].unexpected), (7, 1));
    }
}
