#!/usr/bin/env bash
# Carries out a standard change by a script. What is asked comes in RUN_… variables, and each is one argument, whatever it
# says. Ends as the script did; with 1 where the gate refused it, with 4 where it could not be recorded.
set -euo pipefail

repository=.gitsm-service-repository
engine="$GITHUB_ACTION_PATH/../../dist/gitsm.js"

asked=("--repo=$repository" "--model=$RUN_MODEL" "--failed=$RUN_FAILED")
asked+=("--note=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID")
[ -z "$RUN_SERVICE" ] || asked+=("--service=$RUN_SERVICE")
while IFS= read -r line; do
  [ -z "$line" ] || asked+=("--set=$line")
done <<< "$RUN_SET"

case "$RUN_SCRIPT" in
  /*) script="$RUN_SCRIPT" ;;
  *) script="./$RUN_SCRIPT" ;;
esac

status=0
told=$(node "$engine" --format json change run "${asked[@]}" -- "$script") || status=$?

id=$(printf '%s' "$told" | node -e '
  const text = require("node:fs").readFileSync(0, "utf8")
  let id
  try { id = JSON.parse(text).id } catch {}
  if (/^[A-Z]{2,5}-[0-9A-Z-]+$/.test(id ?? "")) process.stdout.write(id)
')
[ -z "$id" ] || echo "change=$id" >> "$GITHUB_OUTPUT"
printf '%s\n' "$told" | sed 's/^/| /'
exit "$status"
