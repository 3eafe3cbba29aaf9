"""The exercises of 1_datasets: references against independent truth, and verdicts on usual answers."""

import re
import unicodedata
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp5.datasets import EXERCISES
from tplib.exercises.tp5.datasets.cleaning import GAPS, WORDS
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

# what each word of the draws should become, written by hand
CLEAN = {
    "film": "film",
    "bon": "bon",
    "L'amour": "L'amour",
    "Été": "Été",
    "d’hiver": "d'hiver",
    "&amp;": "&",
    "<3": "<3",
    "caf&eacute;": "café",
    "aujourd’hui": "aujourd'hui",
    "&quot;Bravo&quot;": '"Bravo"',
    "l&rsquo;œuvre": "l'œuvre",
    "(très": "(très",
    "drôle)!": "drôle)!",
    "peut-être...": "peut-être...",
    "&lt;i&gt;": "<i>",
    "“Bof”,": "“Bof”,",
    "2½": "2½",
    "a < b > c": "a < b > c",
    "</3": "</3",
    "&amp;nbsp;": "&nbsp;",
}

# right but for an edge that the text names
PARTLY = {
    "accents not composed",
    "accents composed before decoding",
    "halves rounded up",
    "size of train rounded",
    "at least one test example",
    "slice from -0",
}

seeds = given(seed=st.integers(0, 2**32 - 1))
few = settings(deadline=None, max_examples=30)


def drawn(name: str, seed: int) -> tuple[Any, ...]:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


@few
@seeds
def test_class_balance_is_a_share(seed: int) -> None:
    labels, num_classes = drawn("class_balance", seed)
    shares = BY_NAME["class_balance"].reference(labels, num_classes)
    exact = [Fraction(sum(label == k for label in labels), len(labels)) for k in range(num_classes)]
    assert sum(exact) == 1
    np.testing.assert_allclose(shares, [float(share) for share in exact], rtol=1e-15)


@few
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS))))
def test_clean_text_cleans_each_word_and_makes_each_gap_one_space(pieces: list[tuple[str, str]]) -> None:
    clean = BY_NAME["clean_text"].reference
    assert clean("".join(word + gap for word, gap in pieces)) == " ".join(CLEAN[word] for word, _ in pieces)


@few
@given(st.text(alphabet=st.characters(exclude_characters="<&")))
def test_clean_text_is_composed_and_leaves_a_clean_text_alone(text: str) -> None:
    clean = BY_NAME["clean_text"].reference
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "’" not in once
    assert not re.search(r"^\s|\s$|\s\s|[^\S ]", once)


def test_clean_text_meets_accents_that_are_characters_of_their_own() -> None:
    assert BY_NAME["clean_text"].reference("e\u0301te\u0301") == "été"


@few
@seeds
def test_drop_duplicates_keeps_the_first_of_each(seed: int) -> None:
    (texts,) = drawn("drop_duplicates", seed)
    pd = pytest.importorskip("pandas")
    keys = pd.Series(texts, dtype=object).str.lower().str.replace(r"[^\w ]", "", regex=True).str.split().str.join(" ")
    assert BY_NAME["drop_duplicates"].reference(texts) == keys.drop_duplicates().index.tolist()


@few
@given(
    labels=st.lists(st.integers(0, 3), min_size=1, max_size=60),
    share=st.sampled_from([Fraction(1, 5), Fraction(2, 5)]),
    seed=st.integers(0, 2**32 - 1),
)
def test_split_dataset_shares_nothing_and_loses_nothing(labels: list[int], share: Fraction, seed: int) -> None:
    train, test = BY_NAME["split_dataset"].reference(labels, float(share), seed)
    assert sorted(train + test) == list(range(len(labels)))
    for k in set(labels):
        assert sum(labels[i] == k for i in test) == int(share * labels.count(k) + Fraction(1, 2))


def test_split_dataset_takes_every_example_equally_often() -> None:
    labels = [0] * 10 + [1] * 5
    split = BY_NAME["split_dataset"].reference
    hits = np.bincount([i for seed in range(2000) for i in split(labels, 0.4, seed)[1]], minlength=15) / 2000
    assert np.abs(hits - 0.4).max() < 5 * np.sqrt(0.4 * 0.6 / 2000)


def test_split_dataset_observes_the_same_of_scikit_learns_split() -> None:
    train_test_split = pytest.importorskip("sklearn.model_selection").train_test_split

    def split(labels: list[int], test_share: float, seed: int) -> Any:
        return train_test_split(np.arange(len(labels)), test_size=test_share, stratify=labels, random_state=seed)

    exercise = BY_NAME["split_dataset"]
    args = [0] * 30 + [1] * 20, 0.4, 3  # shares without a remainder: both round alike
    assert exercise.measure is not None
    found, expected = (exercise.measure(exercise.observe(f, *args), *args) for f in (split, exercise.reference))
    assert found == expected


@pytest.mark.usefixtures("no_shrinking")
def test_which_mistakes_are_partly_right() -> None:
    for exercise in EXERCISES:
        for m in exercise.misconceptions:
            assert judge.judge(exercise, m.candidate, 0).score == (0.5 if m.name in PARTLY else 0)


def test_a_library_split_is_named_as_such() -> None:
    train_test_split = pytest.importorskip("sklearn.model_selection").train_test_split

    def split_dataset(labels: list[int], test_share: float, seed: int) -> Any:
        return train_test_split(range(len(labels)), test_size=test_share, stratify=labels, random_state=seed)

    verdict = judge.judge(BY_NAME["split_dataset"], split_dataset, 0)
    assert (verdict.score, verdict.misconception) == (0, "library call")


def test_an_answer_that_sorts_its_labels_is_not_right() -> None:
    reference = BY_NAME["split_dataset"].reference

    def split_dataset(labels: list[int], test_share: float, seed: int) -> Any:
        labels.sort()
        return reference(labels, test_share, seed)

    assert judge.judge(BY_NAME["split_dataset"], split_dataset, 0).score < 1
