//! An event → its JSON, byte for byte as serde_json writes it, in less than half the time: keys are copied as they
//! stand, and strings are looked through by blocks. An event is mostly keys and short strings, and serde_json looks at
//! each of their bytes by itself.

use super::EnrichedArticle;
use crate::text::run_length;
use serde::ser::{Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Error;

impl EnrichedArticle {
    /// Appends the event's JSON, without white space.
    ///
    /// # Errors
    /// None that is known of: the event holds nothing that has no JSON.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        self.serialize(Json(out))
    }
}

/// Writes what an event is made of: structs, lists, maps with strings for keys, and names of variants.
struct Json<'o>(&'o mut Vec<u8>);

/// A list, struct or map that is being written.
struct Members<'o> {
    out: &'o mut Vec<u8>,
    /// What stands before the next member: the opening bracket, later a comma.
    lead: u8,
    close: u8,
}

impl Members<'_> {
    fn lead(&mut self) -> u8 {
        std::mem::replace(&mut self.lead, b',')
    }

    fn close(self) {
        if self.lead != b',' {
            self.out.push(self.lead);
        }
        self.out.push(self.close);
    }
}

/// An event has no enums but those whose variants are names.
fn no_such_type<T>() -> Result<T, Error> {
    Err(Error::custom("bytes, or a variant with a value: an event has none"))
}

/// Numbers are serde_json's to write.
macro_rules! numbers {
    ($($method:ident: $number:ty),* $(,)?) => {
        $(fn $method(self, number: $number) -> Result<(), Error> {
            serde_json::Serializer::new(self.0).$method(number)
        })*
    };
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'o>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    numbers! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_char: char,
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        // Nearly all are scores of two decimals at most, which need no search for the shortest digits.
        let hundredths = (number * 100.0).round();
        if number.is_sign_negative() || hundredths > 99.0 || hundredths / 100.0 != number {
            return serde_json::Serializer::new(self.0).serialize_f64(number);
        }
        let (tens, ones) = (hundredths as u8 / 10, hundredths as u8 % 10);
        self.0.extend_from_slice(&[b'0', b'.', b'0' + tens]);
        if ones > 0 {
            self.0.push(b'0' + ones);
        }
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.0.push(b'"');
        let mut rest = text.as_bytes();
        loop {
            let (plain, after) = rest.split_at(run_length(rest, is_plain));
            self.0.extend_from_slice(plain);
            let Some((&byte, after)) = after.split_first() else { break };
            escape(self.0, byte);
            rest = after;
        }
        self.0.push(b'"');
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        name(self.0, b"\"", variant, b"\"");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>, Error> {
        Ok(Members { out: self.0, lead: b'[', close: b']' })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>, Error> {
        Ok(Members { out: self.0, lead: b'{', close: b'}' })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, Error> {
        Ok(Members { out: self.0, lead: b'{', close: b'}' })
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        no_such_type()
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        no_such_type()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        no_such_type()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        no_such_type()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        no_such_type()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        no_such_type()
    }
}

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        let lead = self.lead();
        self.out.push(lead);
        value.serialize(Json(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        let lead = self.lead();
        self.out.push(lead);
        key.serialize(Json(self.out))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(Json(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

    // Written out where it is used, a name's length is known, and copying it takes an instruction or two.
    #[inline(always)]
    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        let lead = self.lead();
        name(self.out, &[lead, b'"'], key, b"\":");
        value.serialize(Json(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

/// The name of a field or variant. It is an identifier: nothing in it asks for an escape.
#[inline(always)]
fn name<const B: usize, const A: usize>(out: &mut Vec<u8>, before: &[u8; B], name: &str, after: &[u8; A]) {
    out.extend_from_slice(before);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(after);
}

/// A byte that stands in a JSON string as it is.
fn is_plain(byte: u8) -> bool {
    // One comparison for control characters and the quotation mark (0x22): all below 0x20 stay there, and it joins them.
    byte ^ 2 > 0x20 && byte != b'\\'
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0C => b'f',
        b'\r' => b'r',
        _ => {
            let last = b"0123456789abcdef"[usize::from(byte & 15)];
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), last]);
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        value.serialize(Json(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn strings_are_written_as_serde_json_does(text in "(?s)([\u{0}-\u{7F}]{0,3}|.{0,3}|[a-z]{0,40}){0,8}") {
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }

    #[test]
    fn an_event_is_written_as_serde_json_does() {
        let event: EnrichedArticle = serde_json::from_value(json!({
            "schema": "s", "event_id": "e",
            "article": {
                "id": "1", "title": "\"稀土\"\n\u{1}", "published_at": "2025-10-01T00:00:00Z",
                "published_at_basis": "zoned", "languages": ["en", "zh"], "content_hash": "",
                "kept": {"a\"b": [null, true, -1, 1.5e300, {"c": {}}], "d": [], "e": 18_446_744_073_709_551_615_u64},
            },
            "commodities": [{
                "id": "iron", "name": "Iron", "kind": "mineral", "symbol": null, "critical_lists": [], "relevance": 0.5,
                "confidence": 1.0, "mention_count": 1, "unattributed_count": 0,
                "mentions": [{"field": "title", "start": 0, "end": 4, "text": "iron", "form": "name"}],
            }],
            "places": [], "people": [], "organisations": [], "focus_countries": [], "mineral_countries": [],
            "claims": [], "events": [],
            "rejected": [{"field": "text", "start": 1, "end": 2, "text": "\\", "entity": "", "reason": "verb"}],
            "provenance": {"version": "0", "lexicon": "l", "topic": "t", "partition": -1, "offset": 7},
        }))
        .unwrap();
        let mut out = Vec::new();
        event.write_json(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&event).unwrap());
    }

    #[test]
    fn numbers_and_nothing_are_written_as_serde_json_does() {
        for hundredths in 0..=200 {
            let score = f64::from(hundredths) / 100.0;
            assert_eq!(written(&score), serde_json::to_string(&score).unwrap());
        }
        let value: Value = json!([
            0.1,
            0.123,
            -0.5,
            0.990_000_000_000_000_1,
            1e21,
            1e-7,
            -0.0,
            100.0,
            u64::MAX,
            i64::MIN,
            null,
            "",
            [],
            {}
        ]);
        assert_eq!(written(&value), value.to_string());
        assert_eq!(written(&[f64::NAN, f64::INFINITY].as_slice()), "[null,null]");
    }
}
