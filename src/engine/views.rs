//! The views: what the engine answers with, as plain data, one struct per view of the interface.
//!
//! Invariant: nothing here computes. Offsets are bytes into the `text` beside them. Not here: how a view is
//! made (`engine/*.rs`) or drawn (`app/`).

use crate::article::BlockKind;
pub use crate::compare::{Change, Degree, DifferenceKind, Outcome, Topic};
pub use crate::entities::Kind as NameKind;
use crate::entities::Why;
use crate::entities::corrections::Correction;
use crate::text::Span;
use serde::Serialize;

/// An article in a list or a heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ArticleRef {
    /// Name in addresses.
    pub slug: String,
    /// `A` or `B` where the corpus has exactly two articles (their order), else `None`.
    pub letter: Option<char>,
    /// Title; derived ones end in "…".
    pub title: String,
    /// Whether the title was given.
    pub title_given: bool,
    /// File name.
    pub file: String,
    /// Outlet.
    pub source: Option<String>,
    /// Author line.
    pub author: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Published at.
    pub url: Option<String>,
    /// Licence.
    pub licence: Option<String>,
    /// Words in the text.
    pub words: u32,
}

/// A named entity with a count.
#[derive(Clone, Debug, PartialEq)]
pub struct NameCount {
    /// Entity id.
    pub entity: String,
    /// Canonical name.
    pub name: String,
    /// Kind.
    pub kind: NameKind,
    /// Mentions counted here.
    pub count: u32,
}

/// Library (home).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// The corpus's title.
    pub title: String,
    /// Words in all articles.
    pub words: u32,
    /// Entities named (dates and quantities not counted).
    pub names: u32,
    /// Entities named in at least two articles.
    pub names_shared: u32,
    /// One card an article, in corpus order, of those that pass the filters and were asked for: stories first.
    pub cards: Vec<Card>,
    /// Articles that pass the filters.
    pub passing: u32,
    /// Articles in the corpus before the filters.
    pub total: u32,
    /// Facets with at least two values.
    pub facets: Vec<Facet>,
    /// Groups of articles on one story; indices into `cards`. Articles in no group are in none.
    pub stories: Vec<Story>,
    /// Stories among all that pass.
    pub told: u32,
    /// With exactly two articles: their comparison in brief.
    pub pair: Option<PairBrief>,
    /// Queries worth trying, made from this corpus.
    pub examples: Vec<String>,
}

/// An article's card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The article.
    pub article: ArticleRef,
    /// A sentence or two of its text that is not in the title.
    pub lead: String,
    /// Who and what it names most.
    pub most: Vec<NameCount>,
    /// What only it names (empty in a corpus of one).
    pub only_here: Vec<NameCount>,
    /// Entities it names.
    pub names: u32,
}

/// Articles on one story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// What they share, in words of the texts.
    pub title: String,
    /// Indices into `Library::cards`, at least two.
    pub cards: Vec<u32>,
}

/// A facet with its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facet {
    /// `source`, `date`, `lang` or `entity`: the key in the address.
    pub key: String,
    /// What its values are: "Source"; of names, which come in several facets, "People", "Places" …
    pub label: String,
    /// Values with counts; by count, dates in order.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetValue {
    /// What stands in the address.
    pub value: String,
    /// What a reader sees.
    pub label: String,
    /// Articles that have it under the other filters.
    pub count: u32,
    /// Whether it is chosen.
    pub on: bool,
}

/// How two sentences relate, as drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Same fact, and a value in it differs.
    Differs,
    /// Same fact.
    Same,
    /// Same sub-topic.
    Related,
}

/// Two articles as two lines of sentences with threads between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Threads {
    /// Length in characters and strongest relation of each sentence of A.
    pub a: Vec<(u32, Option<Relation>)>,
    /// The same of B.
    pub b: Vec<(u32, Option<Relation>)>,
    /// Sentence of A, sentence of B, relation.
    pub links: Vec<(u32, u32, Relation)>,
}

/// A comparison in brief.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairBrief {
    /// Slug of A.
    pub a: String,
    /// Slug of B.
    pub b: String,
    /// The drawing.
    pub threads: Threads,
    /// Counts.
    pub counts: PairCounts,
}

