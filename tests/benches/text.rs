//! Times `as_str` and `Display` of the codes of one service. Each round has a new random order.

mod rounds;

use std::fmt::{self, Display, Write as _};
use std::hint::black_box;

use rounds::{Contender, measure};
use strum::VariantArray as _;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

use codes::{CODES, Match, Ours};

const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

fn main() {
    let as_str = [
        by_row("`as_str`", |row| black_box(Ours::ALL[row].as_str()).len()),
        by_row("strum `IntoStaticStr`", |row| black_box(<&str>::from(Match::VARIANTS[row])).len()),
        by_row("an array of `&str`", |row| black_box(CODES[row]).len()),
    ];
    compare("as text", &as_str);
    let display = [
        by_row("`Display`", |row| written(Ours::ALL[row])),
        by_row("strum `Display`", |row| written(Match::VARIANTS[row])),
        by_row("`Display` of a `&str`", |row| written(CODES[row])),
    ];
    compare("`Display`", &display);
}

/// A sink that counts bytes.
#[derive(Default)]
struct Length(usize);

impl fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += black_box(text).len();
        Ok(())
    }
}

fn written(value: impl Display) -> usize {
    let mut length = Length::default();
    write!(length, "{value}").expect("a count of bytes cannot fail");
    length.0
}

fn by_row(name: &'static str, read: impl Fn(usize) -> usize + 'static) -> Contender<'static, [usize]> {
    Contender::new(name, move |rows: &[usize]| rows.iter().map(|row| read(*row) as u64).sum())
}

fn compare(title: &str, contenders: &[Contender<'_, [usize]>]) {
    let random = &mut fastrand::Rng::with_seed(7);
    let measured = measure(title, ROUNDS, DRAWS, contenders, random, |random| -> Vec<usize> {
        (0..DRAWS).map(|_| random.usize(..CODES.len())).collect()
    });
    rounds::print("a code", &[(title, measured)]);
}
