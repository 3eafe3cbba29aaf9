"""The figure of TP8-HFTrain/4_trainer: accuracy against the number of labels, frozen, top two layers, all layers.

Run with `python benchmarks/finetuning.py [seeds]`, about five minutes of processor time for each seed. A seed draws the
training sentences, the head and the order. Nothing is chosen on the 1,000 test sentences: epochs and learning rates
stand below. The last rows read the same encoder otherwise: the mean of its vectors, and a logistic regression.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from tplib import data, hf

COUNTS = (50, 200, 1000)
EPOCHS = {50: 12, 200: 6, 1000: 3}
RATES = {"frozen": 2e-3, "top two": 3e-4, "all": 1e-4}
LENGTH = 48  # word pieces; longer sentences are cut


def frozen(model: Any) -> None:
    for parameter in model.base_model.parameters():
        parameter.requires_grad = False


def top_two(model: Any) -> None:
    frozen(model)
    for part in (*model.base_model.encoder.layer[-2:], model.base_model.pooler):
        part.requires_grad_(True)


def everything(model: Any) -> None:
    """All parameters learn, as they come."""


WAYS: dict[str, Callable[[Any], None]] = {"frozen": frozen, "top two": top_two, "all": everything}


def rows(tokenizer: Any, texts: list[str], labels: np.ndarray) -> list[dict[str, Any]]:
    found = tokenizer(texts, truncation=True, max_length=LENGTH)["input_ids"]
    return [
        {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": int(label)}
        for ids, label in zip(found, labels, strict=True)
    ]


def accuracy(way: str, count: int, seed: int, train: list[Any], test: list[Any], tokenizer: Any) -> float:
    torch.manual_seed(seed)
    model = hf.load_classifier("minilm")
    WAYS[way](model)
    with tempfile.TemporaryDirectory() as folder:
        arguments = hf.training_arguments(
            folder,
            num_train_epochs=EPOCHS[count],
            learning_rate=RATES[way],
            per_device_train_batch_size=16,
            per_device_eval_batch_size=64,
            save_strategy="no",
            seed=seed,
            use_cpu=True,
        )
        trainer = hf.trainer(model=model, args=arguments, train_dataset=train, processing_class=tokenizer)
        trainer.train()
        found = trainer.predict(test)
    return float((found.predictions.argmax(axis=1) == found.label_ids).mean())


def vectors(texts: list[str]) -> np.ndarray:
    """The mean of the encoder's vectors over the word pieces of each text, (B, 384)."""
    tokenizer, encoder = hf.load_tokenizer("minilm"), hf.load_encoder("minilm")
    parts = []
    for at in range(0, len(texts), 64):
        batch = tokenizer(texts[at : at + 64], truncation=True, max_length=LENGTH, padding=True, return_tensors="pt")
        with torch.no_grad():
            states = encoder(**batch).last_hidden_state  # (B, T, 384)
        mask = batch["attention_mask"][:, :, None]
        parts.append(((states * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(parts)


def report(name: str, count: int, found: list[float], seconds: float) -> None:
    shown = " ".join(f"{value:.3f}" for value in found)
    spread = np.std(found, ddof=1) if len(found) > 1 else float("nan")
    print(f"{name:22} {count:5}  mean {np.mean(found):.3f}  std {spread:.3f}  ({shown})  {seconds:.0f} s", flush=True)


def main(seeds: int) -> None:
    torch.set_num_threads(1)
    snippets, tokenizer = data.load("snippets"), hf.load_tokenizer("minilm")
    chosen = np.random.default_rng(0).permutation(len(snippets.test.texts))[:1000]
    chosen = np.array(sorted(chosen, key=lambda i: len(snippets.test.texts[i])))  # less padding
    test_texts, y = [snippets.test.texts[i] for i in chosen], snippets.test.labels[chosen]
    test = rows(tokenizer, test_texts, y)
    orders = [np.random.default_rng(seed).permutation(len(snippets.train.texts)) for seed in range(seeds)]

    def drawn(seed: int, count: int) -> tuple[list[str], np.ndarray]:
        return [snippets.train.texts[i] for i in orders[seed][:count]], snippets.train.labels[orders[seed][:count]]

    for count in COUNTS:
        for way in reversed(WAYS):
            start = time.process_time()
            found = [
                accuracy(way, count, seed, rows(tokenizer, *drawn(seed, count)), test, tokenizer)
                for seed in range(seeds)
            ]
            report(way, count, found, (time.process_time() - start) / seeds)

    seen = vectors(test_texts)
    for count in COUNTS:
        found, words = [], []
        for seed in range(seeds):
            texts, labels = drawn(seed, count)
            found.append(LogisticRegression(max_iter=1000).fit(vectors(texts), labels).score(seen, y))
            counts = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10))
            words.append(counts.fit(texts, labels).score(test_texts, y))
        report("mean vector, logistic", count, found, 0)
        report("TF-IDF, logistic", count, words, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
