#!/usr/bin/env bash
# Everything that wants a GPU, in one run:
#   run.sh FOLDER [--accelerator cuda|opencl|cpu] [--only PART,...] [--shapes FILE] [--quick]
# Parts: tests      the accelerator's rows of the tests, and the goldens with every variant
#        sanitizer  a few goldens under compute-sanitizer: memcheck and racecheck
#        bench      every variant on every shape, timed
#        peer       PyTorch's conv_transpose2d on the same shapes, and the most that the machine can do
#        opencl     the same tests and the shapes through OpenCL, where it finds a device
# FOLDER gets results.md, results.json and what each part printed. A part that fails stops no other;
# --quick is for a try of the script. The last line counts, and the exit code is 1 if any failed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/bin

usage() {
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

case ${1--} in -*) usage ;; esac
mkdir -p "$1" || exit 2
results=$(cd "$1" && pwd)
shift
accelerator=cuda
only=tests,sanitizer,bench,peer,opencl
shapes=$here/shapes.json
quick=
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=1 ;;
        --accelerator | --only | --shapes)
            [ $# -ge 2 ] || usage
            case $1 in
                --accelerator) accelerator=$2 ;;
                --only) only=$2 ;;
                --shapes) shapes=$(realpath "$2") ;;
            esac
            shift
            ;;
        *) usage ;;
    esac
    shift
done
cd "$results" || exit 2
export DOTNET_CLI_TELEMETRY_OPTOUT=1 PYTHONUNBUFFERED=1

# Those that torch computes on GPUs too.
dtypes=(float32 float16 bfloat16)

# Where the driver has OpenCL, but the machine nothing through which programs find it.
if ! ldconfig -p | grep -q 'libOpenCL\.so\.1 ' && [ -e "$here/loader/libOpenCL.so.1" ]; then
    export LD_LIBRARY_PATH=$here/loader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    if ! compgen -G '/etc/OpenCL/vendors/*.icd' >/dev/null; then
        mkdir -p vendors
        echo libnvidia-opencl.so.1 >vendors/nvidia.icd
        export OCL_ICD_VENDORS=$results/vendors
    fi
fi

passed=0
failed=0
skipped=0
: >parts.tsv

wants() { [[ ",$only," = *",$1,"* ]]; }

# tell PART PASSED FAILED SKIPPED REMARK: counts, and keeps a line for the report.
tell() {
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
    (IFS=$'\t' && echo "$*") >>parts.tsv
    printf '%s: %s passed, %s failed, %s skipped%s\n' "$1" "$2" "$3" "$4" "${5:+ ($5)}"
}

# totals LOG: what a run of tests or of deconv verify counted; nothing where it did not come so far.
totals() {
    local counts
    counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$1" | tail -n 1)
    [ -n "$counts" ] || counts=$(sed -nE 's/^ *(succeeded|failed|skipped): ([0-9]+).*/\2 \1/p' "$1" |
        awk '{ n[$2] = $1 } END { if (NR >= 3) print n["succeeded"], n["failed"], n["skipped"] }')
    echo "$counts"
}

# part PART SECONDS COMMAND...: runs a command within a time, its output in PART.log, and counts what it
# counted; a command that counts nothing, or ends otherwise than its counts say, is one itself.
part() {
    local name=$1 limit=$2 start=$SECONDS code=0 counts remark
    shift 2
    timeout --kill-after=10 "$limit" "$@" >"$name.log" 2>&1 || code=$?
    read -r -a counts <<<"$(totals "$name.log")"
    remark="$((SECONDS - start)) s"
    if [ "$code" = 124 ] || [ "$code" = 137 ]; then
        remark="ended after $limit s"
    elif [ "$code" != 0 ]; then
        remark="$remark, exit code $code: $(grep -v '^[[:space:]]*$' "$name.log" | tail -n 1 | cut -c 1-300)"
    fi
    if [ "${#counts[@]}" = 3 ] && { [ "$code" = 0 ] || [ "${counts[1]}" != 0 ]; }; then
        tell "$name" "${counts[@]}" "$remark"
    elif [ "$code" = 0 ]; then
        tell "$name" 1 0 0 "$remark"
    else
        tell "$name" 0 1 0 "$remark"
    fi
    return "$code"
}

