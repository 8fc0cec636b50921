//! The edition: a SHA-256 over what the articles say, and nothing that a program derived from it.
//!
//! Hashed are each article's name in addresses, its given title, source, author, date, address, licence and
//! text, each with its length before it, so that no two different articles run together to the same bytes.
//! Not hashed are file names, derived titles, the language (which may have been detected), blocks, names and
//! the index. Invariant: the same articles in the same order have the same edition on any machine and in any
//! version.

use crate::article::Article;
use sha2::{Digest, Sha256};

/// SHA-256 of one article's canonical content.
pub fn article_hash(article: &Article) -> [u8; 32] {
    let meta = &article.meta;
    let mut hash = Sha256::new();
    hash.update(b"crossread article 1\n");
    let fields = [
        Some(article.slug.as_str()),
        Some(meta.title.as_str()).filter(|_| meta.title_given),
        meta.source.as_deref(),
        meta.author.as_deref(),
        meta.date.as_deref(),
        meta.url.as_deref(),
        meta.licence.as_deref(),
        Some(article.text.as_str()),
    ];
    for field in fields {
        hash.update([u8::from(field.is_some())]);
        let field = field.unwrap_or("");
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().into()
}

/// The edition of articles in their order.
pub fn edition(articles: &[Article]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"crossread edition 1\n");
    for article in articles {
        hash.update(article_hash(article));
    }
    hash.finalize().into()
}

/// A hash as 64 hexadecimal digits.
pub fn hex(hash: [u8; 32]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0'));
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
