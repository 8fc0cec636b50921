//! Base64 (RFC 4648, section 4, with padding): how bytes stand inside a page.
//!
//! Invariant: `decode(encode(b)) == b`; `decode` refuses anything that `encode` would not write. Not here: what
//! the bytes are.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text, four characters for three bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().enumerate().fold(0u32, |group, (i, byte)| group | u32::from(*byte) << (16 - 8 * i));
        for i in 0..4 {
            let digit = ALPHABET[(group >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// Text as bytes again; `None` where it is not what [`encode`] writes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut value = [None; 256];
    for (digit, letter) in (0u32..).zip(ALPHABET) {
        value[usize::from(*letter)] = Some(digit);
    }
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    if !text.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in digits.as_bytes().chunks(4) {
        let mut group = 0u32;
        for (i, letter) in chunk.iter().enumerate() {
            group |= value[usize::from(*letter)]? << (18 - 6 * i);
        }
        let [_, bytes @ ..] = group.to_be_bytes();
        let (kept, rest) = bytes.split_at(chunk.len() - 1);
        if rest.iter().any(|b| *b != 0) {
            return None;
        }
        out.extend_from_slice(kept);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_vectors_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn what_encode_would_not_write_is_refused() {
        for text in ["Z", "Zg", "Zg=", "Z===", "====", "Zh==", "Zm9", "Zm 9v", "Zm9\u{e9}", "=Zg="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn total_and_exact(text in "\\PC{0,12}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
