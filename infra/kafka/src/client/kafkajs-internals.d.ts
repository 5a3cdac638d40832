declare module 'kafkajs/src/network/requestQueue/index.js' {
  const RequestQueue: { prototype: { scheduleCheckPendingRequests(this: unknown): void } }
  export default RequestQueue
}

declare module 'kafkajs/src/consumer/batch.js' {
  type Fetched = { readonly rawMessages: readonly unknown[]; isEmpty(): boolean }
  const Batch: { prototype: { isEmpty(this: Fetched): boolean } }
  export default Batch
}
