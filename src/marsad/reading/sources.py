"""Sources resolved: the noun phrase of a cue to who vouches, for whom they speak, and where they said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.actors import NARRATOR

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from marsad.reading.actors import ActorReader, Heard, Voice
    from marsad.vocabulary.language import Language

_ALONE = frozenset(
    {
        "fellow",
        "analyst",
        "expert",
        "researcher",
        "professor",
        "scholar",
        "journalist",
        "editor",
        "historian",
        "resident",
        "activist",
    }
)
_STATEMENT = frozenset(
    {"statement", "communique", "communiqué", "video", "footage", "message", "letter", "post", "briefing", "report"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches: canonical name, the named person who spoke if any, and the medium."""

    name: str
    speaker: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Resolves the sources of one report."""

    language: Language
    actors: ActorReader

    def source(self, head: Token, voice: Voice) -> Source:
        """Return who a source's noun phrase means."""
        if head.pos_ == "PRON" or head.lower_ in {"he", "she", "it", "they"}:
            return self._pronoun(head)
        word = tree.lemma(head)
        if word in _STATEMENT and not self._named_party(head):
            owner = next((c for c in head.children if c.dep_ == "poss"), None)
            if owner is not None and owner.pos_ != "PRON":
                return self.source(owner, voice)
            by = next((n for p, n in tree.prepositions(head) if p in {"by", "from", "of"}), None)
            if by is not None:
                return self.source(by, voice)
            return self._last_speaker(lambda heard: True) or Source(NARRATOR)
        owner = self._owner(head, voice)
        if owner is not None:
            return owner
        person = self._person(head)
        if person is not None:
            return self._of_person(person, head, voice)
        unnamed = self._unnamed(head, voice)
        if unnamed is not None:
            return unnamed
        if self._refers_back(head):
            back = self._back(word)
            if back is not None:
                return back
        return Source(self.actors.canonical(head, voice) or _plain(head))

    def _owner(self, head: Token, voice: Voice) -> Source | None:
        """Return whose messenger it is: "the agency's correspondent", "our spotters", "the Tasnim agency"."""
        if tree.lemma(head) not in self.language.classes["messenger"] or head.text[:1].isupper():
            return None
        if any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.children):
            return None
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        if owner is not None and owner.lower_ in {"our", "my"}:
            return Source(voice.source)
        if owner is not None and owner.pos_ == "PRON":
            return self._pronoun(owner)
        start, end = tree.phrase(head)
        for named in self.actors.names:
            if start <= named.start and named.end <= end and named.actor.kind in {"media", "monitor", "un", "ngo"}:
                return Source(named.actor.name)
        if owner is not None and self.actors.classes(owner) & {"party", "force", "pronoun"}:
            return self.source(owner, voice)
        return None

    def _pronoun(self, head: Token) -> Source:
        word = head.lower_
        if word in {"he", "she", "i"}:
            found = self._last_speaker(lambda heard: heard.person)
        elif word == "it":
            found = self._last_speaker(lambda heard: not heard.person and not heard.plural)
        else:
            found = self._last_speaker(lambda heard: heard.plural)
        if found is not None:
            return found
        fallback = self._last_speaker(lambda heard: True)
        if fallback is not None:
            return fallback
        fitting = [h for h in self.actors.heard if (h.person if word in {"he", "she"} else not h.person)]
        return Source(fitting[-1].name) if fitting else Source(NARRATOR)

    def _last_speaker(self, fits: object) -> Source | None:
        for heard in reversed(self.actors.speakers[-6:]):
            if callable(fits) and fits(heard):
                return Source(heard.name, self._speaker_of(heard))
        return None

    def _speaker_of(self, heard: Heard) -> str | None:
        return heard.head if heard.person and heard.head[:1].isupper() else None

    def _refers_back(self, head: Token) -> bool:
        start, end = tree.phrase(head)
        first = head.doc[start].lower_
        words = [t for t in head.doc[start:end] if t.dep_ in {"amod", "compound", "nmod", "npadvmod"}]
        if first not in {"the", "its", "their", "this"}:
            return False
        return not words or all(w.text[:1].islower() or "-" in [t.text for t in head.doc[start:end]] for w in words)

    def _back(self, word: str) -> Source | None:
        for heard in reversed(self.actors.speakers):
            if heard.name.lower() != word and (
                heard.head == word or re.search(rf"\b{re.escape(word)}s?\b", heard.name.lower())
            ):
                return Source(heard.name, self._speaker_of(heard))
        for heard in reversed(self.actors.heard):
            if heard.name.lower() != word and (
                heard.head == word or re.search(rf"\b{re.escape(word)}s?\b", heard.name.lower())
            ):
                return Source(heard.name)
        if word in {"monitor", "group", "watchdog", "organisation", "organization", "agency", "body"}:
            return self._last_speaker(lambda heard: not heard.person and not heard.plural)
        return None

    def _unnamed(self, head: Token, voice: Voice) -> Source | None:
        word = tree.lemma(head)
        if self._named_party(head) and head.text[:1].isupper():
            return None
        carrier = self._carrier(head)
        if carrier is not None:
            return Source(carrier)
        start, end = tree.phrase(head)
        modifiers = {tree.lemma(t) for t in head.doc[start:end] if t.i != head.i}
        within = {
            tree.lemma(n)
            for p, noun in tree.prepositions(head)
            if p in {"in", "at", "of", "within", "from"}
            for n in noun.subtree
        }
        for kind in self.language.unnamed:
            if word not in kind.heads:
                continue
            if kind.modifiers and not kind.modifiers & modifiers or kind.within and not kind.within & within:
                continue
            if self._is_definite(head) and not modifiers - {"the"}:
                again = self._back(word)
                if again is not None:
                    return again
            body = self._body_of(head, voice) if word not in {"source", "insider"} else None
            if body is not None and kind.name == "unnamed official":
                return Source(body)
            return Source(kind.name)
        return None

    def _carrier(self, head: Token) -> str | None:
        """Return the monitor or medium whose own sources speak: "the monitor's activists", "sources of the Observatory"."""
        start = tree.phrase(head)[0]
        inside = {noun.i for prep, noun in tree.prepositions(head) if prep == "of"}
        for named in self.actors.names:
            near = start <= named.start < head.i or named.end - 1 in inside or named.start in inside
            if near and named.actor.kind in {"monitor", "media", "ngo", "un"}:
                return named.actor.name
        return None

    def _is_definite(self, head: Token) -> bool:
        return any(c.dep_ == "det" and c.lower_ == "the" for c in head.children)

    def _body_of(self, head: Token, voice: Voice) -> str | None:
        for prep, noun in tree.prepositions(head):
            if prep in {"of", "for", "from", "in", "with"} and noun.pos_ in {"PROPN", "NOUN"}:
                kinds = self.actors.classes(noun)
                if kinds & {"party", "force"} and "place" not in kinds:
                    return self.actors.canonical(noun, voice)
        return None

    def _named_party(self, head: Token) -> bool:
        return any(name.start <= head.i < name.end for name in self.actors.names)

    # ---- persons --------------------------------------------------------------------------------------------------

    def _person(self, head: Token) -> tuple[str, Token] | None:
        """Return a person's name and its head token, from the noun phrase or from its apposition."""
        for token in (head, *(c for c in head.children if c.dep_ == "appos")):
            name = self._person_name(token)
            if name is not None:
                return name, token
        return None

    def _person_name(self, token: Token) -> str | None:
        for named in self.actors.names:
            if named.start <= token.i < named.end:
                return named.actor.name if named.actor.kind == "person" else None
        if not token.text[:1].isupper() or token.pos_ != "PROPN":
            return None
        if "place" in self.actors.classes(token):
            return None
        if token.ent_type_ == "ORG" and not any(t.lower_ in self.language.titles for t in token.lefts):
            return None
        words = [
            t
            for t in token.doc[tree.phrase(token)[0] : token.i + 1]
            if t.dep_ in {"compound", "nmod", "punct"} or t.i == token.i
        ]
        while words and (words[0].lower_ in self.language.titles or not words[0].text[:1].isupper()):
            words.pop(0)
        for named in self.actors.names:
            words = [w for w in words if not named.start <= w.i < named.end]
        if len(words) < 2 and token.ent_type_ != "PERSON":
            return None
        if token.ent_type_ in {"PERSON"} or any(
            t.lower_ in self.language.titles for t in token.doc[tree.phrase(token)[0] : token.i]
        ):
            return "".join(w.text_with_ws for w in words).strip() or None
        return None

    def _of_person(self, person: tuple[str, Token], head: Token, voice: Voice) -> Source:
        name, token = person
        known = self.actors.speaks_for(name)
        body = known or self._affiliation(token, head, voice)
        if body is not None and known is None:
            self.actors.introduce(name, body)
        return Source(body or name, name)

    def _affiliation(self, token: Token, head: Token, voice: Voice) -> str | None:
        office = self._office(token)
        if office is not None:
            return office
        for named in self.actors.names:
            start, end = tree.phrase(token)
            if start <= named.start and named.end <= end and named.actor.kind != "person":
                return named.actor.name
        for role in (*(c for c in token.children if c.dep_ == "appos"), *((head,) if head.i != token.i else ()), token):
            if tree.lemma(role) in _ALONE:
                return None
            owner = next((c for c in role.children if c.dep_ == "poss"), None)
            if owner is not None and role.i != token.i:
                return self.source(owner, voice).name
            body = self._body_of(role, voice)
            if body is not None:
                return body
        organisation = self._organisation(token, head)
        if organisation is not None:
            return organisation
        roles = (token, *(c for c in token.children if c.dep_ == "appos"))
        for child in (c for role in roles for c in role.children):
            if (
                child.dep_ in {"compound", "amod", "nmod"}
                and (
                    child.lower_ in self.language.classes["irregular"]
                    or f"{child.lower_}s" in self.language.classes["irregular"]
                )
                and child.text[:1].islower()
            ):
                actor = self.actors.theatre.actor(f"{child.text}s") if self.actors.theatre is not None else None
                return actor.name if actor is not None else f"{child.lower_}s"
        return None

    def _organisation(self, token: Token, head: Token) -> str | None:
        """Return the body named before a title: "SDF commander X", "X, the United Nations coordinator"."""
        for role in (token, head, *(c for c in token.children if c.dep_ == "appos")):
            start, end = tree.phrase(role)
            words = [t for t in role.doc[start:end] if t.dep_ not in {"det", "punct", "case"}]
            titles = [t.i for t in words if t.text[:1].islower() and t.lower_ in self.language.titles]
            if role is token and not titles:
                continue
            limit = titles[0] if titles else role.i
            names = [
                t
                for t in words
                if t.i < limit and t.text[:1].isupper() and t.lower_ not in self.language.titles and t.dep_ != "poss"
            ]
            names = [t for t in names if t.lower_ not in self.actors.demonyms.adjectives]
            if names and (role.text[:1].islower() or role.i == token.i):
                return "".join(t.text_with_ws for t in names).strip()
        return None

    def _office(self, token: Token) -> str | None:
        words = [t for t in token.doc[tree.phrase(token)[0] : token.i]]
        text = " ".join(t.lower_ for t in words)
        for office, body in self.language.offices.items():
            if office in text:
                nation = next((t.text for t in words if t.lower_ in self.actors.demonyms.adjectives), None)
                plain = f"{nation} {body}" if nation else body
                actor = self.actors.theatre.actor(plain) if self.actors.theatre is not None else None
                return actor.name if actor is not None else plain
        return None


def via_of(doc: Doc, verb: int, language: Language, actors: ActorReader) -> str | None:
    """Return the medium where it was said: whom it was told, or the channel that a preposition names."""
    token = doc[verb]
    if tree.lemma(token) == "tell":
        listener = next((c for c in token.children if c.dep_ in {"dobj", "dative"}), None)
        if listener is not None and (listener.text[:1].isupper() or tree.lemma(listener) in language.media):
            start, end = tree.phrase(listener)
            return re.sub(r"^(?:the|a|an)\s+", "", doc[start:end].text)
    for prep, noun in tree.prepositions(token):
        for one in tree.below(noun):
            if prep in {"on", "to", "in", "by", "via", "over"} and (
                one.lower_ in language.media or tree.lemma(one) in language.media
            ):
                start, end = tree.phrase(one)
                return re.sub(r"^(?:the|a|an|its|his|her)\s+", "", doc[start:end].text)
    return None


def _plain(head: Token) -> str:
    start, end = tree.phrase(head)
    return re.sub(r"^(?:[Tt]he|[Aa]n?)\s+|['’]s$", "", head.doc[start:end].text)
