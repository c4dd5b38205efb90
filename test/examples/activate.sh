#!/usr/bin/env bash
# A device's whole life in plain curl, on a license with one seat: activate, check in, be told why not, log out. Ends with 1, and says
# what it got, where an answer is not as promised.
#
#   SEATS_URL=https://seats.example LICENSE_KEY=skl_… bash activate.sh
set -euo pipefail

# Sends a request: ask <Authorization> <method> <path> [body]. Leaves the status in $status and the body in $answer.
ask() {
  local body=()
  if [ $# -gt 3 ]; then body=(--header 'Content-Type: application/json' --data "$4"); fi
  local reply
  # Redirects are not followed, since the credential is for this server alone. An answer that takes longer is none.
  reply=$(curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' \
    --request "$2" --header "Authorization: $1" "${body[@]}" "$SEATS_URL$3")
  status=${reply##*$'\n'}
  answer=${reply%$'\n'*}
}

# The first text of that name in the answer; a program would parse the JSON.
field() { grep --only-matching "\"$1\":\"[^\"]*\"" <<<"$answer" | head -n 1 | cut -d '"' -f 4; }

# What was promised: expect <statuses> [<name> <text>]
expect() {
  if [[ " $1 " != *" $status "* ]] || { [ $# -gt 1 ] && [ "$(field "$2")" != "$3" ]; }; then
    echo "Expected $*, got $status: $answer" >&2
    exit 1
  fi
}

# 1. Activate. What tells this installation apart must be the same at each run.
ask "License $LICENSE_KEY" POST /v1/devices '{"fingerprint": "curl-example-1", "name": "curl"}'
expect '200 201' state active
device=$(field id) token=$(field token)
# To be kept for the next run, readable for this user only. The lease says, signed, until when the software may run without the server.
echo "Active until $(field deactivationDate) without another word."

# 2. Check in, well before that date. A new date and a new lease.
ask "Bearer $token" POST "/v1/devices/$device/check-in"
expect 200 state active
echo "Active until $(field deactivationDate)."

# 3. Be told why not: another device finds no free seat. `code` is for programs, `detail` and `remedy` are for the person.
ask "License $LICENSE_KEY" POST /v1/devices '{"fingerprint": "curl-example-2"}'
expect 409 code noSeatAvailable
echo "Another device: $(field detail) $(field remedy)"

# 4. Log out: the seat is free at once. Sent twice, it has the effect of once.
ask "Bearer $token" POST "/v1/devices/$device/log-out"
expect 200 state loggedOut
ask "Bearer $token" POST "/v1/devices/$device/log-out"
expect 200 state loggedOut
echo 'Logged out.'

# 5. From now on a check-in is told why it must not run.
ask "Bearer $token" POST "/v1/devices/$device/check-in"
expect 409 code deviceNotActive
expect 409 state loggedOut
echo "This device: $(field detail) $(field remedy)"
