"""The person's own pages, behind their code: conversation, answers, consents, deletion, proof, second code and word."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct import packs
from safeconduct.core.questionnaires import answers_in_view, read_answers, visible
from safeconduct.desk.intake import asked_forms, drawing, filed_consents, person, pressure, proofs, services, words
from safeconduct.desk.intake.forms import MessageForm, WordForm
from safeconduct.desk.intake.middleware import Applicant, applicant_of
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import conversation_for_applicant
from safeconduct.desk.limits.admission import admit_bytes, admit_message
from safeconduct.desk.vault.errors import UploadRefused
from safeconduct.desk.vault.secrets import ReceiptLanguage
from safeconduct.desk.vault.uploads import SealedUpload
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.asking import Asking, posted_values, values_of
from safeconduct.desk.web.downloads import as_download
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.problems import problem_lines

OwnView = Callable[[HttpRequest, Applicant], HttpResponseBase]


def for_the_person(view: OwnView) -> Callable[[HttpRequest], HttpResponseBase]:
    """The door of these pages: whoever did not come with a code goes to the first page."""

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponseBase:
        applicant = applicant_of(request)
        return redirect("intake:front") if applicant is None else view(request, applicant)

    return door


@require_http_methods(["GET", "POST"])
@for_the_person
def conversation(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """What was written and answered, where things stand, and what the person can do."""
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files: Sequence[SealedUpload] = form.cleaned_data["attachments"]
        if refused := _refused(applicant, files):
            form.add_error(None, refused)
        else:
            try:
                services.send_as_applicant(
                    applicant.request, applicant.keyholder, form.cleaned_data["text"], files, today=clock.today()
                )
            except UploadRefused:
                form.add_error("attachments", gettext("This kind of file cannot be taken. Your words are kept."))
            else:
                return redirect_saying("sent", "intake:conversation")
    found = conversation_for_applicant(applicant.request, applicant.keyholder, today=clock.today())
    forms = [
        (each, each.pack.title.in_language(get_language() or "en"))
        for each in asked_forms.of_person(applicant.request, applicant.keyholder, today=clock.today())
    ]
    page = {"conversation": found, "form": form, "forms": forms, **_common(applicant)}
    return render(request, "intake/conversation.html", page, status=422 if form.errors else 200)


def _refused(applicant: Applicant, files: Sequence[SealedUpload]) -> str:
    """Why a message is not taken now; empty where it is."""
    if not admit_message(applicant.request.id, now=clock.now()):
        return gettext("You have sent many messages in a short time. Your words are kept below; send them in a few minutes.")
    size = sum(upload.size or 0 for upload in files)
    no_room = any(upload.had_no_room for upload in files)
    if no_room or not admit_bytes(applicant.request.organisation_id, size, now=clock.now()):
        return gettext("There is no room for files just now. Send your words without them; try the files again later.")
    return ""


@require_GET
@for_the_person
def own_answers(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """What the person filed, read back."""
    filed = person.filed_by(applicant.request, applicant.keyholder, today=clock.today())
    answers = told(packs.questionnaire_of(filed.stamp), filed_consents.without_ticks(filed.answers), get_language() or "en")
    return render(request, "intake/own_answers.html", {"answers": answers, "filed": filed, **_common(applicant)})


@require_http_methods(["GET", "POST"])
@for_the_person
def correct(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """The form once more, under the questionnaire that was answered; sending it makes a new version."""
    filed = person.filed_by(applicant.request, applicant.keyholder, today=clock.today())
    pack, language = packs.questionnaire_of(filed.stamp), get_language() or "en"
    values = dict(filed.answers)
    page = _common(applicant)
    asking = Asking(language, values)
    if request.method == "POST":
        values = posted_values(list(pack.questions()), request.POST)
        reading = read_answers(pack, values)
        answers = answers_in_view(pack, reading.answers)
        asked = [question for question in visible(pack, reading.answers) if question.id != drawing.CONSENT]
        problems = [*reading.problems, *drawing.unanswered(asked, values)]
        asking = Asking(language, values, problems)
        # Consents have a page of their own: here they stay as they were given.
        agreed = {drawing.CONSENT: filed.answers[drawing.CONSENT]} if drawing.CONSENT in filed.answers else {}
        kept = {**values_of(answers), **agreed}
        if not problems:
            changed = [question for question in pack.questions() if kept.get(question.id) != filed.answers.get(question.id)]
            if changed:
                names = "\n".join(f"– {question.ask.in_language(language)}" for question in changed)
                note = gettext("I have changed my answers to:") + "\n" + names
                person.correct_answers(applicant.request, applicant.keyholder, kept, note, today=clock.today())
            return redirect_saying("saved", "intake:own-answers")
        page["problems"] = problem_lines(problems, pack, language)
    page["questions"] = drawing.filled_form(pack, asking, applicant.request.organisation.name, without_consents=True)
    return render(request, "intake/correct.html", page, status=422 if page.get("problems") else 200)


@require_http_methods(["GET", "POST"])
@for_the_person
def own_consents(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """Each purpose, whether it is given, and the button that changes it."""
    if request.method == "POST":
        wanted = request.POST.get("given") == "yes"
        person.change_consent(
            applicant.request, applicant.keyholder, request.POST.get("purpose", ""), wanted, today=clock.today()
        )
        return redirect_saying("consent-changed", "intake:own-consents")
    pack, language = packs.consents(packs.CONSENTS), get_language() or "en"
    organisation = applicant.request.organisation.name
    shown = []
    for each in person.consents_of(applicant.request, applicant.keyholder, today=clock.today()):
        purpose = pack.purpose(each.purpose)
        texts = (purpose.name, purpose.wording, purpose.on_withdrawal)
        named = {"organisation": organisation, "recipient": ", ".join(each.recipients) or "…"}
        shown.append((each, *(text.filled(**named).in_language(language) for text in texts)))
    page = {"consents": shown, "withdrawal": pack.withdrawal.in_language(language), **_common(applicant)}
    return render(request, "intake/own_consents.html", page)


@require_http_methods(["GET", "POST"])
@for_the_person
def deletion(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """Ask for everything to be deleted, see by when, or think again."""
    if request.method == "POST":
        if request.POST.get("keep"):
            person.take_back_deletion(applicant.request, applicant.keyholder, today=clock.today())
            return redirect_saying("deletion-taken-back", "intake:deletion")
        if request.POST.get("delete"):
            person.ask_deletion(applicant.request, applicant.keyholder, today=clock.today())
            return redirect_saying("deletion-asked", "intake:deletion")
    return render(request, "intake/deletion.html", _common(applicant))


@require_http_methods(["GET", "POST"])
@for_the_person
def proof(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """Ask for a proof of having filed, or learn that it is there."""
    if request.method == "POST":
        proofs.ask_proof(applicant.request, applicant.keyholder, today=clock.today())
        return redirect_saying("sent", "intake:proof")
    made = proofs.proof_of(applicant.request, applicant.keyholder, today=clock.today())
    return render(request, "intake/proof.html", {"is_made": made is not None, **_common(applicant)})


@require_GET
@for_the_person
def proof_file(request: HttpRequest, applicant: Applicant) -> HttpResponseBase:
    """The proof as a file with a name that says nothing."""
    made = proofs.proof_of(applicant.request, applicant.keyholder, today=clock.today())
    if made is None:
        raise Http404
    return as_download(iter([made]), name="statement.json", size=len(made))


@require_http_methods(["GET", "POST"])
@for_the_person
def safety(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """Make a second code for when somebody forces the person, and choose the word of the page."""
    form = WordForm(request.POST if "word" in request.POST else None)
    if request.method == "POST" and request.POST.get("second"):
        receipt = pressure.make_second_code(applicant.request)
        page = {"code": receipt.digits(), "words": " ".join(receipt.words(words_language())), **_common(applicant)}
        return render(request, "intake/second_code.html", page)
    if request.method == "POST" and form.is_valid():
        words.change_word(applicant.request, applicant.keyholder, form.cleaned_data["word"])
        return redirect_saying("saved", "intake:safety")
    return render(request, "intake/safety.html", {"form": form, **_common(applicant)}, status=422 if form.errors else 200)


def words_language() -> ReceiptLanguage:
    """In whose words a code is shown: the reader's."""
    language = get_language() or "en"
    return ReceiptLanguage(language) if language in list(ReceiptLanguage) else ReceiptLanguage.ENGLISH


def _common(applicant: Applicant) -> dict[str, object]:
    row = Request.objects.get(pk=applicant.request.pk)
    return {"request_row": row, "own_word": words.word_of(row, applicant.keyholder)}
