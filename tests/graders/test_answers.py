import pytest
from torch import nn

from tplib.graders import using_answers


def untouched() -> None:
    raise NotImplementedError


def through_another_function() -> None:
    untouched()


class Untouched:
    def __init__(self) -> None:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (untouched, "untouched"),
        (through_another_function, "untouched"),
        (Untouched, "Untouched"),
    ],
)
def test_names_the_answer_that_is_not_written(capsys: pytest.CaptureFixture[str], code: type, name: str) -> None:
    with using_answers():
        code()
    assert capsys.readouterr().out.startswith(f"Waiting for `{name}`: ")


def test_names_a_variable_that_a_waiting_cell_did_not_make(capsys: pytest.CaptureFixture[str]) -> None:
    with using_answers("model"):
        model  # type: ignore[name-defined]  # noqa: B018, F821
    assert capsys.readouterr().out.startswith("Waiting for `model`, ")


def test_mistakes_show_as_they_are() -> None:
    with pytest.raises(NameError), using_answers("model"):
        modle  # type: ignore[name-defined]  # noqa: B018, F821
    with pytest.raises(ZeroDivisionError), using_answers():
        1 / 0  # noqa: B018
    with pytest.raises(NotImplementedError, match="forward"), using_answers():
        nn.Module()(1)
