"""Files as users hand them in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bookkeeper.errors import BadInput

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def refusal() -> Callable[[Callable[[Path], object], Path], str]:
    """What is said of a file that is not taken; it always names the file as it was given."""

    def refusal(read: Callable[[Path], object], path: Path) -> str:
        with pytest.raises(BadInput) as refused:
            read(path)
        said = str(refused.value)
        assert refused.value.exit_status == 2
        assert all(line.startswith(f"{path}: ") for line in said.splitlines())
        return said.replace(f"{path}: ", "")

    return refusal
