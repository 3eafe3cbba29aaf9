"""NumPy reference network library: PyTorch's names, argument order, defaults, shapes and `state_dict` keys."""

from tplib.nn import autograd, functional, init, optim, utils
from tplib.nn.activations.modules import (
    ELU,
    GELU,
    Hardtanh,
    LeakyReLU,
    LogSoftmax,
    Maxout,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from tplib.nn.attention.multihead import MultiheadAttention
from tplib.nn.attention.transformer import (
    PositionalEncoding,
    TransformerDecoder,
    TransformerDecoderLayer,
    TransformerEncoder,
    TransformerEncoderLayer,
)
from tplib.nn.autoencoders.autoencoder import (
    Autoencoder,
    DenoisingAutoencoder,
    GaussianNoise,
    SparseAutoencoder,
    TransposedLinear,
)
from tplib.nn.autoencoders.vae import VariationalAutoencoder
from tplib.nn.containers import Flatten, Identity, ModuleDict, ModuleList, Sequential
from tplib.nn.dropout import Dropout, ScaledDropout
from tplib.nn.embedding.bag_of_ngrams import BagOfNgrams
from tplib.nn.embedding.modules import Embedding, EmbeddingBag
from tplib.nn.embedding.skipgram import CBOW, SkipGram
from tplib.nn.embedding.word2vec import Word2Vec
from tplib.nn.graph.graph import Function
from tplib.nn.graph.recording import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.graph.tensor import Tensor, concatenate, stack, where
from tplib.nn.inspection.draw import draw_graph
from tplib.nn.inspection.gradcheck import GradCheck, gradcheck, gradgradcheck, step_errors
from tplib.nn.inspection.summary import count_parameters, receptive_field, summary
from tplib.nn.linear.modules import Linear
from tplib.nn.losses.modules import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    GaussianNLLLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    MultiMarginLoss,
    NLLLoss,
    SmoothL1Loss,
)
from tplib.nn.module import Module, Parameter
from tplib.nn.normalisation.batch_norm import BatchNorm1d, BatchNorm2d
from tplib.nn.normalisation.group_norm import GroupNorm
from tplib.nn.normalisation.layer_norm import LayerNorm
from tplib.nn.recurrent.cells import GRUCell, LSTMCell, RNNCell
from tplib.nn.recurrent.layers import GRU, LSTM, RNN
from tplib.nn.recurrent.seq2seq import Seq2Seq
from tplib.nn.recurrent.truncated import truncated_bptt
from tplib.nn.spatial.convolution_modules import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from tplib.nn.spatial.pooling_modules import (
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
from tplib.nn.spatial.unpooling import MaxUnpool1d, MaxUnpool2d
from tplib.nn.torch_bridge import from_torch, to_torch
from tplib.nn.training.checkpoint import load, save
from tplib.nn.training.descent import (
    batch_gradient_descent,
    minibatch_gradient_descent,
    minibatches,
    random_search,
    stochastic_gradient_descent,
)
from tplib.nn.training.early_stopping import EarlyStopping
from tplib.nn.training.fit import accuracy, evaluate, fit

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
    "ConvTranspose1d",
    "ConvTranspose2d",
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
    "GroupNorm",
    "Hardtanh",
    "HuberLoss",
    "Identity",
    "KLDivLoss",
    "L1Loss",
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
    "MaxUnpool1d",
    "MaxUnpool2d",
    "Maxout",
    "Module",
    "ModuleDict",
    "ModuleList",
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
    "SiLU",
    "Sigmoid",
    "SkipGram",
    "SmoothL1Loss",
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
    "autograd",
    "batch_gradient_descent",
    "cat",
    "concatenate",
    "count_parameters",
    "draw_graph",
    "enable_grad",
    "evaluate",
    "fit",
    "from_torch",
    "functional",
    "gradcheck",
    "gradgradcheck",
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
    "set_grad_enabled",
    "stack",
    "step_errors",
    "stochastic_gradient_descent",
    "summary",
    "to_torch",
    "truncated_bptt",
    "utils",
    "where",
]
