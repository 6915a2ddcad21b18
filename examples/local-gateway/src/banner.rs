//! The text that is printed when the gateway is listening: routes, demo users, and curl commands to try.

use std::fmt::Write as _;

use crate::demo;
use crate::event::PayloadFormat;
use crate::issuer::users::USERS;
use crate::routes::Routes;

/// The content of the text.
#[derive(Clone, Copy, Debug)]
pub struct Banner<'a> {
    /// The base URL of the API.
    pub base_url: &'a str,
    /// The routes of the API.
    pub routes: &'a Routes,
    /// Whether the built-in issuer is used, which returns tokens for the demo users.
    pub built_in_issuer: bool,
    /// Whether the function is `orders`, whose responses are known.
    pub example: bool,
    /// The number of function processes.
    pub workers: usize,
    /// The payload format of the function's events.
    pub payload: PayloadFormat,
}

impl Banner<'_> {
    /// The complete text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "Listening on {}", self.base_url)?;
        self.write_routes(out)?;
        if self.built_in_issuer {
            self.write_users(out)?;
        }
        if self.example && self.workers > 1 {
            self.write_workers(out)?;
        }
        if self.built_in_issuer && self.example {
            self.write_example_calls(out)?;
        } else if self.built_in_issuer {
            self.write_first_call(out)?;
        }
        writeln!(out, "\nPress Ctrl-C to stop the gateway and the function.")
    }

    fn write_routes(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nRoutes:")?;
        for route in self.routes.iter() {
            let authorizer = match route.scopes() {
                None => "no authorizer".to_owned(),
                Some([]) => "requires a valid token".to_owned(),
                Some([scope]) => format!("requires a valid token with the scope {scope}"),
                Some(scopes) => {
                    format!(
                        "requires a valid token with one of the scopes {}",
                        scopes.join(", ")
                    )
                }
            };
            writeln!(out, "  {:<22} {authorizer}", route.key())?;
        }
        Ok(())
    }

    fn write_users(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nDemo users (GET {}/auth/token/NAME returns a new token):",
            self.base_url
        )?;
        for user in USERS {
            writeln!(out, "  {:<22} {}", user.name, user.description)?;
        }
        Ok(())
    }

    /// Explains why an order that was just created may not be found.
    fn write_workers(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nThe function runs in {} processes, each with its own orders in memory.\n\
             Use `--workers 1` to run a single process.",
            self.workers
        )
    }

    /// Lists all demo calls with the expected responses.
    fn write_example_calls(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nCommands to try, each with the expected response:")?;
        for call in demo::calls(self.payload) {
            writeln!(
                out,
                "\n# {}: {}\n{}",
                call.title,
                call.expectation(),
                call.curl(self.base_url)
            )?;
        }
        Ok(())
    }

    /// Suggests a first call for a custom function, whose responses are unknown.
    fn write_first_call(&self, out: &mut String) -> std::fmt::Result {
        let base_url = self.base_url;
        let Some((method, path)) = self
            .routes
            .iter()
            .next()
            .and_then(|route| route.key().split_once(' '))
        else {
            return Ok(());
        };
        writeln!(
            out,
            "\nA command to start with, using a demo user's token:\n\
             curl -i -X {method} '{base_url}{path}' \\\n  \
             -H \"Authorization: Bearer $(curl -s {base_url}/auth/token/admin-mfa)\""
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Banner;
    use crate::demo;
    use crate::event::PayloadFormat;
    use crate::routes::Routes;

    #[test]
    fn lists_all_calls_for_the_example_and_one_for_a_custom_function() {
        let mut banner = Banner {
            base_url: "http://127.0.0.1:3000",
            routes: &Routes::for_orders(),
            built_in_issuer: true,
            example: true,
            workers: 2,
            payload: PayloadFormat::V2,
        };
        let text = banner.text();
        assert!(text.starts_with("Listening on http://127.0.0.1:3000\n"));
        assert_eq!(
            text.matches("\ncurl ").count(),
            demo::calls(PayloadFormat::V2).len()
        );
        assert!(text.contains("2 processes"));
        banner.workers = 1;
        assert!(!banner.text().contains("processes"));
        banner.example = false;
        assert_eq!(banner.text().matches("\ncurl ").count(), 1);
        assert!(banner.text().contains("admin-mfa"));
        banner.built_in_issuer = false;
        assert!(!banner.text().contains("\ncurl "));
        assert!(!banner.text().contains("admin-mfa"));
    }
}
