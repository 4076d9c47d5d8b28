//! The picture of a diagnostic in README.md shows what rustc prints. `BLESS=1` draws it again.

// rustc has other colours on Windows.
#![cfg(not(windows))]

mod scratch;

use std::fs;
use std::path::Path;

use anstyle_svg::{Term, WIN10_CONSOLE};
use scratch::Scratch;

const MAIN: &str = r#"#[errtable::error_table("spec/shop.json")]
pub enum ShopError {}

fn main() {}
"#;

const TABLE: &str = r#"{
  "name": "shop",
  "envelope": "nested",
  "errors": [
    { "code": "cart_empty", "description": "Add an item before you check out." },
    { "code": "rate_limited", "retry": "thortled" },
    { "code": "payment_timeout", "retry": "transient" },
    { "code": "rate_limited", "retry_after_ms": 1500 }
  ]
}
"#;

#[test]
fn diagnostic_is_current() {
    let scratch = Scratch::new("pictures", MAIN);
    scratch.write("spec/shop.json", TABLE);
    let messages = scratch.fail_in_colour();
    let (errors, _) = messages.rsplit_once("\n\n").unwrap(); // The last message is that of cargo.
    let drawn = Term::new().palette(WIN10_CONSOLE).render_svg(errors);

    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/pictures/diagnostic.svg");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&picture, &drawn).unwrap();
    }
    let expected = fs::read_to_string(&picture).unwrap_or_default();
    assert!(drawn == expected, "rustc prints other messages than {}:\n{errors}", picture.display());
}
