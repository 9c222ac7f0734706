//! How passwords are kept: Argon2id (RFC 9106), on few threads.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self, PasswordHasher, PasswordVerifier,
        phc::{Output, PasswordHash},
    },
};

use super::{
    Password,
    threads::{Memory, Threads},
};
use crate::{config, kernel::Result};

/// Hashes and compares passwords, so many at a time: a storm of sign-ins waits here and starves nobody else.
#[derive(Clone)]
pub struct Hasher {
    argon: Argon2<'static>,
    threads: Threads,
    /// What is compared where there is no hash: an unknown address costs the time of a wrong password.
    decoy: Arc<str>,
}

/// What came of comparing a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one.
    Right,
    /// It is the one, and its hash was made with other parameters than today's: hash it again.
    RightButOld,
    /// It is not.
    Wrong,
}

impl Hasher {
    /// A hasher with these parameters.
    ///
    /// # Errors
    /// When Argon2 does not know such parameters, in words for the one who set them.
    pub fn new(settings: config::Passwords) -> anyhow::Result<Self> {
        let params = Params::new(settings.memory_kib, settings.iterations, settings.lanes, None)
            .map_err(|error| anyhow!("passwords: {error}"))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let threads = match settings.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            some => some,
        };
        let decoy = decoy(argon.params()).into();
        let threads = Threads::start(threads).context("start the threads for passwords")?;
        Ok(Self { argon, threads, decoy })
    }

    /// The text to keep instead of a password.
    pub async fn hash(&self, password: &Password) -> Result<String> {
        let password = password.clone();
        self.run(move |argon, _| hash_with(argon, password.reveal())).await
    }

    /// [`Self::hash`] on the thread of the caller, for the command line.
    pub fn hash_here(&self, password: &Password) -> anyhow::Result<String> {
        hash_with(&self.argon, password.reveal())
    }

    /// Compares a password with the kept text; takes the same time where there is none.
    pub async fn verify(&self, password: &Password, kept: Option<&str>) -> Result<Verdict> {
        let (password, known) = (password.clone(), kept.is_some());
        let kept: Arc<str> = kept.map_or_else(|| Arc::clone(&self.decoy), Arc::from);
        let verify = move |argon: &_, memory: &mut _| verify_with(argon, password.reveal(), &kept, memory);
        let verdict = self.run(verify).await?;
        Ok(if known { verdict } else { Verdict::Wrong })
    }

    /// Judges a password on the same few threads: guessing like an attacker is work too.
    pub async fn judge(&self, password: &Password, about: Vec<String>) -> Result<Option<super::Weakness>> {
        let password = password.clone();
        self.run(move |_, _| {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            Ok(super::weakness(&password, &about))
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>, &mut Memory) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T> {
        let argon = self.argon.clone();
        Ok(self.threads.run(move |memory| work(&argon, memory)).await?)
    }
}

/// What nobody's password is kept as: no password gives these bytes.
fn decoy(params: &Params) -> String {
    let (memory, iterations, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
    let (salt, hash) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={memory},t={iterations},p={lanes}${salt}${hash}")
}

fn hash_with(argon: &Argon2<'_>, password: &str) -> anyhow::Result<String> {
    let hash: PasswordHash =
        argon.hash_password(password.as_bytes()).map_err(|error| anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

fn verify_with(
    argon: &Argon2<'_>,
    password: &str,
    kept: &str,
    memory: &mut Memory,
) -> anyhow::Result<Verdict> {
    let kept =
        PasswordHash::new(kept).map_err(|error| anyhow!("a kept password hash is not readable: {error}"))?;
    if is_of_today(argon, &kept)
        && let (Some(salt), Some(expected)) = (&kept.salt, &kept.hash)
    {
        memory.resize(argon.params().block_count(), Block::new());
        let mut output = vec![0; expected.len()];
        argon
            .hash_password_into_with_memory(password.as_bytes(), salt.as_ref(), &mut output, memory)
            .map_err(|error| anyhow!("argon2: {error}"))?;
        // Compared in constant time.
        let same = Output::new(&output).is_ok_and(|output| output == *expected);
        return Ok(if same { Verdict::Right } else { Verdict::Wrong });
    }
    match argon.verify_password(password.as_bytes(), &kept) {
        Ok(()) => Ok(Verdict::RightButOld),
        Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(error) => Err(anyhow!("argon2: {error}")),
    }
}

fn is_of_today(argon: &Argon2<'_>, kept: &PasswordHash) -> bool {
    let (then, now) = (Params::try_from(kept), argon.params());
    kept.algorithm.as_str() == "argon2id"
        && kept.version == Some(Version::V0x13.into())
        && then.is_ok_and(|then| {
            (then.m_cost(), then.t_cost(), then.p_cost()) == (now.m_cost(), now.t_cost(), now.p_cost())
        })
}

#[cfg(test)]
mod tests {
    use super::{Hasher, Password, PasswordHash, Verdict, config, is_of_today};

    fn hasher(memory_kib: u32) -> Hasher {
        Hasher::new(config::Passwords { memory_kib, iterations: 1, lanes: 1, threads: 1 }).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_recognised_and_another_is_not() {
        let (hasher, password) = (hasher(16), Password::new("girafe tournevis dimanche"));
        let kept = hasher.hash(&password).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=16,t=1,p=1$"), "{kept}");
        assert_eq!(hasher.verify(&password, Some(&kept)).await.unwrap(), Verdict::Right);
        assert_eq!(hasher.verify(&Password::new("girafe"), Some(&kept)).await.unwrap(), Verdict::Wrong);
        assert_eq!(hasher.verify(&Password::new("nobody's password"), None).await.unwrap(), Verdict::Wrong);
    }

    #[test]
    fn the_decoy_costs_what_a_password_of_today_costs() {
        let hasher = hasher(16);
        assert!(is_of_today(&hasher.argon, &PasswordHash::new(&hasher.decoy).unwrap()));
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_asks_to_be_made_again() {
        let password = Password::new("girafe tournevis dimanche");
        let kept = hasher(8).hash(&password).await.unwrap();
        assert_eq!(hasher(16).verify(&password, Some(&kept)).await.unwrap(), Verdict::RightButOld);
    }
}
