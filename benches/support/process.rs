//! What /proc tells about a process and the machine.
#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fs;

/// Seconds of processor time that a process has used.
pub(crate) fn processor_seconds(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th field after it.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    seconds(fields.split_whitespace().skip(11).take(2))
}

/// Seconds of processor time that the whole machine has used: all processes and the kernel, without idling.
pub(crate) fn machine_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap();
    let fields = stat.lines().next().unwrap().split_whitespace().skip(1);
    // user, nice, system, idle, iowait, irq, softirq
    seconds(fields.take(7).enumerate().filter(|(at, _)| !matches!(at, 3 | 4)).map(|(_, field)| field))
}

/// The most memory that a process has held at once, in MB.
pub(crate) fn peak_memory_megabytes(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / 1e6
}

/// The machine's load over the last minute.
pub(crate) fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap().split_whitespace().next().unwrap().to_owned()
}

fn seconds<'a>(ticks: impl Iterator<Item = &'a str>) -> f64 {
    ticks.map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / rustix::param::clock_ticks_per_second() as f64
}
