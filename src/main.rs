//! Two programs by target: the command natively, the page as WebAssembly.
fn main() {}
