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
    use super::mix;

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
}
