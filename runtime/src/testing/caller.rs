//! The caller of a request, and their token.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::misuse::misuse;
use super::times;

/// The default lifetime of SuperTokens' access tokens in seconds.
const VALIDITY: u64 = 3600;

/// The caller of a request: the payload of their token.
///
/// ```
/// use std::time::Duration;
/// use require_claims::require_claims;
/// use require_claims::testing::{Caller, http_api};
///
/// #[require_claims(email_verified, role = "admin", mfa("totp", max_age = "5m"))]
/// fn cancel_order(event: lambda_http::Request) -> lambda_http::Response<String> {
///     lambda_http::Response::new("cancelled".to_owned())
/// }
///
/// let admin = Caller::new("user-1").email_verified().role("admin");
/// let recent = admin.clone().factor("totp", Duration::from_secs(60));
/// let old = admin.factor("totp", Duration::from_secs(600));
///
/// assert_eq!(cancel_order(http_api().caller(recent).request()).status(), 200);
/// assert_eq!(cancel_order(http_api().caller(old).request()).status(), 403);
/// ```
///
/// [`Caller::new`] starts with the session of a user who has just signed in. The methods that are named like
/// keywords of the attribute change its claims; [`claim`](Self::claim) sets any other claim, and
/// [`from_payload`](Self::from_payload) is for tokens of other issuers.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Caller {
    payload: Map<String, Value>,
    now: SystemTime,
}

impl Caller {
    /// Creates a user who signed in to SuperTokens just now, with their password only.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// let payload = Caller::new("user-1").payload();
    /// assert_eq!(payload["sub"], "user-1");
    /// assert_eq!(payload["st-ev"]["v"], false);
    /// ```
    ///
    /// The payload is that of a session token of [supertokens-node] 24. No requirement about the user is met yet:
    ///
    /// | Claim | Value |
    /// |---|---|
    /// | `iss`, `aud` | `https://api.example.com/auth`, `orders` |
    /// | `iat`, `exp` | now, and in an hour; in seconds since 1970 |
    /// | `sub`, `rsub` | the user id |
    /// | `tId` | `public` |
    /// | `sessionHandle` | `session-1` |
    /// | `stt` | 0, a session |
    /// | `st-ev` | the email address is not verified |
    /// | `st-role`, `st-perm` | empty |
    /// | `st-mfa` | completed: `emailpassword`, now; not all required factors |
    /// | `refreshTokenHash1` | a hash |
    /// | `parentRefreshTokenHash1`, `antiCsrfToken` | null |
    ///
    /// [supertokens-node]: https://www.npmjs.com/package/supertokens-node
    pub fn new(user_id: &str) -> Self {
        Self::new_at(user_id, SystemTime::now())
    }

    /// Creates the user of [`Caller::new`], who signed in at this time.
    ///
    /// Ages are then relative to this time. The attribute uses the system clock, so check requirements with
    /// [`Requirement::check_at`](crate::Requirement::check_at):
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use require_claims::Factors;
    /// use require_claims::supertokens::MFA;
    /// use require_claims::testing::{Caller, http_api};
    ///
    /// let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    /// let caller = Caller::new_at("user-1", now).factor("totp", Duration::from_secs(300));
    /// let event = http_api().caller(caller).request();
    ///
    /// let recent = MFA.has_completed(Factors::One("totp")).max_age(Duration::from_secs(300));
    /// assert!(recent.check_at(&event, now).is_ok());
    /// assert!(recent.check_at(&event, now + Duration::from_secs(1)).is_err());
    /// ```
    pub fn new_at(user_id: &str, now: SystemTime) -> Self {
        let (seconds, milliseconds) = (times::seconds(now), times::milliseconds(now));
        let payload = [
            ("iat", json!(seconds)),
            ("exp", json!(seconds + VALIDITY)),
            ("sub", json!(user_id)),
            ("tId", json!("public")),
            ("rsub", json!(user_id)),
            ("sessionHandle", json!("session-1")),
            (
                "refreshTokenHash1",
                json!("79cb9e86830c71c2cdcc69292f45e678309d6b79965eda32dae445508201e2bd"),
            ),
            ("parentRefreshTokenHash1", Value::Null),
            ("antiCsrfToken", Value::Null),
            ("iss", json!("https://api.example.com/auth")),
            ("aud", json!("orders")),
            ("stt", json!(0)),
            ("st-ev", json!({"v": false, "t": milliseconds})),
            ("st-role", json!({"v": [], "t": milliseconds})),
            ("st-perm", json!({"v": [], "t": milliseconds})),
            (
                "st-mfa",
                json!({"c": {"emailpassword": seconds}, "v": false}),
            ),
        ];
        let payload = payload
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Self {
            payload: payload.collect(),
            now,
        }
    }

