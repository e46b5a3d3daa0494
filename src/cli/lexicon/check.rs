//! `lodestream lexicon check`: conflicts, names that nothing can reach, and other slips.

use super::super::{Exit, Outcome};
use super::{Place, print};
use crate::cli::{Problem, engine};
use crate::config::LexiconSettings;
use crate::lexicon::survey::{Finding, Severity, Survey};
use crate::lexicon::{LexiconError, LexiconFiles};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Check the lexicon's files: conflicts, names that are never read, slips
///
/// With a directory (or --lexicon), tells what is doubtful about your files over the built-in ones; without, about the
/// built-in ones. Each finding names file and line, what it means and what to do.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream lexicon check
  lodestream lexicon check my-terms

Exit codes: 0 no errors (there may be warnings), 2 bad usage, 3 errors.")]
pub(super) struct Check {
    /// Directory of your own terms
    #[arg(value_name = "DIRECTORY")]
    directory: Option<PathBuf>,

    /// Also tell what is doubtful about the built-in files alone
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    place: Place,
}

impl Check {
    pub(super) fn run(&self) -> Outcome {
        let files = match &self.directory {
            Some(directory) => engine::lexicon_files(&LexiconSettings { directory: Some(directory.clone()) })
                .map_err(Problem::usage)?,
            None => self.place.files()?,
        };
        match Survey::new(&files) {
            Ok(survey) => self.report(&files, &survey.check()),
            Err(error) => refused(&error),
        }
    }

    fn report(&self, files: &LexiconFiles, findings: &[Finding]) -> Outcome {
        let has_own = files.own_count() > 0;
        let (shown, hidden): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| self.all || !has_own || finding.is_own());
        let count = |severity| shown.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        print(|out| {
            shown.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
            writeln!(out, "{errors} error(s), {warnings} warning(s)")?;
            match hidden.len() {
                0 => Ok(()),
                more => writeln!(out, "{more} more about the built-in files alone: --all shows them"),
            }
        })?;
        Ok(if errors == 0 { Exit::Success } else { Exit::Incomplete })
    }
}

/// Files that cannot be used at all: nothing more can be said of them.
fn refused(error: &LexiconError) -> Outcome {
    print(|out| {
        error.faults.iter().try_for_each(|fault| match fault.line {
            Some(line) => writeln!(out, "{}:{line}: error: {}", fault.file, fault.message),
            None => writeln!(out, "{}: error: {}", fault.file, fault.message),
        })?;
        writeln!(
            out,
            "{} error(s); `run` refuses such files, and the rest is checked when they are gone",
            error.faults.len()
        )
    })?;
    Ok(Exit::Incomplete)
}
