//! The wire: how numbers and strings stand in the sections of a corpus file.
//!
//! Numbers are LEB128 (seven bits a byte, low bits first), strings are their length in bytes and UTF-8.
//! Invariant: a [`Reader`] is total; on any bytes it gives a value or says what is wrong, and it never
//! reserves more memory than the bytes that are there can fill.

/// Appends a number.
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a length or an index.
pub fn put_len(out: &mut Vec<u8>, value: usize) {
    put(out, value as u64);
}

/// Appends a string.
pub fn put_str(out: &mut Vec<u8>, text: &str) {
    put_len(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Appends a string that may be absent.
pub fn put_option(out: &mut Vec<u8>, text: Option<&str>) {
    out.push(u8::from(text.is_some()));
    if let Some(text) = text {
        put_str(out, text);
    }
}

/// Reads what the functions above wrote.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

/// What a read comes to: the value, or what is wrong in a few words.
pub type Read<T> = Result<T, String>;

impl<'a> Reader<'a> {
    /// Over the bytes of a section.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// One byte.
    pub fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.rest.split_first().ok_or("it ends too early")?;
        self.rest = rest;
        Ok(*first)
    }

    /// A number.
    pub fn number(&mut self) -> Read<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err("a number in it is too long".to_owned())
    }

    /// A number that fits 32 bits.
    pub fn small(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| "a number in it is too large".to_owned())
    }

    /// A count of things that take at least one byte each.
    pub fn count(&mut self) -> Read<usize> {
        let count = self.number()?;
        match usize::try_from(count) {
            Ok(count) if count <= self.rest.len() => Ok(count),
            _ => Err("it says that it holds more than it can".to_owned()),
        }
    }

    /// So many bytes.
    pub fn take(&mut self, length: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or("it ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    /// Bytes that are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// A string.
    pub fn text(&mut self) -> Read<&'a str> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| "a text in it is not UTF-8".to_owned())
    }

    /// A string that may be absent.
    pub fn option(&mut self) -> Read<Option<String>> {
        match self.byte()? {
            0 => Ok(None),
            1 => Ok(Some(self.text()?.to_owned())),
            _ => Err("a mark in it is neither yes nor no".to_owned()),
        }
    }

    /// Yes or no.
    pub fn flag(&mut self) -> Read<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err("a mark in it is neither yes nor no".to_owned()),
        }
    }

    /// Everything has been read.
    pub fn end(self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { Err("something follows its end".to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers: Vec<u64>, text: String, option: Option<String>) {
            let mut out = Vec::new();
            for number in &numbers {
                put(&mut out, *number);
            }
            put_str(&mut out, &text);
            put_option(&mut out, option.as_deref());
            let mut reader = Reader::new(&out);
            for number in numbers {
                prop_assert_eq!(reader.number(), Ok(number));
            }
            prop_assert_eq!(reader.text(), Ok(text.as_str()));
            prop_assert_eq!(reader.option(), Ok(option));
            prop_assert_eq!(reader.end(), Ok(()));
        }

        #[test]
        fn any_bytes_are_answered(bytes: Vec<u8>) {
            let mut reader = Reader::new(&bytes);
            while reader.text().is_ok() && reader.number().is_ok() && reader.option().is_ok() {}
        }
    }

    #[test]
    fn a_number_beyond_64_bits_is_refused() {
        let bytes = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert!(Reader::new(&bytes).number().is_err());
    }
}
