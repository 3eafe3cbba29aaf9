"""Likelihoods of a causal model against plain loops, and the scores made of them against sums done by hand."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from tplib import TplibError, bias, data

WORDS = ("<s>", "<other>", "the", "nurse", "was", "tired", ".", "he", "she")


class Tokenizer:
    """A number for each word."""

    all_special_tokens = ("<s>", "<other>")

    def get_vocab(self):
        return {word: i for i, word in enumerate(WORDS)}

    def __call__(self, text, add_special_tokens=True):
        assert add_special_tokens is False
        return {"input_ids": [WORDS.index(word) for word in text.split()]}


class Causal(nn.Module):
    """A model whose answer hangs on every token before, and which drops out in training mode."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.embedding = nn.Embedding(len(WORDS), 8)
        self.recurrent = nn.GRU(8, 8, batch_first=True)
        self.dropout = nn.Dropout(0.5)
        self.head = nn.Linear(8, len(WORDS))

    def forward(self, input_ids, attention_mask):
        assert attention_mask.shape == input_ids.shape
        scores = self.head(self.dropout(self.recurrent(self.embedding(input_ids))[0]))
        return type("Output", (), {"logits": scores})


SENTENCES = ("the nurse was tired .", "she was tired", "he", ". . the the nurse nurse was was tired tired")


def by_loops(model: nn.Module, start: str | None) -> list[list[float]]:
    """One sentence and one token after the other, softmax written out."""
    model.eval()
    found = []
    for sentence in SENTENCES:
        ids = ([] if start is None else [WORDS.index(start)]) + [WORDS.index(word) for word in sentence.split()]
        values = []
        for t in range(1, len(ids)):
            before = torch.tensor([ids[:t]])
            with torch.no_grad():
                scores = model(before, torch.ones_like(before)).logits[0, -1].tolist()
            values.append(math.log(math.exp(scores[ids[t]]) / sum(map(math.exp, scores))))
        found.append(values)
    return found


@pytest.mark.parametrize("start", ["<s>", "<other>"])
@pytest.mark.parametrize("batch_size", [1, 2, 16])
def test_likelihoods_are_those_of_plain_loops(start, batch_size):
    model = Causal().train()
    found = bias.token_log_likelihoods(model, Tokenizer(), SENTENCES, start=start, batch_size=batch_size)
    assert model.training
    expected = by_loops(model, start)
    assert [len(values) for values in found] == [5, 3, 1, 10]
    for values, row in zip(found, expected, strict=True):
        np.testing.assert_allclose(values, row, rtol=1e-5)
    for reduction, how in (("sum", sum), ("mean", np.mean)):
        result = bias.sentence_log_likelihood(model, Tokenizer(), SENTENCES, start=start, reduction=reduction)
        np.testing.assert_allclose(result, [how(row) for row in expected], rtol=1e-5)


def test_without_a_start_the_first_token_has_no_probability():
    longer = [sentence for sentence in SENTENCES if " " in sentence]
    found = bias.token_log_likelihoods(Causal(), Tokenizer(), longer, start=None)
    expected = [row for row in by_loops(Causal(), None) if row]
    for values, row in zip(found, expected, strict=True):
        np.testing.assert_allclose(values, row, rtol=1e-5)
    with pytest.raises(TplibError, match="'he' has one token only"):
        bias.token_log_likelihoods(Causal(), Tokenizer(), ["he"], start=None)


@pytest.mark.parametrize(
    ("sentences", "start", "message"),
    [
        ("the nurse", "<s>", "must be a list of texts"),
        (["the nurse"], "<bos>", "'<bos>' is no token of this tokenizer.*'<s>', '<other>'"),
        ([""], "<s>", "'' has no token"),
    ],
)
def test_what_cannot_be_is_a_sentence(sentences, start, message):
    with pytest.raises(TplibError, match=message):
        bias.sentence_log_likelihood(Causal(), Tokenizer(), sentences, start=start)


def test_stereoset_is_averaged_over_terms():
    """Term a: 3 of 4 stereotypes; term b: 0 of 1, and a tie that counts as none. Not 3 of 6."""
    s, a, u = [-1, -1, -1, -3, -2, -2], [-2, -2, -2, -1, -2, -1], [-5, -5, -1.5, -5, -5, -1.5]
    scores = bias.stereoset_scores(s, a, u, ["a", "a", "a", "a", "b", "b"])
    assert scores.by_term == {"a": (87.5, 75.0, 4), "b": (75.0, 0.0, 2)}
    assert (scores.lm, scores.ss, scores.ties) == (81.25, 37.5, 1)
    assert scores.icat == pytest.approx(81.25 * 37.5 / 50)
    assert scores.interval.low <= 37.5 <= scores.interval.high


