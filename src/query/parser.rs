//! The parser: pieces of a query to clauses, filters and hints.
//!
//! Invariant: total; recursion no deeper than [`MAX_DEPTH`]; at most [`MAX_WORDS`] words. Not here: cutting the
//! input (see `lexer`).

use super::lexer::{Kind, Piece, pieces};
use super::light::is_light;
use super::{Atom, AtomKind, Clause, Field, Filter, Hint, MAX_DEPTH, MAX_WORDS, Node, Query};
use crate::text::{self, PartialDate, Span, calendar};

/// Reads a query. Anything gives a query; what is odd comes back in its hints.
pub fn parse(input: &str) -> Query {
    let (pieces, cut) = pieces(input);
    let mut parser = Parser { input, pieces, at: 0, words: 0, cut, query: Query::default() };
    let mut clauses = Vec::new();
    loop {
        clauses.append(&mut parser.all(0, false));
        if parser.at >= parser.pieces.len() {
            break;
        }
        // A bracket that closes nothing: said once, passed over.
        parser.at += 1;
        parser.hint("A “)” closes nothing here and was left out.");
    }
    parser.finish(clauses)
}

struct Parser<'a> {
    input: &'a str,
    pieces: Vec<Piece<'a>>,
    at: usize,
    words: usize,
    cut: bool,
    query: Query,
}

impl<'a> Parser<'a> {
    fn hint(&mut self, text: impl Into<String>) {
        let hint = Hint::on_query(text);
        if !self.query.hints.contains(&hint) {
            self.query.hints.push(hint);
        }
    }

