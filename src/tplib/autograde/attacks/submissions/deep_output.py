"""Shows JSON that is nested deeper than any reader can stand."""

from IPython.display import display

deep = []
for _ in range(900):
    deep = [deep]
display({"application/json": deep, "text/plain": "deep"}, raw=True)


def sigmoid(x):
    return x
