/** The records take more than `most` bytes when they are decompressed. */
export class TooLargeError extends Error {
  constructor(most: number) {
    super(`its records take more than ${most >>> 20} MiB when they are decompressed`)
    this.name = 'TooLargeError'
  }
}
