import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take long though they mostly wait. They start first, also where no earlier run is recorded, since a long file that starts late ends last. */
const longest = ['replay.integration.test.ts', 'kafka-transport.integration.test.ts', 'up.integration.test.ts']

/** Vitest's own order (failed before, then longest before), with the longest files ahead of it. */
export default class TestSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((name) => moduleId.endsWith(name))
      return rank === -1 ? longest.length : rank
    }
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b))
  }
}
