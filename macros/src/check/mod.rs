//! What a requirement means on its own: empties, names, lists that fit the claim, ages.

mod conflicts;
mod shadowing;

use proc_macro2::Span;
use syn::LitInt;

use crate::errors::Errors;
use crate::parse::ast::{Args, Claim, List, Name, PathParameter, Requirement, Value};
use crate::parse::mistakes;
use crate::vocabulary::{self, FACTORS, Kind};

pub(crate) use self::shadowing::check as shadowing;

/// Reports everything that is wrong with requirements whose syntax is right.
pub(crate) fn check(args: &Args, errors: &mut Errors) {
    if args.requirements.is_empty() && errors.count() == 0 {
        let message = "nothing is required, so everybody could call this; write a requirement, \
                       such as `#[require_claims(email_verified)]`";
        errors.push(syn::Error::new(Span::call_site(), message));
    }
    let before = errors.count();
    for requirement in &args.requirements {
        check_requirement(requirement, errors);
    }
    // A conflict with a requirement that is wrong anyway would only be noise.
    if errors.count() == before {
        conflicts::check(&args.requirements, errors);
    }
}

fn check_requirement(requirement: &Requirement, errors: &mut Errors) {
    match requirement {
        Requirement::Claim(claim) => check_claim(claim, errors),
        Requirement::Group(group) => {
            if group.members.is_empty() {
                let message = format!(
                    "`{word}()` is empty; write its requirements: `{word}(role = \"admin\", mfa)`",
                    word = group.word
                );
                errors.push(syn::Error::new(group.paren.span.join(), message));
            }
            for member in &group.members {
                check_requirement(member, errors);
            }
        }
    }
}

fn check_claim(claim: &Claim, errors: &mut Errors) {
    match &claim.value {
        None if matches!(claim.row.kind, Kind::Array | Kind::Single) => {
            errors.at(&claim.word, mistakes::needs_value(&claim.word, claim.row));
        }
        None => {}
        Some(Value::One(name)) => check_name(name, claim, errors),
        Some(Value::List(list)) => check_list(list, claim, errors),
        Some(Value::PathParameter(parameter)) => check_parameter(parameter, claim, errors),
    }
    check_age(claim, errors);
}

fn check_parameter(parameter: &PathParameter, claim: &Claim, errors: &mut Errors) {
    if matches!(claim.row.kind, Kind::Array | Kind::Factors) {
        let message = "`path(…)` says whose something is; it goes with `subject`, `tenant` and \
                       claims of your own";
        errors.at(&parameter.word, message);
    }
    let text = parameter.name.value();
    let name = bare_parameter(&text);
    if name.is_empty() {
        let message = "this name is empty; write that of a parameter, such as `path(\"user_id\")`";
        errors.at(&parameter.name, message);
    } else if name != text {
        let message = format!("a parameter goes by its bare name; write `path({name:?})`");
        errors.at(&parameter.name, message);
    }
}

/// The name in a parameter that is written as a route does, or in the whole route.
fn bare_parameter(text: &str) -> String {
    let braced = text
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'));
    let segments = text.split('/').rev().map(bare_segment);
    let name = match braced {
        Some((name, _)) => bare_segment(name),
        None => segments
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default(),
    };
    name.split_whitespace().collect::<Vec<_>>().join("_")
}

fn bare_segment(segment: &str) -> &str {
    segment.trim_matches([':', '<', '>', '[', ']', '*', '+', ' '])
}

fn check_list(list: &List, claim: &Claim, errors: &mut Errors) {
    let word = claim.written_word();
    if let Some(message) = mistakes::wrong_list(&list.word.to_string(), &word, claim.row.kind) {
        errors.at(&list.word, message);
    }
    if list.names.is_empty() {
        let message = format!(
            "`{0}()` is empty; write names: `{0}(\"{1}\")`",
            list.word, claim.row.example
        );
        errors.push(syn::Error::new(list.paren.span.join(), message));
    }
    for (i, name) in list.names.iter().enumerate() {
        check_name(name, claim, errors);
        let written = name.to_string();
        let before = list.names.iter().take(i);
        if before.map(Name::to_string).any(|other| other == written) {
            let written = written.trim_matches('"');
            let message = format!("`{written}` is in this list twice; remove one of them");
            errors.at(name, message);
        }
    }
}

fn check_name(name: &Name, claim: &Claim, errors: &mut Errors) {
    let wrong = match name {
        Name::Text(text) => wrong_text(&text.value(), false, claim),
        Name::Custom(text) => wrong_text(&text.value(), true, claim),
        Name::Integer(_, literal) => wrong_integer(literal),
        // What it stands for is for rustc to find out.
        Name::Constant(_) | Name::Boolean(_) => None,
    };
    if let Some(message) = wrong {
        errors.at(name, message);
    }
}

