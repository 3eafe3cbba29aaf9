"""Pictures to play with: controls over a plain function that draws, which rests on one that only computes."""

from tplib.plots.explore.activation import explore_activation
from tplib.plots.explore.bias_axis import explore_bias_axis
from tplib.plots.explore.boundary import explore_boundary
from tplib.plots.explore.curves import explore_curves
from tplib.plots.explore.descent import explore_descent
from tplib.plots.explore.dropout import explore_dropout
from tplib.plots.explore.embeddings import explore_embeddings
from tplib.plots.explore.field import explore_field
from tplib.plots.explore.kernel import explore_kernel
from tplib.plots.explore.latent import explore_latent
from tplib.plots.explore.looks import explore_attention
from tplib.plots.explore.positions import explore_positions
from tplib.plots.explore.race import explore_race
from tplib.plots.explore.reach import explore_reach
from tplib.plots.explore.skin import Explorer
from tplib.plots.explore.temperature import explore_temperature
from tplib.plots.explore.thresholds import explore_thresholds
from tplib.plots.explore.word_lists import explore_word_lists

__all__ = [
    "Explorer",
    "explore_activation",
    "explore_attention",
    "explore_bias_axis",
    "explore_boundary",
    "explore_curves",
    "explore_descent",
    "explore_dropout",
    "explore_embeddings",
    "explore_field",
    "explore_kernel",
    "explore_latent",
    "explore_positions",
    "explore_race",
    "explore_reach",
    "explore_temperature",
    "explore_thresholds",
    "explore_word_lists",
]
