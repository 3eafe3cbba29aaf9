"""All folders of exercises, in the order in which the course meets them, and what `tp demo` shows of them."""

# Loaded one after the other until a name is found: those that import PyTorch come last.
MODULES = (
    "tplib.exercises.tp5.datasets",
    "tplib.exercises.tp5.integers",
    "tplib.exercises.tp5.batches",
    "tplib.exercises.tp6.forward",
    "tplib.exercises.tp6.losses",
    "tplib.exercises.tp6.backprop",
    "tplib.exercises.tp6.descent",
    "tplib.exercises.tp6.generalise",
    "tplib.exercises.tp6.pytorch",
    "tplib.exercises.tp7.convolution",
    "tplib.exercises.tp7.recurrent",
    "tplib.exercises.tp7.sentiment",
    "tplib.exercises.tp7.language_model",
    "tplib.exercises.tp8.word2vec",
    "tplib.exercises.tp8.attention",
    "tplib.exercises.tp8.autoencoders",
    "tplib.exercises.tp8.trainer",
    "tplib.exercises.tp8.gpu",
    "tplib.exercises.tp9.embeddings",
    "tplib.exercises.tp9.language_models",
    "tplib.exercises.tp9.downstream",
)

DEMO_ASSIGNMENT = "TP6-TrainFFNN"
DEMO_NOTEBOOKS = ("1_forward", "6_pytorch")  # the first and the last of the session, in NumPy and in PyTorch
