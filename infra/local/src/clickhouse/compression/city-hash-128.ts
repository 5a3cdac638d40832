// CityHash128 of CityHash 1.0.2, by which ClickHouse's protocol checks blocks; later versions of CityHash give other values.
// https://github.com/ClickHouse/ClickHouse/tree/master/contrib/cityhash102
// Each operation is cut to 64 bits at once: V8 then computes it in a register, not in a number of any length.

const k0 = 0xc3a5c85c97cb3127n
const k1 = 0xb492b66fbe98f273n
const k2 = 0x9ae16a3b2f90404fn
const k3 = 0xc949d7c7509e6557n
const k4 = 0x9ddfea08eb382d69n

const add = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a + b)
const multiply = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a * b)
const rotate = (a: bigint, by: bigint): bigint => (a >> by) | BigInt.asUintN(64, a << (64n - by))
const mix = (a: bigint): bigint => a ^ (a >> 47n)

function both(low: bigint, high: bigint): bigint {
  const a = mix(multiply(low ^ high, k4))
  return multiply(mix(multiply(high ^ a, k4)), k4)
}

type Pair = readonly [low: bigint, high: bigint]

/** @param data at least 8 bytes */
export function cityHash128(data: Uint8Array): Pair {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const length = data.length
  if (length >= 16) {
    const rest = new DataView(data.buffer, data.byteOffset + 16, length - 16)
    return seeded(rest, view.getBigUint64(0, true) ^ k3, view.getBigUint64(8, true))
  }
  const low = view.getBigUint64(0, true) ^ multiply(BigInt(length), k0)
  return ofShort(new DataView(data.buffer, data.byteOffset, 0), low, view.getBigUint64(length - 8, true) ^ k1)
}

function seeded(data: DataView, low: bigint, high: bigint): Pair {
  const length = data.byteLength
  if (length < 128) return ofShort(data, low, high)
  let [x, y, z] = [low, high, multiply(BigInt(length), k1)]
  let v0 = add(multiply(rotate(y ^ k1, 49n), k1), data.getBigUint64(0, true))
  let v1 = add(multiply(rotate(v0, 42n), k1), data.getBigUint64(8, true))
  let w0 = add(multiply(rotate(add(y, z), 35n), k1), x)
  let w1 = multiply(rotate(add(x, data.getBigUint64(88, true)), 53n), k1)
  let a = 0n
  let b = 0n

  /** What CityHash calls weak: mixes 32 bytes into `a` and `b`. */
  function weak(at: number): void {
    a = add(a, data.getBigUint64(at, true))
    b = rotate(add(add(b, a), data.getBigUint64(at + 24, true)), 21n)
    const c = a
    a = add(add(a, data.getBigUint64(at + 8, true)), data.getBigUint64(at + 16, true))
    b = add(add(b, rotate(a, 44n)), c)
    a = add(a, data.getBigUint64(at + 24, true))
  }

  const end = length - (length % 128)
  for (let at = 0; at < end; at += 64) {
    x = multiply(rotate(add(add(add(x, y), v0), data.getBigUint64(at + 16, true)), 37n), k1)
    y = multiply(rotate(add(add(y, v1), data.getBigUint64(at + 48, true)), 42n), k1)
    x ^= w1
    y ^= v0
    z = rotate(z ^ w0, 33n)
    a = multiply(v1, k1)
    b = add(x, w0)
    weak(at)
    v0 = a
    v1 = b
    a = add(z, w1)
    b = y
    weak(at + 32)
    w0 = a
    w1 = b
    const next = x
    x = z
    z = next
  }
  y = add(y, add(multiply(rotate(w0, 37n), k0), z))
  x = add(x, multiply(rotate(add(v0, z), 49n), k0))
  for (let at = length - 32; at > end - 32; at -= 32) {
    y = add(multiply(rotate(BigInt.asUintN(64, y - x), 42n), k0), v1)
    w0 = add(w0, data.getBigUint64(at + 16, true))
    x = add(multiply(rotate(x, 49n), k0), w0)
    w0 = add(w0, v0)
    a = v0
    b = v1
    weak(at)
    v0 = a
    v1 = b
  }
  x = both(x, v0)
  y = both(y, w0)
  return [add(both(add(x, v1), w1), y), both(add(x, w1), add(y, v1))]
}

function ofShort(data: DataView, low: bigint, high: bigint): Pair {
  const length = data.byteLength
  let [a, b, c, d] = [low, high, 0n, 0n]
  if (length <= 16) {
    a = multiply(mix(multiply(a, k1)), k1)
    c = add(multiply(b, k1), ofAtMost16(data))
    d = mix(add(a, length >= 8 ? data.getBigUint64(0, true) : c))
  } else {
    c = both(add(data.getBigUint64(length - 8, true), k1), a)
    d = both(add(b, BigInt(length)), add(c, data.getBigUint64(length - 16, true)))
    a = add(a, d)
    for (let at = 0; at < length - 16; at += 16) {
      a = multiply(a ^ multiply(mix(multiply(data.getBigUint64(at, true), k1)), k1), k1)
      b ^= a
      c = multiply(c ^ multiply(mix(multiply(data.getBigUint64(at + 8, true), k1)), k1), k1)
      d ^= c
    }
  }
  a = both(a, c)
  b = both(d, b)
  return [a ^ b, both(b, a)]
}

function ofAtMost16(data: DataView): bigint {
  const length = data.byteLength
  if (length === 0) return k2
  if (length > 8) {
    const last = data.getBigUint64(length - 8, true)
    return both(data.getBigUint64(0, true), rotate(add(last, BigInt(length)), BigInt(length))) ^ last
  }
  if (length >= 4)
    return both(BigInt(length) + (BigInt(data.getUint32(0, true)) << 3n), BigInt(data.getUint32(length - 4, true)))
  const y = data.getUint8(0) + (data.getUint8(length >> 1) << 8)
  const z = length + (data.getUint8(length - 1) << 2)
  return multiply(mix(multiply(BigInt(y), k2) ^ multiply(BigInt(z), k3)), k2)
}
