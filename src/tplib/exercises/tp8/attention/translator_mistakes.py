"""Mistakes in Seq2Seq: in what the encoder hands over, in the attention, and in what the scores are made of."""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tplib.exercises.tp8.attention.translator import Seq2Seq


class Parts(nn.Module):
    """The right network, in the parts of which one is wrong below."""

    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__()
        self.attention, self.H = attention, hidden_size
        self.source_embedding = nn.Embedding(num_source, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.target_embedding = nn.Embedding(num_target, embedding_dim)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(2 * hidden_size if attention else hidden_size, num_target)

    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """The states (B, S, H), and the last one (1, B, H)."""
        packed = pack_padded_sequence(self.source_embedding(source), lengths, batch_first=True, enforce_sorted=False)
        outputs, state = self.encoder(packed)
        return pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])[0], state

    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        """The states (B, T, H)."""
        return self.decoder(self.target_embedding(target), state)[0]

    def scores(self, h: Tensor, K: Tensor) -> Tensor:
        return h @ K.transpose(1, 2) / math.sqrt(self.H)

    def weights(self, h: Tensor, K: Tensor, lengths: Tensor) -> Tensor:
        padding = torch.arange(K.shape[1]) >= lengths[:, None]
        return self.scores(h, K).masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)

    def output(self, h: Tensor, context: Tensor) -> Tensor:
        return self.linear(torch.cat([h, context], dim=-1))

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        K, state = self.encode(source, lengths)
        h = self.decode(target, state)
        if not self.attention:
            return self.linear(h), None
        weights = self.weights(h, K, lengths)
        return self.output(h, weights @ K), weights


@Seq2Seq.mistake("Which characters of a short source are real? Which does your encoder read last?")
class state_after_the_padding(Parts):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        return self.encoder(self.source_embedding(source))[0], self.encoder(self.source_embedding(source))[1]


@Seq2Seq.mistake("Does a query give weight to what stands after the end of its source?")
class padding_attended(Parts):
    def weights(self, h: Tensor, K: Tensor, lengths: Tensor) -> Tensor:
        return self.scores(h, K).softmax(dim=-1)


@Seq2Seq.mistake("Your encoder reads the padding, and your queries do too. Where do the lengths come in?")
class lengths_ignored(Parts):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        return self.encoder(self.source_embedding(source))

    def weights(self, h: Tensor, K: Tensor, lengths: Tensor) -> Tensor:
        return self.scores(h, K).softmax(dim=-1)


@Seq2Seq.mistake("A row of weights should sum to 1. Do you hide the padding before or after the softmax?")
class padding_hidden_after_the_softmax(Parts):
    def weights(self, h: Tensor, K: Tensor, lengths: Tensor) -> Tensor:
        real = torch.arange(K.shape[1]) < lengths[:, None]
        return self.scores(h, K).softmax(dim=-1) * real[:, None]


