//! A picture that somebody sent, judged by its content and drawn anew.

use std::io::Cursor;

use image::error::{LimitError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// Longest side of a picture that is read, in pixels.
const SIDE_MAX: u32 = 8_192;
/// Most memory that a picture may take once it is read, in bytes: 25 million pixels of four bytes.
const MEMORY_BYTES_MAX: u64 = 100_000_000;
/// Longest side of a picture that is kept, in pixels; a larger one is made smaller.
pub const KEPT_SIDE_MAX: u32 = 512;

/// The bytes are no JPEG, GIF or PNG, too large in pixels, or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not a picture that is taken")]
pub struct NotAPicture;

/// Reads a JPEG, GIF (its first picture) or PNG, by its content (PRO-12), turns it as its maker meant,
/// makes it fit, and writes it as a PNG: metadata stay behind. Any sides are taken, not only equal
/// ones (PRO-14). Takes CPU time: not for an async task.
///
/// # Errors
/// [`NotAPicture`] for everything else.
pub fn redrawn(bytes: &[u8]) -> Result<Vec<u8>, NotAPicture> {
    let format = image::guess_format(bytes).map_err(|_| NotAPicture)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::Png) {
        return Err(NotAPicture);
    }
    let picture = read(bytes, format).map_err(|_| NotAPicture)?;
    let fits = picture.width() <= KEPT_SIDE_MAX && picture.height() <= KEPT_SIDE_MAX;
    let picture = if fits { picture } else { picture.thumbnail(KEPT_SIDE_MAX, KEPT_SIDE_MAX) };
    let mut png = Vec::new();
    let picture = DynamicImage::from(picture.into_rgba8());
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|_| NotAPicture)?;
    Ok(png)
}

fn read(bytes: &[u8], format: ImageFormat) -> image::ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    // Readers keep the limits while they work; what they will give in the end, nobody else asks.
    if decoder.total_bytes() > MEMORY_BYTES_MAX {
        return Err(image::ImageError::Limits(LimitError::from_kind(LimitErrorKind::InsufficientMemory)));
    }
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}
