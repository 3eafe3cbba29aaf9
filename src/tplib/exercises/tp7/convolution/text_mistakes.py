"""Mistakes in a convolutional network over words."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from tplib.exercises.tp7.convolution.text import TextCNN


@TextCNN.mistake("`nn.Conv1d` reads (B, channels, T). Which axis of the embeddings holds the channels?")
class no_transpose(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words)
        return self.linear(torch.cat([torch.relu(conv(e)).max(dim=2).values for conv in self.convolutions], dim=1))


@TextCNN.mistake("Does it help a text of 30 words to have one strong bigram, if you take the mean?")
class mean_over_time(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        return self.linear(torch.cat([torch.relu(conv(e)).mean(dim=2) for conv in self.convolutions], dim=1))


@TextCNN.mistake("What follows the convolution: which values can a feature not have?")
class no_activation(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        return self.linear(torch.cat([conv(e).max(dim=2).values for conv in self.convolutions], dim=1))


@TextCNN.mistake("Which activation did the text ask for?")
class tanh_instead_of_relu(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        return self.linear(torch.cat([torch.tanh(conv(e)).max(dim=2).values for conv in self.convolutions], dim=1))


@TextCNN.mistake(
    "`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied with yours?"
)
class softmax_in_the_model(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        return torch.softmax(super().forward(words), dim=1)


@TextCNN.mistake("A short review in a batch of its own: what does a kernel of 4 read in 1 word?")
class short_texts_crash(TextCNN.reference):
    def embedded(self, words: Tensor) -> Tensor:
        return self.embedding(words)


@TextCNN.mistake("Word 0 fills the ends of short texts. Should it learn a meaning?")
class padding_learns(TextCNN.reference):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__(num_words, embedding_dim, num_filters, kernel_sizes, num_classes)
        self.embedding = nn.Embedding(num_words, embedding_dim)


@TextCNN.mistake("What does `list(model.parameters())` give? Does PyTorch look into a plain list?")
class convolutions_in_a_plain_list(TextCNN.reference):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__(num_words, embedding_dim, num_filters, kernel_sizes, num_classes)
        convolutions = list(self.convolutions)
        del self.convolutions
        self.convolutions = convolutions


@TextCNN.mistake("The answer of a filter may be strongest anywhere. Which place does yours look at?")
class last_place_only(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        return self.linear(torch.cat([torch.relu(conv(e))[:, :, -1] for conv in self.convolutions], dim=1))


@TextCNN.mistake("The first numbers of the features belong to the first kernel size. To which do yours?")
class features_in_reverse_order(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        strongest = [torch.relu(conv(e)).max(dim=2).values for conv in self.convolutions]
        return self.linear(torch.cat(strongest[::-1], dim=1))


@TextCNN.mistake("Without padding a map has T - k + 1 numbers. What does padding add to it?")
class same_padding(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        strongest = []
        for conv in self.convolutions:
            k = conv.kernel_size[0]
            wide = torch.nn.functional.pad(e, ((k - 1) // 2, k - 1 - (k - 1) // 2))
            strongest.append(torch.relu(conv(wide)).max(dim=2).values)
        return self.linear(torch.cat(strongest, dim=1))


@TextCNN.mistake("Which layers did the text ask for? What does yours add in training mode?")
class dropout_added(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        strongest = [torch.relu(conv(e)).max(dim=2).values for conv in self.convolutions]
        return self.linear(nn.functional.dropout(torch.cat(strongest, dim=1), 0.5, self.training))


@TextCNN.mistake("`transpose` exchanges two axes. What does `reshape` or `view` do with the numbers?")
class reshaped_instead_of_transposed(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words)
        e = e.reshape(e.shape[0], e.shape[2], e.shape[1])
        return self.linear(torch.cat([torch.relu(conv(e)).max(dim=2).values for conv in self.convolutions], dim=1))


@TextCNN.mistake("The strongest answer over all places: how many places does your pooling window cover?")
class first_window_of_two_places_only(TextCNN.reference):
    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)
        strongest = [nn.functional.max_pool1d(torch.relu(conv(e)), 2)[:, :, 0] for conv in self.convolutions]
        return self.linear(torch.cat(strongest, dim=1))


@TextCNN.mistake("In which order stand the features: that of `kernel_sizes`, or that of the sizes?")
class kernel_sizes_sorted(TextCNN.reference):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__(num_words, embedding_dim, num_filters, sorted(kernel_sizes), num_classes)


@TextCNN.mistake("Which of `kernel_sizes` is the longest? Is it always the last one?")
class filled_up_to_the_last_kernel_size(TextCNN.reference):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__(num_words, embedding_dim, num_filters, kernel_sizes, num_classes)
        self.longest = kernel_sizes[-1]
