"""The exercises of TP7-LSTM/2_recurrent, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp7.recurrent.backward import rnn_backward
from tplib.exercises.tp7.recurrent.cell import rnn_cell
from tplib.exercises.tp7.recurrent.clipping import clip_by_norm, clip_by_value
from tplib.exercises.tp7.recurrent.forward import rnn_forward
from tplib.exercises.tp7.recurrent.gru import gru_cell
from tplib.exercises.tp7.recurrent.lstm import lstm_cell
from tplib.exercises.tp7.recurrent.lstm_backward import lstm_cell_backward
from tplib.exercises.tp7.recurrent.reach import gradient_reach
from tplib.exercises.tp7.recurrent.stack import stack_layers

EXERCISES = complete(
    __name__,
    (
        rnn_cell,
        rnn_forward,
        rnn_backward,
        gradient_reach,
        lstm_cell,
        clip_by_norm,
        clip_by_value,
        lstm_cell_backward,
        gru_cell,
        stack_layers,
    ),
)
