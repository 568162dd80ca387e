"""Names by rule: unique, stable, and refused where only the user can tell."""

from __future__ import annotations

import pytest

from tests.codegen.models import actor, analysis, node, output, part
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import ProxyClass, Symbol
from typedactors_codegen.naming import method_class_name, name_proxies, type_variable_name


def names_of(*classes: ProxyClass) -> dict[str, str]:
    names = name_proxies(analysis(output(*classes))).by_output["hub.proxies"]
    return {str(key): name for key, name in names.items()}


def test_plain_names() -> None:
    settings = part("Settings")
    assert names_of(settings, actor("Counter", node("settings", settings.key))) == {
        "hub.parts.Settings": "SettingsProxy",
        "hub.actors.Counter": "CounterProxy",
    }


def test_two_actors_of_one_name_are_refused_with_both_places() -> None:
    with pytest.raises(CodegenError) as caught:
        names_of(actor("Counter", line=3), actor("Counter", module="hub.others", line=9))
    error = caught.value
    assert (error.path, error.line) == ("src/hub/others.py", 9)
    assert "hub.others.Counter and hub.actors.Counter (src/hub/actors.py:3)" in error.message
    assert "an output of its own, or rename" in (error.hint or "")


def test_one_name_in_two_outputs() -> None:
    first = output(actor("Counter"))
    second = output(actor("Counter", module="hub.others"), module="hub.more_proxies")
    names = name_proxies(analysis(first, second))
    assert names.local("hub.proxies", Symbol("hub.actors", "Counter")) == "CounterProxy"
    assert names.local("hub.proxies", Symbol("hub.others", "Counter")) is None
    assert names.holder("hub.proxies", Symbol("hub.others", "Counter")) == "hub.more_proxies"
    assert names.holder("hub.proxies", Symbol("hub.others", "Nobody")) is None


def test_a_part_gives_way_to_an_actor_and_takes_its_owners_name() -> None:
    settings = part("Counter")
    assert names_of(settings, actor("Counter", node("part", settings.key))) == {
        "hub.parts.Counter": "CounterCounterProxy",
        "hub.actors.Counter": "CounterProxy",
    }


def test_two_parts_of_one_name_take_their_owners_names_in_any_order() -> None:
    one, two = part("Settings"), part("Settings", module="hub.other_parts")
    radio, light = actor("Radio", node("settings", one.key)), actor("Light", node("settings", two.key))
    expected = {"hub.parts.Settings": "RadioSettingsProxy", "hub.other_parts.Settings": "LightSettingsProxy"}
    for classes in ([one, two, radio, light], [two, light, one, radio]):
        names = names_of(*classes)
        assert {key: names[key] for key in expected} == expected


def test_parts_of_parts() -> None:
    inner_one, inner_two = part("Inner"), part("Inner", module="hub.other_parts")
    outer_one = part("Outer", node("inner", inner_one.key))
    outer_two = part("Outer", node("inner", inner_two.key), module="hub.other_parts")
    radio = actor("Radio", node("outer", outer_one.key))
    light = actor("Light", node("outer", outer_two.key))
    names = names_of(inner_one, inner_two, outer_one, outer_two, radio, light)
    assert names["hub.parts.Inner"] == "RadioOuterInnerProxy"
    assert names["hub.other_parts.Inner"] == "LightOuterInnerProxy"


def test_one_owner_with_two_parts_of_one_name_falls_back_on_their_modules() -> None:
    one, two = part("Settings"), part("Settings", module="hub.other_parts")
    names = names_of(one, two, actor("Radio", node("a", one.key), node("b", two.key)))
    assert names["hub.parts.Settings"] == "RadioSettingsProxy"
    assert names["hub.other_parts.Settings"] == "OtherPartsSettingsProxy"


def test_names_inside_a_file() -> None:
    assert method_class_name("CounterProxy", "add") == "_CounterProxy_add"
    assert type_variable_name("T") == "_T"
    assert type_variable_name("_T") == "_T"
