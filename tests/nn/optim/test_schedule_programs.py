"""Random programs of schedules, run in both libraries: alone, in pairs, one after the other, own ones, groups that come
later, rates set by hand, and each order of loading a checkpoint. `TPLIB_PROGRAMS=1000` runs more."""

import copy
import os
import pickle

import numpy as np
import pytest
import torch

from tplib import nn

PROGRAMS = int(os.environ.get("TPLIB_PROGRAMS", "150"))
LAMBDAS = [lambda e: 0.5**e, lambda e: min(1.0, (e + 1) / 4), lambda e: 0.0 if e < 2 else 1.0, lambda e: 1 / (1 + e)]
ORDERS = ["o c s", "c o s", "c s o", "c o", "o c", "c s"]  # what is loaded: Optimiser, sChedule made, Schedule


class Power:
    """A callable object, whose attributes belong to the schedule's state."""

    def __init__(self, base):
        self.base = base
        self.calls = 0

    def __call__(self, epoch):
        self.calls += 1
        return self.base**epoch + self.calls / 100


def own(schedules, kind, f):
    class Own(schedules.LRScheduler):
        def get_lr(self):
            assert self._get_lr_called_within_step
            if kind == "formula":
                return [lr * f**self.last_epoch for lr in self.base_lrs]
            return [group["lr"] * (f if self.last_epoch else 1) for group in self.optimizer.param_groups]

    class Closed(Own):  # both forms, as in PyTorch's own source; they differ, so that the one that was asked shows
        def _get_closed_form_lr(self):
            return [lr * f**self.last_epoch + 0.01 for lr in self.base_lrs]

    class CappedLambda(schedules.LambdaLR):
        def get_lr(self):
            return [min(rate, 0.07) for rate in super().get_lr()]

    class CappedStep(schedules.StepLR):
        def get_lr(self):
            return [min(rate, 0.07) for rate in super().get_lr()]

    class ClosedStep(schedules.StepLR):
        def _get_closed_form_lr(self):
            return [rate / 2 for rate in super()._get_closed_form_lr()]

    return {
        "closed": Closed,
        "capped lambda": lambda optimizer: CappedLambda(optimizer, lambda e: f**e),
        "capped step": lambda optimizer: CappedStep(optimizer, 2, f),
        "closed step": lambda optimizer: ClosedStep(optimizer, 2, f),
    }.get(kind, Own)


def make(library, optimizer, name, options, fresh=False):
    schedules = library.optim.lr_scheduler
    if name == "SequentialLR":
        parts = [make(library, optimizer, *part, fresh) for part in options["parts"]]
        return schedules.SequentialLR(optimizer, parts, options["milestones"])
    if name == "LambdaLR":
        return schedules.LambdaLR(optimizer, LAMBDAS[options["number"]])
    if name == "Power":
        return schedules.LambdaLR(optimizer, Power(options["first"] if fresh else options["base"]))
    if name == "Own":
        return own(schedules, **options)(optimizer)
    return getattr(schedules, name)(optimizer, **options)


def draw_schedule(rng, inside=False):
    def whole(low, high):
        return int(rng.integers(low, high))

    def one(*values):
        return values[rng.integers(len(values))]

    kinds = {
        "StepLR": lambda: {"step_size": whole(1, 4), "gamma": one(0.5, 0.1, 0.0, 1.0)},
        "MultiStepLR": lambda: {"milestones": [whole(1, 9) for _ in range(whole(1, 4))], "gamma": one(0.5, 0.0)},
        "ExponentialLR": lambda: {"gamma": one(0.9, 0.5, 0.0, 1.1)},
        "CosineAnnealingLR": lambda: {"T_max": whole(2, 8), "eta_min": one(0.0, 0.01, 0.1, 2.0)},
        "LinearLR": lambda: {
            "start_factor": one(0.1, 0.5, 1.0),
            "end_factor": one(0.0, 0.5, 1.0),
            "total_iters": whole(1, 6),
        },
        "ConstantLR": lambda: {"factor": one(0.1, 0.5, 1.0), "total_iters": whole(1, 5)},
        "PolynomialLR": lambda: {"total_iters": whole(1, 7), "power": one(1.0, 2.0, 0.5)},
        "LambdaLR": lambda: {"number": whole(0, len(LAMBDAS))},
        "OneCycleLR": lambda: {
            "max_lr": one(1.0, 0.1),
            "total_steps": whole(13, 18),
            "pct_start": one(0.3, 0.5, 0.2),
            "anneal_strategy": one("cos", "linear"),
            "three_phase": one(True, False, False),
        },
        "Power": lambda: {"base": one(0.5, 0.9), "first": one(0.5, 0.1)},
        "Own": lambda: {
            "kind": one("formula", "factor", "closed", "capped lambda", "capped step", "closed step"),
            "f": one(0.5, 0.9, 0.0),
        },
    }
    if not inside:
        kinds["ReduceLROnPlateau"] = lambda: {
            "patience": whole(0, 3),
            "factor": 0.5,
            "cooldown": whole(0, 2),
            "min_lr": one(0.0, 0.01),
            "mode": one("min", "max"),
            "threshold": one(1e-4, 0.1, 1.0, 2.0),
            "threshold_mode": one("rel", "abs"),
        }
        kinds["SequentialLR"] = lambda: draw_parts(rng)
    name = one(*kinds)
    return name, kinds[name]()


