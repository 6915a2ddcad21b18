//! Lists of requirements on OAuth 2 access tokens.

use require_claims::supertokens::{CLIENT, OAUTH2, SCOPE};
use require_claims::{Requirement, all};

use super::requirements::KeyedRequirement;

/// The members of a list, with the keys of the claims that it reads.
pub(super) type List<'a> = (&'static [&'static str], [Requirement<'a>; 2]);

/// Lists with these names.
pub(super) fn lists<'a>(names: &'a [&'a str]) -> Vec<List<'a>> {
    let scopes = |requirement| (["scope", "scp"].as_slice(), [OAUTH2, requirement]);
    let client = |requirement| (["client_id"].as_slice(), [requirement, OAUTH2]);
    let single = names.iter().flat_map(|name| {
        [
            scopes(SCOPE.includes(name)),
            scopes(SCOPE.excludes(name)),
            client(CLIENT.has_value(name)),
        ]
    });
    let pairs = names.windows(2).flat_map(|pair| {
        [
            scopes(SCOPE.includes_all(pair)),
            client(CLIENT.has_none_of(pair)),
        ]
    });
    single.chain(pairs).collect()
}

/// The requirements that the token is an access token and meets one of the lists.
pub(super) fn requirements<'a>(lists: &'a [List<'a>]) -> Vec<KeyedRequirement<'a>> {
    let of = |(keys, list): &'a List<'a>| KeyedRequirement {
        keys,
        requirement: all(list),
    };
    let is_access_token = KeyedRequirement {
        keys: &[],
        requirement: OAUTH2_ALONE,
    };
    std::iter::once(is_access_token)
        .chain(lists.iter().map(of))
        .collect()
}

/// A list of its own, also next to other requirements.
const OAUTH2_ALONE: Requirement<'static> = all(&[OAUTH2]);
