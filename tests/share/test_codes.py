"""Codes that people show, read aloud and type."""

from share.codes import ALPHABET, code_new, code_read, code_shown, is_same_code


def test_codes_are_long_differ_and_hold_nothing_that_looks_like_something_else() -> None:
    codes = {code_new() for _one in range(2_000)}
    assert len(codes) == 2_000
    assert set("".join(codes)) == set(ALPHABET)
    assert not set(ALPHABET) & set("0O1ILl2Z5S8BUVaeiouAEIOU")
    assert len(ALPHABET) ** 8 > 10**10


def test_a_code_is_taken_however_it_is_typed() -> None:
    assert code_shown("CDFG3467") == "CDFG-3467"
    for typed in ("CDFG-3467", "cdfg 3467", "  cdfg–3467 ", "c d f g 3 4 6 7"):
        assert code_read(typed) == "CDFG3467"
        assert is_same_code(typed, "CDFG3467")


def test_what_cannot_be_a_code_is_none() -> None:
    for typed in ("", "abc", "x" * 5_000, "<script>alert(1)</script>", "\0\0\0\0\0\0\0\0", "ЖЖЖЖЖЖЖЖ"):
        assert code_read(typed) == ""
    assert not is_same_code("", "")
    assert not is_same_code("CDFG3467", "")
