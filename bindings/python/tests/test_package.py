"""What the package promises as a whole."""

import inspect
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import saleschecklist as sc


def test_every_public_name_is_documented() -> None:
    for name in sc.__all__:
        value = getattr(sc, name)
        if name != "__version__":
            doc = inspect.getdoc(value)
            assert doc and not doc.startswith(f"{name}("), name


def test_the_version_has_one_home(root: Path) -> None:
    header = (root / "include/saleschecklist/config.h").read_text(encoding="utf-8")
    found = re.search(r'SALESCHECKLIST_VERSION "([^"]+)"', header)
    assert found and sc.__version__ == sc.version() == version("saleschecklist") == found[1]


def test_the_package_is_typed() -> None:
    folder = Path(inspect.getfile(sc)).parent
    assert (folder / "py.typed").exists() and (folder / "_core.pyi").exists()


def test_importing_it_does_not_import_numpy() -> None:
    code = "import sys, saleschecklist; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
