"""Which device made a picture, as far as the file says so: for comparing pictures of different people, never for showing."""

import io

from PIL import ExifTags, Image

from safeconduct.core.copies.model import CopyRefused, Limit, Refusal

HINTED = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Media types that may tell of a device."""
_SINGULAR = {
    "camera": (ExifTags.Base.BodySerialNumber, ExifTags.Base.CameraSerialNumber),
    "lens": (ExifTags.Base.LensSerialNumber,),
    "owner": (ExifTags.Base.CameraOwnerName, ExifTags.Base.Artist),
    "image": (ExifTags.Base.ImageUniqueID,),
}
"""Values that belong to one device, one owner or one shot."""
_COMMON = (ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.Software)


def device_hints(kind: str, content: bytes) -> tuple[str, ...]:
    """Words such as `camera 12345`, and `model Make Model Software`, which many people share; empty where the file says nothing.

    Parses hostile bytes: run it where nothing can be opened (safeconduct.copyist). CopyRefused for other kinds and broken files.
    """
    if kind not in HINTED:
        raise CopyRefused(Refusal.KIND)
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            tags = picture.getexif()
            values = {**dict(tags), **dict(tags.get_ifd(ExifTags.IFD.Exif))}
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, Image.DecompressionBombError) as error:
        raise CopyRefused(Refusal.BROKEN) from error
    singular = {f"{name} {text}" for name, wanted in _SINGULAR.items() for tag in wanted if (text := _text(values.get(tag)))}
    model = " ".join(text for tag in _COMMON if (text := _text(values.get(tag))))
    return tuple(sorted(singular | ({f"model {model}"} if model else set())))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "ignore")
    if not isinstance(value, str):
        return ""
    words = " ".join("".join(character if character.isprintable() else " " for character in value).split())
    return words[:80] if words.strip("0 -") else ""
