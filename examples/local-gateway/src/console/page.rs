//! The page: one HTML document with its style and its script, and nothing from any other place.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("page/style.css");

/// The script. Each file uses the functions of those before it.
const SCRIPT: &str = concat!(
    include_str!("page/calls.js"),
    include_str!("page/details.js"),
    include_str!("page/matrix.js"),
    include_str!("page/start.js"),
);

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let page = include_str!("page/page.html").replace("/* style */", STYLE);
    page.replace("/* script */", SCRIPT)
});

/// The browser runs this script and this style only, and connects to this gateway only.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let (script, style) = (hash(SCRIPT), hash(STYLE));
    format!(
        "default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
});

/// The page.
pub(super) fn response() -> Response<Body> {
    let mut response = Response::new(Body::from(PAGE.as_str()));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, html);
    response
}

/// Adds the headers that every response of the console has.
pub(crate) fn secured(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        // The values are ASCII text, as a test of the page checks.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{PAGE, SCRIPT};

    #[test]
    fn contains_its_style_and_its_script_and_nothing_from_elsewhere() {
        assert!(!PAGE.contains("/* style */") && !PAGE.contains("/* script */"));
        assert!(PAGE.contains(SCRIPT));
        // The empty icon keeps the browser from asking the API for `/favicon.ico`.
        let page = PAGE.replace("href=\"data:,\"", "");
        for external in ["http://", "https://", "src=", "href=", "@import", "url("] {
            assert!(!page.contains(external), "{external}");
        }
        for (start, end) in [("<script>", "</script>"), ("<style>", "</style>")] {
            assert_eq!(PAGE.matches(start).count(), 1);
            assert_eq!(PAGE.matches(end).count(), 1);
        }
    }

    #[test]
    fn inserts_text_never_as_html() {
        for unsafe_name in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "setHTML",
            "srcdoc",
        ] {
            assert!(!SCRIPT.contains(unsafe_name), "{unsafe_name}");
        }
    }
}
