//! The `tenji:` addresses: pages, photos, thumbnails and faces, answered by the office.
use crate::{Office, opening};
use std::path::Path;
use std::sync::Arc;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};
use tenjicho_desk::Desk;

pub(crate) fn answer<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let app = context.app_handle().clone();
    let path = request.uri().path_and_query().map(|p| p.as_str().to_owned()).unwrap_or_default();
    tauri::async_runtime::spawn(async move {
        let answer = match path.strip_prefix("/font/") {
            Some(name) => face(&opening::fonts(&app), name).await,
            // `manage` comes before the first window, so the office is there, or is being opened, whenever a page can ask.
            None => found(app.state::<Office>().ready().await.ok(), &path).await,
        };
        responder.respond(answer);
    });
}

/// The window's own face: needed before a workspace is open, and where none can be opened.
async fn face(folder: &Path, name: &str) -> Response<Vec<u8>> {
    let plain = name.ends_with(".ttf") && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    match tokio::fs::read(folder.join(name)).await {
        Ok(bytes) if plain => response(StatusCode::OK, "font/ttf", bytes),
        _ => response(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", Vec::new()),
    }
}

async fn found(desk: Option<Arc<Desk>>, path: &str) -> Response<Vec<u8>> {
    let found = match desk {
        Some(desk) => desk.resource(path).await,
        None => None,
    };
    match found {
        // Every address names its content (a hash or a key), so what was answered once stays true.
        Some((kind, bytes)) => response(StatusCode::OK, &kind, bytes),
        None => response(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", Vec::new()),
    }
}

fn response(status: StatusCode, kind: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let keep = if status == StatusCode::OK { "max-age=31536000, immutable" } else { "no-store" };
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, keep)
        // The page lives at another address than its pictures and faces.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(bytes)
        .unwrap_or_default()
}
