"""Which recordings are one workout: every possible pair is compared, then the surest are joined first."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from homestretch.merge.evidence import contained, length_ratio, overlap, shared_ms
from homestretch.merge.features import Features
from homestretch.merge.rules import (
    FURTHEST_MS,
    LONGEST_MS,
    ONE,
    QUARTER_MS,
    SHIFT_LENGTH,
    SHIFT_SLACK_MS,
    Match,
    Verdict,
    compare,
)

#: Goes up with every change of what `features`, `compare` or `match` return.
VERSION = 6
#: The rule by which pieces that a person put together are one workout.
CHAIN = "said_pieces"
#: The rule by which something that is known by its day alone may join.
BY_DAY = "same_day_and_figures"
#: Parts that make up less of the whole than this are a question: the whole may be something else that ran along.
PARTS_COVER, LEGS_COVER = 0.5, 0.9
#: How likely it is that what fits by itself is one workout, where what else there is speaks against it.
UNSURE = 0.5

#: How far apart the starts may be of what does not overlap and may be one workout: a day's noon and any of its hours.
WINDOW_MS = 2 * FURTHEST_MS

type Duo = frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A person's answers about pairs of recordings, by their keys: one workout, or not."""

    joined: frozenset[Duo] = frozenset()
    apart: frozenset[Duo] = frozenset()


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recordings (the one that began first is `a`), and what they are to each other."""

    a: str
    b: str
    match: Match


@dataclass(frozen=True, slots=True)
class Matched:
    """Which recordings are one workout: `groups` of keys, sorted, with every recording in one.

    `parts` lie within another recording of their group, `shifted` have a clock in a wrong zone. `legs` are recordings
    that together make up another one, by its key. `chains` are pieces of one workout, one after the other, as a person
    answered. `pairs` are all that are not distinct.
    """

    groups: list[list[str]]
    pairs: list[Pair]
    parts: frozenset[str] = frozenset()
    shifted: frozenset[str] = frozenset()
    legs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chains: tuple[Duo, ...] = ()


def match(found: Iterable[Features], said: Said = NOTHING_SAID) -> Matched:
    """Return which recordings are one workout; their order does not matter.

    The surest pairs join first; no join puts two sessions of one file together, or what a person keeps apart.
    """
    ordered = sorted(found, key=lambda f: (f.start_ms, f.key))
    by_key = {f.key: f for f in ordered}
    pairs = list(_judged(ordered, by_key, said, _replaced(ordered)))
    sets = _Sets(ordered, said.apart)
    chains = tuple(frozenset((pair.a, pair.b)) for pair in pairs if pair.match.rule == CHAIN)
    joining = sorted((p for p in pairs if p.match.verdict in ONE), key=lambda p: _doubt(p, by_key))
    for pair in joining:
        if pair.match.rule != BY_DAY:
            sets.join(pair.a, pair.b)
    _join_rows([pair for pair in joining if pair.match.rule == BY_DAY], by_key, sets)
    pairs = [_asked(pair, sets) for pair in pairs if sets.together(pair.a, pair.b) or not _of_row(pair, by_key)]
    legs, parts, pairs = _parts(pairs, by_key, sets)
    groups = sorted(sorted(members) for members in sets.all())
    pairs.sort(key=lambda pair: (pair.a, pair.b))
    return Matched(groups, pairs, parts, _shifted(pairs, by_key), legs, chains)


def related(changed: Collection[str], found: Iterable[Features]) -> set[str]:
    """Return the keys of those found that the rules relate to one of the changed, without the changed."""
    ordered = sorted(found, key=lambda f: (f.start_ms, f.key))
    keys: set[str] = set()
    for i, j in _candidates(ordered):
        a, b = ordered[i], ordered[j]
        if (a.key in changed) == (b.key in changed):
            continue
        other = b.key if a.key in changed else a.key
        if other not in keys and compare(a, b).verdict is not Verdict.DISTINCT:
            keys.add(other)
    return keys


def _replaced(ordered: Sequence[Features]) -> frozenset[str]:
    """Return the rows of lists, by key, of which the file is there: they belong to it, and to nothing by likeness."""
    names = {name for one in ordered if not one.listed for name in one.keys}
    return frozenset(one.key for one in ordered if one.listed and names & set(one.keys))


def _of_row(pair: Pair, by_key: Mapping[str, Features]) -> bool:
    """Return whether a pair is a row of a list and its file: of a file of many sessions the row belongs to one."""
    return pair.match.rule == "same_key" and (by_key[pair.a].listed or by_key[pair.b].listed)


def _judged(
    ordered: Sequence[Features], by_key: Mapping[str, Features], said: Said, replaced: frozenset[str]
) -> Iterator[Pair]:
    """Yield every pair that is not distinct; a person's word is over all rules."""
    for i, j in sorted(set(_candidates(ordered))):
        a, b = ordered[i], ordered[j]
        pair = frozenset((a.key, b.key))
        if pair in said.joined or pair in said.apart:
            continue
        found = compare(a, b)
        alike = found.rule != "same_key" and (a.key in replaced or b.key in replaced)
        if found.verdict is not Verdict.DISTINCT and not alike:
            yield Pair(a.key, b.key, found)
    for pair in said.joined:
        if pair <= by_key.keys():
            first, second = sorted((by_key[key] for key in pair), key=lambda f: (f.start_ms, f.key))
            yield Pair(first.key, second.key, _said(first, second))


