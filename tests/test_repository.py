"""What the repository promises: one importable package, no trace of a machine, complete rules."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import flexports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sim" / "flexports"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Each with one letter in brackets, so that this file does not hold what it looks for.
TRACES = {
    "a package index": re.compile(
        r"https?://[^\s\"'<>)]*/(?:[s]imple|[p]ackages)/|[p]ythonhosted\.org|[r]egistry\.npmjs"
        r"|--(?:extra-)?[i]ndex-url|--[f]ind-links"
    ),
    "a folder of one machine": re.compile(
        r"(?<![\w.~}])/(?:[h]ome/|[r]oot/|[U]sers/|[w]ork/|[t]mp/ipykernel_)|\.\./[s]hared\b"
    ),
}


def files_of_the_project() -> list[Path]:
    """List what is tracked, or would be: all but what .gitignore names."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listing.split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """Read a text file; of a binary one, nothing."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode(errors="replace")


def modules_of_the_package() -> set[str]:
    """Name the modules and packages that stand directly in flexports."""
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    return modules | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def layers() -> list[set[str]]:
    """Read the layers of the import contracts, highest first, without their optional marks."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (layered,) = (contract for contract in contracts if contract["type"] == "layers")
    return [set(re.findall(r"\w+", layer)) for layer in layered["layers"]]


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_names(trace: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files_of_the_project()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if TRACES[trace].search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("trace", "text"),
    [
        ("a package index", "https://index.example/" + "simple/numpy"),
        ("a package index", "pip install --" + "index-url here"),
        ("a folder of one machine", "in /" + "home/jane/floor.toml"),
        ("a folder of one machine", 'open("/' + 'root/calls.csv")'),
        ("a folder of one machine", "see .." + "/shared/notes.md"),
    ],
)
def test_the_search_finds(trace: str, text: str) -> None:
    assert TRACES[trace].search(text)


@pytest.mark.parametrize("folder", ["sim", "models", "experiments"])
def test_flexports_is_the_only_name_that_an_installation_adds(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    assert {path.parts[0] for path in held} == {
        "flexports",
        f"flexports-{flexports.__version__}.dist-info",
    }
    sources = {path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py")}
    assert sources | {Path("flexports/py.typed")} <= held


def test_the_version_is_one() -> None:
    assert PROJECT["project"]["version"] == flexports.__version__


def test_the_changelog_tells_of_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{flexports.__version__}]" in changelog or "## [Unreleased]" in changelog


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(?!=)", makefile, flags=re.MULTILINE)
    # A make that runs these tests would hand its own flags down.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    listed = subprocess.run(
        ["make"], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    ).stdout
    assert re.findall(r"^  ([a-z-]+)  +\S", listed, flags=re.MULTILINE) == targets


def test_every_module_has_its_layer() -> None:
    declared = [module for layer in layers() for module in layer]
    assert len(declared) == len(set(declared))
    assert modules_of_the_package() - set(declared) == set()


def test_everything_required_is_pinned() -> None:
    def names(requirements: list[str]) -> set[str]:
        starts = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
        return {re.sub(r"[-_.]+", "-", start[0].lower()) for start in starts if start}

    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    required = names(project["dependencies"]).union(*(names(extra) for extra in extras.values()))
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert required - names([line for line in pinned if "==" in line]) == set()
