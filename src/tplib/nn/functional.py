"""Activations, losses and layers as functions: `torch.nn.functional`'s names, argument order and defaults.

Each takes Tensors or arrays and returns a Tensor; the `*_grad` functions and `softmax_jacobian` return arrays. Options
are checked here as the layers' constructors check theirs; layers call the functions themselves.
"""

from tplib.nn.activations.functions import (
    elu,
    gelu,
    hardtanh,
    leaky_relu,
    log_softmax,
    maxout,
    relu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from tplib.nn.arguments import checked_function
from tplib.nn.attention.attention import scaled_dot_product_attention
from tplib.nn.dropout import dropout, scaled_dropout
from tplib.nn.embedding.functions import embedding, embedding_bag
from tplib.nn.embedding.one_hot import one_hot
from tplib.nn.inspection.derivatives import (
    elu_grad,
    hardtanh_grad,
    leaky_relu_grad,
    relu_grad,
    sigmoid_grad,
    softmax_jacobian,
    tanh_grad,
)
from tplib.nn.linear.functions import linear
from tplib.nn.losses.absolute import huber_loss, l1_loss, smooth_l1_loss
from tplib.nn.losses.divergences import kl_div, kl_divergence_normal, kl_sparsity, vae_loss
from tplib.nn.losses.functions import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    gaussian_nll_loss,
    mse_loss,
    multi_margin_loss,
    nll_loss,
)
from tplib.nn.losses.negative_sampling import sgns_loss
from tplib.nn.losses.penalties import elastic_net_penalty, l1_penalty, l2_penalty
from tplib.nn.normalisation.batch_norm import batch_norm
from tplib.nn.normalisation.group_norm import group_norm
from tplib.nn.normalisation.layer_norm import layer_norm
from tplib.nn.normalisation.vectors import cosine_similarity, normalize
from tplib.nn.spatial.convolution import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from tplib.nn.spatial.padding import pad
from tplib.nn.spatial.pooling_functions import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    avg_pool1d,
    avg_pool2d,
    global_avg_pool,
    global_max_pool,
    lp_pool1d,
    lp_pool2d,
    max_pool1d,
    max_pool2d,
    weighted_pool1d,
    weighted_pool2d,
)
from tplib.nn.spatial.unpooling import max_unpool1d, max_unpool2d

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "avg_pool1d",
    "avg_pool2d",
    "batch_norm",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "conv1d",
    "conv2d",
    "conv_transpose1d",
    "conv_transpose2d",
    "cosine_similarity",
    "cross_entropy",
    "dropout",
    "elastic_net_penalty",
    "elu",
    "elu_grad",
    "embedding",
    "embedding_bag",
    "gaussian_nll_loss",
    "gelu",
    "global_avg_pool",
    "global_max_pool",
    "group_norm",
    "hardtanh",
    "hardtanh_grad",
    "huber_loss",
    "kl_div",
    "kl_divergence_normal",
    "kl_sparsity",
    "l1_loss",
    "l1_penalty",
    "l2_penalty",
    "layer_norm",
    "leaky_relu",
    "leaky_relu_grad",
    "linear",
    "log_softmax",
    "lp_pool1d",
    "lp_pool2d",
    "max_pool1d",
    "max_pool2d",
    "max_unpool1d",
    "max_unpool2d",
    "maxout",
    "mse_loss",
    "multi_margin_loss",
    "nll_loss",
    "normalize",
    "one_hot",
    "pad",
    "relu",
    "relu_grad",
    "scaled_dot_product_attention",
    "scaled_dropout",
    "sgns_loss",
    "sigmoid",
    "sigmoid_grad",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softmax_jacobian",
    "softplus",
    "tanh",
    "tanh_grad",
    "vae_loss",
    "weighted_pool1d",
    "weighted_pool2d",
]

for _name in __all__:
    _function = globals()[_name]
    globals()[_name] = _checked = checked_function(_function)
    if _checked is not _function:
        _checked.__module__ = __name__  # where pickle finds it
