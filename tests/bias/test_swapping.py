"""The counterfactual of an English text: roles of her and his, capitals, one pass; and Brown's tags as the judge."""

import pytest

from tplib import TplibError
from tplib.bias import counterfactual_swap


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("He told her that her brother saw him.", "She told him that his sister saw her."),
        ("This book is hers, not his.", "This book is his, not hers."),
        ("HER dog. Her dog? I saw Her.", "HIS dog. His dog? I saw Him."),
        ("She's his boss; he'd say so himself.", "He's her boss; she'd say so herself."),
        ("her and his friends", "him and her friends"),
        ("I'd let her go, and help her find her way.", "I'd let him go, and help him find his way."),
        ("She read his ``old'' song.", "He read her ``old'' song."),
        ("Her (late) father gave his later work to him", "His (late) mother gave her later work to her"),
        (
            "The mother there wove; other theatres bother heroes.",
            "The father there wove; other theatres bother heroines.",
        ),
        ("the policemen of the kingdom", "the policewomen of the kingdom"),
        ("Mr. Smith, Mrs Jones and Miss Poe", "Ms. Smith, Mr Jones and Mr Poe"),
        ("A man\tand\n\n  a WOMAN's  Girl", "A woman\tand\n\n  a MAN's  Boy"),
        ("", ""),
        (
            "No word of these changes: 3 < 4, caf\u00e9, \u4f60\u597d.",
            "No word of these changes: 3 < 4, caf\u00e9, \u4f60\u597d.",
        ),
    ],
)
def test_by_role_in_one_pass(text, swapped):
    assert counterfactual_swap(text) == swapped


def test_names_change_when_they_are_given_and_words_stay_when_they_are_kept():
    assert counterfactual_swap("John met Mary, JOHN's aunt.") == "John met Mary, JOHN's uncle."
    assert counterfactual_swap("John met Mary.", pairs=[("John", "mary")]) == "Mary met John."
    assert counterfactual_swap("His king took her queen.", keep=["king", "queen"]) == "Her king took his queen."


def test_twice_is_the_text_itself():
    text = "The boys saw her. His wife, a waitress, hid herself; that is hers. Him? Her uncle said so."
    assert counterfactual_swap(counterfactual_swap(text)) == text
    assert counterfactual_swap(counterfactual_swap("Mrs Poe")) == "Ms Poe"


def test_a_list_of_texts_is_refused():
    with pytest.raises(TplibError, match="text must be one text, but is list: call it for each"):
        counterfactual_swap(["he"])
