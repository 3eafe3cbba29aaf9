"""Shows three thousand pictures and tables, each one an output of its own."""

from IPython.display import HTML, display

for number in range(3_000):
    display(HTML(f"<b>{number}</b>"))


def sigmoid(x):
    return x
