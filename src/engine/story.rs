//! Stories: which articles of a corpus tell the same one.
//!
//! Articles are vectors of their stems and names, weighed by how often they stand there (logarithmically), how
//! rare they are in common English, and how rare in the corpus; two are near by the cosine of their vectors.
//! Groups are joined nearest first while the mean nearness over all their pairs stays high (average linkage).
//! Invariant: every article is in at most one story, a story has at least two; the order of articles does not
//! matter but for ties. Not here: what corresponds inside two articles (see `compare`).

use super::answer::Engine;
use crate::text;
use crate::text::map::{Map, Set};
use crate::text::sort::{sort, sort_by};

/// Least mean cosine in a story. This and [`NAME`] were chosen on half of the stories of `stories.jsonl`.
const STORY: f64 = 0.17;
/// Least cosine of an article's neighbour.
const NEAR: f64 = 0.08;
/// Articles beyond which a term no longer makes two of them candidates.
const COMMON: usize = 60;
/// Words of an article that are read; a story shows early.
const WORDS: usize = 2_000;
/// A name counts so many times a word of the same rarity: its words count by themselves, and who is in the news is in
/// many stories.
const NAME: f64 = 0.5;
/// Articles of one story at most.
const LARGEST: usize = 100;
/// Neighbours kept of an article.
const NEIGHBOURS: usize = 8;

/// The stories of a corpus and each article's nearest others.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// The stories, by their first article.
    pub groups: Vec<Group>,
    /// Per article: the nearest others, nearest first.
    pub near: Vec<Vec<usize>>,
}

/// Articles on one story.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they share, in words of the texts.
    pub title: String,
    /// Indices, ascending.
    pub articles: Vec<usize>,
}

impl Engine {
    /// The stories. There are none in a corpus of two: the pair is offered as such.
    pub(super) fn stories(&self) -> &[Group] {
        &self.grouped().groups
    }

    /// The articles nearest to one, nearest first.
    pub(super) fn mates(&self, article: usize) -> Vec<usize> {
        self.grouped().near.get(article).cloned().unwrap_or_default()
    }

    fn grouped(&self) -> &Stories {
        self.grouped.get_or_init(|| if self.articles().len() < 3 { Stories::default() } else { self.group() })
    }

