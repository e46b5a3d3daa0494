//! The reader: one record in, one article or a refusal out.

use super::json::{Entry, Field, Fields, Mapping, Scalar, mend_surrogates};
use super::time::{self, Moment};
use super::{Article, ArticleSettings, Published, PublishedAtBasis, RawRecord, Refusal, RefusalCode, SettingFault};
use super::{html, page, zones::Zones};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Without a record's timestamp to compare with, a time from here on is not believed.
const NEWEST: Date = Date::constant(2100, 1, 1);

const UNREADABLE: &str = "published_at_unreadable";
const OUT_OF_RANGE: &str = "published_at_out_of_range";
const LONE_SURROGATE: &str = "lone_surrogate_replaced";

/// Reads records. Made once, shared by all workers.
#[derive(Clone, Debug)]
pub struct ArticleReader {
    mapping: Mapping,
    zones: Zones,
    max_record_bytes: usize,
    max_text_bytes: usize,
    oldest: Timestamp,
    newest: Timestamp,
    future_tolerance: SignedDuration,
}

impl ArticleReader {
    /// A reader by these settings.
    ///
    /// # Errors
    /// Everything that is wrong with the settings, at once.
    pub fn new(settings: &ArticleSettings) -> Result<Self, Vec<SettingFault>> {
        let mut faults = Vec::new();
        settings.check_limits(&mut faults);
        let zones = Zones::new(settings, &mut faults);
        let mapping = settings.mapping(&mut faults);
        let midnight = |date: Date| TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()));
        let newest = midnight(NEWEST).unwrap_or(Timestamp::MAX);
        let oldest = midnight(settings.oldest).ok().filter(|oldest| *oldest < newest).unwrap_or_else(|| {
            let message = format!("{} is out of range; expected a day before {NEWEST}", settings.oldest);
            faults.push(SettingFault { key: "article.oldest".into(), message });
            Timestamp::MIN
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            mapping,
            zones,
            max_record_bytes: settings.max_record_bytes,
            max_text_bytes: settings.max_text_bytes,
            oldest,
            newest,
            future_tolerance: settings.future_tolerance,
        })
    }

    /// Reads one record.
    ///
    /// # Errors
    /// A [`Refusal`] that says what was expected and what was found.
    pub fn read(&self, record: &RawRecord<'_>) -> Result<Article, Refusal> {
        let json = self.decode(record.value)?;
        match Fields::parse(json, &self.mapping) {
            Ok(fields) => self.article(record, fields, Vec::new()),
            Err(refusal) if refusal.code == RefusalCode::InvalidJson => {
                // Only a record that cannot be read as it is pays for the second look.
                let Some(mended) = mend_surrogates(json) else { return Err(refusal) };
                self.article(record, Fields::parse(&mended, &self.mapping)?, vec![LONE_SURROGATE])
            }
            Err(refusal) => Err(refusal),
        }
    }

    fn decode<'a>(&self, value: Option<&'a [u8]>) -> Result<&'a str, Refusal> {
        let value = value
            .ok_or_else(|| refusal(RefusalCode::NullValue, "expected a JSON object, found a null value (tombstone)"))?;
        if value.len() > self.max_record_bytes {
            let message = format!("expected at most {} bytes, found {}", self.max_record_bytes, value.len());
            return Err(refusal(RefusalCode::TooLarge, message));
        }
        let json = std::str::from_utf8(value).map_err(|error| {
            let at = error.valid_up_to();
            let byte = value.get(at).copied().unwrap_or_default();
            refusal(RefusalCode::InvalidUtf8, format!("expected UTF-8, found byte 0x{byte:02x} at offset {at}"))
        })?;
        Ok(json.strip_prefix('\u{feff}').unwrap_or(json))
    }

    fn article(
        &self,
        record: &RawRecord<'_>,
        mut fields: Fields<'_>,
        mut warnings: Vec<&'static str>,
    ) -> Result<Article, Refusal> {
        let own_id = id(&mut fields)?;
        let title = string(&mut fields, Field::Title)?.map(|title| trimmed(&title));
        let url = string(&mut fields, Field::Url)?.map(|url| trimmed(&url));
        let source = source(&mut fields)?;
        let source_zone = self.zones.of_source(source.iter().chain(&url).map(String::as_str));
        let body = self.body(&mut fields, title.as_deref(), source_zone)?;

        // The page may name the source where the record does not.
        let source_zone =
            source_zone.or_else(|| self.zones.of_source(body.source.iter().chain(&body.url).map(String::as_str)));
        let (title, source, url) = (title.or(body.title), source.or(body.source), url.or(body.url));
        let size = body.text.len() + title.as_ref().map_or(0, String::len);
        if size > self.max_text_bytes {
            let message = format!("expected at most {} bytes of title and text, found {size}", self.max_text_bytes);
            return Err(refusal(RefusalCode::TooLarge, message));
        }
        let written = Written { own: &mut fields, page: body.published };
        let published = self.published(written, source_zone, record.timestamp, &mut warnings)?;

        let content_hash = sha256_hex(&[title.as_deref().unwrap_or_default(), "\n", &body.text]);
        let id =
            own_id.or_else(|| record.key.filter(|key| !key.is_empty()).map(key_as_id)).unwrap_or_else(|| match &url {
                Some(url) => format!("url-{}", sha256_hex(&[url])),
                None => format!("content-{content_hash}"),
            });
        Ok(Article { id, title, text: body.text, url, source, published, content_hash, kept: fields.kept, warnings })
    }

    /// The first of the forms that has any text.
    fn body(
        &self,
        fields: &mut Fields<'_>,
        title: Option<&str>,
        source_zone: Option<&TimeZone>,
    ) -> Result<Body, Refusal> {
        for field in [Field::Text, Field::Html, Field::Raw, Field::Summary] {
            // `text` is plain whatever it looks like; what other crawlers call content, body, description may be HTML.
            let plain = |name: &str| name == "text" || name.starts_with('/');
            let Some((text, name)) = named_string(fields, field)? else { continue };
            let body = match field {
                Field::Raw => {
                    let page = page::read(&text, title, &self.zones, source_zone);
                    let published = page.published.map(|moment| vec![When::Moment(moment)]).unwrap_or_default();
                    let (title, source) = (page.title.map(str::to_owned), page.source.map(str::to_owned));
                    Body { title, source, published, url: None, text: page.text.to_owned() }
                }
                Field::Html => Body::from(html::read(&text, title)),
                _ if !plain(name) && looks_like_html(&text) => Body::from(html::read(&text, title)),
                _ => Body { text: text.into_owned(), ..Body::default() },
            };
            if !body.text.trim().is_empty() {
                return Ok(body);
            }
        }
        let passed_over = [Field::Text, Field::Html, Field::Raw].into_iter().find_map(|field| {
            let wrong = fields.of(field).find(|entry| !matches!(entry.value, Scalar::Text(_)))?;
            Some(wrong_type(wrong, "a string"))
        });
        let none = || {
            refusal(
                RefusalCode::NoText,
                "expected text in one of `text`, `html`, `raw` (or an alias of these), found none",
            )
        };
        Err(passed_over.unwrap_or_else(none))
    }

    fn published(
        &self,
        written: Written<'_, '_>,
        source_zone: Option<&TimeZone>,
        timestamp: Option<Timestamp>,
        warnings: &mut Vec<&'static str>,
    ) -> Result<Option<Published>, Refusal> {
        let mut warning = None;
        for entry in written.own.of(Field::PublishedAt) {
            let moment = match &entry.value {
                Scalar::Text(text) if text.trim().is_empty() => continue,
                Scalar::Text(text) => time::from_text(text, &self.zones, source_zone),
                Scalar::Integer(number) => time::from_integer(*number),
                Scalar::Float(number) => time::from_float(*number),
                _ if entry.strict => return Err(wrong_type(entry, "a time as a string or a number")),
                _ => continue,
            };
            match self.believed(moment, source_zone, timestamp) {
                Ok(published) => return Ok(Some(published)),
                Err(code) => _ = warning.get_or_insert(code),
            }
        }
        for when in &written.page {
            let moment = match when {
                When::Moment(moment) => Some(*moment),
                When::Text(text) => time::from_text(text, &self.zones, source_zone),
            };
            match self.believed(moment, source_zone, timestamp) {
                Ok(published) => return Ok(Some(published)),
                Err(code) => _ = warning.get_or_insert(code),
            }
        }
        warnings.extend(warning);
        Ok(timestamp.map(|at| Published { at, basis: PublishedAtBasis::RecordTimestamp }))
    }

    /// The instant, if it can be believed; else the warning's code.
    fn believed(
        &self,
        moment: Option<Moment>,
        source_zone: Option<&TimeZone>,
        timestamp: Option<Timestamp>,
    ) -> Result<Published, &'static str> {
        let published = match moment.ok_or(UNREADABLE)? {
            Moment::Instant(at) => Published { at, basis: PublishedAtBasis::Zoned },
            Moment::Local(local) => {
                let (zone, basis) = match source_zone {
                    Some(zone) => (zone, PublishedAtBasis::SourceZone),
                    None => (self.zones.default_zone(), PublishedAtBasis::DefaultZone),
                };
                // In the hour that a clock leaps over the time before counts, in the hour that comes twice the first.
                let at = zone.to_ambiguous_timestamp(local).compatible().map_err(|_| OUT_OF_RANGE)?;
                Published { at, basis }
            }
        };
        let latest =
            timestamp.and_then(|timestamp| timestamp.checked_add(self.future_tolerance).ok()).unwrap_or(self.newest);
        if (self.oldest..=latest).contains(&published.at) { Ok(published) } else { Err(OUT_OF_RANGE) }
    }
}

