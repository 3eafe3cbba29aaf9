"""Schedules against torch.optim.lr_scheduler, step by step."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import optim
from tplib.nn.optim import lr_scheduler

SCHEDULES = [
    ("StepLR", {"step_size": 7, "gamma": 0.5}),
    ("StepLR", {"step_size": 1}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("MultiStepLR", {"milestones": [30, 3, 3, 10]}),
    ("MultiStepLR", {"milestones": [], "gamma": 0.5}),
    ("ConstantLR", {}),
    ("ConstantLR", {"factor": 0.5, "total_iters": 3}),
    ("PolynomialLR", {}),
    ("PolynomialLR", {"total_iters": 20, "power": 2.0}),
    ("LinearLR", {}),
    ("LinearLR", {"start_factor": 0.01, "end_factor": 0.5, "total_iters": 20}),
    ("CosineAnnealingLR", {"T_max": 20, "eta_min": 0.001}),
    ("CosineAnnealingLR", {"T_max": 7}),
    ("LambdaLR", {"lr_lambda": lambda epoch: min(1.0, (epoch + 1) / 10)}),
    ("LambdaLR", {"lr_lambda": [lambda epoch: 0.5**epoch, lambda epoch: 1 / (1 + epoch)]}),
]


def pair():
    """An optimiser of ours and one of PyTorch's, each with two groups."""
    ours = optim.SGD(
        [{"params": [nn.Parameter(np.ones(1))]}, {"params": [nn.Parameter(np.ones(1))], "lr": 0.02}], lr=0.1
    )
    theirs = torch.optim.SGD(
        [{"params": [torch.nn.Parameter(torch.ones(1))]}, {"params": [torch.nn.Parameter(torch.ones(1))], "lr": 0.02}],
        lr=0.1,
    )
    return ours, theirs


@pytest.mark.parametrize(("name", "options"), SCHEDULES)
def test_50_steps(name, options):
    ours, theirs = pair()
    a = getattr(lr_scheduler, name)(ours, **options)
    b = getattr(torch.optim.lr_scheduler, name)(theirs, **options)
    for _ in range(50):
        np.testing.assert_allclose(a.get_last_lr(), b.get_last_lr(), rtol=1e-9, atol=1e-12)
        assert a.get_last_lr() == [group["lr"] for group in ours.param_groups]
        theirs.step()
        a.step()
        b.step()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([1.0, 0.999, 0.9, 0.5, -1.0, -1.1, 2.0, float("nan")]), min_size=1, max_size=50),
    st.sampled_from(["min", "max"]),
    st.sampled_from(["rel", "abs"]),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from([0.0, 1e-2]),
    st.sampled_from([0, [0.03, 0.001]]),
)
def test_plateau(measures, mode, threshold_mode, patience, cooldown, threshold, min_lr):
    ours, theirs = pair()
    options = {
        "mode": mode,
        "factor": 0.5,
        "patience": patience,
        "threshold": threshold,
        "threshold_mode": threshold_mode,
        "cooldown": cooldown,
        "min_lr": min_lr,
    }
    a = lr_scheduler.ReduceLROnPlateau(ours, **options)
    b = torch.optim.lr_scheduler.ReduceLROnPlateau(theirs, **options)
    for measure in measures:
        a.step(measure)
        b.step(measure)
        assert a.get_last_lr() == [group["lr"] for group in theirs.param_groups]


@pytest.mark.parametrize(("name", "options"), [*SCHEDULES, ("ReduceLROnPlateau", {"patience": 1})])
def test_a_state_continues_the_schedule(name, options):
    def step(schedule, i):
        schedule.step(*([1.0 + i % 3] if name == "ReduceLROnPlateau" else []))
        return schedule.get_last_lr()

    one, _ = pair()
    a = getattr(lr_scheduler, name)(one, **options)
    for i in range(8):
        step(a, i)
    two, _ = pair()
    b = getattr(lr_scheduler, name)(two, **options)
    b.load_state_dict(a.state_dict())
    two.load_state_dict(one.state_dict())
    assert [step(a, i) for i in range(8, 30)] == [step(b, i) for i in range(8, 30)]


@pytest.mark.parametrize(
    ("wrong", "kind", "sentence"),
    [
        (lambda o: lr_scheduler.StepLR([0.1], 3), TypeError, "StepLR: expected an optimiser, got list"),
        (lambda o: lr_scheduler.StepLR(o, 0), ValueError, "StepLR: expected a step_size of at least 1, got 0"),
        (lambda o: lr_scheduler.LinearLR(o, 0), ValueError, "LinearLR: expected factors between 0 and 1"),
        (lambda o: lr_scheduler.CosineAnnealingLR(o, 0), ValueError, "expected a T_max of at least 1"),
        (lambda o: lr_scheduler.LambdaLR(o, []), ValueError, "LambdaLR: expected 2 functions, one per group, got 0"),
        (lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=1), ValueError, "expected a factor below 1"),
        (lambda o: lr_scheduler.ReduceLROnPlateau(o, "less"), ValueError, 'expected mode "min" or "max"'),
        (lambda o: lr_scheduler.ReduceLROnPlateau(o, min_lr=[1]), ValueError, "expected 2 values of min_lr, got 1"),
    ],
)
def test_mistakes_are_a_sentence(wrong, kind, sentence):
    with pytest.raises(kind, match=sentence):
        wrong(pair()[0])


