import { byteLowercase } from '../fetch/byte.ts';

/**
 * The order in which Chromium's CORS check goes through the headers of a request that was never sent: it names the first
 * one that the preflight response does not allow. Blink hands the headers on in the order of their hash table. DevTools
 * shows that table after `Referer` was put into it, which can have made it larger and its order another.
 *
 * Exact for fetch(). Of an XMLHttpRequest the order of the script's calls is not known: where names collide, and `Referer`
 * made the table larger, this is a guess.
 *
 * @param shown names in the order of DevTools: of `devtools.network`, or of `Network.requestWillBeSent`
 * @param initiator `_resourceType` of the HAR entry
 * @returns the same names without `Referer`
 */
export function blinkHeaderOrder(shown: readonly string[], initiator: 'fetch' | 'xhr'): readonly string[] {
  const withoutReferer = shown.filter((name) => byteLowercase(name) !== 'referer');
  if (shown.length > sizeLimit) return withoutReferer;

  const keys = shown.map(keyOf);
  const referer = keys.filter(({ lowercase }) => lowercase === 'referer');
  // Some client hints a script can set as well: the order that is shown tells who did.
  for (const isAdded of [isAddedByBlinkAlone, isAddedByBlink]) {
    const script = keys.filter((key) => !isAdded(key) && !referer.includes(key));
    const inserted = [
      // fetch() keeps its list sorted. For the script's order in an XMLHttpRequest, the one that is shown is the best guess.
      ...(initiator === 'fetch' ? script.sort((a, b) => (a.lowercase < b.lowercase ? -1 : 1)) : script),
      ...keys.filter(isAdded).sort((a, b) => a.added - b.added),
    ];
    const inDevTools = asJsonObject(tableOrder([...inserted, ...referer]));
    if (inDevTools.every((name, index) => name === shown[index])) return tableOrder(inserted).map(({ name }) => name);
  }
  // Of a version that hashes in another way, what it shows says more.
  return withoutReferer;
}

const isAddedByBlink = ({ added }: Key): boolean => added !== -1;
const isAddedByBlinkAlone = (key: Key): boolean => isAddedByBlink(key) && /^(sec-|user-agent$)/.test(key.lowercase);

/**
 * The order for a fetch() of which nothing but its preflight is known: exact unless the script also set safelisted headers.
 *
 * @param asked byte-lowercase names from `Access-Control-Request-Headers`
 * @param isTrustworthy whether the URL is potentially trustworthy: only then Blink adds client hints
 */
export function expectedBlinkHeaderOrder(asked: readonly string[], isTrustworthy: boolean): readonly string[] {
  if (asked.length > sizeLimit) return asked;
  const added = isTrustworthy ? ['sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform', 'user-agent'] : ['user-agent'];
  return tableOrder([...[...asked].sort(), ...added].map(keyOf)).map(({ name }) => name);
}

/** Names that a page chooses to collide take quadratic time. No server takes so many. */
const sizeLimit = 256;

/**
 * What Blink adds to the script's headers, in this order: client hints, then `User-Agent`.
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/blink/renderer/core/loader/frame_fetch_context.cc
 */
const addedByBlink: readonly string[] = [
  'device-memory', 'sec-ch-device-memory', 'rtt', 'downlink', 'ect',
  'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-arch', 'sec-ch-ua-platform', 'sec-ch-ua-platform-version', 'sec-ch-ua-model',
  'sec-ch-ua-full-version', 'sec-ch-ua-full-version-list', 'sec-ch-ua-bitness', 'sec-ch-ua-wow64', 'sec-ch-ua-form-factors',
  'save-data', 'sec-ch-prefers-reduced-transparency', 'sec-ch-prefers-reduced-motion', 'sec-ch-prefers-color-scheme',
  'dpr', 'sec-ch-dpr', 'viewport-width', 'sec-ch-viewport-width', 'sec-ch-viewport-height',
  'user-agent',
];

