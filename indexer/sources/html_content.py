"""Which blocks of a page are what it is about: pure over the blocks, given the text that an extractor found.

The extractor tells where the content is, never what it is: extractors drop short lines, which may be the names of
speakers, and paragraphs that repeat. All blocks of the smallest element around what it found are content, less the
islands in it (menus, advertisements, buttons to share) that their tags and classes tell. Where sentences stand beside
that element, the next larger one is taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.sources.html_boxes import Block, Box
    from indexer.sources.html_tree import Tree

_ISLAND_TAGS = frozenset({"nav", "aside", "footer", "menu", "form", "dialog", "search"})
_ISLANDS = (
    "nav navbar navigation menu submenu breadcrumb breadcrumbs sidebar footer masthead ad ads advert advertisement"
    " adsense dfp sponsor sponsored promo promobox pitch share sharing sharebar social related recommended recommend"
    " recirc newsletter subscribe subscription signup cookie cookies consent gdpr comments disqus pagination pager"
    " popup modal overlay toolbar banner copyright complementary contentinfo search dialog tablist login"
)
_ISLAND_WORDS = frozenset(_ISLANDS.split())
_MOST_OF_THE_PROSE = 0.25
_MANY = 8
_COVER = 0.9
_BESIDE = 0.05
_SHORTEST_PROSE = 25
_SENTENCE = re.compile(r"[.!?。！？;；:：…][\"”’」』)）]*$|[。！？]|[.!?]\s")
_FEWEST_LINKS = 3
_MOST_STEPS = 20_000_000  # A page of many blocks, each a thousand elements deep, is taken as it is.
_ENDS = 400  # Where a sentence shows: in the first or the last of so many characters.


def content_blocks(tree: Tree, extracted: str) -> frozenset[int]:
    """Return the places in `tree.blocks` of the content of the page.

    `extracted` is the text that an extractor takes for it; without any, the whole page is searched.
    """
    folded = _shows_little(tree)
    prose = [_prose(block) for block in tree.blocks]
    off = [_is_off(tree, block, folded=folded) for block in tree.blocks]
    if _depths(tree) > _MOST_STEPS:
        return frozenset(at for at in range(len(tree.blocks)) if not off[at])
    islands = _island_boxes(tree, prose)
    chains = [_chain(tree.boxes, block.box) for block in tree.blocks]
    for at, chain in enumerate(chains):
        off[at] = off[at] or any(number in islands for number in chain)
    found = {"".join(line.split()) for line in extracted.splitlines()}
    inked = ["".join(block.text.split()) for block in tree.blocks]
    hits = [0 if off[at] or not ink or ink not in found else len(ink) for at, ink in enumerate(inked)]
    root = _smallest(chains, hits if sum(hits) else [0 if off[at] else len(ink) for at, ink in enumerate(inked)])
    root = _grown(tree.boxes, root, chains, [0 if off[at] else prose[at] for at in range(len(prose))])
    inside = {at for at, chain in enumerate(chains) if root in chain and not off[at]}
    inside -= _lists_of_links(tree.blocks, inside)
    return frozenset(inside | _title(tree, inside))


def _depths(tree: Tree) -> int:
    """Return how many elements stand around the blocks, all taken together."""
    depths: list[int] = []
    for box in tree.boxes:
        depths.append(1 if box.parent is None else depths[box.parent] + 1)
    return sum(depths[block.box] for block in tree.blocks)


def _prose(block: Block) -> int:
    """Return how many characters of sentences a block has."""
    if block.linked or block.control or len(block.text) < _SHORTEST_PROSE:
        return 0
    is_prose = _SENTENCE.search(block.text[-_ENDS:]) or _SENTENCE.search(block.text[:_ENDS])
    return len(block.text) if is_prose else 0


def _shows_little(tree: Tree) -> bool:
    """Whether the page hides most of its text: then it unfolds at a click, and the text is its content."""
    hidden = sum(_prose(block) for block in tree.blocks if tree.boxes[block.box].hidden)
    return 2 * hidden > sum(_prose(block) for block in tree.blocks)


def _is_off(tree: Tree, block: Block, *, folded: bool) -> bool:
    return block.control or (tree.boxes[block.box].hidden and not folded)


def _chain(boxes: Sequence[Box], number: int) -> tuple[int, ...]:
    chain = [number]
    while (parent := boxes[chain[-1]].parent) is not None:
        chain.append(parent)
    return tuple(chain)


def _island_boxes(tree: Tree, prose: Sequence[int]) -> frozenset[int]:
    """Return the elements that are islands by their tag or class.

    A mark is not believed that would take a good part of the sentences of the page away ("has-sidebar" on its
    body), or that stands again and again on what is no link ("aside" around the name of each speaker).
    """
    marked: defaultdict[str, list[int]] = defaultdict(list)
    for box in tree.boxes:
        for mark in box.words & _ISLAND_WORDS:
            marked[mark].append(box.number)
        if box.tag in _ISLAND_TAGS:
            marked[f"<{box.tag}>"].append(box.number)
    carriers = {number for numbers in marked.values() for number in numbers}
    blocks_in: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(tree.blocks):
        for number in carriers.intersection(_chain(tree.boxes, block.box)):
            blocks_in[number].append(at)
    total = sum(prose)
    islands: set[int] = set()
    for numbers in marked.values():
        inside = {at for number in numbers for at in blocks_in[number]}
        if sum(prose[at] for at in inside) > _MOST_OF_THE_PROSE * total:
            continue
        if not _are_labels([blocks_in[number] for number in numbers], tree.blocks, prose):
            islands.update(numbers)
    return frozenset(islands)


def _are_labels(groups: Sequence[Sequence[int]], blocks: Sequence[Block], prose: Sequence[int]) -> bool:
    """Whether groups of blocks are many, say different things, are no links, and stand right above sentences."""
    labels = [
        tuple(blocks[at].text for at in group)
        for group in groups
        if group and not all(blocks[at].linked for at in group) and any(prose[group[-1] + 1 : group[-1] + 2])
    ]
    return len(labels) >= _MANY and len(set(labels)) > 1


def _smallest(chains: Sequence[tuple[int, ...]], weights: Sequence[int]) -> int:
    """Return the smallest element that covers nearly all of the weight."""
    covered: Counter[int] = Counter()
    for chain, weight in zip(chains, weights, strict=True):
        if weight:
            for number in chain:
                covered[number] += weight
    total = sum(weights)
    wide = [number for number, weight in covered.items() if weight >= _COVER * total]
    return max(wide, default=0)  # Elements are numbered from the outside in, and those that qualify are nested.


def _grown(boxes: Sequence[Box], root: int, chains: Sequence[tuple[int, ...]], prose: Sequence[int]) -> int:
    """Return the element, or one around it when sentences stand beside it that are no small part of all."""
    held: Counter[int] = Counter()
    for chain, characters in zip(chains, prose, strict=True):
        for number in chain:
            held[number] += characters
    best = root
    for around in _chain(boxes, root)[1:]:
        if held[around] - held[best] > _BESIDE * held[around]:
            best = around
    return best


def _lists_of_links(blocks: Sequence[Block], inside: set[int]) -> set[int]:
    """Return the blocks of runs of links, which are menus whatever their class is."""
    runs: set[int] = set()
    run: list[int] = []
    for at in sorted(inside):
        if blocks[at].linked and not _SENTENCE.search(blocks[at].text):
            run.append(at)
            continue
        runs.update(run if len(run) >= _FEWEST_LINKS else ())
        run = []
    runs.update(run if len(run) >= _FEWEST_LINKS else ())
    return runs


def _title(tree: Tree, inside: set[int]) -> set[int]:
    """Return the heading of the page when it stands above the content: its nearest first-level heading, no logo."""
    headings = {at for at, block in enumerate(tree.blocks) if _is_title(tree, block)}
    above = {at for at in headings if at < min(inside, default=0)}
    return set() if headings & inside else set(sorted(above)[-1:])


def _is_title(tree: Tree, block: Block) -> bool:
    if block.linked or block.control or not block.heading or tree.boxes[block.box].hidden:
        return False
    return any(tree.boxes[number].tag == "h1" for number in _chain(tree.boxes, block.box))
