//! Valid and invalid attributes.

/// Valid attributes.
pub(super) const PASSING: &[&str] = &[
    "email_verified",
    "email_verified, mfa, authenticated,",
    "role = \"admin\", permission = any(\"a\", \"b\"), scope = all(\"a\", \"b\",), audience = none(\"a\")",
    "tenant = \"t\", subject = any(\"a\", r\"b\"), issuer = none(r#\"a\"#)",
    "email_verified(max_age = \"5m\"), role(\"admin\", max_age = \"1h\",)",
    "role(any(\"a\", \"b\"), max_age = \"2d\"), mfa(\"totp\", max_age = \"90s\")",
    "mfa, mfa = all(\"totp\", custom(\"badge\"))",
    "any(role = \"admin\", all(permission = \"orders:read\", mfa), role = none(\"banned\"))",
    "role = \"admin\", role = none(\"banned\"), crate = ::renamed::deeper",
    "role = Role::Admin, permission = any(ADMIN, ::a::b::READ, \"write\"), mfa = Factor::Totp",
    "claims::TWO_FACTOR, PLAN = \"pro\", crate::SEATS = 5, self::LEFT = -5, ::a::BETA = false",
    "claims::PLAN = any(\"pro\", Plan::Team), claims::TEAMS = none(\"a\"), Self::C = all(\"a\")",
    "claims::PLAN(\"pro\", max_age = \"1h\"), claims::TWO_FACTOR(max_age = \"1h\")",
    "role::ADMIN, any(claims::A = 1, claims::A = 2), all(B)",
    "subject = path(\"user_id\"), tenant = path(\"tenant\"), claims::ORG = path(\"org\")",
    "mfa, on_reject = self::reject",
    "mfa, crate = ::renamed, on_reject = Self::reject",
    "mfa, on_reject = reject, crate = ::renamed",
    "claims::SEATS = 9007199254740991, claims::LEFT = -9007199254740991",
    "role = any(\"a\", \"b\"), role = none(\"a\")",
    "tenant = none(\"a\"), any(tenant = \"a\", tenant = \"b\")",
    "any(claims::FLAG, claims::FLAG = false)",
    "subject = path(\"user-id.v1\")",
];

