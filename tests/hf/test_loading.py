"""The shipped encoder: what the model card promises, read from the data cache."""

import pytest

from tplib import TplibError, data, hf

pytest.importorskip("transformers")
import torch

pytestmark = pytest.mark.skipif(not data.is_cached("minilm"), reason="not pulled: `tp data pull minilm`")


def embed(texts):
    batch = hf.load_tokenizer()(texts, padding=True, return_tensors="pt")
    with torch.no_grad():
        states = hf.load_encoder()(**batch).last_hidden_state
    mask = batch["attention_mask"][:, :, None]
    return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1))


def test_sentences_of_like_meaning_are_near():
    vectors = embed(["A man is eating food.", "A man eats something.", "The stock market fell today."])
    near, far = (vectors[0] @ vectors[1]).item(), (vectors[0] @ vectors[2]).item()
    assert near > 0.6 > 0.2 > far


def test_the_head_is_drawn_from_the_seed_and_knows_its_labels():
    heads = []
    for seed in (0, 0, 1):
        torch.manual_seed(seed)
        model = hf.load_classifier(labels=["bad", "fair", "good"])
        heads.append(model.classifier.weight.detach())
    assert model.config.id2label == {0: "bad", 1: "fair", 2: "good"}
    assert model.config.label2id["good"] == 2
    assert heads[0].shape == (3, 384)
    assert torch.equal(heads[0], heads[1])
    assert not torch.equal(heads[0], heads[2])
    assert sum(p.numel() for p in model.base_model.parameters()) == 22_713_216  # as the model card counts: 22.7M
    assert model.dtype == torch.float32


def test_loading_says_nothing_and_leaves_the_librarys_voice_as_it_was(capfd):
    from transformers.utils import logging

    before = logging.get_verbosity()
    hf.load_classifier()
    assert capfd.readouterr() == ("", "")
    assert logging.get_verbosity() == before


def test_the_model_is_its_folder_and_has_no_splits():
    assert (data.load("minilm").folder / "config.json").is_file()
    with pytest.raises(TplibError, match="'minilm' has no splits"):
        data.load("minilm", "train")
