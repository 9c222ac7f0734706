//! The two ways a use case does not succeed: a refusal, or a fault.

use super::{Code, Refusal, words::Values};

/// What a use case answers when it does not succeed.
#[derive(Debug)]
pub enum Error {
    /// The house says no, for one or several reasons; never empty.
    Refused(Vec<Refusal>),
    /// The request is not well filled in: a sentence beside each field.
    Invalid(Vec<FieldError>),
    /// Something broke. The person sees an opaque 500, the log the whole story.
    Fault(anyhow::Error),
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where, as a dotted path: `results[2].member`.
    pub path: String,
    /// Key of the sentence in `locales/*/fields.ftl`, without `field-`; also the code on the wire.
    pub code: &'static str,
    /// What the sentence speaks of.
    pub values: Values,
}

/// The answer of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Refused for one reason that needs no facts.
    #[must_use]
    pub fn refused(code: Code) -> Self {
        Refusal::new(code).into()
    }

    /// One field is wrong.
    #[must_use]
    pub fn field(path: impl Into<String>, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(path, code)])
    }

    /// The code that stands for the whole answer.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(refusals) => {
                refusals.iter().map(|refusal| refusal.code).min().unwrap_or(Code::InternalError)
            }
            Self::Invalid(fields) if fields.iter().any(|field| field.code == "unknown_field") => {
                Code::UnknownField
            }
            Self::Invalid(_) => Code::InvalidRequest,
            Self::Fault(_) => Code::InternalError,
        }
    }
}

impl FieldError {
    /// A field whose sentence needs no values.
    #[must_use]
    pub fn new(path: impl Into<String>, code: &'static str) -> Self {
        Self { path: path.into(), code, values: Values::new() }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<anyhow::Error> for Error {
    fn from(fault: anyhow::Error) -> Self {
        Self::Fault(fault)
    }
}