    /// Creates a caller whose token has exactly this payload, for example one of another issuer.
    ///
    /// ```
    /// use require_claims::cognito;
    /// use require_claims::testing::{Caller, http_api};
    /// use serde_json::json;
    ///
    /// let caller = Caller::from_payload(json!({
    ///     "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example",
    ///     "sub": "user-1",
    ///     "exp": 1_700_003_600,
    ///     "cognito:groups": ["admin"],
    /// }));
    /// let event = http_api().caller(caller).request();
    /// assert!(cognito::GROUPS.includes("admin").check(&event).is_ok());
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload is not an object.
    #[track_caller]
    pub fn from_payload(payload: Value) -> Self {
        let Value::Object(payload) = payload else {
            misuse(&format!("a token's payload is an object, not `{payload}`"));
        };
        Self {
            payload,
            now: SystemTime::now(),
        }
    }

    /// Verifies the email address: `st-ev` is true.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert_eq!(Caller::new("user-1").email_verified().payload()["st-ev"]["v"], true);
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload has no claim `st-ev` of SuperTokens.
    #[track_caller]
    pub fn email_verified(mut self) -> Self {
        *self.member("st-ev", "v") = json!(true);
        self
    }

    /// Adds a role to `st-role`.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    /// use serde_json::json;
    ///
    /// let caller = Caller::new("user-1").role("customer").role("admin");
    /// assert_eq!(caller.payload()["st-role"]["v"], json!(["customer", "admin"]));
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload has no claim `st-role` of SuperTokens.
    #[track_caller]
    pub fn role(self, role: &str) -> Self {
        self.name("st-role", role)
    }

    /// Adds a permission to `st-perm`.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    /// use serde_json::json;
    ///
    /// let caller = Caller::new("user-1").permission("orders:write");
    /// assert_eq!(caller.payload()["st-perm"]["v"], json!(["orders:write"]));
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload has no claim `st-perm` of SuperTokens.
    #[track_caller]
    pub fn permission(self, permission: &str) -> Self {
        self.name("st-perm", permission)
    }

    /// Adds a completed factor to `st-mfa`, with the time since its completion.
    ///
    /// ```
    /// use std::time::Duration;
    /// use require_claims::testing::Caller;
    ///
    /// let caller = Caller::new("user-1").factor("totp", Duration::from_secs(60));
    /// assert!(caller.payload()["st-mfa"]["c"]["totp"].is_u64());
    /// ```
    ///
    /// Its time is in whole seconds since 1970, rounded down like SuperTokens does, so the age can be up to a second
    /// greater. Factors alone do not satisfy the keyword `mfa`: see [`mfa`](Self::mfa).
    ///
    /// # Panics
    ///
    /// If the payload has no claim `st-mfa` of SuperTokens, or if the time is before 1970.
    #[track_caller]
    pub fn factor(mut self, factor: &str, age: Duration) -> Self {
        let completed = times::seconds(times::before(self.now, age));
        let Value::Object(factors) = self.member("st-mfa", "c") else {
            misuse("`c` of `st-mfa` is not an object, so it cannot contain a factor");
        };
        factors.insert(factor.to_owned(), json!(completed));
        self
    }

    /// Marks all factors that SuperTokens requires of this user as completed: `st-mfa` is true.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert_eq!(Caller::new("user-1").mfa().payload()["st-mfa"]["v"], true);
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload has no claim `st-mfa` of SuperTokens.
    #[track_caller]
    pub fn mfa(mut self) -> Self {
        *self.member("st-mfa", "v") = json!(true);
        self
    }

