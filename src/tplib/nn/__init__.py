"""NumPy reference network library: PyTorch's names, argument order, defaults, shapes and `state_dict` keys."""

from tplib.nn import functional, init, optim
from tplib.nn.embedding_modules import Embedding, EmbeddingBag
from tplib.nn.graph import Function, is_grad_enabled, no_grad
from tplib.nn.layers import (
    ELU,
    Dropout,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    LogSoftmax,
    Maxout,
    ReLU,
    Sequential,
    Sigmoid,
    Softmax,
    Tanh,
)
from tplib.nn.loss_modules import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    GaussianNLLLoss,
    MSELoss,
    MultiMarginLoss,
    NLLLoss,
)
from tplib.nn.module import Module, Parameter
from tplib.nn.sparse_rows import SparseRows
from tplib.nn.tensor import Tensor, concatenate, stack

cat = concatenate

__all__ = [
    "ELU",
    "BCELoss",
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "Dropout",
    "Embedding",
    "EmbeddingBag",
    "Flatten",
    "Function",
    "GaussianNLLLoss",
    "Hardtanh",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Maxout",
    "Module",
    "MultiMarginLoss",
    "NLLLoss",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "SparseRows",
    "Tanh",
    "Tensor",
    "cat",
    "concatenate",
    "functional",
    "init",
    "is_grad_enabled",
    "no_grad",
    "optim",
    "stack",
]
