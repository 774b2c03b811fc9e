"""Who is meant: noun phrases to canonical names, through the theatre where there is one and within the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._classes import ARMED, NounClasses
from marsad.reading._forces import NARRATOR, Forces
from marsad.reading._memory import Heard, Memory
from marsad.reading.names import name_end, named_at, named_within, plain, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading._forces import Voice
    from marsad.reading.names import NamedActor
    from marsad.reading.places import PlaceMention
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

CIVILIANS = "civilians"
_OWNED = frozenset({"force", "aircraft", "artillery", "reinforcement"})
_PARTIES = frozenset({"force", "party", "person", "leader"})
_NAMEABLE = frozenset({"force", "party", "leader", "person", "reinforcement", "aircraft", "artillery"})
_COUNTED = frozenset({"force", "civilian", "party", "prisoner", "pronoun", "leader"})


@dataclass(frozen=True)
class ActorReader:
    """Resolves the actors of one report, sentence after sentence; `countries` are those it is about, nearest first."""

    language: Language
    demonyms: Demonyms
    theatre: Theatre | None
    countries: tuple[str, ...]

    @cached_property
    def forces(self) -> Forces:
        """Return what names the forces of nations, governments and speakers."""
        return Forces(self.language, self.demonyms, self.theatre)

    @cached_property
    def memory(self) -> Memory:
        """Return what was spoken of so far."""
        return Memory(self.language, self.theatre)

    @cached_property
    def noun_classes(self) -> NounClasses:
        """Return what tells the noun classes of the sentence's tokens."""
        return NounClasses(self.language, self.demonyms)

    @property
    def names(self) -> Sequence[NamedActor]:
        """Return the names that the theatre knows in the sentence."""
        return self.noun_classes.names

    def enter(
        self,
        names: Sequence[NamedActor],
        places: Sequence[PlaceMention],
        known: dict[int, frozenset[str]] | None = None,
    ) -> None:
        """Take up the names of the next sentence; `known` are the classes of its tokens where they were told before."""
        self.noun_classes.enter(names, places, {} if known is None else known)

    def classes(self, token: Token) -> frozenset[str]:
        """Return the noun classes of a token: those of the language, and what places and parties it names."""
        return self.noun_classes.of(token)

    # ---- memory ---------------------------------------------------------------------------------------------------

    def remember(self, doc: Doc, voice: Voice) -> None:
        """Add the parties that a sentence mentions to what later words can refer back to."""
        for token in doc:
            if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound":
                continue
            kinds = self.classes(token)
            if not kinds & _PARTIES or (kinds & {"place", "facility"} and "party" not in kinds):
                continue
            name = self.canonical(token, voice)
            if name is None or name in {CIVILIANS, NARRATOR}:
                continue
            word = tree.lemma(token)
            plural = tree.is_plural(token) or word in self.language.party["collective"]
            person = "person" in kinds or (word in self.language.definite["person"] and not plural)
            subject = token.dep_ in tree.SUBJECTS
            # Planes and guns are no antecedent of "the troops" or "they".
            ground = "force" in kinds and not kinds & {"aircraft", "artillery"}
            self.memory.heard.append(Heard(name, word, plural, person, ground, subject))

    def spoke(self, name: str, head: Token) -> None:
        """Remember who vouched for something, for "it said" and "he added"."""
        word, plural = tree.lemma(head), tree.is_plural(head)
        person = head.ent_type_ == "PERSON" or head.lower_ in self.language.pronouns["person"]
        person = person or word in self.language.definite["person"]
        self.memory.speakers.append(Heard(name, word, plural, person and not plural, force=False, subject=True))

    # ---- names ----------------------------------------------------------------------------------------------------

    def canonical(self, token: Token, voice: Voice) -> str | None:
        """Return the canonical name of the party that a noun phrase means, None where it means none with a name."""
        if self.is_pronoun(token):
            return self._pronoun(token, voice)
        name = self.forces.of_nation(token) or self._labelled(token, voice)
        if name is not None:
            return name
        counted = self._counted(token)
        if counted is not None:
            return self.canonical(counted, voice)
        return (
            self._owned(token, voice)
            or self._known(token)
            or self._foe(token, voice)
            or self.forces.composed(token, self.classes(token))
            or self._member(token, voice)
            or self._bare(token, voice)
            or self._again(token)
            or (CIVILIANS if self._is_civilian(token) else self._surface(token))
        )

    def is_pronoun(self, token: Token) -> bool:
        """Tell a pronoun, possessives included."""
        return token.pos_ == "PRON" or token.lower_ in self.language.personal

    def _pronoun(self, token: Token, voice: Voice) -> str | None:
        word, kinds = token.lower_, self.language.pronouns
        if word in kinds["first"]:
            return self.forces.of_speaker(voice)
        if word in kinds["person"]:
            return self.memory.last_person()
        own = kinds["plural"] if voice.plural else kinds["neuter"]
        if voice.party and word in own:
            return self.forces.of(voice.source)
        if word in kinds["plural"]:
            return self.memory.last_many()
        return self.memory.last_body() if word in kinds["neuter"] else None

    def _labelled(self, token: Token, voice: Voice) -> str | None:
        """Return whom the speaker's side means by such a word: "terrorists"."""
        if self.theatre is None or voice.side is None:
            return None
        start, end = tree.phrase(token)
        labels = (self.theatre.labelled(tree.name(token.doc[begin:end]), voice.side) for begin in range(start, end))
        return next((actor.name for actor in labels if actor is not None), None)

    def _counted(self, token: Token) -> Token | None:
        """Return the noun that a quantity counts: the soldiers of "dozens of soldiers"."""
        if tree.lemma(token) not in self.language.general["quantity"] and not token.like_num:
            return None
        noun = tree.after(token, self.language.prepositions["counted"])
        return noun if noun is not None and self.classes(noun) & _COUNTED else None

    def _owned(self, token: Token, voice: Voice) -> str | None:
        """Return whose men "our forces" and "its commander" are."""
        owner = tree.child(token, "poss")
        if owner is None or owner.lower_ not in self.language.personal:
            return None
        own = self.classes(token) & _OWNED or tree.lemma(token) in self.language.definite["person"]
        if not own and not (tree.is_name(token) and token.pos_ == "PROPN"):
            return None
        name = self._pronoun(owner, voice)
        if name is not None and owner.lower_ in self.language.pronouns["person"]:
            name = self.memory.speaks_for(name) or name
        return self.forces.of(name) if name is not None else None

    def _known(self, token: Token) -> str | None:
        """Return the actor that the theatre knows by this name, unless it is the like of another nation."""
        named = named_at(self.names, token.i)
        return named.actor.name if named is not None and not self._is_foreign(token, named) else None

    def _foe(self, token: Token, voice: Voice) -> str | None:
        """Return whom "the enemy" means in the mouth of a side for which the theatre does not say it."""
        if tree.lemma(token) not in self.language.party["hostile"] or self._is_described(token):
            return None
        return self.foe(voice)

    def foe(self, voice: Voice) -> str | None:
        """Return the force that a voice's side fights, the last that was named; None where its side is not known."""
        if voice.side is None:
            return None
        foes = self.forces.foes(voice.side)
        heard = (one.name for one in reversed(self.memory.heard) if one.name in foes)
        return next(heard, next(iter(foes), None))

    def _is_foreign(self, token: Token, named: NamedActor) -> bool:
        """Tell "the Iraqi army" from the army that the theatre means by "the army"."""
        if not named.generic or not self.countries:
            return False
        before = token.doc[tree.phrase(token)[0] : named.start]
        codes = {code for word in before if (code := self.demonyms.adjectives.get(tree.word(word)))}
        return bool(codes) and self.countries[0] not in codes

    def _member(self, token: Token, voice: Voice) -> str | None:
        """Return the party that a force's noun phrase names beside its head: "fighters of the Council", "SDF units"."""
        if not self.classes(token) & {"force", "reinforcement", "leader"} or tree.is_name(token):
            return None
        named = named_within(self.names, tree.phrase(token), ARMED)
        if named is not None:
            return self.forces.of(named.actor.name)
        for prep, noun in tree.prepositions(token):
            if prep in self.language.prepositions["member"] and self.is_party(noun):
                return self.canonical(noun, voice)
        return None

    def fights(self, source: Token) -> bool:
        """Tell whether a source is a party to the war, as far as its words tell: a force, an armed group, a country."""
        if tree.lemma(source) in self.language.classes["force"] or self.forces.is_country(source):
            return True
        if source.ent_type_ not in {"ORG", "NORP"} or not tree.is_name(source):
            return False
        neutral = self.language.definite["neutral"] | self.language.media["words"]
        entity = next(e for e in tree.entities(source.doc) if e.start <= source.i < e.end)
        return not any(one.lower_ in neutral for one in entity)

    def is_party(self, noun: Token) -> bool:
        """Tell whether a noun is a party or a force, and no place."""
        kinds = self.classes(noun)
        return bool(kinds & {"party", "force"}) and "place" not in kinds

    def _bare(self, token: Token, voice: Voice) -> str | None:
        """Resolve "troops", "the fighters", "units" without a name to the speaker's own, or to the last that fits."""
        word, classes = tree.lemma(token), self.language.classes
        kinds = [kind for kind in ("regular", "irregular") if word in classes[kind]]
        if not kinds or self._is_described(token):
            return None
        own = self.forces.of_speaker(voice) if voice.side is not None else None
        if own is not None and self.theatre is not None:
            actor_kinds = {"state" if kind == "regular" else "armed_group" for kind in kinds}
            if self.theatre.actors[own].kind in actor_kinds:
                return own
        last = self.memory.last_of_kind(kinds[0], tree.written(token))
        return self.forces.of(last) if last is not None else None

    def _is_described(self, token: Token) -> bool:
        """Tell whether the noun phrase says more than "the" or a number: "rebel fighters"."""
        return any(
            child.dep_ in {"amod", "compound", "nmod", "poss"}
            and tree.lemma(child) not in self.language.party["empty_adjectives"]
            and child.lower_ not in self.language.pronouns["possessive"]
            and (child.dep_ != "amod" or self._is_telling(child))
            for child in token.children
        )

    def _is_telling(self, adjective: Token) -> bool:
        word = adjective.text
        return tree.is_name(adjective) or "-" in word or tree.lemma(adjective) in self.language.classes["force"]

    def _again(self, token: Token) -> str | None:
        """Return who was named before, for a noun with nothing but "the" or "this"."""
        before = [word for word in tree.inside(token) if word.i != token.i]
        if not self._is_definite(token, before) and (before or not tree.is_definite(token)):
            return None
        return self.memory.party_again(tree.lemma(token), plural=tree.is_plural(token))

    def _is_definite(self, token: Token, before: Sequence[Token]) -> bool:
        """Tell a noun with "the" alone before it, in a preposition too ("du mouvement"), or bare without articles."""
        words = self.language.determiners
        if before or token.dep_ != "pobj":
            bare = not before and not words["articles"]
            return bare or (len(before) == 1 and before[0].lower_ in words["definite"])
        return token.head.lower_ in words["definite"] or not words["articles"]

    def _is_civilian(self, token: Token) -> bool:
        kinds = self.classes(token)
        return "civilian" in kinds and "party" not in kinds

    # ---- surface --------------------------------------------------------------------------------------------------

    def _surface(self, token: Token) -> str | None:
        """Return the noun phrase itself without determiners, numbers and what follows, None where it is no party."""
        kinds = self.classes(token)
        if not kinds & _NAMEABLE or (
            tree.lemma(token) in self.language.general["people"] and not self._is_described(token)
        ):
            return None
        joints = self.language.prepositions["name"]
        if token.ent_type_ in {"ORG", "PERSON", "NORP", "GPE"} and tree.is_name(token):
            entity = next(e for e in tree.entities(token.doc) if e.start <= token.i < e.end)
            # The parser's name can run over the verb: "Support Forces entered Kutum".
            end = token.i + 1 if any(one.pos_ == "VERB" for one in entity) else entity.end
            words = token.doc[entity.start : name_end(token.doc, end, joints)]
            return self.memory.introduced(plain(tuple(words), self.language.determiners["articles"]))
        if kinds & {"aircraft", "artillery"} and "force" not in kinds:
            return None
        english = self.language.canonical.get(tree.lemma(token)) if not tree.is_name(token) or token.i == 0 else None
        return english or self.phrase_name(token)

    def phrase_name(self, token: Token) -> str | None:
        """Return a noun phrase without determiners, numbers, owners and what follows its head."""
        start, end = tree.phrase(token)
        if tree.is_name(token):
            end = name_end(token.doc, end, self.language.prepositions["name"])
        proper = (t.i for t in token.doc[start:end] if t.pos_ == "PROPN" and t.dep_ in {"compound", "nmod"})
        start = next((i for i in proper if token.doc[i].head.dep_ != "poss"), start)
        kept = [word for word in token.doc[start:end] if word.i == token.i or self._is_of_name(word)]
        return re.sub(r"\s+", " ", text_of(kept)).strip(" -'’,\"“”") or None

    def _is_of_name(self, word: Token) -> bool:
        """Tell whether a word before a noun is a part of how it is called: no number, no "the", no "their"."""
        if word.dep_ in {"det", "nummod", "quantmod", "advmod"} or (word.dep_ == "poss" and word.pos_ == "PRON"):
            return False
        return tree.lemma(word) not in self.language.party["empty_adjectives"]
