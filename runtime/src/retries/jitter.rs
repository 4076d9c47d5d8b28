//! Random waits.

use core::time::Duration;

/// A source of random waits: `SplitMix64`, which hashes a counter.
#[derive(Clone, Debug)]
pub(super) struct Jitter(Option<u64>);

impl Jitter {
    pub(super) const fn new() -> Self {
        Self(None)
    }

    pub(super) const fn seeded(seed: u64) -> Self {
        Self(Some(seed))
    }

    /// Picks a wait from `least` to `most`, which is not shorter. Without a seed, it is `most`.
    pub(super) fn pick(&mut self, least: Duration, most: Duration) -> Duration {
        let state = self.0;
        // `Retries::new` is `const`, so the seed is made here. A clone without one makes its own.
        #[cfg(feature = "std")]
        let state = state.or_else(|| Some(random_seed()));
        let Some(state) = state else {
            return most;
        };
        let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0 = Some(state);
        let spread = u64::try_from(most.saturating_sub(least).as_nanos()).unwrap_or(u64::MAX);
        // The bias of the remainder is negligible: 30 s are 2³⁵ ns, and the number has 64 bits.
        least + Duration::from_nanos(mix(state) % spread.saturating_add(1))
    }
}

/// Mixes the bits of a counter. The constants are those of <https://prng.di.unimi.it/splitmix64.c>.
const fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(feature = "std")]
fn random_seed() -> u64 {
    use core::hash::BuildHasher;

    // The keys of a new hasher are random.
    std::hash::RandomState::new().hash_one(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first values of the reference implementation with seed 1234567.
    #[test]
    fn mix_is_splitmix64() {
        let mut state = 1_234_567_u64;
        let values = [(); 3].map(|()| {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            mix(state)
        });
        assert_eq!(values, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn both_bounds_are_picked() {
        let mut jitter = Jitter::seeded(0);
        let (least, most) = (Duration::from_nanos(5), Duration::from_nanos(7));
        let picked = [(); 64].map(|()| jitter.pick(least, most).as_nanos());
        for nanoseconds in 4..=8 {
            assert_eq!(picked.contains(&nanoseconds), (5..=7).contains(&nanoseconds), "{nanoseconds}");
        }
    }

    #[test]
    fn equal_bounds_are_the_wait() {
        for wait in [Duration::ZERO, Duration::from_secs(1), Duration::MAX] {
            assert_eq!(Jitter::seeded(1).pick(wait, wait), wait);
            assert_eq!(Jitter::new().pick(wait, wait), wait);
        }
        assert!(Jitter::seeded(1).pick(Duration::ZERO, Duration::MAX) > Duration::ZERO);
    }

    #[test]
    fn seed_repeats_the_waits() {
        let waits = |mut jitter: Jitter| [(); 3].map(|()| jitter.pick(Duration::ZERO, Duration::from_secs(1)));
        let [first, second, third] = waits(Jitter::seeded(7));
        assert!(first != second && second != third);
        assert_eq!(waits(Jitter::seeded(7)), [first, second, third]);
        assert_ne!(waits(Jitter::seeded(8)), [first, second, third]);
        // Without `std`, there is no source of a seed.
        if cfg!(feature = "std") {
            assert_ne!(waits(Jitter::new()), waits(Jitter::new()));
        } else {
            assert_eq!(waits(Jitter::new()), [Duration::from_secs(1); 3]);
        }
    }
}