interface Key {
  readonly name: string;
  readonly lowercase: string;
  readonly hash: number;
  /** Its place among those that Blink adds; -1: a script set it. */
  readonly added: number;
}

function keyOf(name: string): Key {
  const lowercase = byteLowercase(name);
  return { name, lowercase, hash: hashOf(lowercase), added: addedByBlink.indexOf(lowercase) };
}

/** DevTools is told of headers as a JSON object: names that are whole numbers come first. */
const asJsonObject = (keys: readonly Key[]): readonly string[] => Object.keys(Object.fromEntries(keys.map(({ name }) => [name, true])));

/**
 * The keys in the order of the hash table that they are put into, one after the other.
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/blink/renderer/platform/wtf/hash_table.h
 */
function tableOrder(keys: readonly Key[]): readonly Key[] {
  let table = emptyTable(8);
  for (const [index, key] of keys.entries()) {
    put(table, key);
    // Half full: it doubles.
    if ((index + 1) * 2 < table.length) continue;
    const larger = emptyTable(table.length * 2);
    for (const slot of table) if (slot) put(larger, slot);
    table = larger;
  }
  return table.filter((slot) => slot !== null);
}

const emptyTable = (size: number): (Key | null)[] => new Array<Key | null>(size).fill(null);

/** Triangular probing: from a slot that is taken to the next, from there two further, then three. */
function put(table: (Key | null)[], key: Key): void {
  let index = key.hash % table.length;
  for (let step = 1; table[index]; step++) index = (index + step) % table.length;
  table[index] = key;
}

const seed = 0xbdd89aa982704029n;
const secret = [0x2d358dccaa6c78a5n, 0x8bb84b93962eacc9n, 0x4b33a62ed433d4a3n] as const;
const low64 = (1n << 64n) - 1n;

/** Multiplies to 128 bits and folds the halves into each other. */
function mix(a: bigint, b: bigint): bigint {
  const product = a * b;
  return (product & low64) ^ (product >> 64n);
}

/**
 * The low bits of rapidhash over the name's UTF-16 code units.
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/blink/renderer/platform/wtf/text/case_folding_hash.h
 * https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/rapidhash/rapidhash.h
 *
 * @param name byte-lowercase
 */
function hashOf(name: string): number {
  const [s0, s1, s2] = secret;
  const units = name.length;
  const bytes = BigInt(units * 2);
  const read16 = (at: number): bigint => BigInt(name.charCodeAt(at) || 0);
  const read32 = (at: number): bigint => read16(at) | read16(at + 1) << 16n;
  const read64 = (at: number): bigint => read32(at) | read32(at + 2) << 32n;

  let state = seed ^ mix(seed ^ s0, s1) ^ bytes;
  let a: bigint;
  let b: bigint;
  if (units < 2) {
    a = read16(0);
    b = 0n;
  } else if (units <= 8) {
    const inner = units >= 4 ? 2 : 0;
    a = read32(0) << 32n | read32(units - 2);
    b = read32(inner) << 32n | read32(units - 2 - inner);
  } else {
    let at = 0;
    if (units > 24) {
      let state1 = state;
      let state2 = state;
      for (; units - at >= 24; at += 24) {
        state = mix(read64(at) ^ s0, read64(at + 4) ^ state);
        state1 = mix(read64(at + 8) ^ s1, read64(at + 12) ^ state1);
        state2 = mix(read64(at + 16) ^ s2, read64(at + 20) ^ state2);
      }
      state ^= state1 ^ state2;
    }
    if (units - at > 8) state = mix(read64(at) ^ s2, read64(at + 4) ^ state ^ s1);
    if (units - at > 16) state = mix(read64(at + 8) ^ s2, read64(at + 12) ^ state);
    a = read64(units - 8);
    b = read64(units - 4);
  }
  const product = (a ^ s1) * (b ^ state);
  return Number(mix((product & low64) ^ s0 ^ bytes, (product >> 64n) ^ s1) & 0xffffffn);
}
