//! A bucket as small as can be: what an S3-compatible store answers to the acts that the depot does.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A store on the loopback, until it is dropped.
pub struct Bucket {
    pub endpoint: String,
    /// What is kept, by bucket and key; parts of an upload under their numbers.
    pub objects: Objects,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Bucket {
    pub fn start() -> Self {
        let objects = Objects::default();
        let (tell, told) = mpsc::channel();
        let shared = objects.clone();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .app_data(web::Data::new(shared.clone()))
                        .app_data(web::PayloadConfig::new(16 << 20))
                        .default_service(web::to(answer))
                };
                let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").unwrap();
                let address = server.addrs()[0];
                let server = server.disable_signals().run();
                tell.send((server.handle(), address)).unwrap();
                server.await.unwrap();
            });
        });
        let (handle, address) = told.recv().unwrap();
        Self { endpoint: format!("http://{address}"), objects, handle, thread: Some(thread) }
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        self.thread.take().map(JoinHandle::join);
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

async fn answer(req: HttpRequest, body: web::Bytes, objects: web::Data<Objects>) -> HttpResponse {
    let signed = req
        .headers()
        .get("authorization")
        .is_some_and(|v| v.as_bytes().starts_with(b"AWS4-HMAC-SHA256 Credential=AK/"));
    if !signed {
        return HttpResponse::Forbidden().finish();
    }
    let mut objects = objects.lock().unwrap();
    let (path, query) = (req.path().trim_start_matches('/').to_owned(), req.query_string());
    let number = between(query, "partNumber=", "&").first().map(|n| n.parse::<usize>().unwrap());
    match (req.method(), query, number) {
        (&Method::POST, "uploads" | "uploads=", _) => HttpResponse::Ok()
            .body("<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"),
        (&Method::PUT, _, Some(number)) => {
            objects.insert(format!("{path}#{number:04}"), body.to_vec());
            HttpResponse::Ok().insert_header(("etag", "\"e\"")).finish()
        }
        (&Method::POST, "uploadId=u", _) => {
            let own = format!("{path}#");
            let parts: Vec<String> = objects.keys().filter(|key| key.starts_with(&own)).cloned().collect();
            let whole = parts.iter().flat_map(|part| objects.remove(part).unwrap()).collect();
            objects.insert(path, whole);
            HttpResponse::Ok()
                .body("<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>")
        }
        (&Method::POST, "delete" | "delete=", _) => {
            let asked = String::from_utf8(body.to_vec()).unwrap();
            let keys = between(&asked, "<Key>", "</Key>");
            let gone: String =
                keys.iter().map(|key| format!("<Deleted><Key>{key}</Key></Deleted>")).collect();
            keys.iter().for_each(|key| drop(objects.remove(&format!("{path}/{key}"))));
            HttpResponse::Ok().body(format!("<DeleteResult>{gone}</DeleteResult>"))
        }
        (&Method::GET, query, _) if query.contains("list-type=2") => {
            let prefix =
                between(query, "&prefix=", "&").first().map_or(String::new(), |p| p.replace("%2F", "/"));
            let own = format!("{path}/");
            let keys = objects.iter().filter_map(|(key, bytes)| Some((key.strip_prefix(&own)?, bytes.len())));
            let listed: Vec<(&str, usize)> = keys.filter(|(key, _)| key.starts_with(&prefix)).collect();
            HttpResponse::Ok().body(listing(&listed, &prefix, query.contains("delimiter=")))
        }
        (&Method::GET, _, _) => match objects.get(&path) {
            Some(bytes) => HttpResponse::Ok()
                .insert_header(("etag", "\"e\""))
                .insert_header(("last-modified", "Fri, 29 Nov 2024 02:00:00 GMT"))
                .body(bytes.clone()),
            None => HttpResponse::NotFound().finish(),
        },
        _ => HttpResponse::BadRequest().finish(),
    }
}

fn listing(keys: &[(&str, usize)], prefix: &str, delimited: bool) -> String {
    let one = |(key, size): &(&str, usize)| match key[prefix.len()..].split_once('/') {
        Some((step, _)) if delimited => {
            format!("<CommonPrefixes><Prefix>{prefix}{step}/</Prefix></CommonPrefixes>")
        }
        _ => format!(
            "<Contents><Key>{key}</Key><LastModified>2024-11-29T02:00:00.000Z</LastModified><Size>{size}</Size></Contents>"
        ),
    };
    let mut all: Vec<String> = keys.iter().map(one).collect();
    all.dedup();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{}</ListBucketResult>", all.concat())
}
