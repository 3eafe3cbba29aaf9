"""nbgrader's and nbconvert's code is what it was when our patches of it were written."""

from __future__ import annotations

import hashlib
import importlib
import inspect
from typing import Any

import jsonschema
import nbgrader.api
import nbgrader.utils
import pytest
from nbgrader.nbgraderformat import common

from tplib.autograde.bridge.patches import compiled_validation, nbgrader_at_work, newest_schema
from tplib.autograde.processes import path_with_own_programs

# What bridge/ replaces, overrides or relies on though it is private, and the digests of its text in the versions that
# it was tried with. When one differs: read what changed, adapt the patch, and put the new digest beside the old one.
KNOWN: dict[str, set[str]] = {
    # replaced by bridge/patches.py
    "nbgrader.api:Gradebook.__init__": {"c60c420276e8355e"},
    "nbgrader.api:Gradebook.close": {"089cf56cf4f8a224"},
    "nbgrader.api:get_alembic_version": {"40160af67d70e523"},
    "nbgrader.utils:is_ignored": {"ebbe05faff7965df"},
    "nbgrader.nbgraderformat.common:BaseMetadataValidator.validate_cell": {"e5f97f45a9aba510"},
    "nbgrader.converters.base:BaseConverter.start": {"10d6830579cdca63"},
    # taken apart by bridge/two_pass.py and reports/feedback.py
    "nbgrader.converters.base:BaseConverter.convert_single_notebook": {"ec4c141ea898174b"},
    "nbgrader.converters.base:BaseConverter.convert_notebooks": {"9f4d7a770217effe"},
    "nbgrader.converters.autograde:Autograde._init_preprocessors": {"44b51d96b8fae43a"},
    "nbgrader.converters.autograde:Autograde.convert_single_notebook": {"d46973a12f2e4e75"},
    "nbgrader.converters.autograde:Autograde._input_directory": {"0197b9bc3e652f9c"},
    "nbgrader.converters.autograde:Autograde.init_assignment": {"a7c144dc746ec205"},
    # overridden by bridge/preprocessors.py
    "nbgrader.preprocessors.saveautogrades:SaveAutoGrades.preprocess": {"edef3c387d5c104a"},
    "nbgrader.preprocessors.saveautogrades:SaveAutoGrades._add_score": {"ee891a8fe3657ce7"},
    "nbgrader.utils:determine_grade": {"f97b74436f014b62"},
    # overridden by bridge/feedback_contents.py
    "nbgrader.preprocessors.getgrades:GetGrades.preprocess": {"50efe7eaf5aaab62"},
    "nbgrader.preprocessors.getgrades:GetGrades._get_score": {"5c26775a7cad81d9"},
    # extended by marking/handlers.py
    "nbgrader.server_extensions.formgrader.formgrader:FormgradeExtension.init_handlers": {"368ca4d6a6400d32"},
    "nbgrader.server_extensions.formgrader.handlers:SubmissionHandler.get": {"fcaa384e0b4551c8"},
    "nbgrader.server_extensions.formgrader.handlers:GradebookNotebookSubmissionsHandler.get": {"bd6cbf75e384b32f"},
    "nbgrader.server_extensions.formgrader.base:BaseHandler.render": {"be17584c70850a3f"},
    "nbgrader.apps.api:NbGraderAPI._filter_existing_notebooks": {"c8460e81deb8c03e"},
    # written again, without its last step, in bridge/pages.py
    "nbconvert.exporters.html:HTMLExporter.from_notebook_node": {"3dccafff45cc4e74"},
}


def text_of(path: str) -> str:
    module, _, name = path.partition(":")
    thing: Any = importlib.import_module(module)
    for part in name.split("."):
        thing = inspect.getattr_static(thing, part)
    return inspect.getsource(inspect.unwrap(getattr(thing, "fget", thing)))


def digest(path: str) -> str:
    return hashlib.sha256(text_of(path).encode()).hexdigest()[:16]


@pytest.mark.parametrize("path", list(KNOWN))
def test_the_text_is_known(path: str) -> None:
    assert digest(path) in KNOWN[path], f"{path} is not what it was; it reads now:\n{text_of(path)}"


def test_patches_last_as_long_as_the_work() -> None:
    places = [(nbgrader.api, "create_engine"), (nbgrader.api, "get_alembic_version"), (nbgrader.utils, "is_ignored")]
    before = [getattr(module, name) for module, name in [*places, (common, "jsonschema")]]
    with nbgrader_at_work():
        during = [getattr(module, name) for module, name in [*places, (common, "jsonschema")]]
    after = [getattr(module, name) for module, name in [*places, (common, "jsonschema")]]
    assert before == after
    assert not any(one is other for one, other in zip(before, during, strict=True))


def test_compiled_validation_says_what_jsonschema_says() -> None:
    schema = {"type": "object", "properties": {"points": {"type": "number"}}, "required": ["points"]}
    validate = compiled_validation(jsonschema)
    for instance in ({"points": 1}, {"points": "1"}, {}, []):
        said = []
        for way in (jsonschema.validate, validate):
            try:
                way(instance, schema)
            except jsonschema.ValidationError as error:
                said.append(error.message)
        assert len(set(said)) < 2
        assert len(said) == (0 if instance == {"points": 1} else 2)


def test_newest_schema_is_the_one_that_alembic_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", path_with_own_programs())
    assert newest_schema() == inspect.unwrap(nbgrader.api.get_alembic_version)()
