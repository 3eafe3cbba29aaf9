"""NumPy reference network library: PyTorch's names, argument order, defaults, shapes and `state_dict` keys."""

from tplib.nn import functional, init, optim, utils
from tplib.nn.embedding_modules import Embedding, EmbeddingBag
from tplib.nn.graph import Function, is_grad_enabled, no_grad
from tplib.nn.layers import (
    ELU,
    GELU,
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
    Softplus,
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
from tplib.nn.multihead import MultiheadAttention
from tplib.nn.recurrent import GRU, LSTM, RNN
from tplib.nn.recurrent_cells import GRUCell, LSTMCell, RNNCell
from tplib.nn.seq2seq import Seq2Seq
from tplib.nn.sparse_rows import SparseRows
from tplib.nn.tensor import Tensor, concatenate, stack
from tplib.nn.truncated import truncated_bptt

cat = concatenate

__all__ = [
    "ELU",
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "BCELoss",
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "Dropout",
    "Embedding",
    "EmbeddingBag",
    "Flatten",
    "Function",
    "GRUCell",
    "GaussianNLLLoss",
    "Hardtanh",
    "LSTMCell",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Maxout",
    "Module",
    "MultiMarginLoss",
    "MultiheadAttention",
    "NLLLoss",
    "Parameter",
    "RNNCell",
    "ReLU",
    "Seq2Seq",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "Softplus",
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
    "truncated_bptt",
    "utils",
]
