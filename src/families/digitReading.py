import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# Telling digits apart
# ----------------------------------------------------------------------------------------------------------------------

LOSS_UNIT = "nats a digit"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "logits"


class Batch:
    """Pictures [batch, 784] with greys from 0 to 1, and a class for each, -1 where it is not known."""

    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels
        self.examples = len(pictures)

    def to(self, device):
        return Batch(self.pictures.to(device), self.labels.to(device))


def standardised(pictures):
    """By MNIST's mean and deviation."""
    return (pictures - 0.1307) / 0.3081


class DigitReader(Equilibrium):
    """A model whose `outputs` are logits [batch, 10]."""

    def loss(self, batch, z):
        """Mean cross entropy; a picture without a class is held against the network's own first guess."""
        logits = self.outputs(batch, z)
        return F.cross_entropy(logits, torch.where(batch.labels < 0, logits.argmax(1), batch.labels))

    def measure(self, batch, z):
        """The share of pictures that are told right, where it is known what they are."""
        right = self.outputs(batch, z).argmax(1) == batch.labels
        return {"accuracy": float(right.float().mean())} if bool((batch.labels >= 0).all()) else {}


def add_example_arguments(parser):
    parser.add_argument("--data", metavar="FILE", help=f"held-out digits in place of the page's drawing: {DATA_KINDS}")
    parser.add_argument("--held-out", type=int, default=1000, help="how many of them at most (default 1000)")


def example(args, metadata):
    """The page's drawing, or digits of a file."""
    if args.data is None:
        label = INPUT["digit"]
        return Batch(drawing(INPUT["drawing"]), torch.tensor([-1 if label is None else label])), True
    pictures, labels = read_digits(args.data).kept_back
    return Batch(pictures[: args.held_out], labels[: args.held_out]), False


def add_training_arguments(parser):
    parser.add_argument("--data", required=True, metavar="FILE", help=f"digits to learn: {DATA_KINDS}")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"digits (default {TASK['batch']})")
    parser.add_argument("--shift", type=int, default=TASK["shift"], help=f"pixels at most (default {TASK['shift']})")
    parser.add_argument("--held-out", type=int, default=1000, help="digits that are validated on (default 1000)")
    add_model_arguments(parser)


class DigitsTask:
    """
    Which digit is it? Every digit is moved by up to `shift` pixels either way, each time anew. A family's `open_task` adds
    what its arguments change of `config`, `metadata` and `experiment`.
    """

    shaping = ()  # names of MODEL that are arguments too, and that weights have to fit

    def __init__(self, args):
        self.digits = read_digits(args.data)
        self.batch, self.shift, self.device, self.most = args.batch, args.shift, args.device, args.held_out
        asked = {name: getattr(args, name) for name in self.shaping}
        self.config = {**MODEL, **{name: value for name, value in asked.items() if value is not None}}
        self.about = self.digits.counted()

    def fits(self, config):
        """Whether weights of that shape fit what is asked for: none of them depends on anything else."""
        return all(config[name] == self.config[name] for name in self.shaping)

    def batch_at(self, step, carried=None):
        pictures, labels = self.digits.learnt
        chosen = torch.randint(len(labels), (self.batch,))
        return Batch(moved(pictures[chosen], self.shift), labels[chosen]).to(self.device)

    def held_out(self):
        pictures, labels = (part[: self.most].split(100) for part in self.digits.kept_back)
        for batch in zip(pictures, labels):
            yield Batch(*batch).to(self.device)


def moved(pictures, shift):
    """Pictures moved at random; what comes in is blank."""
    if shift == 0:
        return pictures
    wide = F.pad(pictures.reshape(-1, SIDE, SIDE), (shift,) * 4)
    corners = torch.randint(2 * shift + 1, (len(pictures), 2)).tolist()
    return torch.stack([wide[i, y : y + SIDE, x : x + SIDE] for i, (y, x) in enumerate(corners)]).flatten(1)
