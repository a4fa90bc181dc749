import io
import sys
from pathlib import Path

import pytest

from portal.embedded.cleaning import clean_data
from portal.embedded.data_directory import DataDirectory
from portal.embedded.errors import AlreadyRunningError, DataVersionError
from portal.embedded.steps import Console


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    """Data of the portal with one file in it, chosen by the environment."""
    data = DataDirectory(tmp_path / "data")
    data.path.mkdir()
    data.write_version()
    (data.path / "answers").write_text("precious")
    monkeypatch.setenv("PORTAL_DATA_DIR", str(data.path))
    return data


def clean(monkeypatch: pytest.MonkeyPatch, answer: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    return clean_data(Console(io.StringIO()))


@pytest.mark.parametrize("answer", ["", "no\n", "y\n"])
def test_only_the_word_asked_for_removes_the_data(
    data: DataDirectory, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    assert clean(monkeypatch, answer) == 1
    assert (data.path / "answers").read_text() == "precious"
    assert clean(monkeypatch, "yes\n") == 0
    assert not data.path.exists()


def test_a_directory_that_is_not_the_portals_stays(
    data: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data.path / "VERSION").unlink()
    with pytest.raises(DataVersionError, match="Nothing was removed"):
        clean(monkeypatch, "yes\n")
    assert (data.path / "answers").exists()


def test_the_data_of_a_running_portal_stays(data: DataDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    data.acquire()
    with pytest.raises(AlreadyRunningError):
        clean(monkeypatch, "yes\n")
    data.release()
    assert (data.path / "answers").exists()