    fn group(&self) -> Stories {
        let vectors = self.vectors();
        let near = nearness(&vectors);
        let mut neighbours: Vec<Vec<(f64, usize)>> = vec![Vec::new(); vectors.len()];
        for ((a, b), cosine) in &near {
            for (here, there) in [(*a, *b), (*b, *a)] {
                if let Some(list) = neighbours.get_mut(here).filter(|_| *cosine >= NEAR) {
                    list.push((*cosine, there));
                }
            }
        }
        for list in &mut neighbours {
            sort_by(list, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            list.truncate(NEIGHBOURS);
        }
        let groups = clusters(vectors.len(), &near)
            .into_iter()
            .map(|articles| Group { title: self.shared(&articles, &vectors), articles })
            .collect();
        let near = neighbours.into_iter().map(|l| l.into_iter().map(|(_, i)| i).collect()).collect();
        Stories { groups, near }
    }

    /// Each article as a unit vector of its terms.
    fn vectors(&self) -> Vec<Map<String, f64>> {
        let mut counts: Vec<Map<String, f64>> = Vec::new();
        for (index, article) in self.articles().iter().enumerate() {
            let mut count: Map<String, f64> = Map::new();
            let language = article.meta.language.as_deref();
            for word in text::words(&article.text).take(WORDS) {
                let stem = text::stem(&text::fold(word.of(&article.text)), language);
                *count.or_default(stem) += 1.0;
            }
            for (entity, mentions) in self.named_in(index) {
                // A blank keeps names apart from stems.
                count.insert(format!(" {entity}"), f64::from(mentions));
            }
            counts.push(count);
        }
        let mut documents: Map<String, f64> = Map::new();
        for term in counts.iter().flat_map(|c| c.keys()) {
            *documents.or_default(term.clone()) += 1.0;
        }
        let all = counts.len() as f64;
        for vector in &mut counts {
            for (term, weight) in vector.iter_mut() {
                let rarity = match term.starts_with(' ') {
                    true => NAME * RARE_NAME,
                    false => self.corpus().common.idf(term),
                };
                let found = documents.get(term).copied().unwrap_or(1.0);
                let spread = 0.3 + 0.7 * libm::log(all / found) / libm::log(all.max(2.0));
                *weight = (1.0 + libm::log(*weight)) * rarity * spread;
            }
            let length = vector.values().map(|w| w * w).sum::<f64>().sqrt();
            vector.iter_mut().for_each(|(_, w)| *w /= length.max(f64::MIN_POSITIVE));
        }
        counts
    }

    /// What the articles of a story share: names that most of them have, else the weightiest common words.
    fn shared(&self, articles: &[usize], vectors: &[Map<String, f64>]) -> String {
        let mut weights: Map<&str, (usize, f64)> = Map::new();
        for (term, weight) in articles.iter().filter_map(|a| vectors.get(*a)).flatten() {
            let entry = weights.or_default(term);
            *entry = (entry.0 + 1, entry.1 + weight);
        }
        let mut terms: Vec<(&str, f64)> = weights
            .into_iter()
            .filter(|(_, (n, _))| *n * 2 > articles.len())
            .map(|(term, (_, weight))| (term, weight))
            .collect();
        sort_by(&mut terms, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let names: Vec<&str> = terms
            .iter()
            .filter_map(|(term, _)| term.strip_prefix(' ')?.parse().ok())
            .map(|entity: usize| self.name_of(entity))
            .take(3)
            .collect();
        if names.is_empty() { self.shared_words(articles, &terms) } else { names.join(", ") }
    }

    /// The weightiest stems as the first article writes them.
    fn shared_words(&self, articles: &[usize], terms: &[(&str, f64)]) -> String {
        let Some(article) = articles.first().and_then(|a| self.articles().get(*a)) else {
            return String::new();
        };
        let wanted: Set<&str> = terms.iter().take(3).map(|(term, _)| *term).collect();
        let mut written: Map<String, &str> = Map::new();
        for word in text::words(&article.text).take(WORDS) {
            let word = word.of(&article.text);
            let stem = text::stem(&text::fold(word), article.meta.language.as_deref());
            if wanted.contains(stem.as_str()) {
                written.or_insert_with(stem, || word);
            }
        }
        terms.iter().take(3).filter_map(|(t, _)| written.get(*t).copied()).collect::<Vec<_>>().join(", ")
    }
}

/// Rarity of a name, as that of a word that is not among the common ones.
const RARE_NAME: f64 = 7.5;

/// Cosines of the pairs that share a term which is not common in the corpus.
fn nearness(vectors: &[Map<String, f64>]) -> Map<(usize, usize), f64> {
    let mut holders: Map<&str, Vec<(usize, f64)>> = Map::new();
    for (index, vector) in vectors.iter().enumerate() {
        for (term, weight) in vector {
            holders.or_default(term).push((index, *weight));
        }
    }
    let mut near: Map<(usize, usize), f64> = Map::new();
    for list in holders.values().filter(|l| l.len() <= COMMON) {
        for (i, (a, x)) in list.iter().enumerate() {
            for (b, y) in list.iter().skip(i + 1) {
                *near.or_default((*a, *b)) += x * y;
            }
        }
    }
    near
}

/// Groups by average linkage, nearest pairs first; only those of two and more.
fn clusters(count: usize, near: &Map<(usize, usize), f64>) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..count).collect();
    let mut groups: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    let mut edges: Vec<(f64, usize, usize)> =
        near.iter().filter(|(_, c)| **c >= STORY).map(|((a, b), c)| (*c, *a, *b)).collect();
    sort_by(&mut edges, |x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in edges {
        let (Some(&a), Some(&b)) = (group_of.get(a), group_of.get(b)) else { continue };
        let (Some(left), Some(right)) = (groups.get(a), groups.get(b)) else { continue };
        if a == b || left.len() + right.len() > LARGEST {
            continue;
        }
        let cosine = |x: &usize, y: &usize| near.get(&(*x.min(y), *x.max(y))).copied().unwrap_or(0.0);
        let sum: f64 = left.iter().flat_map(|x| right.iter().map(move |y| cosine(x, y))).sum();
        if sum / ((left.len() * right.len()) as f64) < STORY {
            continue;
        }
        let moved = groups.get_mut(b).map(std::mem::take).unwrap_or_default();
        for member in &moved {
            if let Some(group) = group_of.get_mut(*member) {
                *group = a;
            }
        }
        if let Some(group) = groups.get_mut(a) {
            group.extend(moved);
        }
    }
    groups.iter_mut().for_each(|g| sort(g));
    groups.retain(|g| g.len() >= 2);
    sort(&mut groups);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn average_linkage_does_not_chain() {
        let near = |pairs: &[(usize, usize, f64)]| pairs.iter().map(|(a, b, c)| ((*a, *b), *c)).collect();
        let check = |pairs: &[(usize, usize, f64)], expected: &[&[usize]]| {
            assert_eq!(clusters(5, &near(pairs)), expected);
        };
        check(&[], &[]);
        check(&[(0, 3, 0.5)], &[&[0, 3]]);
        check(&[(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.4)], &[&[0, 1, 2]]);
        check(&[(0, 1, 0.5), (1, 2, 0.2), (2, 3, 0.5)], &[&[0, 1], &[2, 3]]);
    }
}