/// The counts of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairCounts {
    /// Pairs, of any relation.
    pub pairs: u32,
    /// Differences.
    pub differences: u32,
    /// Sentences only in A.
    pub only_a: u32,
    /// Sentences only in B.
    pub only_b: u32,
    /// Pairs that stand in another order.
    pub moved: u32,
}

/// Results of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// The query as typed.
    pub query: String,
    /// Marks in all articles.
    pub matches: u32,
    /// Sentences that have at least one.
    pub passages: u32,
    /// Articles with hits, also those that are not shown.
    pub articles: u32,
    /// Articles with hits, best first; what is nearly the same as one before stands under it.
    pub groups: Vec<ArticleHits>,
    /// Keyword in context, every mark; filled only when asked for.
    pub concordance: Vec<Line>,
    /// Why hits are there that are not literal, and what is odd in the query.
    pub notes: Vec<Note>,
    /// Facets that still have two values.
    pub facets: Vec<Facet>,
    /// With no hits: what to loosen, and how many hits that brings.
    pub loosen: Vec<Loosen>,
}

/// A remark over the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// "Also as", "Spelling", "Together", "Query" …
    pub label: String,
    /// The remark.
    pub text: String,
    /// A query that follows from it, if any, as a link.
    pub query: Option<String>,
    /// The words of the link, behind the remark; where there are none, the remark is the link.
    pub link: Option<String>,
}

/// A way to get hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loosen {
    /// What to do: `Without source “X”`, `Without “zzz”`.
    pub label: String,
    /// The query then.
    pub query: String,
    /// The filters then.
    pub filters: super::Filters,
    /// Articles that it finds.
    pub articles: u32,
    /// Matches in them; 0 where the query has no words.
    pub matches: u32,
}

/// One article's hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleHits {
    /// The article.
    pub article: ArticleRef,
    /// Rank score, for `--json`; not shown.
    pub score: f64,
    /// Its best passages, best first.
    pub passages: Vec<Passage>,
    /// All passages that it has.
    pub passages_total: u32,
    /// Marks in the article.
    pub matches: u32,
    /// Where the marks lie, 0 to 1 of the text, ascending.
    pub strip: Vec<f32>,
    /// Articles with hits that are nearly the same, by rank. Their matches count in the whole, not here.
    pub same: Vec<ArticleRef>,
    /// Why it is here, in a sentence.
    pub because: String,
    /// What adds to its score, in the order of the query.
    pub adds: Vec<Adds>,
}

/// What a part of the query adds to an article's score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adds {
    /// The word or phrase; what else adds, in words.
    pub what: String,
    /// Times in the text.
    pub times: u32,
    /// Of these, times in headings.
    pub headings: u32,
    /// Whether it stands in the title.
    pub title: bool,
    /// Articles that have it, about; 0 where that means nothing.
    pub articles: u32,
    /// What it adds.
    pub score: f32,
}

/// A sentence with hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// Number of its paragraph; `None` in a heading or the title.
    pub paragraph: Option<u32>,
    /// Which mark of the article its first mark is, from 0 in text order: `&hit=`.
    pub hit: u32,
    /// The words around.
    pub snippet: Snippet,
    /// Why it is here, where it is not literal: "word form: directly".
    pub why: Vec<String>,
    /// What answers it in the other article, where two articles are compared.
    pub counterpart: Option<Counterpart>,
}

/// A piece of text with marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snippet {
    /// The piece, as it stands in the article.
    pub text: String,
    /// Marks, byte offsets into this piece's `text`.
    pub marks: Vec<Span>,
    /// Whether words before it were left out.
    pub cut_start: bool,
    /// Whether words after it were left out.
    pub cut_end: bool,
}

/// A sentence of another article that answers this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterpart {
    /// The other article.
    pub article: ArticleRef,
    /// Whether the other article is A in the comparison that `pair` counts in: it stands first in the corpus.
    pub left: bool,
    /// Its paragraph's number.
    pub paragraph: Option<u32>,
    /// How they relate.
    pub relation: Relation,
    /// Kinds of the differences, if any.
    pub kinds: Vec<DifferenceKind>,
    /// The pair, from 0: `&at=`.
    pub pair: u32,
    /// What it says.
    pub quote: String,
}

