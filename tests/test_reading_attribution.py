"""Who says it: forms of attribution, what refers back to a source, persons and bodies, relays and own channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.records import Stance
from reading_support import GUARD, LEAGUE, RSF, RUSSIAN, SAF, UKRAINIAN, Readings, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow
GENERAL_STAFF, MINISTRY = "General Staff of Ukraine", "Russian Ministry of Defence"


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The General Staff said that Russian forces had entered Kupiansk.", GENERAL_STAFF, "said"),
        ("The General Staff said Russian forces had entered Kupiansk.", GENERAL_STAFF, "said"),
        ("Russian forces had entered Kupiansk, the General Staff said.", GENERAL_STAFF, "said"),
        ("Russian forces had entered Kupiansk, said the General Staff.", GENERAL_STAFF, "said"),
        ("According to the General Staff, Russian forces had entered Kupiansk.", GENERAL_STAFF, "According to"),
        ("Russian forces entered Kupiansk on Friday, according to the General Staff.", GENERAL_STAFF, "according to"),
        ("The Russian defence ministry announced that its troops had entered Kupiansk.", MINISTRY, "announced"),
        ("The Russian defence ministry claimed on Sunday that its troops had entered Kupiansk.", MINISTRY, "claimed"),
        ('"Russian forces entered Kupiansk this morning," the General Staff reported.', GENERAL_STAFF, "reported"),
    ],
)
def test_the_source_is_found_in_every_form_of_attribution(read: Readings, text: str, source: str, cue: str) -> None:
    claim = read.one("enter", text, "ukraine")
    assert (claim.source, where(claim)) == (source, "Kupiansk")
    assert claim.cue is not None
    assert text[claim.cue.start : claim.cue.end] == cue


def test_a_statement_without_a_cue_is_the_narrators(read: Readings) -> None:
    claim = read.one("enter", "Russian troops entered Kupiansk on Friday.", "ukraine")
    assert (claim.source, claim.speaker, claim.cue, claim.source_passage, claim.content) == ("narrator", *[None] * 4)


def test_the_spans_of_an_attribution_are_its_cue_its_source_and_its_content(read: Readings) -> None:
    text = "The General Staff said that Russian forces had entered Kupiansk."
    claim = read.one("enter", text, "ukraine")
    assert claim.cue
    assert claim.source_passage
    assert claim.content
    assert text[claim.source_passage.start : claim.source_passage.end] == "The General Staff"
    assert "had entered Kupiansk" in text[claim.content.start : claim.content.end]


def test_who_was_told_is_the_medium_and_who_tells_is_the_source(read: Readings) -> None:
    claim = read.one("enter", "Fano fighters had entered Gondar, a resident told Reuters by telephone.")
    assert (claim.source, claim.via) == ("local residents", "Reuters")


def test_a_channel_on_which_it_was_said_is_the_medium(read: Readings) -> None:
    text = "The Russian defence ministry said on Telegram that its troops had entered Kupiansk."
    assert read.one("enter", text, "ukraine").via == "Telegram"


def test_two_sources_of_one_statement_make_two_claims(read: Readings) -> None:
    text = "The Pampas Monitor and the River League said that guardsmen had withdrawn from Melo."
    claims = read.of("withdraw", text, "invented")
    assert {claim.source for claim in claims} == {"Pampas Monitor", LEAGUE}
    assert len({claim.id for claim in claims}) == 2


def test_two_sources_in_one_sentence_vouch_each_for_their_own(read: Readings) -> None:
    text = "The General Staff said Russian forces shelled Nikopol, while ISW said they had advanced near Pokrovsk."
    assert read.one("shelling", text, "ukraine").source == GENERAL_STAFF
    assert read.one("advance", text, "ukraine").source == "Institute for the Study of War"


def test_two_accounts_joined_by_but_are_two_claims_of_two_sources(read: Readings) -> None:
    text = "Russian forces took Selydove, TASS said, but the General Staff said Ukrainian troops still held the town."
    taken, held = read(text, "ukraine")
    assert (taken.event, taken.source, taken.agent) == ("capture", "TASS", RUSSIAN)
    assert (held.event, held.source, held.agent) == ("hold", GENERAL_STAFF, UKRAINIAN)
    assert where(taken) == where(held) == "Selydove"


def test_what_follows_a_said_sentence_in_the_next_is_not_its_sources(read: Readings) -> None:
    text = (
        "The General Staff said Russian forces had shelled Nikopol. Ukrainian troops withdrew from Vuhledar in October."
    )
    assert read.one("withdraw", text, "ukraine").source == "narrator"


# ---- across sentences ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "source"),
    [
        ("It also said that the army had withdrawn from Nyala.", RSF),
        ("The RSF added that the army had withdrawn from Nyala.", RSF),
        ("The force added that the army had withdrawn from Nyala.", RSF),
    ],
)
def test_a_word_for_the_last_speaker_means_that_speaker(read: Readings, second: str, source: str) -> None:
    claim = read.one("withdraw", f"The RSF said its fighters had taken Zalingei. {second}", "sudan")
    assert claim.source == source


def test_he_means_the_person_who_spoke_and_so_the_body(read: Readings) -> None:
    text = "Oleh Marchenko said Russian forces had entered Lyman. He said they had also shelled Siversk."
    assert read.one("shelling", text, "ukraine").source == GENERAL_STAFF


def test_the_ministry_is_the_one_that_was_named(read: Readings) -> None:
    text = (
        "The Russian defence ministry said its troops had entered Lyman. The ministry said they also shelled Siversk."
    )
    assert read.one("shelling", text, "ukraine").source == MINISTRY


def test_a_quotation_that_goes_on_in_the_next_sentence_has_the_same_source(read: Readings) -> None:
    text = '"The army left Melo on Friday," Inés Baldor said. "Our fighters entered Rivera."'
    assert read.one("enter", text, "invented").source == LEAGUE


def test_a_communique_gives_its_issuer_to_what_follows(read: Readings) -> None:
    text = (
        "The General Staff issued the following statement on Sunday.\n\n"
        "Russian troops shelled Lyman. Ukrainian forces withdrew from Torske."
    )
    assert read.one("shelling", text, "ukraine").source == GENERAL_STAFF
    assert read.one("withdraw", text, "ukraine").source == GENERAL_STAFF


# ---- persons ---------------------------------------------------------------------------------------------------------


def test_a_person_of_the_theatre_speaks_for_a_body(read: Readings) -> None:
    claim = read.one("enter", "Inés Baldor said that leaguers had entered Salto.", "invented")
    assert (claim.source, claim.speaker) == (LEAGUE, "Inés Baldor")


def test_a_person_with_an_office_speaks_for_it(read: Readings) -> None:
    text = "Ethiopian Defence Minister Abraham Belay said government forces had retaken Lalibela."
    claim = read.one("capture", text)
    assert (claim.source, claim.speaker) == ("Ethiopian Ministry of Defence", "Abraham Belay")


@pytest.mark.parametrize("who", ["Analyst Mara Lindqvist", "Mara Lindqvist, a historian in Uppsala,"])
def test_a_person_who_speaks_for_nobody_stands_alone(read: Readings, who: str) -> None:
    claim = read.one("capture", f"{who} said government forces had retaken Lalibela.")
    assert (claim.source, claim.speaker) == ("Mara Lindqvist", "Mara Lindqvist")


@pytest.mark.parametrize(
    ("who", "source"),
    [
        ("Witnesses", "witnesses"),
        ("Residents", "local residents"),
        ("A villager", "local residents"),
        ("A security source", "unnamed official"),
        ("A diplomat", "unnamed official"),
        ("Analysts", "unnamed analyst"),
        ("Sources", "unnamed source"),
    ],
)
def test_a_source_without_a_name_is_called_by_what_it_is(read: Readings, who: str, source: str) -> None:
    claim = read.one("enter", f"{who} said the fighters had entered Ménaka.")
    assert (claim.source, claim.speaker) == (source, None)


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("A Russian army officer", RUSSIAN),
        ("Two senior Ukrainian military sources", UKRAINIAN),
        ("A senior official", None),
        ("A source close to the Ukrainian army", None),
    ],
)
def test_a_source_without_a_name_can_be_known_by_its_party(read: Readings, who: str, party: str | None) -> None:
    claim = read.one("enter", f"{who} said that troops had entered Lyman.", "ukraine")
    assert claim.speaks_for == party


def test_a_body_is_no_speaker(read: Readings) -> None:
    assert read.one("enter", "The RSF said its fighters had entered Nyala.", "sudan").speaker is None


# ---- relays ----------------------------------------------------------------------------------------------------------


def test_the_innermost_source_vouches(read: Readings) -> None:
    text = "SUNA reported that the army said its troops had entered Singa."
    assert read.one("enter", text, "sudan").source == SAF


def test_a_trailing_relay_names_the_quoted_as_source(read: Readings) -> None:
    text = "Russian forces have entered Lyman, Ukrinform quoted the General Staff as saying."
    claim = read.one("enter", text, "ukraine")
    assert (claim.source, claim.via, claim.nested) == (GENERAL_STAFF, "Ukrinform", True)


def test_an_agency_citing_a_body_is_its_relay(read: Readings) -> None:
    text = "TASS, citing the Russian defence ministry, said that Ukrainian forces had withdrawn from Selydove."
    claim = read.one("withdraw", text, "ukraine")
    assert (claim.source, claim.via, claim.nested) == (MINISTRY, "TASS", True)


@pytest.mark.parametrize("who", ["A SUNA correspondent", "The SUNA correspondent in Kosti"])
def test_an_agencys_messenger_speaks_for_the_agency(read: Readings, who: str) -> None:
    assert read.one("shelling", f"{who} said that the RSF had shelled Sennar.", "sudan").source == "SUNA"


# ---- own channels ----------------------------------------------------------------------------------------------------


def test_an_own_channels_voice_is_the_narrator_with_its_own_forces(read: Readings) -> None:
    text = "Our forces entered Paysandú at dawn."
    claim = read.one("enter", text, "invented", kind="party_channel", publisher="League Channel")
    assert (claim.source, claim.agent) == ("narrator", LEAGUE)


@pytest.mark.parametrize(
    ("publisher", "kind", "meant"),
    [("League Channel", "party_channel", GUARD), ("Plata Radio", "state_media", LEAGUE)],
)
def test_one_hostile_label_means_another_in_each_sides_channel(
    read: Readings, publisher: str, kind: str, meant: str
) -> None:
    claim = read.one("shelling", "The terrorists shelled Salto.", "invented", kind=kind, publisher=publisher)
    assert claim.agent == meant


def test_in_a_forwarded_post_our_forces_are_those_of_the_channel_that_it_comes_from(read: Readings) -> None:
    text = "Our forces entered Paysandú at dawn."
    carried = {"kind": "party_channel", "publisher": "League Channel"}
    claim = read.one("enter", text, "invented", **carried, forwarded_from="Plata Radio")
    assert (claim.source, claim.via, claim.agent) == ("narrator", "League Channel", GUARD)
    unknown = read.one("enter", text, "invented", **carried, forwarded_from="Paysandú Observers")
    assert (unknown.source, unknown.via) == ("narrator", "League Channel")
    assert unknown.agent not in {GUARD, LEAGUE}  # nobody tells whose forces those are
    itself = read.one("enter", text, "invented", **carried, forwarded_from="League Channel")
    assert (itself.source, itself.via, itself.agent) == ("narrator", None, LEAGUE)


@pytest.mark.parametrize(
    ("speaker", "meant"), [("Oleh Marchenko", RUSSIAN), ("The Russian defence ministry", UKRAINIAN)]
)
def test_the_enemy_is_the_speakers_enemy(read: Readings, speaker: str, meant: str) -> None:
    assert read.one("shelling", f"{speaker} said the enemy had shelled Donetsk.", "ukraine").agent == meant


def test_a_newspapers_hostile_label_names_nobody_of_the_theatre(read: Readings) -> None:
    claim = read.one("shelling", "The terrorists shelled Salto.", "invented")
    assert claim.agent not in {GUARD, LEAGUE}


# ---- what a source does ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cue", ["admitted", "acknowledged", "conceded"])
def test_an_admission_concedes(read: Readings, cue: str) -> None:
    claim = read.one("withdraw", f"The army {cue} that its troops had withdrawn from Sinja.", "sudan")
    assert (claim.source, claim.agent, claim.stance) == (SAF, SAF, Stance.CONCEDES)


def test_a_denial_denies(read: Readings) -> None:
    claim = read.one("enter", "The army denied that RSF fighters had entered Sinja.", "sudan")
    assert claim.stance is Stance.DENIES
