"""The exercises of TP6-TrainFFNN/1_forward, in the order of the notebook."""

from tplib.exercises.tp6.forward.elu import elu, elu_grad
from tplib.exercises.tp6.forward.layers import dense, neuron
from tplib.exercises.tp6.forward.linearity import collapse_linear
from tplib.exercises.tp6.forward.log_softmax import log_softmax
from tplib.exercises.tp6.forward.maxout import maxout
from tplib.exercises.tp6.forward.relu import leaky_relu, relu, relu_grad
from tplib.exercises.tp6.forward.sigmoid import sigmoid, sigmoid_grad
from tplib.exercises.tp6.forward.softmax import softmax
from tplib.exercises.tp6.forward.softmax_jacobian import softmax_jacobian
from tplib.exercises.tp6.forward.tanh import hardtanh, tanh_grad

EXERCISES = (
    neuron,
    dense,
    sigmoid,
    sigmoid_grad,
    tanh_grad,
    relu,
    relu_grad,
    collapse_linear,
    softmax,
    log_softmax,
    hardtanh,
    leaky_relu,
    elu,
    elu_grad,
    maxout,
    softmax_jacobian,
)
