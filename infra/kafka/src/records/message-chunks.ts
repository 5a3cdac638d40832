import { chunksOf } from './chunks-of.ts'

type Sized = { readonly value: Buffer }

// A broker takes a megabyte of records at once unless told otherwise; what a record has beside its value is small, but counts.
const mostBytes = 768 << 10
const bytesBeside = 512

/** Messages in parts that a broker takes at once; a large one is alone. */
export const messageChunks = <M extends Sized>(messages: readonly M[]): readonly (readonly M[])[] =>
  chunksOf(messages, { sizeOf: ({ value }) => value.length + bytesBeside, mostBytes })