fn wrong_integer(literal: &LitInt) -> Option<String> {
    /// JavaScript's `Number.MAX_SAFE_INTEGER`.
    const MAX_SAFE: u64 = (1 << 53) - 1;

    if !literal.suffix().is_empty() {
        return Some(format!("remove `{}` behind the number", literal.suffix()));
    }
    match literal.base10_parse::<u64>() {
        Ok(number) if number <= MAX_SAFE => None,
        _ => Some(format!(
            "numbers beyond {MAX_SAFE} are not exact in JSON, so nobody meets this"
        )),
    }
}

/// What is wrong with a name that is written out.
fn wrong_text(text: &str, custom: bool, claim: &Claim) -> Option<String> {
    if let Some(message) = wrong_name(text, claim.row.example) {
        return Some(message);
    }
    let parameter = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    if let Some(parameter) = parameter.filter(|_| claim.row.kind == Kind::Single) {
        let word = claim.written_word();
        return Some(format!(
            "this is the text itself; for the parameter of the path, write `{word} = path({parameter:?})`"
        ));
    }
    if !claim.row.blanks && text.contains(char::is_whitespace) {
        let all = text.split_whitespace().map(|one| format!("{one:?}"));
        let all: Vec<String> = all.collect();
        return Some(format!(
            "a {} has no blank; write several as `all({})`",
            claim.written_word(),
            all.join(", ")
        ));
    }
    if claim.row.kind == Kind::Factors {
        return wrong_factor(text, custom);
    }
    None
}

/// What is wrong with a name of whatever claim.
pub(crate) fn wrong_name(text: &str, example: &str) -> Option<String> {
    let message = if text.is_empty() {
        format!("this name is empty; write a name, such as `\"{example}\"`")
    } else if text.trim().is_empty() {
        format!("this name is blank; write a name, such as `\"{example}\"`")
    } else if text.trim() != text {
        let text = text.trim();
        format!("blanks around a name never match; write `{text:?}`")
    } else if text.chars().any(char::is_control) {
        "a name has no control characters; remove them".to_owned()
    } else if text.contains(is_invisible) {
        "a name has no invisible characters; remove them, or write the name anew".to_owned()
    } else {
        return None;
    };
    Some(message)
}

/// Whether a character leaves no trace on a screen: two names that look the same would be two.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn wrong_factor(text: &str, custom: bool) -> Option<String> {
    let known = FACTORS.contains(&text);
    if custom && known {
        return Some(format!(
            "`{text}` is one of SuperTokens' own factors; write `\"{text}\"`"
        ));
    }
    if text.contains(|c: char| c.is_whitespace() || ":[](){}".contains(c)) {
        return Some("a factor id has no blank, colon or bracket; remove it".to_owned());
    }
    if custom || known {
        return None;
    }
    let own = format!("a factor of your own is `custom(\"{text}\")`");
    let known = || {
        format!(
            "the factors are {};",
            vocabulary::listed(FACTORS.into_iter())
        )
    };
    let near = vocabulary::nearest(text, FACTORS.into_iter());
    let meant = near.map_or_else(known, |near| format!("did you mean `\"{near}\"`?"));
    Some(format!("`{text}` is not a factor; {meant} {own}"))
}

fn check_age(claim: &Claim, errors: &mut Errors) {
    let Some(age) = &claim.max_age else { return };
    let word = claim.written_word();
    if !claim.row.timed {
        errors.at(
            &age.key,
            format!("the claim of `{word}` has no time, so it has no age; remove `max_age`"),
        );
    } else if claim.row.kind == Kind::Factors && claim.value.is_none() {
        let message = format!(
            "`{word}` has no time of its own; name a factor: `{word}(\"{}\", max_age = {:?})`",
            claim.row.example,
            age.text.value()
        );
        errors.at(&age.key, message);
    }
}

#[cfg(test)]
mod tests {
    use super::is_invisible;

    #[test]
    fn every_range_of_invisible_characters_ends_where_it_says() {
        for (first, last) in [
            (0xad, 0xad),
            (0x34f, 0x34f),
            (0x61c, 0x61c),
            (0x115f, 0x1160),
            (0x17b4, 0x17b5),
            (0x180b, 0x180f),
            (0x200b, 0x200f),
            (0x2028, 0x202e),
            (0x2060, 0x206f),
            (0x3164, 0x3164),
            (0xfe00, 0xfe0f),
            (0xfeff, 0xfeff),
            (0xffa0, 0xffa0),
            (0xfff0, 0xfffb),
            (0x1d173, 0x1d17a),
            (0xe0000, 0xe0fff),
        ] {
            let told = [first - 1, first, last, last + 1]
                .map(|code| char::from_u32(code).is_some_and(is_invisible));
            assert_eq!(told, [false, true, true, false], "{first:x} {last:x}");
        }
    }
}
