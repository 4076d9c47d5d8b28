//! Times contenders in rounds. A round has new input, the same for all, and a random order.

use std::borrow::Borrow;
use std::hint::black_box;
use std::time::Instant;

/// A timed function over the input. It returns a sum that must be the same for all contenders.
pub(crate) struct Contender<'a, I: ?Sized> {
    name: &'static str,
    run: Box<dyn Fn(&I) -> u64 + 'a>,
}

impl<'a, I: ?Sized> Contender<'a, I> {
    pub(crate) fn new(name: &'static str, run: impl Fn(&I) -> u64 + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Runs the rounds and prints a table: the median time of one item, and the median ratio to the
/// first contender in the same round.
///
/// In each round a contender first runs on input that is not timed, so that its tables are cached.
///
/// # Panics
///
/// Panics if two contenders return different sums.
pub(crate) fn compare<I: ?Sized, O: Borrow<I>>(
    title: &str,
    rounds: usize,
    items: usize,
    contenders: &[Contender<'_, I>],
    random: &mut fastrand::Rng,
    mut input: impl FnMut(&mut fastrand::Rng) -> O,
) {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    let mut order: Vec<usize> = (0..contenders.len()).collect();
    for _ in 0..rounds {
        let (warm, timed) = (input(random), input(random));
        random.shuffle(&mut order);
        let mut sums = vec![0; contenders.len()];
        for &contender in &order {
            let run = &contenders[contender].run;
            black_box(run(black_box(warm.borrow())));
            let start = Instant::now();
            sums[contender] = run(black_box(timed.borrow()));
            times[contender].push(start.elapsed().as_secs_f64() * 1e9 / items as f64);
        }
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{title}: different sums: {sums:?}");
    }
    println!("\n### {title}\n\n| | ns | ratio |\n|---|---:|---:|");
    for (contender, own) in contenders.iter().zip(&times) {
        let ratios = own.iter().zip(&times[0]).map(|(own, first)| own / first).collect();
        println!("| {} | {:.1} | {:.2} |", contender.name, median(own.clone()), median(ratios));
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
