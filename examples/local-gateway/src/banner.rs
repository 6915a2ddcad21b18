//! The text that is printed when the gateway is listening: routes, demo users, and curl commands to try.

use std::fmt::Write as _;

use axum::http::header::AUTHORIZATION;

use crate::config::{AuthorizerConfig, Config};
use crate::console;
use crate::demo::{self, Urls};
use crate::identity_source::IdentitySource;
use crate::issuer::users::USERS;
use crate::routes::{Authorization, Route};

/// The number of commands that are printed for the routes of a custom function, unless all are.
const MAX_COMMANDS: usize = 10;

/// The user whose token meets the most requirements.
const USER: &str = "admin-mfa";

/// The content of the text.
#[derive(Clone, Copy, Debug)]
pub struct Banner<'a> {
    /// The URL of the gateway.
    pub base_url: &'a str,
    /// The gateway's settings.
    pub config: &'a Config,
    /// Whether the responses are known: those of `orders` behind a JWT authorizer or `examples/authorizer`.
    pub example: bool,
    /// Whether to print all commands, instead of a selection.
    pub all: bool,
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
        let built_in_issuer = self.config.built_in_issuer;
        let api = &self.config.api;
        writeln!(out, "Listening on {} ({api})", self.api_url())?;
        if let Some(path) = console::path(self.config) {
            writeln!(
                out,
                "Console: {}{path} (a page with the response of each route to each user)",
                self.base_url
            )?;
        }
        self.write_routes(out)?;
        if built_in_issuer {
            self.write_users(out)?;
        }
        if self.example && self.config.workers > 1 {
            self.write_workers(out)?;
        }
        if built_in_issuer && self.example {
            self.write_example_calls(out)?;
        } else if built_in_issuer {
            self.write_route_calls(out)?;
        }
        writeln!(out, "\nPress Ctrl-C to stop the gateway and the functions.")
    }

    fn api_url(&self) -> String {
        format!("{}{}", self.base_url, self.config.api.path_prefix())
    }

    fn write_routes(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nRoutes:")?;
        let keys = self.config.routes.iter().map(|route| route.key().len());
        let width = keys.max().unwrap_or_default();
        for route in self.config.routes.iter() {
            let authorizer = match route.authorization() {
                None => "no authorizer".to_owned(),
                Some(authorization) => self.requirement(authorization),
            };
            write!(out, "  {:width$}  {authorizer}", route.key())?;
            if self.config.functions.len() > 1 {
                write!(out, " (function {})", route.function())?;
            }
            let function = self.config.functions.get(route.function());
            if function.is_some_and(|function| function.unavailable.is_some()) {
                out.push_str(": 501, this gateway cannot run the function");
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// What the authorizer of a route requires.
    fn requirement(&self, authorization: &Authorization) -> String {
        let name = &authorization.authorizer;
        if let Some(AuthorizerConfig::Lambda(lambda)) = self.config.authorizers.get(name) {
            return format!("requires the Lambda authorizer {}", lambda.function);
        }
        match authorization.scopes.as_slice() {
            [] => "requires a valid token".to_owned(),
            [scope] => format!("requires a valid token with the scope {scope}"),
            scopes => format!(
                "requires a valid token with one of the scopes {}",
                scopes.join(", ")
            ),
        }
    }

    fn write_users(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nDemo users with their ids (GET {}/auth/token/NAME returns a new token):",
            self.base_url
        )?;
        for user in USERS {
            writeln!(
                out,
                "  {:<9}  {}  {}",
                user.name,
                user.id(),
                user.description
            )?;
        }
        Ok(())
    }

    /// Explains why an order that was just created may not be found.
    fn write_workers(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nThe function runs in {} processes, each with its own orders in memory.\n\
             Use `--workers 1` to run a single process.",
            self.config.workers
        )
    }

    /// Lists demo calls with the expected responses: a selection for each route, or all.
    fn write_example_calls(&self, out: &mut String) -> std::fmt::Result {
        let all = demo::calls(self.config);
        let calls = if self.all {
            writeln!(out, "\nCommands to try, each with the expected response:")?;
            all
        } else {
            let count = all.len();
            writeln!(
                out,
                "\nCommands to try, each with the expected response (`--all` prints all {count}):"
            )?;
            demo::selection(&all)
        };
        let api = self.api_url();
        let source = self.identity_source(None);
        let urls = Urls {
            gateway: self.base_url,
            api: &api,
            identity_source: &source,
        };
        for call in calls {
            writeln!(
                out,
                "# {}: {}\n{}",
                call.title,
                call.expectation(),
                call.curl(&urls)
            )?;
        }
        Ok(())
    }

    /// Suggests a call for each route of a custom function, whose responses are unknown.
    fn write_route_calls(&self, out: &mut String) -> std::fmt::Result {
        let routes = self.config.routes.iter().count();
        if routes > MAX_COMMANDS && !self.all {
            writeln!(
                out,
                "\nCommands to start with (`--all` prints all {routes}):"
            )?;
        } else {
            writeln!(out, "\nCommands to start with:")?;
        }
        let shown = if self.all { routes } else { MAX_COMMANDS };
        for route in self.config.routes.iter().take(shown) {
            writeln!(out, "{}", self.route_call(route))?;
        }
        Ok(())
    }

    fn route_call(&self, route: &Route) -> String {
        let method = match route.method() {
            "ANY" => "GET",
            method => method,
        };
        let url = format!("{}{}", self.api_url(), route.example_path("1"));
        let Some(authorization) = route.authorization() else {
            return format!("curl -i -X {method} '{url}'");
        };
        let token = format!("$(curl -s {}/auth/token/{USER})", self.base_url);
        match self.identity_source(Some(&authorization.authorizer)) {
            IdentitySource::Query(name) => {
                format!("curl -i -X {method} \"{url}?{name}={token}\"")
            }
            IdentitySource::Header(name) if name != AUTHORIZATION => {
                format!("curl -i -X {method} '{url}' -H \"{name}: {token}\"")
            }
            _ => format!("curl -i -X {method} '{url}' -H \"Authorization: Bearer {token}\""),
        }
    }

    /// Where this authorizer, or the only one, looks for a token.
    fn identity_source(&self, authorizer: Option<&str>) -> IdentitySource {
        let mut authorizers = self.config.authorizers.iter();
        let found = authorizers.find(|(name, _)| authorizer.is_none_or(|only| only == *name));
        let source = match found.map(|(_, authorizer)| authorizer) {
            Some(AuthorizerConfig::Jwt(jwt)) => Some(&jwt.identity_source),
            Some(AuthorizerConfig::Lambda(lambda)) => lambda.identity_sources.first(),
            None => None,
        };
        source.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Banner;
    use crate::api::Api;
    use crate::config::Config;
    use crate::demo;
    use crate::routes::{Route, Routes};

    fn text(config: &Config, example: bool, all: bool) -> String {
        let banner = Banner {
            base_url: "http://127.0.0.1:3000",
            config,
            example,
            all,
        };
        banner.text()
    }

    fn routes(routes: &[&str]) -> Routes {
        let routes = routes.iter().map(|route| route.parse::<Route>().unwrap());
        Routes::new(routes.collect()).unwrap()
    }

    #[test]
    fn lists_a_selection_of_calls_or_all_for_the_example() {
        let mut config = Config::new("orders");
        let selection = text(&config, true, false);
        assert!(selection.starts_with("Listening on http://127.0.0.1:3000 (HTTP API)\n"));
        assert!(selection.contains("\nConsole: http://127.0.0.1:3000/ ("));
        assert_eq!(selection.matches("\ncurl ").count(), 9);
        assert!(selection.lines().count() <= 45, "{selection}");
        let count = demo::calls(&config).len();
        assert!(selection.contains(&format!("`--all` prints all {count}")));
        assert_eq!(text(&config, true, true).matches("\ncurl ").count(), count);
        assert!(selection.contains("2 processes"));
        config.workers = 1;
        assert!(!text(&config, true, false).contains("processes"));
    }

    #[test]
    fn lists_one_call_for_each_route_of_a_custom_function() {
        let mut config = Config::new("custom");
        let printed = text(&config, false, false);
        assert_eq!(printed.matches("\ncurl ").count(), 5);
        assert!(printed.contains("\ncurl -i -X DELETE 'http://127.0.0.1:3000/orders/1' -H \"Authorization: Bearer $(curl -s http://127.0.0.1:3000/auth/token/admin-mfa)\"\n"));
        assert!(printed.contains("\ncurl -i -X GET 'http://127.0.0.1:3000/health'\n"));
        config.api = Api::Rest {
            stage: "dev".to_owned(),
        };
        assert!(text(&config, false, false).contains("'http://127.0.0.1:3000/dev/health'"));

        let many: Vec<_> = (0..12).map(|n| format!("GET /{n}")).collect();
        config.routes = routes(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let printed = text(&config, false, false);
        assert_eq!(printed.matches("\ncurl ").count(), 10);
        assert!(printed.contains("`--all` prints all 12"));
        assert_eq!(text(&config, false, true).matches("\ncurl ").count(), 12);

        config.built_in_issuer = false;
        let printed = text(&config, false, false);
        assert!(!printed.contains("\ncurl ") && !printed.contains("admin-mfa"));
    }

    #[test]
    fn marks_the_routes_of_a_function_that_cannot_run() {
        let mut config = Config::new("");
        for function in config.functions.values_mut() {
            function.unavailable = Some("it needs Node".to_owned());
        }
        let text = text(&config, false, false);
        let line =
            "  GET /health          no authorizer: 501, this gateway cannot run the function\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn aligns_the_authorizers_of_long_routes() {
        let mut config = Config::new("custom");
        config.routes = routes(&[
            "GET /a",
            "DELETE /organisations/{organisation}/members/{member}",
        ]);
        let printed = text(&config, false, false);
        let columns = printed
            .lines()
            .filter_map(|line| line.find("requires a valid token"));
        let columns: Vec<_> = columns.collect();
        assert_eq!(columns.len(), 2);
        assert_eq!(columns[0], columns[1]);
    }
}
