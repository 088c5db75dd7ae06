#!/usr/bin/env bash
# Asks the change gate about a deployment. What is asked comes in GATE_… variables, and each is one argument, whatever it
# says. Anything but a plain "pass" ends with an error.
set -euo pipefail

repository=.gitsm-service-repository
engine="$GITHUB_ACTION_PATH/../../dist/gitsm.js"

# The mainline of a repository that calls it neither main nor master is the branch that was checked out.
if [ -z "$(git -C "$repository" for-each-ref refs/remotes/origin/main refs/remotes/origin/master)" ]; then
  branch=$(git -C "$repository" symbolic-ref --quiet --short HEAD)
  git -C "$repository" symbolic-ref refs/remotes/origin/HEAD "refs/remotes/origin/$branch"
fi

asked=("--service=$GATE_SERVICE" "--environment=$GATE_ENVIRONMENT")
[ -z "$GATE_CHANGE" ] || asked+=("--change=$GATE_CHANGE")
[ "$GATE_TRUST" != true ] || asked+=(--trust-mainline)
[ "${GATE_EMERGENCY:-false}" != true ] || asked+=(--accept-emergency)

status=0
answer=$(node "$engine" -C "$repository" --format json change-gate "${asked[@]}") || status=$?

# A mark that nobody can foresee ends the value, so that no text in it can add outputs of its own.
mark="end-$(node -p 'crypto.randomUUID()')"
if [ "$status" = 0 ]; then verdict=pass; elif [ "$status" = 1 ]; then verdict=fail; else verdict=error; fi
{
  echo "verdict=$verdict"
  echo "answer<<$mark"
  printf '%s\n' "$answer"
  echo "$mark"
} >> "$GITHUB_OUTPUT"

node "$engine" -C "$repository" --quiet --format markdown change-gate "${asked[@]}" >> "$GITHUB_STEP_SUMMARY" || true
[ "$status" = 0 ] || printf '%s\n' "$answer" | sed 's/^/| /' >&2
exit "$status"
