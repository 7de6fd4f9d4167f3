#!/usr/bin/env bash
# Exports the sample and loads the exports with the programs that they are made for (requirements.txt), in Python.
# The last line says `N passed, N failed`; with an argument, the same goes to that file as JSON.
set -uo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
report="${1:-}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# What cannot even begin counts as one failure.
stop() {
  echo "$1" >&2
  [ -n "$report" ] && echo '{"passed":0,"failed":1}' >"$report"
  echo '0 passed, 1 failed'
  exit 1
}

python="$(command -v python3)" || stop 'there is no python3'
if "$python" -m venv "$work/venv" >/dev/null 2>&1; then
  python="$work/venv/bin/python"
  "$python" -m pip install --quiet --disable-pip-version-check --only-binary pyarrow,numpy,pandas,scipy,pycocotools,pillow -r "$here/requirements.txt" || stop 'the packages of requirements.txt could not be installed'
else
  # Some systems have Python without venv.
  "$python" -m pip install --quiet --disable-pip-version-check --only-binary pyarrow,numpy,pandas,scipy,pycocotools,pillow --target "$work/packages" -r "$here/requirements.txt" || stop 'there is neither venv nor pip'
  export PYTHONPATH="$work/packages"
fi

# Nothing is looked up in the net, and nothing of an earlier run is found.
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 HF_HOME="$work/hub" HOME="$work"
legenda() { node "$root/bin/run.js" "$@" || stop "failed: legenda $*"; }
node "$root/bin/setup.mjs" || stop 'legenda could not be built'
legenda build "$root/examples/articles" --images "$root/examples/figures" -o "$work/dataset" --quiet --allow-rejects
legenda subset "$work/dataset" -o "$work/split" --split 0.6,0.2,0.2 --seed 3 --quiet
legenda subset "$work/dataset" -o "$work/texts" --type text --quiet
cat >"$work/classes.yaml" <<'YAML'
type: classification
classes:
  ct: { images: { label: { all: [ct], none: [mri] } } }
  mri: { images: { label: { all: [mri], none: [ct] } } }
YAML
legenda subset "$work/dataset" -o "$work/classes" --filter "$work/classes.yaml" --quiet
for format in huggingface webdataset coco croissant zenodo jsonl csv multicare; do
  legenda export "$work/split" --to "$format" -o "$work/$format" --quiet --title 'The sample' --creator 'Example, Ada' --url https://example.org/sample
done
legenda export "$work/dataset" --to huggingface -o "$work/whole-huggingface" --quiet
legenda export "$work/classes" --to huggingface -o "$work/classes-huggingface" --quiet
legenda export "$work/classes" --to webdataset -o "$work/classes-webdataset" --quiet
legenda export "$work/texts" --to huggingface -o "$work/texts-huggingface" --quiet
"$python" "$here/check.py" "$work" "$report"
