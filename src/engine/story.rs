//! Stories: which articles of a corpus tell the same one.
//!
//! Articles are vectors of their stems and names, weighed by how often they stand there (logarithmically), how
//! rare they are in common English, and how rare in the corpus; two are near by the cosine of their vectors.
//! Groups are joined nearest first while the mean nearness over all their pairs stays high (average linkage).
//! Invariant: every article is in at most one story, a story has at least two; the order of articles does not
//! matter but for ties. Not here: what corresponds inside two articles (see `compare`).

use super::answer::Engine;
use crate::text;
use crate::text::interner::Interner;
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
        let terms = self.terms();
        let near = nearness(&terms);
        let mut neighbours: Vec<Vec<(f64, usize)>> = vec![Vec::new(); near.len()];
        for (a, later) in near.iter().enumerate() {
            for (b, cosine) in later {
                if *cosine >= NEAR {
                    neighbours[a].push((*cosine, *b));
                    neighbours[*b].push((*cosine, a));
                }
            }
        }
        for list in &mut neighbours {
            sort_by(list, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            list.truncate(NEIGHBOURS);
        }
        let groups = clusters(&near)
            .into_iter()
            .map(|articles| Group { title: self.shared(&articles, &terms), articles })
            .collect();
        let near = neighbours.into_iter().map(|l| l.into_iter().map(|(_, i)| i).collect()).collect();
        Stories { groups, near }
    }

    /// Each article as a unit vector of its terms.
    fn terms(&self) -> Terms {
        let names = self.corpus().entities.entities.len();
        let mut terms = Terms { names, stems: Interner::default(), vectors: Vec::new() };
        // By language: words as they are written, and the terms they are.
        let mut known: Vec<(Option<&str>, Interner, Vec<usize>)> = Vec::new();
        let mut times: Vec<u32> = vec![0; names];
        let mut articles: Vec<u32> = vec![0; names];
        for (index, article) in self.articles().iter().enumerate() {
            let language = article.meta.language.as_deref();
            let at = known.iter().position(|(known, ..)| *known == language).unwrap_or(known.len());
            if at == known.len() {
                known.push((language, Interner::default(), Vec::new()));
            }
            let (_, written, term_of) = &mut known[at];
            let mut met: Vec<usize> = Vec::new();
            for word in text::words(&article.text).take(WORDS) {
                let word = word.of(&article.text);
                let number = written.number(word) as usize;
                if number == term_of.len() {
                    let stem = text::stem(&text::fold(word), language);
                    term_of.push(names + terms.stems.number(&stem) as usize);
                    times.resize(names + terms.stems.count(), 0);
                }
                let Some(term) = term_of.get(number).copied() else { continue };
                if times[term] == 0 {
                    met.push(term);
                }
                times[term] += 1;
            }
            for (entity, mentions) in self.named_in(index) {
                met.push(entity);
                times[entity] = mentions;
            }
            articles.resize(times.len(), 0);
            let vector = met.into_iter().map(|term| {
                articles[term] += 1;
                (term, f64::from(std::mem::take(&mut times[term])))
            });
            terms.vectors.push(vector.collect());
        }
        let all = terms.vectors.len() as f64;
        let mut rarities = Vec::new();
        for (term, found) in articles.iter().enumerate() {
            let rarity = match terms.stem(term) {
                None => NAME * RARE_NAME,
                Some(stem) => self.corpus().common.idf(stem),
            };
            let spread = libm::log(all / f64::from(*found)) / libm::log(all.max(2.0));
            rarities.push(rarity * (0.3 + 0.7 * spread));
        }
        for vector in &mut terms.vectors {
            let mut length: f64 = 0.0;
            for (term, weight) in &mut *vector {
                *weight = (1.0 + libm::log(*weight)) * rarities[*term];
                length += *weight * *weight;
            }
            let length = length.sqrt().max(f64::MIN_POSITIVE);
            vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        terms
    }

    /// What the articles of a story share: names that most of them have, else the weightiest common words.
    fn shared(&self, articles: &[usize], terms: &Terms) -> String {
        let mut all: Vec<(usize, f64)> = Vec::new();
        articles.iter().for_each(|article| all.extend_from_slice(&terms.vectors[*article]));
        sort_by(&mut all, |x, y| x.0.cmp(&y.0));
        // Each with what it weighs in all of them, where most have it.
        let mut shared: Vec<(usize, f64)> = Vec::new();
        for same in all.chunk_by(|x, y| x.0 == y.0) {
            if same.len() * 2 > articles.len() {
                shared.push((same[0].0, same.iter().map(|(_, weight)| weight).sum()));
            }
        }
        sort_by(&mut shared, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (mut names, mut stems) = (Vec::new(), Vec::new());
        for (term, _) in shared {
            match terms.stem(term) {
                None => names.push(self.name_of(term)),
                // A figure says nothing by itself.
                Some(stem) if stem.contains(char::is_alphabetic) => stems.push(stem),
                Some(_) => {}
            }
        }
        if names.is_empty() {
            stems.truncate(3);
            names = self.written(articles[0], &stems);
        }
        names.truncate(3);
        names.join(", ")
    }

    /// Stems as an article writes them.
    fn written(&self, article: usize, stems: &[&str]) -> Vec<&str> {
        let mut found = vec![""; stems.len()];
        let article = &self.articles()[article];
        for word in text::words(&article.text).take(WORDS) {
            let word = word.of(&article.text);
            let stem = text::stem(&text::fold(word), article.meta.language.as_deref());
            for (one, found) in stems.iter().zip(&mut found) {
                if found.is_empty() && *one == stem {
                    *found = word;
                }
            }
        }
        found.retain(|word| !word.is_empty());
        found
    }
}

/// Rarity of a name, as that of a word that is not among the common ones.
const RARE_NAME: f64 = 7.5;

/// The articles as vectors of terms by number: names by their index, then stems as they were met.
struct Terms {
    /// Names there are; terms from here on are stems.
    names: usize,
    stems: Interner,
    /// Per article: its terms with their weights, each once.
    vectors: Vec<Vec<(usize, f64)>>,
}

impl Terms {
    /// The stem of a term; `None` for a name.
    fn stem(&self, term: usize) -> Option<&str> {
        term.checked_sub(self.names).map(|number| self.stems.key(number))
    }
}

/// Per article those later ones that share a term which is not common in the corpus, ascending, with the cosine.
fn nearness(terms: &Terms) -> Vec<Vec<(usize, f64)>> {
    let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); terms.names + terms.stems.count()];
    for (article, vector) in terms.vectors.iter().enumerate() {
        for (term, weight) in vector {
            // One more than may be says that there are too many.
            if holders[*term].len() <= COMMON {
                holders[*term].push((article, *weight));
            }
        }
    }
    let mut sums = vec![0.0; terms.vectors.len()];
    let mut near = Vec::new();
    for (a, vector) in terms.vectors.iter().enumerate() {
        let mut met: Vec<usize> = Vec::new();
        for (term, x) in vector {
            let list = &holders[*term];
            if list.len() > COMMON {
                continue;
            }
            for (b, y) in list {
                if *b > a {
                    if sums[*b] == 0.0 {
                        met.push(*b);
                    }
                    sums[*b] += x * y;
                }
            }
        }
        sort(&mut met);
        near.push(met.into_iter().map(|b| (b, std::mem::take(&mut sums[b]))).collect());
    }
    near
}

