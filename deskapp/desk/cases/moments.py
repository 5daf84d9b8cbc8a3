"""What a desk offers about applications, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.desk.opened import SCAN_FOLDER, Opened

if TYPE_CHECKING:
    from deskapp.desk.cases.acts import Acts
    from deskapp.desk.cases.afterwards import AfterAnswers
    from deskapp.desk.cases.delivery import Delivery
    from deskapp.desk.cases.drafts import Drafts
    from deskapp.desk.cases.folder import CaseFolders
    from deskapp.desk.cases.guidance import Guidance
    from deskapp.desk.cases.intake import Intake
    from deskapp.desk.cases.lookup import Lookup
    from deskapp.desk.cases.mail import Mail
    from deskapp.desk.cases.paper import Paper
    from deskapp.desk.cases.paper_words import PaperSearch
    from deskapp.desk.cases.papers import PapersOnFile
    from deskapp.desk.cases.read_form import FormReading
    from deskapp.desk.cases.reckoning import Reckoning
    from deskapp.desk.cases.redaction import Redaction
    from deskapp.desk.cases.reply import Reply
    from deskapp.desk.cases.reviews import Reviews
    from deskapp.desk.cases.similar import SimilarCases
    from deskapp.desk.cases.word_drafts import WordDrafts
    from deskapp.desk.cases.work import Work


class CaseMoments(Opened):
    """What a desk offers about applications, each made when it is first asked for."""

    @cached_property
    def reply(self) -> Reply:
        """An application is answered."""
        from deskapp.desk.cases import reply

        return reply.Reply(self._journal, self.clock, self.home, self.drafts)

    @cached_property
    def word_drafts(self) -> WordDrafts:
        """A draft goes to the leader and comes back."""
        from deskapp.desk.cases import word_drafts

        return word_drafts.WordDrafts(self.reply, self.home)

    @cached_property
    def redaction(self) -> Redaction:
        """A paper is given out in part."""
        from deskapp.desk.cases import redaction as covered

        return covered.Redaction(self._journal, self.clock, self.home, self.reply, self.drafts)

    @cached_property
    def paper(self) -> Paper:
        """A letter becomes paper."""
        from deskapp.desk.cases import paper

        return paper.Paper(self._journal, self.clock, self.home, self._printer)

    @cached_property
    def papers(self) -> PapersOnFile:
        """A paper is laid to its case."""
        from deskapp.desk.cases import papers
        from deskapp.printing.viewer import open_file

        return papers.PapersOnFile(self._journal, self.clock, self.home, self.scan_folder, open_file)

    @cached_property
    def form_reading(self) -> FormReading:
        """An application lies there on paper."""
        from deskapp.desk.cases import read_form

        return read_form.FormReading(self.clock)

    @cached_property
    def paper_search(self) -> PaperSearch:
        """Somebody remembers what stood on a paper."""
        from deskapp.desk.cases import paper_words
        from deskapp.papers.words import PaperTexts

        texts = PaperTexts(self.home, self._store.key)
        return paper_words.PaperSearch(self._journal, self.papers, texts)

    @cached_property
    def folders(self) -> CaseFolders:
        """A case becomes a folder."""
        from deskapp.desk.cases import folder

        return folder.CaseFolders(self._journal, self.clock, self.home, self.reply, self.papers)

    def scan_folder(self) -> str:
        """Where the scanner of this computer writes to; empty while nobody has said it."""
        return self._journal.records.note(SCAN_FOLDER)

    @cached_property
    def mail(self) -> Mail:
        """Something comes by mail."""
        from deskapp.desk.cases import mail

        return mail.Mail(self._register, self.clock)

    @cached_property
    def intake(self) -> Intake:
        """An application is taken in."""
        from deskapp.desk.cases import intake

        return intake.Intake(self._journal, self.clock, self.reply.unprintable, self.mail.became, self.drafts.drop)

    @cached_property
    def reckoning(self) -> Reckoning:
        """Somebody asks which day would be the last."""
        from deskapp.desk.cases import reckoning

        return reckoning.Reckoning(self._journal, self.clock)

    @cached_property
    def delivery(self) -> Delivery:
        """A letter leaves the house."""
        from deskapp.desk.cases import delivery

        return delivery.Delivery(self._journal, self.clock)

    @cached_property
    def acts(self) -> Acts:
        """Something happens to a case."""
        from deskapp.desk.cases import acts

        return acts.Acts(self._journal, self.clock, self.delivery, self.intake)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        from deskapp.desk.cases import drafts

        return drafts.Drafts(self._journal, self._presence)

    @cached_property
    def guidance(self) -> Guidance:
        """Somebody decides how to answer."""
        from deskapp.desk.cases import guidance

        return guidance.Guidance(self._journal, self.clock)

    @cached_property
    def reviews(self) -> Reviews:
        """A draft goes round."""
        from deskapp.desk.cases import reviews as opinions

        return opinions.Reviews(self._journal, self.clock, self.reply.proposed, self.reply.gaps, self.seat)

    @cached_property
    def lookup(self) -> Lookup:
        """Somebody looks something up."""
        from deskapp.desk.cases import lookup

        return lookup.Lookup(self._journal, self.clock)

    @cached_property
    def work(self) -> Work:
        """Somebody asks what is to be done."""
        from deskapp.desk.cases import after_prompts, work
        from deskapp.register.records import MAIL

        def beside() -> list[str]:
            prompts = after_prompts.prompts(self._register.queries, self.clock.today())
            letters = self.mail.sentences() if self._register.records.any_of(MAIL) else []
            return [*letters, *prompts, *self.waiting_beside()]

        return work.Work(self._register, self.clock, beside)

    @cached_property
    def afterwards(self) -> AfterAnswers:
        """An answer is out, and something is still to be thought of."""
        from deskapp.desk.cases import afterwards

        return afterwards.AfterAnswers(self._journal, self.clock)

    def waiting_beside(self) -> list[str]:
        """What the board says besides of what is no case; the subjects above add theirs."""
        return []

    @cached_property
    def similar(self) -> SimilarCases:
        """Was this there before?"""
        from deskapp.desk.cases import similar as alike

        return alike.SimilarCases(self._journal, self.clock)
