//! One layer for each source, and their merge. Every value remembers the place that it was written in.

use super::fault::nearest;
use super::{Faults, Sources};
use config::{Config, File, FileFormat, Map, Source, Value, ValueKind};
use std::path::Path;

/// What a variable's name begins with.
const PREFIX: &str = "LODESTREAM_";

/// The variables that stand for flags or steer the logs; others without a table are nobody's (in Kubernetes, a service
/// called `lodestream` gives every pod a `LODESTREAM_PORT`), so they are no fault.
const FLAG_VARIABLES: [&str; 14] = [
    "CONFIG",
    "BOOTSTRAP_SERVERS",
    "INPUT_TOPIC",
    "OUTPUT_TOPIC",
    "DEAD_LETTER_TOPIC",
    "TIMELINE_TOPIC",
    "GROUP_ID",
    "LISTEN",
    "WORKERS",
    "INSTANCE",
    "CREATE_TOPICS",
    "LEXICON",
    "PUSH_URL",
    "LOG",
];

/// The one table in a table: `timeline.push`.
const INNER: (&str, &str) = ("timeline", "push");

/// A tree of values: table → key → value. The keys of `kafka` and others hold dots, they are not tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer(Map<String, Value>);

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        Ok(self.0.clone())
    }
}

impl Layer {
    fn insert(&mut self, place: &str, table: Option<&str>, key: &str, kind: ValueKind) {
        let value = Value::new(Some(&place.to_owned()), kind);
        let Some(table) = table else {
            self.0.insert(key.to_owned(), value);
            return;
        };
        let inner = key.split_once('.').filter(|(inner, _)| (table, *inner) == INNER);
        let entries = match inner {
            Some((inner, _)) => entries_of(&mut self.0, table).and_then(|entries| entries_of(entries, inner)),
            None => entries_of(&mut self.0, table),
        };
        if let Some(entries) = entries {
            entries.insert(inner.map_or(key, |(_, key)| key).to_owned(), value);
        }
    }
}

/// The entries of a table among others, which is made where there is none yet.
fn entries_of<'t>(tables: &'t mut Map<String, Value>, name: &str) -> Option<&'t mut Map<String, Value>> {
    let empty = || Value::new(None, ValueKind::Table(Map::new()));
    match &mut tables.entry(name.to_owned()).or_insert_with(empty).kind {
        ValueKind::Table(entries) => Some(entries),
        _ => None,
    }
}

/// The layers, weakest first.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) layers: Vec<Layer>,
    pub(super) warnings: Vec<String>,
}

pub(super) fn collect(sources: &Sources, faults: &mut Faults) -> Layers {
    let mut layers = Layers::default();
    if let Some(path) = &sources.file {
        layers.layers.push(file(path, faults));
    }
    let (environment, warnings) = environment(sources, faults);
    layers.layers.push(environment);
    layers.warnings = warnings;
    layers.layers.push(flags(sources));
    layers.layers.push(assignments(&sources.set, faults));
    layers
}

/// Lays the layers over each other.
pub(super) fn merge(layers: &[Layer], faults: &mut Faults) -> Map<String, Value> {
    let builder = layers.iter().fold(Config::builder(), |builder, layer| builder.add_source(layer.clone()));
    match builder.build().and_then(|config| config.collect()) {
        Ok(merged) => merged,
        Err(error) => {
            faults.add("", "", error.to_string());
            Map::new()
        }
    }
}

