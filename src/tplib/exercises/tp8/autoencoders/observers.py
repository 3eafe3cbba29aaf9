"""How the answers of TP8-HFTrain/3_autoencoders are watched: arrays in, arrays out; nothing here tells what is right.

`look` says what of an answer to report; "values" is what it computes.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tplib.graders import modules


def learning(array: np.ndarray) -> Tensor:
    """A tensor that collects a gradient, as a parameter does."""
    return modules.tensor(array).requires_grad_()


def backward(output: Any) -> None:
    """A backward pass from weights of the outputs of which no two are equal; none where nothing was recorded."""
    if isinstance(output, Tensor) and output.requires_grad:
        output.backward(torch.linspace(1, 2, output.numel(), dtype=output.dtype).reshape(output.shape))


def gradients(**named: Any) -> dict[str, Any]:
    """The gradient of each tensor, or list of tensors, by its name; "none" where none arrived."""
    flat: dict[str, Any] = {}
    for name, value in named.items():
        flat |= {f"{name}[{i}]": each for i, each in enumerate(value)} if isinstance(value, list) else {name: value}
    return {f"gradient of {name}": modules.gradients([value])[0] for name, value in flat.items()}


def left(tensors: list[Tensor], arrays: list[np.ndarray]) -> str:
    """Whether tensors still hold what they were made of."""
    pairs = zip(tensors, arrays, strict=True)
    same = all(np.array_equal(modules.array(tensor), modules.array(modules.tensor(array))) for tensor, array in pairs)
    return "as it was" if same else "changed"


def arrays(value: Any) -> Any:
    """A tensor, or a tuple of them, as arrays."""
    return tuple(map(arrays, value)) if isinstance(value, tuple) else modules.array(value)


def number(value: Any) -> Any:
    """A tensor of one value as a Python number; anything else as it is."""
    return value.item() if isinstance(value, Tensor) and value.numel() == 1 else modules.array(value)


def autoencoder(
    candidate: Any,
    sizes: list[int],
    parameters: dict[str, np.ndarray],
    x: np.ndarray,
    code: np.ndarray,
    look: str = "values",
) -> Any:
    """The network with these parameters, in the order in which it uses them: x there and back, and a code decoded."""
    with modules.repeatable():
        given_sizes = list(sizes)
        model = modules.built(candidate, given_sizes)
        given, coded = modules.tensor(x), modules.tensor(code)
        ordered = modules.in_order_of_use(model, given.clone())
        if not modules.load(ordered, list(parameters.values())):
            return {"parameters": modules.shapes(model), "reconstruction": "not computed"}
        methods: Any = model
        if look == "gradients":
            ways = {"forward": (model, given), "encode": (methods.encode, given), "decode": (methods.decode, coded)}
            found: dict[str, Any] = {}
            for way, (f, value) in ways.items():
                given_to = _gradients(model, ordered, parameters, f(value))
                found |= {f"gradient of {name} by {way}": gradient for name, gradient in given_to.items()}
            return found
        found = {
            "parameters": modules.shapes(model),
            "encode(x)": modules.array(methods.encode(given)),
            "decode(code)": modules.array(methods.decode(coded)),
            "forward(x)": arrays(model(given)),
        }
        if look == "input":
            same = given_sizes == sizes and left([given, coded], [x, code]) == "as it was"
            return {"sizes, x and code afterwards": "as it was" if same else "changed"}
        return found


def _gradients(model: nn.Module, ordered: list[Any], names: Iterable[str], output: Any) -> dict[str, Any]:
    """The gradient that this output alone gives each parameter."""
    model.zero_grad()
    backward(output)
    return dict(zip(names, modules.gradients(ordered), strict=True))


def tied(
    candidate: Any,
    code: np.ndarray,
    weights: list[np.ndarray],
    biases: list[np.ndarray],
    look: str = "values",
) -> Any:
    with modules.repeatable():
        given = learning(code)
        ws, bs = [learning(w) for w in weights], [learning(b) for b in biases]
        lists = list(ws), list(bs)
        found = candidate(given, *lists)
        if look == "gradients":
            backward(found)
            return gradients(code=given, weights=ws, biases=bs)
        if look == "input":
            same = left([given, *ws, *bs], [code, *weights, *biases]) == "as it was"
            order = all(map(_same_objects, lists, (ws, bs)))
            return {"code, weights and biases afterwards": "as they were" if same and order else "changed"}
        return modules.array(found)


def _same_objects(found: list[Tensor], given: list[Tensor]) -> bool:
    return len(found) == len(given) and all(f is g for f, g in zip(found, given, strict=True))


def picture(shape: tuple[int, ...]) -> np.ndarray:
    """Values between 0.25 and 0.75, no two equal."""
    count = int(np.prod(shape))
    return np.linspace(0.25, 0.75, count).reshape(shape).astype(np.float32)


def noising(
    candidate: Any, shape: tuple[int, ...], kind: str, amount: float, training: bool | None, look: str = "values"
) -> Any:
    """Two results for the same x, each from a tensor of its own; training None leaves it to its default."""
    with modules.repeatable():
        more = () if training is None else (training,)
        results, given = [], []
        for _ in range(2):
            given.append(modules.tensor(picture(shape)))
            results.append(modules.array(candidate(given[-1], kind, amount, *more)))
        if look == "input":
            return {"x afterwards": left(given, [picture(shape)] * 2)}
        return {"first": results[0], "second": results[1]}


def sparsity(candidate: Any, codes: np.ndarray, rho: float | None = None, look: str = "values") -> Any:
    with modules.repeatable():
        given = learning(codes)
        found = candidate(given) if rho is None else candidate(given, rho)
        if look == "gradients":
            backward(found)
            return gradients(codes=given)
        return {"codes afterwards": left([given], [codes])} if look == "input" else number(found)


def drawing(candidate: Any, mu: np.ndarray, log_var: np.ndarray, look: str = "values") -> Any:
    """Codes drawn twice for a batch, and what gradients the first draw gives."""
    with modules.repeatable():
        means, logs = learning(mu), learning(log_var)
        with torch.set_grad_enabled(look != "afterwards"):
            first = candidate(means, logs)
            second = candidate(means, logs)
        if look == "input":
            return {"mu and log_var afterwards": left([means, logs], [mu, log_var])}
        if look == "gradients":
            backward(first)
            return {"z": modules.array(first), **gradients(mu=means, log_var=logs)}
        return {"first": modules.array(first), "second": modules.array(second)}


def evidence(
    candidate: Any,
    scores: np.ndarray,
    x: np.ndarray,
    mu: np.ndarray,
    log_var: np.ndarray,
    beta: float | None = None,
    look: str = "values",
) -> Any:
    with modules.repeatable():
        s, target, m, v = learning(scores), modules.tensor(x), learning(mu), learning(log_var)
        found = candidate(s, target, m, v) if beta is None else candidate(s, target, m, v, beta)
        if look == "gradients":
            backward(found)
            return gradients(scores=s, mu=m, log_var=v)
        return (
            {"the arguments afterwards": left([s, target, m, v], [scores, x, mu, log_var])}
            if look == "input"
            else number(found)
        )


class Part(nn.Module):
    """A linear layer, with tanh behind it unless it is the last; it notes in which mode each pass found it."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray, last: bool) -> None:
        super().__init__()
        self.dropout, self.last = nn.Dropout(0.0), last
        self.weight, self.bias = nn.Parameter(modules.tensor(weight)), nn.Parameter(modules.tensor(bias))
        self.modes: list[str] = []

    def forward(self, x: Tensor) -> Tensor:
        self.modes.append("training" if self.training and self.dropout.training else "evaluation")
        z = functional.linear(self.dropout(x), self.weight, self.bias)
        return z if self.last else torch.tanh(z)


