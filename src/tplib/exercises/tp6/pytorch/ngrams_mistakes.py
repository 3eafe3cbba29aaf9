"""Mistakes in the bag of n-grams: most differ from it in one method."""

import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch.ngrams import BagOfNgrams


class _Bag(nn.Module):
    """The right model, in the parts of which one is wrong below. `v` and `w` are the words of the pairs."""

    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def pairs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return words[:, :-1], words[:, 1:]

    def hash(self, v: Tensor, w: Tensor) -> Tensor:
        return (31 * v + w) % self.num_buckets

    def real(self, words: Tensor) -> Tensor:
        return words >= 0

    def real_pairs(self, v: Tensor, w: Tensor) -> Tensor:
        return self.real(v) & self.real(w)

    def buckets(self, words: Tensor) -> Tensor:
        return torch.cat([words % self.num_buckets, self.hash(*self.pairs(words))], dim=1)  # (B, 2T-1)

    def mask(self, words: Tensor) -> Tensor:
        return torch.cat([self.real(words), self.real_pairs(*self.pairs(words))], dim=1)  # (B, 2T-1)

    def total(self, words: Tensor) -> Tensor:
        return (self.embedding(self.buckets(words)) * self.mask(words)[:, :, None]).sum(dim=1)  # (B, H)

    def count(self, words: Tensor) -> Tensor:
        return self.mask(words).sum(dim=1, keepdim=True).clamp(min=1)  # (B, 1)

    def forward(self, words: Tensor) -> Tensor:
        return self.linear(self.total(words) / self.count(words))


