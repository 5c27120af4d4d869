"""JSON Schemas of the files that people write: completion and checks in their editors.

What a schema says of a key is the docstring below it in its model, or else what the model says.
Loading stays the judge: a schema knows neither lines nor names of other files.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from scenarios.attacks import Attacks
from scenarios.bands import Bands
from scenarios.model import Model
from scenarios.persona import Persona
from scenarios.plans.plan import Plan
from scenarios.plans.removals import Removals
from scenarios.scenario import Record, Scenario

FILES: Mapping[str, Any] = {
    "scenario": Scenario, "records": tuple[Record, ...], "plan": Plan, "bands": Bands,
    "removals": Removals, "attacks": Attacks, "persona": Persona,
}  # fmt: skip
"""What each kind of file holds."""


def file_name(kind: str) -> str:
    """The name of the file of a schema."""
    return f"{kind}.schema.json"


def schema_text(kind: str) -> str:
    """The schema of a kind of file (a key of FILES), as its file holds it."""
    made = TypeAdapter(FILES[kind]).json_schema(by_alias=True, schema_generator=_Generator)
    return json.dumps({"$schema": _Generator.schema_dialect, **made}, indent=1) + "\n"


class _Generator(GenerateJsonSchema):
    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        cls = schema["cls"]
        made = super().model_schema(schema)
        docs, parts = _docs(cls), made.get("properties", {})
        for name, field in cls.model_fields.items():
            key = field.alias or name
            if name in cls.filled:
                del parts[key]
            elif name in docs:
                parts[key]["description"] = docs[name]
            elif cls.__doc__ and "$ref" not in parts[key]:
                parts[key]["description"] = _line(cls.__doc__)
        return {"description": _line(cls.__doc__), **made} if cls.__doc__ else made

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        # `text: 12` is read as text, and so are the numbers in a list of choices.
        made = super().str_schema(schema)
        return made if "const" in made else {**made, "type": ["string", "number"]}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        # Of alternatives that are tried one by one, editors tell what is wrong with the nearest.
        made = super().tagged_union_schema(schema)
        return {"anyOf": made["oneOf"]} if "oneOf" in made else made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return {key: item for key, item in made.items() if key != "default" or item}


def _docs(cls: type[Model]) -> Mapping[str, str]:
    """The docstrings below the fields of a model and of those that it extends."""
    docs: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        if issubclass(one, Model) and one is not Model:
            (tree,) = ast.parse(textwrap.dedent(inspect.getsource(one))).body
            assert isinstance(tree, ast.ClassDef)
            for field, below in pairwise(tree.body):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    assert isinstance(field.target, ast.Name)
                    docs[field.target.id] = _line(str(ast.literal_eval(below.value)))
    return docs


def _line(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split())
