"""Exercises of TP8-HFTrain/5_gpu, in course order.

Its modules import torch at the top, so that answers are plain functions, which the demo hands in as source text. They
are loaded only when one of their exercises is asked for.
"""

from tplib.exercises.notebook import complete
from tplib.exercises.tp8.gpu import moving_mistakes, precision_mistakes  # noqa: F401
from tplib.exercises.tp8.gpu.device import pick_device
from tplib.exercises.tp8.gpu.moving import to_device
from tplib.exercises.tp8.gpu.precision import mixed_precision_step
from tplib.exercises.tp8.gpu.timing import timed

EXERCISES = complete(__name__, (pick_device, to_device, timed, mixed_precision_step))
