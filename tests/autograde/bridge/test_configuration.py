"""What a worker gets of a configuration, and which files of the instructor's modules go with it."""

from __future__ import annotations

import datetime
import subprocess
import sys
import threading

import pytest
from nbgrader.converters import Autograde
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString, PyFileConfigLoader

from tplib import TplibError
from tplib.autograde.bridge.configuration import pack_config, unpack_config
from tplib.autograde.bridge.course import private_course
from tplib.autograde.bridge.plugins import CAP, plugin_files


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """`modules(files)` writes modules that can be imported here; each has a name that no other test uses."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(**files: str) -> None:
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".py").replace("//", "/__")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)

    return write


def config_of(text: str, folder) -> Config:
    (folder / "settings.py").write_text(text)
    return PyFileConfigLoader("settings.py", str(folder)).load_config()


def test_options_arrive_as_they_were_given_and_paths_do_not(tmp_path):
    config = Config()
    config.CourseDirectory.update(root="/course", submitted_directory="/course/in", db_url="x", ignore=["*.tmp"])
    config.NbGrader.logfile = "/course/log"
    config.Exchange.root = "/srv"
    config.Autograde.exclude_overwriting = {"ps1": ["helper.py"]}
    config.LateSubmissionPlugin.penalty_method = "zero"
    config.Execute.timeout = DeferredConfigString("7")
    config.Mine.since = datetime.date(2025, 1, 31)
    config.timeout = DeferredConfigString("60")  # what traitlets makes of an unknown option
    data = pack_config(config)
    assert unpack_config(data) == {
        "CourseDirectory": {"ignore": ["*.tmp"]},
        "Autograde": {"exclude_overwriting": {"ps1": ["helper.py"]}},
        "LateSubmissionPlugin": {"penalty_method": "zero"},
        "Execute": {"timeout": "7"},
        "Mine": {"since": datetime.date(2025, 1, 31)},
    }
    assert b"/course" not in data
    course = private_course(tmp_path, data)
    assert course.root == tmp_path
    assert course.path("submitted", "ada", "ps1") == tmp_path / "submitted/ada/ps1"
    assert course.limits().cell == 7.0
    assert course.directory.ignore == ["*.tmp"]


def test_what_is_added_to_a_default_is_added_there(tmp_path):
    config = config_of("c = get_config()\nc.Autograde.autograde_preprocessors.append('late_a.Extra')", tmp_path)
    arrived = unpack_config(pack_config(config))
    before = [*Autograde().autograde_preprocessors]
    assert Autograde(config=arrived).autograde_preprocessors == [*before, "late_a.Extra"]


def test_a_function_of_the_configuration_file_arrives_without_the_file(tmp_path):
    text = "c = get_config()\nextra = 2\ndef hook(**given):\n    return extra + given['x']\n"
    data = pack_config(config_of(text + "c.Autograde.pre_convert_hook = hook\n", tmp_path))
    (tmp_path / "settings.py").unlink()
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer)['Autograde']['pre_convert_hook'](x=40))"
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True)
    assert done.stdout.split() == [b"42"], done.stderr


def test_what_cannot_be_sent_is_named():
    config = Config()
    config.Autograde.force = True
    config.Mine.lock = threading.Lock()
    with pytest.raises(TplibError, match=r"c\.Mine\.lock cannot be sent .* put its class or function into a module"):
        pack_config(config)


def names(config: Config) -> list[str]:
    return sorted(plugin_files(pack_config(config)))


def test_modules_come_with_what_they_import_and_read(modules, tmp_path):
    modules(late_b="import rules_b.share\nimport json, numpy", rules_b__init="", rules_b__share="import far_b")
    modules(far_b="", other_b="import not_here")
    (tmp_path / "rules_b/__init__.py").write_text("")
    (tmp_path / "rules_b/init.py").unlink()
    (tmp_path / "rules_b/table.bin").write_bytes(b"1")
    (tmp_path / "settings.json").write_text("{}")
    (tmp_path / "gradebook.db").write_text("marks")
    config = Config()
    config.AssignLatePenalties.plugin_class = "late_b.Half"
    expected = ["far_b.py", "late_b.py", "other_b.py", "rules_b/__init__.py", "rules_b/share.py", "rules_b/table.bin"]
    assert names(config) == sorted([*expected, "settings.json"])


def test_what_only_looks_like_a_module_is_none(modules, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/table.csv").write_text("1")
    modules(helper_c="")
    config = Config()
    config.Autograde.exclude_overwriting = {"ps1": ["data.csv", "numpy.txt"], "data": ["data"]}
    config.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
    config.Autograde.exporter_class = "nbconvert.exporters.NotebookExporter"
    assert names(config) == []


def test_a_folder_of_modules_without_init_is_found(modules, tmp_path):
    modules(conf_d__late="")
    config = Config()
    config.AssignLatePenalties.plugin_class = "conf_d.late.Half"
    assert names(config) == ["conf_d/late.py"]


def test_too_much_is_refused_with_a_sentence(modules, tmp_path):
    modules(big_e__init="")
    (tmp_path / "big_e/__init__.py").write_text("")
    with open(tmp_path / "big_e/model.bin", "wb") as file:
        file.truncate(CAP + 1)
    config = Config()
    config.AssignLatePenalties.plugin_class = "big_e.Half"
    with pytest.raises(TplibError, match="big_e, which the configuration names, has more than 64 MiB"):
        names(config)