/// Groups by average linkage, nearest pairs first; only those of two and more.
fn clusters(near: &[Vec<(usize, f64)>]) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..near.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..near.len()).map(|i| vec![i]).collect();
    let mut edges: Vec<(f64, usize, usize)> = Vec::new();
    for (a, later) in near.iter().enumerate() {
        for (b, cosine) in later {
            if *cosine >= STORY {
                edges.push((*cosine, a, *b));
            }
        }
    }
    sort_by(&mut edges, |x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in edges {
        let (Some(&a), Some(&b)) = (group_of.get(a), group_of.get(b)) else { continue };
        let (Some(left), Some(right)) = (groups.get(a), groups.get(b)) else { continue };
        if a == b || left.len() + right.len() > LARGEST {
            continue;
        }
        let cosine = |x: &usize, y: &usize| {
            let later = &near[*x.min(y)];
            later.binary_search_by(|(at, _)| at.cmp(x.max(y))).map_or(0.0, |at| later[at].1)
        };
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
        let check = |pairs: &[(usize, usize, f64)], expected: &[&[usize]]| {
            let mut near = vec![Vec::new(); 5];
            pairs.iter().for_each(|(a, b, c)| near[*a].push((*b, *c)));
            assert_eq!(clusters(&near), expected);
        };
        check(&[], &[]);
        check(&[(0, 3, 0.5)], &[&[0, 3]]);
        check(&[(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.4)], &[&[0, 1, 2]]);
        check(&[(0, 1, 0.5), (1, 2, 0.2), (2, 3, 0.5)], &[&[0, 1], &[2, 3]]);
    }
}
