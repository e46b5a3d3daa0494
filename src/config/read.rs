//! The merged tree → [`Settings`]: key by key, so that one fault does not hide the next.

use super::fault::{nearest, unknown_key};
use super::{Faults, KafkaProperties, Settings};
use config::{ConfigError, Map, Value, ValueKind};
use serde::de::DeserializeOwned;
use serde_aux::serde_introspection::serde_introspect;

/// The tables that can stand in a file.
const TABLES: [&str; 12] =
    ["kafka", "stream", "timeline", PUSH, "article", "sources", "fields", "event", "http", "page", "log", "lexicon"];
/// The tables of their own that belong to `article`: long ones, which read better so.
const ARTICLE_TABLES: [&str; 2] = ["sources", "fields"];
/// The table of its own that belongs to `stream`.
const STREAM_TABLES: [&str; 1] = ["timeline"];

/// The table in a table, which is read as one of its own.
const PUSH: &str = "timeline.push";

type Table = Map<String, Value>;

pub(super) fn settings(merged: &Table, faults: &mut Faults) -> Settings {
    let merged = &with_inner_tables(merged);
    refuse_unknown_tables(merged, faults);
    let settings = Settings {
        instance: instance(merged, faults),
        kafka: kafka(&table(merged, "kafka", faults), faults),
        stream: read(merged, "stream", &STREAM_TABLES, faults),
        push: read(merged, PUSH, &[], faults),
        article: read(merged, "article", &ARTICLE_TABLES, faults),
        event: read(merged, "event", &[], faults),
        http: read(merged, "http", &[], faults),
        page: read(merged, "page", &[], faults),
        log: read(merged, "log", &[], faults),
        lexicon: read(merged, "lexicon", &[], faults),
        warnings: Vec::new(),
    };
    for fault in settings.stream.validate(&settings.kafka) {
        faults.add(place_of(merged, &fault.setting), fault.setting, fault.message);
    }
    for fault in settings.push.validate() {
        let setting = format!("{PUSH}.{}", fault.key);
        faults.add(place_of(merged, &setting), setting, fault.message);
    }
    for (key, message) in settings.page.validate() {
        let setting = format!("page.{key}");
        faults.add(place_of(merged, &setting), setting, message);
    }
    settings
}

/// `[timeline.push]` beside `[timeline]` instead of in it.
fn with_inner_tables(merged: &Table) -> Table {
    let mut tables = merged.clone();
    if let Some((table, key)) = PUSH.split_once('.')
        && let Some(ValueKind::Table(entries)) = tables.get_mut(table).map(|value| &mut value.kind)
        && let Some(inner) = entries.remove(key)
    {
        tables.insert(PUSH.to_owned(), inner);
    }
    tables
}

fn refuse_unknown_tables(merged: &Table, faults: &mut Faults) {
    for (name, value) in merged.iter().filter(|(name, _)| *name != "instance" && !TABLES.contains(&name.as_str())) {
        let is_table = matches!(value.kind, ValueKind::Table(_));
        let message = match owner(name).filter(|_| !is_table) {
            Some(table) => format!("unknown key; did you mean `{table}.{name}`?"),
            None => match nearest(name, TABLES.into_iter().chain(["instance"])) {
                Some(near) => format!("unknown {}; did you mean `{near}`?", if is_table { "table" } else { "key" }),
                None => format!("unknown; there are instance and the tables {}", TABLES.join(", ")),
            },
        };
        faults.add(origin(value), name, message);
    }
}

/// The table that has such a key.
fn owner(key: &str) -> Option<&'static str> {
    let tables: [(&str, &[&str]); 9] = [
        ("stream", serde_introspect::<crate::stream::StreamSettings>()),
        ("timeline", serde_introspect::<crate::timeline::TimelineSettings>()),
        (PUSH, serde_introspect::<crate::push::PushSettings>()),
        ("article", serde_introspect::<crate::article::ArticleSettings>()),
        ("event", serde_introspect::<super::EventSettings>()),
        ("http", serde_introspect::<super::HttpSettings>()),
        ("page", serde_introspect::<crate::live::PageSettings>()),
        ("log", serde_introspect::<super::LogSettings>()),
        ("lexicon", serde_introspect::<super::LexiconSettings>()),
    ];
    tables.into_iter().find_map(|(table, keys)| keys.contains(&key).then_some(table))
}

