import argparse
import json
import math
import os

import torch

# ----------------------------------------------------------------------------------------------------------------------
# Commands
# ----------------------------------------------------------------------------------------------------------------------


def open_model(path, device):
    """The model with the weights of a file, and the file's metadata."""
    if not os.path.exists(path):
        raise SystemExit(f"{path} is not here. Put the weights file beside this program, or say --weights FILE.")
    tensors, metadata = read_file(path)
    # A file of `train` says which shape its model has; one of the page's has that of MODEL.
    config = json.loads(metadata["torch_model"]) if "torch_model" in metadata else MODEL
    model = Model(config)
    load_state(model, tensors)
    return model.to(device), metadata


def summary(values):
    """A few numbers that tell whether two sets of values are the same."""
    flat = values.detach().double().flatten()
    return {
        "count": flat.numel(),
        "mean": float(flat.mean()),
        "rms": float((flat**2).mean().sqrt()),
        "first": float(flat[0]),
        "last": float(flat[-1]),
    }


def evaluate(args):
    """Solves for the page's input (or another one) and prints what comes out, beside what the page had."""
    model, metadata = open_model(args.weights, args.device)
    batch, own = example(args, metadata)
    batch = batch.to(args.device)
    with torch.no_grad():
        if args.torchdeq:
            deq = open_torchdeq(EVALUATION["torchdeq"]).eval()
            z, solution = with_torchdeq(deq, model, batch, EVALUATION)[0], None
        else:
            forward = changed_solver(EVALUATION["forward"], args)
            solution = model.solve(batch, forward, EVALUATION["map"], EVALUATION["start"])
            z = solution.z
        outputs = model.outputs(batch, z)
        loss = float(model.loss(batch, z))
        measured = model.measure(batch, z)
    found = {"loss": loss, "outputs": summary(outputs), **measured}
    if solution:
        found.update(status=solution.status, evaluations=solution.evaluations, residual=solution.lowest)
    untouched = own and not args.torchdeq and args.weights == WEIGHTS and PAGE is not None
    if args.json:
        print(json.dumps({**found, "page": PAGE if untouched else None}))
    else:
        print_found(found, PAGE if untouched else None)
    if args.outputs:
        write_file(args.outputs, {"outputs": outputs, "z": z}, {"format": "pt"})


def print_found(found, page):
    lines = [("loss", f"{found['loss']:.6f} {LOSS_UNIT}", page and f"{page['loss']:.6f}")]
    if LOSS_IS_CROSS_ENTROPY:
        lines.append(("perplexity", f"{exponential(found['loss']):.4f}", page and f"{exponential(page['loss']):.4f}"))
    for name, value in found.items():
        if name not in ("loss", "outputs", "status", "evaluations", "residual"):
            lines.append((name, f"{value:.4f}", None))
    for name, value in found["outputs"].items():
        text = str(value) if name == "count" else f"{value:.6f}"
        there = page and page["outputs"][name]
        lines.append((f"{OUTPUTS_NAME}, {name}", text, page and (str(there) if name == "count" else f"{there:.6f}")))
    if "status" in found:
        lines.append(("solve", found["status"], page and page["status"]))
        lines.append(("evaluations of f", str(found["evaluations"]), page and str(page["evaluations"])))
        lines.append(("relative residual", f"{found['residual']:.2e}", page and f"{page['residual']:.2e}"))
    for name, here, there in lines:
        print(f"{name + ':':24}{here:24}" + (f"on the page {there}" if there else ""))


def exponential(x):
    return math.exp(x) if x < 700 else math.inf


def changed_solver(forward, args):
    """The page's solver, with what the arguments change."""
    changes = {"method": args.solver, "tolerance": args.tolerance, "max_iterations": args.max_iterations}
    return {**forward, **{name: value for name, value in changes.items() if value is not None}}


def train_command(args):
    """Trains on the user's own data and writes a weights file that the page opens."""
    torch.manual_seed(args.seed)
    tensors, metadata = read_file(args.weights) if os.path.exists(args.weights) else ({}, {})
    task = open_task(args, metadata)
    model = Model(task.config)
    own = json.loads(metadata["torch_model"]) if "torch_model" in metadata else MODEL
    fresh = args.fresh or not tensors or not task.fits(own)
    if not fresh:
        load_state(model, tensors)
    model.to(args.device)
    count = sum(p.numel() for p in model.parameters())
    whence = "new random weights" if fresh else f"the weights of {args.weights}"
    print(f"{count:,} parameters, from {whence}; {task.about}")
    settings = training_settings(args)
    deq = open_torchdeq(settings["torchdeq"]) if args.torchdeq else None
    before = 0 if fresh else int(metadata.get("step", "0") or 0)
    made = train(model, task, settings, deq=deq)
    told = {**metadata, **task.metadata, "torch_model": json.dumps(task.config)}
    save(args.out, model, task.experiment, told, before + made)


