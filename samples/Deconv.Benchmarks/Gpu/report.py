"""Puts what run.sh's parts left in a folder together: results.json and results.md."""

import json
import math
import pathlib
import sys

# The precision of torch's that a type of ours is held against, and whose products are the limit.
PEERS = {"float32": "float32", "float16": "float16", "bfloat16": "bfloat16", "tf32": "tf32"}


def read(path: pathlib.Path, default):
    return json.loads(path.read_text()) if path.exists() else default


def digits(value, unit: float = 1) -> str:
    return "-" if value is None else f"{value * unit:.3g}"


def fastest(rows: list) -> dict | None:
    return min(rows, key=lambda row: row["ms"], default=None)


def limit_ms(row: dict, peaks: dict) -> float | None:
    """A call takes at least its products at the rate of a product of matrices, and its tensors, moved once."""
    tflops = peaks.get(f"{PEERS.get(row['dtype'])}_tflops")
    if tflops is None:
        return None
    return row["ms"] * max(row["gflops"] / (1e3 * tflops), row["gbs"] / peaks["copy_gbs"])


def compare(row: dict, peer: dict) -> dict:
    """A row of deconv bench with the fastest of torch's for the same shape and precision, and the limit."""
    theirs = [
        other
        for other in peer.get("rows", [])
        if other["name"] == row["name"] and other["precision"] == PEERS.get(row["dtype"])
    ]
    best = fastest(theirs)
    limit = limit_ms(row, peer.get("peaks", {}))
    return row | {
        "torch_ms": {other["layout"]: other["ms"] for other in theirs},
        "ratio": best and best["ms"] / row["ms"],
        "fraction_of_peak": limit and limit / row["ms"],
    }


def geometric_mean(values: list) -> float | None:
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def table(columns: list, rows: list, figures: int) -> list:
    """The last columns are figures, in Markdown's alignment to the right."""
    rule = ["---"] * (len(columns) - figures) + ["---:"] * figures
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in [columns, rule, *rows]]


def shapes_table(rows: list) -> list:
    lines = []
    for accelerator, dtype in dict.fromkeys((row["accelerator"], row["dtype"]) for row in rows):
        here = [row for row in rows if (row["accelerator"], row["dtype"]) == (accelerator, dtype)]
        best = [fastest([row for row in here if row["name"] == name]) for name in dict.fromkeys(r["name"] for r in here)]
        mean = geometric_mean([row["ratio"] for row in best if row["ratio"]])
        lines += ["", f"## {accelerator}, {dtype}", ""]
        lines += [f"The fastest variant of each shape; geometric mean of the ratios {digits(mean)}.", ""]
        lines += table(
            ["shape", "variant", "ms", "call us", "GFLOP/s", "GB/s", "torch contiguous ms", "torch channels last ms", "ratio", "of peak"],
            [
                [
                    row["name"],
                    row["variant"],
                    digits(row["ms"]),
                    digits(row["call_us"]),
                    digits(row["gflops"]),
                    digits(row["gbs"]),
                    digits(row["torch_ms"].get("contiguous")),
                    digits(row["torch_ms"].get("channels_last")),
                    digits(row["ratio"]),
                    f"{digits(row['fraction_of_peak'], 100)} %",
                ]
                for row in best
            ],
            figures=8,
        )
        variants = list(dict.fromkeys(row["variant"] for row in here))
        lines += ["", "Milliseconds of every variant that takes the shape:", ""]
        lines += table(
            ["shape", *variants],
            [
                [shape["name"]]
                + [digits(next((r["ms"] for r in here if (r["name"], r["variant"]) == (shape["name"], v)), None)) for v in variants]
                for shape in best
            ],
            figures=len(variants),
        )
    return lines


def main(folder: pathlib.Path, commit: str) -> None:
    parts = [line.split("\t") for line in (folder / "parts.tsv").read_text().splitlines()]
    peer = read(folder / "peer.json", {})
    bench = [row for path in sorted(folder.glob("bench-*.json")) for row in read(path, [])]
    rows = [compare(row, peer) for row in bench]
    gpu = (folder / "gpu.log").read_text().strip()
    result = {"commit": commit, "gpu": gpu, "parts": parts, "peer": peer, "rows": rows}
    (folder / "results.json").write_text(json.dumps(result, indent=1))

    lines = [f"- commit: {commit}", f"- GPU, driver, memory: {gpu}"]
    if peer:
        lines += [f"- torch: {peer['torch']} with cuDNN {peer['cudnn']}, benchmark mode, on {peer['device']}"]
        peaks = (f"{name.replace('_', ' ')} {digits(value)}" for name, value in peer["peaks"].items())
        lines += [
            f"- peaks, measured by torch: {', '.join(peaks)}",
            "- ratio: torch's time in its faster layout over ours; of peak: the time for the products at the rate of"
            " a large product of matrices, or for moving each tensor once at the rate of a copy, the longer, over ours",
        ]
        lines += [f"- not by torch: {f['name']}, {f['precision']}, {f['layout']}: {f['error']}" for f in peer["failures"]]
    lines += ["", *table(["part", "passed", "failed", "skipped", "remark"], parts, figures=0)]
    lines += shapes_table(rows)
    text = "\n".join(lines) + "\n"
    (folder / "results.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
