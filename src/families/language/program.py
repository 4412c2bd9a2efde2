import json
import math
import unicodedata

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# The model: a text through one weight-tied layer
# ----------------------------------------------------------------------------------------------------------------------

LOSS_UNIT = "nats a token"
LOSS_IS_CROSS_ENTROPY = True
OUTPUTS_NAME = "logits"


class Batch:
    """Ids [batch, length]; what was remembered of the segment before; dropout masks [batch, 1, features] by name."""

    def __init__(self, tokens, targets, memory=None, masks=None):
        self.tokens, self.targets, self.memory, self.masks = tokens, targets, memory, masks
        self.examples = tokens.numel()

    def to(self, device):
        move = lambda named: named and {name: value.to(device) for name, value in named.items()}
        return Batch(self.tokens.to(device), self.targets.to(device), move(self.memory), move(self.masks))

    def drop(self, x, name):
        """Variational dropout: one mask for all positions and all evaluations of a solve, so that f stays a function."""
        return x * self.masks[name] if self.masks else x


class Language(Equilibrium):
    """What all cells share: the cross entropy of the next token, and weights that start as the page's do."""

    mask_widths = {}

    def loss(self, batch, z):
        logits = self.outputs(batch, z)
        return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), batch.targets.reshape(-1))

    def draw(self, deviations):
        with torch.no_grad():
            for name, p in self.named_parameters():
                if deviations.get(name):
                    p.normal_(0, deviations[name])
                else:
                    p.zero_()
        self.parameter_names = [name for name, _ in self.named_parameters()]


class Bare(torch.nn.Module):
    """A weight, and perhaps a bias, that no layer of PyTorch's is used with."""

    def __init__(self, weight, bias=None):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.empty(weight))
        if bias is not None:
            self.bias = torch.nn.Parameter(torch.empty(bias))


def kernel_matrix(weight):
    """A convolution's weight [out, in, k] as a matrix [out, k * in], the oldest tap first."""
    return weight.permute(0, 2, 1).reshape(weight.shape[0], -1)


