//! `lodestream check`: is everything in place for `run`?

use super::options::{ConfigOptions, KafkaOptions, LexiconOptions, ServiceOptions};
use super::{Exit, Outcome, engine};
use crate::config::{Settings, Sources};
use crate::http;
use crate::stream::{Connection, admin};
use clap::Args;
use console::style;
use std::fmt::Display;
use std::io::{self, Write};

/// Is everything in place for `run`? Configuration, lexicon, address, broker, topics
///
/// Looks at everything that `run` needs, with the same flags, and reports every fault at once. Reads only; with
/// --create-topics it creates the topics that do not exist.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream check --config lodestream.toml
  lodestream check --bootstrap-servers kafka:9092 --create-topics

Exit codes: 0 all is in place, 2 something is not.")]
pub(super) struct Check {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,
    #[command(flatten)]
    service: ServiceOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Check {
    pub(super) fn run(&self) -> Outcome {
        let flags = [self.kafka.flags(), self.service.flags(), self.lexicon.flags()].concat();
        let sources = Sources { flags, ..self.config.sources() };
        let mut report = Report { out: io::stdout().lock(), faults: 0 };
        let (settings, faults) = Settings::load_leniently(&sources);
        let place =
            sources.file.as_ref().map_or("flags, environment, defaults".into(), |file| file.display().to_string());
        report.all("configuration", &place, faults.iter());
        for warning in &settings.warnings {
            report.note(warning);
        }
        check_walk(&settings, &mut report);
        check_address(&settings, &mut report);
        if faults.is_empty() {
            check_broker(&settings, &mut report);
        } else {
            report.note("the broker was not asked: mend the configuration first");
        }
        match report.faults {
            0 => {
                report.note("all is in place: lodestream run");
                Ok(Exit::Success)
            }
            _ => Ok(Exit::Usage),
        }
    }
}

fn check_walk(settings: &Settings, report: &mut Report) {
    match engine::lexicon(&settings.lexicon) {
        Err(error) => report.fault("lexicon", error),
        Ok(lexicon) => {
            let (commodities, countries) = (lexicon.commodity_ids().count(), lexicon.country_ids().count());
            let version = lexicon.version().to_string();
            report.good("lexicon", format!("{commodities} commodities, {countries} countries, version {version}"));
            let faults = engine::pipeline(settings, lexicon, false).err().unwrap_or_default();
            report.all("articles", "settings can be used", faults.iter());
        }
    }
}

fn check_address(settings: &Settings, report: &mut Report) {
    let listen = settings.http.listen;
    let taken = super::signals::runtime().map(|runtime| runtime.block_on(http::bind(listen)).map(drop));
    match taken {
        Ok(Ok(())) => report.good("http", format!("{listen} is free")),
        Ok(Err(error)) => report.fault("http", error),
        Err(error) => report.fault("http", error),
    }
}

fn check_broker(settings: &Settings, report: &mut Report) {
    let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
    match admin::check(&connection, &settings.stream) {
        Err(faults) => report.all("kafka", "", faults.iter()),
        Ok(broker) => {
            report.good("kafka", format!("{} broker(s) at {}", broker.brokers, connection.bootstrap_servers()));
            for topic in broker.topics {
                let created = if broker.created.contains(&topic.name) { ", created now" } else { "" };
                report.good("topic", format!("{}: {} partition(s){created}", topic.name, topic.partitions));
            }
            if settings.push.url.is_some() {
                let ledger = &settings.push.ledger_topic;
                let faults = admin::check_ledger(&connection, &settings.stream, ledger).err().unwrap_or_default();
                report.all("push", &format!("its ledger {ledger} can be used"), faults.iter());
            }
        }
    }
}

/// One line for each thing that was looked at.
struct Report {
    out: io::StdoutLock<'static>,
    faults: usize,
}

impl Report {
    fn good(&mut self, what: &str, words: impl Display) {
        self.line(style("✓").green(), what, words);
    }

    fn fault(&mut self, what: &str, words: impl Display) {
        self.faults += 1;
        self.line(style("✗").red(), what, words);
    }

    /// Each fault, or one line that there is none.
    fn all<F: Display>(&mut self, what: &str, good: &str, faults: impl Iterator<Item = F>) {
        let before = self.faults;
        faults.for_each(|fault| self.fault(what, fault));
        if self.faults == before {
            self.good(what, good);
        }
    }

    fn note(&mut self, words: impl Display) {
        // a reader that has gone away does not want the rest
        _ = writeln!(self.out, "  {words}");
    }

    fn line(&mut self, mark: impl Display, what: &str, words: impl Display) {
        let words = words.to_string().replace('\n', "\n                  ");
        _ = writeln!(self.out, "{mark} {what:<14}  {words}");
    }
}
