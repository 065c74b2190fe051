"""Groups, sharing and sync against servers that lie, or that lose what they had (chapter 8)."""

import unittest
from typing import Any

from client import jwk, links, messages
from client.device import NO_VERSION, Edit
from client.errors import ProtocolError
from client.groups import create_group
from client.pull import Pulled, pull
from client.push import Pushed, push
from client.session import Session
from client.sharing import share_with_persons, share_with_team, unshare

from .corpus import load
from .stand_in import ACCOUNT_ID, EMAIL, OTHER_ID, Script, session_on

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
EMPTY: dict[str, Any] = {"updatedResources": [], "createdResources": [], "idsToPush": [], "idsToRemove": []}
PUSH, PULL, FIX = "POST /sync/push", "POST /sync/pull", "POST /sync/fix-dupes"


def edit(group_id: str, identity: str, document: Any = "text", removed: bool = False) -> Edit:
    return Edit(group_id, identity, "name", "Request", document, removed)


class SyncTest(unittest.TestCase):
    def setUp(self) -> None:
        self.script = Script()
        self.session: Session = session_on(self.script)
        self.link("rg_1", KEY)

    def link(self, group_id: str, key: bytes, **more: Any) -> None:
        """The server has a link to a group for Jane."""
        link = links.make_link(self.session.profile, self.session.keys.public, key)
        answer = {"id": group_id, "encSymmetricKey": link, **more}
        self.script.answers[f"GET /api/resource_groups/{group_id}"] = lambda _: answer

    def answer(self, call: str, body: Any) -> None:
        self.script.answers[call] = lambda _: body

    def resource(self, group_id: str, identity: str, document: Any = "theirs", key: bytes = KEY, **more: Any) -> Any:
        return {
            "id": identity,
            "name": "name",
            "resourceGroupId": group_id,
            "version": "v1",
            "type": "Request",
            "createdBy": OTHER_ID,
            "lastEdited": 1,
            "lastEditedBy": OTHER_ID,
            "removed": False,
            "encContent": messages.encrypt_json(self.session.profile, key, document, "a document"),
            **more,
        }

    def pull(self, blacklist: list[str] | None = None, **lists: Any) -> Pulled:
        self.answer(PULL, {**EMPTY, **lists})
        return pull(self.session, blacklist or [])

    def push(self, *edits: Edit, **lists: Any) -> Pushed:
        self.answer(PUSH, {"updated": [], "created": [], "removed": [], "conflicts": [], **lists})
        return push(self.session, list(edits))

    def held(self) -> dict[tuple[str, str], Any]:
        return {each.address: each.document for each in self.session.device if not each.removed}

    def refused(self, stage: str) -> Any:
        test = self

        class Refused:
            def __enter__(self) -> None: ...

            def __exit__(self, _: Any, error: BaseException | None, __: Any) -> bool:
                test.assertIsInstance(error, ProtocolError)
                test.assertEqual(getattr(error, "stage", None), stage, str(error))
                return True

        return Refused()

    def test_only_what_is_listed_is_pushed(self) -> None:
        outcome = self.push(edit("rg_1", "a"), edit("rg_1", "b"), created=[{"id": "a", "version": "v1"}])
        self.assertEqual(list(outcome.pushed), [("rg_1", "a")])
        self.push()
        self.assertEqual([[each["id"] for each in body] for body in self.script.bodies(PUSH)], [["a", "b"], ["b"]])

    def test_an_id_listed_twice_is_refused(self) -> None:
        version = {"id": "a", "version": "v1"}
        with self.refused("schema"):
            self.push(edit("rg_1", "a"), created=[version], updated=[version])
        self.assertTrue(all(each.waiting for each in self.session.device))

    def test_the_same_id_in_two_groups_is_pushed_and_pulled_twice(self) -> None:
        self.link("rg_2", OTHER_KEY)
        self.push(edit("rg_1", "a"), edit("rg_2", "a"), created=[{"id": "a", "version": "v1"}])
        self.assertEqual([len(body) for body in self.script.bodies(PUSH)], [1, 1])
        self.answer(FIX, {"deleteResourceGroupIds": []})
        self.pull()
        asked = [
            ([each["resourceGroupId"] for each in body["resources"]], body["blacklist"])
            for body in self.script.bodies(PULL)
        ]
        self.assertEqual(asked, [(["rg_1"], ["rg_2"]), (["rg_2"], ["rg_1"])])

    def test_a_later_edit_of_the_server_that_does_not_open_changes_nothing(self) -> None:
        theirs = self.resource("rg_1", "a", key=OTHER_KEY, lastEdited=2**53 - 1)
        outcome = self.push(edit("rg_1", "a", "ours"), conflicts=[theirs])
        self.assertEqual((list(outcome.failed), self.held()), ([("rg_1", "a")], {("rg_1", "a"): "ours"}))

    def test_a_conflict_without_end_is_given_up(self) -> None:
        outcome = self.push(edit("rg_1", "a"), conflicts=[self.resource("rg_1", "a", version="v7")])
        self.assertEqual(outcome.conflicts, {("rg_1", "a"): "client"})
        versions = [body[0]["version"] for body in self.script.bodies(PUSH)]
        self.assertEqual(versions, [NO_VERSION, "v7", "v7"])

    def test_a_group_that_is_gone_does_not_keep_others_away(self) -> None:
        self.link("rg_2", OTHER_KEY)
        accepted = [{"id": "a", "version": "v1"}]
        self.push(edit("rg_1", "a"), created=accepted)
        self.push(edit("rg_2", "b"), created=[{"id": "b", "version": "v1"}])
        del self.script.answers["GET /api/resource_groups/rg_2"]

        def answer(body: Any) -> Any:
            if any(each["resourceGroupId"] == "rg_2" for each in body):
                return Script().call("POST", "/sync/push")
            return {"updated": accepted, "created": [], "removed": [], "conflicts": []}

        self.script.answers[PUSH] = answer
        with self.refused("state"):
            push(self.session, [edit("rg_1", "a", "new"), edit("rg_2", "b", "lost")])
        self.assertEqual([each.id for each in self.session.device if each.waiting], ["b"])
        self.assertNotIn("rg_2", self.session.groups.keys)
        self.pull()
        self.assertEqual([each["id"] for each in self.script.bodies(PULL)[0]["resources"]], ["a"])
        self.assertEqual(self.held(), {("rg_1", "a"): "new", ("rg_2", "b"): "lost"})

    def test_a_group_that_comes_back_has_the_key_it_had(self) -> None:
        self.pull(createdResources=[self.resource("rg_1", "a")])
        self.session.groups.drop("rg_1")
        self.link("rg_1", OTHER_KEY)
        outcome = self.pull(createdResources=[self.resource("rg_1", "a", "false", OTHER_KEY)])
        self.assertEqual((list(outcome.failed), self.held()), ([("rg_1", "a")], {("rg_1", "a"): "theirs"}))
        self.link("rg_1", KEY)
        self.pull(createdResources=[self.resource("rg_1", "a", "newer")])
        self.assertEqual(self.held(), {("rg_1", "a"): "newer"})

    def test_a_pull_refuses_what_is_listed_twice_or_left_out(self) -> None:
        one = self.resource("rg_1", "a")
        with self.refused("schema"):
            self.pull(createdResources=[one], updatedResources=[one])
        with self.refused("schema"):
            self.pull(idsToPush=["a", "a"])
        with self.refused("state"):
            self.pull(["rg_1"], createdResources=[one])
        self.assertEqual(self.held(), {})

    def test_what_does_not_open_keeps_nothing_else_away(self) -> None:
        self.answer("GET /api/resource_groups/rg_2", {"id": "rg_2", "encSymmetricKey": "00" * 256})
        self.answer("GET /api/resource_groups/rg_3", {"id": "rg_1", "encSymmetricKey": "00" * 256})
        resources = [
            self.resource("rg_1", "malformed", encContent="{}"),
            self.resource("rg_1", "other-key", key=OTHER_KEY),
            *(self.resource(group, identity) for group in ("rg_2", "rg_3", "rg_4") for identity in ("a", "b")),
            self.resource("rg_1", "right"),
        ]
        outcome = self.pull(createdResources=resources)
        self.assertEqual(self.held(), {("rg_1", "right"): "theirs"})
        self.assertEqual(len(outcome.failed), len(resources) - 1)
        self.assertEqual(len([call for call, _ in self.script.calls if call == "GET /api/resource_groups/rg_2"]), 1)

    def test_an_edit_survives_a_removal_and_an_earlier_edit_of_others(self) -> None:
        self.pull(createdResources=[self.resource("rg_1", "a"), self.resource("rg_1", "b"), self.resource("rg_1", "c")])
        with self.refused("schema"):
            self.push(edit("rg_1", "a", "ours"), edit("rg_1", "b", "ours"), created=None)
        newer = self.resource("rg_1", "b", "newer", version="v2", lastEdited=2**53 - 1)
        outcome = self.pull(idsToRemove=["a", "c", "unknown"], updatedResources=[newer])
        self.assertEqual(self.held(), {("rg_1", "a"): "ours", ("rg_1", "b"): "newer"})
        self.assertEqual(outcome.conflicts, {("rg_1", "b"): "server"})

    def test_what_the_server_lost_is_pushed_again(self) -> None:
        self.pull(createdResources=[self.resource("rg_1", "a")])
        self.pull(idsToPush=["a", "unknown"])
        self.push(created=[{"id": "a", "version": "v9"}])
        self.assertEqual([each["version"] for each in self.script.bodies(PUSH)[0]], ["v1"])

    def test_documents_of_a_merged_group_move(self) -> None:
        self.link("rg_2", OTHER_KEY, parentResourceId="wrk_1")
        self.link("rg_1", KEY, parentResourceId="wrk_1")
        self.pull(
            createdResources=[
                self.resource("rg_1", "a", "kept"),
                self.resource("rg_2", "a", "older", OTHER_KEY, lastEdited=0),
                self.resource("rg_2", "b", "only there", OTHER_KEY),
            ]
        )
        self.answer(FIX, {"deleteResourceGroupIds": ["rg_2"]})
        self.pull()
        self.assertEqual(self.script.bodies(FIX), [{"ids": ["rg_1", "rg_2"]}])
        self.assertEqual(self.held(), {("rg_1", "a"): "kept", ("rg_1", "b"): "only there"})
        self.push(created=[{"id": "b", "version": "v1"}])
        pushed = [(each["resourceGroupId"], each["id"], each["version"]) for each in self.script.bodies(PUSH)[0]]
        self.assertEqual(pushed, [("rg_1", "b", NO_VERSION)])

    def test_fix_dupes_cannot_take_everything(self) -> None:
        self.link("rg_2", OTHER_KEY)
        self.pull(createdResources=[self.resource("rg_1", "a"), self.resource("rg_2", "a", key=OTHER_KEY)])
        for deleted in (["rg_1", "rg_2"], ["rg_3"]):
            self.answer(FIX, {"deleteResourceGroupIds": deleted})
            with self.refused("state"):
                self.pull()
        self.assertEqual(len(self.held()), 2)

    def test_a_new_group_has_the_link_that_was_sent(self) -> None:
        link = links.make_link(self.session.profile, self.session.keys.public, OTHER_KEY)
        self.answer("POST /api/resource_groups", {"id": "rg_9", "encSymmetricKey": link})
        with self.refused("decrypt"):
            create_group(self.session, "wrk_1", "Garden")
        self.script.answers["POST /api/resource_groups"] = lambda body: {"id": "rg_9", **body}
        self.assertEqual(create_group(self.session, "wrk_1", "Garden"), "rg_9")

    def test_a_share_goes_to_whom_it_was_meant_for(self) -> None:
        keys = load("vectors/keys.json")["keys"]
        bob, carol = (jwk.read_public(keys[name]["publicKey"]).text for name in ("bob", "carol"))
        link = links.make_link(self.session.profile, self.session.keys.public, KEY)
        persons = {OTHER_ID: "bob@example.com"}
        right: dict[str, Any] = {"encSymmetricKey": link, "keys": {OTHER_ID: bob}, "accounts": persons}
        other_link = links.make_link(self.session.profile, self.session.keys.public, OTHER_KEY)
        self.answer("POST /api/resource_groups/rg_1/share-b", {})
        wrong = [
            ("state", {**right, "accounts": {OTHER_ID: "eve@example.com"}}),
            ("state", {**right, "accounts": {OTHER_ID: EMAIL}}),
            ("state", {**right, "keys": {}, "accounts": {}}),
            ("state", {**right, "keys": {**right["keys"], f"act_{'3' * 64}": carol}}),
            ("state", {**right, "keys": {ACCOUNT_ID: bob}, "accounts": {ACCOUNT_ID: "bob@example.com"}}),
            ("state", {"encSymmetricKey": link, "keys": right["keys"]}),
            ("schema", {**right, "keys": {OTHER_ID: bob.replace("AQAB", "Aw")}}),
            ("decrypt", {**right, "encSymmetricKey": "00" * 256}),
        ]

        def share(answer: Any) -> list[str]:
            self.answer("POST /api/resource_groups/rg_1/share-a", answer)
            return share_with_persons(self.session, "rg_1", [" Bob@Example.com", "bob@example.com", EMAIL])

        for stage, answer in wrong:
            with self.subTest(str(answer)[:200]), self.refused(stage):
                share(answer)
        self.assertEqual(share(right), [OTHER_ID])
        with self.refused("state"):
            share({**right, "keys": {OTHER_ID: carol}})
        with self.refused("decrypt"):
            share({**right, "encSymmetricKey": other_link})
        sent = self.script.bodies("POST /api/resource_groups/rg_1/share-b")
        self.assertEqual([body["emails"] for body in sent], [["bob@example.com", EMAIL]])

    def test_a_team_is_who_is_listed_in_it(self) -> None:
        bob = jwk.read_public(load("vectors/keys.json")["keys"]["bob"]["publicKey"]).text
        names = {"email": EMAIL, "firstName": "", "lastName": "", "isAdmin": True}
        team = {
            "id": "t_1",
            "name": "Gardeners",
            "ownerAccountId": ACCOUNT_ID,
            "accounts": [{"id": ACCOUNT_ID, **names}],
        }
        link = links.make_link(self.session.profile, self.session.keys.public, KEY)
        self.answer("GET /api/teams", [team])
        self.answer("POST /api/resource_groups/rg_1/share-a", {"encSymmetricKey": link, "keys": {OTHER_ID: bob}})
        for team_id in ("t_1", "t_2"):
            with self.refused("state"):
                share_with_team(self.session, "rg_1", team_id)

    def test_nobody_named_is_not_everybody(self) -> None:
        with self.refused("schema"):
            unshare(self.session, "rg_1", [])
        self.assertEqual(self.script.calls, [])

    def test_a_session_that_has_ended_makes_no_call(self) -> None:
        with self.refused("state"):
            self.session.logout()  # answered with 404, and ended all the same
        count = len(self.script.calls)
        for use in (self.session.whoami, self.session.logout, self.push, self.pull):
            with self.refused("state"):
                use()
        self.assertEqual(len(self.script.calls), count)


if __name__ == "__main__":
    unittest.main()