def training_settings(args):
    settings = copy.deepcopy(TRAINING)
    for name in ("steps", "learning_rate", "warmup", "clip", "weight_decay", "validate_every", "report_every"):
        if getattr(args, name) is not None:
            settings[name] = getattr(args, name)
    settings["forward"] = changed_solver(settings["forward"], args)
    if args.gradient is not None:
        settings["backward"] = {**settings["backward"], "method": args.gradient}
    if args.gradient == "unrolled" or settings["backward"]["method"] == "unrolled":
        settings["backward"]["depth"] = settings["forward"]["max_iterations"]
    return settings


def save(path, model, changes, metadata, step):
    """Writes weights with the metadata by which the page knows them; `changes`: settings of the page's that differ."""
    experiment = copy.deepcopy(EXPERIMENT)
    outside = []
    for setting, value in changes.items():
        section, key = setting.split(".")
        experiment[section][key] = value
        least, most = LIMITS.get(setting, (None, None))
        if least is not None and not least <= value <= most:
            outside.append(f"{setting} = {value} (the page has {least} to {most})")
    write_file(
        path,
        state_of(model),
        {**metadata, "format": "pt", "deq_playground": "model", "step": str(step), "experiment": json.dumps(experiment)},
    )
    print(f"Wrote {path}.")
    if outside:
        print(f"It is larger than what the page takes, and stays with PyTorch: {'; '.join(outside)}.")
    else:
        print("It opens in the page: Train view, Model, Load.")


def save_command(args):
    """Writes weights that another program trained (a torch.save of this model's state_dict) as a file of the page's."""
    model, metadata = open_model(args.weights, "cpu")
    if args.state:
        state = torch.load(args.state, map_location="cpu")
        load_state(model, {name: value.float() for name, value in state.items()})
    save(args.out, model, {}, metadata, args.step if args.step is not None else int(metadata.get("step", "0") or 0))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"

    def command(name, run, about):
        own = commands.add_parser(name, help=about, description=about)
        own.set_defaults(run=run)
        own.add_argument("--weights", default=WEIGHTS, help=f"a safetensors file (default {WEIGHTS})")
        return own

    def solving(own):
        own.add_argument("--device", default=device, help=f"cpu, cuda, cuda:1 (default here {device})")
        own.add_argument("--torchdeq", action="store_true", help="solve with torchdeq.get_deq(...), if it is installed")
        own.add_argument("--solver", choices=list(METHODS), help="another method than the page's")
        own.add_argument("--tolerance", type=float)
        own.add_argument("--max-iterations", type=int)

    own = command("evaluate", evaluate, "the page's input: loss, outputs and how the solve went")
    solving(own)
    own.add_argument("--json", action="store_true", help="one line of JSON")
    own.add_argument("--outputs", metavar="FILE", help="write outputs and z* as safetensors")
    add_example_arguments(own)

    own = command("train", train_command, "train on your own data, larger if you like")
    solving(own)
    own.add_argument("--out", default="trained.safetensors", help="the file to write (default trained.safetensors)")
    own.add_argument("--fresh", action="store_true", help="begin with new random weights")
    own.add_argument("--seed", type=int, default=0)
    for name in ("steps", "warmup", "validate_every", "report_every"):
        own.add_argument("--" + name.replace("_", "-"), type=int, help=f"default {TRAINING[name]}")
    for name in ("learning_rate", "clip", "weight_decay"):
        own.add_argument("--" + name.replace("_", "-"), type=float, help=f"default {TRAINING[name]}")
    methods = ["implicit", "shine", "one-step", "neumann", "phantom", "unrolled"]
    own.add_argument("--gradient", choices=methods, help=f"default {TRAINING['backward']['method']}")
    add_training_arguments(own)

    own = command("save", save_command, "write weights as a file that opens in the page")
    own.add_argument("out", help="the file to write")
    own.add_argument("--state", metavar="FILE", help="a torch.save of this model's state_dict")
    own.add_argument("--step", type=int, help="updates the weights have had")

    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
