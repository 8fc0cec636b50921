//! What a browser test stands on: a tab, a host, and pages made by the command.
//!
//! Invariant: `cargo xtask test browser` starts the driver and says in the environment where everything is. Not
//! here: any scenario.

pub mod ear;
mod host;
pub mod pages;
pub mod tab;

pub use host::Host;
pub use tab::Tab;

use std::path::Path;

/// Runs a test on a page from a host and from the disk, each in a fresh profile. Afterwards the console must be
/// silent.
pub fn everywhere(page: &Path, test: impl Fn(&Tab)) {
    let host = Host::of(&pages::folder_of(page));
    for address in [host.address(page), file_address(page)] {
        let tab = Tab::chromium(&address);
        test(&tab);
        tab.assert_silent();
    }
}

/// The same in Firefox, with files as strangers to each other as they are for a reader.
pub fn in_firefox(page: &Path, test: impl Fn(&Tab)) {
    let host = Host::of(&pages::folder_of(page));
    for address in [host.address(page), file_address(page)] {
        test(&Tab::firefox(&address));
    }
}

/// The address of a file on the disk.
pub fn file_address(page: &Path) -> String {
    url::Url::from_file_path(page).expect("a page has an absolute path").into()
}

/// A text as it stands in an address.
pub fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A variable that `cargo xtask test browser` sets.
fn given(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run these tests with `cargo xtask test browser`"))
}
