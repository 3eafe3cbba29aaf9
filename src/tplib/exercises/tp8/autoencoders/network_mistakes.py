"""Mistakes in the autoencoder: which activation stands where, what the decoder is made of, what each method returns."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from tplib.exercises.tp8.autoencoders.network import Autoencoder

Function = Callable[[Tensor], Tensor]


def same(z: Tensor) -> Tensor:
    return z


class _Autoencoder(nn.Module):
    """The right network, in the parts of which one is wrong below: what follows a hidden, coding and output layer."""

    hidden: Function = staticmethod(torch.relu)
    coding: Function = staticmethod(same)
    output: Function = staticmethod(same)
    bias = True

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.encoder = self.layers(sizes)
        self.decoder = self.layers(sizes[::-1])

    def layers(self, sizes: list[int]) -> nn.ModuleList:
        return nn.ModuleList(nn.Linear(d, h, bias=self.bias) for d, h in pairwise(sizes))

    def through(self, x: Tensor, layers: Any, last: Function) -> Tensor:
        *others, final = layers
        for layer in others:
            x = self.hidden(layer(x))
        return last(final(x))

    def encode(self, x: Tensor) -> Tensor:
        return self.through(x, self.encoder, self.coding)

    def decode(self, code: Tensor) -> Tensor:
        return self.through(code, self.decoder, self.output)

    def forward(self, x: Tensor) -> Any:
        return self.decode(self.encode(x))


@Autoencoder.mistake("Can a value of your code be negative? What does the text put after the coding layer?")
class relu_on_the_code(_Autoencoder):
    coding = staticmethod(torch.relu)


@Autoencoder.mistake("Can a value of your reconstruction be negative? What does the text put after the last layer?")
class relu_on_the_reconstruction(_Autoencoder):
    output = staticmethod(torch.relu)


@Autoencoder.mistake("After which layers does the text put no ReLU? There are two of them.")
class relu_after_every_layer(_Autoencoder):
    coding = output = staticmethod(torch.relu)


@Autoencoder.mistake("A sigmoid keeps the reconstruction between 0 and 1. What does the text put after the last layer?")
class sigmoid_on_the_reconstruction(_Autoencoder):
    output = staticmethod(torch.sigmoid)


@Autoencoder.mistake("What stands between your code and its layer? The text puts nothing there.")
class sigmoid_on_the_code(_Autoencoder):
    coding = staticmethod(torch.sigmoid)


@Autoencoder.mistake("What stands between your code and its layer? The text puts nothing there.")
class tanh_on_the_code(_Autoencoder):
    coding = staticmethod(torch.tanh)


@Autoencoder.mistake("Linear layers without anything between them are one linear map. Where is ReLU?")
class no_activation(_Autoencoder):
    hidden = staticmethod(same)


@Autoencoder.mistake("Which activation stands between your layers, and which one in the text?")
class sigmoid_between_the_layers(_Autoencoder):
    hidden = staticmethod(torch.sigmoid)


@Autoencoder.mistake("Which activation stands between your layers, and which one in the text?")
class tanh_between_the_layers(_Autoencoder):
    hidden = staticmethod(torch.tanh)


@Autoencoder.mistake("The encoder has ReLU between its layers. What stands between those of your decoder?")
class decoder_without_activation(_Autoencoder):
    def decode(self, code: Tensor) -> Tensor:
        for layer in self.decoder:
            code = layer(code)
        return code


@Autoencoder.mistake("A linear layer has a bias, unless one switches it off.")
class layers_without_bias(_Autoencoder):
    bias = False


@Autoencoder.mistake(
    "The decoder mirrors the encoder: through which widths does it go? Yours goes to the output in one step."
)
class decoder_of_one_layer(_Autoencoder):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__(sizes)
        self.decoder = self.layers([sizes[-1], sizes[0]])


@Autoencoder.mistake("Which width has the last layer of your decoder? The decoder reads `sizes` from its end.")
class decoder_in_the_order_of_the_encoder(_Autoencoder):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__(sizes)
        self.decoder = self.layers(sizes)


@Autoencoder.mistake("What is `forward` asked for: the code, or what the decoder makes of it?")
class forward_returns_the_code(_Autoencoder):
    def forward(self, x: Tensor) -> Any:
        return self.encode(x)


@Autoencoder.mistake("How many things should `forward` return?")
class forward_returns_the_code_as_well(_Autoencoder):
    def forward(self, x: Tensor) -> Any:
        code = self.encode(x)
        return self.decode(code), code


@Autoencoder.mistake("What does `encode` return: the code, or the reconstruction?")
class encode_goes_all_the_way(_Autoencoder):
    def encode(self, x: Tensor) -> Tensor:
        return self.decode(super().encode(x))

    def forward(self, x: Tensor) -> Any:
        return self.encode(x)


@Autoencoder.mistake("`decode` is given a code already. What does yours do with it first?")
class decode_encodes_first(_Autoencoder):
    def decode(self, code: Tensor) -> Tensor:
        return super().decode(super().encode(code))

    def forward(self, x: Tensor) -> Any:
        return self.decode(x)


@Autoencoder.mistake("PyTorch finds the layers of an `nn.Sequential` or `nn.ModuleList`. Does it look into a list?")
class layers_in_a_plain_list(_Autoencoder):
    def __init__(self, sizes: list[int]) -> None:
        nn.Module.__init__(self)
        self.encoder, self.decoder = [*self.layers(sizes)], [*self.layers(sizes[::-1])]  # type: ignore[assignment]


@Autoencoder.mistake(
    "Does the encoder learn from the error of the reconstruction? What cuts the graph (`detach`, `no_grad`) in yours?"
)
class encoder_gets_no_gradient(_Autoencoder):
    def forward(self, x: Tensor) -> Any:
        return self.decode(self.encode(x).detach())


@Autoencoder.mistake("The text decodes the code alone. What else goes into your reconstruction?")
class input_added_to_the_reconstruction(_Autoencoder):
    def forward(self, x: Tensor) -> Any:
        return x + self.decode(self.encode(x))
