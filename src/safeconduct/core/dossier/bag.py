"""The BagIt 1.0 bag (RFC 8493) around a dossier: every tag file follows from the manifest and the attestations."""

from collections.abc import Mapping

from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.dossier.measuring import sha256_hex

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST_PATH = "manifest.json"
TAG_MANIFEST_PATH = "tagmanifest-sha256.txt"


def attestation_paths(manifest: Manifest) -> tuple[str, ...]:
    """The evaluators' envelopes in the manifest's order, the organisation's, and the time stamper's if there is one."""
    stamps = () if manifest.time_stamper is None else (time_path(manifest),)
    return (*evaluation_paths(manifest), release_path(manifest), *stamps)


def evaluation_paths(manifest: Manifest) -> tuple[str, ...]:
    """The evaluators' envelopes in the manifest's order."""
    return tuple(f"attestations/{number:03}-evaluation.json" for number in range(1, len(manifest.evaluators) + 1))


def release_path(manifest: Manifest) -> str:
    """The organisation's envelope."""
    return f"attestations/{len(manifest.evaluators) + 1:03}-release.json"


def time_path(manifest: Manifest) -> str:
    """The time stamper's envelope, where the manifest names one."""
    return f"attestations/{len(manifest.evaluators) + 2:03}-time.json"


def tag_files(manifest: Manifest, attestations: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the bag outside data/, by path; `attestations` by path too."""
    files = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": bag_info(manifest),
        "manifest-sha256.txt": _lines({item.path: item.sha256 for item in manifest.items}),
        "manifest-sha512.txt": _lines({item.path: item.sha512 for item in manifest.items}),
        MANIFEST_PATH: manifest.encode(),
        **attestations,
    }
    files[TAG_MANIFEST_PATH] = tag_manifest(files)
    return files


def bag_info(manifest: Manifest) -> bytes:
    """bag-info.txt: only what the manifest says, in a fixed order."""
    octets = sum(item.size for item in manifest.items)
    lines = {
        "Source-Organization": manifest.organisation,
        "External-Identifier": f"{manifest.reference} v{manifest.version}",
        "Bagging-Date": manifest.day.isoformat(),
        "Payload-Oxum": f"{octets}.{len(manifest.items)}",
    }
    return "".join(f"{label}: {value}\n" for label, value in lines.items()).encode()


def tag_manifest(files: Mapping[str, bytes]) -> bytes:
    """The digests of all tag files but this one."""
    return _lines({path: sha256_hex(content) for path, content in files.items()})


def _lines(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()
