//! Packing: the same WebAssembly, arranged so that deflate finds more of it twice.
//!
//! Invariant: the same functions with the same bodies under other numbers, and the same imports under shorter
//! names, which the JavaScript beside it gets too. Not here: what compresses (`shell.rs`), what is in the program.
//!
//! Deflate looks back 32 kB and the program is thirty times that. So functions that share runs of bytes are put
//! next to each other: a thirtieth less. The imports' names end in hashes, which nothing compresses: 4 kB.

use anyhow::{Context, Result};
use std::collections::{HashMap, HashSet, VecDeque};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, ImportSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Imports, Parser, Payload, TypeRef};

/// How far deflate looks back, in bytes.
const WINDOW: usize = 32 * 1024;

/// Length of the runs of bytes that two functions may share.
const RUN: usize = 6;

/// Runs in more functions than this are near everywhere and tell nothing.
const COMMON: usize = 60;

/// Bytes added to a function's length when what it shares is weighed against it, so that tiny ones do not come first.
const START: usize = 100;

/// The name of the module that all imports are from.
const FROM: &str = "_";

/// Packs a program and the JavaScript beside it, which must name each import as a whole word.
pub fn pack(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let program = Program::read(wasm)?;
    let order = order(&program.bodies);
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = place as u32;
    }
    let names: HashMap<&str, String> =
        program.imports.iter().enumerate().map(|(i, (_, name))| (*name, format!("_{i}"))).collect();
    let mut js = renamed(js, &names);
    for module in program.imports.iter().map(|(module, _)| *module).collect::<HashSet<_>>() {
        js = js.replace(&format!("\"{module}\""), &format!("\"{FROM}\""));
    }
    let mut arranged = Arranged { first: program.imported, order, places, names };
    let mut module = Module::new();
    arranged
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("WebAssembly that cannot be arranged")?;
    Ok((js, module.finish()))
}

/// What of a program is arranged.
struct Program<'a> {
    /// Module and name of each import.
    imports: Vec<(&'a str, &'a str)>,
    /// How many of them are functions.
    imported: u32,
    /// The bodies of its own functions.
    bodies: Vec<&'a [u8]>,
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> Result<Program<'a>> {
        let mut program = Program { imports: Vec::new(), imported: 0, bodies: Vec::new() };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        program.imports.push((import.module, import.name));
                        program.imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => program.bodies.push(&wasm[body.range()]),
                _ => {}
            }
        }
        Ok(program)
    }
}

/// Text with words replaced.
fn renamed(text: &str, names: &HashMap<&str, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(names.get(word).map_or(word, String::as_str));
        let next = after.chars().next().map_or(0, char::len_utf8);
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out
}

/// An order of functions in which each one shares much with those that stand up to a [`WINDOW`] before it.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<HashSet<&[u8]>> = bodies.iter().map(|body| body.windows(RUN).collect()).collect();
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, run) in runs.iter().enumerate().flat_map(|(f, runs)| runs.iter().map(move |run| (f, *run)))
    {
        holders.entry(run).or_default().push(function);
    }
    holders.retain(|_, holders| (2..=COMMON).contains(&holders.len()));
    let mut shared = vec![0u32; bodies.len()];
    let mut near: HashMap<&[u8], u32> = HashMap::new();
    let (mut window, mut length) = (VecDeque::new(), 0);
    let (mut order, mut left) = (Vec::new(), Vec::from_iter(0..bodies.len()));
    // Of what is shared per byte, without division.
    let weigh = |shared: &[u32], x: usize, y: usize| {
        let by = |one: usize, other: usize| u64::from(shared[one]) * (bodies[other].len() + START) as u64;
        by(x, y).cmp(&by(y, x)).then(bodies[x].len().cmp(&bodies[y].len())).then(y.cmp(&x))
    };
    while let Some(at) = (0..left.len()).max_by(|&x, &y| weigh(&shared, left[x], left[y])) {
        let next = left.swap_remove(at);
        order.push(next);
        window.push_back(next);
        length += bodies[next].len();
        for run in &runs[next] {
            let Some(holders) = holders.get(run) else { continue };
            let count = near.entry(run).or_default();
            *count += 1;
            if *count == 1 {
                holders.iter().for_each(|&holder| shared[holder] += 1);
            }
        }
        while length > WINDOW && window.len() > 1 {
            let Some(gone) = window.pop_front() else { break };
            length -= bodies[gone].len();
            for run in &runs[gone] {
                let (Some(holders), Some(count)) = (holders.get(run), near.get_mut(run)) else { continue };
                *count -= 1;
                if *count == 0 {
                    holders.iter().for_each(|&holder| shared[holder] -= 1);
                }
            }
        }
    }
    order
}

/// The program, written anew.
struct Arranged<'a> {
    /// The number of the first function of its own.
    first: u32,
    /// Its own functions in their new order.
    order: Vec<usize>,
    /// The place of each in that order.
    places: Vec<u32>,
    /// The new names of the imports.
    names: HashMap<&'a str, String>,
}

impl Reencode for Arranged<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        let own = function.checked_sub(self.first).and_then(|own| self.places.get(own as usize));
        Ok(own.map_or(function, |place| self.first + place))
    }

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Self::Error>> {
        match imports {
            Imports::Single(_, import) => {
                let name = self.names.get(import.name).map_or(import.name, String::as_str).to_owned();
                section.import(FROM, &name, self.entity_type(import.ty)?);
                Ok(())
            }
            other => utils::parse_imports(self, section, other),
        }
    }

    /// What it was built for, which says nothing to a browser.
    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        section: &mut FunctionSection,
        functions: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let types = functions.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for &function in &self.order {
            section.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        section: &mut CodeSection,
        functions: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let bodies = functions.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(section, bodies[function].clone())?;
        }
        Ok(())
    }
}
