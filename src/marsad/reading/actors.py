"""Who is meant: noun phrases to canonical names, through the theatre when there is one and within the report when not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.names import NamedActor
    from marsad.reading.places import PlaceMention
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

NARRATOR = "narrator"
CIVILIANS = "civilians"
_FIRST_PERSON = frozenset({"we", "us", "our", "i", "my", "ours"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_NEUTER = frozenset({"it", "its"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_KEEP = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "punct", "case"})
_NOT_KINDS = frozenset("near part outskirts speech quantity general messenger".split())
_SKIP_ADJECTIVES = frozenset(
    "several many some other more most few own same last first second armed new old own dozen hundred thousand"
    " about least large small heavily so called remaining nearby whole entire next top senior big strong".split()
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose mouth a sentence comes from: canonical source and its side, for labels and for "our forces"."""

    source: str
    side: str | None
    plural: bool = False
    party: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One mention of a party, body or person, for what refers back to it."""

    name: str
    head: str
    plural: bool
    person: bool
    force: bool
    subject: bool


@dataclass
class ActorReader:
    """Resolves the actors of one report; remembers what was mentioned, newest last."""

    language: Language
    demonyms: Demonyms
    theatre: Theatre | None
    countries: tuple[str, ...]
    names: Sequence[NamedActor] = ()
    places: Sequence[PlaceMention] = ()
    heard: list[Heard] = field(default_factory=list)
    speakers: list[Heard] = field(default_factory=list)
    _people: dict[str, str] = field(default_factory=dict)

    def enter(self, names: Sequence[NamedActor], places: Sequence[PlaceMention]) -> None:
        """Take up the names of the next sentence."""
        self.names, self.places = names, places

    def remember(self, doc: Doc, voice: Voice) -> None:
        """Add the parties that a sentence mentions to what later words can refer back to."""
        for token in doc:
            if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound":
                continue
            kinds = self.classes(token)
            if kinds & {"place", "facility"} and not kinds & {"party"}:
                continue
            if not kinds & {"force", "party", "person", "leader"}:
                continue
            name = self.canonical(token, voice)
            if name is None or name in {CIVILIANS, NARRATOR}:
                continue
            plural = token.tag_ in {"NNS", "NNPS"} or tree.lemma(token) in {"police", "alliance"}
            person = "person" in kinds or (tree.lemma(token) in self.language.definite["person"] and not plural)
            heard = Heard(name, tree.lemma(token), plural, person, "force" in kinds, token.dep_ in tree.SUBJECTS)
            self.heard.append(heard)

    def spoke(self, name: str, head: Token | None) -> None:
        """Remember who vouched for something, for "it said" and "he added"."""
        plural = head is not None and head.tag_ in {"NNS", "NNPS"}
        person = head is not None and (
            head.ent_type_ == "PERSON" or head.lower_ in _PERSON or tree.lemma(head) in self.language.definite["person"]
        )
        word = tree.lemma(head) if head is not None else ""
        self.speakers.append(Heard(name, word, plural, bool(person) and not plural, force=False, subject=True))

    # ---- classes --------------------------------------------------------------------------------------------------

    def classes(self, token: Token) -> frozenset[str]:
        """Return the noun classes of a token: those of the language, and what places and parties it names."""
        word = tree.lemma(token)
        found = {name for name, words in self.language.classes.items() if word in words or token.lower_ in words}
        found -= _NOT_KINDS
        if token.pos_ == "PRON" or token.lower_ in _PLURAL | _NEUTER | _PERSON | _FIRST_PERSON:
            found.add("pronoun")
        if token.like_num or token.pos_ == "NUM" or token.ent_type_ == "CARDINAL":
            found.add("number")
        if any(place.start <= token.i < place.end for place in self.places):
            found |= {"place"}
            if self._route_named(token):
                found |= {"route"}
            if "airport" not in found:
                found -= {"force"} if token.text[:1].isupper() else set()
        named = self._named(token)
        if named is not None and token.i == named.end - 1 or named is not None and token.dep_ != "compound":
            kind = named.actor.kind if named is not None else ""
            found |= {"party"}
            if kind in {"armed_group", "state"}:
                found |= {"force"}
            if kind == "person":
                found |= {"person", "leader"}
        elif token.ent_type_ == "PERSON" and token.text[:1].isupper() and "place" not in found:
            found |= {"person"}
        elif token.ent_type_ in {"ORG", "NORP"} and token.text[:1].isupper() and "place" not in found:
            found |= {"party", "force"}
        if token.lower_ in self.demonyms.adjectives and token.tag_ in {"NNS", "NNPS", "NNP"}:
            found |= {"party", "force"}
        if named is not None and named.actor.kind in {"state", "armed_group"}:
            found -= {"regular", "irregular"}
            found.add("regular" if named.actor.kind == "state" else "irregular")
        elif word in self.language.classes["quantity"] or token.like_num:
            counted = next((noun for prep, noun in tree.prepositions(token) if prep == "of"), None)
            if counted is not None:
                found |= self.classes(counted)
        if not found:
            found.add("unknown" if token.text[:1].isupper() or token.pos_ == "PROPN" else "other")
        return frozenset(found)

    def _route_named(self, token: Token) -> bool:
        return any(
            p.start <= token.i < p.end and p.place.feature in {"route", "crossing", "bridge"} for p in self.places
        )

    def _named(self, token: Token) -> NamedActor | None:
        return next((name for name in self.names if name.start <= token.i < name.end), None)

    # ---- names ----------------------------------------------------------------------------------------------------

    def canonical(self, token: Token, voice: Voice) -> str | None:
        """Return the canonical name of the party that a noun phrase means, None where it means none that can be named."""
        if token.pos_ == "PRON" or token.lower_ in _FIRST_PERSON | _PLURAL | _NEUTER | _PERSON:
            return self._pronoun(token, voice)
        if token.lower_ in self.demonyms.adjectives and token.dep_ in {"amod", "compound", "nmod"}:
            return self._national(token.text, "armed forces")
        labelled = self._labelled(token, voice)
        if labelled is not None:
            return labelled
        word = tree.lemma(token)
        counted = self._counted(token)
        if counted is not None:
            return self.canonical(counted, voice)
        own = next((c for c in token.children if c.dep_ == "poss"), None)
        if own is not None and own.lower_ in _FIRST_PERSON | _PLURAL | _NEUTER | _PERSON:
            if word in self.language.classes["force"] or word in self.language.definite["person"]:
                owner = self._pronoun(own, voice)
                if owner is not None:
                    return self._forces_of(owner)
        named = self._named(token)
        if named is not None and self._is_head(token, named) and not self._foreign(token, named):
            return self._of_person(named.actor.name) if named.actor.kind != "person" else named.actor.name
        composed = self._composed(token)
        if composed is not None:
            return composed
        member = self._member(token, voice)
        if member is not None:
            return member
        bare = self._bare(token, voice)
        if bare is not None:
            return bare
        if self._is_definite(token):
            back = self._back_reference(word, plural=token.tag_ in {"NNS", "NNPS"})
            if back is not None:
                return back
        if "civilian" in self.classes(token) and "party" not in self.classes(token):
            return CIVILIANS
        return self._surface(token)

    def _counted(self, token: Token) -> Token | None:
        """Return the noun that a quantity counts: the soldiers of "dozens of soldiers"."""
        if tree.lemma(token) not in self.language.classes["quantity"] and not token.like_num:
            return None
        noun = next((noun for prep, noun in tree.prepositions(token) if prep in {"of", "from", "among"}), None)
        if noun is None or not self.classes(noun) & {"force", "civilian", "party", "prisoner", "pronoun", "leader"}:
            return None
        return noun

    def _member(self, token: Token, voice: Voice) -> str | None:
        """Return the party that a force's noun phrase names beside its head: "fighters of the Council", "SDF units"."""
        if not self.classes(token) & {"force", "reinforcement", "leader"} or token.text[:1].isupper():
            return None
        start, end = tree.phrase(token)
        for named in self.names:
            if start <= named.start and named.end <= end and named.actor.kind in {"state", "armed_group"}:
                return self._forces_of(named.actor.name)
        for prep, noun in tree.prepositions(token):
            if prep in {"of", "from", "with", "in", "by"} and noun.dep_ == "pobj":
                kinds = self.classes(noun)
                if kinds & {"party", "force"} and "place" not in kinds:
                    return self.canonical(noun, voice)
        return None

    def _bare(self, token: Token, voice: Voice) -> str | None:
        """Resolve "troops", "the fighters", "units" without a name to the speaker's own, or to the last that fits."""
        word = tree.lemma(token)
        classes = self.language.classes
        regular, irregular = word in classes["regular"], word in classes["irregular"]
        if not (regular or irregular) or self._modified(token):
            return None
        own = self.speaker_forces(voice) if voice.side is not None else None
        if own is not None and self.theatre is not None:
            kind = self.theatre.actors[own].kind
            if regular and kind == "state" or irregular and kind == "armed_group":
                return own
        for heard in reversed(self.heard):
            if not heard.force or heard.person:
                continue
            actor = self.theatre.actor(heard.name) if self.theatre is not None else None
            if actor is not None:
                fits = actor.kind == ("state" if regular else "armed_group")
            else:
                last = heard.name.lower().split()[-1]
                fits = heard.head in classes["regular" if regular else "irregular"] and fold(heard.name) != fold(
                    token.text
                )
                fits = fits or (
                    last.rstrip("s") in classes["regular" if regular else "irregular"] and " " in heard.name
                )
            if fits:
                return self._forces_of(heard.name)
        return None

    def _modified(self, token: Token) -> bool:
        """Tell whether the noun phrase says more than "the" or a number: "rebel fighters"."""
        return any(
            child.dep_ in {"amod", "compound", "nmod", "poss"}
            and tree.lemma(child) not in _SKIP_ADJECTIVES
            and not child.lower_ in {"our", "their", "its", "his", "her", "my"}
            and (
                child.dep_ != "amod"
                or child.text[:1].isupper()
                or "-" in child.text
                or tree.lemma(child) in self.language.classes["force"]
            )
            for child in token.children
        )

    def _is_head(self, token: Token, named: NamedActor) -> bool:
        return named.end - 1 == token.i or token.dep_ != "compound" or named.end > token.i + 1

    def _labelled(self, token: Token, voice: Voice) -> str | None:
        if self.theatre is None:
            return None
        start, end = tree.phrase(token)
        for begin in range(start, end):
            actor = self.theatre.labelled(token.doc[begin:end].text, voice.side)
            if actor is not None:
                return actor.name
        return None

    def _foreign(self, token: Token, named: NamedActor) -> bool:
        """Tell "the Iraqi army" from the army that the theatre means by "the army"."""
        if not named.generic:
            return False
        start, _ = tree.phrase(token)
        codes = {self.demonyms.adjectives.get(t.lower_) for t in token.doc[start : named.start]} - {None}
        return bool(codes) and bool(self.countries) and self.countries[0] not in codes

    def _composed(self, token: Token) -> str | None:
        """Compose "<nation> forces" for a force with an adjective of nationality, by the theatre's name where it has one."""
        kinds = self.classes(token)
        if not kinds & {"force", "aircraft", "artillery", "reinforcement", "attack"} or token.text[:1].isupper():
            return None
        nations = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
        nations += [c for n in nations for c in n.children if c.dep_ == "conj"]
        for nation in nations:
            code = self.demonyms.adjectives.get(nation.lower_) or self.demonyms.names.get(nation.lower_)
            if code is None:
                continue
            adjective = nation.text if nation.lower_ in self.demonyms.adjectives else self._adjective(code)
            regular = tree.lemma(token) in self.language.classes["regular"] and not kinds & {"aircraft"}
            return self._national(
                adjective, "army" if regular else token.lower_ if kinds & {"force"} else "armed forces"
            )
        if self.theatre is not None:
            for child in nations:
                actor = self.theatre.actor(child.text) or self.theatre.actor(f"{child.text}s")
                if actor is not None and actor.kind in {"armed_group", "state"}:
                    return self._forces_of(actor.name)
            return None
        return self._body_of_compound(token, nations)

    def _body_of_compound(self, token: Token, modifiers: Sequence[Token]) -> str | None:
        """Name the party of "army units", "government troops", "rebel fighters" by its first word."""
        classes = self.language.classes
        for child in modifiers:
            word = child.lower_
            if child.dep_ != "compound" and child.dep_ != "amod":
                continue
            if word in {"army", "military", "police"} and tree.lemma(token) != word:
                return word
            if word in {"government", "regime", "state"}:
                return f"{word} forces"
            if word in classes["irregular"] and tree.lemma(child) not in {"group", "side", "column", "cell"}:
                return f"{word}s" if not word.endswith("s") else word
        return None

    def _national(self, adjective: str, head: str) -> str:
        """Return the forces of a nation by the theatre's name for them, else "<adjective> <head>"."""
        if self.theatre is not None:
            for word in (head, "armed forces", "army", "military", "forces", "troops", "air force"):
                actor = self.theatre.actor(f"{adjective} {word}")
                if actor is not None:
                    return actor.name
        return f"{adjective} {head}"

    def forces_of_country(self, token: Token) -> str | None:
        """Return the forces of a country that acts by its bare name: "Russia bombed"; None for any other word."""
        code = self.demonyms.names.get(token.text.casefold())
        return (
            self._national(self._adjective(code), "armed forces")
            if code is not None and token.text[:1].isupper()
            else None
        )

    def _adjective(self, code: str) -> str:
        country = self.demonyms.country(code)
        return country.adjectives[0] if country is not None and country.adjectives else ""

    def forces_of(self, name: str | None) -> str | None:
        """Return the forces by which a government acts in war, or the name itself."""
        return self._forces_of(name) if name is not None else None

    def _forces_of(self, name: str) -> str:
        if self.theatre is None:
            return name
        actor = self.theatre.actor(name)
        if actor is None or actor.side is None:
            return name
        side = self.theatre.sides.get(actor.side)
        if (
            side is not None
            and side.forces
            and (actor.name == side.government or actor.kind in {"media"} or _is_ministry(actor.name))
        ):
            return side.forces
        return actor.speaks_for or actor.name

    def speaker_forces(self, voice: Voice) -> str | None:
        """Return whom "our forces" means in a voice; None for a neutral one."""
        if self.theatre is not None and voice.side is not None:
            side = self.theatre.sides.get(voice.side)
            return side.forces if side is not None else None
        if voice.source == NARRATOR:
            return None
        for word in voice.source.lower().split():
            if voice.party and word in self.language.classes["irregular"]:
                return word if word.endswith("s") else f"{word}s"
        return voice.source

    # ---- reference back -------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token, voice: Voice) -> str | None:
        word = token.lower_
        if word in _FIRST_PERSON:
            return self.speaker_forces(voice)
        if word in _PERSON:
            return next((h.name for h in reversed(self.heard) if h.person), None)
        if voice.party and (word in _PLURAL and voice.plural or word in _NEUTER and not voice.plural):
            return self._forces_of(voice.source)
        if word in _PLURAL:
            fitting = [h for h in self.heard[-12:] if h.plural and h.force] or [h for h in self.heard[-12:] if h.force]
            leading = [h for h in fitting[-4:] if h.subject]
            return (leading or fitting)[-1].name if fitting else None
        if word in _NEUTER:
            fitting = [h for h in self.heard[-12:] if not h.plural and not h.person]
            leading = [h for h in fitting[-4:] if h.subject]
            return (leading or fitting)[-1].name if fitting else None
        return None

    def _is_definite(self, token: Token) -> bool:
        start, end = tree.phrase(token)
        words = [t.lower_ for t in token.doc[start:end] if t.i != token.i]
        return bool(words) and words[0] in {"the", "this", "that", "these", "those"} and len(words) == 1

    def _back_reference(self, word: str, *, plural: bool) -> str | None:
        for heard in reversed(self.heard):
            if heard.head == word and heard.plural == plural and fold(heard.name) not in {fold(word), fold(word + "s")}:
                return heard.name
        for heard in reversed(self.heard):
            if re.search(rf"\b{re.escape(word)}\b", heard.name.lower()) and fold(heard.name) != fold(word):
                return heard.name
        if word in {"group", "organisation", "organization", "movement"}:
            return next((h.name for h in reversed(self.heard) if h.force and not h.person), None)
        if word in {"attacker", "fighter", "assailant"}:
            return next((h.name for h in reversed(self.heard) if h.force and h.plural and h.head != word), None)
        return None

    # ---- surface --------------------------------------------------------------------------------------------------

    def _surface(self, token: Token) -> str | None:
        """Return the noun phrase itself, without determiners, numbers and what follows, None where it names no party."""
        kinds = self.classes(token)
        if not kinds & {"force", "party", "leader", "person", "reinforcement", "aircraft", "artillery"}:
            return None
        if token.ent_type_ in {"ORG", "PERSON", "NORP", "GPE"} and token.text[:1].isupper():
            entity = next(e for e in token.doc.ents if e.start <= token.i < e.end)
            name = re.sub(
                r"^(?:[Tt]he|[Aa]n?)\s+|['’]s$", "", token.doc[entity.start : _full_end(token.doc, entity.end)].text
            )
            return self._of_person(name)
        if kinds & {"aircraft", "artillery"} and not kinds & {"force"}:
            return None
        start, end = tree.phrase(token)
        if token.text[:1].isupper():
            end = _full_end(token.doc, end)
        proper = [
            t.i
            for t in token.doc[start:end]
            if t.pos_ == "PROPN" and t.dep_ in {"compound", "nmod"} and t.head.dep_ != "poss"
        ]
        start = proper[0] if proper else start
        words = []
        for word in token.doc[start:end]:
            if word.i != token.i and (
                word.dep_ in {"det", "nummod", "quantmod", "advmod"} or tree.lemma(word) in _SKIP_ADJECTIVES
            ):
                continue
            if word.dep_ == "poss" and word.pos_ == "PRON":
                continue
            words.append(word.text_with_ws)
        return re.sub(r"\s+", " ", "".join(words)).strip(" -'’,\"“”") or None

    def _of_person(self, name: str) -> str:
        return self._people.get(fold(name), name)

    def introduce(self, person: str, body: str) -> None:
        """Remember for whom a person speaks, by full and by last name."""
        self._people[fold(person)] = body
        self._people.setdefault(fold(person.split()[-1]), body)

    def speaks_for(self, person: str) -> str | None:
        """Return the body that a person speaks for, by the theatre or by what the report said of them."""
        if self.theatre is not None:
            actor = self.theatre.actor(person)
            if actor is not None and actor.speaks_for:
                return actor.speaks_for
        return self._people.get(fold(person))


def _full_end(doc: Doc, end: int) -> int:
    """Return the end of a body's name with its "of" and "for": "Ministry of Defence", "Observatory for Human Rights"."""
    while end + 1 < len(doc) and doc[end].lower_ in {"of", "for"} and doc[end + 1].text[:1].isupper():
        end += 2
        while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ == "PROPN":
            end += 1
    return end


def _is_ministry(name: str) -> bool:
    return "ministry" in name.lower() or "presidency" in name.lower()
