//! Detached SSH signatures on documents, and who may sign: what `ssh-keygen -Y sign` makes, read without it.
//!
//! What a signature proves and what it does not stands in `docs/trust.md`.

mod allowed;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use ssh_key::{Error, Fingerprint, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

pub use allowed::{AllowedSigners, Refused, Unfit};

/// What signatures are made for. One made for another use, such as a login or a commit, is no signature on a document.
pub const NAMESPACE: &str = "sekretesskoll";

/// The time zone of days and of times without a zone.
const ZONE: &str = "Europe/Stockholm";

/// The moments at which a key must have been valid, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct During {
    /// The first.
    pub from: Timestamp,
    /// The last.
    pub until: Timestamp,
}

impl During {
    /// One moment.
    #[must_use]
    pub fn moment(at: Timestamp) -> Self {
        Self {
            from: at,
            until: at,
        }
    }

    /// The whole of a day in Sweden; none for a day that the calendar of the zone does not reach.
    #[must_use]
    pub fn day(day: Date) -> Option<Self> {
        let start = |day: Date| day.in_tz(ZONE).ok().map(|day| day.timestamp());
        let last = start(day.tomorrow().ok()?)?.as_second() - 1;
        Some(Self {
            from: start(day)?,
            until: Timestamp::from_second(last).ok()?,
        })
    }
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The principals of the line that lets the key sign, as they stand there.
    pub principals: String,
    /// The fingerprint of the key, `SHA256:…`.
    pub fingerprint: String,
    /// The algorithm, as OpenSSH names it.
    pub algorithm: String,
}

/// Why a signature is not good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no SSH signature, or it is damaged.
    Garbage,
    /// It was made for something else; what, is not repeated: the signer chose the words.
    Namespace,
    /// It rests on another hash than SHA-512.
    Hash,
    /// The key is of a sort that this program does not verify.
    Algorithm(String),
    /// It is not a signature on these bytes.
    Changed,
    /// The key stands on no line of the allowed signers.
    Unknown(String),
    /// The key stands there, but not for the person who was asked for.
    SomebodyElse(String),
    /// The key may not sign documents of this program.
    NotForThis(String),
    /// The key was not yet valid.
    NotYet(String),
    /// The key was no longer valid.
    Expired(String),
}

/// Verifies a signature on bytes, and that its key may sign: for whom (where somebody is asked for), for this use, then.
///
/// # Errors
/// The first thing that is wrong: the signature itself before who made it.
pub fn verify(
    bytes: &[u8],
    signature: &[u8],
    allowed: &AllowedSigners,
    signer: Option<&str>,
    during: During,
) -> Result<Signer, Fault> {
    let signature = read(signature)?;
    if signature.namespace() != NAMESPACE {
        return Err(Fault::Namespace);
    }
    if signature.hash_alg() != HashAlg::Sha512 {
        return Err(Fault::Hash);
    }
    let key = PublicKey::from(signature.public_key().clone());
    if !is_verified(&key.algorithm()) {
        return Err(Fault::Algorithm(printable(&key.algorithm())));
    }
    key.verify(NAMESPACE, bytes, &signature)
        .map_err(|_| Fault::Changed)?;
    allowed.find(&key, signer, during)
}

/// Reads a signature. Its version and its lengths are no part of what is signed, and only one way to write them is taken.
fn read(armoured: &[u8]) -> Result<SshSig, Fault> {
    let signature = SshSig::from_pem(armoured).map_err(|error| fault(&error))?;
    let again = signature.to_pem(LineEnding::LF).unwrap_or_default();
    let same = signs(again.as_bytes()).eq(signs(armoured));
    let good = same && signature.version() == SshSig::VERSION;
    good.then_some(signature).ok_or(Fault::Garbage)
}

/// What stands in an armour, however its lines are broken.
fn signs(armoured: &[u8]) -> impl Iterator<Item = &u8> {
    armoured.iter().filter(|byte| !byte.is_ascii_whitespace())
}

/// What is wrong with a signature that cannot be read.
fn fault(error: &Error) -> Fault {
    match error {
        Error::AlgorithmUnsupported { algorithm } => Fault::Algorithm(printable(algorithm)),
        _ => Fault::Garbage,
    }
}

/// The algorithms that are verified.
fn is_verified(algorithm: &ssh_key::Algorithm) -> bool {
    use ssh_key::{Algorithm, EcdsaCurve};
    match algorithm {
        Algorithm::Ed25519 | Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256 => true,
        Algorithm::Ecdsa { curve } => *curve != EcdsaCurve::NistP521,
        _ => false,
    }
}

/// The name of an algorithm: a signature may name one that its maker made up.
fn printable(algorithm: &ssh_key::Algorithm) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-@.".contains(*c);
    algorithm.as_str().chars().filter(plain).take(60).collect()
}

fn fingerprint(key: &PublicKey) -> Fingerprint {
    key.fingerprint(HashAlg::Sha256)
}

/// A private key that can sign. `Debug` prints nothing of it.
pub struct Key(PrivateKey);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Why a private key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is no private key in OpenSSH's form.
    NotAKey,
    /// It is of a sort that does not sign here, or lies in hardware.
    Algorithm,
    /// The passphrase is not the right one.
    Passphrase,
}

impl Key {
    /// Reads a private key, encrypted or not.
    ///
    /// # Errors
    /// It is no private key in OpenSSH's form.
    pub fn read(text: &[u8]) -> Result<Self, Unusable> {
        let key = PrivateKey::from_openssh(text);
        key.map(Self).map_err(|_| Unusable::NotAKey)
    }

    /// Whether it needs its passphrase before it can sign.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.is_encrypted()
    }

    /// The key with its passphrase taken off.
    ///
    /// # Errors
    /// The passphrase is not the right one.
    pub fn unlocked(&self, passphrase: &str) -> Result<Self, Unusable> {
        let key = self.0.decrypt(passphrase);
        key.map(Self).map_err(|_| Unusable::Passphrase)
    }

    /// A detached signature on bytes, as `ssh-keygen -Y sign` would make it.
    ///
    /// # Errors
    /// The key does not sign here.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, Unusable> {
        let signed = self.0.sign(NAMESPACE, HashAlg::Sha512, bytes);
        let armoured = signed.and_then(|signature| signature.to_pem(LineEnding::LF));
        armoured.map_err(|_| Unusable::Algorithm)
    }

    /// The fingerprint of the key, `SHA256:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(self.0.public_key()).to_string()
    }
}
