//! Articles as JSON: one object, an array of them, or one a line (JSON Lines).
//!
//! Invariant: a line or an element that cannot be read is named, and the others are taken in.

use super::record::{Field, Record};
use super::{Problem, problem};
use serde_json::{Map, Value};

/// Whether a text with another name is JSON all the same: it opens with an object that has a `text`.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start();
    if !start.starts_with(['{', '[']) {
        return false;
    }
    let line = start.lines().next().unwrap_or("");
    let object = |v: &Value| v.get("text").is_some_and(Value::is_string);
    serde_json::from_str::<Value>(line).or_else(|_| serde_json::from_str(start)).is_ok_and(|v| match &v {
        Value::Array(items) => items.first().is_some_and(object),
        other => object(other),
    })
}

/// The records of a JSON or JSON Lines text.
pub(super) fn records(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Record> {
    let whole = match serde_json::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => {
            let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
            let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
            if lines > 1 && serde_json::from_str::<Map<String, Value>>(first).is_ok() {
                return lines_of(file, text, problems);
            }
            let message = format!("not taken in: not valid JSON ({})", why(&error));
            problems.push(problem(file, u32::try_from(error.line()).ok().filter(|l| *l > 0), message));
            return Vec::new();
        }
    };
    let items = match whole {
        Value::Array(items) => items,
        Value::Object(mut map) => match map.remove("articles") {
            Some(Value::Array(items)) => items,
            Some(other) => {
                map.insert("articles".to_owned(), other);
                vec![Value::Object(map)]
            }
            None => vec![Value::Object(map)],
        },
        other => vec![other],
    };
    let many = items.len() > 1;
    let mut found = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match record(item, None) {
            Ok(record) => found.push(record),
            Err(why) if many => {
                problems.push(problem(file, None, format!("not taken in: article {}: {why}", index + 1)))
            }
            Err(why) => problems.push(problem(file, None, format!("not taken in: {why}"))),
        }
    }
    found
}

/// What is wrong with JSON, without the line: that is told beside it, and for a line of many it would be 1.
fn why(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().map_or(said.clone(), |why| format!("{why}, column {}", error.column()))
}

fn lines_of(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Record> {
    let mut found = Vec::new();
    for (line, text) in (1u32..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
        let read = serde_json::from_str(text)
            .map_err(|e| format!("not valid JSON ({})", why(&e)))
            .and_then(|v| record(v, Some(line)));
        match read {
            Ok(record) => found.push(record),
            Err(why) => problems.push(problem(file, Some(line), format!("not taken in: {why}"))),
        }
    }
    found
}

/// What is said of an object without a text: which keys it has instead.
fn textless(record: &Record) -> String {
    let keys: Vec<&str> = record.fields.iter().map(|field| field.key.as_str()).take(8).collect();
    match keys.is_empty() {
        true => "it has no “text”".to_owned(),
        false => format!("it has no “text”, only {}; call what holds the text “text”", keys.join(", ")),
    }
}

fn record(value: Value, line: Option<u32>) -> Result<Record, String> {
    let Value::Object(map) = value else { return Err("it is not an object with a “text”".to_owned()) };
    let mut record = Record { line, ..Record::default() };
    for (key, value) in map {
        let key = key.to_lowercase();
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            _ => continue,
        };
        if key == "text" {
            record.text = value;
        } else {
            record.fields.push(Field { key, value, line, file: None });
        }
    }
    if record.text.trim().is_empty() { Err(textless(&record)) } else { Ok(record) }
}
