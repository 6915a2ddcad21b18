//! Which requests may use the console and the issuer's tokens: those of this machine, and of no other website.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// The host names of the loopback interface.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Checks that the request was sent to this machine by name, and by no other website.
///
/// A website can point a DNS name of its own at 127.0.0.1; the browser then treats the gateway as part of that
/// website. Such a request has the website's name in `Host`.
pub(crate) fn check(headers: &HeaderMap) -> Result<(), String> {
    let host = only(headers, HOST.as_str())?
        .ok_or("this path expects the header `Host`, which is missing")?;
    if !is_loopback(host) {
        return Err(format!(
            "this path expects the host 127.0.0.1 or localhost, and found `{host}`; open it under one of these names"
        ));
    }
    let is_own = |origin: &str| origin == format!("http://{host}");
    if only(headers, ORIGIN.as_str())?.is_some_and(|origin| !is_own(origin)) {
        return Err(
            "this path answers pages of this gateway only, and no other website".to_owned(),
        );
    }
    Ok(())
}

/// The value of a header that must not occur twice.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(format!("the header `{name}` occurs twice"));
    }
    let text = value.map(|value| value.to_str());
    text.transpose()
        .map_err(|_| format!("the header `{name}` is not text"))
}

fn is_loopback(host: &str) -> bool {
    LOOPBACK.iter().any(|name| match host.strip_prefix(name) {
        None => false,
        Some("") => true,
        Some(port) => port
            .strip_prefix(':')
            .is_some_and(|port| port.parse::<u16>().is_ok()),
    })
}

#[cfg(test)]
mod tests {
    use axum::http::header::{HOST, ORIGIN};
    use axum::http::{HeaderMap, HeaderValue};

    use super::check;

    fn headers(hosts: &[&'static str], origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_static(host));
        }
        if let Some(origin) = origin {
            headers.append(ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn accepts_the_names_of_this_machine() {
        for host in [
            "127.0.0.1:3000",
            "localhost:3000",
            "[::1]:3000",
            "localhost",
        ] {
            assert_eq!(check(&headers(&[host], None)), Ok(()), "{host}");
        }
        let own = headers(&["localhost:3000"], Some("http://localhost:3000"));
        assert_eq!(check(&own), Ok(()));
    }

    #[test]
    fn refuses_other_hosts_and_other_origins() {
        for host in [
            "evil.test",
            "evil.test:3000",
            "127.0.0.1.evil.test:3000",
            "localhost.evil.test",
            "localhost:3000.evil.test",
            "localhost:",
            "127.0.0.1@evil.test",
            "192.168.0.2:3000",
            "",
        ] {
            let error = check(&headers(&[host], None)).unwrap_err();
            assert!(error.contains("127.0.0.1 or localhost"), "{error}");
        }
        assert!(check(&headers(&[], None)).is_err());
        assert!(check(&headers(&["localhost", "localhost"], None)).is_err());
        for origin in ["https://evil.test", "null", "http://localhost:4000"] {
            let foreign = headers(&["localhost:3000"], Some(origin));
            assert!(check(&foreign).is_err(), "{origin}");
        }
    }
}
