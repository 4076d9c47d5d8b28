//! Times look-ups in tables of 26, 500 and 8,000 codes. Each round has a new random order, and a
//! fifth of the texts are misses.

mod names;
mod rounds;

use std::collections::HashMap;
use std::hint::black_box;
use std::str::FromStr;

use rounds::{Contender, compare};
use rustc_hash::FxHashMap;

include!(concat!(env!("OUT_DIR"), "/peers.rs"));

/// The number of look-ups in a round.
const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

/// Texts to look up. They are contiguous, so that they displace little of the tables in the cache.
#[derive(Default)]
struct Draws {
    texts: String,
    /// The end of each text, and the row that the floor compares it with.
    ends: Vec<(u32, u16)>,
}

impl Draws {
    fn push(&mut self, text: &str, near: usize) {
        self.texts.push_str(text);
        self.ends.push((self.texts.len() as u32, near as u16));
    }

    fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut rest = self.texts.as_str();
        let mut start = 0;
        self.ends.iter().map(move |&(end, near)| {
            let (text, after) = rest.split_at((end - start) as usize);
            (rest, start) = (after, end);
            (text, usize::from(near))
        })
    }
}

/// Draws codes. A fifth are misses: half of these have one changed byte, half are other codes.
fn draw(codes: &[&str], others: &[String], random: &mut fastrand::Rng) -> Draws {
    let mut draws = Draws::default();
    for _ in 0..DRAWS {
        let near = random.usize(..codes.len());
        match random.usize(..10) {
            0 => {
                let mut text = codes[near].to_owned();
                let at = random.usize(..text.len());
                text.replace_range(at..=at, "_");
                draws.push(&text, near);
            }
            1 => draws.push(&others[random.usize(..others.len())], near),
            _ => draws.push(codes[near], near),
        }
    }
    draws
}

/// Returns a contender that looks up each text.
fn by_text<'a>(name: &'static str, find: impl Fn(&str) -> Option<u16> + 'a) -> Contender<'a, Draws> {
    by_draw(name, move |text, _| find(text))
}

fn by_draw<'a>(name: &'static str, find: impl Fn(&str, usize) -> Option<u16> + 'a) -> Contender<'a, Draws> {
    Contender::new(name, move |draws: &Draws| {
        draws.iter().map(|(text, near)| black_box(find(text, near)).map_or(0, |row| u64::from(row) + 1)).sum()
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
            by_draw("one memcmp", |text, near| (CODES[near] == text).then_some(near as u16)),
        ];
        let title = format!("look-up, {} codes", CODES.len());
        // A miss is not another code of the table, so the floor finds the same rows as the others.
        compare(&title, ROUNDS, DRAWS, &contenders, random, |random| draw(CODES, &others, random));
    }};
}

fn main() {
    compare!(codes_26);
    compare!(codes_500);
    compare!(codes_8000);
}
