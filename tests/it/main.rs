//! Black-box tests: the rules of the code, the command, the corpus file. One binary, one module a subject.

mod bounds;
mod cli;
mod corpus;
mod corrections;
#[path = "../golden/mod.rs"]
mod golden;
mod make;
mod ranking;
mod tidy;
