"""Runs the clients that the generator makes for Python.

Finds the method of an operation, makes its body with the client's own model, and says what came of
it. Reads a call a line, writes a line each.
"""

import enum
import importlib
import inspect
import json
import re
import sys
import typing


def plain(name):
    return re.sub("[^a-z0-9]", "", name.lower())


def class_name(tag):
    """The class of a tag: "External Accounts" is in ExternalAccountsApi."""
    return "".join(word[0].upper() + word[1:] for word in (tag or "default").split(" ")) + "Api"


def model(annotation):
    """The class of a body, which may be annotated or optional."""
    for part in typing.get_args(annotation):
        found = model(part)
        if found:
            return found
    return annotation if hasattr(annotation, "from_dict") else None


def typed(package, method, name, value):
    """Makes a member of an enumeration where the method's text says that it wants one."""
    found = re.search(rf":type {name}: (\w+)$", method.__doc__ or "", re.MULTILINE)
    kind = getattr(package, found.group(1), None) if found else None
    return kind(value) if isinstance(kind, type) and issubclass(kind, enum.Enum) else value


def arguments(package, method, call):
    given = {plain(name): value for name, value in call["parameters"].items()}
    declared = {plain(name) for name in call["declared"]}
    found = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if name.startswith("_"):
            continue
        if plain(name) in given:
            found[name] = typed(package, method, name, given[plain(name)])
        elif plain(name) not in declared and "body" in call:
            found[name] = model(parameter.annotation).from_dict(call["body"])
    return found


def shown(value):
    if isinstance(value, (bytes, bytearray)):
        return value.decode()
    return value.to_dict() if hasattr(value, "to_dict") else value


def heard(package, url, call):
    configuration = package.Configuration(host=url, access_token=call["token"])
    with package.ApiClient(configuration) as client:
        api = getattr(package, class_name(call["tag"]))(client)
        wanted = plain(call["operation"])
        name = next(name for name in dir(api) if plain(name) == wanted and not name.startswith("_"))
        method = getattr(api, name)
        try:
            return {"value": shown(method(**arguments(package, method, call)))}
        except package.ApiException as refusal:
            return {"refused": refusal.status}
        except Exception as failure:
            return {"failed": f"{type(failure).__name__}: {failure}"}


def text(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def main():
    package = importlib.import_module(sys.argv[1])
    for line in sys.stdin:
        answer = heard(package, sys.argv[2], json.loads(line))
        print("heard " + json.dumps(answer, default=text), flush=True)


main()
