import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.edge.cursor import Cursor, MalformedCursor


@given(st.from_regex(r"[A-Za-z0-9-]{1,64}", fullmatch=True), st.integers(0, 10**18))
def test_a_cursor_reads_back_as_it_was_written(epoch: str, sequence: int) -> None:
    cursor = Cursor(epoch, sequence)
    assert Cursor.parse(cursor.encode()) == cursor


@pytest.mark.parametrize("text", ["", "x", "zzzz", "é", "a.b", "====", "ZS4x\n", "A" * 5000])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(MalformedCursor):
        Cursor.parse(text)


@given(st.text())
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except MalformedCursor:
        return
    assert Cursor.parse(cursor.encode()) == cursor
