# %% [markdown]
# # Describing samples
#
# Five short functions on samples of numbers. Write your code in the marked cells, then run the check below each:
# it says what is right, shows a small input on which your function is wrong, and names the mistake where it knows
# it.

# %% tags=["readonly"]
import numpy as np

from tplib.graders import check

# %% [markdown]
# ## One number for many
#
# A survey of 4 regions gives a mean rent for each. Regions have different numbers of flats, so their values
# should count differently: each value $x_i$ has a *weight* $w_i$ (*poids*).
#
# ### Exercise
#
# Write `weighted_mean(values, weights)`. Both are arrays of $n$ numbers; weights are 0 or more, and not all are
# 0.


# %%
def weighted_mean(values, weights):
    ### BEGIN SOLUTION
    return np.sum(weights * values) / np.sum(weights)
    ### END SOLUTION


# %%
rents, flats = np.array([8.5, 9.0, 12.5, 15.0]), np.array([1200, 800, 300, 200])
print(f"{weighted_mean(rents, flats):.2f}, and without the weights {np.mean(rents):.2f}")

# %% [markdown]
# ## How spread out?
#
# ### Exercise
#
# Write `sample_variance(values)` for an array of two or more numbers: the estimate without bias, which divides by
# $n - 1$. Write the sum yourself; `np.mean` may be used.


# %%
def sample_variance(values):
    ### BEGIN SOLUTION
    return np.sum((values - np.mean(values)) ** 2) / (len(values) - 1)
    ### END SOLUTION


# %% [markdown]
# Quartiles have many definitions. Ours: order the values. The median is the middle one, or the mean of the two in
# the middle. The lower quartile is the median of the lower half, the upper quartile that of the upper half; of an
# odd number of values, the middle one is in neither half.
#
# ### Exercise
#
# Write `quartiles(values)` for a list of two or more numbers in any order. Return a tuple: lower quartile,
# median, upper quartile.


# %%
def quartiles(values):
    ### BEGIN SOLUTION
    def middle(ordered):
        half = len(ordered) // 2
        return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

    ordered = sorted(values)
    half = len(ordered) // 2
    return middle(ordered[:half]), middle(ordered), middle(ordered[-half:])
    ### END SOLUTION


# %% [markdown]
# ## Two samples
#
# ### Exercise
#
# Write `correlation(x, y)`, Pearson's coefficient of two arrays of the same length, neither of them constant.
# Write it yourself, without `np.corrcoef`.


# %%
def correlation(x, y):
    ### BEGIN SOLUTION
    dx, dy = x - np.mean(x), y - np.mean(y)
    return np.sum(dx * dy) / np.sqrt(np.sum(dx**2) * np.sum(dy**2))
    ### END SOLUTION


# %% [markdown]
# A treatment was given to some patients, drawn by lot. If it does nothing, any other draw of as many patients
# could have shown the difference that was seen. The *p-value* is the share of all draws whose difference of
# means, treated minus control, is at least the one that was seen; the draw that was made is one of them.
#
# ### Exercise
#
# Write `exact_p_value(treated, control)` for two lists of numbers. This exercise is judged when you hand it in.


# %%
def exact_p_value(treated, control):
    ### BEGIN SOLUTION
    from itertools import combinations

    pool = np.array([*treated, *control])
    sums = np.array([pool[list(chosen)].sum() for chosen in combinations(range(len(pool)), len(treated))])
    return np.mean(sums > sum(treated) - 1e-9)
    ### END SOLUTION


# %% [markdown] tags=["written"] name="why-by-lot" points=2
# Why must the patients be drawn by lot for this p-value to mean anything?
#
# ### BEGIN SOLUTION
# Only then is each other choice of the treated as likely as the one that was made.
#
# ### BEGIN MARK SCHEME
# One point for "equally likely", one for what goes wrong otherwise.
# ### END MARK SCHEME
# ### END SOLUTION