/// Invalid attributes, each with a part of its error message.
pub(super) const FAILING: &[(&str, &str)] = &[
    (
        "",
        "no requirements: this handler would be open to everyone; add one, such as `#[require_claims(email_verified)]`",
    ),
    (",", "unexpected `,`; remove it"),
    ("mfa,, email_verified", "unexpected `,`; remove it"),
    ("mfa email_verified", "missing `,` before this"),
    ("role \"admin\"", "missing `=`; write `role = …`"),
    ("role == \"admin\"", "write one `=`"),
    ("role != \"admin\"", "none(…)"),
    ("role: \"admin\"", "write `=`"),
    ("role => \"admin\"", "write `=`"),
    (
        "mfa && email_verified",
        "separate requirements with `,`: all of them must be met",
    ),
    ("mfa || email_verified", "any(…, …)"),
    ("role = \"a\" | \"b\"", "any(…, …)"),
    (
        "mfa; email_verified",
        "unexpected `;`; separate requirements with `,`",
    ),
    (
        "role[\"admin\"]",
        "unexpected brackets; write `role = \"admin\"`",
    ),
    (
        "tenant{\"public\"}",
        "unexpected brackets; write `tenant = \"public\"`",
    ),
    (
        "email_verified[true]",
        "unexpected brackets; write `email_verified` or `email_verified(max_age = \"5m\")`",
    ),
    ("role = \"a\"[0]", "separate requirements with `,`"),
    ("role", "missing value; write `role = \"admin\"`"),
    ("role =", "missing value; write `role = \"admin\"`"),
    ("role = , mfa", "missing value; write `role = \"admin\"`"),
    ("role()", "empty parentheses; write `role = \"admin\"`"),
    (
        "email_verified()",
        "empty parentheses; write `email_verified` or `email_verified(max_age = \"5m\")`",
    ),
    (
        "role(\"admin\")",
        "parentheses need a `max_age`; without one, write `role = …`",
    ),
    (
        "role(\"a\", \"b\")",
        "several values need `any(…)` or `all(…)`: `role = any(…)`, or with an age `role(any(…), max_age = \"5m\")`",
    ),
    ("role(max_age = \"1h\", \"admin\")", "the value comes first"),
    (
        "role(max_age = \"1h\")",
        "missing value; write `role = \"admin\"`",
    ),
    (
        "role(\"a\", max_age = \"1h\", max_age = \"2h\")",
        "`max_age` occurs twice; remove one of them",
    ),
    (
        "role(\"a\", max_age)",
        "`max_age` needs a duration in quotes, such as `max_age = \"5m\"`",
    ),
    (
        "role(\"a\", max_age =)",
        "`max_age` needs a duration in quotes, such as `max_age = \"5m\"`",
    ),
    (
        "role(\"a\", max_age = 5)",
        "`max_age` needs a duration in quotes, such as `max_age = \"5m\"`",
    ),
    (
        "role(\"a\", max_age = 5m)",
        "`max_age` needs a duration in quotes, such as `max_age = \"5m\"`",
    ),
    (
        "role(\"a\", max_age = \"5\")",
        "invalid duration `5`; expected an integer and one of the units `s`, `m`, `h` and `d`, such as `\"5m\"`",
    ),
    (
        "role(any(\"a\", max_age = \"1h\"))",
        "`max_age` goes after the list: `role(any(…), max_age = \"5m\")`",
    ),
    (
        "role = \"a\", max_age = \"1h\"",
        "belongs to one requirement",
    ),
    ("tenant(\"a\", max_age = \"1h\")", "has no time"),
    (
        "mfa(max_age = \"1h\")",
        "`max_age` needs a factor: `mfa(\"totp\", max_age = \"1h\")`",
    ),
    ("emailVerified", "did you mean `email_verified`?"),
    ("email-verified", "did you mean `email_verified`?"),
    ("st-ev", "did you mean `email_verified`?"),
    (
        "\"email_verified\"",
        "write the requirement without quotes: `email_verified`",
    ),
    ("department = \"x\"", "the keywords are `email_verified`"),
    ("email_verified = true", "takes no value"),
    (
        "email_verified = false",
        "`email_verified = false` is not supported; write `email_verified` or omit it",
    ),
    ("email_verified(\"x\")", "takes no value"),
    ("authenticated = \"x\"", "takes no value"),
    ("authenticated(max_age = \"1h\")", "has no time"),
    ("role = admin", "did you mean `\"admin\"`?"),
    ("role = Role::", "incomplete path; write a name after this"),
    (
        "role = Self",
        "expected a name in quotes, such as `\"admin\"`",
    ),
    ("role = 5", "expected a name in quotes, such as `\"admin\"`"),
    (
        "role = true",
        "expected a name in quotes, such as `\"admin\"`",
    ),
    (
        "role = function()",
        "unknown function `function`; expected a name in quotes, such as `\"admin\"`",
    ),
    (
        "role = b\"admin\"",
        "expected a name in quotes, such as `\"admin\"`",
    ),
    ("role = \"admin\"u8", "remove the suffix `u8`"),
    ("role = [\"a\", \"b\"]", "write several names as"),
    ("role = &\"a\"", "remove `&`"),
    ("role = &Role::Admin", "remove `&`"),
    (
        "role(\"admin\", maxage = \"1h\")",
        "did you mean `max_age`?",
    ),
    ("any(\"admin\")", "`role = any(\"admin\", …)`"),
    ("plan = \"pro\"", "such as `claims::PLAN`"),
    ("mfa, on_reject = |r| r", "needs a path"),
    ("role = oneOf(\"a\", \"b\")", "did you mean `any(…)`?"),
    (
        "role = any()",
        "empty `any()`; write names: `any(\"admin\")`",
    ),
    (
        "role = any(any(\"a\"), \"b\")",
        "lists of names cannot be nested; combine requirements instead: `any(role = …, role = all(…))`",
    ),
    ("role = any(\"a\" \"b\")", "missing `,` before this"),
    (
        "role = any(\"a\", \"a\")",
        "`a` occurs twice in this list; remove one of them",
    ),
    (
        "role = \"\"",
        "empty name; write a name, such as `\"admin\"`",
    ),
    (
        "role = \" admin\"",
        "remove the spaces around the name: `\"admin\"`",
    ),
    (
        "role = \"ad\\u{0}min\"",
        "the name contains an invisible character; remove it, or type the name again",
    ),
    (
        "scope = \"orders:read orders:write\"",
        "all(\"orders:read\", \"orders:write\")",
    ),
    (
        "role = custom(\"a\")",
        "`custom(…)` is for factors of `mfa`; write the name in quotes",
    ),
    (
        "role = path(\"role\")",
        "`path(…)` is an ownership check; use it with `subject`, `tenant` or a custom claim",
    ),
    (
        "mfa = path(\"factor\")",
        "`path(…)` is an ownership check; use it with `subject`, `tenant` or a custom claim",
    ),
    (
        "subject = path(\"{user_id}\")",
        "write only the parameter's name: `path(\"user_id\")`",
    ),
    (
        "subject = path(\"/users/{user_id+}/x\")",
        "write only the parameter's name: `path(\"user_id\")`",
    ),
    (
        "subject = path(\"\")",
        "empty name; write the parameter's name, such as `path(\"user_id\")`",
    ),
    ("subject = path()", "takes the name of one parameter"),
    (
        "subject = path(\"a\", \"b\")",
        "takes the name of one parameter",
    ),
    ("subject = path(user_id)", "takes the name of one parameter"),
    (
        "subject = any(path(\"a\"), \"b\")",
        "`path(…)` cannot be in a list; write `subject = path(\"…\")`",
    ),
    (
        "subject = path",
        "takes the name of one parameter in parentheses",
    ),
    (
        "path(\"user_id\")",
        "`path` is for values: `subject = path(\"user_id\")`",
    ),
    ("subject = path(\"a\"), subject = \"b\"", "required twice"),
    ("tenant = all(\"a\", \"b\")", "use `any(…)`"),
    (
        "mfa = none(\"totp\")",
        "`none(…)` is not supported for `mfa`; use `any(…)` or `all(…)`",
    ),
    ("mfa = \"topt\"", "did you mean `\"totp\"`?"),
    ("mfa = \"badge\"", "custom(\"badge\")"),
    (
        "mfa = custom(\"a b\")",
        "a factor id contains no space, colon or bracket; remove it",
    ),
    (
        "mfa = custom(\"totp\")",
        "`totp` is a factor of SuperTokens; write `\"totp\"`",
    ),
    ("mfa = custom()", "takes one factor id"),
    ("mfa = custom(\"a\", \"b\")", "takes one factor id"),
    ("mfa = custom(1 2, 3)", "takes one factor id"),
    ("role = \"a\", role = \"b\"", "all(\"a\", \"b\")"),
    ("role = \"a\", role = \"a\"", "required twice; remove"),
    ("tenant = \"a\", tenant = \"b\"", "any(\"a\", \"b\")"),
    (
        "role = none(\"a\"), role = none(\"b\")",
        "none(\"a\", \"b\")",
    ),
    (
        "role = \"a\", role = any(\"b\", \"c\")",
        "`role` is required twice; combine both, or give one its own attribute",
    ),
    (
        "email_verified, email_verified(max_age = \"1h\")",
        "required twice",
    ),
    (
        "role = \"admin\", role = none(\"admin\")",
        "this contradicts `role = \"admin\"`; remove `admin` from one of them",
    ),
    (
        "role = none(\"a\", \"b\"), all(role = any(\"b\", \"a\"))",
        "this contradicts `role = none(\"a\", \"b\")`; remove `b` from one of them",
    ),
    (
        "any()",
        "empty `any()`; write its requirements: `any(role = \"admin\", mfa)`",
    ),
    ("any(mfa, mfa)", "twice"),
    (
        "any(all(role = \"a\", role = \"b\"), mfa)",
        "all(\"a\", \"b\")",
    ),
    ("any", "in parentheses"),
    (
        "not(mfa)",
        "negation is not supported, because a missing claim would meet it; to exclude names, write `role = none(\"banned\")`, which a missing claim fails",
    ),
    (
        "!mfa",
        "negation is not supported, because a missing claim would meet it; to exclude names, write `role = none(\"banned\")`, which a missing claim fails",
    ),
    (
        "none(role = \"a\")",
        "`none` is for values: `role = none(\"banned\")`",
    ),
    ("claims::", "incomplete path; write a name after this"),
    (
        "claims::PLAN =",
        "missing value; write `claims::PLAN` or `claims::PLAN = \"pro\"`",
    ),
    (
        "claims::PLAN()",
        "empty parentheses; write `claims::PLAN` or `claims::PLAN = \"pro\"`",
    ),
    (
        "claims::PLAN(\"pro\")",
        "without one, write `claims::PLAN = …`",
    ),
    (
        "claims::PLAN = \"\"",
        "empty name; write a name, such as `\"pro\"`",
    ),
    ("claims::PLAN = pro", "did you mean `\"pro\"`?"),
    (
        "claims::PLAN = any()",
        "empty `any()`; write names: `any(\"pro\")`",
    ),
    ("claims::SEATS = 5i64", "remove the suffix `i64`"),
    (
        "claims::SEATS = 5.5",
        "numbers must be integers, such as `5`",
    ),
    ("claims::SEATS = 9007199254740992", "not exact in JSON"),
    (
        "claims::SEATS = any(5)",
        "any(claims::SEATS = …, claims::SEATS = …)",
    ),
    (
        "claims::PLAN = \"a\", claims::PLAN = \"a\"",
        "required twice; remove",
    ),
    (
        "claims::PLAN = \"a\", claims::PLAN = none(\"a\")",
        "this contradicts `claims::PLAN = \"a\"`; remove `a` from one of them",
    ),
    (
        "claims::SEATS = 5, claims::SEATS = 6",
        "this contradicts `claims::SEATS = 5`, because a token has one `claims::SEATS`; remove one of them",
    ),
    ("claims::A, claims::A", "required twice"),
    (
        "role = any(Role::Admin, Role::Admin)",
        "`Role::Admin` occurs twice in this list; remove one of them",
    ),
    (
        "role = Role::Admin, role = none(Role::Admin)",
        "this contradicts `role = Role::Admin`; remove `Role::Admin` from one of them",
    ),
    (
        "claims::plan::<u8>::PLAN = \"a\"",
        "generics are not supported in paths; name a constant or a function without them",
    ),
    ("on_reject = f, mfa", "move this before `on_reject = …`"),
    ("mfa, on_reject", "write the option as `on_reject"),
    ("mfa, on_reject =", "needs a path"),
    ("mfa, on_reject = \"f\"", "needs a path"),
    (
        "mfa, on_reject = f, on_reject = g",
        "`on_reject` occurs twice; remove one of them",
    ),
    (
        "mfa, on_reject = f()",
        "unexpected `(…)`; separate requirements with `,`",
    ),
    (
        "on_reject = f",
        "no requirements: this handler would be open to everyone; add one, such as `#[require_claims(email_verified)]`",
    ),
    (
        "any(on_reject = f)",
        "`on_reject = …` is an option of the attribute; move it to the end",
    ),
    ("crate = ::a, mfa", "options come last"),
    (
        "mfa, crate = ::a, crate = ::b",
        "`crate` occurs twice; remove one of them",
    ),
    ("mfa, crate = \"a\"", "needs a path"),
    ("mfa, crate =", "needs a path"),
    ("mfa, crate", "write the option as"),
    (
        "mfa, crate = ::",
        "incomplete path; write a name after this",
    ),
    (
        "any(crate = ::a)",
        "`crate = …` is an option of the attribute; move it to the end",
    ),
    (
        "role = any",
        "`any` takes names in parentheses: `any(\"admin\")`",
    ),
    (
        "role = none",
        "`none` takes names in parentheses: `none(\"admin\")`",
    ),
    ("tenant = all", "use `any(…)`"),
    (
        "mfa = custom",
        "`custom` takes one factor id in parentheses: `custom(\"my-factor\")`",
    ),
    ("mfa = any(custom)", "`custom` takes one factor id"),
    (
        "mfa = none",
        "`none(…)` is not supported for `mfa`; use `any(…)` or `all(…)`",
    ),
    (
        "claims::ORG = path",
        "`path` takes the name of one parameter in parentheses: `path(\"user_id\")`",
    ),
    ("role = any[\"a\"]", "in parentheses: `any(\"a\")`"),
    ("email_verified(maxAge = \"5m\")", "did you mean `max_age`?"),
    (
        "email_verified(max-age = \"5m\")",
        "did you mean `max_age`?",
    ),
    ("email_verified(age = \"5m\")", "did you mean `max_age`?"),
    ("role(\"a\", max-age = \"5m\")", "did you mean `max_age`?"),
    (
        "claims::SEATS = 5, claims::SEATS = 0x6",
        "this contradicts `claims::SEATS = 5`, because a token has one `claims::SEATS`; remove one of them",
    ),
    (
        "claims::SEATS = 5, claims::SEATS = -5",
        "this contradicts `claims::SEATS = 5`, because a token has one `claims::SEATS`; remove one of them",
    ),
    (
        "claims::FLAG = true, claims::FLAG = false",
        "this contradicts `claims::FLAG = true`, because a token has one `claims::FLAG`; remove one of them",
    ),
    (
        "claims::FLAG, claims::FLAG = false",
        "this contradicts `claims::FLAG`, because a token has one `claims::FLAG`; remove one of them",
    ),
    ("claims::FLAG, claims::FLAG = true", "required twice"),
    (
        "tenant = \"a\", tenant = any(\"b\", \"c\")",
        "this contradicts `tenant = \"a\"`, because a token has one `tenant`; write `tenant = any(\"a\", \"b\", \"c\")` if one of them is enough",
    ),
    (
        "role = none(\"admin\"), any(role = \"admin\", all(mfa, role = \"admin\"))",
        "every alternative contradicts another requirement; remove this or the other",
    ),
    (
        "tenant = \"a\", any(tenant = \"b\", tenant = \"c\")",
        "every alternative contradicts another requirement; remove this or the other",
    ),
    (
        "role = \" \"",
        "empty name; write a name, such as `\"admin\"`",
    ),
    (
        "claims::SEATS = 5.0",
        "numbers must be integers, such as `5`",
    ),
    (
        "claims::SEATS = -5.5",
        "numbers must be integers, such as `5`",
    ),
    (
        "role = Role::Admin.name()",
        "calls are not supported; write the path of a constant or a variant",
    ),
    (
        "role = Role::name(&x)",
        "calls are not supported; write the path of a constant or a variant",
    ),
    (
        "role = any(Role::name(), \"a\")",
        "calls are not supported; write the path of a constant or a variant",
    ),
    (
        "role = Role::Admin as str",
        "`as` is not supported; separate requirements with `,`",
    ),
    (
        "role = \"admin\" if mfa",
        "`if` is not supported; separate requirements with `,`",
    ),
    (
        "department = \"x\"",
        "the options are `on_reject` and `crate`",
    ),
    (
        "subject = path(\":id\")",
        "write only the parameter's name: `path(\"id\")`",
    ),
    (
        "subject = path(\"<id>\")",
        "write only the parameter's name: `path(\"id\")`",
    ),
    (
        "subject = path(\"user id\")",
        "write only the parameter's name: `path(\"user_id\")`",
    ),
    (
        "subject = path(\"a/b\")",
        "write only the parameter's name: `path(\"b\")`",
    ),
    (
        "subject = path(\"/\")",
        "empty name; write the parameter's name, such as `path(\"user_id\")`",
    ),
    (
        "mfa = custom(\"a(b\")",
        "a factor id contains no space, colon or bracket; remove it",
    ),
    (
        "mfa = custom(\"a[b\")",
        "a factor id contains no space, colon or bracket; remove it",
    ),
    (
        "mfa = custom(\"a{b\")",
        "a factor id contains no space, colon or bracket; remove it",
    ),
];
