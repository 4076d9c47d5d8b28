//! From the text of a code to its value: 26, 500 and 8,000 codes, drawn in an order that is fresh in every round, 1 in 5 a miss.

mod names;
mod rounds;

use std::collections::HashMap;
use std::hint::black_box;
use std::str::FromStr;

use rounds::{Contender, compare};
use rustc_hash::FxHashMap;

include!(concat!(env!("OUT_DIR"), "/peers.rs"));

/// Look-ups in a round.
const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

/// A text to look up, and the row whose code it is, or is like.
struct Draw {
    text: String,
    near: usize,
}

/// Draws codes, 1 in 5 a miss: half of these have one byte that is another, half are other codes of the same kind.
fn draw(codes: &[&str], others: &[String], random: &mut fastrand::Rng) -> Vec<Draw> {
    let mut one = || {
        let near = random.usize(..codes.len());
        let mut text = codes[near].to_owned();
        match random.usize(..10) {
            0 => {
                let at = random.usize(..text.len());
                text.replace_range(at..=at, "_");
            }
            1 => text.clone_from(&others[random.usize(..others.len())]),
            _ => {}
        }
        Draw { text, near }
    };
    (0..DRAWS).map(|_| one()).collect()
}

/// A contender that looks each text up by itself.
fn by_text<'a>(name: &'static str, find: impl Fn(&str) -> Option<u16> + 'a) -> Contender<'a, [Draw]> {
    by_draw(name, move |draw| find(&draw.text))
}

fn by_draw<'a>(name: &'static str, find: impl Fn(&Draw) -> Option<u16> + 'a) -> Contender<'a, [Draw]> {
    Contender::new(name, move |draws: &[Draw]| {
        draws.iter().map(|draw| black_box(find(draw)).map_or(0, |row| u64::from(row) + 1)).sum()
    })
}

macro_rules! compare {
    ($module:ident) => {{
        use $module::{CHD, CODES, Match, Ours, PTRHASH, Phf, hashify};
        let rows = || CODES.iter().copied().zip(0_u16..);
        let fx: FxHashMap<&str, u16> = rows().collect();
        let std: HashMap<&str, u16> = rows().collect();
        let mut sorted: Vec<(&str, u16)> = rows().collect();
        sorted.sort_unstable();
        let random = &mut fastrand::Rng::with_seed(7);
        let mut others = names::names(CODES.len() * 2, random);
        others.retain(|other| !fx.contains_key(other.as_str()));
        let contenders = [
            by_text("`from_code`", |text| Ours::from_code(text).map(|code| code as u16)),
            by_text("strum `EnumString`", |text| Match::from_str(text).ok().map(|code| code as u16)),
            by_text("strum `EnumString`, `use_phf`", |text| Phf::from_str(text).ok().map(|code| code as u16)),
            by_text("phf", |text| CHD.get(text).copied()),
            by_text("phf, `ptrhash`", |text| PTRHASH.get(text).copied()),
            by_text("hashify `map!`", |text| hashify(text).copied()),
            by_text("`FxHashMap`", |text| fx.get(text).copied()),
            by_text("`HashMap`", |text| std.get(text).copied()),
            by_text("binary search", |text| {
                sorted.binary_search_by_key(&text, |(code, _)| code).ok().map(|at| sorted[at].1)
            }),
            by_draw("one memcmp", |draw| (CODES[draw.near] == draw.text).then_some(draw.near as u16)),
        ];
        let title = format!("look-up, {} codes", CODES.len());
        // What is like a code in one byte, or comes from elsewhere, is no other code: the floor finds the same as all others.
        compare(&title, ROUNDS, DRAWS, &contenders, random, |random| draw(CODES, &others, random));
    }};
}

fn main() {
    compare!(codes_26);
    compare!(codes_500);
    compare!(codes_8000);
}
