"""Takes memory until there is none."""

hoard = []
while len(hoard) < 4000:
    hoard.append(bytearray(b"x") * (16 << 20))


def sigmoid(x):
    return x
