"""One step of gradient descent with weight decay."""

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Step = tuple[Array, Array]


def _draw(draw: Draw) -> Arguments:
    D, H = draw.size(1, 3), draw.size(1, 3)
    lr, decay = draw.choice(((0.5, 0.25), (0.1, 2.0), (0.25, 0.5), (0.3, 0.0), (0.5, 3.0)))
    return draw.array(D, H), draw.array(H), draw.array(D, H), draw.array(H), lr, decay


_W, _dW = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[-0.5, 1.5], [2.0, 1.0]])
_b, _db = np.array([2.0, -1.0]), np.array([0.5, -3.0])


@exercise(
    points=1,
    at_home=True,
    lecture="002, Regularization l2 or gaussian prior or weight decay",
    concepts=(23,),
    draw=_draw,
    draws=6,
    edges=(
        Case((_W, _b, _dW, _db, 0.5, 0.25)),
        Case((_W[:, :1], _b[:1], _dW[:, :1], _db[:1], 0.1, 2.0)),
        Case((_W, _b, _dW, _db, 0.3, 0.0)),
        Case((_W, _b, _dW, _db, 0.5, 3.0)),
    ),
    forbidden=("torch.optim.SGD", "tplib.nn.optim.SGD"),
)
def weight_decay_step(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    """W <- (1 - lr · weight_decay) W - lr · dW, and b <- b - lr · db.

    shapes: W and dW are (D, H), b and db (H,). Return two new arrays of these shapes.
    worked: W = 2, dW = 0, lr = 0.1, weight_decay = 0.5: W becomes (1 - 0.05) · 2 = 1.9; a bias of 2 stays 2
    """
    return (1 - lr * weight_decay) * W - lr * dW, b - lr * db


@weight_decay_step.mistake(
    "Suppose that the gradient is 0 for many steps. Do your weights go towards 0, or away from it?",
    name="the slide's plus sign",
)
def the_slide_s_plus_sign(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 + lr * weight_decay) * W - lr * dW, b - lr * db


@weight_decay_step.mistake("Suppose that both gradients are 0. Does b change in your code? Is it a weight?")
def bias_decayed(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    keep = 1 - lr * weight_decay
    return keep * W - lr * dW, keep * b - lr * db


@weight_decay_step.mistake("The decay is the gradient of a penalty. What multiplies every gradient in a step?")
def decay_without_the_learning_rate(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - weight_decay) * W - lr * dW, b - lr * db


@weight_decay_step.mistake(
    "Does your decay shrink the step too? The gradient of the penalty looks at which W: the old or the new?"
)
def decay_after_the_step(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - lr * weight_decay) * (W - lr * dW), b - lr * db


@weight_decay_step.mistake("The penalty is lambda / 2 · sum of w². What is left of the 2 in its gradient?")
def factor_2(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - 2 * lr * weight_decay) * W - lr * dW, b - lr * db


@weight_decay_step.mistake("The derivative of w² / 2 is w. Where does your 1/2 come from?", name="factor 1/2")
def factor_1_2(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - lr * weight_decay / 2) * W - lr * dW, b - lr * db


@weight_decay_step.mistake("Does your result depend on `weight_decay`?")
def no_decay(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * dW, b - lr * db


@weight_decay_step.mistake("The gradient points to where the loss grows. In which direction do you step?")
def uphill(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - lr * weight_decay) * W + lr * dW, b + lr * db


@weight_decay_step.mistake("How large is your step with a learning rate of 0.001?")
def gradient_without_the_learning_rate(
    W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float
) -> Step:
    return (1 - lr * weight_decay) * W - dW, b - db


@weight_decay_step.mistake("Which of the two decays in your code: the weights or the bias?")
def bias_decayed_in_place_of_the_weights(
    W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float
) -> Step:
    return W - lr * dW, (1 - lr * weight_decay) * b - lr * db


@weight_decay_step.mistake("Your weights go down the slope. In which direction does the bias step?")
def bias_uphill(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - lr * weight_decay) * W - lr * dW, b + lr * db


@weight_decay_step.mistake(
    "What is the gradient of lambda / 2 · sum of w²? Of which penalty is it sign(W)?", name="decay of L1"
)
def decay_of_l1(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * (dW + weight_decay * np.sign(W)), b - lr * db


@weight_decay_step.mistake("A step needs the gradient of the penalty. What do you add: its gradient, or the penalty?")
def penalty_in_place_of_its_gradient(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * (dW + weight_decay / 2 * np.sum(W**2)), b - lr * db


@weight_decay_step.mistake("A negative weight should come nearer to 0. Where does yours go?")
def absolute_values(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * (dW + weight_decay * np.abs(W)), b - lr * db


@weight_decay_step.mistake("Suppose that dW is 0. Does W change in your code? What should lambda multiply?")
def lambda_times_the_gradient(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * (dW + weight_decay * dW), b - lr * db


@weight_decay_step.mistake("What is the derivative of w² / 2? Is there a square in it?")
def squares_not_differentiated(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - lr * (dW + weight_decay * W**2), b - lr * db


@weight_decay_step.mistake("With lr · lambda = 1.5 the formula has the factor -0.5. And your code?")
def share_cut_at_0(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return max(0.0, 1 - lr * weight_decay) * W - lr * dW, b - lr * db


@weight_decay_step.mistake("Which comes first in your result, W or b?")
def bias_first(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return weight_decay_step(W, b, dW, db, lr, weight_decay)[::-1]


@weight_decay_step.mistake("The bias does not decay. But does it learn?")
def bias_not_moved(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return (1 - lr * weight_decay) * W - lr * dW, b.copy()


@weight_decay_step.mistake("Your factor shrinks the gradient. What should it shrink?")
def gradient_decayed(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    return W - (1 - lr * weight_decay) * lr * dW, b - lr * db


@weight_decay_step.alternative
def decay_in_the_gradient(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    dW = dW + weight_decay * W
    return W - lr * dW, b - lr * db


@weight_decay_step.alternative
def decay_two_steps(W: Array, b: Array, dW: Array, db: Array, lr: float, weight_decay: float) -> Step:
    shrunk = W - lr * weight_decay * W
    return shrunk - lr * dW, b + -lr * db
