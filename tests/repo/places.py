"""Where things lie, and which files belong to the repository."""

from pathlib import Path
import subprocess

ROOT = Path(__file__).resolve().parents[2]
INTEGRATION = ROOT / "custom_components" / "legrand_ews"
CORE = INTEGRATION / "ews"


def repository_files() -> list[Path]:
    """Return every file that is, or would be, part of a clone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())
