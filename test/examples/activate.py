"""A device's whole life in Python's standard library, on a license with one seat: activate, check in, be told why not, log out.

Ends with 1, and says what it got, where an answer is not as promised.

    SEATS_URL=https://seats.example LICENSE_KEY=skl_… python3 activate.py
"""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request

SERVER = os.environ["SEATS_URL"]
KEY = os.environ["LICENSE_KEY"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The credential is for this server alone."""

    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirect)


def ask(authorization, method, path, body=None):
    """Sends a request. Gives the status and the parsed answer; None for both where nothing came that is Seatkeeper's."""
    request = urllib.request.Request(SERVER + path, method=method, headers={"Authorization": authorization})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        try:
            response = opener.open(request, timeout=10)
        except urllib.error.HTTPError as refused:
            response = refused
        with response:
            return response.status, json.load(response)
    except (OSError, ValueError):
        # No network, no answer in time, or the page of a captive portal: that is no "no", and the lease decides.
        return None, None


def expect(answer, status, **fields):
    """Ends the program where an answer is not as promised."""
    got, body = answer
    # A success shows the device, a refusal is a problem document (RFC 9457).
    found = (body or {}).get("device", body)
    if got not in status or any(found.get(name) != value for name, value in fields.items()):
        sys.exit(f"Expected {status} {fields}, got {got} {body}")
    return body


def lease_end(lease):
    """When a lease ends, in seconds since 1970. Who relies on it offline has to verify its signature (Ed25519), which takes a library."""
    claims = lease.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"]


# 1. Activate. What tells this installation apart must be the same at each run.
new_device = {"fingerprint": "python-example-1", "name": "Python"}
given = expect(ask(f"License {KEY}", "POST", "/v1/devices", new_device), (200, 201), state="active")
# To be kept for the next run, readable for this user only.
device, token, lease = given["device"]["id"], f"Bearer {given['token']}", given["lease"]
if lease_end(lease) <= time.time():
    sys.exit("The lease has ended: is the clock of this machine right?")
print("Active until", given["device"]["deactivationDate"], "without another word.")

# 2. Check in, well before that date. A new date and a new lease.
given = expect(ask(token, "POST", f"/v1/devices/{device}/check-in", {"appVersion": "4.2.0"}), (200,), state="active")
print("Active until", given["device"]["deactivationDate"])

# 3. Be told why not: another device finds no free seat. `code` is for programs, `detail` and `remedy` are for the person.
other = {"fingerprint": "python-example-2"}
problem = expect(ask(f"License {KEY}", "POST", "/v1/devices", other), (409,), code="noSeatAvailable")
print("Another device:", problem["detail"], problem["remedy"])

# 4. Log out: the seat is free at once. Sent twice, it has the effect of once.
for _ in range(2):
    expect(ask(token, "POST", f"/v1/devices/{device}/log-out"), (200,), state="loggedOut")
print("Logged out.")

# 5. From now on a check-in is told why it must not run.
refused = ask(token, "POST", f"/v1/devices/{device}/check-in")
problem = expect(refused, (409,), code="deviceNotActive", state="loggedOut")
print("This device:", problem["detail"], problem["remedy"])
