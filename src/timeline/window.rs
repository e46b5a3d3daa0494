//! A window of pieces over a queue: what of it is written, what is open, what has to leave.

use super::record::{Piece, RecordError, Remembering};
use super::remember::Remembered;
use std::collections::{BTreeMap, VecDeque};

/// A queue, parted into pieces that are written, and the open end that is not yet.
#[derive(Debug)]
pub(super) struct Window<Q> {
    kind: Remembering,
    /// At least so many entries are remembered,
    limit: usize,
    /// unless they are older than so many seconds.
    age: i64,
    pub(super) queue: Q,
    pieces: VecDeque<Span>,
    /// Entries of the open batch.
    open: usize,
    /// The newest record of the open batch that has an entry, in seconds since 1970.
    newest: i64,
    /// Pieces as they are read, until all are.
    read: BTreeMap<u64, Piece>,
}

/// A piece that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) number: u64,
    count: usize,
    newest: i64,
}

/// What a commit does to a window.
#[derive(Debug, Default)]
pub(super) struct Turn {
    /// New pieces, and what they hold.
    pub(super) written: Vec<(Span, Piece)>,
    /// Pieces that leave: the oldest, so many.
    pub(super) leaving: Vec<u64>,
}

impl<Q: Remembered> Window<Q> {
    pub(super) fn new(kind: Remembering, limit: usize, age: std::time::Duration, queue: Q) -> Self {
        let age = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        Self { kind, limit, age, queue, pieces: VecDeque::new(), open: 0, newest: i64::MIN, read: BTreeMap::new() }
    }

    /// Remembers an entry of the open batch, whose record is of this time.
    pub(super) fn push(&mut self, entry: Q::Entry, arrived: i64) {
        self.queue.push(entry);
        self.open += 1;
        self.newest = self.newest.max(arrived);
    }

    /// What a commit of the open batch would write and forget. Pieces are numbered from `number`.
    pub(super) fn turn(&self, number: u64) -> Result<Turn, RecordError> {
        let mut turn = Turn::default();
        for (number, skip) in (number..).zip((0..self.open).step_by(Q::PIECE)) {
            let count = Q::PIECE.min(self.open - skip);
            let data = self.queue.encode_newest(skip, count, self.open).map_err(RecordError::unwritable)?;
            let span = Span { number, count, newest: self.newest };
            turn.written.push((span, Piece { newest: self.newest, entries: count, data }));
        }
        // The last piece stays whatever its age: it carries the counter.
        let mut left: usize = self.pieces.iter().map(|piece| piece.count).sum::<usize>() + self.open;
        let clock = self.pieces.iter().map(|piece| piece.newest).fold(self.newest, i64::max);
        let kept = usize::from(turn.written.is_empty());
        for piece in self.pieces.iter().take(self.pieces.len().saturating_sub(kept)) {
            let too_many = left - piece.count >= self.limit;
            let too_old = piece.newest < clock.saturating_sub(self.age);
            if !(too_many || too_old) {
                break;
            }
            left -= piece.count;
            turn.leaving.push(piece.number);
        }
        Ok(turn)
    }

    /// The open batch is committed.
    pub(super) fn commit(&mut self, written: impl Iterator<Item = Span>, leaving: usize) {
        self.pieces.extend(written);
        for _ in 0..leaving {
            let count = self.pieces.pop_front().map_or(0, |piece| piece.count);
            (0..count).for_each(|_| self.queue.pop_oldest());
        }
        self.open = 0;
        self.newest = i64::MIN;
    }

    /// The open batch is given up.
    pub(super) fn roll_back(&mut self) {
        (0..self.open).for_each(|_| self.queue.pop_newest());
        self.open = 0;
        self.newest = i64::MIN;
    }

    /// Takes in a piece that was written; `None`: it has left.
    pub(super) fn read(&mut self, number: u64, piece: Option<Piece>) {
        match piece {
            Some(piece) => _ = self.read.insert(number, piece),
            None => _ = self.read.remove(&number),
        }
    }

    /// All pieces are read.
    pub(super) fn restored(&mut self) -> Result<(), RecordError> {
        for (number, piece) in std::mem::take(&mut self.read) {
            let entries: Vec<Q::Entry> =
                postcard::from_bytes(&piece.data).map_err(|error| RecordError::piece(self.kind, number, &error))?;
            self.pieces.push_back(Span { number, count: entries.len(), newest: piece.newest });
            entries.into_iter().for_each(|entry| self.queue.push(entry));
        }
        Ok(())
    }
}
