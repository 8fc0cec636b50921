//! Articles as a table: CSV or TSV, a row each, under a first row that names the columns; one of them is `text`.
//!
//! Read by `csv-core`, as RFC 4180 has it, with any of comma, semicolon and tab between cells: the one that the first row has
//! most of.
//! Invariant: total, and what is left out is said with its line. Not here: what the columns mean (`record.rs`).

use super::record::{Field, Record};
use super::{Problem, problem};

/// A row of cells and the line that it begins in, from 1.
type Row = (u32, Vec<String>);

/// The records of a table.
pub(super) fn records(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Record> {
    let first = text.lines().next().unwrap_or("");
    let times = |mark: &char| first.matches(*mark).count();
    let between = [',', ';', '\t'].into_iter().rev().max_by_key(times).unwrap_or(',');
    let (rows, open) = rows(text, between);
    if let Some(line) = open {
        let message = "a quotation mark opens in this row and does not close: all that follows is one cell";
        problems.push(problem(file, Some(line), message));
    }
    let mut rows = rows.into_iter();
    let Some((line, head)) = rows.next() else {
        problems.push(problem(file, None, "not taken in: it has no text"));
        return Vec::new();
    };
    let keys: Vec<String> = head.iter().map(|key| key.trim().to_lowercase()).collect();
    if !keys.iter().any(|key| key == "text") {
        let known = head.iter().take(8).map(|key| key.trim()).collect::<Vec<_>>().join(", ");
        let message = format!(
            "not taken in: its first row names no column “text”, only {known}; call what holds the text “text”"
        );
        problems.push(problem(file, Some(line), message));
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, cells) in rows {
        let more = cells.iter().skip(keys.len()).filter(|cell| !cell.trim().is_empty()).count();
        if more > 0 {
            let message = format!("{more} cells more than the first row names; they are left out");
            problems.push(problem(file, Some(line), message));
        }
        let mut record = Record { line: Some(line), ..Record::default() };
        for (key, value) in keys.iter().zip(cells) {
            match key.as_str() {
                "text" if record.text.is_empty() => record.text = value,
                _ => record.fields.push(Field { key: key.clone(), value, line: Some(line), file: None }),
            }
        }
        found.push(record);
    }
    found
}

/// The rows that are not empty, and the line of one whose quotation mark does not close.
fn rows(text: &str, between: char) -> (Vec<Row>, Option<u32>) {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(between as u8).build();
    let (mut rows, mut line, mut open) = (Vec::new(), 1, None);
    // The letters of a row's cells, and where each ends.
    let (mut letters, mut ends) = (vec![0; 1 << 10], vec![0; 1 << 4]);
    let mut rest = text.as_bytes();
    loop {
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() as u32;
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (before, row) = rest.split_at(empty);
        line += lines(before);
        if row.is_empty() {
            return (rows, open);
        }
        let (mut input, mut written, mut cells) = (row, 0, 0);
        // What is read behind the last row: the end of a line, where one is missing, and the end.
        let mut behind = [&b"\n"[..], b""].into_iter();
        loop {
            let (read, used, wrote, ended) =
                reader.read_record(input, &mut letters[written..], &mut ends[cells..]);
            (input, written, cells) = (&input[used..], written + wrote, cells + ended);
            match read {
                csv_core::ReadRecordResult::OutputFull => letters.resize(letters.len() * 2, 0),
                csv_core::ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                csv_core::ReadRecordResult::InputEmpty => input = behind.next().unwrap_or_default(),
                csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => break,
            }
        }
        rest = if behind.len() == 2 { input } else { &[] };
        if behind.len() == 0 {
            // The end of a line has not ended the row.
            open = Some(line);
            if let Some(end) = ends[..cells].last_mut() {
                *end = end.saturating_sub(1);
            }
        }
        let mut start = 0;
        let cell = |&end: &usize| {
            let letters = letters.get(start..end).unwrap_or_default();
            start = end;
            String::from_utf8_lossy(letters).into_owned()
        };
        let cells: Vec<String> = ends[..cells].iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((line, cells));
        }
        line += lines(&row[..row.len() - rest.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each record as `line | text | key=value …`, then the problems.
    fn check(table: &str, expected: &[&str], said: &[&str]) {
        let mut problems = Vec::new();
        let show = |record: &Record| {
            let mut shown = format!("{} | {}", record.line.unwrap_or(0), record.text);
            for field in &record.fields {
                shown.push_str(&format!(" | {}={}", field.key, field.value));
            }
            shown
        };
        let found: Vec<String> = records("a.csv", table, &mut problems).iter().map(show).collect();
        assert_eq!(found, expected, "{table}");
        assert_eq!(problems.len(), said.len(), "{problems:?}");
        for (problem, said) in problems.iter().zip(said) {
            let told = format!("{}: {}", problem.line.unwrap_or(0), problem.message);
            assert!(told.contains(said), "{told} instead of {said}");
        }
    }

    #[test]
    fn rows_are_articles() {
        check("title,text\nOne,A ship.\n\nTwo,\n", &["2 | A ship. | title=One", "4 |  | title=Two"], &[]);
        check(
            "Text;Date\r\n\"A; \"\"ship\"\"\r\nsank.\";2025-03-04\r\nB;\r\n",
            &["2 | A; \"ship\"\r\nsank. | date=2025-03-04", "4 | B | date="],
            &[],
        );
        check("id\ttext\n1\tA, b; c\n", &["2 | A, b; c | id=1"], &[]);
        check("text\n5\" of snow\n", &["2 | 5\" of snow"], &[]);
    }

    #[test]
    fn what_is_odd_is_said() {
        check("", &[], &["0: not taken in: it has no text"]);
        check(
            "title,body\nA,B\n",
            &[],
            &["1: not taken in: its first row names no column “text”, only title, body;"],
        );
        check("text,date\nA\n", &["2 | A"], &[]);
        check("text\nA,b,\n", &["2 | A"], &["2: 1 cells more"]);
        check("text,x\nA,1\n\"B,2\nC,3", &["2 | A | x=1", "3 | B,2\nC,3"], &["3: a quotation mark opens"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(cells in proptest::collection::vec("[a-z,;\"\\n ]{1,9}[a-z]", 1..20)) {
            let row = |cell: &String| format!("\"{}\",x\n", cell.replace('"', "\"\""));
            let table = format!("text,y\n{}", cells.iter().map(row).collect::<String>());
            let found = records("a", &table, &mut Vec::new());
            prop_assert_eq!(found.into_iter().map(|record| record.text).collect::<Vec<_>>(), cells);
        }

        #[test]
        fn is_total(table in "(text|[a,;\"\n\r\t]){0,40}") {
            records("a", &table, &mut Vec::new());
        }
    }
}