# finds ACCELERATOR: whether the machine has a device of a kind, whatever may come of it.
finds() { grep -q "^ *$1:[0-9]" devices.log; }

# absence ACCELERATOR: why it has none.
absence() { sed -nE "s/^ *$1 +no +(.*[^ ]) *$/\1/p" devices.log; }

# rows ACCELERATOR: the tests' rows for it, and the goldens with every variant in each type.
rows() {
    local filter="Name~$1" folder dtype
    [ -z "$quick" ] || filter="$filter&ClassName~GatherSnapshotTests"
    part "tests-$1" 400 env DECONV_REQUIRE="$1" "$bin/Deconv.Tests" --filter "$filter" --progress off --no-ansi
    for folder in torch frontends; do
        for dtype in "${dtypes[@]}"; do
            part "goldens-$1-$folder-$dtype" 100 "$bin/deconv" verify --cases "$bin/Goldens/$folder" \
                --accelerator "$1" --variant all --dtype "$dtype"
        done
    done
}

# bench ACCELERATOR: every variant on every shape, in each type.
bench() {
    local dtype
    for dtype in "${dtypes[@]}"; do
        part "bench-$1-$dtype" 400 "$bin/deconv" bench --shapes "$shapes" --accelerator "$1" --variant all \
            --dtype "$dtype" --json "bench-$1-$dtype.json" --markdown "bench-$1-$dtype.md"
    done
}

# sanitizer TOOL: a few of the goldens.
sanitizer() {
    part "sanitizer-$1" 300 compute-sanitizer --tool "$1" --error-exitcode 9 \
        "$bin/deconv" verify --cases few-goldens --accelerator "$accelerator" --variant all
}

if [ -n "$quick" ]; then
    shapes="quick-shapes.json"
    cat >"$shapes" <<'END'
[{"name": "grouped", "n": 1, "ci": 4, "h": 6, "w": 5, "co": 8, "k": [4, 4], "s": [2, 2], "p": [1, 1], "op": [0, 0], "d": [1, 1], "g": 2}]
END
fi

part devices 60 "$bin/deconv" devices
cat devices.log
if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >gpu.log 2>&1
else
    echo "no nvidia-smi" >gpu.log
fi
cat gpu.log
python=$(command -v python3 || true)

if finds "$accelerator"; then
    if wants tests; then rows "$accelerator"; fi
    if wants sanitizer; then
        if ! command -v compute-sanitizer >/dev/null; then
            tell sanitizer 0 0 2 "there is no compute-sanitizer"
        elif part few-goldens 60 "$python" "$here/few_goldens.py" "$bin/Goldens/torch" few-goldens; then
            sanitizer memcheck
            sanitizer racecheck
        fi
    fi
    if wants bench; then bench "$accelerator"; fi
else
    tell "$accelerator" 0 1 0 "this machine has no such device: $(absence "$accelerator")"
fi

if wants peer; then
    device=$accelerator
    [ "$device" = cpu ] || device=cuda
    if [ -z "$python" ] || ! "$python" -c 'import torch' 2>torch.log; then
        tell peer 0 0 1 "there is no Python with PyTorch"
    elif [ "$device" = cuda ] && ! "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())'; then
        tell peer 0 0 1 "PyTorch sees no GPU"
    else
        part peer 500 "$python" "$here/peer.py" --shapes "$shapes" --device "$device" ${quick:+--quick} --json peer.json
    fi
fi

if wants opencl && [ "$accelerator" != opencl ]; then
    if finds opencl; then
        rows opencl
        bench opencl
    else
        tell opencl 0 0 1 "$(absence opencl)"
    fi
fi

if [ -n "$python" ]; then
    part report 60 "$python" "$here/report.py" "$results" "$(cat "$here/commit")${quick:+, a quick try: its figures mean nothing}" &&
        cat report.log
else
    tell report 0 0 1 "there is no Python"
fi

printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
