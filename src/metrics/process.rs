//! The process itself: memory, processor time, open files, threads. Named as every Prometheus client names them.
//!
//! Read from `/proc`, so on Linux only; elsewhere nothing is shown. (The `process` feature of the prometheus crate would
//! do the same, with an outdated second copy of `rustix` and `procfs` in the binary.)

use prometheus::core::{Collector, Desc};
use prometheus::{Gauge, Opts, proto::MetricFamily};
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// The unit of processor times in `/proc`, which is the same on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// How many series there are.
pub(super) const SERIES: usize = 6;

/// Reads the numbers anew at each scrape.
pub(super) struct Process {
    resident: Gauge,
    virtual_memory: Gauge,
    threads: Gauge,
    open_files: Gauge,
    processor_time: prometheus::Counter,
    start: Gauge,
}

impl Process {
    pub(super) fn new() -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str| Gauge::with_opts(Opts::new(name, help));
        let process = Self {
            resident: gauge("process_resident_memory_bytes", "Resident memory size in bytes.")?,
            virtual_memory: gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.")?,
            threads: gauge("process_threads", "Number of OS threads in the process.")?,
            open_files: gauge("process_open_fds", "Number of open file descriptors.")?,
            processor_time: prometheus::Counter::with_opts(Opts::new(
                "process_cpu_seconds_total",
                "Total user and system CPU time spent in seconds.",
            ))?,
            start: gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.")?,
        };
        // the metrics are made while the process starts
        process.start.set(super::age(SystemTime::now(), UNIX_EPOCH).as_secs_f64());
        Ok(process)
    }

    fn all(&self) -> [&dyn Collector; SERIES] {
        [&self.resident, &self.virtual_memory, &self.threads, &self.open_files, &self.processor_time, &self.start]
    }

    /// `None` where there is no `/proc`.
    fn read(&self) -> Option<()> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        self.resident.set(status_number(&status, "VmRSS:")? * 1024.0);
        self.virtual_memory.set(status_number(&status, "VmSize:")? * 1024.0);
        self.threads.set(status_number(&status, "Threads:")?);
        self.open_files.set(fs::read_dir("/proc/self/fd").ok()?.count() as f64);
        let spent = processor_ticks(&fs::read_to_string("/proc/self/stat").ok()?)? / TICKS_PER_SECOND;
        // two scrapes at once may see each other's number
        self.processor_time.inc_by((spent - self.processor_time.get()).max(0.0));
        Some(())
    }
}

impl Collector for Process {
    fn desc(&self) -> Vec<&Desc> {
        self.all().into_iter().flat_map(Collector::desc).collect()
    }

    fn collect(&self) -> Vec<MetricFamily> {
        match self.read() {
            Some(()) => self.all().into_iter().flat_map(Collector::collect).collect(),
            None => Vec::new(),
        }
    }
}

/// The number in a line such as `VmRSS:     1234 kB`.
fn status_number(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// User and system time of `/proc/self/stat`: the 12th and 13th field after the name, which may hold spaces.
fn processor_ticks(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_proc_are_understood() {
        let status = "Name:\tlodestream\nVmSize:\t  200 kB\nVmRSS:\t    1234 kB\nThreads:\t7\n";
        assert_eq!(status_number(status, "VmRSS:"), Some(1234.0));
        assert_eq!(status_number(status, "Threads:"), Some(7.0));
        assert_eq!(status_number(status, "VmSwap:"), None);
        let stat = "42 (lode (x) stream) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 7 0 100 1000 10";
        assert_eq!(processor_ticks(stat), Some(300.0));
    }
}
