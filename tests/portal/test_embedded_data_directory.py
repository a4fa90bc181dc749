import os
import shutil
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from portal.embedded.data_directory import DataDirectory, write_private
from portal.embedded.errors import AlreadyRunningError, DataVersionError, DiskFullError
from portal.embedded.privileges import Account, account_for

Usage = namedtuple("Usage", ["total", "used", "free"])
MEGABYTE = 1024**2


@pytest.fixture
def data(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def make_old(data: DataDirectory) -> None:
    data.postgres.mkdir(parents=True)


def test_data_of_another_version_is_refused_with_both_versions_and_a_way_out(data: DataDirectory) -> None:
    make_old(data)
    (data.path / "VERSION").write_text("format 1, PostgreSQL 17\n")
    with pytest.raises(DataVersionError) as caught:
        data.check_version()
    assert "PostgreSQL 17" in caught.value.what_happened
    assert "PostgreSQL 18" in caught.value.what_happened
    assert "make run PORTAL_DATA_DIR=" in caught.value.what_to_do


def test_data_that_says_nothing_about_its_version_is_refused(data: DataDirectory) -> None:
    make_old(data)
    with pytest.raises(DataVersionError, match="nothing about its version"):
        data.check_version()


def test_data_of_this_version_and_an_empty_directory_are_accepted(data: DataDirectory) -> None:
    data.check_version()
    make_old(data)
    data.write_version()
    data.check_version()


@pytest.mark.parametrize(("is_old", "free", "needed"), [(False, 499, 500), (True, 199, 200)])
def test_a_full_disk_is_refused_with_what_is_left_and_what_is_needed(
    data: DataDirectory, monkeypatch: pytest.MonkeyPatch, is_old: bool, free: int, needed: int
) -> None:
    if is_old:
        make_old(data)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, free * MEGABYTE))
    with pytest.raises(DiskFullError, match=f"{free} MB left; the portal needs {needed} MB"):
        data.check_space()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, needed * MEGABYTE))
    data.check_space()


def test_a_second_user_of_the_directory_is_told_where_the_first_one_is(data: DataDirectory) -> None:
    data.acquire()
    data.announce(url="http://127.0.0.1:8000/")
    with pytest.raises(AlreadyRunningError) as caught:
        DataDirectory(data.path).acquire()
    assert f"process {os.getpid()}" in caught.value.what_happened
    assert "http://127.0.0.1:8000/" in caught.value.what_happened
    data.release()
    again = DataDirectory(data.path)
    again.acquire()
    assert again.running() == {}
    again.release()


def test_of_many_who_begin_at_once_one_gets_the_directory(tmp_path: Path) -> None:
    many = 8
    together = Barrier(many)

    def begin(path: Path) -> DataDirectory | None:
        data = DataDirectory(path)
        together.wait()
        try:
            data.acquire()
        except AlreadyRunningError:
            return None
        return data

    with ThreadPoolExecutor(many) as pool:
        for number in range(20):
            holding = [data for data in pool.map(begin, [tmp_path / f"{number}" / "data"] * many) if data]
            assert len(holding) == 1
            holding[0].release()


def test_secrets_are_made_once_and_differ_between_installations(data: DataDirectory, tmp_path: Path) -> None:
    data.acquire()
    first = data.secrets()
    assert data.secrets() == first
    data.release()
    other = DataDirectory(tmp_path / "other")
    other.acquire()
    assert set(other.secrets().values()).isdisjoint(first.values())
    assert len(set(first.values())) == len(first)
    other.release()


def test_a_private_file_is_never_open_to_others_even_when_it_replaces_an_open_one(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_an_account_passes_only_where_every_directory_lets_it(tmp_path: Path) -> None:
    stranger = Account("stranger", 54321, 54321)
    inside = tmp_path / "closed" / "inside"
    inside.mkdir(parents=True)
    for parent in (tmp_path, *tmp_path.parents):
        if stranger.can_pass_to(parent):
            break
    (tmp_path / "closed").chmod(0o700)
    assert not stranger.can_pass_to(inside)
    owner = (tmp_path / "closed").stat()
    assert Account("owner", owner.st_uid, owner.st_gid).can_pass_to(inside)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the servers to another account")
def test_root_leaves_existing_data_with_its_owner_and_never_chooses_itself(tmp_path: Path) -> None:
    owned = tmp_path / "owned"
    owned.mkdir()
    os.chown(owned, 65534, 65534)
    chosen = account_for(owned, tmp_path)
    assert chosen is not None
    assert chosen.uid == 65534
    fresh = account_for(tmp_path / "fresh", tmp_path)
    assert fresh is not None
    assert fresh.uid != 0
