"""Before the libraries are imported: offline, without reports, and a sentence where one is not installed."""

import json
import os
import subprocess
import sys
import types

import pytest

from tplib import TplibError, hf
from tplib.hf import settings

PROGRAM = """
import json, os, sys
from tplib import hf
names = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "WANDB_DISABLED")
heavy = [name for name in ("torch", "transformers", "datasets", "huggingface_hub") if name in sys.modules]
print(json.dumps([[os.environ.get(name) for name in names], heavy]))
"""


def after_import(**variables: str) -> list[list[str]]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "WANDB"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**clean, **variables}, capture_output=True, text=True, check=True
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_the_import_sets_the_libraries_offline_and_imports_none_of_them():
    assert after_import() == [["1", "1", "1", "true"], []]


def test_what_the_user_has_set_stays():
    assert after_import(HF_HUB_OFFLINE="0")[0][0] == "0"


def test_a_library_that_was_imported_before_is_set_offline_too(monkeypatch):
    hub, sets = types.SimpleNamespace(HF_HUB_OFFLINE=False), types.SimpleNamespace(HF_DATASETS_OFFLINE=False)
    monkeypatch.setitem(sys.modules, "huggingface_hub.constants", hub)
    monkeypatch.setitem(sys.modules, "datasets.config", sets)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    settings.apply()
    assert (hub.HF_HUB_OFFLINE, sets.HF_DATASETS_OFFLINE) == (True, True)


def test_transformers_that_was_imported_before_is_silent_unless_the_user_wants_its_words(monkeypatch):
    said = []
    names = ("set_verbosity_error", "disable_progress_bar")
    library = types.SimpleNamespace(**{name: lambda name=name: said.append(name) for name in names})
    monkeypatch.setitem(sys.modules, "transformers.utils.logging", library)
    monkeypatch.setenv("TRANSFORMERS_VERBOSITY", "info")
    settings.apply()
    assert said == []
    monkeypatch.delenv("TRANSFORMERS_VERBOSITY")
    settings.apply()
    assert said == list(names)


@pytest.mark.parametrize("call", [hf.load_tokenizer, hf.load_encoder, hf.load_classifier, hf.trainer])
def test_a_package_that_is_not_installed_is_a_sentence_with_the_command(call, monkeypatch):
    monkeypatch.setattr(settings, "find_spec", lambda name: None if name == "transformers" else object())
    with pytest.raises(TplibError, match=r"needs transformers, which is not .* pip install 'tplib\[transformers\]'"):
        call()


def test_a_model_that_was_not_pulled_is_a_sentence_with_the_command(monkeypatch, tmp_path):
    pytest.importorskip("transformers")
    monkeypatch.setenv("TPLIB_DATA", str(tmp_path))
    with pytest.raises(TplibError, match="tp data pull minilm"):
        hf.load_classifier("minilm")


@pytest.mark.slow
def test_a_model_of_the_hub_is_refused_without_asking_the_network():
    pytest.importorskip("transformers")
    program = (
        "import socket\nfrom tplib import hf\nimport transformers\nasked = []\n"
        "def refuse(*arguments, **named):\n    asked.append(arguments)\n    raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "try:\n    transformers.AutoTokenizer.from_pretrained('bert-base-uncased', cache_dir='nowhere')\n"
        "except OSError:\n    print('refused', asked)\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run([sys.executable, "-c", program], env=clean, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused []"
