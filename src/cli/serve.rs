//! `crossread serve`: the page on a port of this machine, made anew when a file changes.
//!
//! Invariant: only this machine can reach it, by its own name; what is served is always a whole page. Not here:
//! how the page is made (`build`).

use super::{Status, build, output, shell};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crossread::engine::page::Shell;
use notify::{EventKind, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::net::TcpListener;

/// Serves the page on this machine and makes it anew when a file changes.
///
/// Prints the address. Nothing but this machine can reach it. Reload the page to see a change. Ctrl-C ends it.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files (.txt, .md, .csv, .json, .jsonl), folders, corpus files or pages.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The port; without it the first free one from 8000 on.
    #[arg(long)]
    port: Option<u16>,
    /// Title of the whole.
    #[arg(long)]
    title: Option<String>,
    /// Opens the page in the browser.
    #[arg(long)]
    open: bool,
}

/// First port that is tried, and how many after it.
const PORTS: std::ops::Range<u16> = 8000..8100;

/// A change is answered when the files have been still for so long.
const STILL: Duration = Duration::from_millis(200);

/// The page as it is now.
type Page = Arc<RwLock<Bytes>>;

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    // Nobody mails what is served: it takes in articles too.
    let shell = shell::find(shell::Edition::Studio)?;
    // Watching starts before reading, so that no change falls between.
    let (_watcher, changes) = watch(&arguments.paths)?;
    let page = Arc::new(RwLock::new(make(&shell, &arguments)?));
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(listen(arguments.port))?;
    let address = format!("http://{}/", listener.local_addr()?);
    let mut out = output::Output::new();
    out.line(&address)?;
    out.finish()?;
    output::progress("press Ctrl-C to end; the page is made anew when a file changes");
    if arguments.open && webbrowser::open(&address).is_err() {
        output::problem("no browser could be opened: open the address above");
    }
    let served = page.clone();
    std::thread::spawn(move || remake(&changes, &shell, &arguments, &served));
    runtime.block_on(async {
        let app = Router::new().fallback(answer).with_state(page);
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            })
            .await
    })?;
    Ok(Status::Done)
}

fn make(shell: &Shell, arguments: &Arguments) -> Result<Bytes> {
    let mut engine = build::articles(&arguments.paths, arguments.title.clone())?.engine;
    output::progress(&build::said(&engine));
    Ok(build::html(shell, &build::saved(&mut engine), false).into())
}

/// Makes the page anew after each change, until nothing watches any more.
fn remake(changes: &Receiver<()>, shell: &Shell, arguments: &Arguments, page: &Page) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(STILL).is_ok() {}
        output::progress("a file has changed");
        match make(shell, arguments) {
            Ok(new) => {
                if let Ok(mut page) = page.write() {
                    *page = new;
                }
                output::progress("made anew: reload the page");
            }
            Err(error) => output::problem(&format!("{error:#}; the page stays as it was")),
        }
    }
}

/// Watches the PATHs; a file by its folder, since editors replace files.
fn watch(paths: &[PathBuf]) -> Result<(notify::RecommendedWatcher, Receiver<()>)> {
    let (sender, changes) = channel();
    let files: Vec<PathBuf> = paths.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
    let watched = files.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let changes =
            matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
        let ours = event.paths.iter().any(|path| watched.iter().any(|own| path.starts_with(own)));
        if changes && ours {
            // Where nobody listens any more, the server is about to end.
            let _ = sender.send(());
        }
    })
    .context("files cannot be watched here")?;
    for path in &files {
        let (place, mode) = match path.parent() {
            Some(folder) if !path.is_dir() => (folder, RecursiveMode::NonRecursive),
            _ => (path.as_path(), RecursiveMode::Recursive),
        };
        if let Err(error) = watcher.watch(place, mode) {
            output::problem(&format!("{} is not watched for changes: {error}", place.display()));
        }
    }
    Ok((watcher, changes))
}

async fn listen(port: Option<u16>) -> Result<TcpListener> {
    if let Some(port) = port {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        return listener.with_context(|| format!("port {port} cannot be used: choose another with --port"));
    }
    for port in PORTS {
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
            return Ok(listener);
        }
    }
    TcpListener::bind(("127.0.0.1", 0)).await.context("no port of this machine can be used")
}

async fn answer(State(page): State<Page>, request: Request) -> Response {
    if !is_own_name(request.headers()) {
        return (StatusCode::MISDIRECTED_REQUEST, "This address is not of this machine.\n").into_response();
    }
    if !matches!(request.uri().path(), "/" | "/index.html") {
        return (StatusCode::NOT_FOUND, "There is only / here.\n").into_response();
    }
    let Ok(page) = page.read().map(|page| page.clone()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    ];
    (headers, page).into_response()
}

/// Whether a request names this machine: other sites must not reach it under a name of theirs (DNS rebinding).
fn is_own_name(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, own) in [
            ("127.0.0.1:8000", true),
            ("localhost:8000", true),
            ("localhost", true),
            ("evil.example:8000", false),
            ("localhost.evil.example", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            assert_eq!(is_own_name(&headers), own, "{host}");
        }
    }
}
