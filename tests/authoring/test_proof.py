"""A grader that is wrong is told in sentences: which mistake, which answer, which pair."""

import json
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import find

from tplib.authoring.proof import among, prove
from tplib.graders.draw import LeastDraw, NumpyDraw, strategy
from tplib.graders.exercise import Case, Exercise, exercises_of
from tplib.graders.judge import judge
from tplib.graders.public_part import FILE, later_because, left_out, read, write

exercise = exercises_of("Stats", "1_describe", points=2)


def some_numbers(draw: Any) -> tuple[Any, ...]:
    return ([float(n) for n in draw.integers(-9, 10, draw.size(1, 6))],)


def one_number(draw: Any) -> tuple[Any, ...]:
    return ([float(n) for n in draw.integers(1, 10, 1)],)


def declared(draw: Any = some_numbers, **about: Any) -> Exercise:
    """An exercise whose grader is right."""

    @exercise(draw=draw, **about)
    def average(values: Any) -> Any:
        """The sum of the values by their number.

        shapes: a list in, a number out.
        worked: the average of 1, 2 and 6 is 3.
        """
        return sum(values) / len(values)

    @average.mistake("What do you divide by?")
    def the_sum(values: Any) -> Any:
        return sum(values)

    @average.alternative
    def one_by_one(values: Any) -> Any:
        total = 0.0
        for value in values:
            total += value / len(values)
        return total

    return average


def test_a_right_grader_has_no_fault() -> None:
    one = declared()
    one.oracle(lambda values: float(sum(map(int, values))) / len(values))
    assert prove(one) == []


def test_a_mistake_that_no_input_tells_is_accepted() -> None:
    (fault,) = prove(declared(one_number), draws=3)
    assert fault.kind == "accepted"
    assert fault.sentence.startswith("the mistake 'the sum' (")
    assert "test_proof.py, line" in fault.sentence
    assert "is accepted on every draw: no input there tells it from the reference" in fault.sentence


def test_a_right_answer_that_is_refused_is_shown_with_its_input() -> None:
    one = declared()

    @one.alternative
    def rounded(values: Any) -> Any:
        return round(sum(values) / len(values), 1)

    (fault,) = prove(one)
    assert fault.kind == "refused"
    assert "the alternative rounded (" in fault.sentence
    assert "it earns 0 of 2 points" in fault.sentence
    assert any(line.startswith("values: [") for line in fault.more)
    assert any(line.startswith("yours: ") for line in fault.more)


def test_mistakes_that_do_the_same_are_named_as_a_pair_once() -> None:
    one = declared()

    @one.mistake("Why do you multiply?")
    def the_sum_again(values: Any) -> Any:
        return sum(values) * 1.0

    (fault,) = prove(one)
    assert fault.kind == "confused"
    assert "the mistakes 'the sum' and 'the sum again' cannot be told apart on every draw" in fault.sentence


def test_a_mistake_under_another_name_is_said() -> None:
    one = declared()

    @one.mistake("Which sign has it?")
    def turned_round(values: Any) -> Any:
        return -sum(values) / len(values)

    assert prove(one) == []
    one.misconceptions.clear()

    @one.mistake("Is it the same at each call?")
    def by_chance(values: Any, seen: list[int] = []) -> Any:  # noqa: B006
        seen.append(1)
        return float(len(seen))

    (fault,) = prove(one)
    assert fault.kind == "not named"
    assert "the mistake 'by chance' (" in fault.sentence


def test_the_reference_must_be_what_an_oracle_gives() -> None:
    one = declared()

    @one.oracle
    def from_a_book(values: Any) -> Any:
        return sum(values) / max(1, len(values) - 1)

    (fault,) = prove(one)
    assert fault.kind == "oracle"
    assert "from_a_book" in fault.sentence
    assert fault.more[0].startswith("values = [")
    assert "the reference's is" in fault.more[1]


def test_a_reference_that_fails_on_a_drawn_input_comes_first() -> None:
    (fault,) = prove(declared(edges=(Case(([],)),)))
    assert fault.kind == "reference"
    assert "fails on the inputs of the notebook's check" in fault.sentence
    assert "ZeroDivisionError" in fault.sentence

    calls = count()

    @exercise(draw=lambda draw: (draw.size(0, 9),))
    def noise(n: int) -> float:
        """A number.

        shapes: a number in, a number out.
        worked: any.
        """
        return float(next(calls))

    noise.mistake("Why?")(lambda n: n)
    (fault,) = prove(noise)
    assert fault.kind == "reference"
    assert "is not accepted by its own check on the inputs of the notebook's check" in fault.sentence


@pytest.mark.parametrize(
    ("seeds", "text"),
    [([None, 1, 2], "every draw"), ([None], "the inputs of the notebook's check"), ([2], "1 of 2 draws")],
)
def test_on_how_many_draws(seeds: list[int | None], text: str) -> None:
    assert among(seeds, [None, 1, 2]) == text
    assert among([None, 2], [None, 1, 2]) == "the notebook's check and 1 of 2 draws"


def test_a_result_that_cannot_be_compared_is_said_in_one_sentence() -> None:
    one = declared()
    one = replace(one, reference=lambda values: [1j])
    (fault,) = prove(one, draws=2)
    assert fault.kind == "reference"
    assert "gives an object of type complex, which cannot be compared: a result is a number" in fault.sentence


