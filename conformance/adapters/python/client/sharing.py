"""Sharing a group with persons or a team, and withdrawing (8.2, 8.3)."""

from dataclasses import dataclass

from . import forms, jwk, links
from .answers import read_empty
from .errors import ProtocolError
from .groups import link_text, open_own_link
from .json_text import Json
from .session import Session
from .teams import teams
from .text import normalize_email


@dataclass(frozen=True)
class Offer:
    """What share-a answers: the caller's link, the public keys as received, and who is who where persons were named."""

    link: str
    keys: dict[str, str]
    accounts: dict[str, str] | None


def share_with_persons(session: Session, group_id: str, emails: list[str]) -> list[str]:
    """Gives links to persons, addresses as typed. @returns the ids of the accounts that were given one"""
    asked = normalized(emails)
    whom = {"emails": asked}
    offer = share_a(session, group_id, whom)
    check_persons(session, offer, set(asked))
    return share_b(session, group_id, whom, offer)


def share_with_team(session: Session, group_id: str, team_id: str) -> list[str]:
    """Gives links to the accounts of a team. @returns the ids of the accounts that were given one"""
    asked = next((team.account_ids for team in teams(session) if team.id == team_id), None)
    if asked is None:
        raise ProtocolError("state", "you are not in the team to share with")
    whom = {"teamId": team_id}
    offer = share_a(session, group_id, whom)
    if not set(offer.keys) <= set(asked) - {session.account_id}:
        raise ProtocolError("state", "share-a answers with an account that is not in the team (TEAM-04)")
    return share_b(session, group_id, whom, offer)


def unshare(session: Session, group_id: str, emails: list[str] | None = None) -> None:
    """Withdraws the links of persons, addresses as typed; None for everybody but the owner (UNSHARE-07)."""
    body = None if emails is None else {"emails": normalized(emails)}
    read_empty(session.call("PUT", f"{path_of(group_id)}/unshare", body))


def share_a(session: Session, group_id: str, whom: dict[str, Json]) -> Offer:
    required = {"encSymmetricKey": link_text, "keys": forms.map_of(forms.account_id, forms.text)}
    optional = {"accounts": forms.map_of(forms.account_id, forms.address)}
    answer = session.call("POST", f"{path_of(group_id)}/share-a", whom)
    members = forms.read(answer, "the answer to share-a", required, optional)
    return Offer(members["encSymmetricKey"], members["keys"], members.get("accounts"))


def check_persons(session: Session, offer: Offer, asked: set[str]) -> None:
    """Refuses accounts other than those of the addresses asked for, one for each but the caller's own (SHARE-04)."""
    if offer.accounts is None or set(offer.accounts) != set(offer.keys):
        raise ProtocolError("state", "share-a must say for each key which address it stands for (SHARE-02)")
    addresses = list(offer.accounts.values())
    if session.account_id in offer.keys or sorted(addresses) != sorted(asked - {session.email}):
        raise ProtocolError("state", "share-a answers with other accounts than those asked for (SHARE-04)")


def share_b(session: Session, group_id: str, whom: dict[str, Json], offer: Offer) -> list[str]:
    """Checks every public key, then hands over a link for each (SHARE-05, SHARE-06)."""
    public_keys = {account_id: jwk.parse_public(text) for account_id, text in offer.keys.items()}
    for account_id, public in public_keys.items():
        if session.seen_moduli.get(account_id, public.n) != public.n:
            raise ProtocolError("state", f"the public key of {account_id} is another than before (SHARE-10)")
    key = open_own_link(session, group_id, offer.link)
    if not public_keys:
        return []
    session.seen_moduli.update((account_id, public.n) for account_id, public in public_keys.items())
    made = {account_id: links.make_link(session.profile, public, key) for account_id, public in public_keys.items()}
    read_empty(session.call("POST", f"{path_of(group_id)}/share-b", {**whom, "keys": made}))
    return list(made)


def normalized(emails: list[str]) -> list[str]:
    """Addresses as typed, normalised (NORM-05), each once. An empty list is refused: it must not mean everybody."""
    if not emails:
        raise ProtocolError("schema", "name one address at least")
    return list(dict.fromkeys(normalize_email(email) for email in emails))


def path_of(group_id: str) -> str:
    return f"/api/resource_groups/{forms.entity_id(group_id, 'a group id')}"