/// One line of a concordance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The article.
    pub slug: String,
    /// Its letter.
    pub letter: Option<char>,
    /// Short label where there is no letter: source or title.
    pub label: String,
    /// The article's title.
    pub title: String,
    /// Its outlet.
    pub source: Option<String>,
    /// Its date, ISO.
    pub date: Option<String>,
    /// Paragraph number.
    pub paragraph: Option<u32>,
    /// Index of its block: `&at=`.
    pub block: u32,
    /// Whether its block is of a right-to-left script.
    pub rtl: bool,
    /// Which mark of the article (`&hit=`), or which mention of the entity.
    pub hit: u32,
    /// Text before.
    pub left: String,
    /// The words themselves.
    pub hit_text: String,
    /// Text after.
    pub right: String,
}

/// A block of text to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockView {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of the article's text.
    pub span: Span,
    /// Its sentences.
    pub sentences: Vec<Span>,
    /// Paragraph number.
    pub number: Option<u32>,
    /// Whether most of its letters are of a right-to-left script.
    pub rtl: bool,
}

/// A mention to mark.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionView {
    /// Where.
    pub span: Span,
    /// Index into `Reader::names`.
    pub name: u32,
    /// 0 to 100.
    pub certainty: u8,
    /// Why it is one, in a few words.
    pub why: String,
}

impl MentionView {
    /// The word for what it is to a script, as a mention of something of this kind: an office alone is no name.
    pub fn label(&self, kind: NameKind) -> &'static str {
        if self.why == Why::Role.text() { "role" } else { kind.label() }
    }
}

/// An entity that an article names.
#[derive(Clone, Debug, PartialEq)]
pub struct NameView {
    /// Entity id.
    pub entity: String,
    /// Canonical name.
    pub name: String,
    /// Kind.
    pub kind: NameKind,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// What a place is, in a line with its source, if that is known.
    pub gloss: String,
    /// Mentions in this article.
    pub count: u32,
    /// Mentions in all articles.
    pub total: u32,
    /// Articles that mention it.
    pub articles: u32,
}

/// The reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reader {
    /// The article.
    pub article: ArticleRef,
    /// Its text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<BlockView>,
    /// Marks of the query, in text order.
    pub hits: Vec<Span>,
    /// Mentions, in text order; may nest, never cross.
    pub mentions: Vec<MentionView>,
    /// Entities named here, most mentions first.
    pub names: Vec<NameView>,
    /// In a corpus of two, for each of `names`: where its mentions lie in the other article, 0 to 1 of the
    /// text. Else empty.
    pub elsewhere: Vec<Vec<f32>>,
    /// What other articles say, by block index.
    pub also: Vec<(u32, Counterpart)>,
    /// Articles of the story that it is in, itself counted; 0 where it is in none.
    pub accounts: u32,
    /// The article to compare with: the other one of two, or the nearest.
    pub compare_with: Option<ArticleRef>,
    /// Article before in corpus order.
    pub previous: Option<String>,
    /// Article after.
    pub next: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The article.
    pub article: ArticleRef,
    /// Its text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<BlockView>,
    /// Its sentences in order (headings too), each with its block.
    pub sentences: Vec<SentenceView>,
    /// Those that count as "only here", by what they are about, the most substantial first.
    pub topics: Vec<Topic>,
}

impl Side {
    /// What a topic is called, in words of the text.
    pub fn title(&self, topic: &Topic) -> String {
        let words: Vec<&str> = topic.title.iter().map(|span| span.of(&self.text)).collect();
        words.join(" · ")
    }
}

/// A sentence in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceView {
    /// Where.
    pub span: Span,
    /// Index into the side's blocks.
    pub block: u32,
    /// Pairs that it is in, indices into `Compare::pairs`.
    pub pairs: Vec<u32>,
    /// Whether it counts as "only here": unpaired, and not a heading.
    pub only_here: bool,
}

