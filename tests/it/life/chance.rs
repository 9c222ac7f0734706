//! What happens by chance, and again in the same way: `SplitMix64`.

/// A stream of numbers that grows from a seed.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 on, less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// From `first` to `last`, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        first + i64::try_from(self.next() % u64::try_from(last - first + 1).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let told = |seed| {
        let mut chance = Chance::new(seed);
        [chance.below(1000), chance.below(1000), chance.below(1000)]
    };
    assert_eq!(told(1), told(1));
    assert_ne!(told(1), told(2));
    assert!((0..100).all(|_| (3..=5).contains(&Chance::new(9).between(3, 5))));
}
