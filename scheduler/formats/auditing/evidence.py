"""evidence.zip: what an inspector takes along, with a manifest of SHA-256."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

EVIDENCE_FILE = "evidence.zip"
MANIFEST = "manifest.csv"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_evidence(parts: Mapping[str, bytes], path: Path) -> None:
    """Pack files under their names; the manifest lists name, bytes and SHA-256.

    Equal parts give an equal file.

    Raises:
        OSError: the file cannot be written.
    """
    lines = ["name,bytes,sha256"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            content = parts[name]
            lines.append(f"{name},{len(content)},{hashlib.sha256(content).hexdigest()}")
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
        manifest = zipfile.ZipInfo(MANIFEST, _EPOCH)
        archive.writestr(manifest, "\n".join(lines) + "\n")