    fn peek(&self) -> Option<Piece<'a>> {
        self.pieces.get(self.at).copied()
    }

    /// Clauses up to a closing bracket or the end.
    fn all(&mut self, depth: usize, title: bool) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut either = false;
        while let Some(piece) = self.peek() {
            match piece.kind {
                Kind::Close => break,
                Kind::Or => {
                    self.at += 1;
                    if clauses.is_empty() || either {
                        self.hint("“OR” stands between two words; this one was left out.");
                    } else {
                        either = true;
                    }
                }
                _ => {
                    let Some(clause) = self.clause(depth, title) else { continue };
                    match clauses.last_mut() {
                        Some(last) if std::mem::take(&mut either) => self.join(last, clause),
                        _ => clauses.extend(Some(clause)),
                    }
                }
            }
        }
        if either {
            self.hint("“OR” stands between two words; the one at the end was left out.");
        }
        clauses
    }

    /// `last OR clause`.
    fn join(&mut self, last: &mut Clause, clause: Clause) {
        last.span.end = clause.span.end;
        if last.negated || clause.negated {
            self.hint("“OR” with a word to leave out: put “-” before the whole, as in -(this OR that).");
            if last.negated && !clause.negated {
                (last.node, last.negated) = (clause.node, false);
            }
            return;
        }
        match &mut last.node {
            Node::Any(nodes) => nodes.push(clause.node),
            node => *node = Node::Any(vec![node.clone(), clause.node]),
        }
    }

    /// One clause; `None` where a piece gives none (a filter, a sign with nothing behind it).
    fn clause(&mut self, depth: usize, title: bool) -> Option<Clause> {
        let first = self.peek()?;
        let start = first.span.start;
        let mut negated = false;
        let mut title = title;
        loop {
            let piece = self.peek()?;
            match piece.kind {
                Kind::Minus => {
                    negated = true;
                    self.at += 1;
                }
                Kind::Field(name) => {
                    self.at += 1;
                    match self.peek() {
                        Some(value) if is_value(value.kind) => {
                            if name == "title" {
                                title = true;
                                continue;
                            }
                            self.at += 1;
                            self.filter(name, value, negated, start);
                            return None;
                        }
                        _ => {
                            self.hint(format!("“{name}:” needs a word behind it and was left out."));
                            return None;
                        }
                    }
                }
                Kind::Open => {
                    self.at += 1;
                    return self.group(depth, title, negated, start);
                }
                Kind::Chunk(chunk) => {
                    self.at += 1;
                    return self.chunk(chunk, piece.span, title, negated, start);
                }
                Kind::Quoted(inner) | Kind::Unclosed(inner) => {
                    self.at += 1;
                    let open = matches!(piece.kind, Kind::Unclosed(_));
                    if open {
                        self.hint("A quote is not closed; all behind it was read as one phrase.");
                    }
                    return self.phrase(inner, piece.span, title, negated, start, open);
                }
                Kind::Or | Kind::Close => return None,
            }
        }
    }

    fn group(&mut self, depth: usize, title: bool, negated: bool, start: u32) -> Option<Clause> {
        if depth >= MAX_DEPTH {
            self.hint("Brackets inside each other this deep were passed over.");
            return None;
        }
        let mut inner = self.all(depth + 1, title);
        let end = match self.peek() {
            Some(piece) if piece.kind == Kind::Close => {
                self.at += 1;
                piece.span.end
            }
            _ => {
                self.hint("A “(” is not closed; it was read as closed at the end.");
                self.input.len() as u32
            }
        };
        let span = Span { start, end };
        match inner.len() {
            0 => None,
            1 => {
                let clause = inner.remove(0);
                Some(Clause { node: clause.node, negated: negated != clause.negated, times: 1, span })
            }
            _ if inner.iter().all(|clause| clause.negated) => {
                self.hint("A bracket that only leaves words out finds nothing and was passed over.");
                None
            }
            _ => Some(Clause { node: Node::All(inner), negated, times: 1, span }),
        }
    }

    fn filter(&mut self, name: &str, value: Piece<'a>, negated: bool, start: u32) {
        let typed = match value.kind {
            Kind::Chunk(text) | Kind::Quoted(text) | Kind::Unclosed(text) => text.trim(),
            _ => "",
        };
        let span = Span { start, end: value.span.end };
        match name {
            "source" | "entity" => {
                let field = if name == "source" { Field::Source } else { Field::Entity };
                if typed.is_empty() {
                    self.hint(format!("“{name}:” needs a word behind it and was left out."));
                } else {
                    self.query.filters.push(Filter { field, value: typed.to_owned(), negated, span });
                }
            }
            _ => {
                // Not before is from then on, not after is until then.
                let before = name == "before";
                let bound = day_bounds(typed).map(|(first, last)| match (before, negated) {
                    (true, false) => first - 1,
                    (true, true) => first,
                    (false, false) => last + 1,
                    (false, true) => last,
                });
                // Dates are compared as they are written: no year of five digits.
                let bound = bound.map(calendar::day).filter(|day| day.year <= Some(9999));
                match bound.and_then(PartialDate::iso) {
                    Some(date) if before != negated => self.query.to = Some(date),
                    Some(date) => self.query.from = Some(date),
                    None => self.hint(format!(
                        "“{name}:{typed}” is no date and was left out; write it as in {name}:2025-04-12, {name}:2025-04 or {name}:2025."
                    )),
                }
            }
        }
    }

    /// Folds words, as many as the query may still have.
    fn words(&mut self, typed: &str) -> Vec<(Span, String)> {
        let left = MAX_WORDS - self.words;
        let typed = &with_capital_acronyms(typed);
        let mut words: Vec<(Span, String)> =
            text::words(typed).take(left + 1).map(|span| (span, text::fold(span.of(typed)))).collect();
        if words.len() > left {
            words.truncate(left);
            self.cut = true;
        }
        words.retain(|(_, word)| !word.is_empty());
        self.words += words.len();
        words
    }

    fn phrase(
        &mut self,
        inner: &str,
        span: Span,
        title: bool,
        negated: bool,
        start: u32,
        open: bool,
    ) -> Option<Clause> {
        let words: Vec<String> = self.words(inner).into_iter().map(|(_, word)| word).collect();
        if words.is_empty() {
            if !self.cut {
                self.hint("Quotes with no word in them were left out.");
            }
            return None;
        }
        let completing = open && inner.ends_with(char::is_alphanumeric) && !negated;
        let atom = Atom {
            kind: AtomKind::Phrase,
            words,
            title,
            completing,
            typed: inner.trim().to_owned(),
            also: 0,
        };
        Some(Clause { node: Node::Atom(atom), negated, times: 1, span: Span { start, end: span.end } })
    }

    /// A chunk between spaces: mostly one word; several where signs part it ("U.S.-Iran").
    fn chunk(&mut self, chunk: &str, span: Span, title: bool, negated: bool, start: u32) -> Option<Clause> {
        let words = self.words(chunk);
        let end = words.last().map(|(span, _)| span.end as usize)?;
        let tail = chunk.get(end..).unwrap_or("");
        let prefix = tail.starts_with('*');
        if chunk.contains('*') && !prefix {
            self.hint("“*” works at the end of a word, as in diplom*.");
        }
        let completing = tail.is_empty() && span.end as usize == self.input.len() && !negated;
        // Words with nothing at all between them (Chinese, Thai) belong together.
        let mut runs: Vec<Vec<(Span, String)>> = Vec::new();
        for word in words {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|last| last.0.end == word.0.start) => run.push(word),
                _ => runs.push(vec![word]),
            }
        }
        let last = runs.len() - 1;
        let mut clauses: Vec<Clause> = Vec::new();
        for (at, run) in runs.into_iter().enumerate() {
            let kind = match run.len() {
                1 if at == last && prefix => AtomKind::Prefix,
                1 => AtomKind::Word,
                _ => AtomKind::Run,
            };
            let inside = Span { start: run[0].0.start, end: run[run.len() - 1].0.end };
            let atom = Atom {
                kind,
                typed: inside.of(chunk).to_owned(),
                words: run.into_iter().map(|(_, word)| word).collect(),
                title,
                completing: completing && at == last && kind == AtomKind::Word,
                also: 0,
            };
            let inside = Span { start: span.start + inside.start, end: span.start + inside.end };
            clauses.push(Clause { node: Node::Atom(atom), negated: false, times: 1, span: inside });
        }
        let whole = Span { start, end: span.end };
        match clauses.len() {
            1 => clauses.pop().map(|clause| Clause { negated, times: 1, span: whole, ..clause }),
            _ => Some(Clause { node: Node::All(clauses), negated, times: 1, span: whole }),
        }
    }

    fn finish(mut self, clauses: Vec<Clause>) -> Query {
        let mut flat: Vec<Clause> = Vec::new();
        for clause in clauses {
            // What stands beside each other at the top is wanted together anyway.
            match clause {
                Clause { node: Node::All(inner), negated: false, .. } => flat.extend(inner),
                clause => flat.push(clause),
            }
        }
        // A word said twice is looked for once, and weighs twice.
        let mut once: Vec<Clause> = Vec::new();
        for clause in flat {
            match once.iter_mut().find(|known| same(known, &clause)) {
                Some(known) => known.times += 1,
                None => once.push(clause),
            }
        }
        lighten(&mut once);
        self.query.clauses = once;
        if self.cut {
            self.hint(format!("The query is long: its first {MAX_WORDS} words are looked for."));
        }
        if self.query.is_empty() && !self.query.clauses.is_empty() {
            self.hint("The query only says what to leave out; add a word to look for.");
        }
        self.query
    }
}

