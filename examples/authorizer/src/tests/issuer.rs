//! An issuer on the local machine, which publishes keys and counts how often they are fetched.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use serde_json::{Value, json};

use super::signer::{FIRST, Signer};

/// The issuer. Its server runs until the test's runtime ends.
#[derive(Clone)]
pub(super) struct TestIssuer {
    pub(super) url: String,
    /// The documents, or `None` while the issuer is down.
    documents: Arc<Mutex<Option<Documents>>>,
    fetches: Arc<AtomicUsize>,
}

struct Documents {
    discovery: Value,
    key_set: Value,
}

impl TestIssuer {
    /// Starts an issuer that publishes the key [`FIRST`].
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/auth", listener.local_addr().unwrap());
        let issuer = Self {
            url,
            documents: Arc::default(),
            fetches: Arc::default(),
        };
        issuer.publish(&[&FIRST]);
        let (discovery, keys) = (issuer.clone(), issuer.clone());
        let app = Router::new()
            .route(
                "/auth/.well-known/openid-configuration",
                get(async move || discovery.document(|documents| &documents.discovery)),
            )
            .route(
                "/auth/jwt/jwks.json",
                get(async move || {
                    keys.fetches.fetch_add(1, Ordering::SeqCst);
                    keys.document(|documents| &documents.key_set)
                }),
            )
            .route(
                "/auth/moved.json",
                get(async || Redirect::to("/auth/jwt/jwks.json")),
            );
        tokio::spawn(async move { axum::serve(listener, app).await });
        issuer
    }

    /// Publishes these keys.
    pub(super) fn publish(&self, signers: &[&Signer]) {
        let keys: Vec<_> = signers.iter().map(|signer| signer.jwk()).collect();
        self.publish_documents(self.discovery(), json!({ "keys": keys }));
    }

    /// The discovery document.
    pub(super) fn discovery(&self) -> Value {
        json!({"issuer": self.url, "jwks_uri": format!("{}/jwt/jwks.json", self.url)})
    }

    /// Publishes these documents.
    pub(super) fn publish_documents(&self, discovery: Value, key_set: Value) {
        let documents = Documents { discovery, key_set };
        *self.documents.lock().unwrap() = Some(documents);
    }

    /// Answers each request with an error.
    pub(super) fn stop(&self) {
        *self.documents.lock().unwrap() = None;
    }

    /// How often the key set was fetched, successfully or not.
    pub(super) fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }

    fn document(&self, part: fn(&Documents) -> &Value) -> (StatusCode, String) {
        match &*self.documents.lock().unwrap() {
            Some(documents) => (StatusCode::OK, part(documents).to_string()),
            None => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
        }
    }
}