@Seq2Seq.mistake("Which state does the decoder start from: zeros, or what the encoder has read?")
class decoder_starts_from_zeros(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        return super().decode(target, torch.zeros_like(state))


@Seq2Seq.mistake("Who is asked: the states of the encoder, or those of the decoder itself?")
class decoder_reads_itself(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        h = self.decode(target, self.encode(source, lengths)[1])
        if not self.attention:
            return self.linear(h), None
        weights = self.scores(h, h).softmax(dim=-1)
        return self.output(h, weights @ h), weights


@Seq2Seq.mistake("Each character that is written shares out a weight of 1. Along which axis is your softmax?")
class softmax_over_the_queries(Parts):
    def weights(self, h: Tensor, K: Tensor, lengths: Tensor) -> Tensor:
        real = torch.arange(K.shape[1]) < lengths[:, None]
        return self.scores(h, K).softmax(dim=1) * real[:, None]


@Seq2Seq.mistake("Which factor keeps products of long states moderate?")
class not_scaled(Parts):
    def scores(self, h: Tensor, K: Tensor) -> Tensor:
        return h @ K.transpose(1, 2)


@Seq2Seq.mistake("Is it the root of H that you divide by, or H?", name="divided by H")
class divided_by_h(Parts):
    def scores(self, h: Tensor, K: Tensor) -> Tensor:
        return h @ K.transpose(1, 2) / self.H


@Seq2Seq.mistake("Which comes first in the linear layer's input: h, or what was read?")
class context_first(Parts):
    def output(self, h: Tensor, context: Tensor) -> Tensor:
        return self.linear(torch.cat([context, h], dim=-1))


@Seq2Seq.mistake("With attention the linear layer gets h and what was read, side by side. How many inputs has yours?")
class linear_layer_without_room_for_what_was_read(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, False)
        self.attention = attention

    def output(self, h: Tensor, context: Tensor) -> Tensor:
        return self.linear(h + context)


@Seq2Seq.mistake("Without attention the linear layer gets h alone. How many inputs has yours?")
class room_for_what_was_read_without_attention(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, True)
        self.attention = attention

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        if self.attention:
            return super().forward(source, lengths, target)
        h = self.decode(target, self.encode(source, lengths)[1])
        return self.output(h, torch.zeros_like(h)), None


@Seq2Seq.mistake("Source and target have alphabets of their own. How many tables has your network?")
class one_table_for_both_languages(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, attention)
        self.target_embedding = self.source_embedding


@Seq2Seq.mistake("Does `attention=False` change anything in yours?")
class always_with_attention(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, True)


@Seq2Seq.mistake("The loss takes scores and applies log-softmax itself. How often is it applied with yours?")
class softmax_in_the_model(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        scores, weights = super().forward(source, lengths, target)
        return scores.softmax(dim=-1), weights


@Seq2Seq.mistake("How many things does `forward` return?")
class scores_without_weights(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        return super().forward(source, lengths, target)[0]


@Seq2Seq.mistake("What can be the weights of a model without attention?")
class zeros_for_weights_without_attention(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        scores, weights = super().forward(source, lengths, target)
        return scores, torch.zeros(*target.shape, source.shape[1]) if weights is None else weights


@Seq2Seq.mistake("One row of scores for each character of the target. How many rows has yours?")
class last_character_only(Parts):
    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        scores, weights = super().forward(source, lengths, target)
        return scores[:, -1], weights


@Seq2Seq.mistake("The start sign is in `target` already, and its end is cut off. Who shifts: the loop, or the model?")
class target_shifted_once_more(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        return super().decode(torch.cat([torch.zeros_like(target[:, :1]), target[:, :-1]], dim=1), state)


@Seq2Seq.mistake("May the decoder see, at place t, a character that comes after it?")
class target_read_backwards(Parts):
    def decode(self, target: Tensor, state: Tensor) -> Tensor:
        return super().decode(target.flip(1), state).flip(1)


@Seq2Seq.mistake("Whose state has which source? An order by length must be undone.")
class sources_in_order_of_length(Parts):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        order = lengths.argsort(descending=True, stable=True)
        packed = pack_padded_sequence(self.source_embedding(source[order]), lengths[order], batch_first=True)
        outputs, state = self.encoder(packed)
        return pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])[0], state


@Seq2Seq.mistake("Two readers with weights of their own, or one for both?")
class one_gru_for_both(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, attention)
        self.decoder = self.encoder


@Seq2Seq.mistake("An LSTM has four gates, a GRU three. Which layer does the text ask for?")
class lstm_instead_of_gru(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, attention)
        self.encoder = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.LSTM(embedding_dim, hidden_size, batch_first=True)


@Seq2Seq.mistake("What does the backward pass find behind `detach`? Who trains the encoder then?")
class encoder_detached(Parts):
    def encode(self, source: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        K, state = super().encode(source, lengths)
        return K.detach(), state.detach()


@Seq2Seq.mistake("Word number 0 is a character like any other here. What does `padding_idx=0` do to its gradient?")
class character_0_never_learns(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, attention)
        self.source_embedding = nn.Embedding(num_source, embedding_dim, padding_idx=0)
        self.target_embedding = nn.Embedding(num_target, embedding_dim, padding_idx=0)


@Seq2Seq.mistake("The default of `attention` is True. What is yours?")
class without_attention_by_default(Parts):
    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = False
    ) -> None:
        super().__init__(num_source, num_target, embedding_dim, hidden_size, attention)
