"""The forces by which nations, governments and speakers act, by the theatre's names where it has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._classes import ARMED
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from marsad.records import Actor
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

NARRATOR = "narrator"
_ACTING = frozenset({"force", "aircraft", "artillery", "reinforcement", "attack"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose mouth a sentence comes from.

    `source` is the canonical name and `side` its side, for labels and "our forces"; `plural` and `party` tell whether
    "they" and "it" can mean the speaker's own.
    """

    source: str
    side: str | None
    plural: bool = False
    party: bool = False


@dataclass(frozen=True, slots=True)
class Forces:
    """Names forces; without a theatre it composes the name ("<nation> army")."""

    language: Language
    demonyms: Demonyms
    theatre: Theatre | None

    def of(self, name: str) -> str:
        """Return the forces by which a party acts in war: its government's, whom it speaks for, or itself."""
        actor = self.theatre.actor(name) if self.theatre is not None else None
        if self.theatre is None or actor is None or actor.side is None:
            return name
        side = self.theatre.sides.get(actor.side)
        if side is not None and side.forces:
            office = any(word in actor.name.lower() for word in self.language.party["offices"])
            if office or actor.name == side.government or actor.kind == "media":
                return side.forces
        return actor.speaks_for or actor.name

    def of_speaker(self, voice: Voice) -> str | None:
        """Return whom "our forces" means in a voice; None for a neutral one."""
        if self.theatre is not None and voice.side is not None:
            side = self.theatre.sides.get(voice.side)
            return (side.forces if side is not None else None) or self._own(voice, self.theatre)
        if voice.source == NARRATOR:
            return None
        words = voice.source.lower().split() if voice.party else []
        fighters = next((word for word in words if word in self.language.classes["irregular"]), None)
        if fighters is not None:
            return _many(fighters)
        return voice.source if voice.party else None

    def _own(self, voice: Voice, theatre: Theatre) -> str | None:
        """Return the forces of a side for which the theatre names none: the speaker's own, else the first listed."""
        speaker = theatre.actor(voice.source)
        if speaker is not None and speaker.speaks_for is not None:
            return speaker.speaks_for
        fighting = [one for one in theatre.actors.values() if one.side == voice.side and self._fights(one)]
        if speaker is not None and speaker in fighting:
            return speaker.name
        words = f" {fold(voice.source)} "
        named = (one for one in fighting if any(f" {fold(name)} " in words for name in (one.name, *one.aliases)))
        return next((one.name for one in (*named, *fighting)), None)

    def foes(self, side: str) -> tuple[str, ...]:
        """Return the forces that a side may call its enemy, as listed: those it opposes, else all others."""
        if self.theatre is None:
            return ()
        fighting = [one for one in self.theatre.actors.values() if one.side not in {None, side} and self._fights(one)]
        opposed = tuple(one.name for one in fighting if self.theatre.opposed(side, one.side))
        return opposed or tuple(one.name for one in fighting)

    def _fights(self, actor: Actor) -> bool:
        """Tell an actor that is a force by its name or its kind: no office through which a state speaks of one."""
        words = fold(actor.name).split()
        if actor.kind == "state":
            return bool(self.language.classes["regular"] & {*words, *(word.removesuffix("s") for word in words)})
        return actor.kind == "armed_group"

    def is_country(self, token: Token) -> bool:
        """Tell a country that acts by its bare name."""
        return tree.word(token) in self.demonyms.names and tree.is_name(token)

    def country(self, token: Token) -> str:
        """Return the name of a country that acts by its bare name: the text's own where the text is English."""
        if not self.language.canonical:
            return str(token.text)
        country = self.demonyms.country(self.demonyms.names[tree.word(token)])
        return country.name if country is not None else tree.written(token)

    def of_country(self, token: Token) -> str | None:
        """Return the forces of a country that acts by its bare name: "Russia bombed"; None for any other word."""
        code = self.demonyms.names.get(tree.word(token))
        return self._national(self._adjective(code)) if code is not None and tree.is_name(token) else None

    def of_code(self, code: str) -> str | None:
        """Return the forces of a country by its alpha-2 code, None for one that is not known."""
        return self._national(adjective) if (adjective := self._adjective(code)) else None

    def of_nation(self, token: Token) -> str | None:
        """Return the forces that an adjective of nationality alone stands for, None for any other word."""
        if tree.word(token) in self.demonyms.adjectives and token.dep_ in {"amod", "compound", "nmod"}:
            return self._national(self.nation(token))
        return None

    def composed(self, token: Token, kinds: frozenset[str]) -> str | None:
        """Return whose forces a common noun of classes `kinds` means by its modifiers: "army units"."""
        if not kinds & _ACTING or tree.is_name(token):
            return None
        modifiers = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
        modifiers += [c for one in modifiers for c in one.children if c.dep_ == "conj"]
        for one in modifiers:
            adjective = self.demonyms.adjectives.get(tree.word(one))
            code = adjective or self.demonyms.names.get(tree.word(one))
            if code is not None:
                return self._of_kind(self.nation(one) if adjective else self._adjective(code), token, kinds)
        if self.theatre is None:
            return self._of_body(token, modifiers)
        national = (self._of_name(tree.written(one)) for one in modifiers if tree.is_name(one))
        own = next((name for name in national if name is not None), None)
        if own is not None:
            return own
        actors = (
            self.theatre.actor(tree.written(one)) or self.theatre.actor(_many(tree.written(one))) for one in modifiers
        )
        return next((self.of(actor.name) for actor in actors if actor is not None and actor.kind in ARMED), None)

    def _of_name(self, nation: str) -> str | None:
        """Return the forces that the theatre calls by a word for a nation: the army, of "Ruritanian tanks"."""
        patterns = (self.language.forces.nation, *self.language.forces.also)
        actors = (self.theatre.worded(one.format(nation)) for one in patterns) if self.theatre is not None else ()
        return next((actor.name for actor in actors if actor is not None), None)

    def _of_kind(self, nation: str, token: Token, kinds: frozenset[str]) -> str:
        names = self.language.forces
        if tree.lemma(token) in self.language.classes["regular"] and "aircraft" not in kinds:
            return self._national(nation, names.nation_regular.format(nation))
        return self._national(
            nation, names.nation_other.format(nation, self.english(token)) if "force" in kinds else None
        )

    def _of_body(self, token: Token, modifiers: Sequence[Token]) -> str | None:
        """Name the party of "army units", "government troops", "rebel fighters" by its first word."""
        party, classes = self.language.party, self.language.classes
        for one in modifiers:
            if one.dep_ not in {"compound", "amod"}:
                continue
            word = tree.word(one)
            if word in party["bodies"] and tree.lemma(token) != word:
                return self.english(one)
            if word in party["governments"]:
                return self.language.forces.government.format(self.english(one))
            if word in classes["irregular"] and tree.lemma(one) not in party["shapeless"]:
                return _many(self.english(one))
        return None

    def _national(self, nation: str, name: str | None = None) -> str:
        """Return the forces of a nation by the theatre's name for them, else `name`."""
        names = self.language.forces
        usual = names.nation.format(nation)
        if self.theatre is not None:
            for candidate in (name or usual, usual, *(pattern.format(nation) for pattern in names.also)):
                actor = self.theatre.actor(candidate)
                if actor is not None:
                    return actor.name
        return name or usual

    def nation(self, token: Token) -> str:
        """Return the English adjective of a nation: the text's own where the text is English."""
        if not self.language.canonical:
            return token.text
        return self._adjective(self.demonyms.adjectives[tree.word(token)])

    def english(self, token: Token) -> str:
        """Return the English word for a force or body: the text's own where the text is English."""
        return self.language.canonical.get(tree.lemma(token), tree.word(token))

    def _adjective(self, code: str) -> str:
        country = self.demonyms.country(code)
        return country.adjectives[0] if country is not None and country.adjectives else ""


def _many(word: str) -> str:
    return word if word.endswith("s") else f"{word}s"