/// Two sentences that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct PairView {
    /// Index into `a.sentences`.
    pub a: u32,
    /// Index into `b.sentences`.
    pub b: u32,
    /// The part of A's sentence that answers to B's, in A's text: of a long one perhaps a clause.
    pub part_a: Span,
    /// The same of B's.
    pub part_b: Span,
    /// How they relate.
    pub relation: Relation,
    /// 0 to 1.
    pub score: f64,
    /// Whether they stand in another order than their neighbours.
    pub moved: bool,
    /// Indices into `Compare::differences`.
    pub differences: Vec<u32>,
    /// Where both are one sentence, edited: the words that are not the same, in the articles' texts.
    pub changes: Vec<Change>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferenceView {
    /// Index into `Compare::pairs`.
    pub pair: u32,
    /// What kind.
    pub kind: DifferenceKind,
    /// How far the two are apart.
    pub degree: Degree,
    /// The two values in words: "planned or concluded", "who says so".
    pub note: String,
    /// The words in A's text.
    pub a: Span,
    /// The words in B's text.
    pub b: Span,
}

/// The comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// Left.
    pub a: Side,
    /// Right.
    pub b: Side,
    /// Pairs in A's order.
    pub pairs: Vec<PairView>,
    /// Pairs that are too unsure to be shown: sentence of A, of B, score.
    pub unsure: Vec<(u32, u32, f64)>,
    /// Differences in A's order.
    pub differences: Vec<DifferenceView>,
    /// Counts.
    pub counts: PairCounts,
    /// What it comes to.
    pub outcome: Outcome,
    /// The drawing.
    pub threads: Threads,
    /// Names in both, with their counts in A and in B.
    pub names_both: Vec<(NameCount, u32)>,
    /// Of those, the ones that A and B call otherwise.
    pub called: Vec<Called>,
    /// Names only in A.
    pub names_a: Vec<NameCount>,
    /// Names only in B.
    pub names_b: Vec<NameCount>,
    /// Words that set A apart, with their counts in A and B.
    pub words_a: Vec<(String, u32, u32)>,
    /// Words that set B apart, with their counts in A and B.
    pub words_b: Vec<(String, u32, u32)>,
}

/// An entity that two articles call otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// Who or what; `count` in A.
    pub name: NameCount,
    /// The words for it in A, most used first.
    pub a: Vec<(String, u32)>,
    /// The words for it in B.
    pub b: Vec<(String, u32)>,
}

/// Several articles against the claims that they make.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accounts {
    /// What the story's articles share, in words of the texts; empty where the articles were named one by one.
    pub title: String,
    /// Articles of the story; more than `articles` where there are very many.
    pub total: u32,
    /// The articles: of a story by date, else as named.
    pub articles: Vec<Account>,
    /// What at least two of them report; most articles first, then as it comes in the texts.
    pub claims: Vec<Claim>,
    /// Each two of them that have been compared.
    pub pairs: Vec<PairOf>,
    /// Articles that share no origin with an earlier one.
    pub independent: u32,
    /// Pairs still to be compared.
    pub left: u32,
}

/// One of several articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The article.
    pub article: ArticleRef,
    /// Index of the first article with most of the same sentences; its own where there is none.
    pub origin: u32,
    /// Claims that it reports.
    pub claims: u32,
    /// What no other one says.
    pub alone: Vec<Alone>,
}

/// A sentence that one article alone has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alone {
    /// Index of its block: `&at=`.
    pub block: u32,
    /// Number of its paragraph.
    pub paragraph: Option<u32>,
    /// What it says.
    pub quote: String,
}

/// What several articles report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Index into `told` of the one that stands for the claim.
    pub head: u32,
    /// Those of `told` that are not nearly the same words as an earlier one.
    pub independent: u32,
    /// Who reports it, in the order of the articles; at least two.
    pub told: Vec<Telling>,
    /// Where two of them differ.
    pub disagreements: Vec<Disagreement>,
}