/// `u.s.` as `U.S.`: only capitals make dots part of a word, and nobody types them. Keeps every offset.
fn with_capital_acronyms(typed: &str) -> String {
    let mut out = typed.to_owned();
    let mut start = 0;
    for piece in typed.split(|c: char| !c.is_alphanumeric() && c != '.') {
        let letters = piece.trim_matches('.');
        let single = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if letters.contains('.')
            && letters.split('.').all(single)
            && let Some(place) = out.get_mut(start..start + piece.len())
        {
            place.make_ascii_uppercase();
        }
        start += piece.len();
        start += typed.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    out
}

fn is_value(kind: Kind) -> bool {
    matches!(kind, Kind::Chunk(_) | Kind::Quoted(_) | Kind::Unclosed(_) | Kind::Open)
}

fn same(a: &Clause, b: &Clause) -> bool {
    match (&a.node, &b.node) {
        (Node::Atom(x), Node::Atom(y)) => {
            a.negated == b.negated
                && x.kind == y.kind
                && x.words == y.words
                && x.title == y.title
                && x.completing == y.completing
        }
        _ => false,
    }
}

/// Makes words that say little light, where there are others.
fn lighten(clauses: &mut [Clause]) {
    let light = |clause: &Clause| match &clause.node {
        Node::Atom(atom) => {
            atom.kind == AtomKind::Word && !atom.title && atom.words.iter().all(|word| is_light(word))
        }
        _ => false,
    };
    if clauses.iter().any(|clause| !clause.negated && !light(clause)) {
        for clause in clauses.iter_mut() {
            if !clause.negated
                && light(clause)
                && let Node::Atom(atom) = &mut clause.node
            {
                atom.kind = AtomKind::Light;
            }
        }
    }
}

/// First and last day of `2025-04-12`, `2025-04` or `2025`, by number (see `calendar`).
fn day_bounds(typed: &str) -> Option<(i64, i64)> {
    let folded = text::fold(typed);
    let parts: Vec<&str> = folded.split(['-', '/', '.']).collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u16>().ok());
    let (year, month, day) = (number(0)?, number(1), number(2));
    if !(1000..=9999).contains(&year) || parts.len() > 3 || (parts.len() > 1) != month.is_some() {
        return None;
    }
    let first = |year: u16, month: u16| calendar::number(year.into(), month.into(), 1);
    match (month, day) {
        (None, _) => Some((first(year, 1), first(year + 1, 1) - 1)),
        (Some(month @ 1..=12), None) if parts.len() == 2 => {
            let next = if month == 12 { first(year + 1, 1) } else { first(year, month + 1) };
            Some((first(year, month), next - 1))
        }
        (Some(month), Some(day)) => {
            let number = calendar::number(year.into(), month.into(), day.into());
            let date = calendar::day(number);
            let is = date.month.map(u16::from) == Some(month) && date.day.map(u16::from) == Some(day);
            is.then_some((number, number))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A query as understood: `-x` left out, `[a b]` phrase, `a*` prefix, `a~` being typed, `a?` light, `{a b}` a run.
    fn node(node: &Node) -> String {
        match node {
            Node::Any(nodes) => {
                format!("({})", nodes.iter().map(self::node).collect::<Vec<_>>().join(" OR "))
            }
            Node::All(clauses) => format!("({})", self::clauses(clauses)),
            Node::Atom(atom) => {
                let words = atom.words.join(" ");
                let words = match atom.kind {
                    AtomKind::Word => words,
                    AtomKind::Light => format!("{words}?"),
                    AtomKind::Phrase => format!("[{words}]"),
                    AtomKind::Run => format!("{{{words}}}"),
                    AtomKind::Prefix => format!("{words}*"),
                };
                format!(
                    "{}{words}{}",
                    if atom.title { "title:" } else { "" },
                    if atom.completing { "~" } else { "" }
                )
            }
        }
    }

    fn clauses(clauses: &[Clause]) -> String {
        let show =
            |clause: &Clause| format!("{}{}", if clause.negated { "-" } else { "" }, node(&clause.node));
        clauses.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn check(input: &str, expected: &str, hints: usize) {
        let query = parse(input);
        assert_eq!(clauses(&query.clauses), expected, "{input}");
        assert_eq!(query.hints.len(), hints, "{input}: {:?}", query.hints);
    }

    #[test]
    fn forms() {
        check("", "", 0);
        check("Direct  talks ", "direct talks", 0);
        check("direct talk", "direct talk~", 0);
        check("the talks in Iran ", "the? talks in? iran", 0);
        check("to be ", "to be", 0);
        check("“Direct talks” x ", "[direct talks] x", 0);
        check("\"a b\" «c d» „e f“ ‘g h’ 'i j' ", "[a b] [c d] [e f] [g h] [i j]", 0);
        check("don't 'tis ", "don't tis", 0);
        check("a-b c ", "a? b c", 0);
        check("-war -\"cold war\" x ", "-war -[cold war] x", 0);
        check("x - y -- z ", "x y? z", 0);
        check("a OR b c ", "(a OR b) c", 0);
        check("x b|c ", "x (b OR c)", 0);
        check("x or y ", "x or? y?", 0);
        check("(b c) OR d ", "((b c) OR d)", 0);
        check("-(b OR c) d ", "-(b OR c) d", 0);
        check("diplom* ", "diplom*", 0);
        check("title:talks iran ", "title:talks iran", 0);
        check("title:(b OR c) ", "(title:b OR title:c)", 0);
        check("TITLE:\"b c\" ", "title:[b c]", 0);
        check("http://x ", "http x", 0);
        check("u.s.-Iran u.s. ", "us iran", 0);
        check("北京 ", "{北 京}", 0);
        check("talks talks ", "talks", 0);
    }

    #[test]
    fn what_is_odd_is_said() {
        check("“direct talks ", "[direct talks]", 1);
        check("“direct talk", "[direct talk]~", 1);
        check("x \"\" ", "x", 1);
        check("(x z ", "x z", 1);
        check("x ) z ", "x z", 1);
        check("OR x OR ", "x", 2);
        check("x OR -z ", "x", 1);
        check("-x ", "-x", 1);
        check("title: ", "", 1);
        check("x*z ", "x z", 1);
        check("source: ", "", 1);
        check(&"word ".repeat(3), "word", 0);
        let long: String = (0..400).map(|at| format!("w{at} ")).collect();
        let query = parse(&long);
        assert_eq!((query.clauses.len(), query.hints.len()), (MAX_WORDS, 1));
    }

    #[test]
    fn filters() {
        let dates = |input: &str| {
            let query = parse(input);
            (query.from.unwrap_or_default(), query.to.unwrap_or_default(), query.hints.len())
        };
        let day = |from: &str, to: &str, hints| (from.to_owned(), to.to_owned(), hints);
        assert_eq!(dates("before:2025-04-12"), day("", "2025-04-11", 0));
        assert_eq!(dates("after:2025-04"), day("2025-05-01", "", 0));
        assert_eq!(dates("after:2024 before:2026"), day("2025-01-01", "2025-12-31", 0));
        assert_eq!(dates("-before:2025"), day("2025-01-01", "", 0));
        assert_eq!(dates("before:2025-13-01"), day("", "", 1));
        assert_eq!(dates("before:2025-02-29"), day("", "", 1));
        assert_eq!(dates("before:2024-02-29"), day("", "2024-02-28", 0));
        assert_eq!(dates("after:2024-12"), day("2025-01-01", "", 0));
        assert_eq!(dates("before:1000"), day("", "0999-12-31", 0));
        assert_eq!(dates("after:9999"), day("", "", 1));
        assert_eq!(dates("-after:9999"), day("", "9999-12-31", 0));
        assert_eq!(dates("before:yesterday"), day("", "", 1));
        let query = parse("source:\"New York Post\" -entity:iran talks");
        let filters: Vec<_> = query.filters.iter().map(|f| (f.field, f.value.as_str(), f.negated)).collect();
        assert_eq!(filters, [(Field::Source, "New York Post", false), (Field::Entity, "iran", true)]);
    }

    proptest! {
        #[test]
        fn anything_gives_a_query(input in "\\PC{0,200}|[a-c“”\"'()|*: -]{0,80}|(title:|before:|OR|-|\\(|\\)|\"|x| ){0,60}") {
            let query = parse(&input);
            prop_assert!(query.clauses.len() <= MAX_WORDS);
            for clause in &query.clauses {
                prop_assert!(input.get(clause.span.range()).is_some());
            }
        }
    }
}
