"""Sources resolved: the noun phrase of a cue to who vouches, for whom they speak, and where they said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._forces import NARRATOR
from marsad.reading.names import named_at, named_within, plain, text_of
from marsad.vocabulary import load_unnamed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from marsad.reading._forces import Voice
    from marsad.reading._memory import Heard
    from marsad.reading.actors import ActorReader
    from marsad.vocabulary.language import Language, UnnamedSource

# Bodies whose people speak for the body alone, and all that are no person.
_OUTLETS = frozenset({"media", "monitor", "un", "ngo"})
_PARTIES = frozenset({"state", "armed_group"})
_BODIES = _OUTLETS | _PARTIES | {"other"}


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches: canonical name, the named person who spoke if any, the medium, and whose man a nameless one is."""

    name: str
    speaker: str | None = None
    via: str | None = None
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Resolves the sources of one report."""

    language: Language
    actors: ActorReader

    def source(self, head: Token, voice: Voice) -> Source:
        """Return who a source's noun phrase means."""
        if head.pos_ == "PRON" or head.lower_ in self.language.pronouns["subject"]:
            return self._pronoun(head)
        if tree.lemma(head) in self.language.statement["nouns"] and named_at(self.actors.names, head.i) is None:
            return self._of_statement(head, voice)
        owner = self._owner(head, voice)
        if owner is not None:
            return owner
        person = self._person(head)
        if person is not None:
            return self._of_person(*person, head, voice)
        unnamed = self._unnamed(head, voice)
        if unnamed is not None and load_unnamed().get(unnamed):
            return Source(unnamed, speaks_for=self._employer(head))
        name = unnamed or self._again(head) or self.actors.canonical(head, voice)
        return Source(
            name or self.actors.phrase_name(head) or plain(tree.inside(head), self.language.determiners["articles"])
        )

    def _of_statement(self, head: Token, voice: Voice) -> Source:
        """Return who issued a statement: "its statement", "a video by the group", "the statement added"."""
        owner = tree.child(head, "poss")
        if owner is None or owner.pos_ == "PRON":
            owner = next((c for c in head.children if c.dep_ == "compound" and self.actors.is_party(c)), None)
        if owner is None:
            owner = tree.after(head, self.language.prepositions["issuer"])
        if owner is not None:
            return self.source(owner, voice)
        last = self.actors.memory.last_speaker(lambda _: True)
        return Source(last.name if last is not None else NARRATOR)

    def _owner(self, head: Token, voice: Voice) -> Source | None:
        """Return whose messenger it is: "the agency's correspondent", "our spotters", "the Tasnim agency"."""
        if tree.lemma(head) not in self.language.general["messenger"] or tree.is_name(head):
            return None
        if any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.children):
            return None
        owner = tree.child(head, "poss")
        if owner is not None and owner.lower_ in self.language.pronouns["own"]:
            return Source(voice.source)
        if owner is not None and owner.pos_ == "PRON":
            return self._pronoun(owner)
        outlet = named_within(self.actors.names, tree.phrase(head), _OUTLETS)
        if outlet is not None:
            return Source(outlet.actor.name)
        if owner is not None and self.actors.classes(owner) & {"party", "force", "pronoun"}:
            return self.source(owner, voice)
        return None

    def _pronoun(self, head: Token) -> Source:
        """Return who "he", "it" or "they" are: the last speaker that fits, else the last, else the last spoken of."""
        pronouns, memory = self.language.pronouns, self.actors.memory

        def fits(one: Heard) -> bool:
            person, thing = head.lower_ in pronouns["one_person"], head.lower_ in pronouns["one_thing"]
            if person and thing:
                return not one.plural
            return one.person if person else not one.person and not one.plural if thing else one.plural

        last = memory.last_speaker(fits) or memory.last_speaker(lambda _: True)
        if last is None:
            is_person = head.lower_ in pronouns["person"]
            last = next((one for one in reversed(memory.heard) if one.person == is_person), None)
        return Source(last.name if last is not None else NARRATOR)

    def _again(self, head: Token) -> str | None:
        """Return who was named before, for a noun that says nothing new of them: "the ministry", "its spokesman"."""
        words = tree.inside(head)
        bare = words[0].i == head.i and not self.language.determiners["articles"]
        back = words[0].lower_ in self.language.determiners["back"]
        if not bare and not back and not tree.is_definite(head):
            return None
        modifiers = [t for t in words if t.dep_ in {"amod", "compound", "nmod", "npadvmod"}]
        hyphenated = any(t.text == "-" for t in words)
        if not hyphenated and any(tree.is_name(t) for t in modifiers):
            return None
        word = tree.lemma(head)
        again = self.actors.memory.speaker_again(word)
        if again is None and not modifiers and word in self.language.titles and not tree.is_plural(head):
            last = self.actors.memory.last_speaker(lambda one: one.person)
            return last.name if last is not None else None
        return again

    # ---- the unnamed ----------------------------------------------------------------------------------------------

    def _unnamed(self, head: Token, voice: Voice) -> str | None:
        """Return the name for sources without one ("witnesses"), or that of the body or speaker they turn out to be."""
        if tree.is_name(head) and named_at(self.actors.names, head.i) is not None:
            return None
        carrier = self._carrier(head)
        if carrier is not None:
            return carrier
        word = tree.lemma(head)
        modifiers = {tree.lemma(token) for token in tree.inside(head) if token.i != head.i}
        kind = self._kind(head, modifiers)
        if kind is None:
            return None
        determiners = self.language.determiners
        definite = tree.has_child(head, {"det"}, determiners["definite"]) or tree.is_definite(head)
        if not modifiers - determiners["articles"] and definite:
            again = self.actors.memory.speaker_again(word)
            if again is not None:
                return again
        return (self._body_of(head, voice) if kind.of_body else None) or kind.name

    def _employer(self, head: Token) -> str | None:
        """Return the party that stands before an office: "a Ruritanian army officer", "a rebel commander"."""
        start = tree.phrase(head)[0]
        for named in self.actors.names:
            inside = start <= named.start and named.end <= head.i
            if inside and named.actor.kind in _PARTIES and head.doc[named.end].text != "-":
                return named.actor.name
        return self._fighters(head)

    def _kind(self, head: Token, modifiers: set[str]) -> UnnamedSource | None:
        places = self.language.prepositions["within"]
        within = {tree.lemma(one) for prep, noun in tree.prepositions(head) if prep in places for one in noun.subtree}
        for kind in self.language.unnamed:
            fits = not kind.modifiers or kind.modifiers & modifiers
            if tree.lemma(head) in kind.heads and fits and (not kind.within or kind.within & within):
                return kind
        return None

    def _carrier(self, head: Token) -> str | None:
        """Return the monitor or medium whose own people speak: "the monitor's activists"."""
        start = tree.phrase(head)[0]
        of = self.language.prepositions["of"]
        inside = {noun.i for prep, noun in tree.prepositions(head) if prep in of}
        for named in self.actors.names:
            near = start <= named.start < head.i or named.end - 1 in inside or named.start in inside
            if near and named.actor.kind in _OUTLETS:
                return named.actor.name
        return None

    def _body_of(self, head: Token, voice: Voice) -> str | None:
        """Return the body that an office is of: "a spokesman for the ministry"."""
        for prep, noun in tree.prepositions(head):
            fits = prep in self.language.prepositions["body"] and noun.pos_ in {"PROPN", "NOUN"}
            if fits and self.actors.is_party(noun):
                return self.actors.canonical(noun, voice)
            named = prep in self.language.prepositions["name"] and tree.is_name(noun)
            if fits and named and "place" not in self.actors.classes(noun):
                return self.actors.canonical(noun, voice) or self.actors.phrase_name(noun)
        return None

    # ---- persons --------------------------------------------------------------------------------------------------

    def _person(self, head: Token) -> tuple[str, Token] | None:
        """Return a person's name and its head token, from the noun phrase or from its apposition."""
        for token in (head, *_appositions(head)):
            name = self._person_name(token)
            if name is not None:
                return name, token
        return None

    def _person_name(self, token: Token) -> str | None:
        named = named_at(self.actors.names, token.i)
        if named is not None:
            return named.actor.name if named.actor.kind == "person" else None
        if not tree.is_name(token) or token.pos_ != "PROPN" or "place" in self.actors.classes(token):
            return None
        titles = self.language.titles
        if token.ent_type_ == "ORG" and not any(tree.word(t) in titles for t in token.lefts):
            return None
        before = tree.inside(token)
        words = [t for t in before if t.dep_ in {"compound", "nmod", "punct"} or t.i == token.i]
        while words and (tree.word(words[0]) in titles or not tree.is_name(words[0])):
            words.pop(0)
        words = [word for word in words if named_at(self.actors.names, word.i) is None]
        is_person = token.ent_type_ == "PERSON"
        if len(words) < 2 and not is_person:
            return None
        titled = any(tree.word(t) in titles for t in before[:-1])
        return text_of(words) or None if is_person or titled else None

    def _of_person(self, name: str, token: Token, head: Token, voice: Voice) -> Source:
        """Return the source that a named person is: the body they speak for, where it is said, with them as speaker."""
        known = self.actors.memory.speaks_for(name)
        body = known or self._affiliation(token, head, voice)
        if body is not None and known is None:
            self.actors.memory.introduce(name, body)
        return Source(body or name, name)

    def _affiliation(self, token: Token, head: Token, voice: Voice) -> str | None:
        """Return the body that the words around a person's name say they speak for."""
        office = self._office(token)
        if office is not None:
            return office
        named = named_within(self.actors.names, tree.phrase(token), _BODIES)
        if named is not None:
            return named.actor.name
        for role in (*_appositions(token), *((head,) if head.i != token.i else ()), token):
            if tree.lemma(role) in self.language.definite["alone"]:
                return None
            owner = tree.child(role, "poss")
            if owner is not None and role.i != token.i:
                return self.source(owner, voice).name
            body = self._body_of(role, voice)
            if body is not None:
                return body
        return self._organisation(token, head) or self._fighters(token)

    def _organisation(self, token: Token, head: Token) -> str | None:
        """Return the body named before a title: "SDF commander X", "X, the United Nations coordinator"."""
        titles = self.language.titles
        for role in (token, head, *_appositions(token)):
            words = [t for t in tree.inside(role) if t.dep_ not in {"det", "punct", "case"}]
            title = next((t.i for t in words if not tree.is_name(t) and tree.word(t) in titles), None)
            if role.i == token.i and title is None:
                continue
            before = [t for t in words if t.i < (role.i if title is None else title) and tree.is_name(t)]
            names = [
                t
                for t in before
                if t.dep_ != "poss"
                and tree.word(t) not in titles
                and tree.word(t) not in self.actors.demonyms.adjectives
            ]
            if names and (role.i == token.i or not tree.is_name(role)):
                return text_of(names)
        return None

    def _office(self, token: Token) -> str | None:
        """Return the body of an office before a name: the ministry, for "Ruritanian Defence Minister X"."""
        words = tree.inside(token)[:-1]
        text = " ".join(tree.word(t) for t in words)
        body = next((body for office, body in self.language.offices.items() if office in text), None)
        if body is None:
            return None
        nation = next(
            (self.actors.forces.nation(t) for t in words if tree.word(t) in self.actors.demonyms.adjectives), None
        )
        return self._known(f"{nation} {body}" if nation else body)

    def _fighters(self, token: Token) -> str | None:
        """Return the party of "rebel commander X"."""
        irregular = self.language.classes["irregular"]
        for child in (c for role in (token, *_appositions(token)) for c in role.children):
            many = f"{self.actors.forces.english(child)}s"
            if child.dep_ not in {"compound", "amod", "nmod"} or tree.is_name(child):
                continue
            if tree.word(child) in irregular or many in irregular:
                return self._known(many)
        return None

    def _known(self, name: str) -> str:
        theatre = self.actors.theatre
        actor = theatre.actor(name) if theatre is not None else None
        return actor.name if actor is not None else name


def via_of(doc: Doc, verb: int, language: Language) -> str | None:
    """Return the medium where it was said: whom it was told, or the channel that a preposition names."""
    token = doc[verb]
    dropped = language.determiners["articles"] | language.pronouns["possessive"]
    if tree.lemma(token) in language.media["told"]:
        listener = tree.child(token, "dobj", "dative")
        if listener is not None and (tree.is_name(listener) or _is_medium(listener, language)):
            return plain(tree.inside(listener), dropped)
    for prep, noun in tree.prepositions(token):
        if prep in language.prepositions["medium"]:
            medium = next((one for one in tree.below(noun) if _is_medium(one, language)), None)
            if medium is not None:
                return plain(tree.inside(medium), dropped)
    return None


def _is_medium(token: Token, language: Language) -> bool:
    return tree.word(token) in language.media["words"] or tree.lemma(token) in language.media["words"]


def _appositions(token: Token) -> tuple[Token, ...]:
    return tuple(child for child in token.children if child.dep_ == "appos")
