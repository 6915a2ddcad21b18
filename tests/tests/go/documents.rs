//! Random JSON: strings that look like parts of the gateway's text, and numbers of every size and form.

/// Every power of two that is a float64, with its neighbours: the distance between floats changes there.
pub(crate) fn powers_of_two() -> impl Iterator<Item = String> {
    let subnormal = (0..52).map(|bit| 1_u64 << bit);
    let normal = (1..2047_u64).map(|exponent| exponent << 52);
    subnormal
        .chain(normal)
        .flat_map(|bits| [bits - 1, bits, bits + 1].map(f64::from_bits))
        .map(|number| format!("{number:e}"))
}

/// Generates the same documents in every run.
pub(crate) struct Random {
    numbers: fastrand::Rng,
    kind: Kind,
}

/// Go also rejects a document for the value of a key that is repeated, which the renderer has already
/// dropped. So no document contains both.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Objects may contain duplicate keys.
    RepeatedKeys,
    /// Numbers may be too large for a float64.
    NumbersOutOfRange,
}

impl Random {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            numbers: fastrand::Rng::with_seed(1),
            kind,
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.numbers.usize(..limit)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// One JSON value, on one line.
    pub(crate) fn value(&mut self, depth: usize) -> String {
        // Only scalars at the deepest level.
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0 => self.one_of(&["null", "true", "false"]).to_owned(),
            1..=3 => self.number(),
            4 | 5 => self.string(),
            6 | 7 => self.sequence(|random| random.value(depth - 1), '[', ']'),
            _ => {
                let member = |random: &mut Self| random.member(depth);
                self.sequence(member, '{', '}')
            }
        }
    }

    fn member(&mut self, depth: usize) -> String {
        let mut key = self.string();
        if self.kind == Kind::NumbersOutOfRange {
            key.insert_str(1, &self.numbers.u64(..).to_string());
        }
        let spaces = self.spaces();
        format!("{key}{spaces}:{spaces}{}", self.value(depth - 1))
    }

    fn sequence(
        &mut self,
        mut item: impl FnMut(&mut Self) -> String,
        open: char,
        close: char,
    ) -> String {
        let items: Vec<String> = (0..self.below(5)).map(|_| item(self)).collect();
        let spaces = self.spaces();
        format!("{open}{spaces}{}{close}", items.join(&format!("{spaces},")))
    }

    fn spaces(&mut self) -> &'static str {
        self.one_of(&["", "", "", " ", "\t "])
    }

    fn string(&mut self) -> String {
        const PIECES: [&str; 40] = [
            "v",
            "t",
            "c",
            "a",
            "b",
            "admin",
            "totp",
            " ",
            " ",
            "  ",
            "[",
            "]",
            "map[",
            ":",
            "<nil>",
            "true",
            "1.7e+12",
            ",",
            "{",
            "}",
            "<",
            "&",
            "'",
            "ä",
            "€",
            "😀",
            "\u{7f}",
            "\u{2028}",
            "\u{fffd}",
            r#"\""#,
            r"\\",
            r"\/",
            r"\n",
            r"\u0000",
            r"\u0041",
            r"\u00e4",
            r"\ud83d\ude00",
            r"\ud800",
            r"\udc00",
            r"\uD83D\u0061",
        ];
        let pieces: String = (0..self.below(5)).map(|_| self.one_of(&PIECES)).collect();
        format!("\"{pieces}\"")
    }

    fn number(&mut self) -> String {
        const OUT_OF_RANGE: [&str; 3] = ["1e400", "-1e309", "1.7976931348623159e308"];
        const EDGES: [&str; 19] = [
            "0",
            "-0",
            "0.0",
            "-0.0e5",
            "0e400",
            "5e-324",
            "2.4e-324",
            "1e-400",
            "1.7976931348623157e308",
            "9007199254740991",
            "9007199254740993",
            "123456",
            "1234567",
            "999999.9999999999",
            "0.0001",
            "0.00009999999999999999",
            "1e21",
            "99999999999999999999",
            "1E5",
        ];
        if self.kind == Kind::NumbersOutOfRange && self.below(40) == 0 {
            return self.one_of(&OUT_OF_RANGE).to_owned();
        }
        if self.below(4) == 0 {
            return self.one_of(&EDGES).to_owned();
        }
        let sign = self.one_of(&["", "", "-"]);
        let whole = match self.below(3) {
            0 => "0".to_owned(),
            _ => format!("{}{}", 1 + self.below(9), self.digits(22)),
        };
        let fraction = match self.below(2) {
            0 => String::new(),
            _ => format!(".{}{}", self.digits(20), self.below(10)),
        };
        let exponent = match self.below(3) {
            0 => {
                let sign = self.one_of(&["e", "E", "e+", "e-", "E-"]);
                format!("{sign}{}", self.below(280))
            }
            1 => format!("{}{}", self.one_of(&["e", "e-"]), self.below(25)),
            _ => String::new(),
        };
        format!("{sign}{whole}{fraction}{exponent}")
    }

    fn digits(&mut self, most: usize) -> String {
        let count = self.below(most);
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap()))
            .collect()
    }
}