    /// Sets the time since SuperTokens fetched `st-ev`, `st-role` and `st-perm`, for a requirement with `max_age`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use require_claims::supertokens::ROLE;
    /// use require_claims::testing::{Caller, http_api};
    ///
    /// let caller = Caller::new("user-1").role("admin").fetched(Duration::from_secs(600));
    /// let event = http_api().caller(caller).request();
    /// let recent = ROLE.includes("admin").max_age(Duration::from_secs(300));
    /// assert!(recent.check(&event).is_err());
    /// ```
    ///
    /// Their time `t` is in milliseconds since 1970. The default is the time of the sign-in.
    ///
    /// # Panics
    ///
    /// If the payload lacks one of these claims, or if the time is before 1970.
    #[track_caller]
    pub fn fetched(mut self, age: Duration) -> Self {
        let time = json!(times::milliseconds(times::before(self.now, age)));
        *self.member("st-ev", "t") = time.clone();
        *self.member("st-role", "t") = time.clone();
        *self.member("st-perm", "t") = time;
        self
    }

    /// Sets the tenant that the user signed in to, `tId`.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert_eq!(Caller::new("user-1").tenant("acme").payload()["tId"], "acme");
    /// ```
    pub fn tenant(self, tenant: &str) -> Self {
        self.claim("tId", tenant)
    }

    /// Sets any claim to a JSON value, and replaces the previous one.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    /// use serde_json::json;
    ///
    /// let caller = Caller::new("user-1").claim("aud", "billing").claim("plan", json!({"name": "pro"}));
    /// assert_eq!(caller.payload()["plan"]["name"], "pro");
    /// ```
    pub fn claim(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.payload.insert(key.to_owned(), value.into());
        self
    }

    /// Removes a claim.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert!(Caller::new("user-1").without_claim("st-ev").payload().get("st-ev").is_none());
    /// ```
    ///
    /// # Panics
    ///
    /// If the payload has no such claim.
    #[track_caller]
    pub fn without_claim(mut self, key: &str) -> Self {
        if self.payload.remove(key).is_none() {
            misuse(&format!("the payload has no claim `{key}` to remove"));
        }
        self
    }

    /// Returns the payload of the token.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert_eq!(Caller::new("user-1").payload()["rsub"], "user-1");
    /// ```
    #[must_use]
    pub fn payload(&self) -> Value {
        Value::Object(self.payload.clone())
    }

    /// Returns a token with this payload and an invalid signature.
    ///
    /// Only the gateway verifies signatures. A token of the test kit is therefore of no use outside tests: every
    /// authorizer rejects it.
    ///
    /// ```
    /// use require_claims::testing::Caller;
    ///
    /// assert_eq!(Caller::new("user-1").token().split('.').count(), 3);
    /// ```
    #[must_use]
    pub fn token(&self) -> String {
        let header = r#"{"alg":"RS256","kid":"d-1700000000000","typ":"JWT"}"#;
        let payload = self.payload().to_string();
        let parts = [header, &payload, "this signature is invalid"];
        parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
    }

    /// Adds a name to a claim that is a list.
    #[track_caller]
    fn name(mut self, key: &str, name: &str) -> Self {
        let Value::Array(names) = self.member(key, "v") else {
            misuse(&format!(
                "`v` of `{key}` is not a list, so it cannot contain `{name}`"
            ));
        };
        names.push(json!(name));
        self
    }

    /// A member of a SuperTokens claim.
    #[track_caller]
    fn member(&mut self, key: &str, member: &str) -> &mut Value {
        let claim = self.payload.get_mut(key);
        match claim.and_then(|claim| claim.get_mut(member)) {
            Some(value) => value,
            None => misuse(&format!(
                "the payload has no claim `{key}` with a member `{member}`; start with `Caller::new`, or set the \
                 claim with `.claim(\"{key}\", …)`"
            )),
        }
    }
}
