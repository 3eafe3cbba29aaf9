"""The exercises of TP7-LSTM/1_convolution, in the order of the notebook.

TextCNN's module imports torch at the top, as the notebook does.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp7.convolution import (  # noqa: F401
    backward_mistakes,
    multichannel_mistakes,
    text_mistakes,
)
from tplib.exercises.tp7.convolution.average import avg_pool2d
from tplib.exercises.tp7.convolution.backward import conv2d_backward
from tplib.exercises.tp7.convolution.field import receptive_field
from tplib.exercises.tp7.convolution.maximum import max_pool2d
from tplib.exercises.tp7.convolution.maximum_backward import max_pool2d_backward
from tplib.exercises.tp7.convolution.multichannel import conv2d
from tplib.exercises.tp7.convolution.norm import lp_pool2d
from tplib.exercises.tp7.convolution.parameters import count_parameters
from tplib.exercises.tp7.convolution.single import conv2d_single
from tplib.exercises.tp7.convolution.sizes import output_size
from tplib.exercises.tp7.convolution.text import TextCNN
from tplib.exercises.tp7.convolution.weighted import weighted_pool2d

EXERCISES = complete(
    __name__,
    (
        conv2d_single,
        conv2d,
        output_size,
        count_parameters,
        conv2d_backward,
        max_pool2d,
        max_pool2d_backward,
        avg_pool2d,
        lp_pool2d,
        weighted_pool2d,
        receptive_field,
        TextCNN,
    ),
)
