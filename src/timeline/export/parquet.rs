//! Rows as a Parquet file.

use crate::timeline::Row;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// What the columns are, and in which order.
const SCHEMA: &str = "message timeline {
    required int64 time (TIMESTAMP(MILLIS, true));
    required binary mineral (STRING);
    required binary country (STRING);
    required int64 mentions (INTEGER(64, false));
    required int64 articles (INTEGER(64, false));
    required int64 stories (INTEGER(64, false));
}";
/// Rows that readers take in at once.
const GROUP: usize = 1 << 20;

/// The bytes of a file. In memory: a million rows are a few megabytes so.
pub(super) fn file(rows: &[Row]) -> Result<Vec<u8>, ParquetError> {
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(parse_message_type(SCHEMA)?), Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        // Counts of articles: far below 2⁶³.
        let counts = |count: fn(&Row) -> u64| rows.iter().map(|row| count(row) as i64).collect::<Vec<_>>();
        let texts = |text: fn(&Row) -> &str| rows.iter().map(|row| ByteArray::from(text(row))).collect::<Vec<_>>();
        let times: Vec<i64> = rows.iter().map(|row| row.time.start().as_millisecond()).collect();
        column::<Int64Type>(&mut group, &times)?;
        column::<ByteArrayType>(&mut group, &texts(|row| &row.mineral))?;
        column::<ByteArrayType>(&mut group, &texts(|row| &row.country))?;
        column::<Int64Type>(&mut group, &counts(|row| row.totals.mentions))?;
        column::<Int64Type>(&mut group, &counts(|row| row.totals.articles))?;
        column::<Int64Type>(&mut group, &counts(|row| row.totals.stories))?;
        group.close()?;
    }
    file.close()?;
    Ok(bytes)
}

/// The next column of a group.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    let missing = || ParquetError::General("a row has more columns than the schema".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Hour, Totals};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    use std::io::Write;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let row = |number: u64| Row {
            time: Hour::of(jiff::Timestamp::from_second(3_600 * number as i64).unwrap()),
            mineral: if number.is_multiple_of(2) { "tungsten" } else { "copper" }.into(),
            country: "PK".into(),
            totals: Totals { mentions: number, articles: 2, stories: 1 },
        };
        let rows: Vec<Row> = (0..1_000).map(row).collect();
        let mut written = tempfile::tempfile().unwrap();
        written.write_all(&file(&rows).unwrap()).unwrap();
        let reader = SerializedFileReader::new(written).unwrap();
        let read: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(read.len(), rows.len());
        for (read, row) in read.iter().zip(&rows) {
            assert_eq!(read.get_timestamp_millis(0).unwrap(), row.time.start().as_millisecond());
            assert_eq!(
                (read.get_string(1).unwrap().as_str(), read.get_string(2).unwrap().as_str()),
                (&*row.mineral, "PK")
            );
            let counts = [3, 4, 5].map(|column| read.get_ulong(column).unwrap());
            assert_eq!(counts, [row.totals.mentions, 2, 1]);
        }
        assert!(file(&[]).unwrap().starts_with(b"PAR1"));
    }
}
