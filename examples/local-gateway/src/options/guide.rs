//! The commands in the guide's pages are accepted, with the programs that they name replaced by this one.

use clap::Parser as _;

use super::Options;

const PAGES: [&str; 2] = [
    include_str!("../../../../runtime/docs/deploy.md"),
    include_str!("../../../../runtime/docs/troubleshooting.md"),
];

/// The words of a shell command, in which only whole words are quoted.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('\'').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    words.collect()
}

#[test]
fn the_guides_commands_are_accepted() {
    let program = std::env::current_exe().unwrap();
    let program = program.to_str().unwrap();
    let mut count = 0;
    for page in PAGES {
        let page = page.replace("\\\n", "");
        let commands = page.lines().filter_map(|line| {
            let (_, options) = line.split_once("cargo run -p local-gateway -- ")?;
            Some(options.split('`').next().unwrap_or_default())
        });
        for command in commands {
            let words = words(command).into_iter().map(|word| {
                let is_program = word.contains("target/debug/");
                if is_program { program } else { word }
            });
            let options = Options::try_parse_from(["local-gateway"].into_iter().chain(words));
            let settings = options.map_err(|error| error.to_string());
            let settings = settings.and_then(Options::config);
            assert!(settings.is_ok(), "{command}: {:?}", settings.err());
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}
