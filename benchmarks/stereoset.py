"""StereoSet's gender items (intrasentence, 255) scored with the shipped causal model, for each silent choice.

    python benchmarks/stereoset.py            # about 2 minutes of one core
    python benchmarks/stereoset.py --alone    # also each sentence by itself, in plain loops: 2 minutes more

Writes the table of docs/benchmarks.md: start token (three ways) x sum or mean over tokens.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from tplib import bias, data, hf

STARTS = ("<|endoftext|>", "<|im_start|>", None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alone", action="store_true", help="compare with a computation sentence by sentence")
    parser.add_argument("--save", help="keep the tokens' log-likelihoods in this .npz")
    chosen = parser.parse_args()
    tokenizer, model = hf.load_causal("smollm2")
    print(f"<!-- {model.dtype} -->")
    triples = data.load("stereoset").select("intrasentence", "gender")
    terms = [triple.term for triple in triples]
    sentences = [text for t in triples for text in (t.stereotype, t.antistereotype, t.unrelated)]
    kept = {}
    print("| start | counted by | lm | ss | 95 % | icat | ss over items |")
    print("|---|---|---:|---:|---|---:|---:|")
    for start in STARTS:
        began = time.process_time()
        tokens = bias.token_log_likelihoods(model, tokenizer, sentences, start=start)
        kept[str(start)] = np.array([np.concatenate(tokens), np.repeat(np.arange(len(tokens)), list(map(len, tokens)))])
        for reduction in ("sum", "mean"):
            values = np.array([row.sum() if reduction == "sum" else row.mean() for row in tokens]).reshape(-1, 3)
            scores = bias.stereoset_scores(*values.T, terms)
            low, high = scores.interval.low, scores.interval.high
            over_items = 100 * (values[:, 0] > values[:, 1]).mean()
            print(
                f"| {start} | {reduction} | {scores.lm:.1f} | {scores.ss:.1f} | {low:.1f} to {high:.1f} "
                f"| {scores.icat:.1f} | {over_items:.1f} |"
            )
        print(f"<!-- {start}: {time.process_time() - began:.0f} s -->", flush=True)
        if chosen.alone and start == STARTS[0]:
            alone(model, tokenizer, sentences, terms, tokens)
    if chosen.save:
        np.savez(chosen.save, **kept)


def alone(model, tokenizer, sentences, terms, tokens) -> None:
    """Each sentence by itself, softmax in float64, counts in loops."""
    import torch

    sums = []
    for sentence in sentences:
        ids = [0, *tokenizer.encode(sentence, add_special_tokens=False)]
        with torch.no_grad():
            log_p = torch.log_softmax(model(torch.tensor([ids])).logits[0].double(), dim=-1)
        sums.append(sum(float(log_p[t - 1, ids[t]]) for t in range(1, len(ids))))
    ss, lm = [], []
    for term in sorted(set(terms)):
        rows = [sums[3 * i : 3 * i + 3] for i, other in enumerate(terms) if other == term]
        ss.append(100 * sum(s > a for s, a, _ in rows) / len(rows))
        lm.append(100 * sum((s > u) + (a > u) for s, a, u in rows) / (2 * len(rows)))
    found = bias.stereoset_scores(*np.array([row.sum() for row in tokens]).reshape(-1, 3).T, terms)
    worst = max(abs(np.mean(lm) - found.lm), abs(np.mean(ss) - found.ss))
    largest = max(abs(a - b.sum()) for a, b in zip(sums, tokens, strict=True))
    print(f"<!-- sentence by sentence: scores differ by {worst:.1e}, log-likelihoods by at most {largest:.1e} -->")


if __name__ == "__main__":
    main()
