"""What a forger can do to a dossier without the keys: change files, then make the lists agree again, as far as they know how."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from safeconduct.core.dossier.archive import BASE, write_archive
from safeconduct.core.dossier.bag import MANIFEST_PATH, TAG_MANIFEST_PATH, bag_info, tag_manifest
from safeconduct.core.dossier.manifest import Item, Manifest
from safeconduct.core.dossier.measuring import measure
from tests.core.dossier import parts

Files = dict[str, bytes]
LISTS = {"manifest-sha256.txt": "sha256", "manifest-sha512.txt": "sha512"}


def unpacked(package: bytes) -> Files:
    """The bag's files by path."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {info.filename.removeprefix(BASE): opened.read(info) for info in opened.infolist()}


@lru_cache(maxsize=1)
def _true_files() -> Files:
    return unpacked(parts.dossier_bytes())


def true_files() -> Files:
    """A fresh copy of the true dossier's files."""
    return dict(_true_files())


def repacked(files: Mapping[str, bytes]) -> bytes:
    """The archive that the format prescribes for these files."""
    stream = io.BytesIO()
    named = [(path, measure([content]), _giving(content)) for path, content in files.items()]
    write_archive(named, stream)
    return stream.getvalue()


def _giving(content: bytes) -> Callable[[], tuple[bytes, ...]]:
    return lambda: (content,)


def as_is(files: Files) -> Files:
    """The clumsy forger leaves the lists alone."""
    return files


def with_new_lists(files: Files) -> Files:
    """The forger who knows BagIt writes the bag's lists anew."""
    payload = sorted(path for path in files if path.startswith("data/"))
    for name, algorithm in LISTS.items():
        digests = {path: getattr(measure([files[path]]), algorithm) for path in payload}
        files[name] = "".join(f"{digest}  {path}\n" for path, digest in digests.items()).encode()
    files.pop(TAG_MANIFEST_PATH, None)
    tags = {path: content for path, content in files.items() if not path.startswith("data/")}
    files[TAG_MANIFEST_PATH] = tag_manifest(tags)
    return files


def with_new_manifest(files: Files) -> Files:
    """The forger who knows this format writes manifest.json anew as well; only the signatures are beyond them."""
    if MANIFEST_PATH in files:
        try:
            manifest = Manifest.decode(files[MANIFEST_PATH])
            items = [Item.of(path, measure([files[path]])) for path in sorted(files) if path.startswith("data/")]
            manifest = replace(manifest, items=tuple(items))
            files[MANIFEST_PATH] = manifest.encode()
            files["bag-info.txt"] = bag_info(manifest)
        except Exception:  # noqa: BLE001, S110 - a forger whose file fits no manifest has to leave the old one
            pass
    return with_new_lists(files)


FORGERS = [as_is, with_new_lists, with_new_manifest]
