//! Dice that fall the same way for the same seed (`SplitMix64`, by Vigna): a demonstration, not a secret.

/// The dice.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Dice of this seed.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to one less than `end`; 0 where there is none.
    ///
    /// ```
    /// use etabli::demo::chance::Chance;
    /// let throw = || { let mut dice = Chance::seeded(7); [dice.below(6), dice.below(6), dice.below(6)] };
    /// assert_eq!(throw(), throw());
    /// assert!(throw().iter().all(|number| (0..6).contains(number)));
    /// assert_eq!(Chance::seeded(7).below(0), 0);
    /// ```
    pub fn below(&mut self, end: i64) -> i64 {
        let thrown = i64::try_from(self.next() >> 1).unwrap_or(0);
        thrown.checked_rem(end).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    /// Whether it happens that happens so often in a hundred.
    pub fn percent(&mut self, often: i64) -> bool {
        self.below(100) < often
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let count = i64::try_from(of.len()).unwrap_or(0);
        of.get(usize::try_from(self.below(count)).unwrap_or(0))
    }
}