fn file(path: &Path, faults: &mut Faults) -> Layer {
    let place = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            faults.add(place, "", format!("cannot be read: {error}"));
            return Layer::default();
        }
    };
    // The error's own rendering quotes the line, and the line may hold a password.
    if let Err(error) = toml::from_str::<toml::Table>(&text) {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        faults.add(format!("{place}:{line}:{column}"), "", format!("not TOML: {}", error.message()));
        return Layer::default();
    }
    let tables = match File::from_str(&text, FileFormat::Toml).collect() {
        Ok(tables) => tables,
        Err(_) => {
            faults.add(place, "", "holds a value that no setting can have, such as a number beyond 64 bits");
            return Layer::default();
        }
    };
    let mut layer = Layer::default();
    for (table, value) in tables {
        match value.kind {
            ValueKind::Table(entries) if table == "kafka" => flatten("", entries, &mut |key, kind| {
                layer.insert(&place, Some(&table), key, kind);
            }),
            // also a table without entries is one: it must be known
            ValueKind::Table(entries) if entries.is_empty() => {
                layer.insert(&place, None, &table, ValueKind::Table(Map::new()));
            }
            ValueKind::Table(entries) => {
                for (key, value) in entries {
                    match value.kind {
                        ValueKind::Table(inner) if (table.as_str(), key.as_str()) == INNER => {
                            for (inner, value) in inner {
                                layer.insert(&place, Some(&table), &format!("{key}.{inner}"), value.kind);
                            }
                        }
                        kind => layer.insert(&place, Some(&table), &key, kind),
                    }
                }
            }
            kind => layer.insert(&place, None, &table, kind),
        }
    }
    layer
}

/// `sasl.password = "…"` is a table in a table for TOML, and one property for librdkafka.
fn flatten(prefix: &str, entries: Map<String, Value>, insert: &mut impl FnMut(&str, ValueKind)) {
    for (key, value) in entries {
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value.kind {
            ValueKind::Table(inner) => flatten(&name, inner, insert),
            kind => insert(&name, kind),
        }
    }
}

fn environment(sources: &Sources, faults: &mut Faults) -> (Layer, Vec<String>) {
    let mut layer = Layer::default();
    let mut warnings = Vec::new();
    for (variable, value) in &sources.environment {
        let Some((variable, name)) = variable.to_str().and_then(|name| Some((name, name.strip_prefix(PREFIX)?))) else {
            continue;
        };
        let Some((table, key)) = name.split_once("__") else {
            let known = FLAG_VARIABLES.contains(&name);
            if let Some(near) = nearest(name, FLAG_VARIABLES).filter(|_| !known) {
                warnings.push(format!("{variable} is not read; did you mean {PREFIX}{near}?"));
            }
            continue;
        };
        let place = format!("environment variable {variable}");
        let table = table.to_lowercase();
        let key = key.to_lowercase();
        let key = if table == "kafka" { key.replace('_', ".") } else { key.replace("__", ".") };
        match value.to_str() {
            Some(value) => match typed(value) {
                Ok(kind) => layer.insert(&place, Some(&table), &key, kind),
                Err(message) => faults.add(place, format!("{table}.{key}"), message),
            },
            None => faults.add(place, format!("{table}.{key}"), "the value is not UTF-8"),
        }
    }
    (layer, warnings)
}

fn flags(sources: &Sources) -> Layer {
    let mut layer = Layer::default();
    for flag in &sources.flags {
        if let [before @ .., key] = flag.key {
            layer.insert(flag.flag, before.first().copied(), key, ValueKind::String(flag.value.clone()));
        }
    }
    layer
}

fn assignments(set: &[String], faults: &mut Faults) -> Layer {
    let mut layer = Layer::default();
    for assignment in set {
        // what stands after the sign may be a password, what stands without one may be all password
        let Some((path, value)) = assignment.split_once('=') else {
            faults.add("--set", "", "expected KEY=VALUE, such as --set stream.linger=20ms; there is no `=`");
            continue;
        };
        let (table, key) = match path.trim().split_once('.') {
            Some((table, key)) => (Some(table), key),
            None => (None, path.trim()),
        };
        match typed(value) {
            Ok(kind) => layer.insert("--set", table, key, kind),
            Err(message) => faults.add("--set", path.trim(), message),
        }
    }
    layer
}

/// Lists and tables are written as in TOML; all else is text, and becomes a number or a truth where one is wanted.
fn typed(value: &str) -> Result<ValueKind, String> {
    if !value.starts_with(['[', '{']) {
        return Ok(ValueKind::String(value.to_owned()));
    }
    let parsed = File::from_str(&format!("value = {value}"), FileFormat::Toml).collect();
    match parsed.map(|mut table| table.remove("value")) {
        Ok(Some(value)) => Ok(value.kind),
        _ => Err("a value that begins with [ or { must be a TOML list or table, such as [\"a\", \"b\"]".to_owned()),
    }
}
