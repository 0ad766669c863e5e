# Checks a program that writes page.html, with access and without: sh check_page.sh PROGRAM ARGUMENTS…
set -eu
rm -f ready.json
linkwright emulator --timeout 5m --env-file emulator.env > ready.json 2> emulator.log &
emulator=$!
trap 'kill "$emulator"' EXIT
timeout 20 sh -c 'until test -s ready.json; do sleep 0.1; done'
. ./emulator.env

expect() {
    test -f page.html || { echo "page.html is missing" >&2; exit 1; }
    found=$(grep -c "$2" page.html || true)
    test "$found" = "$1" || { echo "page.html has $found lines with $2, expected $1" >&2; exit 1; }
}

rm -f page.html
"$@"
expect 4 '<article>'
expect 2 'as of'

rm -f page.html
curl -sf -o answer.json "$LINKWRIGHT_API_ENDPOINT/_emulator/eligibility" -d '{"eligible":false}'
"$@"
expect 4 'href="https://www.amazon.com/dp/B0EMU000[0-9]*?tag=demo-20"'
expect 0 'as of'
echo "good with access and without"