@BagOfNgrams.mistake("How does your sentence vector grow when a text is written twice? Should it?")
class sum_instead_of_mean(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return torch.ones(len(words), 1)


@BagOfNgrams.mistake("Does the score of a text change when you add padding to its row? Which numbers stand for words?")
class padding_counted(_Bag):
    def real(self, words: Tensor) -> Tensor:
        return torch.ones_like(words, dtype=torch.bool)


@BagOfNgrams.mistake("Your words are without padding. And the pairs: may one of their words be -1?")
class pairs_with_padding_counted(_Bag):
    def real_pairs(self, v: Tensor, w: Tensor) -> Tensor:
        return torch.ones_like(v, dtype=torch.bool)


@BagOfNgrams.mistake("The pair (5, -1) has the number 31 * 5 - 1. Which numbers tell that there is padding in it?")
class number_of_the_pair_tested(_Bag):
    def real_pairs(self, v: Tensor, w: Tensor) -> Tensor:
        return 31 * v + w >= 0


@BagOfNgrams.mistake(
    "A text of 3 words has 2 bigrams. How many do you count, and what is the second word of the last one?"
)
class bigram_across_the_end(_Bag):
    def real_pairs(self, v: Tensor, w: Tensor) -> Tensor:
        return v >= 0


@BagOfNgrams.mistake("Can a word have the number 0? Which number marks the places after the end of a text?")
class zero_taken_for_padding(_Bag):
    def real(self, words: Tensor) -> Tensor:
        return words > 0


@BagOfNgrams.mistake("You leave padding out of the sum. By how many n-grams do you divide?")
class divided_by_the_padded_length(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return torch.full((len(words), 1), 2 * words.shape[1] - 1)


@BagOfNgrams.mistake("The texts of a batch have lengths of their own. By whose do you divide?")
class divided_by_the_longest_text(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return super().count(words).max()


@BagOfNgrams.mistake("Your mean is over words and bigrams. By how many do you divide: n, or all of them?")
class divided_by_the_number_of_words(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return self.real(words).sum(dim=1, keepdim=True).clamp(min=1)


@BagOfNgrams.mistake(
    "How many bigrams has a text of n words? And how many embeddings are in your sum?", name="divided by 2n"
)
class divided_by_2n(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return (2 * self.real(words).sum(dim=1, keepdim=True)).clamp(min=1)


@BagOfNgrams.mistake("A text of 3 words has 3 words and 2 bigrams. Does each of the five weigh the same in yours?")
class mean_of_two_means(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        vectors, mask, T = self.embedding(self.buckets(words)), self.mask(words), words.shape[1]
        means = [
            (vectors[:, part] * mask[:, part, None]).sum(dim=1) / mask[:, part].sum(dim=1, keepdim=True).clamp(min=1)
            for part in (slice(T), slice(T, None))
        ]
        return self.linear((means[0] + means[1]) / 2)


@BagOfNgrams.mistake("The same word comes twice in a text. How many of the 2n - 1 embeddings are its own?")
class each_bucket_once(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        bags = [row[kept].unique() for row, kept in zip(self.buckets(words), self.mask(words), strict=True)]
        return self.linear(torch.stack([self.embedding(bag).sum(dim=0) / max(len(bag), 1) for bag in bags]))


@BagOfNgrams.mistake('Do "not good" and "good not" get different scores from your model?')
class bigrams_missing(_Bag):
    def pairs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return words[:, :0], words[:, :0]


@BagOfNgrams.mistake('Which bucket does "good not" get, and which "not good"? Where is the 31?')
class order_lost_in_the_bigram(_Bag):
    def hash(self, v: Tensor, w: Tensor) -> Tensor:
        return (v + w) % self.num_buckets


@BagOfNgrams.mistake("In `31 * v + w`, which word is the first of the pair?")
class words_of_the_bigram_exchanged(_Bag):
    def hash(self, v: Tensor, w: Tensor) -> Tensor:
        return (31 * w + v) % self.num_buckets


@BagOfNgrams.mistake("Which word follows the last one? `torch.roll` takes the first.")
class last_word_with_the_first(_Bag):
    def pairs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return words, words.roll(-1, dims=1)


@BagOfNgrams.mistake("A bigram is a pair of neighbours. How many places lie between the words of yours?")
class pairs_with_a_gap(_Bag):
    def pairs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return words[:, :-2], words[:, 2:]


@BagOfNgrams.mistake("Words and bigrams share the same buckets. How many tables has your model?")
class a_table_for_the_bigrams(_Bag):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__(num_buckets, embedding_dim, num_classes)
        self.bigrams = nn.Embedding(num_buckets, embedding_dim)


@BagOfNgrams.mistake("How many embeddings has your table? Padding has none: it does not count.")
class a_row_for_padding(_Bag):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__(num_buckets + 1, embedding_dim, num_classes)


@BagOfNgrams.mistake("The scores are h W + b. Where is your b?")
class bias_missing(_Bag):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__(num_buckets, embedding_dim, num_classes)
        self.linear = nn.Linear(embedding_dim, num_classes, bias=False)


@BagOfNgrams.mistake(
    "The scores are h W + b, of the mean itself. What does your activation do to a negative entry of h?"
)
class activation_of_the_mean(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        return self.linear(torch.relu(self.total(words) / self.count(words)))


@BagOfNgrams.mistake(
    "`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied with yours?"
)
class softmax_in_the_model(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        return torch.softmax(super().forward(words), dim=-1)


@BagOfNgrams.mistake("What is 0 / 0? How small may the number that you divide by become?")
class empty_text_gives_nan(_Bag):
    def count(self, words: Tensor) -> Tensor:
        return self.mask(words).sum(dim=1, keepdim=True)


@BagOfNgrams.mistake("A text without any word has h = 0. Which scores has a linear layer for h = 0?")
class empty_text_has_scores_0(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        return super().forward(words) * self.real(words).any(dim=1, keepdim=True)


@BagOfNgrams.mistake("How large is the largest int32? The words' numbers go up to 2^32.")
class numbers_in_int32(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        return super().forward(words.int())


@BagOfNgrams.mistake("float32 holds seven digits. How many have the words' numbers, and is their last one needed?")
class numbers_in_float32(_Bag):
    def hash(self, v: Tensor, w: Tensor) -> Tensor:
        return (31.0 * v + w).remainder(self.num_buckets).long().clamp(0, self.num_buckets - 1)


@BagOfNgrams.mistake("`padding_idx=0` freezes the vector of bucket 0. Is bucket 0 the padding?")
class bucket_0_never_learnt(_Bag):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__(num_buckets, embedding_dim, num_classes)
        self.embedding = nn.Embedding(num_buckets, embedding_dim, padding_idx=0)


@BagOfNgrams.mistake("`detach`, `.data` and `no_grad` cut the graph. How do the embeddings learn?")
class embeddings_never_learnt(_Bag):
    def total(self, words: Tensor) -> Tensor:
        return super().total(words).detach()


@BagOfNgrams.mistake("After your model has read a batch, where is its padding? The next epoch reads the same tensor.")
class padding_overwritten(_Bag):
    def forward(self, words: Tensor) -> Tensor:
        mask = self.mask(words)
        words[words < 0] = 0
        total = (self.embedding(self.buckets(words)) * mask[:, :, None]).sum(dim=1)
        return self.linear(total / mask.sum(dim=1, keepdim=True).clamp(min=1))
