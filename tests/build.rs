//! Generates the handlers of `tests/random_requirements.rs`, because an attribute must exist when the test is
//! compiled.

use std::fmt::Write as _;

#[path = "src/claims.rs"]
#[allow(dead_code, unreachable_pub, reason = "also a module of the library")]
mod claims;
#[path = "src/random_attributes.rs"]
#[allow(dead_code, unreachable_pub, reason = "also a module of the library")]
mod random_attributes;

/// The number of attributes; `REQUIRE_CLAIMS_SEED` generates others.
const COUNT: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=src/claims.rs");
    println!("cargo::rerun-if-changed=src/random_attributes.rs");
    println!("cargo::rerun-if-env-changed=REQUIRE_CLAIMS_SEED");
    let seed = std::env::var("REQUIRE_CLAIMS_SEED").unwrap_or_else(|_| "1".to_owned());
    println!("cargo::rustc-env=REQUIREMENTS_SEED={seed}");
    println!("cargo::rustc-env=REQUIREMENTS_COUNT={COUNT}");

    let mut handlers = String::new();
    let mut cases = String::new();
    for (index, requirements) in random_attributes::generate(seed.parse()?, COUNT)
        .iter()
        .enumerate()
    {
        let attribute = random_attributes::joined(requirements);
        let values: Vec<String> = requirements
            .iter()
            .map(random_attributes::Requirement::value)
            .collect();
        let values = values.join(", ");
        writeln!(
            handlers,
            "#[require_claims({attribute})]\n\
             fn handler_{index}(event: &Request) -> Outcome {{ Outcome::ran(event) }}"
        )?;
        writeln!(
            cases,
            "Case {{ attribute: {attribute:?}, guarded: handler_{index}, \
             checked: |event| all(&[{values}]).check(event) }},"
        )?;
    }
    let code = format!("{handlers}\nstatic CASES: &[Case] = &[{cases}];\n");
    let folder = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    std::fs::write(std::path::Path::new(&folder).join("handlers.rs"), code)?;
    Ok(())
}
