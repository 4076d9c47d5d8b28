//! Times contenders in rounds. A round has new input, the same for all, and a random order.

use std::borrow::Borrow;
use std::hint::black_box;
use std::time::Instant;

/// A timed function over the input. It returns a sum that must be the same for all contenders.
pub(crate) struct Contender<'a, I: ?Sized> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn(&I) -> u64 + 'a>,
}

impl<'a, I: ?Sized> Contender<'a, I> {
    pub(crate) fn new(name: &'static str, run: impl Fn(&I) -> u64 + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// The result of a contender.
pub(crate) struct Measured {
    name: &'static str,
    /// The median time of one item.
    nanoseconds: f64,
    /// The median ratio to the first contender in the same round.
    ratio: f64,
}

impl Measured {
    /// Returns how many decimals of the time to print.
    fn decimals(&self) -> usize {
        usize::from(self.nanoseconds < 1e3)
    }
}

/// Runs the rounds.
///
/// In each round a contender first runs on input that is not timed, so that its tables are cached.
///
/// # Panics
///
/// Panics if two contenders return different sums.
pub(crate) fn measure<I: ?Sized, O: Borrow<I>>(
    title: &str,
    rounds: usize,
    items: usize,
    contenders: &[Contender<'_, I>],
    random: &mut fastrand::Rng,
    mut input: impl FnMut(&mut fastrand::Rng) -> O,
) -> Vec<Measured> {
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
    let ratio = |own: &[f64]| median(own.iter().zip(&times[0]).map(|(own, first)| own / first).collect());
    let measured = |(contender, own): (&Contender<'_, I>, &Vec<f64>)| Measured {
        name: contender.name,
        nanoseconds: median(own.clone()),
        ratio: ratio(own),
    };
    contenders.iter().zip(&times).map(measured).collect()
}

/// Prints a table with a row for each contender. Each column has a heading and its results.
pub(crate) fn print(title: &str, columns: &[(&str, Vec<Measured>)]) {
    let headings: String = columns.iter().map(|(heading, _)| format!(" {heading} |")).collect();
    println!("\n| {title}: ns (ratio to ours) |{headings}\n|---|{}", "---:|".repeat(columns.len()));
    for (row, first) in columns[0].1.iter().enumerate() {
        let cells = columns.iter().map(|(_, column)| match (row, &column[row]) {
            (0, own) => format!(" {:.*} |", own.decimals(), own.nanoseconds),
            (_, own) => format!(" {:.*} ({:.2}x) |", own.decimals(), own.nanoseconds, own.ratio),
        });
        println!("| {} |{}", first.name, cells.collect::<String>());
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
