//! Which URLs keys may be fetched from: `https`, and `http` on the local machine.

use std::fmt;
use std::net::IpAddr;

use http::Uri;

/// Keys must not be fetched from this URL.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InsecureUrl {
    NotAbsolute,
    HasUser,
    NotHttps,
}

impl fmt::Display for InsecureUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "it is not an absolute URL",
            Self::HasUser => "a URL of the issuer contains no user and no password",
            Self::NotHttps => {
                "a URL of the issuer begins with `https:`; only the local machine can use `http:`"
            }
        })
    }
}

/// Checks a URL. Anyone between the authorizer and an `http` server could replace the keys.
pub(crate) fn check(url: &str) -> Result<(), InsecureUrl> {
    let uri: Uri = url.parse().map_err(|_| InsecureUrl::NotAbsolute)?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(InsecureUrl::NotAbsolute);
    };
    if authority.as_str().contains('@') {
        return Err(InsecureUrl::HasUser);
    }
    match scheme {
        "https" => Ok(()),
        "http" if is_loopback(authority.host()) => Ok(()),
        _ => Err(InsecureUrl::NotHttps),
    }
}

fn is_loopback(host: &str) -> bool {
    // An IPv6 address is in brackets.
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{InsecureUrl, check};

    #[test]
    fn accepts_https_and_the_local_machine() {
        for url in [
            "https://api.example.com/auth",
            "https://10.0.0.1:8443",
            "http://localhost:3000/auth",
            "http://127.0.0.1:3000",
            "http://[::1]:3000/auth",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn rejects_other_urls() {
        for (url, expected) in [
            ("http://api.example.com/auth", InsecureUrl::NotHttps),
            ("http://localhost.example.com", InsecureUrl::NotHttps),
            ("http://127.0.0.1.example.com", InsecureUrl::NotHttps),
            ("http://10.0.0.1", InsecureUrl::NotHttps),
            ("ftp://localhost/keys", InsecureUrl::NotHttps),
            ("http://localhost@example.com", InsecureUrl::HasUser),
            ("https://user:password@example.com", InsecureUrl::HasUser),
            ("file:///etc/keys", InsecureUrl::NotAbsolute),
            ("/auth", InsecureUrl::NotAbsolute),
            ("example.com", InsecureUrl::NotAbsolute),
            ("", InsecureUrl::NotAbsolute),
        ] {
            assert_eq!(check(url), Err(expected), "{url}");
        }
    }
}
