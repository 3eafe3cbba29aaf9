"""The exercises of TP5-HFData/1_datasets, in the order of the notebook."""

from tplib.exercises.notebook import complete
from tplib.exercises.tp5.datasets import cleaning_mistakes, duplicates_mistakes, splitting_mistakes  # noqa: F401
from tplib.exercises.tp5.datasets.balance import class_balance
from tplib.exercises.tp5.datasets.cleaning import clean_text
from tplib.exercises.tp5.datasets.duplicates import drop_duplicates
from tplib.exercises.tp5.datasets.splitting import split_dataset

EXERCISES = complete(__name__, (class_balance, clean_text, drop_duplicates, split_dataset))
