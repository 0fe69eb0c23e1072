"""The command line run in this process, as a user would call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bookkeeper.cli.main import run

VOUCHERS = """\
voucher,date,kind,account,debit,credit,member,narration
1,2024-04-05,receipt,cash,200.00,,,
1,2024-04-05,receipt,member-savings,,100.00,1,
1,2024-04-05,receipt,member-savings,,100.00,2,
2,2024-04-05,payment,stationery,20.00,,,minute book
2,2024-04-05,payment,cash,,20.00,,minute book
"""
MEMBERS = "member,name,joined\n1,Asha Patil,2024-04-01\n2,Bharati Naik,2024-04-01\n"


@dataclass(frozen=True)
class Answer:
    """What a call answered: exit status, standard output and standard error."""

    status: int
    out: str
    err: str


Call = Callable[..., Answer]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the program on the books g.books of a fresh folder."""

    def called(*arguments: str) -> Answer:
        capsys.readouterr()
        try:
            status = run(["--books", str(tmp_path / "g.books"), *arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(status, said.out, said.err)

    return called


@pytest.fixture
def group(call: Call, tmp_path: Path) -> Call:
    """Books with the group SHG1 of two members and the two vouchers of VOUCHERS."""
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (tmp_path / "vouchers.csv").write_text(VOUCHERS, encoding="utf-8")
    for arguments in (
        ("new", str(tmp_path / "g.books")),
        ("entity", "add", "SHG1", "--name", "Savitri", "--kind", "shg", "--starts", "2024-04-01"),
        ("member", "import", "SHG1", str(tmp_path / "members.csv")),
        ("post", "SHG1", str(tmp_path / "vouchers.csv")),
    ):
        answer = call(*arguments)
        assert answer.status == 0, answer.err
    return call