def pretraining(
    candidate: Any,
    encoder: dict[str, np.ndarray],
    decoder: dict[str, np.ndarray],
    head: dict[str, np.ndarray],
    images: list[np.ndarray],
    labelled: list[tuple[np.ndarray, np.ndarray]],
    pretrain_epochs: int,
    epochs: int,
    lr: float | None = None,
    look: str = "values",
) -> Any:
    """What a training of encoder, decoder and head leaves behind; lr None leaves it to its default."""
    parts = {"encoder": encoder, "decoder": decoder, "head": head}
    with modules.repeatable():
        built = {name: Part(**arrays, last=name != "encoder").eval() for name, arrays in parts.items()}
        if look == "old gradients":
            for part in built.values():
                for parameter in part.parameters():
                    parameter.grad = torch.ones_like(parameter)
        unlabelled = [modules.tensor(x) for x in images]
        pairs = [(modules.tensor(x), modules.tensor(y)) for x, y in labelled]
        more = () if lr is None else (lr,)
        classifier = candidate(*built.values(), unlabelled, pairs, pretrain_epochs, epochs, *more)
        if not isinstance(classifier, nn.Module):
            return {"the result is": f"of type {type(classifier).__name__}"}
        modes = {f"mode of the {name}": sorted(set(part.modes)) for name, part in built.items()}
        if look == "mode":
            evaluated = not classifier.training and not built["encoder"].training and not built["head"].training
            return {**modes, "the classifier comes in": "evaluation mode" if evaluated else "training mode"}
        if look == "input":
            same = left(unlabelled, images) == "as it was" and modules.same_batches(pairs, labelled)
            learn = all(parameter.requires_grad for part in built.values() for parameter in part.parameters())
            return {"batches afterwards": "as they were" if same else "changed", "all parameters still learn": learn}
        with torch.no_grad():
            scores = modules.array(classifier(modules.tensor(images[0])))
        return {
            "the result is": "a module",
            "scores of the classifier": scores,
            **{
                f"{what} of the {name}": modules.array(parameter)
                for name, part in built.items()
                for what, parameter in part.named_parameters()
            },
        }
