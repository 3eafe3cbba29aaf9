"""`reset_parameters`: the same modules have it as in PyTorch, and it gives what a new module starts with."""

import numpy as np
import pytest
import torch

from tplib import nn

MODULES = {
    "Linear": (3, 4),
    "Conv1d": (2, 4, 3),
    "Conv2d": (2, 4, 3),
    "ConvTranspose1d": (2, 4, 3),
    "ConvTranspose2d": (2, 4, 3),
    "RNN": (3, 4, 2),
    "LSTM": (3, 4),
    "GRU": (3, 4),
    "RNNCell": (3, 4),
    "LSTMCell": (3, 4),
    "GRUCell": (3, 4),
    "Embedding": (5, 3, 1),
    "EmbeddingBag": (5, 3),
    "BatchNorm1d": (3,),
    "BatchNorm2d": (3,),
    "LayerNorm": (3,),
    "GroupNorm": (2, 4),
    "Dropout": (0.5,),
    "ReLU": (),
    "MaxPool2d": (2,),
    "Flatten": (),
}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_starts_anew(name):
    make, args = getattr(nn, name), MODULES[name]
    module, theirs = make(*args), getattr(torch.nn, name)(*args)
    assert hasattr(module, "reset_parameters") == hasattr(theirs, "reset_parameters")
    assert hasattr(module, "reset_running_stats") == hasattr(theirs, "reset_running_stats")
    if not hasattr(module, "reset_parameters"):
        return
    before = module.state_dict()
    drawn = name[:5] not in ("Batch", "Layer", "Group")
    for parameter in (*module.parameters(), *module.buffers()):
        parameter.data += 1
    module.reset_parameters(**({"rng": np.random.default_rng(3)} if drawn else {}))
    again = make(*args, **({"rng": np.random.default_rng(3)} if drawn else {})).state_dict()
    for key, value in module.state_dict().items():
        np.testing.assert_array_equal(value, again[key])
        assert not drawn or not np.array_equal(value, before[key])
    module.reset_parameters()
    assert drawn == any(not np.array_equal(value, again[key]) for key, value in module.state_dict().items())
