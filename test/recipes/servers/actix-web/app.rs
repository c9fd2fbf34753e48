//! The application behind each snippet, a server for each port. 413 is left to Actix Web, whose own 404 is empty.

mod snippets;

use actix_cors::Cors;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Bytes, PayloadConfig, Redirect};
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, Responder, dev, error};

fn serve(cors: fn() -> Cors, port: u16) -> std::io::Result<dev::Server> {
    let server = HttpServer::new(move || {
        App::new()
            .route("/data", web::get().to(|| async { "data".customize().insert_header(("x-trace", "7")) }))
            .route("/data", web::to(|request: HttpRequest| async move { format!("{} was here", request.method()) }))
            .route("/cacheable", web::get().to(|| async { "cacheable".customize().insert_header((header::CACHE_CONTROL, "max-age=600")) }))
            .route("/login", web::get().to(|| async { "welcome".customize().insert_header((header::SET_COOKIE, "session=alice; HttpOnly")) }))
            .route("/session", web::get().to(|request: HttpRequest| async move { request.headers().get(header::COOKIE).map_or("nobody".into(), |cookie| cookie.to_str().unwrap().to_owned()) }))
            .service(web::resource("/private").wrap(from_fn(log_in)).to(|| async { "private" }))
            .route("/moved", web::to(|| async { Redirect::to("/data").permanent() }))
            .route("/broken", web::get().to(|| async { Err::<HttpResponse, _>(error::ErrorInternalServerError("broken")) }))
            .route("/unreachable", web::get().to(|| async { HttpResponse::new(StatusCode::BAD_GATEWAY).set_body("unreachable") }))
            .service(web::resource("/upload").app_data(PayloadConfig::new(1024)).route(web::post().to(|_: Bytes| async { "upload" })))
            .default_service(web::to(|| async { HttpResponse::NotFound().body("missing") }))
            .wrap(from_fn(negotiate))
            .wrap(cors())
    });
    Ok(server.workers(1).disable_signals().bind(("127.0.0.1", port))?.run())
}

async fn log_in(request: dev::ServiceRequest, next: Next<impl actix_web::body::MessageBody>) -> Result<dev::ServiceResponse<impl actix_web::body::MessageBody>, Error> {
    if !request.headers().contains_key(header::AUTHORIZATION) {
        return Err(error::ErrorUnauthorized("log in"));
    }
    next.call(request).await
}

async fn negotiate(request: dev::ServiceRequest, next: Next<impl actix_web::body::MessageBody>) -> Result<dev::ServiceResponse<impl actix_web::body::MessageBody>, Error> {
    let mut response = next.call(request).await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(response)
}

fn main() -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async {
        for (cors, port) in snippets::ALL.iter().zip(std::env::args().skip(1)) {
            actix_web::rt::spawn(serve(*cors, port.parse().unwrap())?);
        }
        std::future::pending().await
    })
}
