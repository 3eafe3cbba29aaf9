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

# %% right: two_sequentials
# style: a local builder, two nn.Sequential
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()

        def stack(widths):
            layers = []
            for a, b in zip(widths, widths[1:]):
                layers += [nn.Linear(a, b), nn.ReLU()]
            return nn.Sequential(*layers[:-1])

        self.encode_ = stack(sizes)
        self.decode_ = stack(sizes[::-1])

    def encode(self, x):
        return self.encode_(x)

    def decode(self, code):
        return self.decode_(code)

    def forward(self, x):
        return self.decode_(self.encode_(x))

# %% right: module_lists
# style: ModuleLists, the decoder's first, ReLU before each layer but the first
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        n = len(sizes) - 1
        self.up = nn.ModuleList([nn.Linear(sizes[i + 1], sizes[i]) for i in reversed(range(n))])
        self.down = nn.ModuleList([nn.Linear(sizes[i], sizes[i + 1]) for i in range(n)])

    @staticmethod
    def through(layers, h):
        for place, layer in enumerate(layers):
            if place > 0:
                h = torch.relu(h)
            h = layer(h)
        return h

    def encode(self, x):
        return self.through(self.down, x)

    def decode(self, code):
        return self.through(self.up, code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% right: recursion
# style: one Linear pair and a smaller autoencoder inside
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        D, H, *rest = sizes
        self.entrance = nn.Linear(D, H)
        self.inner = Autoencoder([H, *rest]) if rest else None
        self.exit = nn.Linear(H, D)

    def encode(self, x):
        h = self.entrance(x)
        if self.inner is None:
            return h
        return self.inner.encode(F.relu(h))

    def decode(self, code):
        if self.inner is None:
            return self.exit(code)
        return self.exit(F.relu(self.inner.decode(code)))

    def forward(self, x):
        code = self.encode(x)
        return self.decode(code)

# %% right: add_module_and_clamp
# style: registered by names, ReLU as clamp, getattr in a loop
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.depth = len(sizes) - 1
        for k in range(self.depth):
            self.add_module(f"enc{k}", nn.Linear(sizes[k], sizes[k + 1]))
            self.add_module(f"dec{k}", nn.Linear(sizes[-1 - k], sizes[-2 - k]))

    def encode(self, x):
        return self._run("enc", x)

    def decode(self, code):
        return self._run("dec", code)

    def _run(self, name, h):
        last = self.depth - 1
        for k in range(last):
            h = getattr(self, name + str(k))(h).clamp(min=0)
        return getattr(self, name + str(last))(h)

    def forward(self, x):
        return self._run("dec", self._run("enc", x))

# %% wrong: relu_after_the_code
# mistake: ReLU after the coding layer
# rule: "**nothing** follows the coding layer"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: relu_at_the_end
# mistake: ReLU after the last layer
# rule: "**nothing** follows the last one"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec)

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: sigmoid_at_the_end
# mistake: a sigmoid, as pixels are between 0 and 1
# rule: "**nothing** follows the last one"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder = nn.Sequential(*enc[:-1])
        self.decoder = nn.Sequential(*dec[:-1], nn.Sigmoid())

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: no_relu
# mistake: a purely linear network
# rule: "ReLU stands after each layer, with two exceptions"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.encoder = nn.Sequential(*[nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        back = sizes[::-1]
        self.decoder = nn.Sequential(*[nn.Linear(a, b) for a, b in zip(back, back[1:])])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: relu_between_code_and_decoder
# mistake: encode returns the code without ReLU, but forward puts one before the decoder
# rule: "**nothing** follows the coding layer"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(F.relu(self.encode(x)))

# %% wrong: tied
# mistake: the decoder uses the encoder's weights, transposed
# rule: "The decoder has weights of its own"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.biases = nn.ParameterList([torch.zeros(a) for a in sizes[-2::-1]])

    def encode(self, x):
        for k, layer in enumerate(self.layers):
            x = layer(x if k == 0 else F.relu(x))
        return x

    def decode(self, code):
        for k, (layer, bias) in enumerate(zip(reversed(self.layers), self.biases)):
            code = (code if k == 0 else F.relu(code)) @ layer.weight + bias
        return code

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: no_biases
# mistake: bias=False
# rule: "All layers are `nn.Linear`, with their biases."
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b, bias=False), nn.ReLU()]
            dec = [nn.Linear(b, a, bias=False), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: three_widths_only
# mistake: only the first, the second and the last of the sizes
# rule: "`sizes` lists the widths from the image to the code: two or more numbers"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        D, H, L = sizes[0], sizes[1], sizes[-1]
        self.encoder = nn.Sequential(nn.Linear(D, H), nn.ReLU(), nn.Linear(H, L))
        self.decoder = nn.Sequential(nn.Linear(L, H), nn.ReLU(), nn.Linear(H, D))

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: sizes_reversed_in_place_2
# mistake: turns round the list that was given
# rule: "Do not change what you are given"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
        sizes.reverse()
        for a, b in zip(sizes, sizes[1:]):
            dec += [nn.Linear(a, b), nn.ReLU()]
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: plain_lists
# mistake: the layers stand in Python lists: they are no parameters of the module
# rule: "All layers are `nn.Linear`" of an nn.Module (which an optimiser must find)
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.down = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.up = [nn.Linear(b, a) for a, b in zip(sizes, sizes[1:])][::-1]

    def encode(self, x):
        for layer in self.down[:-1]:
            x = F.relu(layer(x))
        return self.down[-1](x)

    def decode(self, code):
        for layer in self.up[:-1]:
            code = F.relu(layer(code))
        return self.up[-1](code)

    def forward(self, x):
        return self.decode(self.encode(x))

# %% wrong: encode_without_gradient
# mistake: the encoder runs under no_grad, as "only the code is wanted"
# rule: "gradients flow through all of them"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    @torch.no_grad()
    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decoder(self.encoder(x))

# %% wrong: forward_returns_the_code_too
# mistake: forward returns two tensors
# rule: "`encode`, `decode` and `forward` each return one tensor"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.ReLU()]
            dec = [nn.Linear(b, a), nn.ReLU()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        code = self.encode(x)
        return self.decode(code), code

# %% wrong: tanh
# mistake: another activation
# rule: "ReLU stands after each layer"
class Autoencoder(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        enc, dec = [], []
        for a, b in zip(sizes, sizes[1:]):
            enc += [nn.Linear(a, b), nn.Tanh()]
            dec = [nn.Linear(b, a), nn.Tanh()] + dec
        self.encoder, self.decoder = nn.Sequential(*enc[:-1]), nn.Sequential(*dec[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, code):
        return self.decoder(code)

    def forward(self, x):
        return self.decode(self.encode(x))
