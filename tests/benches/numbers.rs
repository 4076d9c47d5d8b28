//! Times lookups of numbers: Kafka's, MongoDB's and MySQL's. Each round has new numbers, the same
//! for all contenders. No lookup depends on another.

mod rounds;

use std::collections::HashSet;
use std::hint::black_box;

use fastrand::Rng;
use rounds::measure;

include!(concat!(env!("OUT_DIR"), "/numbers.rs"));

/// The number of lookups in a round.
const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

/// The distance of half of the misses to a known number, like that of a new one.
const NEAR: i64 = 16;

type Contender = rounds::Contender<'static, [i64]>;

/// Draws a number.
type Draw<'a> = &'a dyn Fn(&mut Rng) -> i64;

/// Returns a contender that finds the code of a number, and counts the known ones.
fn contender<C>(name: &'static str, find: impl Fn(i64) -> Option<C> + 'static) -> Contender {
    Contender::new(name, move |draws: &[i64]| {
        draws.iter().map(|draw| u64::from(black_box(find(black_box(*draw))).is_some())).sum()
    })
}

fn main() {
    compare("Kafka", kafka::NUMBERS, &kafka::contenders());
    compare("MongoDB", mongodb::NUMBERS, &mongodb::contenders());
    compare("MySQL", mysql::NUMBERS, &mysql::contenders());
}

fn compare(title: &str, numbers: &[i64], contenders: &[Contender]) {
    let random = &mut Rng::with_seed(7);
    let known: HashSet<i64> = numbers.iter().copied().collect();
    let hit = |random: &mut Rng| numbers[random.usize(..numbers.len())];
    let miss = |random: &mut Rng| loop {
        let near = hit(random) + random.i64(-NEAR..=NEAR);
        let number = if random.bool() { near } else { random.i32(..).into() };
        if !known.contains(&number) {
            return number;
        }
    };
    let mixed = |random: &mut Rng| if random.usize(..5) == 0 { miss(random) } else { hit(random) };
    let kinds: [(&str, Draw<'_>); 3] = [("hits", &hit), ("misses", &miss), ("1 miss in 5", &mixed)];
    let columns = kinds.map(|(kind, draw)| {
        let draws = |random: &mut Rng| -> Vec<i64> { (0..DRAWS).map(|_| draw(random)).collect() };
        (kind, measure(kind, ROUNDS, DRAWS, contenders, random, draws))
    });
    rounds::print(&format!("{title}, {} numbers", numbers.len()), &columns);
}