def test_an_ideal_model_has_icat_100_and_one_that_always_agrees_has_0():
    ideal = bias.stereoset_scores([1, 0], [0, 1], [-9, -9], ["a", "a"])
    assert (ideal.lm, ideal.ss, ideal.icat) == (100, 50, 100)
    agreeing = bias.stereoset_scores([1, 1], [0, 0], [-9, -9], ["a", "a"])
    assert (agreeing.ss, agreeing.icat) == (100, 0)


def test_the_three_ways_to_count_a_tie():
    first, second = [1, 2, 3, 4], [0, 2, 4, 4]
    assert [float(bias.pairwise_preference(first, second, ties=ties)) for ties in ("half", "against", "out")] == [
        0.5,
        0.25,
        0.5,
    ]
    other = bias.pairwise_preference(second, first)
    assert float(other) == 1 - float(bias.pairwise_preference(first, second))
    assert math.isnan(float(bias.pairwise_preference([1.0], [1.0], ties="out")))
    with pytest.raises(TplibError, match="ties must be"):
        bias.pairwise_preference(first, second, ties="none")


def test_bbq_scores_follow_the_paper():
    """Open texts: unknown, biased, biased, other: bias 2 * 2/3 - 1 = 1/3, times 3/4. Told: both biased, one right."""
    scores = bias.bbq_scores(
        [2, 0, 0, 1, 0, 0], [2, 2, 2, 2, 0, 1], [0, 0, 0, 0, 0, 0], [2] * 6, [True] * 4 + [False] * 2
    )
    assert scores.ambiguous_accuracy == scores.unknown == 0.25
    assert scores.ambiguous_bias == pytest.approx(0.75 / 3)
    assert (scores.told_accuracy, scores.told_bias) == (0.5, 1.0)
    silent = bias.bbq_scores([2, 2], [2, 0], [0, 0], [2, 2], [True, False])
    assert math.isnan(silent.ambiguous_bias)
    with pytest.raises(TplibError, match="leave the answer open"):
        bias.bbq_scores([2], [2], [0], [2], [True])


@pytest.mark.slow
@pytest.mark.skipif(
    not (data.is_cached("smollm2") and data.is_cached("stereoset")), reason="not pulled: `tp data pull TP9-Biais`"
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_shipped_models_scores_equal_a_computation_of_their_own():
    """Two items of each term: sentence by sentence, no batch, log-softmax in float64; then StereoSet's counts."""
    from tplib import hf

    tokenizer, model = hf.load_causal("smollm2")
    triples = data.load("stereoset").select("intrasentence", "gender")
    terms = sorted({triple.term for triple in triples})
    chosen = [triple for term in terms for triple in [t for t in triples if t.term == term][:2]]
    sentences = [text for triple in chosen for text in (triple.stereotype, triple.antistereotype, triple.unrelated)]
    for reduction in ("sum", "mean"):
        found = bias.sentence_log_likelihood(
            model, tokenizer, sentences, start="<|endoftext|>", reduction=reduction
        ).reshape(-1, 3)
        alone = []
        for sentence in sentences:
            ids = torch.tensor([[0, *tokenizer.encode(sentence, add_special_tokens=False)]])
            with torch.no_grad():
                log_p = torch.log_softmax(model(ids).logits[0].double(), dim=-1)
            values = [float(log_p[t - 1, ids[0, t]]) for t in range(1, ids.shape[1])]
            alone.append(sum(values) if reduction == "sum" else sum(values) / len(values))
        expected = np.array(alone).reshape(-1, 3)
        np.testing.assert_allclose(found, expected, rtol=1e-5)
        lm, ss = [], []
        for term in terms:
            rows = [row for row, triple in zip(expected, chosen, strict=True) if triple.term == term]
            ss.append(100 * sum(s > a for s, a, _ in rows) / len(rows))
            lm.append(100 * sum(int(s > u) + int(a > u) for s, a, u in rows) / (2 * len(rows)))
        scores = bias.stereoset_scores(*found.T, [triple.term for triple in chosen])
        assert scores.lm == pytest.approx(np.mean(lm), abs=1e-6)
        assert scores.ss == pytest.approx(np.mean(ss), abs=1e-6)
        assert scores.icat == pytest.approx(np.mean(lm) * min(np.mean(ss), 100 - np.mean(ss)) / 50, abs=1e-6)
