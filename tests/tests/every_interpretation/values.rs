//! Small values, from strings that look like parts of the gateway's text.

/// The strings in a value; `None` for one with half a surrogate pair, which a Rust string cannot contain.
pub(crate) type Names = [Option<&'static str>];

/// A value of a claim.
#[derive(Clone)]
pub(crate) struct Interpretation {
    pub(crate) json: String,
    /// The strings in it; `None` if the claim is missing.
    pub(crate) names: Option<Vec<Option<&'static str>>>,
}

impl Interpretation {
    pub(crate) fn new(json: impl Into<String>, names: &[Option<&'static str>]) -> Self {
        Self {
            json: json.into(),
            names: Some(names.to_vec()),
        }
    }

    /// The same names in another JSON value.
    pub(crate) fn with_json(&self, json: String) -> Self {
        let names = self.names.clone();
        Self { json, names }
    }

    /// Whether JSON parsers accept the value. With the token, one with half a surrogate pair meets no
    /// requirement.
    pub(crate) fn is_valid(&self) -> bool {
        let names = self.names.iter().flatten();
        names.into_iter().all(Option::is_some)
    }

    /// The same value, as if the claim were missing.
    pub(crate) fn without_names(&self) -> Self {
        let json = self.json.clone();
        Self { json, names: None }
    }

    /// The value as JSON text in a string.
    pub(crate) fn in_json_text(&self) -> Self {
        self.with_json(serde_json::Value::from(&*self.json).to_string())
    }
}

/// JSON strings and their values.
pub(crate) const PIECES: [(&str, Option<&str>); 22] = [
    (r#""""#, Some("")),
    (r#"" ""#, Some(" ")),
    (r#""a""#, Some("a")),
    (r#""b""#, Some("b")),
    (r#""a b""#, Some("a b")),
    (r#""b a""#, Some("b a")),
    (r#""a,b""#, Some("a,b")),
    (r#""[a]""#, Some("[a]")),
    (r#""[a""#, Some("[a")),
    (r#""b]""#, Some("b]")),
    (r#""\"a\"""#, Some("\"a\"")),
    (r#""[\"a\"]""#, Some("[\"a\"]")),
    (r#""<nil>""#, Some("<nil>")),
    (r#""true""#, Some("true")),
    (r#""1""#, Some("1")),
    (r#""t:1 v:a""#, Some("t:1 v:a")),
    (r#""a] v:[b""#, Some("a] v:[b")),
    (r#""map[v:a]""#, Some("map[v:a]")),
    (r#""{\"v\":[\"a\"]}""#, Some("{\"v\":[\"a\"]}")),
    (r#""\ud800""#, None),
    ("\"\u{fffd}\"", Some("\u{fffd}")),
    (r#""a\udc00""#, None),
];

/// Strings that look like an object with more members, or like several names with a separator.
const FURTHER_PIECES: [(&str, Option<&str>); 10] = [
    (r#""a:b""#, Some("a:b")),
    (r#""a v:b""#, Some("a v:b")),
    (r#""a w:b""#, Some("a w:b")),
    (r#""a, b""#, Some("a, b")),
    (r#"" a,a""#, Some(" a,a")),
    (r#""b\t,a""#, Some("b\t,a")),
    (r#"",""#, Some(",")),
    (r#""a,,b ""#, Some("a,,b ")),
    (r#""a,\ud800""#, None),
    ("\"a \u{fffd},b\"", Some("a \u{fffd},b")),
];

/// The names in the requirements: the pieces, and names that could be confused with them.
pub(crate) const NAMES: [&str; 18] = [
    "",
    " ",
    "a",
    "b",
    "a b",
    "a,b",
    "a:b",
    "a w:b",
    "[a]",
    "\"a\"",
    "<nil>",
    "1",
    "t:1 v:a",
    "a] v:[b",
    "{\"v\":[\"a\"]}",
    "\u{fffd}",
    "a\u{fffd}",
    "c",
];

/// Lists of up to two of the pieces, and of three of the simplest.
pub(crate) fn lists() -> Vec<Interpretation> {
    let mut lists = vec![list(&[])];
    for first in PIECES {
        lists.push(list(&[first]));
        for second in PIECES {
            lists.push(list(&[first, second]));
        }
    }
    let plainest = &PIECES[..5];
    for first in plainest {
        for second in plainest {
            lists.extend(
                plainest
                    .iter()
                    .map(|third| list(&[*first, *second, *third])),
            );
        }
    }
    lists
}

/// A few lists of up to two names.
pub(crate) fn small_lists() -> Vec<Interpretation> {
    let mut lists = vec![list(&[])];
    lists.extend(PIECES.iter().map(|piece| list(&[*piece])));
    lists.extend(FURTHER_PIECES.iter().map(|piece| list(&[*piece])));
    for first in &PIECES[..4] {
        lists.extend(PIECES[..4].iter().map(|second| list(&[*first, *second])));
    }
    lists
}

fn list(pieces: &[(&str, Option<&'static str>)]) -> Interpretation {
    let json: Vec<&str> = pieces.iter().map(|(json, _)| *json).collect();
    let names: Vec<_> = pieces.iter().map(|(_, name)| *name).collect();
    Interpretation::new(format!("[{}]", json.join(",")), &names)
}

/// Strings of one name.
pub(crate) fn strings() -> Vec<Interpretation> {
    let pieces = PIECES.iter().chain(&FURTHER_PIECES);
    pieces
        .map(|(piece, name)| Interpretation::new(*piece, &[*name]))
        .collect()
}

/// Strings of names with a separator.
pub(crate) fn separated(separator: char) -> Vec<Interpretation> {
    let pieces = PIECES.iter().chain(&FURTHER_PIECES);
    pieces
        .map(|(piece, names)| {
            // Half a surrogate pair is an escape in the JSON text.
            let names = names.unwrap_or(piece.trim_matches('"'));
            let names: Vec<_> = names
                .split(separator)
                .map(|name| Some(name).filter(|name| !name.contains("\\u")))
                .collect();
            Interpretation::new(*piece, &names)
        })
        .collect()
}

/// Objects of up to two members whose keys are the names.
pub(crate) fn objects_with_keys() -> Vec<Interpretation> {
    const VALUES: [&str; 6] = [
        "1",
        "null",
        r#""a""#,
        r#""1 b:2""#,
        r#"{"a":1}"#,
        r#"["a"]"#,
    ];
    let mut objects = vec![Interpretation::new("{}", &[])];
    for (index, (first, name)) in PIECES.iter().chain(&FURTHER_PIECES).enumerate() {
        for value in VALUES {
            objects.push(Interpretation::new(
                format!("{{{first}:{value}}}"),
                &[*name],
            ));
        }
        for (second, other) in PIECES.iter().filter(|(second, _)| second != first) {
            let value = VALUES[index % VALUES.len()];
            let json = format!("{{{first}:{value},{second}:1}}");
            objects.push(Interpretation::new(json, &[*name, *other]));
        }
    }
    objects
}

/// The values in `{"v": …}`, with and without a timestamp.
pub(crate) fn timestamped(values: &[Interpretation]) -> Vec<Interpretation> {
    let envelopes = values.iter().flat_map(|value| {
        let json = &value.json;
        [
            value.with_json(format!(r#"{{"v":{json}}}"#)),
            value.with_json(format!(r#"{{"v":{json},"t":1}}"#)),
        ]
    });
    envelopes.collect()
}

/// The values in `{"v": …}`, with and without a timestamp, also next to another member.
pub(crate) fn timestamped_with_members(values: &[Interpretation]) -> Vec<Interpretation> {
    const OTHERS: [&str; 6] = [
        r#""w":"b""#,
        r#""w":["b"]"#,
        r#""w":1"#,
        r#""t:1 v":"a""#,
        r#""t:1 v":"a]""#,
        r#""a":1"#,
    ];
    let mut envelopes = timestamped(values);
    for value in values {
        for other in OTHERS {
            envelopes.push(value.with_json(format!(r#"{{"v":{},{other}}}"#, value.json)));
        }
    }
    envelopes
}

/// The values without a name that contains this character.
pub(crate) fn without(character: char, mut values: Vec<Interpretation>) -> Vec<Interpretation> {
    values.retain(|value| {
        let mut names = value.names.iter().flatten().flatten();
        !names.any(|name| name.contains(character))
    });
    values
}
