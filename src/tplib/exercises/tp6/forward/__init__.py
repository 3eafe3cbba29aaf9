"""The exercises of TP6-TrainFFNN/1_forward, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.forward.collapse_linear import collapse_linear
from tplib.exercises.tp6.forward.dense import dense
from tplib.exercises.tp6.forward.elu import elu
from tplib.exercises.tp6.forward.elu_grad import elu_grad
from tplib.exercises.tp6.forward.hardtanh import hardtanh
from tplib.exercises.tp6.forward.leaky_relu import leaky_relu
from tplib.exercises.tp6.forward.log_softmax import log_softmax
from tplib.exercises.tp6.forward.maxout import maxout
from tplib.exercises.tp6.forward.neuron import neuron
from tplib.exercises.tp6.forward.relu import relu
from tplib.exercises.tp6.forward.relu_grad import relu_grad
from tplib.exercises.tp6.forward.sigmoid import sigmoid
from tplib.exercises.tp6.forward.sigmoid_grad import sigmoid_grad
from tplib.exercises.tp6.forward.softmax import softmax
from tplib.exercises.tp6.forward.softmax_jacobian import softmax_jacobian
from tplib.exercises.tp6.forward.tanh_grad import tanh_grad

EXERCISES = complete(
    __name__,
    (
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
    ),
)