def test_a_mistake_that_cannot_be_named_says_why() -> None:
    one = declared()

    @one.mistake("Is it computed yet?")
    def a_generator(values: Any) -> Any:
        return (value for value in values)

    (fault,) = prove(one, draws=2)
    assert "not named: it returns an object of type generator, and such objects cannot be compared" in fault.sentence
    assert later_because(one) == ""
    (told,) = json.loads(write([one]))["exercises"]
    assert left_out(one, told) == ["a generator"]
    assert [name for name, _, _ in told["check"]["mistakes"]] == ["the sum"]


def a_text(draw: Any) -> Any:
    return draw.choice(("a", "b"))


def by_sample(draw: Any) -> Any:
    return (draw.sample(3),)


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (a_text, "a_text() gave a string; it must give a tuple of the arguments, such as `return (text,)`"),
        (lambda draw: None, "gave nothing: is its `return` missing? it must give a tuple"),
        (by_sample, "draw has no 'sample': it has draw.size, draw.array, draw.integers and draw.choice"),
    ],
)
def test_inputs_that_are_not_drawn_as_asked(draw: Any, sentence: str) -> None:
    (fault,) = prove(declared(draw), draws=1)
    assert fault.kind == "unfinished"
    assert sentence in fault.sentence


def test_a_case_without_its_comma() -> None:
    with pytest.raises(TypeError, match="with a comma"):
        Case("text")  # type: ignore[arg-type]


def test_a_reference_that_fails_names_the_input_and_no_student() -> None:
    one = declared(edges=(Case(([],)),))
    (fault,) = prove(one, draws=1)
    assert "the reference raised ZeroDivisionError: division by zero" in fault.sentence
    assert "on values = []" in fault.sentence
    assert "Restart" not in fault.sentence


def test_a_reference_that_takes_too_long_for_its_inputs_is_said_before_it_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = count(0, 3)  # every look at it is three seconds later
    monkeypatch.setattr("tplib.graders.slow.time.monotonic", lambda: float(next(clock)))
    (fault,) = prove(declared())
    assert fault.kind == "slow"
    assert fault.sentence == (
        "a call takes 3.0 s, so that each check takes 24 s or more for the 8 inputs that it draws. An answer is "
        "stopped after 20 s for all of them: draw fewer with draws=3, or smaller ones"
    )


def test_an_answer_that_only_prints_gets_other_advice() -> None:
    @exercise(draw=lambda draw: (draw.size(1, 9),))
    def squares(n: int) -> None:
        """It prints.

        shapes: a number in.
        worked: squares(1) prints 1.
        """
        print(n**2)

    @squares.mistake("Which power?")
    def cubes(n: int) -> None:
        print(n**3)

    (fault,) = (fault for fault in prove(squares, draws=1) if "cubes" in fault.sentence)
    assert "Both return None, and what an answer prints is not compared" in fault.sentence


def test_too_few_draws_are_named() -> None:
    (fault,) = prove(declared(draws=2))
    assert fault.sentence == "only 2 of its inputs give all arguments (it draws 2: see draws=): at least 3 should"


def two_at_once(answer: Any, x: Any, new: Any) -> Any:
    return answer(x)(new)


def all_at_once(answer: Any, *given: Any) -> Any:
    return answer(*given[:1])(*given[1:])


@pytest.mark.parametrize(
    ("observe", "names", "shown"),
    [(two_at_once, (), ("x", "new")), (all_at_once, ("first", "second"), ("first", "second")), (all_at_once, (), ())],
)
def test_the_inputs_of_a_class_are_called_as_the_observer_calls_them(
    tmp_path: Path, observe: Any, names: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    @exercise(draw=lambda draw: (draw.size(1, 9), draw.size(1, 9)), observe=observe, inputs=names)
    class Adder:
        """It adds.

        shapes: numbers.
        worked: 1 and 2 is 3.
        """

        def __init__(self, x: int) -> None:
            self.x = x

        def __call__(self, new: int) -> int:
            return self.x + new

    # The reference takes one argument, and a case has two.
    object.__setattr__(Adder, "signature", "Adder()")

    @Adder.mistake("What do you add?")
    class Constant(Adder.reference):  # type: ignore[misc, name-defined]
        def __call__(self, new: int) -> int:
            return 2 * new + 1

    faults = prove(Adder, draws=1)
    if not shown:
        (fault,) = faults
        assert fault.sentence.startswith("its inputs have no names, which students read beside a wrong result")
        return
    assert faults == []
    (tmp_path / FILE).write_bytes(write([Adder]))
    (there,) = read(tmp_path / FILE)
    for one in (Adder, there):
        verdict = judge(one, Constant)
        assert verdict.counterexample is not None
        assert tuple(verdict.counterexample.input) == shown


def test_a_generator_is_there_to_be_drawn_from() -> None:
    @exercise(draw=lambda draw: (np.random.default_rng(draw.size(1, 9)),))
    def one_draw(rng: Any) -> float:
        """A draw.

        shapes: a generator.
        worked: none.
        """
        return float(rng.random())

    assert judge(one_draw, one_draw.reference).status == "right"


@pytest.mark.parametrize("shape", [(2, 3), ((2, 3),), ([2, 3],), (np.int64(2), 3)])
def test_a_shape_is_given_as_numbers_or_as_numpy_takes_it(shape: Any) -> None:
    found = find(strategy(lambda draw: (draw.array(*shape), draw.integers(0, 2, *shape))), lambda args: True)
    for draw in (NumpyDraw(np.random.default_rng(0)), LeastDraw(np.random.default_rng(0))):
        for array in (draw.array(*shape), draw.integers(0, 2, *shape), *found):
            assert array.shape == (2, 3)
    with pytest.raises(TypeError, match=r"draw: a shape is whole numbers, such as n, k; got 2.5"):
        NumpyDraw(np.random.default_rng(0)).array(2.5)  # type: ignore[arg-type]
