import {
  classes,
  keptBytes,
  longestName,
  longestNeedle,
  mostNeedles,
  mostNodes,
  mostSlots,
  name,
  needle,
  node,
  places,
  slot,
} from './layout.ts';

/** A wanted field or an object that holds some: a place in the tree of their names. */
export interface Wanted {
  readonly name: string;
  readonly slot: number;
  readonly inside: Wanted[];
}

/** Whether the program can search these; the rest is searched without it. */
export function canSearch(needles: readonly string[]): boolean {
  const isFit = (text: string) => text.length >= 2 && text.length <= longestNeedle && /^[!-~ ]*$/.test(text);
  return needles.length > 0 && needles.length <= mostNeedles && needles.every(isFit);
}

/** The tree of paths like `message.usage.input_tokens`. Slots are numbered as the paths are, objects on the way after them. */
export function wantedTree(paths: readonly string[]): { readonly roots: Wanted[]; readonly slots: number } {
  const roots: Wanted[] = [];
  let slots = paths.length;
  for (const [index, path] of paths.entries()) {
    let level = roots;
    const names = path.split('.');
    for (const [depth, each] of names.entries()) {
      const isLast = depth === names.length - 1;
      let one = level.find((other) => other.name === each);
      if (one === undefined) {
        one = { name: each, slot: isLast ? index : slots++, inside: [] };
        level.push(one);
      } else if (isLast) throw new RangeError(`"${path}" is named twice, or before what it holds`);
      level = one.inside;
    }
  }
  return { roots, slots };
}

export function writeNeedles(memory: DataView, needles: readonly string[]): void {
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0, places.needleTables, places.needleCount);
  for (const [index, text] of needles.entries()) {
    const at = places.needles + index * needle.size;
    const probe = probeOf(text);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      memory.setUint8(at + i, code);
      memory.setUint8(at + needle.mask + i, 255);
      if (i !== probe && i !== probe + 1) continue;
      for (const [table, half] of [code & 15, code >> 4].entries()) {
        const entry = places.needleTables + ((i - probe) * 2 + table) * 16 + half;
        memory.setUint8(entry, memory.getUint8(entry) | (1 << index));
      }
    }
    memory.setInt32(at + needle.length, text.length, true);
    memory.setInt32(at + needle.probe, probe, true);
  }
  memory.setInt32(places.needleCount, needles.length, true);
}

/** Inside of texts quotes are escaped, so that a needle's last letter with its quote is rarer than its beginning. */
function probeOf(text: string): number {
  return text.endsWith('"') ? text.length - 2 : 0;
}

/** What stays the same whatever is searched. */
export function writeClasses(memory: DataView): void {
  for (const letter of '"\\/bfnrt') mark(letter, classes.escape);
  for (const letter of '0123456789abcdefABCDEF') mark(letter, classes.hex);
  for (let i = 0; i < 32; i++) memory.setUint8(places.masks + i, 255);

  function mark(letter: string, kind: number): void {
    const at = places.classes + letter.charCodeAt(0);
    memory.setUint8(at, memory.getUint8(at) | kind);
  }
}

export function writeWanted(memory: DataView, roots: readonly Wanted[], slots: number): void {
  if (slots > mostSlots) throw new RangeError('more fields are wanted than there are slots');
  new Uint8Array(memory.buffer).fill(0, places.slots, places.block);
  for (let index = 0; index < slots; index++) {
    const at = places.slots + index * slot.size;
    memory.setInt32(at + slot.kept, places.kept + index * keptBytes, true);
    memory.setInt32(at + slot.keptLength, -1, true);
  }
  let [nodes, names] = [0, 0];
  writeNode(roots);

  function writeNode(wanted: readonly Wanted[]): number {
    if (nodes === mostNodes) throw new RangeError('the wanted fields lie in too many objects');
    const at = places.nodes + nodes++ * node.size;
    for (const each of wanted) {
      if (each.name.length > longestName) throw new RangeError(`the name "${each.name}" is too long`);
      const entry = places.names + names++ * name.size;
      const chain = at + chainOf(each.name) * 4;
      memory.setInt32(entry + name.next, memory.getInt32(chain, true), true);
      memory.setInt32(entry + name.length, each.name.length, true);
      memory.setInt32(entry + name.slot, places.slots + each.slot * slot.size, true);
      for (let i = 0; i < each.name.length; i++)
        memory.setUint8(entry + name.bytes + i, each.name.charCodeAt(i));
      memory.setInt32(chain, entry, true);
      memory.setInt32(entry + name.node, each.inside.length === 0 ? 0 : writeNode(each.inside), true);
    }
    return at;
  }
}

function chainOf(text: string): number {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return (first * 7 + last + text.length * 3) & (node.chains - 1);
}
