//! The program: parse the command line, run the command, map the outcome to an exit code.

use std::process::ExitCode;

/// Enrichment allocates many small strings on many threads: mimalloc serves that better than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    lodestream::cli::main()
}
