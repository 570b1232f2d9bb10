"""The nouns of a workspace in sentences: chosen by the count, in the right form, whenever the sentence is read."""

from __future__ import annotations

import pytest

from dtrack.core.message import lazy_gettext, lazy_ngettext
from dtrack.core.nouns import DISTRICTS_OF_A_CITY, Noun, Nouns, forms, use_nouns
from dtrack.core.translate import _, ngettext, speaking

GROUP = Nouns(
    (("en", Noun("region", "regions")), ("fr", Noun("région", "régions", feminine=True))),
    (
        ("en", Noun("group", "group")),
        ("zh", Noun("集团", "集团")),
        ("fr", Noun("groupe", "groupes")),
    ),
)


@pytest.fixture(autouse=True)
def own_nouns():
    """Districts of a city again, behind each test."""
    yield
    use_nouns(DISTRICTS_OF_A_CITY)


@pytest.mark.parametrize(
    ("nouns", "count", "expected"),
    [
        (DISTRICTS_OF_A_CITY, 1, ("1 district", "1个区", "1 district")),
        (DISTRICTS_OF_A_CITY, 3, ("3 districts", "3个区", "3 districts")),
        (GROUP, 1, ("1 region", "1个region", "1 région")),
        (GROUP, 1600, ("1,600 regions", "1600个region", "1\u202f600 régions")),
    ],
)
def test_the_count_chooses_the_form(nouns, count, expected):
    use_nouns(nouns)
    told = []
    for language in ("en", "zh", "fr"):
        with speaking(language):
            told.append(ngettext("{count} {district}", "{count} {districts}", count))
    assert tuple(told) == expected


def test_a_message_keeps_the_nouns_it_was_made_with():
    use_nouns(GROUP)
    one = lazy_ngettext("{count} {district}", "{count} {districts}", 2)
    other = lazy_gettext("{District} {name}", name="A")
    use_nouns(DISTRICTS_OF_A_CITY)
    assert (str(one), str(other)) == ("2 regions", "Region A")
    with speaking("fr"):
        assert str(one) == "2 régions"
    assert one != lazy_ngettext("{count} {district}", "{count} {districts}", 2)


def test_braces_without_a_noun_stay():
    assert _('a break is { at = day, why = "…" }') == 'a break is { at = day, why = "…" }'
    assert lazy_gettext("{name} is here", name="A").values == (("name", "A"),)


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        (Noun("district", "districts"), "le district, du district, au district, de districts, un district"),
        (Noun("région", "régions", feminine=True), "la région, de la région, à la région, de régions, une région"),
        (Noun("agence", "agences", feminine=True), "l’agence, de l’agence, à l’agence, d’agences, une agence"),
        (Noun("État", "États"), "l’État, de l’État, à l’État, d’États, un État"),
    ],
)  # fmt: skip
def test_french_articles(noun, expected):
    known = forms(Nouns((("fr", noun),)), "fr")
    names = ("le_district", "du_district", "au_district", "de_districts", "a_district")
    assert ", ".join(known[name] for name in names) == expected
    assert known["e_district"] == "e" * noun.feminine


def test_the_whole_in_french_and_capitals():
    own, group = forms(DISTRICTS_OF_A_CITY, "fr"), forms(GROUP, "fr")
    names = ("la_ville", "de_la_ville", "a_la_ville", "La_ville", "e_ville")
    assert [own[name] for name in names] == [
        "la ville",
        "de la ville",
        "à la ville",
        "La ville",
        "e",
    ]
    assert [group[name] for name in names] == [
        "le groupe",
        "du groupe",
        "au groupe",
        "Le groupe",
        "",
    ]
    assert forms(DISTRICTS_OF_A_CITY, "zh")["city"] == "全市"


def test_an_english_article():
    agency = Nouns((("en", Noun("agency", "agencies")),))
    assert [forms(agency, "en")[name] for name in ("a_district", "A_district", "Districts")] == [
        "an agency",
        "An agency",
        "Agencies",
    ]
