#!/bin/sh
# The basics of a directory through the command line only: each mutation and query is a command. Needs `jq`, and
# the program as $ROLLBOOK (else `rollbook` on the path).
#   sh tests/manuals/command_line.sh http://127.0.0.1:7420/graphql "$ADMIN_PASSWORD"
set -eu

ROLLBOOK=${ROLLBOOK:-rollbook}
ROLLBOOK_SERVER=${1%/graphql}
export ROLLBOOK_SERVER
admin_password=$2

chapter() { printf '\n%s\n' "$1"; }
expect() { # expect WHAT FOUND WANTED
    [ "$2" = "$3" ] || { printf 'not so: %s: found %s, wanted %s\n' "$1" "$2" "$3" >&2; exit 1; }
    printf '  %s\n' "$1"
}
ask() { "$ROLLBOOK" "$@"; } # JSON, since it is no terminal that reads
refusal() { # refusal COMMAND…: its exit code
    "$ROLLBOOK" "$@" >/dev/null 2>&1 && echo 0 || echo $?
}
session() { printf '%s\n' "$2" | "$ROLLBOOK" session start --login "$1"; }
shown() { # shown USER FIELDS FILTER
    ask query "{ user(by: {id: \"$1\"}) { $2 } }" | jq -c "(.data // .).user | $3"
}

chapter 'Sign in'
ROLLBOOK_TOKEN=$(session admin "$admin_password")
export ROLLBOOK_TOKEN
expect 'the administrator is who asks' "$(ask me show | jq -r .username)" admin

chapter 'People, roles, seats'
ada=$(printf 'password of ada\n' | ask user create --kind AGENT --full-name 'Ada Line' --username ada.line \
    --email ada.line@example.org --password-file - | jq -r .user.id)
bob=$(ask user create --kind CLIENT --full-name 'Bob Line' --email bob.line@example.org | jq -r .user.id)
ask license-pool size --type READ_WRITE --owned 5 >/dev/null
role=$(ask role define --name 'Line support' --kind AGENT --surfaces LISTS,REPORTS | jq -r .role.id)
ask role assign --user-id "$ada" --role-id "$role" >/dev/null
expect 'LIC-07 the first role takes a seat' "$(shown "$ada" license .license)" '"READ_WRITE"'
expect 'ACC-04 an email is one user'"'"'s, and a refusal exits with 7' \
    "$(refusal user create --kind CLIENT --full-name Other --email ADA.LINE@example.org)" 7
expect 'both are listed' \
    "$(ask user list --text line --select '{ id }' | grep -o 'user_[0-9]*' | wc -l | tr -d ' ')" 2

chapter 'Profile, lock, disable, and back'
ask profile change --user-id "$ada" --title Captain >/dev/null
expect 'PRO-04 the title is the new one' "$(shown "$ada" title .title)" '"Captain"'
ask account lock --user-id "$ada" --reason 'lost laptop' >/dev/null
expect 'STA-06 who is locked does not come in' "$(session ada.line 'password of ada' >/dev/null 2>&1 && echo in || echo out)" out
ask account unlock --user-id "$ada" >/dev/null
expect 'STA-07 who is unlocked does' "$(session ada.line 'password of ada' >/dev/null 2>&1 && echo in || echo out)" in
ask user disable --user-id "$ada" >/dev/null
expect 'STA-12 who is disabled is not active' "$(shown "$ada" active .active)" false
ask user enable --user-id "$ada" >/dev/null
expect 'STA-05 who is enabled is' "$(shown "$ada" active .active)" true

chapter 'Many at once'
expect 'DEL-12 each has an outcome of its own' \
    "$(ask bulk --command '{"changeProfile":{"postalCode":"8001"}}' --user-ids "$ada,$bob" | jq -r .accepted)" 2
expect 'both live there now' "$(shown "$bob" postalCode .postalCode)" '"8001"'

chapter 'Leaving'
ask user delete --user-id "$bob" --reason 'left the company' >/dev/null
expect 'who is deleted is so' "$(shown "$bob" deleted .deleted)" true
ask sign-out >/dev/null
