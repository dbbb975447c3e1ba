"""Gives schemathesis what it cannot make up: ids of things that exist, and words that mean something.

Answers say which things there are. In a request that is meant to be right, such an id takes the place of a made-up one, and
an example of the document that of a made-up text, most of the time. What is meant to be wrong stays as it is.
"""

import itertools
import json
import pathlib
import random
import re

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import TestPhase

CHANCE = random.Random(1)
NUMBERS = itertools.count()
# Fields and parameters that name a thing, and the list that it is in.
REFERENCES = {
    "user_id": "users",
    "organizer_id": "users",
    "organizer": "users",
    "group_id": "groups",
    "event_id": "events",
    "event": "events",
    "ticket_id": "tickets",
    "registration_id": "registrations",
    "poster_id": "posters",
    "region": "regions",
    "parent": "regions",
    "chat_id": "subscribers",
}
# What in a path is an id, and of which list.
LISTED = re.compile(r"([\w-]+)/{(\w+)}")
# Things by their id, by the list that they are in: those last seen.
known: dict[str, dict] = {}
MOST_KNOWN = 100
# A whole picture, which nobody makes up.
PICTURE = pathlib.Path("shared/testkit/images/poster.png").read_bytes()
# Who calls. Nobody names them, for they could be deleted, and their tokens with them.
CALLERS = {"user", "organizer", "admin", "superuser", "leaver"}
# A file of clients, of which nobody makes up a line.
CLIENTS = "phone,tag,time_zone\n79160000001,vip,Europe/Moscow\n79160000002,,Asia/Jakarta\n"
# Nobody can have what another has.
UNIQUE = ("username", "email", "name")


def usually() -> bool:
    return CHANCE.random() < 0.8


def collection(case) -> str:
    parts = case.operation.path.split("/")
    for child in ("imports", "detectors", "members"):
        if child in parts:
            return child
    return "posters" if "poster" in parts or "upload" in parts else listed_as(parts[2])


def listed_as(part: str) -> str:
    """The list that a part of a path names: `dead-letters` → `dead_letters`."""
    return part.replace("-", "_")


def seen_as(case, listed: str) -> str:
    """The list of things of which a caller sees these: of all messages only those to themselves."""
    return f"own_{listed}" if "/users/me/" in case.operation.path else listed


def own_id(case) -> str | None:
    """The thing that a request is about."""
    parameters = case.path_parameters or {}
    return next((parameters[name] for name in ("poster_id", "detector_id", "user_id", "id") if parameters.get(name)), None)


def remember(name: str, thing: object) -> None:
    # A chat is known by its number, a follower by the user, dead letters by their queue.
    id = thing.get("id") or thing.get("chat_id") or thing.get("user") or thing.get("queue") if isinstance(thing, dict) else None
    # An export has the whole user where a follower has an id.
    if isinstance(id, str | int) and thing.get("username") not in CALLERS:
        things = known.setdefault(name, {})
        things[id] = thing
        for member in thing.get("members", []):
            remember("members", {"id": member, "home": id})
        if len(things) > MOST_KNOWN:
            del things[next(iter(things))]


def forget(name: str, id: object) -> None:
    """A thing is no more, nor what lies in it."""
    if id is None:
        return
    known.get(name, {}).pop(id, None)
    parent = name.removesuffix("s")
    for things in known.values():
        for child in [child for child, thing in things.items() if thing.get(parent) == id]:
            del things[child]


@schemathesis.serializer("text/csv")
def serialize_csv(context, value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def after_call(context, case, response) -> None:
    """Learns from an answer which things there are, or no longer are."""
    if response.status_code == 204 and case.operation.method.upper() == "DELETE":
        forget(collection(case), own_id(case))
    if response.status_code == 404:
        # It went with something else, or is nobody's business who calls.
        for listed, name in LISTED.findall(case.operation.path)[-1:]:
            for one in (seen_as(case, listed_as(listed)), REFERENCES.get(name)):
                known.get(one, {}).pop((case.path_parameters or {}).get(name), None)
    # A page for people says nothing of things, nor does a file of them.
    is_json = "json" in "".join(response.headers.get("content-type", []))
    if response.status_code not in (200, 201) or not response.content or not is_json:
        return
    answer = response.json()
    if collection(case) == "detectors" and isinstance(answer, dict):
        # Detectors lie in their home.
        home = (case.path_parameters or {}).get("id")
        for thing in [answer, *answer.get("detectors", [])]:
            thing["home"] = home
    if isinstance(answer, list):
        # Posters, which lie below their event.
        answer = {collection(case): [{**thing, "event": own_id(case)} for thing in answer]}
    remember(collection(case), answer)
    if "task_id" in answer:
        remember("tasks", {"id": answer["task_id"]})
    for name, value in answer.items():
        for thing in value if isinstance(value, list) else []:
            remember(seen_as(case, name), thing)


def is_right(case, location) -> bool:
    component = case.meta.components.get(location)
    return component is not None and component.mode is GenerationMode.POSITIVE


def examples(case) -> dict[str, list]:
    """What the document gives as examples of the body's fields."""
    name = re.search(r"schemas/(\w+)", json.dumps(case.operation.definition.raw["requestBody"]))[1]
    fields = case.operation.schema.raw_schema["components"]["schemas"][name]["properties"]
    return {name: field.get("examples") or [field["example"]] for name, field in fields.items() if "example" in str(field)}


@schemathesis.hook
def before_call(context, case, kwargs) -> None:
    """Has a request name things that exist. Not where schemathesis itself follows what it made."""
    if case.meta is None or case.meta.phase.name is TestPhase.STATEFUL:
        return
    if case.path_parameters and is_right(case, ParameterLocation.PATH):
        child: dict = {}
        # From the end, for a follower says of which region.
        for listed, name in reversed(LISTED.findall(case.operation.path)):
            things = known.get(seen_as(case, listed_as(listed))) or known.get(REFERENCES.get(name))
            if listed.removesuffix("s") in child:
                case.path_parameters[name] = child[listed.removesuffix("s")]
            elif things and usually():
                case.path_parameters[name], child = CHANCE.choice(list(things.items()))
    if case.query and is_right(case, ParameterLocation.QUERY):
        if usually():
            case.query.pop("cursor", None)
        case.query = {name: better(name, value, {}, {}) for name, value in case.query.items()}
    if case.headers and is_right(case, ParameterLocation.HEADER) and usually():
        case.headers.pop("If-Match", None)
    if case.media_type == "text/csv" and is_right(case, ParameterLocation.BODY) and usually():
        case.body = CLIENTS
    if isinstance(case.body, dict) and is_right(case, ParameterLocation.BODY):
        said, own = examples(case), known.get(collection(case), {}).get(own_id(case), {})
        case.body = {name: better(name, value, said, own) for name, value in case.body.items()}


def better(name: str, value: object, said: dict[str, list], own: dict) -> object:
    """A value for a field that makes more sense: what the thing to change has itself, one that exists, or an example."""
    if value is None or not usually():
        return value
    if name == "image":
        return PICTURE
    if name == "phone":
        return f"7999{next(NUMBERS):07}"
    if name in UNIQUE:
        return f"guest.{next(NUMBERS)}@example.com"
    if name in REFERENCES and own.get(name.removesuffix("_id")):
        return own[name.removesuffix("_id")]
    choices = list(known.get(REFERENCES.get(name), {})) or said.get(name)
    return CHANCE.choice(choices) if choices else value
