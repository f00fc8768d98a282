"""A BigBlueButton server of our own: it checks each checksum and behaves as the documentation says. What it answers is
written into the answers quoted in tests/events/bigbluebutton/."""

import hashlib
import re
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape

QUOTED = Path(__file__).parent / "bigbluebutton"
SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
PHONE = "03 59 00 00 00"
ATTENDEE = (
    "<attendee><userID>{}</userID><fullName>{}</fullName><role>{}</role><isPresenter>false</isPresenter></attendee>"
)


def quoted(name, **values):
    """A quoted answer, with other words in some of its elements."""
    text = (QUOTED / f"{name}.xml").read_text()
    for element, value in values.items():
        text, found = re.subn(rf"<{element}>.*?</{element}>", f"<{element}>{value}</{element}>", text, flags=re.DOTALL)
        assert found, element
    return text


class Server:
    def __init__(self):
        self.meetings, self.hooks, self.asked, self.answers = {}, {}, [], {}
        self.phone, self.status, self.slow, self.taken = PHONE, 200, 0, set()
        self.clock = 1_700_000_000_000
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.http.daemon_threads = True
        Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http.server_port}/bigbluebutton/"

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def handler(server):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(server.slow)
                body = server.answer(self.path).encode()
                self.send_response(server.status)
                self.send_header("Content-Type", "text/xml;charset=utf-8")
                self.end_headers()
                with suppress(BrokenPipeError):
                    self.wfile.write(body)

            def log_message(self, *_args):
                pass

        return Handler

    def answer(self, path):
        where, _mark, query = path.partition("?")
        call = where.removeprefix("/bigbluebutton/api/")
        bare, _mark, given = query.rpartition("checksum=")
        expected = hashlib.sha256(f"{call}{bare.removesuffix('&')}{SECRET}".encode()).hexdigest()
        values = dict(parse_qsl(bare.removesuffix("&")))
        self.asked.append((call, values))
        if call in self.answers:
            return self.answers[call]
        if given != expected:
            return quoted("checksum_error")
        return getattr(self, call.replace("/", "_"))(**values)

    def create(self, meetingID, voiceBridge="70757", dialNumber="", **values):
        known = meetingID in self.meetings
        if not known and voiceBridge in self.taken:
            return quoted("checksum_error", messageKey="nonUniqueVoiceBridge")
        if not known:
            self.clock += 1
            made = {"voiceBridge": voiceBridge, "dialNumber": dialNumber or self.phone, "createTime": self.clock}
            self.meetings[meetingID] = {**made, "values": values, "present": {}}
        told = {name: self.meetings[meetingID][name] for name in ("voiceBridge", "dialNumber", "createTime")}
        return quoted("create_again" if known else "create", meetingID=meetingID, **told)

    def getMeetingInfo(self, meetingID):
        meeting = self.meetings.get(meetingID)
        if meeting is None:
            return quoted("not_found")
        present = "".join(ATTENDEE.format(*map(escape, one)) for one in meeting["present"].values())
        told = {name: meeting[name] for name in ("voiceBridge", "dialNumber", "createTime")}
        return quoted("info", meetingID=meetingID, attendees=present, **told)

    def isMeetingRunning(self, meetingID):
        running = bool(self.meetings.get(meetingID, {}).get("present"))
        return quoted("running", running=str(running).lower())

    def end(self, meetingID):
        return quoted("end") if self.meetings.pop(meetingID, None) else quoted("not_found")

    def getRecordings(self, meetingID, state):
        return quoted("recordings", meetingID=meetingID)

    def hooks_create(self, callbackURL, meetingID, eventID):
        known = callbackURL in self.hooks
        self.hooks[callbackURL] = (meetingID, eventID)
        return quoted("hook_again" if known else "hook")

    def join(self, meetingID, fullName, userID, role, createTime, **_values):
        meeting = self.meetings.get(meetingID)
        if meeting is None or str(meeting["createTime"]) != createTime:
            return quoted("not_found")
        self.enter(meetingID, userID, fullName, role)
        return "<html>BigBlueButton</html>"

    def enter(self, meeting, code, name="Somebody", role="VIEWER"):
        self.meetings[meeting]["present"][code] = (code, name, role)

    def leave(self, meeting, code):
        del self.meetings[meeting]["present"][code]


def hook_call(callback, event, timestamp=1696511534800, algorithm="sha1"):
    """What bbb-webhooks 3 posts (src/out/webhooks/callback-emitter.js): the address and the body."""
    body = urlencode({"domain": "bbb.example.org", "event": f"[{event}]", "timestamp": timestamp})
    checksum = hashlib.new(algorithm, f"{callback}{body}{SECRET}".encode()).hexdigest()
    return f"{callback}?checksum={checksum}", body
