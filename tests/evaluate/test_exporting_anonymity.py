"""What an anonymised file says of towns."""

import io
import zipfile
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evaluate.exporting.anonymity import FEWEST, NOTHING, Traits, generalised, said_of
from evaluate.exporting.files import file_pieces

TRAITS = st.builds(
    Traits,
    province=st.sampled_from(["AR-06", "AR-14", "AR-82", "UY-01"]),
    band=st.sampled_from(["-1", "1", "2", "3"]),
    year=st.sampled_from(["2025", "2026"]),
    quarter=st.sampled_from(["1", "2", "3", "4"]),
)


@given(st.dictionaries(TRAITS, st.integers(1, 9), max_size=40))
def test_whatever_is_said_is_said_of_at_least_five_towns(counts):
    said = generalised(counts)
    sizes: Counter[Traits] = Counter()
    for traits, count in counts.items():
        if said:
            sizes[said[traits]] += count
    assert all(size >= FEWEST for size in sizes.values())
    assert bool(said) == (sum(counts.values()) >= FEWEST)


@given(*[st.dictionaries(TRAITS, st.integers(1, 9), max_size=20)] * 2)
def test_towns_whose_result_is_public_are_not_counted_among_the_five(unknown, public):
    said = said_of(unknown, public)
    sizes: Counter[Traits] = Counter()
    for traits, count in unknown.items():
        if said:
            sizes[said[traits]] += count
    assert all(size >= FEWEST for size in sizes.values())
    assert not said or said.keys() == unknown.keys() | public.keys()


@given(st.dictionaries(TRAITS, st.integers(1, 9), max_size=40))
def test_what_is_said_is_true_or_nothing(counts):
    for traits, shown in generalised(counts).items():
        for name in ("province", "band", "year", "quarter"):
            assert getattr(shown, name) in ("", getattr(traits, name))


def test_what_enough_towns_share_is_said_and_the_others_say_less():
    shared = Traits("AR-06", "2", "2026", "3")
    rare = [Traits("AR-06", str(band), "2026", "3") for band in (0, 1, 3, 4, 5)]
    said = generalised({shared: 6} | dict.fromkeys(rare, 1))
    assert said[shared] == shared
    assert {said[traits] for traits in rare} == {Traits(province="AR-06", year="2026")}


def test_the_last_few_are_hidden_among_others():
    shared, alone = Traits("AR-06", "2", "2026", "3"), Traits("UY-01", "5", "2025", "1")
    assert set(generalised({shared: 5, alone: 1}).values()) == {NOTHING}


def test_titles_and_cells_of_both_kinds_of_file_do_not_run_as_formulas():
    rows = [["=1+1", "+1+1", "-5", "@SUM(A1)"]]
    titles = ["=A1", "b", "c", "d"]
    text = b"".join(file_pieces("csv", titles, rows, sheet_name="x")).decode("utf-8-sig")
    assert text.split() == ["'=A1,b,c,d", "'=1+1,'+1+1,-5,'@SUM(A1)"]
    workbook = zipfile.ZipFile(io.BytesIO(b"".join(file_pieces("xlsx", titles, rows, sheet_name="x"))))
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert ">'=A1<" in sheet
    assert ">'=1+1<" in sheet
    assert "<f>" not in sheet
