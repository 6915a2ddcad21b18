//! What is printed once the gateway listens: the users, and lines to paste.

use std::fmt::Write as _;

use crate::demo;
use crate::event::PayloadFormat;
use crate::routes::Routes;
use crate::users::USERS;

/// What there is to show beside the address.
#[derive(Clone, Copy, Debug)]
pub struct Banner<'a> {
    /// The beginning of every address of the API.
    pub base_url: &'a str,
    /// The routes of the API.
    pub routes: &'a Routes,
    /// Whether tokens are to be had from the built-in issuer.
    pub built_in_issuer: bool,
    /// Whether the function is the example, whose answers are known.
    pub example: bool,
    /// How many processes of the function run.
    pub workers: usize,
    /// The payload format of the function's events.
    pub payload: PayloadFormat,
}

impl Banner<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "listening on {}", self.base_url)?;
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
        writeln!(out, "\nCtrl-C ends the gateway and the function.")
    }

    fn write_routes(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nroutes")?;
        for route in self.routes.iter() {
            let authorizer = match route.scopes() {
                None => "no authorizer".to_owned(),
                Some([]) => "a valid token".to_owned(),
                Some(scopes) => {
                    format!("a valid token with one of the scopes {}", scopes.join(", "))
                }
            };
            writeln!(out, "  {:<22} {authorizer}", route.key())?;
        }
        Ok(())
    }

    fn write_users(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nusers, whose fresh tokens are at {}/auth/token/NAME",
            self.base_url
        )?;
        for user in USERS {
            writeln!(out, "  {:<22} {}", user.name, user.about)?;
        }
        Ok(())
    }

    /// Says why an order that was just made may not be found.
    fn write_workers(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n{} processes of the function take turns, each with orders of its own in its memory;\n\
             with `--workers 1` there is only one",
            self.workers
        )
    }

    /// Every call of the example, whose answers are known.
    fn write_example_calls(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nlines to paste, below what each answers")?;
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

    /// A line to start from, where nobody knows what the function answers.
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
            "\na line to start from, with a token of one of the users\n\
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
    fn the_example_is_shown_with_every_call_and_ones_own_function_without() {
        let mut banner = Banner {
            base_url: "http://127.0.0.1:3000",
            routes: &Routes::of_orders(),
            built_in_issuer: true,
            example: true,
            workers: 2,
            payload: PayloadFormat::V2,
        };
        let text = banner.text();
        assert!(text.starts_with("listening on http://127.0.0.1:3000\n"));
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
