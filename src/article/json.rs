//! The JSON of one record → the values of the fields that this room knows, in one pass and borrowed where no escape
//! stands in the way. Only where the configuration maps or keeps fields is a whole [`Value`] built.

use super::{Refusal, RefusalCode};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use smallvec::SmallVec;
use std::{borrow::Cow, fmt};

/// A field of the contract, or the summary that is read where an article has nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Title,
    Text,
    Html,
    Raw,
    Summary,
    Url,
    Source,
    PublishedAt,
}

impl Field {
    /// What `[fields]` may map.
    pub(super) const NAMES: [&str; 8] = ["id", "title", "text", "html", "raw", "url", "source", "published_at"];

    pub(super) fn named(name: &str) -> Option<Self> {
        let known = Self::NAMES.contains(&name);
        known.then(|| KNOWN.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)).flatten()
    }
}

/// The names under which a field is known, in order of preference. A field's first name is the contract's: a value of a
/// wrong type there is refused, under any other name it is passed over.
const KNOWN: &[(&str, Field)] = &[
    ("id", Field::Id),
    ("article_id", Field::Id),
    ("articleId", Field::Id),
    ("uuid", Field::Id),
    ("guid", Field::Id),
    ("_id", Field::Id),
    ("title", Field::Title),
    ("headline", Field::Title),
    ("text", Field::Text),
    ("content", Field::Text),
    ("body", Field::Text),
    ("articleBody", Field::Text),
    ("article_body", Field::Text),
    ("fulltext", Field::Text),
    ("full_text", Field::Text),
    ("fullText", Field::Text),
    ("article", Field::Text),
    ("html", Field::Html),
    ("content_html", Field::Html),
    ("body_html", Field::Html),
    ("raw", Field::Raw),
    ("raw_text", Field::Raw),
    ("description", Field::Summary),
    ("summary", Field::Summary),
    ("url", Field::Url),
    ("link", Field::Url),
    ("uri", Field::Url),
    ("canonical_url", Field::Url),
    ("canonicalUrl", Field::Url),
    ("permalink", Field::Url),
    ("source", Field::Source),
    ("publisher", Field::Source),
    ("source_name", Field::Source),
    ("site_name", Field::Source),
    ("siteName", Field::Source),
    ("site", Field::Source),
    ("domain", Field::Source),
    ("published_at", Field::PublishedAt),
    ("publishedAt", Field::PublishedAt),
    ("datePublished", Field::PublishedAt),
    ("date_published", Field::PublishedAt),
    ("published", Field::PublishedAt),
    ("publish_date", Field::PublishedAt),
    ("publishDate", Field::PublishedAt),
    ("pubDate", Field::PublishedAt),
    ("pub_date", Field::PublishedAt),
    ("date", Field::PublishedAt),
    ("datetime", Field::PublishedAt),
    ("timestamp", Field::PublishedAt),
    ("time", Field::PublishedAt),
];

/// The configuration's `[fields]` and `keep_fields`.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapping {
    /// In order of preference within a field.
    pub(super) pointers: Vec<(Field, String)>,
    /// Top-level fields to carry over.
    pub(super) keep: Vec<String>,
}

/// A value as far as any field needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Scalar<'a> {
    #[default]
    Null,
    Boolean,
    Integer(i128),
    Float(f64),
    Text(Cow<'a, str>),
    Array,
    /// An object, and its member `name`: so name NewsAPI and schema.org a source.
    Object(Option<Cow<'a, str>>),
}

impl Scalar<'_> {
    /// What it is, in the words of an error message.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number with a fraction or out of range",
            Self::Text(_) => "a string",
            Self::Array => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// One value that was found for a field.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    rank: usize,
    pub(super) field: Field,
    /// Its name in the record, or the pointer that led to it.
    pub(super) name: &'a str,
    /// Whether a value of a wrong type is refused, rather than passed over.
    pub(super) strict: bool,
    pub(super) value: Scalar<'a>,
}