/// A claim as one article has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// Index into `Accounts::articles`.
    pub article: u32,
    /// Index of its block: `&at=`.
    pub block: u32,
    /// Number of its paragraph.
    pub paragraph: Option<u32>,
    /// The sentence.
    pub quote: String,
    /// Where it starts, bytes of the article's text.
    pub from: u32,
    /// The words that differ from others, byte offsets into `quote`; ascending, apart.
    pub marks: Vec<Span>,
    /// The telling to see it beside (that which stands for the claim where they correspond), an index into `told`,
    /// and the pair of sentences in the comparison of the two articles: `&at=`.
    pub beside: Option<(u32, u32)>,
}

/// Two tellings of a claim that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// Index into `Claim::told`.
    pub x: u32,
    /// The other one, later than `x`.
    pub y: u32,
    /// The pair of sentences in the comparison of the two articles: `&at=`.
    pub pair: u32,
    /// What kind.
    pub kind: DifferenceKind,
    /// The words of `x`.
    pub x_words: String,
    /// The words of `y`.
    pub y_words: String,
}

/// Two of several articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairOf {
    /// Index into `Accounts::articles`.
    pub a: u32,
    /// The other one, later than `a`.
    pub b: u32,
    /// Whether `b` stands first in the corpus, and so is A in their comparison.
    pub swapped: bool,
    /// Counts.
    pub counts: PairCounts,
}

/// All names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Every entity, with `count` = `total`; most articles first, then most mentions, then name.
    pub names: Vec<NameView>,
    /// Those that most articles have.
    pub network: Vec<NameCount>,
    /// How those are tied, by their places; most sentences first.
    pub ties: Vec<Tie>,
}

/// One entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityPage {
    /// The entity; `count` = `total`.
    pub name: NameView,
    /// The articles that mention it, with counts, in corpus order.
    pub articles: Vec<(ArticleRef, u32)>,
    /// Names it goes by, most used first.
    pub aliases: Vec<AliasView>,
    /// Per article: where each mention starts, in Unicode scalar values.
    pub starts: Vec<Vec<u32>>,
    /// Every mention in context.
    pub lines: Vec<Line>,
    /// Dates stated in the same paragraph, in order; undated last.
    pub moments: Vec<Moment>,
    /// Whom it appears with in one sentence, most often first.
    pub companions: Vec<Companion>,
    /// How it (place 0) and its companions (from place 1) are tied; most sentences first.
    pub ties: Vec<Tie>,
    /// Related entities: "Israeli → Israel".
    pub relations: Vec<(String, NameCount)>,
}

/// A name that an entity goes by.
#[derive(Clone, Debug, PartialEq)]
pub struct AliasView {
    /// As written.
    pub text: String,
    /// Per article of `EntityPage::articles`: where its mentions lie, 0 to 1 of the text.
    pub places: Vec<Vec<f32>>,
}

/// A dated or undated statement near a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// As stated in the text: "October 7, 2023", "For years".
    pub stated: String,
    /// ISO date (or year, or month) where it resolves.
    pub date: Option<String>,
    /// The sentence.
    pub quote: String,
    /// Where.
    pub line: Line,
}

/// An entity in the same sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// Who; `count` over all articles.
    pub name: NameCount,
    /// Sentences per article of `EntityPage::articles`.
    pub sentences: Vec<u32>,
    /// Some of these sentences.
    pub joins: Vec<Join>,
}

/// Two names that share sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Place of the one in a list.
    pub a: u32,
    /// Place of the other one, later in the list.
    pub b: u32,
    /// Sentences that have both.
    pub sentences: u32,
}

/// A sentence that two names share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Join {
    /// The article.
    pub slug: String,
    /// Its letter.
    pub letter: Option<char>,
    /// Short label where there is no letter: source or title.
    pub label: String,
    /// Paragraph number.
    pub paragraph: Option<u32>,
    /// Index of its block: `&at=`.
    pub block: u32,
    /// What it says; a long one ends in "…".
    pub quote: String,
}

