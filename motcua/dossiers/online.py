"""What runs by itself over filings: taking in what the portal told, fetching papers, closing what was not completed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.dossiers.actions import filing_arrivals as arrivals
from motcua.dossiers.actions.filing_arrivals import NotOurs
from motcua.dossiers.queries.filing import find_papers_to_fetch, is_accepted
from motcua.integrations import actions as integrations
from motcua.integrations import npsp, queries
from motcua.integrations.line import NoAnswer

# What an applicant may say of a dossier that was accepted, and how the counter knows it.
WISHES = {
    "dossier.supplemented": "supplement",
    "dossier.withdrawal_requested": "withdrawal",
    "payment.made": "payment",
}
TOPICS = frozenset({"dossier.filed", *WISHES})
BATCH = 50


def take_filings(at: datetime) -> int:
    """Handle what the portal told of filings, each dossier in its order; how many.

    What is written wrongly or speaks of nothing that waits here is left to a person on the page of queues.
    """
    done = 0
    with transaction.atomic():
        for arrival in queries.find_ready(npsp.SOURCE, at, topics=TOPICS, limit=BATCH):
            done += _handle(arrival, at)
    if done:
        fetch_papers(at)
    return done


def _handle(arrival: Any, at: datetime) -> bool:
    body, sent_at = queries.read_body(arrival), queries.find_sent_at(arrival)
    try:
        with transaction.atomic():
            _keep(arrival.topic, arrival.reference, body, min(sent_at, at), at)
    except (ValueError, NotOurs) as fault:
        integrations.mark_not_handled(
            arrival_id=arrival.pk, attempts=arrival.attempts + 1, error=str(fault), is_final=True, at=at
        )
        return False
    except Refused as no:
        integrations.mark_not_handled(
            arrival_id=arrival.pk, attempts=arrival.attempts + 1, error=no.message, at=at
        )
        return False
    integrations.mark_handled(arrival_id=arrival.pk, result=arrival.reference, at=at)
    return True


def _keep(topic: str, reference: str, body: dict[str, object], sent_at: datetime, at: datetime) -> None:
    if topic == "dossier.filed":
        arrivals.keep_filing(reference=reference, told=npsp.read_filing(body), arrived_at=sent_at, at=at)
        return
    told = npsp.read_completion(body)
    if is_accepted(reference):
        arrivals.keep_wish(reference=reference, kind=WISHES[topic], told=told, sent_at=sent_at, at=at)
    elif topic == "dossier.supplemented":
        arrivals.complete_filing(reference=reference, told=told, sent_at=sent_at, at=at)
    elif topic == "dossier.withdrawal_requested":
        arrivals.withdraw_filing(reference=reference, at=at)
    else:
        raise NotOurs("không có hồ sơ nào chờ thanh toán dưới mã này")


def fetch_papers(at: datetime) -> int:
    """Bring the papers of filings here from the portal; how many came. One that may not be kept says why."""
    came = 0
    for paper in find_papers_to_fetch(at, BATCH):
        try:
            content = npsp.fetch_paper(
                paper.address, settings.MOTCUA_NPSP_URL, timeout=settings.MOTCUA_NEIGHBOUR_SECONDS
            )
            file = documents.keep_file(stream=content, name=paper.name, user_id=None, at=at)
        except (NoAnswer, ValueError, Refused) as fault:
            words = fault.message if isinstance(fault, Refused) else str(fault)
            arrivals.mark_not_fetched(
                paper_id=paper.pk,
                attempts=paper.attempts + 1,
                fault=words,
                is_final=not isinstance(fault, NoAnswer),
                at=at,
            )
            continue
        arrivals.mark_fetched(paper_id=paper.pk, file_id=file.pk, at=at)
        came += 1
    return came


def close_unanswered(at: datetime) -> int:
    """Close filings their applicants did not complete in time; how many."""
    return arrivals.close_unanswered(at=at)
