//! Two programs by target: the command natively, the page as WebAssembly.

// `html!` reads a view token by token (`app/html.rs`).
#![recursion_limit = "1024"]

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run()
}

#[cfg(target_arch = "wasm32")]
mod app;

#[cfg(target_arch = "wasm32")]
fn main() {
    app::run();
}