/// Every dated statement of the articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Articles that state a date, in corpus order.
    pub articles: Vec<ArticleRef>,
    /// Statements in the order of their dates, those of a month before those of its days.
    pub statements: Vec<Statement>,
    /// Statements whose date cannot be placed, in corpus order.
    pub unplaced: Vec<Statement>,
    /// Statements with a date, shown or not.
    pub dated: u32,
    /// Statements whose date cannot be placed, shown or not.
    pub open: u32,
    /// Articles that state no date.
    pub silent: u32,
    /// Statements by month, or by year where the time is long, without gaps and whatever the dates are limited to.
    pub overview: Vec<(String, u32)>,
    /// What the articles can be narrowed by; of dates the overview says it.
    pub facets: Vec<Facet>,
}

/// A sentence that says when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Index into `Timeline::articles`.
    pub article: u32,
    /// ISO date (or year, or month) where it can be placed.
    pub date: Option<String>,
    /// Whether it was counted from the article's own date.
    pub counted: bool,
    /// The date as stated.
    pub stated: String,
    /// The sentence, or of a very long one the part around the date.
    pub quote: String,
    /// The date in `quote`.
    pub mark: Span,
    /// Where the sentence starts, bytes of the article's text.
    pub from: u32,
    /// Index of its block: `&at=`.
    pub block: u32,
    /// Paragraph number.
    pub paragraph: Option<u32>,
}

/// About this file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct About {
    /// Corpus title.
    pub title: String,
    /// 64 hexadecimal digits.
    pub edition: String,
    /// Version of the program that made the corpus.
    pub made_by: String,
    /// Version of the corpus file.
    pub format: u32,
    /// Bytes of the corpus file, section by section.
    pub sections: Vec<(String, u64)>,
    /// Articles with the SHA-256 of their canonical content.
    pub articles: Vec<(ArticleRef, String)>,
    /// What a reader has corrected: how many times.
    pub corrections: u32,
    /// Ids of entities that went by a correction, with the ids that they lead to.
    pub former: Vec<(String, String)>,
}

/// What a reader has corrected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// In the order in which they are applied.
    pub all: Vec<CorrectionView>,
    /// Whether a step can be undone.
    pub undo: bool,
    /// Whether one can be done again.
    pub redo: bool,
}

/// One correction.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectionView {
    /// What was said.
    pub correction: Correction,
    /// Id of the entity that it leads to, where there is one.
    pub entity: Option<String>,
    /// Why it does not fit these articles, where it does not.
    pub problem: Option<String>,
}

/// What a step in correcting came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// Corrections that came or went.
    pub count: u32,
    /// Whether a step can be undone now.
    pub undo: bool,
    /// Whether one can be done again.
    pub redo: bool,
}

/// A completion for the search box.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The whole query when taken.
    pub query: String,
    /// What is shown.
    pub label: String,
    /// Articles that have it.
    pub articles: u32,
    /// An entity, if it is one.
    pub entity: Option<(String, NameKind)>,
    /// The article whose title it is: taken, it is opened.
    pub article: Option<String>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileOutcome {
    /// File name as given.
    pub file: String,
    /// Articles taken in, with their titles.
    pub added: Vec<(String, String)>,
    /// Corrections taken in.
    pub corrections: u32,
    /// Articles that were not taken in because they are here already; each is among the problems too.
    pub known: u32,
    /// What was wrong, whether or not something was taken in.
    pub problems: Vec<super::Problem>,
}

/// An article with its names, for scripts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleView {
    /// The article.
    pub article: ArticleRef,
    /// Its text.
    pub text: String,
    /// Entities named here, most mentions first.
    pub names: Vec<NameView>,
    /// Mentions, in text order; may nest, never cross.
    pub mentions: Vec<MentionView>,
}

/// An article in a ranking, for scripts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranked {
    /// Name in addresses.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Rank score.
    pub score: f64,
    /// The best passage; with details only.
    pub snippet: Snippet,
    /// The article's text; with details only.
    pub text: String,
    /// Marks in `text`; with details only.
    pub hits: Vec<Span>,
    /// Why it is here, where it is not literal; with details only.
    pub why: Vec<String>,
}

/// Two short texts compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likeness {
    /// 0 to 1.
    pub similarity: f64,
    /// What differs; `pair` is 0.
    pub differences: Vec<DifferenceView>,
    /// The words that are not the same, whether or not one text is an edit of the other.
    pub changes: Vec<Change>,
}