/// Times of publication as the record and its page write them.
struct Written<'f, 'a> {
    own: &'f mut Fields<'a>,
    page: Vec<When>,
}

enum When {
    Moment(Moment),
    Text(String),
}

/// A text, and what was found with it.
#[derive(Default)]
struct Body {
    title: Option<String>,
    text: String,
    source: Option<String>,
    url: Option<String>,
    published: Vec<When>,
}

impl From<html::Page> for Body {
    fn from(page: html::Page) -> Self {
        let published = page.published.into_iter().map(When::Text).collect();
        Self { title: page.title, text: page.text, source: page.source, url: page.url, published }
    }
}

fn id(fields: &mut Fields<'_>) -> Result<Option<String>, Refusal> {
    for entry in fields.of(Field::Id) {
        match &entry.value {
            Scalar::Text(text) if text.trim().is_empty() => {}
            Scalar::Text(text) => return Ok(Some(trimmed(text))),
            Scalar::Integer(number) => return Ok(Some(number.to_string())),
            _ if entry.strict => return Err(wrong_type(entry, "a string or an integer")),
            _ => {}
        }
    }
    Ok(None)
}

fn source(fields: &mut Fields<'_>) -> Result<Option<String>, Refusal> {
    for entry in fields.of(Field::Source) {
        match &entry.value {
            Scalar::Text(text) | Scalar::Object(Some(text)) if !text.trim().is_empty() => {
                return Ok(Some(trimmed(text)));
            }
            Scalar::Text(_) | Scalar::Object(_) => {}
            _ if entry.strict => return Err(wrong_type(entry, "a string or an object with a `name`")),
            _ => {}
        }
    }
    Ok(None)
}

