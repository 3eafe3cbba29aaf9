import pytest
from torch import nn

from tplib.plots.waiting import needs


class Untouched:
    def __init__(self) -> None:
        raise NotImplementedError


def untouched() -> None:
    raise NotImplementedError


def test_names_the_exercise_that_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    with needs("other", "untouched"):
        untouched()
    with needs("Untouched", "untouched"):
        Untouched()
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith("This cell waits for untouched, further up.")
    assert out.splitlines()[1].startswith("This cell waits for Untouched, further up.")


def test_names_a_variable_that_an_earlier_cell_did_not_make(capsys: pytest.CaptureFixture[str]) -> None:
    with needs("model"):
        model  # type: ignore[name-defined]  # noqa: B018, F821
    assert "waits for model" in capsys.readouterr().out


def test_mistakes_pass_through() -> None:
    with pytest.raises(NameError), needs("model"):
        modle  # type: ignore[name-defined]  # noqa: B018, F821
    with pytest.raises(ZeroDivisionError), needs("model"):
        1 / 0  # noqa: B018
    with pytest.raises(NotImplementedError, match="forward"), needs("model"):
        nn.Module()(1)
