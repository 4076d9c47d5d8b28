//! The bundled tables have no problems and are formatted.

use std::fs;
use std::path::PathBuf;

use errtable_cli::check::{Rules, check};
use errtable_cli::error::Status;
use errtable_cli::fmt::format;
use errtable_cli::input::Input;
use errtable_spec::bundled_names;

fn path(name: &str) -> PathBuf {
    PathBuf::from(format!("../{name}.json"))
}

#[test]
fn bundled_tables_have_no_problems() {
    let inputs: Vec<_> = bundled_names().into_iter().map(|name| Input::Path(path(name))).collect();
    let checked = check(&inputs, &Rules::default());
    assert_eq!(checked.status(), Status::Success, "{:?}", checked.diagnostics);
    assert_eq!(checked.tables, bundled_names().len());
}

#[test]
fn bundled_tables_are_formatted() {
    for name in bundled_names() {
        let text = fs::read_to_string(path(name)).unwrap();
        assert_eq!(format(&text).unwrap(), text, "{name}");
    }
}
