"""The exercises of TP9-Biais/3_downstream, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp9.downstream import swapping_mistakes  # noqa: F401
from tplib.exercises.tp9.downstream.gap import equalized_odds_gap
from tplib.exercises.tp9.downstream.mitigating import mitigate
from tplib.exercises.tp9.downstream.rates import group_rates
from tplib.exercises.tp9.downstream.swapping import counterfactual_swap

EXERCISES = complete(__name__, (group_rates, equalized_odds_gap, counterfactual_swap, mitigate))
