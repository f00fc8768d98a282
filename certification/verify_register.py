"""Checks an exported register without the platform:  python3 verify_register.py [register.json]

Every link must follow from the one before, what stands beside it must be what was sealed, and every root must be signed
by a key of the register. Compare the roots and the keys that it prints with those that were mailed to you."""

import base64
import hashlib
import json
import sys

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519: RFC 8032, section 5.1
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    return (f - e) * (d - c) % P, (d + c) * (f + e) % P, (d - c) * (d + c) % P, (f - e) * (f + e) % P


def times(number, a):
    even = times(number // 2, add(a, a)) if number else (0, 1, 1, 0)
    return add(even, a) if number % 2 else even


def point_of(data):
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if (x * x - xx) % P == 0 else x * ROOT % P
    check(y < P and (x * x - xx) % P == 0 and (x or not sign), "a key or a signature is not on the curve")
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


def digest(before, values=None):
    after = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False) if values else ""
    return hashlib.sha256((before + after).encode()).hexdigest()


def check(holds, *where):
    if not holds:
        raise SystemExit("BROKEN: " + " ".join(map(str, where)))


def check_line(keys, signed, line):
    key, signature = (base64.urlsafe_b64decode(f"{text}==") for text in (keys[signed["kid"]], signed["signature"]))
    s, h = int.from_bytes(signature[32:], "little"), hashlib.sha512(signature[:32] + key + line.encode()).digest()
    left, right = times(s, point_of(BASE)), times(int.from_bytes(h, "little") % Q, point_of(key))
    right = add(point_of(signature[:32]), right)
    same = not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))
    check(same and s < Q and len(signature) == 64, line, "is not signed")


def check_session(keys, session):
    """The digest of each link, by its position."""
    code, position, end, digests, marks, erased = session["session"], 0, "0" * 64, {}, [], 0
    for link in session["links"]:
        said, beside = json.loads(link["body"]), dict(link["beside"] or {})
        if said["kind"] == "tombstone" and position == 0:
            position, end = said["links"], said["end"]
            check_line(keys, link, f"register tombstone {code} {link['digest']}")
        position, where = position + 1, ("session", code, "link", position + 1)
        check((said["session"], said["position"]) == (code, position), *where, "is not in its place")
        check(digest(end + link["body"]) == link["digest"], *where, "does not follow")
        check(said["kind"] != "lock" or said["end"] == end, *where, "does not lock the link before")
        check(said["kind"] != "lock" or said["marks"] == marks.count(said["slot"]), *where, "counts other marks")
        check(not beside or digest(beside.pop("salt"), beside) == said.get("seal"), *where, "has another seal")
        marks += [said["slot"]] if said["kind"] == "mark" else []
        erased += "seal" in said and not link["beside"]
        digests[position] = end = link["digest"]
    purged = min(digests, default=1) - 1
    print(f"session {code}: {len(digests)} links, {purged} purged, {erased} erased, the last digest is {end}")
    return digests


def main(path="register.json"):
    with open(path, encoding="utf-8") as file:
        register = json.load(file)
    keys = {key["kid"]: key["x"] for key in register["keys"]}
    links = {session["session"]: check_session(keys, session) for session in register["sessions"]}
    for root in register["roots"]:
        values = {name: root[name] for name in ("day", "made_at", "previous", "sessions")}
        check(digest("", values) == root["root"], "the root of", root["day"], "does not follow")
        check_line(keys, root, f"register root {root['day']} {root['root']}")
        for code, position, end in root["sessions"]:
            known = links.get(code, {position: end})
            right = position <= max(known, default=0) and known.get(position, end) == end
            check(right, "session", code, "link", position, "is not what the root of", root["day"], "covers")
        print(f"root of {root['day']}: {root['root']}\n  signed {root['signature']}\n  by {root['kid']}")
    print("The register is whole.")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        raise SystemExit(f"BROKEN: this is no register: {error!r}") from error
