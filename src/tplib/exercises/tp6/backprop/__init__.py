"""The exercises of TP6-TrainFFNN/3_backprop, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp6.backprop import (  # noqa: F401
    differences_mistakes,
    graph_backward_mistakes,
    mlp_backward_mistakes,
    mlp_forward_mistakes,
    order_mistakes,
    steps_mistakes,
    two_layer_mistakes,
)
from tplib.exercises.tp6.backprop.add import Add
from tplib.exercises.tp6.backprop.differences import numerical_gradient
from tplib.exercises.tp6.backprop.graph_backward import backward
from tplib.exercises.tp6.backprop.mlp_backward import mlp_backward
from tplib.exercises.tp6.backprop.mlp_forward import mlp_forward
from tplib.exercises.tp6.backprop.multiply import Multiply
from tplib.exercises.tp6.backprop.order import topological_order
from tplib.exercises.tp6.backprop.relative import relative_error
from tplib.exercises.tp6.backprop.square import Square
from tplib.exercises.tp6.backprop.steps import step_network
from tplib.exercises.tp6.backprop.two_layer import train_two_layer

EXERCISES = complete(
    __name__,
    (
        Multiply,
        Add,
        Square,
        backward,
        numerical_gradient,
        relative_error,
        mlp_forward,
        mlp_backward,
        train_two_layer,
        step_network,
        topological_order,
    ),
)
