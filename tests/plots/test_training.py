import matplotlib
import matplotlib.pyplot as plt
import pytest

from tplib.plots.training import LiveCount, LiveCurve, describe, spread


@pytest.fixture(autouse=True)
def _quiet_figures() -> object:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def shown(curve: LiveCurve) -> list[str]:
    return [ax.get_title() for ax in curve.figure().axes]


def test_curve_marks_the_best_epoch_and_keeps_the_values() -> None:
    curve = LiveCurve(3)
    for loss, accuracy in ((1.0, 0.5), (0.5, 0.75), (0.25, 0.7)):
        curve.add(loss, accuracy)
    assert (curve.losses, curve.accuracies) == ([1.0, 0.5, 0.25], [0.5, 0.75, 0.7])
    assert shown(curve)[1] == "validation: best 75.0 % (epoch 2)"
    assert curve.figure().axes[0].lines[0].get_ydata().tolist() == [1.0, 0.5, 0.25]


@pytest.mark.parametrize("accuracies", [[], [0.0], [1.0] * 500])
def test_curve_of_none_one_and_many_epochs(accuracies: list[float]) -> None:
    curve = LiveCurve(len(accuracies))
    for accuracy in accuracies:
        curve.add(1 - accuracy, accuracy)
    assert len(shown(curve)) == 2


def test_unfinished_curve_says_how_much_is_left() -> None:
    curve = LiveCurve(4, title="digits")
    curve.add(1.0, 0.5)
    heading = curve.figure().get_suptitle()
    assert heading.startswith("digits · epoch 1 of 4, about ")


def test_drawing_is_rare_and_the_last_epoch_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(x / 10 for x in range(10_000))  # each look at the clock: a tenth of a second later
    monkeypatch.setattr("tplib.plots.training.time.monotonic", lambda: next(clock))
    drawn: list[int] = []
    curve = LiveCurve(100)
    monkeypatch.setattr(curve, "_show", lambda: drawn.append(len(curve.losses)))
    for _ in range(100):
        curve.add(0.1, 0.9)
    assert len(drawn) <= 11
    assert drawn[-1] == 100


def test_count_says_how_much_is_left_and_that_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(x / 10 for x in range(10_000))
    monkeypatch.setattr("tplib.plots.training.time.monotonic", lambda: next(clock))
    count, lines = LiveCount(20), []
    monkeypatch.setattr(count, "_show", lambda line: lines.append(line["text/plain"]))
    for _ in range(20):
        count.advance()
    assert lines[0] == "6 of 20 trainings, about 1 s left"
    assert lines[-1] == "20 trainings done"
    assert len(lines) <= 5


def test_spread_draws_every_run_in_the_order_of_the_rows() -> None:
    a, b = {"width": 8, "lr": 0.1}, {"width": 16, "lr": 0.01}
    rows = [{"configuration": b, "mean": 0.9, "std": 0.1, "test": 0.8}, {"configuration": a, "mean": 0.5, "std": 0.0}]
    spread(rows, [(a, 0, 0.5), (b, 0, 0.8), (a, 1, 0.5), (b, 1, 1.0)])
    ax = plt.gca()
    assert [label.get_text() for label in ax.get_yticklabels()] == ["width 16, lr 0.01", "width 8, lr 0.1"]
    assert ax.lines[0].get_xdata() == pytest.approx([80, 100])
    assert ax.lines[1].get_xdata() == pytest.approx([80, 100])
    assert ax.yaxis_inverted()


def test_describe() -> None:
    assert describe({"width": 64, "lr": 0.010, "optimizer": "Adam"}) == "width 64, lr 0.01, optimizer Adam"