def draw_parts(rng):
    count = int(rng.integers(2, 4))
    parts = [draw_schedule(rng, inside=True) for _ in range(count)]
    if rng.random() < 0.1:
        parts[0] = ("SequentialLR", draw_parts(rng))
    return {"parts": parts, "milestones": [int(m) for m in np.cumsum(rng.integers(1, 4, count - 1))]}


def draw_events(rng):
    events = []
    for _ in range(rng.integers(4, 13)):
        events.append(
            [
                ("step", [1.0, 0.9, 1.1, 0.5][rng.integers(4)]),
                ("set", [0.0, 0.1, 1.0, 0.37][rng.integers(4)]),
                ("group", [0.1, 0.3, 0.0][rng.integers(3)]),
                ("one", int(rng.integers(2))),
                ("go to", int(rng.integers(6))),
                ("resume", ORDERS[rng.integers(len(ORDERS))]),
            ][rng.choice(6, p=[0.64, 0.08, 0.06, 0.06, 0.04, 0.12])]
        )
    return events


def run(library, specs, events, kind, lr, groups):
    """The rates, momenta and last rates after each event, or the first one that raised."""
    ours = library is nn

    def optimizer(count):
        def new():
            return nn.Parameter(np.ones(2)) if ours else torch.nn.Parameter(torch.ones(2))

        options = [{"params": [new()]}, {"params": [new()], "lr": lr / 2}, {"params": [new()], "lr": 0.3}]
        options = options[:groups] + options[2:][: count - groups]
        extra = {"momentum": 0.9} if kind == "SGD" else {}
        return getattr(library.optim, kind)(options, lr=lr, **extra)

    def schedules(fresh=False):
        return [make(library, optimizer_, *spec, fresh) for spec in specs]

    optimizer_, seen = optimizer(groups), []
    try:
        parts = schedules()
        for event, value in [("look", None), *events]:
            if event in ("step", "one", "go to"):
                optimizer_.step()
                for i, (part, (name, _)) in enumerate(zip(parts, specs, strict=True)):
                    if event == "one" and i != value % len(parts):
                        continue
                    if name == "ReduceLROnPlateau":
                        part.step(1.0 if event != "step" else value)
                    elif event == "go to" and name != "SequentialLR":
                        part.step(value)
                    else:
                        part.step()
            elif event == "set":
                optimizer_.param_groups[0]["lr"] = value
            elif event == "group" and len(optimizer_.param_groups) == groups:
                new = nn.Parameter(np.ones(2)) if ours else torch.nn.Parameter(torch.ones(2))
                optimizer_.add_param_group({"params": [new], "lr": value})
            elif event == "resume":
                kept = pickle.loads(pickle.dumps(optimizer_.state_dict()))
                states = [copy.deepcopy(part.state_dict()) for part in parts]
                optimizer_ = optimizer(len(optimizer_.param_groups))
                for letter in value.split():
                    if letter == "o":
                        optimizer_.load_state_dict(kept)
                    elif letter == "c":
                        parts = schedules(fresh=True)
                    else:
                        for part, state in zip(parts, states, strict=True):
                            part.load_state_dict(state)
            rates = [[g["lr"], g.get("momentum", g.get("betas", [0])[0])] for g in optimizer_.param_groups]
            seen.append([float(x) for pair in rates for x in pair])
            seen.append([float(x) for part in parts for x in part.get_last_lr()])
    except ZeroDivisionError:
        seen.append("zero")
    except (ValueError, KeyError, IndexError, RuntimeError) as error:
        refused = "refused" if not ours or type(error) is ValueError else repr(error)
        seen.append(refused)
    return seen


@pytest.mark.filterwarnings("ignore::UserWarning")  # PyTorch's, of the order of steps and of step(epoch)
@pytest.mark.parametrize("seed", range(10))
def test_programs_of_schedules(seed):
    for number in range(PROGRAMS // 10):
        rng = np.random.default_rng([seed, number])
        specs = [draw_schedule(rng) for _ in range(1 if rng.random() < 0.6 else 2)]
        events = draw_events(rng)
        setting = ["SGD", "Adam"][rng.integers(2)], [0.1, 0.1, 1.0, 0.0][rng.integers(4)], int(rng.integers(1, 3))
        a, b = run(nn, specs, events, *setting), run(torch, specs, events, *setting)
        if b[-1] == "zero":  # PyTorch divides by a factor of 0: there is nothing to compare from here on
            a, b = a[: len(b) - 1], b[:-1]
        assert len(a) == len(b), (specs, events, setting, a[-1], b[-1])
        for mine, other in zip(a, b, strict=True):
            assert type(mine) is type(other), (specs, events, setting, mine, other)
            if isinstance(other, str):
                assert mine == other, (specs, events, setting)
            else:
                np.testing.assert_allclose(mine, other, 1e-7, 1e-12, err_msg=str((specs, events, setting)))
