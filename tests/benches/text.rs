//! From a value to its code: `as_str` and `Display`, 500 codes in an order that is fresh in every round.

#![forbid(unsafe_code)]

mod rounds;

use std::fmt::{Display, Write as _};
use std::hint::black_box;

use rounds::{Contender, compare};
use strum::VariantArray as _;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

use codes::{CODES, Match, Ours};

const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

fn main() {
    let as_str = [
        by_row("`as_str`", |row| Ours::ALL[row].as_str().len()),
        by_row("strum `IntoStaticStr`", |row| <&str>::from(Match::VARIANTS[row]).len()),
        by_row("an array of `&str`", |row| CODES[row].len()),
    ];
    measure("as_str", &as_str);
    let display = [
        by_row("`Display`", |row| written(Ours::ALL[row])),
        by_row("strum `Display`", |row| written(Match::VARIANTS[row])),
        by_row("`Display` of a `&str`", |row| written(CODES[row])),
    ];
    measure("Display", &display);
}

/// The length of a value's text, written to a string that has room.
fn written(value: impl Display) -> usize {
    let mut text = String::with_capacity(128);
    write!(text, "{value}").expect("a string takes everything");
    text.len()
}

fn by_row(name: &'static str, read: fn(usize) -> usize) -> Contender<'static, [usize]> {
    Contender::new(name, move |rows: &[usize]| rows.iter().map(|row| black_box(read(*row)) as u64).sum())
}

fn measure(title: &str, contenders: &[Contender<'_, [usize]>]) {
    let random = &mut fastrand::Rng::with_seed(7);
    compare(title, ROUNDS, DRAWS, contenders, random, |random| -> Vec<usize> {
        (0..DRAWS).map(|_| random.usize(..CODES.len())).collect()
    });
}
