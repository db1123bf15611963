"""What was just done, said on the next page: closed codes in the address, so that nothing personal travels there."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

NOTICES = {
    "signed-out": gettext_lazy("You are signed out."),
    "saved": gettext_lazy("Saved."),
    "held-back": gettext_lazy("Wait: this goes no further for now. Ask your organisation’s security reader, in person."),
    "concern-raised": gettext_lazy("Sealed. Only the security readers can open it."),
    "not-saved": gettext_lazy("This was not saved: the form was not complete."),
    "sent": gettext_lazy("Sent."),
    "consent-changed": gettext_lazy("Saved. The organisation sees it and acts on it."),
    "deletion-asked": gettext_lazy("Your wish is recorded. The organisation sees it."),
    "deletion-taken-back": gettext_lazy("Nothing is deleted now. The organisation sees it."),
    "closed": gettext_lazy("The request is closed."),
    "second-person": gettext_lazy("Another member confirms what one has proposed. Nothing was changed."),
    "erased": gettext_lazy("Erased for good. This certificate stays."),
    "joined": gettext_lazy("Joined. This request goes on."),
    "own-review": gettext_lazy("Somebody else reviews what you wrote. Nothing was changed."),
    "case-opened": gettext_lazy("The case is open."),
    "draft-saved": gettext_lazy("Your draft is saved, sealed to you."),
    "more-questions": gettext_lazy("Saved. Your answer brings up more questions of this part; they stand below."),
    "interview-saved": gettext_lazy("The interview is recorded."),
    "checks-signed": gettext_lazy("What you answered is signed and sealed in the case."),
    "evidence-added": gettext_lazy("The evidence is sealed in the case."),
    "assigned": gettext_lazy("The evaluator was asked."),
    "declared": gettext_lazy("Your declaration is recorded."),
    "declared-none": gettext_lazy("Your declaration is recorded. A coordinator opens the file to you."),
    "stepped-back": gettext_lazy("You no longer evaluate this case. Your draft and your keys are gone."),
    "sealed-anew": gettext_lazy("Your evaluation is sealed for the new evaluator. Its words are unchanged."),
    "file-opened": gettext_lazy("The file is open to this evaluator."),
    "not-opened": gettext_lazy(
        "The file stays closed: this evaluator is not independent, not named by the person, or no longer waits."
    ),
    "taken-off": gettext_lazy("The evaluator was taken off and the keys were changed. Ask somebody else."),
    "question-asked": gettext_lazy("The question stands in the record. You see the answer there."),
    "question-answered": gettext_lazy("The answer is in the record. Both evaluators read it."),
    "facts-recorded": gettext_lazy("The new facts are recorded. Evaluations signed before them no longer count."),
    "review-opened": gettext_lazy("The review is open. Ask two evaluators who have not seen this case."),
    "handed-in": gettext_lazy("Your evaluation is signed and locked. It opens when the other one is in."),
    "not-decided": gettext_lazy("This cannot be decided now, or not by you, or not in these words. Nothing was written."),
    "decided": gettext_lazy("The decision is signed."),
    "composed": gettext_lazy("The dossier is composed. The evaluators are asked to attest it."),
    "attested": gettext_lazy("Your attestation is signed."),
    "key-withdrawn": gettext_lazy("The key is withdrawn. Give authorities the new trust file."),
    "withdrawn": gettext_lazy("The dossier is withdrawn. Send the notice to the authority that has it."),
    "released": gettext_lazy("The dossier is released."),
    "export-asked": gettext_lazy("The export is asked for. A second person approves it."),
    "export-approved": gettext_lazy("The export is approved and can be taken."),
    "submitted": gettext_lazy("The submission is recorded."),
    "permit-recorded": gettext_lazy("The entry permit is recorded."),
    "step-recorded": gettext_lazy("The step is recorded."),
    "screened": gettext_lazy("Screened. There is nothing new."),
    "screened-new": gettext_lazy("Screened. There are new hits: each is a question for you, not an answer."),
    "hit-decided": gettext_lazy("Your decision is sealed in the case."),
    "searched": gettext_lazy("Searched. There is nothing new."),
    "searched-new": gettext_lazy("Searched. There are new coincidences: each is a question for you, not an answer."),
    "incident-decided": gettext_lazy("Your decision is sealed in the case."),
    "statement-recorded": gettext_lazy("The statement is sealed in the case."),
    "taken-over": gettext_lazy("The statements are sealed in the case, each where its answer is."),
    "prompt-answered": gettext_lazy("Your answer is sealed in the case."),
    "prompt-gone": gettext_lazy("The statements raise this no longer. Nothing was written."),
    "claim-recorded": gettext_lazy("The claim is sealed in the case."),
    "signed-out-there": gettext_lazy("Signed out there."),
    "second-factor-changed": gettext_lazy("The new authenticator counts from now on."),
    "passphrase-changed": gettext_lazy("The new passphrase counts from now on. You were signed out everywhere else."),
    "passkey-added": gettext_lazy("The passkey is registered."),
    "passkey-removed": gettext_lazy("The passkey no longer signs you in."),
    "invitation-revoked": gettext_lazy("The invitation no longer works."),
    "keys-given": gettext_lazy("The member holds the organisation's keys now."),
    "member-deactivated": gettext_lazy("The member was signed out everywhere and can no longer sign in."),
    "form-asked": gettext_lazy("The person is asked to answer the form."),
    "card-signed": gettext_lazy("The card is signed. Give it to your partners."),
    "vouched": gettext_lazy("The organisation vouches for this evaluator's key."),
    "grants-withdrawn": gettext_lazy("The member holds no key of these cases any more; the keys were changed."),
    "drill-passed": gettext_lazy("The shares give the recovery key. Nothing was opened or changed."),
    "member-removed": gettext_lazy("The member was taken off the case and its keys were changed."),
}


def text_of(code: str) -> str:
    """The words of a code; empty for an unknown one."""
    return str(NOTICES.get(code, ""))


def redirect_saying(code: str, route: str, **kwargs: str) -> HttpResponse:
    """Go to a page that says what was done. KeyError for a code that is not in NOTICES."""
    return redirect(address_saying(code, route, **kwargs))


def address_saying(code: str, route: str, **kwargs: str) -> str:
    """The address of such a page. KeyError as above."""
    assert NOTICES[code]
    return f"{reverse(route, kwargs=kwargs)}?{urlencode({'said': code})}"
