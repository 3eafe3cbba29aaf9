"""More mistakes in reading loss curves: one rule of the table is another one."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.diagnosis import diagnose_curve

Array = np.ndarray


def _rules(train: Array, validation: Array, **other: Any) -> str:
    """The diagnosis with some of the four rules replaced."""
    fall, changes = train[0] - train[-1], np.diff(train)
    rules = {
        "diverges": not np.isfinite(train).all() or fall < 0,
        "too_high": changes[changes > 0].sum() > fall / 2,
        "overfits": validation[-1] > 1.2 * validation.min(),
        "too_low": train[-1 - len(train) // 4] - train[-1] >= fall / 10,
    }
    rules |= other
    return next((name.replace("_", " ") for name, holds in rules.items() if holds), "good")


def _fell(train: Array, places: int, share: float = 0.1) -> bool:
    """Whether the last `places` epochs hold that share of the fall."""
    return bool(train[-1 - places] - train[-1] >= share * (train[0] - train[-1]))


@diagnose_curve.mistake("What is `inf - inf`? Is nan the only number that is not finite, or inf?")
def inf_only(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(np.isinf(train).any() or train[-1] > train[0]))


@diagnose_curve.mistake("Is nan the only number that is not finite?")
def inf_not_seen(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(np.isnan(train).any() or train[-1] > train[0]))


@diagnose_curve.mistake("One value in mid-training is not finite, and the last one is. What does the first rule say?")
def only_the_last_value_must_be_finite(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(not np.isfinite(train[-1]) or train[-1] > train[0]))


@diagnose_curve.mistake("What does the first rule say of a value that is not finite?")
def values_that_are_not_finite_not_seen(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(train[-1] > train[0]))


@diagnose_curve.mistake("Must a curve end *above* where it began, or is it enough that it ends there?")
def back_at_its_start_taken_for_diverging(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(not np.isfinite(train).all() or train[-1] >= train[0]))


@diagnose_curve.mistake("Which value of `train` must be above the first: any, or the last?")
def any_value_above_the_first(train: Array, validation: Array) -> str:
    return _rules(train, validation, diverges=bool(not np.isfinite(train).all() or (train > train[0]).any()))


@diagnose_curve.mistake("Several rules may hold. Which one counts: the first, or the last?")
def the_last_rule_counts(train: Array, validation: Array) -> str:
    fall, changes = train[0] - train[-1], np.diff(train)
    found = "good"
    if not np.isfinite(train).all() or fall < 0:
        found = "diverges"
    if changes[changes > 0].sum() > fall / 2:
        found = "too high"
    if validation[-1] > 1.2 * validation.min():
        found = "overfits"
    return "too low" if _fell(train, len(train) // 4) else found


@diagnose_curve.mistake("What is compared with half of the fall: the largest rise, or all of them together?")
def largest_rise(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_high=np.diff(train).max() > (train[0] - train[-1]) / 2)


@diagnose_curve.mistake("Do falls count among the rises?")
def falls_counted_too(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_high=np.abs(np.diff(train)).sum() > (train[0] - train[-1]) / 2)


@diagnose_curve.mistake("With what are the rises compared: with the fall, or with half of it?")
def more_than_the_whole_fall(train: Array, validation: Array) -> str:
    changes = np.diff(train)
    return _rules(train, validation, too_high=changes[changes > 0].sum() > train[0] - train[-1])


@diagnose_curve.mistake("Rises that are just half of the fall: *more* than half, or not?")
def half_of_the_fall_included(train: Array, validation: Array) -> str:
    changes = np.diff(train)
    return _rules(train, validation, too_high=changes[changes > 0].sum() >= (train[0] - train[-1]) / 2)


@diagnose_curve.mistake("Whose rises does the second rule count: those of `train`, or those of `validation`?")
def rises_of_the_validation_loss(train: Array, validation: Array) -> str:
    changes = np.diff(validation)
    return _rules(train, validation, too_high=changes[changes > 0].sum() > (train[0] - train[-1]) / 2)


@diagnose_curve.mistake(
    "With which value is the last validation loss compared: the one before it, or the lowest of all?"
)
def validation_compared_with_the_value_before(train: Array, validation: Array) -> str:
    return _rules(train, validation, overfits=validation[-1] > 1.2 * validation[-2])


@diagnose_curve.mistake("Is it 1.2 times the lowest loss, or the lowest loss plus 0.2?")
def plus_instead_of_times(train: Array, validation: Array) -> str:
    return _rules(train, validation, overfits=validation[-1] > validation.min() + 0.2)


@diagnose_curve.mistake("Which validation loss counts: the highest, or the last?")
def highest_validation_loss(train: Array, validation: Array) -> str:
    return _rules(train, validation, overfits=validation.max() > 1.2 * validation.min())


@diagnose_curve.mistake("A validation loss of just 1.2 times its lowest: *above*, or not?", name="1.2 times included")
def threshold_included(train: Array, validation: Array) -> str:
    return _rules(train, validation, overfits=validation[-1] >= 1.2 * validation.min())


@diagnose_curve.mistake("`train[-k]` is k - 1 places before the last. Which one is n // 4 places before it?")
def quarter_one_place_too_near(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, len(train) // 4 - 1))


@diagnose_curve.mistake("n // 4 is rounded down. How many epochs has your last quarter, if n is 11?")
def quarter_rounded_up(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, -(-len(train) // 4)))


@diagnose_curve.mistake("How many places before the last does your quarter begin if n is 12: 3, or 2?")
def quarter_of_the_steps(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, (len(train) - 1) // 4))


@diagnose_curve.mistake("How long is the last quarter: one epoch, or n // 4?")
def last_epoch_only(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, 1))


@diagnose_curve.mistake("A curve of 12 epochs: how many of them are the last quarter?")
def ten_epochs(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, min(10, len(train) - 1)))


@diagnose_curve.mistake("A fall of just a tenth: *at least* a tenth, or not?")
def a_tenth_not_included(train: Array, validation: Array) -> str:
    quarter = train[-1 - len(train) // 4] - train[-1]
    return _rules(train, validation, too_low=quarter > (train[0] - train[-1]) / 10)


@diagnose_curve.mistake("A tenth of what: of the whole fall. What is a hundredth of it?")
def a_hundredth(train: Array, validation: Array) -> str:
    return _rules(train, validation, too_low=_fell(train, len(train) // 4, 0.01))


@diagnose_curve.mistake("From which value does the fall start: the first, or the highest?")
def fall_from_the_highest_value(train: Array, validation: Array) -> str:
    fall, changes = train.max() - train[-1], np.diff(train)
    return _rules(
        train,
        validation,
        too_high=changes[changes > 0].sum() > fall / 2,
        too_low=train[-1 - len(train) // 4] - train[-1] >= fall / 10,
    )


@diagnose_curve.mistake("At which value does the fall end: the last, or the lowest?")
def fall_to_the_lowest_value(train: Array, validation: Array) -> str:
    fall, changes = train[0] - train.min(), np.diff(train)
    return _rules(
        train,
        validation,
        too_high=changes[changes > 0].sum() > fall / 2,
        too_low=train[-1 - len(train) // 4] - train[-1] >= fall / 10,
    )
