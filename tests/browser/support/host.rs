//! A host: serves one folder on this machine and remembers what was asked of it.
//!
//! Invariant: it serves only the files of its folder, under `/`, and answers 404 to anything else; each request
//! is remembered before it is answered. Not here: the command's own server, which has its own tests.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::Response;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;

/// A running host; it stops when it is dropped.
pub struct Host {
    folder: PathBuf,
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
    runtime: Option<Runtime>,
}

impl Host {
    /// Serves a folder.
    pub fn of(folder: &Path) -> Host {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (root, log) = (folder.to_owned(), asked.clone());
        let app = Router::new().fallback(move |request: Request| async move {
            let address = request.uri().to_string();
            log.lock().unwrap().push(format!("{} {address}", request.method()));
            answer(&root, request.uri().path())
        });
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, app).await });
        Host { folder: folder.to_owned(), origin, asked, runtime: Some(runtime) }
    }

    /// The address of a file in the folder.
    pub fn address(&self, file: &Path) -> String {
        let inside = file.strip_prefix(&self.folder).expect("a file of the host's folder");
        let mut address = url::Url::parse(&self.origin).unwrap();
        address.path_segments_mut().unwrap().clear().extend(inside.iter().map(|s| s.to_str().unwrap()));
        address.into()
    }

    /// `http://127.0.0.1:port`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What was asked so far: `GET /page.html`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn answer(folder: &Path, path: &str) -> Response {
    let base = url::Url::from_directory_path(folder).unwrap();
    let file = base.join(&format!(".{path}")).ok().and_then(|address| address.to_file_path().ok());
    let file = file
        .filter(|file| file.starts_with(folder))
        .map(|f| if f.is_dir() { f.join("index.html") } else { f });
    let Some((file, bytes)) = file.and_then(|file| std::fs::read(&file).ok().map(|bytes| (file, bytes)))
    else {
        return Response::builder().status(StatusCode::NOT_FOUND).body(Body::empty()).unwrap();
    };
    let kind = match file.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    Response::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes)).unwrap()
}
