//! The requirements of the example's handlers, from the route table that is checked in next to the same routes in axum.
//!
//! A function's binary does not contain them in a form that could be read.

/// The path of the table in the repository, for the page.
pub(super) const FILE: &str = "examples/orders-axum/ROUTES.md";

const TABLE: &str = include_str!("../../../orders-axum/ROUTES.md");

/// The requirements of a route of `orders`, such as `email_verified`, or `None` if the table does not list it.
pub(super) fn requirements(method: &str, path: &str) -> Option<&'static str> {
    let rows = TABLE.lines().filter_map(row);
    let mut rows = rows.filter(|[of, to, _]| (*of == method || *of == "any") && *to == path);
    rows.next().map(|[_, _, requirements]| requirements)
}

/// The method, the path and the requirements in one row of the table.
fn row(line: &'static str) -> Option<[&'static str; 3]> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let mut cell = || cells.next();
    let (method, path, requirements) = (cell()?, cell()?, cell()?);
    let unquoted = |text: &'static str| text.trim_matches('`');
    Some([method, unquoted(path), unquoted(requirements)])
}

#[cfg(test)]
mod tests {
    use super::requirements;
    use crate::routes::Routes;

    #[test]
    fn lists_every_route_of_orders() {
        let expected = [
            ("GET /health", "public"),
            ("GET /orders", "email_verified"),
            (
                "POST /orders",
                "email_verified, role = any(Role::Customer, Role::Admin)",
            ),
            ("GET /reports/daily", "permission = Permission::ReadReports"),
            (
                "DELETE /orders/{id}",
                "email_verified, role = Role::Admin, mfa",
            ),
        ];
        let routes = Routes::for_orders();
        let found = routes.iter().map(|route| {
            let requirements = requirements(route.method(), route.path());
            (route.key(), requirements.unwrap_or_default())
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert_eq!(requirements("PUT", "/orders"), None);
    }
}
