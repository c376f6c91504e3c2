//! Pictures: drawings of our own, uploads made safe, QR codes. A leaf: the heavy dependencies
//! stay inside, and nothing here knows what a product or a member is.

pub mod font;
pub mod look;
pub mod picture;
pub mod poster;
pub mod qr;
pub mod render;

/// Why a picture was not taken. The sentence for a reader is made where pages are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than [`picture::MOST_BYTES`].
    TooHeavy,
    /// Not JPEG, PNG, WebP or GIF, whatever the name says.
    WrongType,
    /// More pixels than [`picture::MOST_PIXELS`], or a side nobody needs.
    TooLarge,
    /// Says it is a picture and cannot be read to the end.
    Broken,
    /// A drawing that is no drawing.
    NotDrawable,
    /// More text than a QR code holds.
    TooMuchText,
}

impl Refused {
    /// A stable word for the API and for looking up the sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooHeavy => "picture_too_heavy",
            Self::WrongType => "picture_wrong_type",
            Self::TooLarge => "picture_too_large",
            Self::Broken => "picture_broken",
            Self::NotDrawable => "not_drawable",
            Self::TooMuchText => "qr_too_much_text",
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refused {}
