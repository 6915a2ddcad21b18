//! The settings, from environment variables.

use std::fmt;

use crate::keys::secure_url;

/// The settings of the authorizer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The `iss` of the tokens, and the URL of the issuer.
    pub(crate) issuer: String,
    /// The accepted audiences, of which a token must have one.
    pub(crate) audiences: Vec<String>,
    /// Whether OAuth 2 access tokens are allowed, in addition to sessions.
    pub(crate) allow_oauth2: bool,
}

/// A setting is missing or invalid.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SettingsError(String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// Reads the settings from the environment.
    pub(crate) fn from_env() -> Result<Self, SettingsError> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let required = |name, example| {
            variable(name)
                .filter(|value| !value.is_empty())
                .ok_or_else(|| {
                    SettingsError(format!(
                        "the environment variable `{name}` is missing; set it to {example}"
                    ))
                })
        };
        let issuer = required(
            "ISSUER",
            "the `iss` of the tokens, such as `https://api.example.com/auth`",
        )?;
        check_issuer(&issuer)?;
        let audiences = required(
            "AUDIENCE",
            "the `aud` of the tokens, such as `jwtAuthorizers`",
        )?;
        Ok(Self {
            issuer,
            audiences: read_audiences(&audiences)?,
            allow_oauth2: read_flag("ALLOW_OAUTH2", variable("ALLOW_OAUTH2").as_deref())?,
        })
    }
}

fn check_issuer(issuer: &str) -> Result<(), SettingsError> {
    let invalid = |reason: &str| SettingsError(format!("`ISSUER` is `{issuer}`, but {reason}"));
    secure_url::check(issuer).map_err(|error| invalid(&error.to_string()))?;
    // The path of the discovery document is appended to it.
    if issuer.contains(['?', '#']) {
        return Err(invalid("an issuer has no query and no fragment"));
    }
    Ok(())
}

fn read_audiences(text: &str) -> Result<Vec<String>, SettingsError> {
    let audiences: Vec<_> = text.split(',').map(|name| name.trim().to_owned()).collect();
    if audiences.iter().any(String::is_empty) {
        return Err(SettingsError(format!(
            "`AUDIENCE` is `{text}`, which contains an empty audience; separate audiences with single commas"
        )));
    }
    Ok(audiences)
}

fn read_flag(name: &str, value: Option<&str>) -> Result<bool, SettingsError> {
    match value {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(SettingsError(format!(
            "`{name}` is `{other}`; set it to `true` or `false`"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, SettingsError};

    fn read(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::read(|name| {
            let variable = variables.iter().find(|(key, _)| *key == name)?;
            Some(variable.1.to_owned())
        })
    }

    const ISSUER: (&str, &str) = ("ISSUER", "https://api.example.com/auth");
    const AUDIENCE: (&str, &str) = ("AUDIENCE", "jwtAuthorizers");

    #[test]
    fn reads_the_settings() {
        let settings = Settings {
            issuer: "https://api.example.com/auth".to_owned(),
            audiences: vec!["jwtAuthorizers".to_owned()],
            allow_oauth2: false,
        };
        assert_eq!(read(&[ISSUER, AUDIENCE]), Ok(settings));
        let settings = read(&[ISSUER, ("AUDIENCE", "a, b"), ("ALLOW_OAUTH2", "true")]).unwrap();
        assert_eq!(settings.audiences, ["a", "b"]);
        assert!(settings.allow_oauth2);
        let settings = read(&[ISSUER, AUDIENCE, ("ALLOW_OAUTH2", "false")]).unwrap();
        assert!(!settings.allow_oauth2);
    }

    #[test]
    fn names_the_missing_or_invalid_variable_and_what_to_set() {
        for (variables, expected) in [
            (
                vec![AUDIENCE],
                "the environment variable `ISSUER` is missing; set it to the `iss` of the tokens, such as \
                 `https://api.example.com/auth`",
            ),
            (
                vec![ISSUER, ("AUDIENCE", "")],
                "the environment variable `AUDIENCE` is missing; set it to the `aud` of the tokens, such as \
                 `jwtAuthorizers`",
            ),
            (
                vec![("ISSUER", "http://api.example.com/auth"), AUDIENCE],
                "`ISSUER` is `http://api.example.com/auth`, but a URL of the issuer begins with `https:`; only the \
                 local machine can use `http:`",
            ),
            (
                vec![("ISSUER", "api.example.com"), AUDIENCE],
                "`ISSUER` is `api.example.com`, but it is not an absolute URL",
            ),
            (
                vec![("ISSUER", "https://a.example/auth?tenant=1"), AUDIENCE],
                "`ISSUER` is `https://a.example/auth?tenant=1`, but an issuer has no query and no fragment",
            ),
            (
                vec![ISSUER, ("AUDIENCE", "a,,b")],
                "`AUDIENCE` is `a,,b`, which contains an empty audience; separate audiences with single commas",
            ),
            (
                vec![ISSUER, AUDIENCE, ("ALLOW_OAUTH2", "yes")],
                "`ALLOW_OAUTH2` is `yes`; set it to `true` or `false`",
            ),
        ] {
            assert_eq!(read(&variables).unwrap_err().to_string(), expected);
        }
    }
}
