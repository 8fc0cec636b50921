//! Packing: the same WebAssembly, arranged so that deflate finds more of it twice.
//!
//! Invariant: the same functions under other numbers, one for those that are alike, and the same imports under shorter
//! names, which the JavaScript beside it gets too. Not here: what compresses (`shell.rs`), what is in the program.
//!
//! Deflate looks back 32 kB and the program is thirty times that. So functions that share runs of bytes are put
//! next to each other: a thirtieth less. Functions that do the same are there once. The imports' names end in hashes,
//! which nothing compresses: 4 kB.

use anyhow::{Context, Result};
use std::collections::{HashMap, HashSet, VecDeque};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, ImportSection, Module};
use wasmparser::{
    BinaryReader, CodeSectionReader, FunctionBody, FunctionSectionReader, Imports, Operator, Parser, Payload,
    TypeRef,
};

/// How far deflate looks back, in bytes.
const WINDOW: usize = 32 * 1024;

/// Length of the runs of bytes that two functions may share.
const RUN: usize = 6;

/// Runs in more functions than this are near everywhere and tell nothing.
const COMMON: usize = 24;

/// Bytes added to a function's length when what it shares is weighed against it, so that tiny ones do not come first.
const START: usize = 200;

/// The name of the module that all imports are from.
const FROM: &str = "_";

/// Packs a program and the JavaScript beside it, which must name each import as a whole word.
pub fn pack(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let program = Program::read(wasm)?;
    let alike = program.alike()?;
    let kept: Vec<usize> = (0..alike.len()).filter(|&function| alike[function] == function).collect();
    let bodies: Vec<&[u8]> = kept.iter().map(|&function| program.bodies[function]).collect();
    let order: Vec<usize> = order(&bodies).into_iter().map(|place| kept[place]).collect();
    let mut places = vec![0; alike.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = place as u32;
    }
    let places: Vec<u32> = alike.iter().map(|&function| places[function]).collect();
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
    /// The number of the type of each.
    types: Vec<u32>,
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> Result<Program<'a>> {
        let mut program = Program { imports: Vec::new(), imported: 0, bodies: Vec::new(), types: Vec::new() };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        program.imports.push((import.module, import.name));
                        program.imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    program.types = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => program.bodies.push(&wasm[body.range()]),
                _ => {}
            }
        }
        Ok(program)
    }

    /// Of each function, the first that does the same: of one type and body, but for calls of functions that do the
    /// same in their turn. The coarsest such partition, by refinement from "all alike".
    fn alike(&self) -> Result<Vec<usize>> {
        let bodies = self.bodies.iter().map(|body| without_calls(body)).collect::<Result<Vec<_>>>()?;
        let mut class = vec![0; bodies.len()];
        let mut count = 1;
        loop {
            let mut classes = HashMap::new();
            let mut next = Vec::with_capacity(bodies.len());
            for (function, (body, calls)) in bodies.iter().enumerate() {
                let called = |&call: &u32| match call.checked_sub(self.imported) {
                    Some(own) => (true, class[own as usize]),
                    None => (false, call as usize),
                };
                let key = (self.types[function], body, calls.iter().map(called).collect::<Vec<_>>());
                next.push(*classes.entry(key).or_insert(function));
            }
            if classes.len() == count {
                return Ok(next);
            }
            (class, count) = (next, classes.len());
        }
    }
}

/// A function's body without the numbers of the functions that it calls or refers to, and those numbers.
fn without_calls(body: &[u8]) -> Result<(Vec<u8>, Vec<u32>)> {
    let (mut bytes, mut calls) = (Vec::with_capacity(body.len()), Vec::new());
    let mut reader = FunctionBody::new(BinaryReader::new(body, 0)).get_operators_reader()?;
    bytes.extend_from_slice(&body[..reader.original_position()]);
    while !reader.eof() {
        let from = reader.original_position();
        match reader.read()? {
            Operator::Call { function_index } | Operator::RefFunc { function_index } => {
                bytes.push(body[from]);
                calls.push(function_index);
            }
            _ => bytes.extend_from_slice(&body[from..reader.original_position()]),
        }
    }
    Ok((bytes, calls))
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
    /// Its own functions that are kept, in their new order.
    order: Vec<usize>,
    /// The place in that order of each, or of the one that does the same.
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
