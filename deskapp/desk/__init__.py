"""The desk: the only door for screens and commands, and the one composition root.

``Desk`` opens a data directory and hands each moment of the counter's day what it needs: front, mail, intake, guidance, opinions,
reply, paper, service, progress, drafts, lookup, alike, reporting, ledgers, calendars, loose, handover, machine, upkeep. Each act
is one method of one moment; what a moment needs of another is handed to it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock, SystemClock
from deskapp.desk.office.startup import Front
from deskapp.paths import register_file
from deskapp.printing import PrinterPort, system_port
from deskapp.register.opening import create_store, discard, open_store
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.desk.cases.acts import Acts
    from deskapp.desk.cases.delivery import Service
    from deskapp.desk.cases.drafts import Drafts
    from deskapp.desk.cases.guidance import Guidance
    from deskapp.desk.cases.intake import Intake
    from deskapp.desk.cases.lookup import Lookup
    from deskapp.desk.cases.mail import Mail
    from deskapp.desk.cases.paper import Paper
    from deskapp.desk.cases.reply import Reply
    from deskapp.desk.cases.reviews import Opinions
    from deskapp.desk.cases.similar import AlikeLooker
    from deskapp.desk.office.calendars import Calendars
    from deskapp.desk.office.handover import Handover
    from deskapp.desk.office.ledgers import Ledgers
    from deskapp.desk.office.machine import Machine
    from deskapp.desk.office.reporting import Reporting
    from deskapp.desk.office.upkeep import Upkeep
    from deskapp.desk.reading.catalogue import Catalogue
    from deskapp.desk.reading.daybook import DayBook
    from deskapp.desk.reading.publication import Publication
    from deskapp.desk.reading.questions import Questions
    from deskapp.desk.reading.satisfaction import Satisfaction
    from deskapp.desk.reading.visitors import Visitors
    from deskapp.desk.sheets.guardroom import Slips
    from deskapp.desk.sheets.handbook import Handbook
    from deskapp.desk.sheets.handouts import TakeHome
    from deskapp.desk.sheets.loose import Loose
    from deskapp.desk.training.lessons import Lessons
    from deskapp.register.journal import Journal
    from deskapp.unit import UnitProfile

NO_WORD = "~"  # fits nothing


class Desk:
    """One data directory, open. Use :meth:`open` or :meth:`create`. A moment is made, and its module read, when it is first
    asked for: the board does not wait for the press, and the first picture not even for the journal."""

    def __init__(self, home: Path, store: Store, clock: Clock, printer: PrinterPort) -> None:
        self.home, self.clock = home, clock
        self._store, self._printer = store, printer
        self.front = Front(store, clock)

    @cached_property
    def _journal(self) -> Journal:
        from deskapp.register import journal

        return journal.Journal(self._store, self.clock)

    @cached_property
    def reply(self) -> Reply:
        """An application is answered."""
        from deskapp.desk.cases import reply

        return reply.Reply(self._journal, self.clock, self.home)

    @cached_property
    def paper(self) -> Paper:
        """A letter becomes paper."""
        from deskapp.desk.cases import paper

        return paper.Paper(self._journal, self.clock, self.home, self._printer)

    @cached_property
    def mail(self) -> Mail:
        """Something comes by mail."""
        from deskapp.desk.cases import mail

        return mail.Mail(self._journal, self.clock)

    @cached_property
    def intake(self) -> Intake:
        """An application is taken in."""
        from deskapp.desk.cases import intake

        return intake.Intake(self._journal, self.clock, self.reply.unprintable, self.mail.became)

    @cached_property
    def service(self) -> Service:
        """A letter leaves the house."""
        from deskapp.desk.cases import delivery as service

        return service.Service(self._journal, self.clock)

    @cached_property
    def acts(self) -> Acts:
        """Something happens to a case."""
        from deskapp.desk.cases import acts

        return acts.Acts(self._journal, self.clock, self.service.archive, self.intake.split)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        from deskapp.desk.cases import drafts

        return drafts.Drafts(self._journal)

    @cached_property
    def machine(self) -> Machine:
        """This computer's settings."""
        from deskapp.desk.office import machine

        return machine.Machine(self._journal)

    @cached_property
    def guidance(self) -> Guidance:
        """Somebody decides how to answer."""
        from deskapp.desk.cases import guidance

        return guidance.Guidance(self._journal, self.clock)

    @cached_property
    def opinions(self) -> Opinions:
        """A draft goes round."""
        from deskapp.desk.cases import reviews as opinions

        return opinions.Opinions(self._journal, self.clock)

    @cached_property
    def lookup(self) -> Lookup:
        """Somebody looks something up."""
        from deskapp.desk.cases import lookup

        return lookup.Lookup(self._journal, self.clock, self.mail.sentences)

    @cached_property
    def loose(self) -> Loose:
        """Sheets that belong to no case."""
        from deskapp.desk.sheets import loose

        return loose.Loose(self._journal, self.clock, self.home, self._printer, self.reply.press)

    @cached_property
    def handbook(self) -> Handbook:
        """Somebody looks into the book."""
        from deskapp.desk.sheets import handbook

        return handbook.Handbook(self.loose, self.clock, lambda: self.lookup.unit().name)

    @cached_property
    def lessons(self) -> Lessons:
        """Somebody practises."""
        from deskapp.desk.training import lessons

        return lessons.Lessons(self.reply.choice)

    @cached_property
    def slips(self) -> Slips:
        """A list goes to another room."""
        from deskapp.desk.sheets import guardroom as slips

        return slips.Slips(self._journal, self.clock, self.mail.waiting, self.loose)

    @cached_property
    def handover(self) -> Handover:
        """The desk changes hands."""
        from deskapp.desk.office import handover

        return handover.Handover(self._journal, self.clock, self.lookup.board, self.mail.waiting, self.loose)

    @cached_property
    def alike(self) -> AlikeLooker:
        """Was this there before?"""
        from deskapp.desk.cases import similar as alike

        return alike.AlikeLooker(self._journal, self.clock)

    @cached_property
    def reporting(self) -> Reporting:
        """The year is counted."""
        from deskapp.desk.office import reporting

        return reporting.Reporting(self._journal, self.clock, self.home)

    @cached_property
    def ledgers(self) -> Ledgers:
        """Tables come in or go out."""
        from deskapp.desk.office import ledgers

        return ledgers.Ledgers(self._journal, self.clock, self.home)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Somebody asks what is published."""
        from deskapp.desk.reading import catalogue

        return catalogue.Catalogue(self.home, self.clock, lambda: self._journal.kept)

    @cached_property
    def daybook(self) -> DayBook:
        """Somebody comes in."""
        from deskapp.desk.reading import daybook

        return daybook.DayBook(self._journal, self.clock)

    @cached_property
    def questions(self) -> Questions:
        """Somebody asks what others asked before."""
        from deskapp.desk.reading import questions

        return questions.Questions(self._journal, self.clock, self.daybook, self.loose)

    @cached_property
    def satisfaction(self) -> Satisfaction:
        """Somebody says how it went."""
        from deskapp.desk.reading import satisfaction

        return satisfaction.Satisfaction(self._journal, self.clock)

    @cached_property
    def takehome(self) -> TakeHome:
        """Somebody takes a sheet home."""
        from deskapp.desk.sheets import handouts as takehome

        return takehome.TakeHome(self._journal, self.clock, self.loose)

    @cached_property
    def publication(self) -> Publication:
        """A release is thought of for everybody."""
        from deskapp.desk.reading import publication

        return publication.Publication(self._journal, self.clock, self.catalogue.publish)

    @cached_property
    def visitors(self) -> Visitors:
        """Somebody reads alone."""
        from deskapp.desk.reading import visitors

        return visitors.Visitors(
            self._journal,
            self.clock,
            self.loose,
            lambda: self.machine.printer,
            lambda entry: self.catalogue.text(entry),
        )

    @cached_property
    def calendars(self) -> Calendars:
        """The year's holidays become known."""
        from deskapp.desk.office import calendars

        return calendars.Calendars(self._journal, self.clock)

    @cached_property
    def upkeep(self) -> Upkeep:
        """Unit, doctor, backup."""
        from deskapp.desk.office import upkeep

        return upkeep.Upkeep(
            self._journal, self.clock, self.home, self._printer, lambda: self.reply, lambda: self.catalogue
        )

    @classmethod
    def open(cls, home: Path, clock: Clock | None = None, printer: PrinterPort | None = None) -> Desk:
        """The desk of an existing data directory. Raises DeskError when its register cannot be opened."""
        return cls(home, open_store(register_file(home)), clock or SystemClock(), printer or system_port())

    @classmethod
    def create(
        cls, home: Path, profile: UnitProfile, clock: Clock | None = None, printer: PrinterPort | None = None
    ) -> Desk:
        """A new data directory for a unit. Raises DeskError when there is a register already."""
        desk = cls(home, create_store(register_file(home)), clock or SystemClock(), printer or system_port())
        try:
            desk.upkeep.save_unit(profile)
        except BaseException:
            desk.discard()
            raise
        return desk

    def discard(self) -> None:
        """Close and take away a register that was only begun; a refused set-up leaves no trace."""
        if "catalogue" in self.__dict__:
            self.catalogue.discard()
        self.close()
        discard(register_file(self.home))

    def warm(self, names: Iterable[str]) -> None:
        """Read what the first search by initials would wait for: the tables of pinyin, the kinds of letter, ``names``."""
        from deskapp.register.matches import fits
        from deskapp.register.tokens import sounds_of

        sounds_of("张")
        self.reply.choices(NO_WORD)
        for name in names:
            fits(NO_WORD, name)

    def changed_elsewhere(self) -> int:
        """A number that changes when another desk has written to the same file."""
        return self._store.data_version()

    def close(self) -> None:
        """Close the register, and the catalogue if it was opened."""
        self._store.close()
        if "catalogue" in self.__dict__:
            self.catalogue.close()


def exists(home: Path) -> bool:
    """Whether a data directory holds a register."""
    return register_file(home).exists()
