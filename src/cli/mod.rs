//! The command: arguments in, exit status out; one file per sub-command.
//!
//! Invariant: results go to standard output, problems to standard error; the status is 0 when the work was
//! done, 1 when some input was refused, 2 for wrong usage. Not here: any knowledge of articles, which is the
//! engine's.

mod build;
mod check;
mod compare;
mod entities;
mod extract;
mod input;
mod output;
mod search;
mod serve;
mod shell;
mod verify;
mod write;

use clap::{CommandFactory, Parser, Subcommand};
use crossread::engine::{Answer, Engine, Request};
use std::process::ExitCode;

/// What a sub-command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The work was done.
    Done,
    /// Some input was refused; the rest was done.
    Refused,
}

#[derive(Parser)]
#[command(
    name = "crossread",
    version,
    about = "An article explorer in one HTML file: search, names, and two accounts of one story side by side.",
    after_help = "PATH is a file (.txt, .md, .csv, .json, .jsonl), a folder of them, a corpus file, or a page that \
                  `crossread build` made.\n\nExit status: 0 done, 1 some input was refused (said on standard \
                  error), 2 wrong usage.",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Sub-commands in the order in which a newcomer needs them.
#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Serve(serve::Arguments),
    Search(search::Arguments),
    Entities(entities::Arguments),
    Compare(compare::Arguments),
    Check(check::Arguments),
    Verify(verify::Arguments),
    Extract(extract::Arguments),
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build(arguments) => build::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Entities(arguments) => entities::run(arguments),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Verify(arguments) => verify::run(arguments),
        Command::Extract(arguments) => extract::run(arguments),
    };
    match result {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Refused) => ExitCode::from(1),
        // The reader of our output has seen enough (`crossread search … | head`).
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::problem(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

/// Asks the engine, says on standard error what was wrong, and gives what could be done.
fn ask(engine: &mut Engine, request: Request) -> Answer {
    let response = engine.answer(request);
    for problem in &response.problems {
        output::problem(&output::place(problem));
    }
    response.answer
}

/// Ends the program as clap does for arguments that it refuses.
fn wrong_usage(command: &str, message: &str) -> ! {
    let mut all = Arguments::command();
    all.build();
    let kind = clap::error::ErrorKind::WrongNumberOfValues;
    match all.find_subcommand_mut(command) {
        Some(one) => one.error(kind, message),
        None => all.error(kind, message),
    }
    .exit()
}