@pytest.mark.parametrize(("name", "options"), [case for case in SCHEDULES if case[0] != "LambdaLR"])
def test_a_group_that_comes_later(name, options):
    """As in gradual unfreezing: its rate moves by the same factors from then on."""
    ours, theirs = pair()
    a = getattr(lr_scheduler, name)(ours, **options)
    b = getattr(torch.optim.lr_scheduler, name)(theirs, **options)
    for step in range(min(30, options.get("T_max", 30))):  # PyTorch's cosine then fails, at its bottom
        if step in (2, 4):
            ours.add_param_group({"params": [nn.Parameter(np.ones(1))], "lr": 0.05})
            theirs.add_param_group({"params": [torch.nn.Parameter(torch.ones(1))], "lr": 0.05})
        theirs.step()
        a.step()
        b.step()
        expected = [group["lr"] for group in theirs.param_groups]
        np.testing.assert_allclose([group["lr"] for group in ours.param_groups], expected, rtol=1e-9, atol=1e-12)


def test_a_group_without_a_function_of_its_own():
    ours, theirs = pair()
    for optimizer, new, schedules in ((ours, nn.Parameter, lr_scheduler), (theirs, torch.nn.Parameter, None)):
        schedules = schedules or torch.optim.lr_scheduler
        schedule = schedules.LambdaLR(optimizer, lambda epoch: 0.5**epoch)
        optimizer.step()
        optimizer.add_param_group({"params": [new(torch.ones(1) if new is torch.nn.Parameter else np.ones(1))]})
        with pytest.raises(ValueError, match=r"group 2|shorter|longer"):
            schedule.step()


def test_plateaus_and_a_group_that_comes_later():
    for optimizer, new, plateau in (
        (pair()[0], lambda: nn.Parameter(np.ones(1)), lr_scheduler.ReduceLROnPlateau),
        (pair()[1], lambda: torch.nn.Parameter(torch.ones(1)), torch.optim.lr_scheduler.ReduceLROnPlateau),
    ):
        schedule = plateau(optimizer, patience=0)
        schedule.step(1.0)
        optimizer.add_param_group({"params": [new()], "lr": 0.4})
        schedule.step(1.0)
        np.testing.assert_allclose([group["lr"] for group in optimizer.param_groups], [0.01, 0.002, 0.04])


def test_a_state_stays_as_it_was():
    ours, _ = pair()
    schedule = lr_scheduler.ExponentialLR(ours, 0.5)
    kept = schedule.state_dict()
    before = {key: list(value) if isinstance(value, list) else value for key, value in kept.items()}
    ours.add_param_group({"params": [nn.Parameter(np.ones(1))]})
    schedule.step()
    assert kept == before


def own_schedule(base):
    """A schedule in PyTorch's manner, which looks at the rates in use."""

    class Halves(base):
        def __init__(self, optimizer, every, last_epoch=-1):
            self.every = every
            super().__init__(optimizer, last_epoch)

        def get_lr(self):
            groups = self.optimizer.param_groups
            if self.last_epoch == 0 or self.last_epoch % self.every:
                return [group["lr"] for group in groups]
            return [group["lr"] / 2 for group in groups]

    class Closed(base):
        def get_lr(self):
            return [lr / (1 + self.last_epoch) for lr in self.base_lrs]

    return Halves, Closed


@pytest.mark.parametrize("number", [0, 1])
def test_a_schedule_of_your_own(number):
    ours, theirs = pair()
    options = [{"every": 2}, {}][number]
    a = own_schedule(lr_scheduler.LRScheduler)[number](ours, **options)
    b = own_schedule(torch.optim.lr_scheduler.LRScheduler)[number](theirs, **options)
    for epoch in range(6):
        if epoch == 3:  # by hand
            ours.param_groups[0]["lr"] = theirs.param_groups[0]["lr"] = 0.7
        theirs.step()
        a.step()
        b.step()
        assert a.get_last_lr() == b.get_last_lr()
    with pytest.raises(NotImplementedError, match="get_lr"):
        lr_scheduler.LRScheduler(ours)


@pytest.mark.parametrize(("name", "options"), SCHEDULES)
def test_going_on_by_the_number_of_the_epoch(name, options):
    """`last_epoch=`, without a state of the schedule: as many training scripts resume."""
    found = []
    for optimizer, library in zip(pair(), (lr_scheduler, torch.optim.lr_scheduler), strict=True):
        schedule = getattr(library, name)(optimizer, **options)
        for _ in range(4):
            optimizer.step()
            schedule.step()
        again = getattr(library, name)(optimizer, **options, last_epoch=schedule.last_epoch)
        seen = []
        for _ in range(6):
            seen += again.get_last_lr()
            optimizer.step()
            again.step()
        found.append(seen)
        fresh = pair()[library is not lr_scheduler]
        with pytest.raises((ValueError, KeyError), match="initial_lr"):
            getattr(library, name)(fresh, **options, last_epoch=3)
    np.testing.assert_allclose(*found, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ["StepLR", "LambdaLR", "OneCycleLR", "ReduceLROnPlateau", "SequentialLR"])
def test_every_schedule_wants_an_optimiser(name):
    options = {"StepLR": [2], "LambdaLR": [abs], "OneCycleLR": [0.1, 5], "SequentialLR": [[], []]}.get(name, [])
    with pytest.raises(TypeError, match=f"{name}: expected an optimiser, got list"):
        getattr(lr_scheduler, name)([0.1], *options)


def test_a_schedule_of_your_own_that_is_a_formula():
    """`rate` alone, which PyTorch does not know, in a SequentialLR."""

    class Halves(lr_scheduler.LRScheduler):
        def rate(self, base_lr, epoch, group):
            return base_lr / (1 + epoch)

    ours, _ = pair()
    parts = [lr_scheduler.ConstantLR(ours, 0.1, 2), Halves(ours)]
    schedule = lr_scheduler.SequentialLR(ours, parts, [2])
    seen = []
    for _ in range(4):
        seen.append(ours.param_groups[0]["lr"])
        schedule.step()
    np.testing.assert_allclose(seen, [0.01, 0.01, 0.1, 0.05])