class Attention(torch.nn.Module):
    """Names and layouts as in locuslab/deq, `RelPartialLearnableDecoderLayer`."""

    def __init__(self, width, heads):
        super().__init__()
        self.qkv_net = Bare((3 * width, width, 1))
        self.r_net = Bare((width, width, 1))
        self.o_net = Bare((width, width, 1), width)
        self.r_w_bias = torch.nn.Parameter(torch.empty(heads, width // heads))
        self.r_r_bias = torch.nn.Parameter(torch.empty(heads, width // heads))

    def forward(self, qkv, positions, length):
        """Causal attention with relative positions. Dai et al. 2019, section 3.3. The queries are the last `length`."""
        batch, keys, width = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
        heads, size = self.r_w_bias.shape
        q, k, v = (x.reshape(batch, keys, heads, size).transpose(1, 2) for x in qkv.split(width, 2))
        q = q[:, :, keys - length :]
        r = F.linear(positions, self.r_net.weight[:, :, 0]).reshape(keys, heads, size).transpose(0, 1)
        content = (q + self.r_w_bias[:, None]) @ k.transpose(2, 3)
        distance = (q + self.r_r_bias[:, None]) @ r.transpose(1, 2)
        # Column c of row i holds the score for the distance keys - 1 - c; it belongs to key c - (length - 1 - i).
        column = torch.arange(keys, device=qkv.device)[None] + (length - 1 - torch.arange(length, device=qkv.device))[:, None]
        shifted = distance.gather(3, column.clamp(max=keys - 1).expand(batch, heads, length, keys))
        later = column > keys - 1
        scores = ((content + shifted) / math.sqrt(size)).masked_fill(later, -1e9)
        return (scores.softmax(3) @ v).transpose(1, 2).reshape(batch, length, width)


class FeedForward(torch.nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.ff1_net = Bare((inner, width), inner)
        self.ff2_net = Bare((width, inner), width)


class Transformer(Language):
    """
    The DEQ-Transformer of Bai, Kolter, Koltun 2019, as in locuslab/deq, with the embedding as its head. Post-LN:
    y = LN(z + attention), f = LN(y + FF(y)). Pre-LN attends from LN(z); n = LN(z + attention), f = n + FF(n).
    """

    normalised = (
        *("dec_attn.qkv_net.weight", "dec_attn.r_net.weight", "dec_attn.o_net.weight"),
        *("pos_ff.ff1_net.weight", "pos_ff.ff2_net.weight"),
    )

    def __init__(self, config):
        super().__init__()
        d, inner, vocabulary = config["width"], config["inner"], config["vocabulary"]
        if d % config["heads"] or d % 2:
            raise SystemExit(f"The width {d} must be even and divisible by the number of heads, {config['heads']}.")
        self.width, self.pre, self.memory = d, config["layer_norm"] == "pre", config["memory"]
        self.embedding = torch.nn.Parameter(torch.empty(vocabulary, d))
        self.inject_w = torch.nn.Parameter(torch.empty(3 * d, d))
        self.inject_b = torch.nn.Parameter(torch.empty(3 * d))
        self.dec_attn = Attention(d, config["heads"])
        self.pos_ff = FeedForward(d, inner)
        self.out_bias = torch.nn.Parameter(torch.empty(vocabulary))
        self.mask_widths = {"embedded": d, "attention": d, "hidden": inner, "out": d}
        own = config["gain"] / math.sqrt(d)
        self.draw(
            {
                **{name: own for name in self.normalised},
                **{"embedding": 1 / math.sqrt(d), "inject_w": 1 / math.sqrt(d)},
                "pos_ff.ff2_net.weight": config["gain"] / math.sqrt(inner),
            }
        )

    def inject_own(self, batch):
        embedded = batch.drop(F.embedding(batch.tokens, self.embedding) * math.sqrt(self.width), "embedded")
        return F.linear(embedded, self.inject_w, self.inject_b)

    def inject(self, batch):
        own = self.inject_own(batch)
        return torch.cat([batch.memory["u"], own], 1) if batch.memory else own

    def initial_state(self, batch):
        return torch.zeros(*batch.tokens.shape, self.width, device=self.embedding.device)

    def f(self, batch, injection, z):
        norm = lambda x: F.layer_norm(x, (self.width,), eps=1e-5)
        seen = torch.cat([batch.memory["z"], z], 1) if batch.memory else z
        qkv = F.linear(norm(seen) if self.pre else seen, self.dec_attn.qkv_net.weight[:, :, 0]) + injection
        attended = self.dec_attn(qkv, position_embedding(seen.shape[1], self.width, z.device), z.shape[1])
        mixed = F.linear(attended, self.dec_attn.o_net.weight[:, :, 0], self.dec_attn.o_net.bias)
        y = norm(batch.drop(mixed, "attention") + z)
        hidden = F.relu(F.linear(y, self.pos_ff.ff1_net.weight, self.pos_ff.ff1_net.bias))
        fed = F.linear(batch.drop(hidden, "hidden"), self.pos_ff.ff2_net.weight, self.pos_ff.ff2_net.bias)
        out = batch.drop(fed, "out")
        return out + y if self.pre else norm(out + y)

    def outputs(self, batch, z):
        return F.linear(z, self.embedding, self.out_bias)

    def remember(self, batch, z):
        """The last positions of z and of the injection: keys and values of the next segment, without a gradient."""
        if self.memory == 0:
            return None
        now, before = {"z": z, "u": self.inject_own(batch).detach()}, batch.memory
        long = before is not None and self.memory > z.shape[1]
        joined = {name: torch.cat([before[name], x], 1) if long else x for name, x in now.items()}
        return {name: x[:, -self.memory :] for name, x in joined.items()}


def position_embedding(keys, width, device):
    """Sinusoids of the distances keys - 1 ... 0, [keys, width]."""
    distance = torch.arange(keys - 1, -1, -1, dtype=torch.float64)
    omega = 10000.0 ** (-torch.arange(width // 2, dtype=torch.float64) / (width // 2))
    angle = distance[:, None] * omega[None]
    return torch.cat([angle.sin(), angle.cos()], 1).to(device, torch.float32)


class Trellis(Language):
    """
    The DEQ-TrellisNet of Bai, Kolter, Koltun 2019, as in the first public locuslab/deq: z = [h, c] along features,
    gates from a causal convolution of h plus the injection, c'_t = sigmoid(f) c_(t-1) + sigmoid(i) tanh(g),
    h'_t = sigmoid(o) tanh(c'_t). The head, which is the embedding, reads the last `width` units of h.
    """

    normalised = ("full_conv.weight",)

    def __init__(self, config):
        super().__init__()
        width, hidden, kernel, vocabulary = (config[name] for name in ("width", "inner", "kernel", "vocabulary"))
        self.hidden, self.units, self.kernel, self.memory = hidden, hidden + width, kernel, config["memory"]
        self.embedding = torch.nn.Parameter(torch.empty(vocabulary, width))
        self.inject_conv = Bare((4 * self.units, width, kernel), 4 * self.units)
        self.full_conv = Bare((4 * self.units, self.units, kernel), 4 * self.units)
        self.out_bias = torch.nn.Parameter(torch.empty(vocabulary))
        self.mask_widths = {"embedded": width, "hidden": self.units, "output": width}
        self.draw(
            {
                "embedding": 1 / math.sqrt(width),
                "inject_conv.weight": math.sqrt(width) / math.sqrt(kernel * width),
                "full_conv.weight": config["gain"] / math.sqrt(kernel * self.units),
            }
        )

    def convolve(self, x, weight, before=None):
        """Causal convolution over positions, with zeros or `before`, repeated, in front."""
        front = torch.zeros_like(x[:, :1]) if before is None else before
        padded = torch.cat([front.expand(-1, self.kernel - 1, -1), x], 1)
        taps = [padded[:, tap : tap + x.shape[1]] for tap in range(self.kernel)]
        return F.linear(torch.cat(taps, 2), kernel_matrix(weight))

    def inject(self, batch):
        embedded = batch.drop(F.embedding(batch.tokens, self.embedding), "embedded")
        return self.convolve(embedded, self.inject_conv.weight) + self.inject_conv.bias + self.full_conv.bias

    def initial_state(self, batch):
        return torch.zeros(*batch.tokens.shape, 2 * self.units, device=self.embedding.device)

    def f(self, batch, injection, z):
        h, c = z.split(self.units, 2)
        first = torch.zeros_like(c[:, :1])
        before = None
        if batch.memory:
            before, first = batch.memory["z"][:, -1:].split(self.units, 2)
            before = batch.drop(before, "hidden")
        gates = self.convolve(batch.drop(h, "hidden"), self.full_conv.weight, before) + injection
        i, o, g, forget = gates.split(self.units, 2)
        inherited = torch.cat([first, c[:, :-1]], 1)
        cell = torch.sigmoid(forget) * inherited + torch.sigmoid(i) * torch.tanh(g)
        return torch.cat([torch.sigmoid(o) * torch.tanh(cell), cell], 2)

    def outputs(self, batch, z):
        read = z[..., self.hidden : self.units]
        return F.linear(batch.drop(read, "output"), self.embedding, self.out_bias)

    def remember(self, batch, z):
        return {"z": z[:, -1:]} if self.memory > 0 else None


class Tanh(Language):
    """
    f(z, x) = tanh(z W + x U + b). No token sees another one, so each is a sample of its own: z is
    [batch * length, width]. The head is the embedding.
    """

    def __init__(self, config):
        super().__init__()
        width = config["width"]
        self.embedding = torch.nn.Parameter(torch.empty(config["vocabulary"], width))
        self.input = Bare((width, width), width)
        self.state = Bare((width, width))
        fan_in = 1 / math.sqrt(width)
        self.draw({"embedding": 1.0, "input.weight": fan_in, "state.weight": config["gain"] * fan_in})

    def inject(self, batch):
        return F.embedding(batch.tokens.reshape(-1), self.embedding) @ self.input.weight + self.input.bias

    def initial_state(self, batch):
        return torch.zeros(batch.tokens.numel(), self.embedding.shape[1], device=self.embedding.device)

    def f(self, batch, injection, z):
        return torch.tanh(z @ self.state.weight + injection)

    def outputs(self, batch, z):
        return z @ self.embedding.T


def Model(config):
    return {"transformer": Transformer, "trellis": Trellis, "tanh": Tanh}[config["cell"]](config)


# ----------------------------------------------------------------------------------------------------------------------
# Texts
# ----------------------------------------------------------------------------------------------------------------------

UNKNOWN = "\ufffd"
WHITE = set("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") | {chr(c) for c in range(0x2000, 0x200B)}
LONGEST_PIECE = 64


class Tokenizer:
    """The page's tokenizers, by the JSON that its files carry: code points, UTF-8 bytes, or byte pairs merged."""

    def __init__(self, saved):
        self.saved = saved
        self.kind = saved["kind"]
        if self.kind == "char":
            self.characters = [UNKNOWN] + saved["characters"]
            self.ids = {character: i for i, character in enumerate(self.characters)}
            self.size = len(self.characters)
        else:
            self.tokens = [bytes([i]) for i in range(256)]
            self.merges = {}
            for left, right in saved.get("merges", []):
                self.merges[(left, right)] = len(self.tokens)
                self.tokens.append(self.tokens[left] + self.tokens[right])
            self.size = len(self.tokens)

    @staticmethod
    def train(kind, text, merges):
        """A tokenizer for text like this one; the same ids as the page's."""
        head = {"format": "deq-playground-tokenizer", "version": 1, "kind": kind}
        if kind == "char":
            return Tokenizer({**head, "characters": [c for c in dict.fromkeys(text) if c != UNKNOWN]})
        if kind == "bpe":
            return Tokenizer({**head, "merges": train_merges(text, merges)})
        return Tokenizer(head)

    def encode(self, text):
        if self.kind == "char":
            return [self.ids.get(character, 0) for character in text]
        if self.kind == "byte":
            return list(text.encode("utf-8"))
        known, ids = {}, []
        for piece in pieces(text):
            if piece not in known:
                known[piece] = self.merge(list(piece.encode("utf-8")))
            ids.extend(known[piece])
        return ids

    def merge(self, ids):
        """Neighbours merged, the earliest merge first and from the left."""
        while len(ids) > 1:
            found = min((self.merges.get(pair, math.inf), i) for i, pair in enumerate(zip(ids, ids[1:])))
            if found[0] == math.inf:
                break
            ids[found[1] : found[1] + 2] = [found[0]]
        return ids

    def decode(self, ids):
        if self.kind == "char":
            return "".join(self.characters[i] for i in ids)
        return b"".join(self.tokens[i] for i in ids).decode("utf-8", "replace")


def pieces(text):
    """Words, numbers, punctuation with the space before them, and other white space; merges never cross their ends."""

    def kind(character):
        category = unicodedata.category(character)
        return "space" if character in WHITE else category[0] if category[0] in "LN" else "other"

    at, end = 0, len(text)
    while at < end:
        short = next((s for s in ("'s", "'t", "'m", "'d", "'re", "'ve", "'ll") if text.startswith(s, at)), None)
        if short:
            yield short
            at += len(short)
            continue
        begin = at + 1 if text[at] == " " and at + 1 < end and kind(text[at + 1]) != "space" else at
        own, stop = kind(text[begin]), begin
        while stop < end and stop - begin < LONGEST_PIECE and kind(text[stop]) == own:
            stop += 1
        if own == "space" and stop < end and kind(text[stop]) != "space" and stop - begin > 1:
            # The last one goes with the word behind it.
            stop -= 1
        yield text[at:stop]
        at = stop


def train_merges(text, total):
    """Merges of the most frequent pair, of equal ones that with the lowest ids, while one occurs twice."""
    counts = {}
    for piece in pieces(text):
        counts[piece] = counts.get(piece, 0) + 1
    words = [(list(piece.encode("utf-8")), count) for piece, count in counts.items()]
    merges, pairs, where = [], {}, {}
    for at, (ids, count) in enumerate(words):
        for pair in zip(ids, ids[1:]):
            pairs[pair] = pairs.get(pair, 0) + count
            where.setdefault(pair, set()).add(at)
    while len(merges) < total and pairs:
        pair = min(pairs, key=lambda one: (-pairs[one], one))
        if pairs[pair] < 2:
            break
        for at in list(where[pair]):
            ids, count = words[at]
            for old in zip(ids, ids[1:]):
                pairs[old] -= count
            made, i = [], 0
            while i < len(ids):
                found = i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair
                made.append(256 + len(merges) if found else ids[i])
                i += 2 if found else 1
            words[at] = (made, count)
            for new in zip(made, made[1:]):
                pairs[new] = pairs.get(new, 0) + count
                where.setdefault(new, set()).add(at)
        merges.append(list(pair))
        pairs.pop(pair, None)
    return merges


def read_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read().replace("\r\n", "\n").replace("\r", "\n")


def add_example_arguments(parser):
    parser.add_argument("--text", help="another text than the page's input")


def example(args, metadata):
    """The page's text, each token predicting the next and the last one the first."""
    text = INPUT["text"] if args.text is None else args.text
    ids = Tokenizer(json.loads(metadata["tokenizer"])).encode(text)
    if not ids:
        raise SystemExit("The text is empty.")
    return Batch(torch.tensor([ids]), torch.tensor([ids[1:] + ids[:1]])), args.text is None


def add_training_arguments(parser):
    parser.add_argument("--text", required=True, metavar="FILE", help="a text in UTF-8 to learn from")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"rows (default {TASK['batch']})")
    parser.add_argument("--length", type=int, default=TASK["length"], help=f"tokens of a row (default {TASK['length']})")
    parser.add_argument("--memory", type=int, default=TASK["memory"], help=f"positions kept (default {TASK['memory']})")
    parser.add_argument("--dropout", type=float, default=TASK["dropout"], help=f"default {TASK['dropout']}")
    parser.add_argument("--tokenizer", choices=["keep", "char", "byte", "bpe"], help="keep: that of the weights file")
    parser.add_argument("--merges", type=int, default=TASK["merges"], help=f"of bpe (default {TASK['merges']})")
    for name in ("width", "inner", "heads", "kernel"):
        parser.add_argument("--" + name, type=int, help=f"default {MODEL.get(name, '-')}; another one begins anew")
    parser.add_argument("--layer-norm", choices=["pre", "post"])


class TextTask:
    """Each token of a window predicts the next one. Nine tenths are learnt from, the last tenth is held out."""

    def __init__(self, args, metadata):
        text = read_text(args.text)
        characters = list(text)
        kept = len(characters) - len(characters) // 10
        parts = "".join(characters[:kept]), "".join(characters[kept:])
        asked = {name: getattr(args, name) for name in ("width", "inner", "heads", "kernel", "layer_norm")}
        changes = {name: value for name, value in asked.items() if value is not None and name in MODEL}
        resized = any(value != MODEL[name] for name, value in changes.items())
        kind = args.tokenizer or ("keep" if not (args.fresh or resized) else TASK["tokenizer"])
        if kind == "keep" and "tokenizer" not in metadata:
            raise SystemExit("There is no weights file whose tokenizer could be kept. Say --tokenizer char, byte or bpe.")
        tokenizer = (
            Tokenizer(json.loads(metadata["tokenizer"]))
            if kind == "keep"
            else Tokenizer.train(kind, parts[0], args.merges)
        )
        self.learnt, self.kept_back = (torch.tensor(tokenizer.encode(part), dtype=torch.long) for part in parts)
        self.batch, self.length, self.dropout, self.device = args.batch, args.length, args.dropout, args.device
        if len(self.learnt) <= self.length:
            raise SystemExit(f"The text has {len(self.learnt)} tokens to learn from; a row needs {self.length + 1}.")
        memory = 0 if MODEL["cell"] == "tanh" else args.memory
        self.contiguous = memory > 0
        self.config = {**MODEL, **changes, "vocabulary": tokenizer.size, "memory": memory}
        self.widths = Model({**self.config, "vocabulary": 1}).mask_widths
        self.about = f"{len(self.learnt):,} tokens to learn from, {len(self.kept_back):,} held out, {tokenizer.size} ids"
        self.metadata = {"tokenizer": json.dumps(tokenizer.saved, ensure_ascii=False)}
        page = {"width": "cell.width", "inner": "cell.inner", "kernel": "cell.kernel", "layer_norm": "cell.layerNorm"}
        self.experiment = {page[name]: value for name, value in changes.items() if name in page}
        if "heads" in changes:
            self.experiment["cell.heads"] = str(changes["heads"])
        if tokenizer.kind != TASK["tokenizer"]:
            self.experiment["data.tokenizer"] = tokenizer.kind
        for name in ("batch", "length", "memory", "dropout"):
            if getattr(args, name) != TASK[name]:
                self.experiment["train." + name] = getattr(args, name)

    def fits(self, config):
        """Whether weights of that shape fit what is asked for: none of them depends on the memory or the gain."""
        free = {"memory": 0, "gain": 0}
        return {**config, **free} == {**self.config, **free}

    def rows(self, ids, starts):
        at = (torch.tensor(starts)[:, None] + torch.arange(self.length + 1)[None]) % len(ids)
        read = ids[at]
        return read[:, :-1], read[:, 1:]

    def batch_at(self, step, carried=None):
        count = len(self.learnt)
        if self.contiguous:
            starts = [row * count // self.batch + step * self.length for row in range(self.batch)]
        else:
            starts = torch.randint(count - self.length, (self.batch,)).tolist()
        return Batch(*self.rows(self.learnt, starts), carried if self.contiguous else None, self.masks()).to(self.device)

    def masks(self):
        if self.dropout == 0:
            return None
        keep = 1 - self.dropout
        draw = lambda width: (torch.rand(self.batch, 1, width) < keep).float() / keep
        return {name: draw(width) for name, width in self.widths.items()} or None

    def held_out(self):
        """Up to four batches of windows that are spread over the held-out part, the same every time."""
        readable = len(self.kept_back) - 1
        windows = readable // self.length
        if windows < 1:
            return
        batches = min(4, max(1, windows // self.batch))
        used = min(windows, batches * self.batch)
        for index in range(batches):
            starts = [(index * self.batch + row) % used * readable // used for row in range(self.batch)]
            yield Batch(*self.rows(self.kept_back, starts)).to(self.device)


def open_task(args, metadata):
    return TextTask(args, metadata)
