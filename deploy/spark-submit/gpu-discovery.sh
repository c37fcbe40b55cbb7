#!/usr/bin/env bash
# Prints this node's GPUs as Spark wants them (spark.{worker,executor}.resource.gpu.discoveryScript):
#   {"name": "gpu", "addresses": ["0", "1"]}
# Exits with 1, and says why, where nvidia-smi is absent, fails or finds none: an executor that asked
# for a GPU must not start without one.
set -euo pipefail

fail() {
  echo "gpu-discovery: $*" >&2
  exit 1
}

command -v nvidia-smi >/dev/null || fail "nvidia-smi is not on the PATH of this node"
# nvidia-smi writes its errors to the standard output.
listing=$(nvidia-smi --query-gpu=index --format=csv,noheader) || fail "nvidia-smi failed: $listing"
# "No devices were found" may come with exit status 0.
addresses=$(tr -d ' \r' <<<"$listing" | sed -n 's/^[0-9][0-9]*$/"&"/p' | paste -sd, -)
[ -n "$addresses" ] || fail "nvidia-smi lists no GPU on this node: $listing"
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