/// The known fields of one record.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    entries: SmallVec<[Entry<'a>; 10]>,
    /// What `keep_fields` asked for.
    pub(super) kept: Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// Parses a record.
    pub(super) fn parse(json: &'a str, mapping: &'a Mapping) -> Result<Self, Refusal> {
        if mapping.pointers.is_empty() && mapping.keep.is_empty() {
            return Self::in_one_pass(json);
        }
        let value = parse(json, Whole)?;
        match value.as_object() {
            Some(object) => Ok(Self::mapped(&value, object, mapping)),
            None => Err(not_an_object(&Scalar::from(&value))),
        }
    }

    fn in_one_pass(json: &'a str) -> Result<Self, Refusal> {
        match parse(json, Top)? {
            Ok(mut fields) => {
                fields.entries.sort_unstable_by_key(|entry| entry.rank);
                Ok(fields)
            }
            Err(other) => Err(not_an_object(&other)),
        }
    }

    fn mapped(value: &Value, object: &Map<String, Value>, mapping: &'a Mapping) -> Self {
        let mut fields = Self::default();
        for name in &mapping.keep {
            if let Some(value) = object.get(name) {
                fields.kept.insert(name.clone(), value.clone());
            }
        }
        for (rank, (field, pointer)) in mapping.pointers.iter().enumerate() {
            if let Some(value) = value.pointer(pointer) {
                let value = Scalar::from(value);
                fields.entries.push(Entry { rank, field: *field, name: pointer, strict: true, value });
            }
        }
        for (name, value) in object {
            if let Some(known) = known(name) {
                fields.put(known, Scalar::from(value));
            }
        }
        // Stable: pointers stand first, in their order.
        let pointers = mapping.pointers.len();
        fields
            .entries
            .sort_by_key(|entry| if entry.name.starts_with('/') { entry.rank } else { pointers + entry.rank });
        fields
    }

    /// Of two members of one name the later counts, as in all common JSON readers.
    fn put(&mut self, known: usize, value: Scalar<'a>) {
        let (name, field) = KNOWN[known];
        match self.entries.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.value = value,
            None => self.entries.push(Entry { rank: known, field, name, strict: Field::NAMES.contains(&name), value }),
        }
    }

    /// What was found for a field, the preferred first.
    pub(super) fn of(&mut self, field: Field) -> impl Iterator<Item = &mut Entry<'a>> {
        self.entries.iter_mut().filter(move |entry| entry.field == field && entry.value != Scalar::Null)
    }
}

/// Whether a field of the contract is known under this name.
pub fn is_field(name: &str) -> bool {
    known(name).is_some()
}

/// The index in [`KNOWN`].
fn known(name: &str) -> Option<usize> {
    KNOWN.iter().position(|(known, _)| *known == name)
}

fn not_an_object(found: &Scalar<'_>) -> Refusal {
    let message = format!("expected a JSON object, found {}", found.describe());
    Refusal { code: RefusalCode::NotAnObject, message }
}

fn parse<'a, S: DeserializeSeed<'a>>(json: &'a str, seed: S) -> Result<S::Value, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let parsed = seed.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let message = error.to_string();
        // The only way in which serde_json tells this error from others.
        if message.starts_with("recursion limit exceeded") {
            let message = format!("nested deeper than 127 levels at line {} column {}", error.line(), error.column());
            return Refusal { code: RefusalCode::TooDeep, message };
        }
        Refusal { code: RefusalCode::InvalidJson, message: format!("expected JSON, found an error: {message}") }
    })
}

/// Replaces escapes of lone surrogates (`\ud83d` without its other half, as crawlers write that cut a string in the middle
/// of an emoji) by U+FFFD. `None` when there are none.
pub(super) fn mend_surrogates(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    // A backslash is legal in strings only, so that strings need not be told from the rest.
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        at += match unit(bytes, at) {
            None => 2,
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(json.get(copied..at)?);
                mended.push_str("\\uFFFD");
                copied = at + 6;
                6
            }
            Some(_) => 6,
        };
    }
    (copied > 0).then(|| mended + json.get(copied..).unwrap_or_default())
}

/// The code unit of the escape `\uXXXX` at `at`.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit: u16, digit| {
        let value = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(value).ok()?)
    })
}

impl From<&Value> for Scalar<'_> {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) => match number.as_i128() {
                Some(integer) => Self::Integer(integer),
                None => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::Text(text.clone().into()),
            Value::Array(_) => Self::Array,
            Value::Object(object) => {
                Self::Object(object.get("name").and_then(Value::as_str).map(|name| name.to_owned().into()))
            }
        }
    }
}

/// A whole value.
struct Whole;

impl<'de> DeserializeSeed<'de> for Whole {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

/// The record: its known fields, or what it is instead of an object.
struct Top;

/// Any value, as far as a field needs it. What is not needed is read all the same, so that an article's fate does not
/// depend on which fields the configuration names (serde's `IgnoredAny` would accept any depth and any escape).
struct Any;

/// A key.
struct Key;

impl<'de> DeserializeSeed<'de> for Top {
    type Value = Result<Fields<'de>, Scalar<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! scalars {
    ($wrap:expr) => {
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("JSON")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Null))
        }
        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Boolean))
        }
        fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Integer(number.into())))
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Integer(number.into())))
        }
        fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Float(number)))
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Text(Cow::Owned(text.to_owned()))))
        }
        fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok($wrap(Scalar::Text(Cow::Borrowed(text))))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element_seed(Any)?.is_some() {}
            Ok($wrap(Scalar::Array))
        }
    };
}

impl<'de> Visitor<'de> for Top {
    type Value = Result<Fields<'de>, Scalar<'de>>;

    scalars!(Err);

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = members.next_key_seed(Key)? {
            let value = members.next_value_seed(Any)?;
            if let Some(known) = known(&key) {
                fields.put(known, value);
            }
        }
        Ok(Ok(fields))
    }
}

impl<'de> DeserializeSeed<'de> for Any {
    type Value = Scalar<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Scalar<'de>;

    scalars!(std::convert::identity);

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut name = None;
        while let Some(key) = members.next_key_seed(Key)? {
            let value = members.next_value_seed(Any)?;
            if key == "name" {
                name = if let Scalar::Text(text) = value { Some(text) } else { None };
            }
        }
        Ok(Scalar::Object(name))
    }
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }
}