def _said(first: Features, second: Features) -> Match:
    """Return what two are that a person put together: one, or pieces of one where they do not run side by side."""
    found = compare(first, second)
    if found.verdict in ONE or found.verdict is Verdict.PART_OF:
        return replace(found, verdict=Verdict.DUPLICATE, rule="said", score=1.0)
    beside = contained(first, second) >= 0.5 or found.rule == "wrong_zone_perhaps"
    if beside or first.date_only or second.date_only or not (first.samples and second.samples):
        return Match(Verdict.DUPLICATE, "said", 1.0, 0, found.details)
    return Match(Verdict.PART_OF, CHAIN, 1.0, 0, found.details)


def _candidates(ordered: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that any rule could join: at one time, quarters of an hour apart, of one day, of one identity."""
    running: list[int] = []
    lately: deque[int] = deque()
    known: dict[str, list[int]] = defaultdict(list)
    for j, b in enumerate(ordered):
        running = [i for i in running if last_ms(ordered[i].start_ms, ordered[i].end_ms) >= b.start_ms]
        yield from ((i, j) for i in running)
        running.append(j)
        while lately and b.start_ms - ordered[lately[0]].start_ms > WINDOW_MS:
            lately.popleft()
        yield from ((i, j) for i in lately if may_match(ordered[i], b))
        lately.append(j)
        for name in (b.file_key, *b.keys):
            if name is not None:
                known[name].append(j)
    for same in known.values():
        yield from combinations(same, 2)


def last_ms(start_ms: int, end_ms: int) -> int:
    """Return until when a recording is compared with what begins while it runs."""
    return min(end_ms, start_ms + LONGEST_MS)


def may_match(a: Features, b: Features) -> bool:
    """Return whether two recordings that need not overlap may be one workout: a day's own, or by a wrong zone."""
    if a.date_only or b.date_only:
        return a.day == b.day
    ds = abs(b.start_ms - a.start_ms)
    off = min(ds % QUARTER_MS, -ds % QUARTER_MS)
    return off <= SHIFT_SLACK_MS and ds <= FURTHEST_MS + SHIFT_SLACK_MS and length_ratio(a, b) >= SHIFT_LENGTH


def _doubt(pair: Pair, by_key: Mapping[str, Features]) -> tuple[int, float, str, str]:
    """Return how a pair sorts: a person's answers, then identities, then those that overlap most; keys settle ties."""
    a, b = by_key[pair.a], by_key[pair.b]
    sure = {"said": 0, "same_file": 1, "same_identity": 1, "same_key": 1, BY_DAY: 3}
    low, high = sorted((pair.a, pair.b))
    return sure.get(pair.match.rule, 2), -overlap(a, b), low, high


def _join_rows(pairs: Sequence[Pair], by_key: Mapping[str, Features], sets: "_Sets") -> None:
    """Put what is known by its day to the one workout that it fits; where it fits several that stays a question."""
    fits: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        row, other = (pair.a, pair.b) if by_key[pair.a].date_only else (pair.b, pair.a)
        fits[sets.leader(row)][sets.leader(other)] = row
    for row, others in fits.items():
        if len(others) == 1:
            sets.join(next(iter(others)), row)


def _asked(pair: Pair, sets: "_Sets") -> Pair:
    """Return the pair, as a question where it was to be one and another took the place."""
    if pair.match.verdict not in ONE or sets.together(pair.a, pair.b):
        return pair
    return replace(pair, match=replace(pair.match, verdict=Verdict.REVIEW, rule="another_fits_too", score=UNSURE))


def _parts(
    pairs: Sequence[Pair], by_key: Mapping[str, Features], sets: "_Sets"
) -> tuple[dict[str, frozenset[str]], frozenset[str], list[Pair]]:
    """Put parts to their wholes where they make up enough of them; return legs by whole, the parts, and the pairs."""
    of: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
    for pair in pairs:
        if pair.match.verdict is Verdict.PART_OF and pair.match.rule != CHAIN:
            shorter, longer = sorted((pair.a, pair.b), key=lambda key: (by_key[key].elapsed_s, key))
            of[longer].append((shorter, pair))
    legs: dict[str, frozenset[str]] = {}
    parts: set[str] = set()
    doubtful: set[tuple[str, str]] = set()
    for whole in sorted(of, key=lambda key: (-by_key[key].elapsed_s, key)):
        within = sorted(part for part, _ in of[whole])
        cover = _cover(by_key[whole], [by_key[part] for part in within])
        apart = len({sets.leader(part) for part in within}) > 1
        if cover >= LEGS_COVER and apart and any(pair.match.rule == "leg" for _, pair in of[whole]):
            legs[whole] = frozenset(within)
        elif cover >= PARTS_COVER:
            parts |= {part for part in within if sets.join(whole, part)}
        else:
            doubtful |= {(pair.a, pair.b) for _, pair in of[whole]}
    asked = [
        replace(p, match=replace(p.match, verdict=Verdict.REVIEW, rule="small_part", score=UNSURE))
        if (p.a, p.b) in doubtful
        else p
        for p in pairs
    ]
    return legs, frozenset(parts), asked


def _cover(whole: Features, parts: Sequence[Features]) -> float:
    """Return the share of a whole's recorded time that its parts cover together."""
    covered: list[tuple[int, int]] = []
    for begin, end in sorted(span for part in parts for span in part.spans):
        reached = covered[-1][1] if covered else begin
        covered.append((max(begin, reached), max(end, reached)))
    length = 1000 * whole.recorded_s
    return shared_ms(tuple(covered), whole.spans) / length if length else 0.0


def _shifted(pairs: Sequence[Pair], by_key: Mapping[str, Features]) -> frozenset[str]:
    """Return whose clocks are not to be believed: of a pair, that of the format that leaves the zone to its writer."""
    found = set()
    for pair in pairs:
        if pair.match.shift_s:
            a, b = by_key[pair.a], by_key[pair.b]
            found.add(max((a, b), key=lambda f: (_clock(f), f.key)).key)
    return frozenset(found)


def _clock(one: Features) -> tuple[int, bool]:
    """Return how a clock sorts, the most trustworthy first: UTC by definition, with a zone, without one."""
    order = ("fit", "tcx", "gpx")
    return order.index(one.format) if one.format in order else len(order), one.offset_s is None


class _Sets:
    """Disjoint sets of recordings by key, each with the files that it has a session of."""

    def __init__(self, ordered: Sequence[Features], apart: frozenset[Duo]) -> None:
        self._leader = {f.key: f.key for f in ordered}
        self._members = {f.key: [f.key] for f in ordered}
        self._sessions = {f.key: {f.digest: {f.session}} for f in ordered}
        self._typed = {f.key: {f.format: 1} if f.date_only else {} for f in ordered}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in (sorted(pair) for pair in apart if len(pair) == 2):
            self._apart[one].add(other)
            self._apart[other].add(one)

    def leader(self, key: str) -> str:
        """Return the key that names a recording's set."""
        return self._leader[key]

    def together(self, one: str, other: str) -> bool:
        """Return whether two recordings are in one set."""
        return self._leader[one] == self._leader[other]

    def join(self, one: str, other: str) -> bool:
        """Make two sets one, unless something forbids it; return whether they are one now."""
        a, b = self._leader[one], self._leader[other]
        if a == b:
            return True
        if self._forbidden(a, b):
            return False
        for member in self._members[b]:
            self._leader[member] = a
        self._members[a] += self._members.pop(b)
        self._sessions[a] |= self._sessions.pop(b)
        self._typed[a] |= self._typed.pop(b)
        return True

    def _forbidden(self, a: str, b: str) -> bool:
        """Return whether a join puts two sessions of a file together, two rows of a day's list, or what is apart."""
        sessions = any(self._sessions[a].get(digest, own) != own for digest, own in self._sessions[b].items())
        typed = self._typed[a].keys() & self._typed[b].keys()
        others = set(self._members[b])
        return sessions or bool(typed) or any(self._apart[member] & others for member in self._members[a])

    def all(self) -> Iterable[list[str]]:
        """Return the members of every set."""
        return self._members.values()
