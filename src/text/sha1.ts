const encoder = new TextEncoder()

/**
 * The SHA-1 digest of a text in UTF-8, in hexadecimal (FIPS 180-4, 6.1). The AWS CLI names its files by it; nothing is kept
 * safe by it. `node:crypto` would take longer to load than all the rest of a command that looks for one file.
 */
export function digestSha1(text: string): string {
  const words = pad(encoder.encode(text))
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const schedule = new Int32Array(80)
  for (let block = 0; block < words.length; block += 16)
    addBlock(state, schedule, words.subarray(block, block + 16))
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** As big-endian words: the bytes, a bit, and the length in bits at the end of the last block of 64 bytes. */
function pad(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(16 * Math.ceil((bytes.length + 9) / 64))
  const add = (at: number, byte: number) => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - 8 * (at & 3)))
  }
  bytes.forEach((byte, at) => {
    add(at, byte)
  })
  add(bytes.length, 0x80)
  words[words.length - 1] = bytes.length * 8
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29)
  return words
}

function addBlock(state: Int32Array, schedule: Int32Array, block: Int32Array): void {
  schedule.set(block)
  for (let t = 16; t < 80; t++) schedule[t] = rotate(mix(schedule, t), 1)
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number]
  for (let t = 0; t < 80; t++) {
    const next = (rotate(a, 5) + choose(t, b, c, d) + e + (schedule[t] ?? 0)) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  ;[a, b, c, d, e].forEach((value, at) => {
    state[at] = (state[at] ?? 0) + value
  })
}

function mix(schedule: Int32Array, t: number): number {
  return (schedule[t - 3] ?? 0) ^ (schedule[t - 8] ?? 0) ^ (schedule[t - 14] ?? 0) ^ (schedule[t - 16] ?? 0)
}

function rotate(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count))
}

/** The function of a round with its constant. */
function choose(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}
