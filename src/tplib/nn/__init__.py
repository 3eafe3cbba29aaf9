"""NumPy reference network library: PyTorch's names, argument order, defaults, shapes and `state_dict` keys."""

from tplib.nn import functional, init, optim, utils
from tplib.nn.autoencoder import (
    Autoencoder,
    DenoisingAutoencoder,
    GaussianNoise,
    SparseAutoencoder,
    TransposedLinear,
)
from tplib.nn.bag_of_ngrams import BagOfNgrams
from tplib.nn.batch_norm import BatchNorm1d, BatchNorm2d
from tplib.nn.checkpoint import load, save
from tplib.nn.convolution_modules import Conv1d, Conv2d
from tplib.nn.descent import (
    batch_gradient_descent,
    minibatch_gradient_descent,
    minibatches,
    random_search,
    stochastic_gradient_descent,
)
from tplib.nn.draw import draw_graph
from tplib.nn.early_stopping import EarlyStopping
from tplib.nn.embedding_modules import Embedding, EmbeddingBag
from tplib.nn.fit import accuracy, evaluate, fit
from tplib.nn.gradcheck import GradCheck, gradcheck, step_errors
from tplib.nn.graph import Function, is_grad_enabled, no_grad
from tplib.nn.layer_norm import LayerNorm
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
    ScaledDropout,
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
    KLDivLoss,
    MSELoss,
    MultiMarginLoss,
    NLLLoss,
)
from tplib.nn.module import Module, Parameter
from tplib.nn.multihead import MultiheadAttention
from tplib.nn.pooling_modules import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool1d,
    AdaptiveMaxPool2d,
    AvgPool1d,
    AvgPool2d,
    LPPool1d,
    LPPool2d,
    MaxPool1d,
    MaxPool2d,
    WeightedPool1d,
    WeightedPool2d,
)
from tplib.nn.recurrent import GRU, LSTM, RNN
from tplib.nn.recurrent_cells import GRUCell, LSTMCell, RNNCell
from tplib.nn.seq2seq import Seq2Seq
from tplib.nn.skipgram import CBOW, SkipGram
from tplib.nn.sparse_rows import SparseRows
from tplib.nn.summary import count_parameters, receptive_field, summary
from tplib.nn.tensor import Tensor, concatenate, stack
from tplib.nn.torch_bridge import from_torch, to_torch
from tplib.nn.transformer import (
    PositionalEncoding,
    TransformerDecoder,
    TransformerDecoderLayer,
    TransformerEncoder,
    TransformerEncoderLayer,
)
from tplib.nn.truncated import truncated_bptt
from tplib.nn.vae import VariationalAutoencoder
from tplib.nn.word2vec import Word2Vec

cat = concatenate

__all__ = [
    "CBOW",
    "ELU",
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "Autoencoder",
    "AvgPool1d",
    "AvgPool2d",
    "BCELoss",
    "BCEWithLogitsLoss",
    "BagOfNgrams",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv1d",
    "Conv2d",
    "CrossEntropyLoss",
    "DenoisingAutoencoder",
    "Dropout",
    "EarlyStopping",
    "Embedding",
    "EmbeddingBag",
    "Flatten",
    "Function",
    "GRUCell",
    "GaussianNLLLoss",
    "GaussianNoise",
    "GradCheck",
    "Hardtanh",
    "KLDivLoss",
    "LPPool1d",
    "LPPool2d",
    "LSTMCell",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "MaxPool1d",
    "MaxPool2d",
    "Maxout",
    "Module",
    "MultiMarginLoss",
    "MultiheadAttention",
    "NLLLoss",
    "Parameter",
    "PositionalEncoding",
    "RNNCell",
    "ReLU",
    "ScaledDropout",
    "Seq2Seq",
    "Sequential",
    "Sigmoid",
    "SkipGram",
    "Softmax",
    "Softplus",
    "SparseAutoencoder",
    "SparseRows",
    "Tanh",
    "Tensor",
    "TransformerDecoder",
    "TransformerDecoderLayer",
    "TransformerEncoder",
    "TransformerEncoderLayer",
    "TransposedLinear",
    "VariationalAutoencoder",
    "WeightedPool1d",
    "WeightedPool2d",
    "Word2Vec",
    "accuracy",
    "batch_gradient_descent",
    "cat",
    "concatenate",
    "count_parameters",
    "draw_graph",
    "evaluate",
    "fit",
    "from_torch",
    "functional",
    "gradcheck",
    "init",
    "is_grad_enabled",
    "load",
    "minibatch_gradient_descent",
    "minibatches",
    "no_grad",
    "optim",
    "random_search",
    "receptive_field",
    "save",
    "stack",
    "step_errors",
    "stochastic_gradient_descent",
    "summary",
    "to_torch",
    "truncated_bptt",
    "utils",
]
