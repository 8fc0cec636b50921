//! Claiming: what the view of several articles shows, worked out from its answer.
//!
//! Invariant: pure functions of [`Accounts`]; total, whatever indices the view holds. Not here: which sentences are
//! one claim (the engine), drawing (`app/accounts.rs`).

use super::address::{Address, Mode};
use crate::engine::views::{Accounts, Claim, PairOf, Telling};

/// What an article does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It does not say it.
    Silent,
    /// It reports it.
    Reports,
    /// It reports it, and differs from another one in it.
    Differs,
}

/// The claims that the address shows, as indices: all, or those in which somebody differs.
pub fn shown(accounts: &Accounts, address: &Address) -> Vec<usize> {
    let differs = address.mode == Mode::Differences;
    let all = accounts.claims.iter().enumerate();
    all.filter(|(_, claim)| !differs || !claim.disagreements.is_empty()).map(|(i, _)| i).collect()
}

/// Claims in which somebody differs.
pub fn differing(accounts: &Accounts) -> u32 {
    accounts.claims.iter().filter(|claim| !claim.disagreements.is_empty()).count() as u32
}

/// An article's telling of a claim.
pub fn telling(claim: &Claim, article: u32) -> Option<(u32, &Telling)> {
    (0..).zip(&claim.told).find(|(_, telling)| telling.article == article)
}

/// What an article does with a claim.
pub fn stand(claim: &Claim, article: u32) -> Stand {
    match telling(claim, article) {
        None => Stand::Silent,
        Some((i, _)) if claim.disagreements.iter().any(|d| d.x == i || d.y == i) => Stand::Differs,
        Some(_) => Stand::Reports,
    }
}

/// Where two of the articles are compared: the address that has the pairs in the order that `pair` counts in.
pub fn beside(accounts: &Accounts, x: u32, y: u32) -> Option<(Address, &PairOf)> {
    let (a, b) = (x.min(y), x.max(y));
    let pair = accounts.pairs.iter().find(|p| p.a == a && p.b == b)?;
    let slug = |i: u32| accounts.articles.get(i as usize).map(|account| account.article.slug.as_str());
    let (a, b) = (slug(a)?, slug(b)?);
    let (first, second) = if pair.swapped { (b, a) } else { (a, b) };
    Some((Address::compare(first, second), pair))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::views::{Account, ArticleRef, DifferenceKind, Disagreement};

    fn accounts() -> Accounts {
        let account = |slug: &str| Account {
            article: ArticleRef { slug: slug.into(), ..Default::default() },
            ..Default::default()
        };
        let told = |article| Telling { article, ..Default::default() };
        let differ = Disagreement {
            x: 0,
            y: 1,
            pair: 3,
            kind: DifferenceKind::Figure,
            x_words: "ten".into(),
            y_words: "two".into(),
        };
        Accounts {
            articles: vec![account("a"), account("b"), account("c")],
            claims: vec![
                Claim { told: vec![told(0), told(2)], ..Default::default() },
                Claim { told: vec![told(1), told(2)], disagreements: vec![differ], ..Default::default() },
            ],
            pairs: vec![PairOf { a: 1, b: 2, swapped: true, ..Default::default() }],
            ..Default::default()
        }
    }

    #[test]
    fn stands() {
        let accounts = accounts();
        let row = |claim: usize| (0..3).map(|i| stand(&accounts.claims[claim], i)).collect::<Vec<_>>();
        assert_eq!(row(0), [Stand::Reports, Stand::Silent, Stand::Reports]);
        assert_eq!(row(1), [Stand::Silent, Stand::Differs, Stand::Differs]);
        let here = Address::of(super::super::View::Story("a".into()));
        assert_eq!(shown(&accounts, &here), [0, 1]);
        assert_eq!(shown(&accounts, &here.with_mode(Mode::Differences)), [1]);
        assert_eq!(differing(&accounts), 1);
    }

    #[test]
    fn pairs_open_in_the_order_of_the_corpus() {
        let accounts = accounts();
        let to = |x, y| beside(&accounts, x, y).map(|(address, _)| address);
        assert_eq!(to(2, 1), Some(Address::compare("c", "b")));
        assert_eq!(to(1, 2), Some(Address::compare("c", "b")));
        assert_eq!(to(0, 2), None);
    }
}
