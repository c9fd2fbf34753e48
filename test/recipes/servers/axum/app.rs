//! The application behind each snippet, a server for each port. 413 is left to Axum, whose own 404 is empty.

mod snippets;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use tower_http::cors::CorsLayer;

fn router(cors: CorsLayer) -> Router {
    Router::new()
        .route("/data", any(|method: Method| async move { format!("{method} was here") }).get(|| async { ([("x-trace", "7")], "data") }))
        .route("/cacheable", get(|| async { ([(header::CACHE_CONTROL, "max-age=600")], "cacheable") }))
        .route("/login", get(|| async { ([(header::SET_COOKIE, "session=alice; HttpOnly")], "welcome") }))
        .route("/session", get(|headers: HeaderMap| async move { headers.get(header::COOKIE).cloned().unwrap_or(HeaderValue::from_static("nobody")).as_bytes().to_vec() }))
        .route("/private", any(|| async { "private" }).layer(from_fn(log_in)))
        .route("/moved", any(|| async { Redirect::permanent("/data") }))
        .route("/broken", get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "broken") }))
        .route("/unreachable", get(|| async { (StatusCode::BAD_GATEWAY, "unreachable") }))
        .route("/upload", post(|_: Bytes| async { "upload" }).layer(DefaultBodyLimit::max(1024)))
        .fallback(|| async { (StatusCode::NOT_FOUND, "missing") })
        .layer(from_fn(negotiate))
        .layer(cors)
}

async fn log_in(headers: HeaderMap, request: axum::extract::Request, next: Next) -> Response {
    match headers.get(header::AUTHORIZATION) {
        Some(_) => next.run(request).await,
        None => (StatusCode::UNAUTHORIZED, "log in").into_response(),
    }
}

async fn negotiate(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (cors, port) in snippets::ALL.iter().zip(std::env::args().skip(1)) {
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
        tokio::spawn(async { axum::serve(listener, router(cors())).await.unwrap() });
    }
    std::future::pending().await
}
