// https://kafka.apache.org/protocol#The_Messages_Fetch

const correlationBytes = 4
const [throttleBytes, errorBytes, sessionBytes] = [4, 2, 4]

/** An answer of Kafka with an error code, where the code comes first after the throttle time: from version 1 on. */
export function withErrorCode(answer: Buffer, code: number): Buffer {
  const changed = Buffer.from(answer)
  changed.writeInt16BE(code, correlationBytes + throttleBytes)
  return changed
}

/** An answer to a fetch of version 7 to 11 as if the log ended where it was asked: nothing to read, and no end beyond. */
export function withoutRecords(answer: Buffer, version: number): Buffer {
  if (version < 7 || version > 11) throw new Error(`Fetches of version ${version} cannot be changed`)
  const kept: Buffer[] = []
  let [at, from] = [correlationBytes + throttleBytes + errorBytes + sessionBytes, 0]
  const int32 = () => {
    at += 4
    return answer.readInt32BE(at - 4)
  }
  for (let topics = int32(); topics > 0; topics--) {
    at += 2 + answer.readInt16BE(at) // its name
    for (let partitions = int32(); partitions > 0; partitions--) {
      at += 4 + errorBytes + 8 + 8 + 8 // partition, error, end of the log, last stable offset, start of the log
      at += Math.max(0, int32()) * 16 // aborted transactions
      if (version >= 11) at += 4 // preferred replica
      kept.push(answer.subarray(from, at), Buffer.alloc(4))
      at += Math.max(0, int32())
      from = at
    }
  }
  return Buffer.concat([...kept, answer.subarray(from)])
}
