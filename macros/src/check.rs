//! What a requirement means on its own: empties, names, lists that fit the claim, ages.

use proc_macro2::Span;

use crate::conflicts;
use crate::errors::Errors;
use crate::refuse;
use crate::tree::{Args, Claim, List, Mode, Name, Requirement, Value};
use crate::vocabulary::{self, FACTORS, Kind};

/// Reports everything that is wrong with requirements whose syntax is right.
pub(crate) fn check(args: &Args, errors: &mut Errors) {
    if args.requirements.is_empty() && errors.count() == 0 {
        let message = "nothing is required, so everybody could call this; write a requirement, \
                       such as `#[require_claims(email_verified)]`";
        errors.push(syn::Error::new(Span::call_site(), message));
    }
    let before = errors.count();
    for requirement in &args.requirements {
        each(requirement, errors);
    }
    // A conflict with a requirement that is wrong anyway would only be noise.
    if errors.count() == before {
        conflicts::check(&args.requirements, errors);
    }
}

fn each(requirement: &Requirement, errors: &mut Errors) {
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
                each(member, errors);
            }
        }
    }
}

fn check_claim(claim: &Claim, errors: &mut Errors) {
    match &claim.value {
        None if matches!(claim.row.kind, Kind::Array | Kind::Single) => {
            errors.at(&claim.word, refuse::needs_value(claim.row));
        }
        None => {}
        Some(Value::One(name)) => check_name(name, claim, errors),
        Some(Value::List(list)) => check_list(list, claim, errors),
    }
    check_age(claim, errors);
}

fn check_list(list: &List, claim: &Claim, errors: &mut Errors) {
    let word = &claim.word;
    match (claim.row.kind, list.mode) {
        (Kind::Single, Mode::All) => errors.at(
            &list.word,
            format!("a session has one {word}, which cannot be all of these; use `any(…)`"),
        ),
        (Kind::Factors, Mode::None) => errors.at(
            &list.word,
            "a factor that somebody has completed is no reason to refuse; use `any(…)` or `all(…)`",
        ),
        _ => {}
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
        let text = name.literal.value();
        if list
            .names
            .iter()
            .take(i)
            .any(|other| other.literal.value() == text)
        {
            errors.at(
                &name.literal,
                format!("`{text}` is in this list twice; remove one of them"),
            );
        }
    }
}

fn check_name(name: &Name, claim: &Claim, errors: &mut Errors) {
    let text = name.literal.value();
    let word = &claim.word;
    let message = if text.is_empty() {
        format!(
            "this name is empty; write a name, such as `\"{}\"`",
            claim.row.example
        )
    } else if text.trim() != text {
        format!(
            "blanks around a name never match; write `{:?}`",
            text.trim()
        )
    } else if text.chars().any(char::is_control) {
        "a name has no control characters; remove them".to_owned()
    } else if text.contains(is_invisible) {
        "a name has no invisible characters; remove them, or write the name anew".to_owned()
    } else if !claim.row.blanks && text.contains(char::is_whitespace) {
        let all: Vec<String> = text
            .split_whitespace()
            .map(|one| format!("{one:?}"))
            .collect();
        format!(
            "a {word} has no blank; write several as `all({})`",
            all.join(", ")
        )
    } else if claim.row.kind == Kind::Factors {
        match wrong_factor(&text, name.custom) {
            Some(message) => message,
            None => return,
        }
    } else {
        return;
    };
    errors.at(&name.literal, message);
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
    let word = &claim.word;
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
