//! Reads any text as `errtable.toml`. Each value of a project is that of its range, and each
//! problem is at a place of the text.

#![no_main]

use std::path::PathBuf;

use errtable_cli::error::Error;
use errtable_cli::finding::Finding;
use errtable_cli::project::Project;
use errtable_cli::project::reader::Located;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use toml::de::{DeTable, DeValue};

use text::mutate;

mod text;

fuzz_target!(|text: &str| {
    match Project::parse(text) {
        Ok(project) => check_ranges(&project, text),
        Err(Error::Project(problems)) => {
            assert!(!problems.is_empty());
            problems.iter().for_each(|problem| check_place(problem, text));
        }
        Err(error) => panic!("{error:?}"),
    }
});

fuzz_mutator!(|input: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(input, size, max_size, seed) });

fn check_ranges(project: &Project, text: &str) {
    assert_eq!(project.text, text);
    assert!(!project.tables.is_empty());
    let check = |located: &Located<String>| check_range(located, &located.value, text);
    let check_path = |located: &Located<PathBuf>| check_range(located, located.value.to_str().unwrap(), text);
    for table in &project.tables {
        check_path(&table.path);
        table.exports.iter().for_each(|export| check_path(&export.out));
        if let Some(source) = &table.import {
            assert!(!source.pages.is_empty());
            source.pages.iter().chain(&source.unlisted).for_each(check);
        }
    }
    project.pages.iter().for_each(check_path);
    project.against.iter().for_each(check);
    for accepted in &project.accept {
        check_range(accepted, accepted.value.rule.as_str(), text);
    }
}

/// Checks that a range of the text is a string with this value.
fn check_range<T>(located: &Located<T>, value: &str, text: &str) {
    let alone = format!("x = {}", &text[located.range.clone()]);
    let table = DeTable::parse(&alone).expect(&alone);
    assert_eq!(table.get_ref().get("x").and_then(|x| DeValue::as_str(x.get_ref())), Some(value), "{alone}");
}

fn check_place(problem: &Finding, text: &str) {
    let Some(at) = &problem.position else { return };
    // A text may end in a line break, after which a problem may be.
    let line = text.split('\n').nth(at.line - 1).expect("a line of the text");
    assert!((1..=line.chars().count() + 1).contains(&at.column), "{problem:?}");
    assert!(at.excerpt.get(at.problem.clone()).is_some(), "{problem:?}");
}
