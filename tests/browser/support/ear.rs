//! An ear: listens on this machine for anything that a page sends, whatever it is.
//!
//! Invariant: a connection is remembered with what it asks for, or as "something" where it asks for nothing that can
//! be read; every path is answered, so that what loads can go on. Not here: pages that are meant to be served
//! ([`super::Host`]).

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A listener that lives as long as the test's process.
pub struct Ear {
    origin: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Ear {
    /// Begins to listen.
    pub fn open() -> Ear {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = log.clone();
                std::thread::spawn(move || listen(stream, &log));
            }
        });
        Ear { origin, heard }
    }

    /// `127.0.0.1:port`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The paths that were asked for, sorted, each once.
    pub fn heard(&self) -> Vec<String> {
        let mut heard = self.heard.lock().unwrap().clone();
        heard.sort();
        heard.dedup();
        heard
    }
}

/// Notes what one connection asks for and answers that there is nothing.
fn listen(mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    // A connection that says nothing at all counts too, after a moment.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let mut first = [0; 2048];
    let read = stream.read(&mut first).unwrap_or(0);
    let line = String::from_utf8_lossy(&first[..read]);
    let path = line.split(' ').nth(1).filter(|path| path.starts_with('/')).unwrap_or("something");
    log.lock().unwrap().push(path.to_owned());
    let _ = stream.write_all(
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
}
