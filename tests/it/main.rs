//! Black-box tests: the rules of the code, the command, the corpus file. One binary, one module a subject.

mod cli;
mod corpus;
mod corrections;
mod make;
mod tidy;
