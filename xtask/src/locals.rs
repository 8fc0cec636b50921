//! Locals: each function's variables under numbers by how often it uses them, and memory read as if it were aligned.
//!
//! Invariant: the same functions, whose parameters keep their numbers. Not here: the order of functions (`pack.rs`).
//!
//! The compiler numbers variables as it comes to them, so that any number may be the one used most. With the most used
//! first, most have the same few numbers in every function, which deflate likes. How a place in memory is aligned is a
//! hint without effect on what an access does (WebAssembly Core Specification, "Memory Instructions"): with the natural
//! one in every access of a size 2 kB less of 400.

use anyhow::{Context, Result};
use std::cmp::Reverse;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, Instruction, MemArg, Module};
use wasmparser::{FunctionBody, Operator, Parser, Payload, ValType};

/// The program with its functions' variables renumbered.
pub fn sorted(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut sorted = Sorted { parameters: parameters(wasm)?, function: 0 };
    let mut module = Module::new();
    sorted
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("WebAssembly whose functions cannot be read")?;
    Ok(module.finish())
}

/// How many parameters each of its own functions has.
fn parameters(wasm: &[u8]) -> Result<Vec<u32>> {
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section.into_iter_err_on_gc_types() {
                    types.push(group?.params().len() as u32);
                }
            }
            Payload::FunctionSection(section) => {
                for function in section {
                    functions.push(types.get(function? as usize).copied().context("a function of no type")?);
                }
            }
            _ => {}
        }
    }
    Ok(functions)
}

struct Sorted {
    /// How many parameters each function has.
    parameters: Vec<u32>,
    /// How many functions were written.
    function: usize,
}

/// The variable that an instruction reads or writes.
fn local(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(*local_index),
        _ => None,
    }
}

impl Reencode for Sorted {
    type Error = Infallible;

    fn mem_arg(&mut self, access: wasmparser::MemArg) -> Result<MemArg, Error<Self::Error>> {
        let align = u32::from(access.max_align);
        Ok(MemArg { align, ..utils::mem_arg(self, access)? })
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let first = self.parameters.get(self.function).copied().unwrap_or(0);
        self.function += 1;
        let mut types: Vec<ValType> = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, kind) = group?;
            types.extend((0..count).map(|_| kind));
        }
        let mut uses = vec![0u32; types.len()];
        let mut met = Vec::new();
        for operator in body.get_operators_reader()? {
            let place = local(&operator?).and_then(|local| local.checked_sub(first));
            if let Some(count) = place.and_then(|place| uses.get_mut(place as usize)) {
                *count += 1;
                if *count == 1 {
                    met.push(place.unwrap_or(0) as usize);
                }
            }
        }
        // Those of a type stand together, the commonest type first; one that nothing uses is left out.
        let of_type = |kind: ValType| {
            [ValType::I32, ValType::I64, ValType::F64, ValType::F32].iter().position(|&k| k == kind)
        };
        let mut order = met;
        order.sort_by_key(|&i| (of_type(types[i]).unwrap_or(4), Reverse(uses[i])));
        let mut numbers = vec![0; types.len()];
        let mut kinds = Vec::new();
        for (number, &i) in (first..).zip(&order) {
            numbers[i] = number;
            kinds.push(self.val_type(types[i])?);
        }
        let renumbered = |local: u32| local.checked_sub(first).map_or(local, |place| numbers[place as usize]);
        let mut function = Function::new_with_locals_types(kinds);
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let instruction = match self.parse_instruction(&mut reader)? {
                Instruction::LocalGet(local) => Instruction::LocalGet(renumbered(local)),
                Instruction::LocalSet(local) => Instruction::LocalSet(renumbered(local)),
                Instruction::LocalTee(local) => Instruction::LocalTee(renumbered(local)),
                other => other,
            };
            function.instruction(&instruction);
        }
        code.function(&function);
        Ok(())
    }
}
