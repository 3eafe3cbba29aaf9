"""Further mistakes in Seq2Seq: in what is read of the padding, and in what stands between the states and the scores."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tplib.exercises.tp8.attention.translator import Seq2Seq
from tplib.exercises.tp8.attention.translator_mistakes import Parts, padding_attended


@Seq2Seq.mistake("Number 0 is a character like any other here. What tells you where a source ends?")
class number_0_taken_for_padding(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        K, state = self.encode(source, lengths)
        h = self.decode(target, state)
        if not self.attention:
            return self.linear(h), None
        weights = self.scores(h, K).masked_fill((source == 0)[:, None], -torch.inf).softmax(dim=-1)
        return self.output(h, weights @ K), weights


def _read_on(model: Parts, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """States that go on over the padding, and the right last one."""
    K = model.encoder(model.source_embedding(source))[0]
    return K, K[torch.arange(len(source)), lengths - 1][None]


@Seq2Seq.mistake("Number 0 is a character like any other here. What tells you where a source ends?")
class number_0_hidden_and_padding_read(number_0_taken_for_padding):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        return _read_on(self, source, lengths)


@Seq2Seq.mistake("Does a query give weight to what stands after the end of its source?")
class states_of_the_padding_attended(padding_attended):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        return _read_on(self, source, lengths)


@Seq2Seq.mistake("Is there a tanh between the decoder and the linear layer in the text?")
class tanh_before_the_linear_layer(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        K, state = self.encode(source, lengths)
        h = self.decode(target, state)
        if not self.attention:
            return self.linear(h.tanh()), None
        weights = self.weights(h, K, lengths)
        return self.linear(torch.cat([h, weights @ K], dim=-1).tanh()), weights


@Seq2Seq.mistake("Texts come first, then their characters. What does a GRU read first without `batch_first=True`?")
class batch_first_forgotten_in_the_decoder(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        self.decoder.batch_first = False
        return super().decode(target, state)


@Seq2Seq.mistake("Which state does the decoder start from: the last one of the source, or the first?")
class decoder_starts_from_the_first_state(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        return super().decode(target, self.first)

    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        K, state = super().encode(source, lengths)
        self.first = K[:, 0][None].contiguous()
        return K, state


@Seq2Seq.mistake("Which comes last in the output: the scores of characters, or the weights?")
class weights_before_scores(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        return super().forward(source, lengths, target)[::-1]


@Seq2Seq.mistake("In which order come the lengths? Which one does `pack_padded_sequence` expect by default?")
class lengths_expected_to_fall(Parts):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        packed = pack_padded_sequence(self.source_embedding(source), lengths, batch_first=True)
        outputs, state = self.encoder(packed)
        return pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])[0], state


@Seq2Seq.mistake("Two things are returned, with attention or without. What is the second one without?")
class scores_alone_without_attention(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        scores, weights = super().forward(source, lengths, target)
        return scores if weights is None else (scores, weights)


@Seq2Seq.mistake("The end of `target` is cut off already. Who shifts: the loop, or the model?")
class target_cut_once_more(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        return super().decode(target[:, :-1], state)
