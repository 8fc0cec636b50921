//! About this file: edition, sections, and the hash of every article.

use super::answer::Engine;
use super::views::About;
use crate::bundle::{Corpus, FORMAT};

impl Engine {
    /// The view *About this file*.
    pub(super) fn about(&self) -> About {
        let corpus = self.corpus();
        About {
            title: self.title(),
            edition: corpus.edition(),
            made_by: corpus.made_by.clone(),
            format: FORMAT,
            sections: corpus.sizes().into_iter().map(|(s, size)| (s.name().to_owned(), size)).collect(),
            articles: (0..self.articles().len())
                .filter_map(|i| Some((self.article_ref(i), Corpus::article_hash(self.articles().get(i)?))))
                .collect(),
            corrections: corpus.corrections().records().len() as u32,
            former: self.former(),
        }
    }
}