fn string<'a>(fields: &mut Fields<'a>, field: Field) -> Result<Option<Cow<'a, str>>, Refusal> {
    Ok(named_string(fields, field)?.map(|(text, _)| text))
}

/// The first value of a field that is not blank, and the name under which it stood.
fn named_string<'a>(fields: &mut Fields<'a>, field: Field) -> Result<Option<(Cow<'a, str>, &'a str)>, Refusal> {
    for entry in fields.of(field) {
        match &mut entry.value {
            Scalar::Text(text) if text.trim().is_empty() => {}
            Scalar::Text(text) => return Ok(Some((std::mem::take(text), entry.name))),
            _ if entry.strict => return Err(wrong_type(entry, "a string")),
            _ => {}
        }
    }
    Ok(None)
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// `<p>…`, `<!doctype …`: begins with a tag, and a tag is closed somewhere.
fn looks_like_html(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('<') else { return false };
    rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!')
        && (text.contains("</") || text.contains("/>"))
}

fn key_as_id(key: &[u8]) -> String {
    std::str::from_utf8(key).map_or_else(|_| hex(key), str::to_owned)
}

fn sha256_hex(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.push(digit(byte >> 4));
        digits.push(digit(byte & 15));
    }
    digits
}

fn refusal(code: RefusalCode, message: impl Into<String>) -> Refusal {
    Refusal { code, message: message.into() }
}

fn wrong_type(entry: &Entry<'_>, expected: &str) -> Refusal {
    let message = format!("field `{}`: expected {expected}, found {}", entry.name, entry.value.describe());
    refusal(RefusalCode::WrongType, message)
}
