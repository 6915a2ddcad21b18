//! A token's payload, and its members.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Authorization;
use crate::json;

/// The JSON of a token's payload. Decoding it is the guard's one allocation.
pub(crate) struct Payload(String);

impl Payload {
    /// The payload of the one token in the header, if it has one: unpadded base64url of UTF-8.
    pub(crate) fn of(authorization: Authorization<'_>) -> Option<Self> {
        let encoded = authorization.encoded_payload()?;
        let decoded = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        String::from_utf8(decoded).ok().map(Self)
    }

    /// The payload's members, if it is a JSON object.
    pub(super) fn members(&self) -> Option<Members<'_>> {
        let mut members = Members {
            at_hand: [(json::Literal::NONE, ""); AT_HAND],
            count: 0,
            json: &self.0,
        };
        for member in json::object(&self.0).ok()? {
            let member = member.ok()?;
            if let Some(free) = members.at_hand.get_mut(members.count) {
                *free = member;
            }
            members.count += 1;
        }
        Some(members)
    }
}

/// How many members are kept at hand. Session tokens have about 15.
const AT_HAND: usize = 32;

/// The members of a JSON object: name and text of each.
pub(super) struct Members<'a> {
    at_hand: [Member<'a>; AT_HAND],
    count: usize,
    json: &'a str,
}

/// A key, and the text of its value.
type Member<'a> = (json::Literal<'a>, &'a str);

impl<'a> Members<'a> {
    /// The names of all members but those that are `null`, which the gateway leaves out, too.
    pub(super) fn keys(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let members = json::object(self.json).into_iter().flatten().flatten();
        let members = members.filter(|(_, value)| *value != "null");
        members.map(|(key, _)| key.name())
    }

    /// The text of this member.
    ///
    /// # Errors
    ///
    /// Where it stands twice: the gateway takes the last, others the first.
    pub(super) fn get(&self, key: &str) -> Result<Option<&'a str>, json::Malformed> {
        let Some(members) = self.at_hand.get(..self.count) else {
            // To keep them all would take a second allocation, so they are walked again.
            return json::members(self.json, [key]).map(|[value]| value);
        };
        let mut found = None;
        for (_, value) in members.iter().filter(|member| member.0.is(key)) {
            if found.replace(*value).is_some() {
                return Err(json::Malformed);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(json: &str) -> Payload {
        Payload(json.to_owned())
    }

    #[test]
    fn members_are_found_however_many_there_are() {
        let members: Vec<String> = (0..1000).map(|n| format!(r#""k{n}": [{n}]"#)).collect();
        let payload = payload(&format!("{{{}}}", members.join(",")));
        let members = payload.members().unwrap();
        for n in [0, 31, 32, 999] {
            let expected = format!("[{n}]");
            assert_eq!(members.get(&format!("k{n}")), Ok(Some(expected.as_str())));
        }
        assert_eq!(members.get("k1000"), Ok(None));
        assert_eq!(members.get(""), Ok(None));
    }

    #[test]
    fn a_member_that_stands_twice_is_two_answers() {
        let payload = payload(r#"{"sub":"a","\u0073ub":"b","iss":null,"exp":1}"#);
        let members = payload.members().unwrap();
        assert_eq!(members.get("sub"), Err(json::Malformed));
        assert_eq!(members.get("iss"), Ok(Some("null")));
        assert_eq!(members.get("exp"), Ok(Some("1")));
    }

    #[test]
    fn what_is_no_single_object_has_no_members() {
        for json in ["", "null", "[]", "{}{}", r#"{"a":1"#, r#"{"a":}"#, "\"a\""] {
            assert!(payload(json).members().is_none(), "{json}");
        }
    }

    #[test]
    fn only_unpadded_base64url_of_utf8_is_decoded() {
        let decoded = |part: &str| {
            let value = format!("h.{part}.s");
            Payload::of(Authorization::One(value.as_bytes())).map(|payload| payload.0)
        };
        assert_eq!(decoded("eyJhIjoxfQ").as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(decoded("_-4"), None, "not UTF-8");
        assert_eq!(decoded("eyJhIjoxfQ=="), None, "padded");
        assert_eq!(decoded("eyJhIjoxfR"), None, "bits behind the last byte");
        assert_eq!(decoded("eyJhI"), None, "a length that base64 does not have");
    }
}
