"""Configurations of nbgrader, as their files by name: in the course, or (with ~) in the folder of Jupyter's own.

COURSE stands for the path of the course.
"""

from pathlib import Path

START = "c = get_config()\n"
ENABLE = "\nfrom tplib.autograde import enable\nenable(c)\n"
ROOT = "c.CourseDirectory.root = 'COURSE'\n"
# It tries to write there, by a path from the working folder and by a whole one.
WRITER = """
from nbgrader.plugins import BasePlugin

class Half(BasePlugin):
    def late_submission_penalty(self, *_):
        for place in ("submitted", "COURSE/submitted"):
            try:
                open(place + "/ada/ps1/second.ipynb", "a").write("!")
            except OSError:
                pass
        return 0.5
"""
# Where the course and its files lie.
PLACES = {
    "plain": {"nbgrader_config.py": START + ENABLE},
    "root": {"nbgrader_config.py": START + ROOT + ENABLE},
    "root-at-home": {"~/nbgrader_config.py": START + ROOT + ENABLE},
    "root-in-json": {
        "nbgrader_config.json": '{"CourseDirectory": {"root": "COURSE"}}',
        "~/nbgrader_config.py": START + ENABLE,
    },
    "root-in-part": {
        "nbgrader_config.py": START + "load_subconfig('conf/base.py')\n" + ENABLE,
        "conf/base.py": START + ROOT,
    },
    "folders": {
        "nbgrader_config.py": START + "c.CourseDirectory.submitted_directory = 'COURSE/submitted'\n"
        "c.CourseDirectory.autograded_directory = 'COURSE/graded'\n" + ENABLE,
    },
    "writer": {
        "nbgrader_config.py": START + ROOT + "c.FilesWriter.build_directory = 'COURSE/submitted'\n"
        "c.NbGrader.logfile = 'COURSE/nbgrader.log'\n" + ENABLE,
    },
    "plug-in": {
        "nbgrader_config.py": START + "c.AssignLatePenalties.plugin_class = 'late.Half'\n" + ENABLE,
        "late.py": WRITER,
    },
}

NAMED = START + "c.AssignLatePenalties.plugin_class = '{name}'\n"
PLUGIN = """
from nbgrader.plugins import BasePlugin

class Half(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {value}
"""
HALF = PLUGIN.format(value="score / 2")
SUBMARKS = "c.AssignLatePenalties.plugin_class = Half\n"
# Each takes half of a late submission's points.
PENALTIES = {
    "module": {"nbgrader_config.py": NAMED.format(name="late.Half"), "late.py": HALF},
    "sub-folder": {"nbgrader_config.py": NAMED.format(name="rules.late.Half"), "rules/late.py": HALF},
    "package": {
        "nbgrader_config.py": NAMED.format(name="rules.Half"),
        "rules/__init__.py": "from rules.late import Half",
        "rules/late.py": "from pathlib import Path\nfrom shares import SHARE\n"
        + PLUGIN.format(value="score * SHARE * float(Path(__file__).with_name('full.dat').read_text())"),
        "rules/full.dat": "1.0",
        "shares.py": "SHARE = 0.5",
    },
    "class": {"nbgrader_config.py": START + "from late import Half\n" + SUBMARKS, "late.py": HALF},
    "class-of-the-file": {"nbgrader_config.py": START + HALF + SUBMARKS},
    "path": {
        "nbgrader_config.py": START + "import sys\nsys.path.insert(0, 'tools')\nfrom late import Half\n" + SUBMARKS,
        "tools/late.py": HALF,
    },
    "json": {
        "nbgrader_config.json": '{"AssignLatePenalties": {"plugin_class": "late.Half"}}',
        "late.py": HALF,
    },
    "part": {
        "nbgrader_config.py": START + "load_subconfig('conf/base.py')\n",
        "conf/base.py": NAMED.format(name="late.Half"),
        "late.py": HALF,
    },
    "home": {"~/nbgrader_config.py": START + HALF + SUBMARKS},
    "read": {
        "nbgrader_config.py": START + "import json\nname = json.load(open('settings.json'))['plugin']\n"
        "c.AssignLatePenalties.plugin_class = name\n",
        "settings.json": '{"plugin": "late.Half"}',
        "late.py": "import json\nSHARE = json.load(open('share.json'))\n" + PLUGIN.format(value="score * SHARE"),
        "share.json": "0.5",
    },
    "outdated": {"nbgrader_config.py": START + "c.AutogradeApp.permissions = 640\n" + HALF + SUBMARKS},
}


def configure(root: Path, home: Path, files: dict[str, str]) -> None:
    """Write a configuration in the place of the one that the course in `root` has."""
    (root / "nbgrader_config.py").unlink()
    for name, text in files.items():
        path = home / name[2:] if name.startswith("~/") else root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("COURSE", str(root)))
