"""Prints 20 MB on one line, and a hundred thousand short lines."""

print("x" * (20 << 20))
for number in range(100_000):
    print(number)


def sigmoid(x):
    return x
