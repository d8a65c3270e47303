#!/usr/bin/env bash
# Single sign-on against a provider of somebody else's making: npm's oidc-provider, in a temporary directory and on
# loopback, driven as a browser would. Needs node, npm and curl; DONDOC names a built program, else it is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { echo "sso: $*"; }
for tool in node npm curl; do
    command -v "$tool" >/dev/null || { say "$tool is needed: sudo apt-get install -y nodejs npm curl"; exit 1; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/dondoc-sso-XXXXXX")
# The private server's user enters here too.
chmod 755 "$work"
processes=()
# shellcheck disable=SC2317 # Called by the trap.
clean() {
    local process
    for process in "${processes[@]}"; do kill -INT "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean EXIT

program=${DONDOC:-}
if [ -z "$program" ]; then
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/dondoc
fi

: >"$work/demo.txt"
DONDOC_DATA=$work/data DONDOC_LANG=en "$program" demo --listen 127.0.0.1:0 >"$work/demo.txt" 2>"$work/demo.log" &
processes+=($!)
wait_for() { # file, pattern
    local _
    for _ in $(seq 1200); do
        grep -qE "$2" "$1" && return
        sleep 0.1
    done
    say "waited two minutes for $2 in $1"
    cat "$work"/*.log >&2
    exit 1
}
wait_for "$work/demo.txt" 'quantri@btttt'
address=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/demo.txt" | head -1)
password=$(awk '$2 == "quantri@btttt.example" { print $3 }' "$work/demo.txt")
say "the demo is at $address"

npm install --prefix "$work" --no-audit --no-fund --silent oidc-provider@8
cat >"$work/provider.mjs" <<'JS'
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
const [back] = process.argv.slice(2);
let handle;
const server = createServer((request, response) => handle(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'dondoc', client_secret: 'drill-secret', redirect_uris: [back] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true, methods: ['S256'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@btttt.example`, email_verified: id !== 'lanhdao' }),
    }),
  });
  handle = provider.callback();
  console.log(issuer);
});
JS
node "$work/provider.mjs" "$address/sign-in/sso/callback" >"$work/issuer.txt" 2>"$work/node.log" &
processes+=($!)
wait_for "$work/issuer.txt" '^http'
issuer=$(cat "$work/issuer.txt")
say "the provider is at $issuer"

post() { curl -fsS -b "$1" -c "$1" -o /dev/null -w '%{http_code} %{redirect_url}\n' -H 'Sec-Fetch-Site: same-origin' "${@:2}"; }
jar=$work/admin.txt
post "$jar" "$address/sign-in" -d tenant=btttt -d email=quantri@btttt.example --data-urlencode "password=$password"
said=$(post "$jar" "$address/settings/sso" -d "issuer=$issuer" -d client_id=dondoc -d client_secret=drill-secret)
[[ $said == 303*done=saved ]] || { say "the provider could not be set: $said"; exit 1; }
say "the administrator has set the provider"

# Goes the whole way as one account; what our own callback answered is printed.
go() {
    local jar=$work/$1.txt place page answer
    place=$(curl -fsS -b "$jar" -c "$jar" -D - -o /dev/null "$address/sign-in/sso?tenant=btttt&next=/account" |
        tr -d '\r' | sed -n 's/^refresh: 0; url=//p')
    for _ in 1 2 3 4 5 6 7 8; do
        answer=$(curl -sS -b "$jar" -c "$jar" -o "$work/page.html" -w '%{http_code} %{redirect_url}' "$place")
        case $answer in
        30*)
            [[ $place == "$address"/sign-in/sso/callback* ]] && { echo "$answer"; return; }
            place=${answer#* }
            ;;
        200*) # The provider's own form: first who, then whether we may know.
            page=$(<"$work/page.html")
            if [[ $page == *'name="login"'* ]]; then
                answer=$(curl -sS -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' "$place" -d prompt=login \
                    -d "login=$1" -d password=x)
            else
                answer=$(curl -sS -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' "$place" -d prompt=consent)
            fi
            place=$answer
            ;;
        *) echo "$answer"; return ;;
        esac
    done
}

failed=0
expect() { # account, what our callback answers, what that shows
    local said
    said=$(go "$1")
    # shellcheck disable=SC2053 # A pattern.
    if [[ $said == $2 ]]; then say "ok: $3 ($said)"; else say "NOT: $3: $said instead of $2"; failed=1; fi
}
expect thutruong "303 $address/account" "a head of unit comes in by a verified address"
curl -fsS -b "$work/thutruong.txt" "$address/account" | grep -q 'thutruong@btttt.example' &&
    say "ok: and is on their own account page"
rm "$work/thutruong.txt"
expect thutruong "303 $address/account" "and comes in again by the subject"
expect lanhdao "401*" "an address that is not verified lets nobody in"
expect nguoila "401*" "an address that nobody has lets nobody in"
exit "$failed"
