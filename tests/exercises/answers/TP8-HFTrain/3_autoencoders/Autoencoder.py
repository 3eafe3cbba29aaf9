# exercise: Autoencoder

# %% right: insert
# style: the decoder's list is built backwards with insert
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for i in range(len(sizes) - 1):
            enc.append(nn.Linear(sizes[i], sizes[i + 1]))
            dec.insert(0, nn.Linear(sizes[i + 1], sizes[i]))
            if i < len(sizes) - 2:
                enc.append(nn.ReLU())
                dec.insert(0, nn.ReLU())
        self.enc = nn.Sequential(*enc)
        self.dec = nn.Sequential(*dec)

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return self.dec(code)

    def forward(self, x):
        return self.dec(self.enc(x))

# %% right: parameters_by_hand
# style: F.linear on parameters of its own, in the form of nn.Linear
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.n = len(sizes) - 1
        path = list(sizes) + list(reversed(sizes))[1:]
        self.W = nn.ParameterList(nn.Parameter(torch.randn(b, a) * 0.1) for a, b in zip(path, path[1:]))
        self.b = nn.ParameterList(nn.Parameter(torch.zeros(b)) for b in path[1:])

    def _half(self, h, start):
        for k in range(self.n):
            h = F.linear(h, self.W[start + k], self.b[start + k])
            if k != self.n - 1:
                h = torch.maximum(h, torch.zeros(()))
        return h

    def encode(self, x):
        return self._half(x, 0)

    def decode(self, code):
        return self._half(code, self.n)

    def forward(self, x):
        return self._half(self._half(x, 0), self.n)

# %% wrong: relu_everywhere
# mistake: ReLU after every layer, the coding layer and the last one too
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.enc = nn.Sequential(*[m for a, b in zip(sizes, sizes[1:]) for m in (nn.Linear(a, b), nn.ReLU())])
        r = sizes[::-1]
        self.dec = nn.Sequential(*[m for a, b in zip(r, r[1:]) for m in (nn.Linear(a, b), nn.ReLU())])

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return self.dec(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: sigmoid_out
# mistake: pixels are between 0 and 1, so a sigmoid at the end
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        def half(s):
            out = []
            for a, b in zip(s, s[1:]):
                out += [nn.Linear(a, b), nn.ReLU()]
            return nn.Sequential(*out[:-1])
        self.enc, self.dec = half(sizes), half(sizes[::-1])

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return torch.sigmoid(self.dec(code))

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: sizes_reversed_in_place
# mistake: sizes.reverse() changes the caller's list
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        def half(s):
            out = []
            for a, b in zip(s, s[1:]):
                out += [nn.Linear(a, b), nn.ReLU()]
            return nn.Sequential(*out[:-1])
        self.enc = half(sizes)
        sizes.reverse()
        self.dec = half(sizes)

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return self.dec(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: only_first_relu
# mistake: ReLU after the first layer only; with four sizes one is missing
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        def half(s):
            out = [nn.Linear(s[0], s[1])]
            if len(s) > 2:
                out.append(nn.ReLU())
            for a, b in zip(s[1:], s[2:]):
                out.append(nn.Linear(a, b))
            return nn.Sequential(*out)
        self.enc, self.dec = half(sizes), half(sizes[::-1])

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return self.dec(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: returns_pair
# mistake: forward returns code and reconstruction
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        def half(s):
            out = []
            for a, b in zip(s, s[1:]):
                out += [nn.Linear(a, b), nn.ReLU()]
            return nn.Sequential(*out[:-1])
        self.enc, self.dec = half(sizes), half(sizes[::-1])

    def encode(self, x):
        return self.enc(x)

    def decode(self, code):
        return self.dec(code)

    def forward(self, x):
        z = self.enc(x)
        return self.dec(z), z