fn instance(merged: &Table, faults: &mut Faults) -> String {
    let host = || gethostname::gethostname().to_string_lossy().into_owned();
    let Some(value) = merged.get("instance") else { return host() };
    match value.clone().into_string() {
        Ok(name) if !name.trim().is_empty() => name,
        Ok(_) => {
            faults.add(origin(value), "instance", "empty; leave it out to take the host's name");
            host()
        }
        Err(error) => {
            faults.add(origin(value), "instance", reason(&error));
            host()
        }
    }
}

fn kafka(entries: &Table, faults: &mut Faults) -> KafkaProperties {
    let mut properties = KafkaProperties::default();
    for (name, value) in entries {
        match value.clone().into_string() {
            Ok(text) => properties.set(name, text),
            // the value is not shown: it may be a password
            Err(_) => faults.add(origin(value), format!("kafka.{name}"), "expected text, a number, true or false"),
        }
    }
    properties
}

/// Reads a table key by key; `beside` are keys that have a table of their own at the top.
fn read<T: DeserializeOwned + Default>(merged: &Table, name: &str, beside: &[&str], faults: &mut Faults) -> T {
    let mut good = Table::new();
    let known = serde_introspect::<T>();
    for (key, value) in table(merged, name, faults) {
        let full = format!("{name}.{key}");
        if !known.contains(&key.as_str()) {
            let here: Vec<_> = known.iter().copied().filter(|known| !beside.contains(known)).collect();
            faults.add(origin(&value), full, unknown_key(&key, &here));
        } else if check::<T>(&full, &key, &value, &value, faults) {
            good.insert(key, value);
        }
    }
    for key in beside.iter().filter(|key| known.contains(key)) {
        let mut entries = table(merged, key, faults);
        entries.retain(|entry, value| {
            let alone = Value::new(None, Table::from_iter([(entry.clone(), value.clone())]));
            check::<T>(&format!("{key}.{entry}"), key, &alone, value, faults)
        });
        if !entries.is_empty() {
            good.insert((*key).to_owned(), Value::new(None, entries));
        }
    }
    T::deserialize(Value::new(None, good)).unwrap_or_else(|error| {
        // each key is good by itself, together they are not
        faults.add("", name, reason(&error));
        T::default()
    })
}

/// Whether a table of nothing but this key can be read.
fn check<T: DeserializeOwned>(full: &str, key: &str, value: &Value, written: &Value, faults: &mut Faults) -> bool {
    let alone = Value::new(None, Table::from_iter([(key.to_owned(), value.clone())]));
    match T::deserialize(alone) {
        Ok(_) => true,
        Err(error) => {
            faults.add(origin(written), full, reason(&error));
            false
        }
    }
}

fn table(merged: &Table, name: &str, faults: &mut Faults) -> Table {
    match merged.get(name).map(|value| (&value.kind, value)) {
        Some((ValueKind::Table(entries), _)) => entries.clone(),
        Some((_, value)) => {
            faults.add(origin(value), name, "expected a table of settings");
            Table::new()
        }
        None => Table::new(),
    }
}

/// Where a value was written; a table is where its first entry is.
fn origin(value: &Value) -> &str {
    match &value.kind {
        ValueKind::Table(entries) => entries.values().find_map(Value::origin),
        _ => value.origin(),
    }
    .unwrap_or_default()
}

/// Where a key such as `stream.workers` or `kafka.sasl.password` was written; empty if it is a default.
fn place_of<'a>(merged: &'a Table, setting: &str) -> &'a str {
    // `kafka.sasl.password` is a key with a dot, `timeline.push.url` a key of a table with one.
    let parts = setting.strip_prefix(PUSH).and_then(|rest| Some((PUSH, rest.strip_prefix('.')?)));
    let value = parts.or_else(|| setting.split_once('.')).and_then(|(name, key)| match &merged.get(name)?.kind {
        ValueKind::Table(entries) => entries.get(key),
        _ => None,
    });
    value.map_or("", origin)
}

/// What is wrong with a value, without the key and the place: a fault names these itself.
fn reason(error: &ConfigError) -> String {
    match error {
        ConfigError::At { error, .. } => reason(error),
        ConfigError::Type { unexpected, expected, .. } => format!("expected {expected}, found {unexpected}"),
        other => other.to_string(),
    }
}
