//! JSON (RFC 8259) as a value: small files of our own that the page reads and writes.
//!
//! Invariants: total on any text, nested at most [`DEEPEST`] deep; what [`escape`] writes is read back as it was.
//! Numbers stay as they are written. Not here: the articles' JSON, which serde reads (`intake`); that is three
//! times as large and only an import needs it.

/// Lists and objects that may stand in each other.
const DEEPEST: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order of its keys in the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text; the byte where it goes wrong else.
    pub fn parse(text: &str) -> Result<Json, usize> {
        let mut reader = Reader { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
        let value = reader.value(0);
        reader.space();
        match value {
            Some(value) if reader.at == text.len() => Ok(value),
            _ => Err(reader.at),
        }
    }

    /// The value of a key; of several, the last.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// As a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As a whole number.
    pub fn number(&self) -> Option<u32> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// Appends a string with its quotes.
pub fn escape(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // Also what ends a line in JavaScript, so that the text can stand in a script.
            '\0'..'\u{20}' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\u");
                let digit = |shift: u32| char::from(HEX[(c as usize >> shift) & 15]);
                out.extend([12, 8, 4, 0].map(digit));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Passes over `word` if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        let there = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if there {
            self.at += word.len();
        }
        there
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        match self.peek()? {
            b'"' => self.string().map(Json::Text),
            b'{' | b'[' if depth == DEEPEST => None,
            b'[' => {
                let mut items = Vec::new();
                self.items("]", |reader| {
                    items.push(reader.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::List(items))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.items("}", |reader| {
                    reader.space();
                    let key = reader.string()?;
                    reader.space();
                    reader.eat(":").then_some(())?;
                    fields.push((key, reader.value(depth + 1)?));
                    Some(())
                })?;
                Some(Json::Object(fields))
            }
            b'-' | b'0'..=b'9' => self.digits(),
            _ if self.eat("true") => Some(Json::Truth(true)),
            _ if self.eat("false") => Some(Json::Truth(false)),
            _ if self.eat("null") => Some(Json::Null),
            _ => None,
        }
    }

    /// Items parted by commas, from the bracket in hand to `end`.
    fn items(&mut self, end: &str, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.space();
        if self.eat(end) {
            return Some(());
        }
        loop {
            item(self)?;
            self.space();
            if self.eat(end) {
                return Some(());
            }
            self.eat(",").then_some(())?;
        }
    }

    fn digits(&mut self) -> Option<Json> {
        let start = self.at;
        let run = |reader: &mut Self| {
            let from = reader.at;
            while matches!(reader.peek(), Some(b'0'..=b'9')) {
                reader.at += 1;
            }
            reader.at - from
        };
        self.eat("-");
        let zero = self.peek() == Some(b'0');
        let whole = run(self);
        if whole == 0 || zero && whole > 1 {
            return None;
        }
        if self.eat(".") && run(self) == 0 {
            return None;
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("+") || self.eat("-");
            if run(self) == 0 {
                return None;
            }
        }
        self.text.get(start..self.at).map(|digits| Json::Number(digits.to_owned()))
    }

    fn string(&mut self) -> Option<String> {
        self.eat("\"").then_some(())?;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.find(|c| matches!(c, '"' | '\\' | '\0'..'\u{20}'))?;
            out.push_str(rest.get(..end)?);
            self.at += end;
            if self.eat("\"") {
                return Some(out);
            }
            self.eat("\\").then_some(())?;
            let kind = self.peek()?;
            self.at += 1;
            out.push(match kind {
                b'"' | b'\\' | b'/' => char::from(kind),
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.unit()?,
                _ => return None,
            });
        }
    }

    /// The character of `\u` and its four digits, or of two such that make a pair.
    fn unit(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.eat("\\u").then_some(())?;
        let second = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + second)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn plain(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Truth(truth) => truth.into(),
            Json::Number(digits) => serde_json::from_str(&digits).unwrap(),
            Json::Text(text) => text.into(),
            Json::List(items) => items.into_iter().map(plain).collect(),
            Json::Object(fields) => {
                Value::Object(fields.into_iter().map(|(key, value)| (key, plain(value))).collect())
            }
        }
    }

    /// Reads as serde does, or both refuse.
    #[track_caller]
    fn check(text: &str) {
        let ours = Json::parse(text).ok().map(plain);
        assert_eq!(ours, serde_json::from_str(text).ok(), "{text}");
    }

    #[test]
    fn reads_as_serde_does() {
        for text in [
            r#" {"a": [1, -2.5e3, true, null, "x\n\u00e9\ud83d\ude00"], "a": {}} "#,
            "[]",
            "",
            "[1,]",
            "{\"a\":}",
            "01",
            "-",
            "1.",
            "1e",
            "\"\\ud83d\"",
            "\"\\x\"",
            "\"a\tb\"",
            "nul",
            "1 2",
            "[[",
        ] {
            check(text);
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), Err(DEEPEST));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_reads_it(text in r#"([\[\]{},:"\\0-9.+-]|null|\\u[0-9a-f]{4}|"a"|\PC){0,24}"#) {
            // Numbers beyond what serde holds are refused there and kept as written here.
            prop_assume!(!text.contains(['e', 'E']));
            check(&text);
        }

        #[test]
        fn strings_come_back(text: String) {
            let mut out = String::new();
            escape(&mut out, &text);
            prop_assert_eq!(Json::parse(&out), Ok(Json::Text(text.clone())));
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }
}
