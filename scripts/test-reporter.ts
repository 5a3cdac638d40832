import type { Reporter, TestModule } from 'vitest/node'

const listed = 10

/** Prints the slowest files and hands the counts to `npm test`, which prints them last; prints them itself where Vitest was started directly. */
export default class TestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const files = slowest(modules).map(({ file, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${file}\n`)
    process.stdout.write(`Slowest files:\n${files.join('')}`)
    const counts = countsOf(modules, unhandledErrors.length)
    if (process.send !== undefined) process.send(counts)
    else process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}

/** The longest files by the seconds of their tests, hooks and imports. */
function slowest(modules: readonly TestModule[]): readonly { readonly file: string; readonly seconds: number }[] {
  return modules
    .map((module) => ({ file: module.relativeModuleId, seconds: secondsOf(module) }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, listed)
}

function secondsOf(module: TestModule): number {
  const { collectDuration, duration } = module.diagnostic()
  return (collectDuration + duration) / 1_000
}

function countsOf(modules: readonly TestModule[], unhandledErrors: number) {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    let failedTests = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'failed') failedTests++
      else if (state === 'passed') counts.passed++
      else counts.skipped++
    }
    // A file that cannot be imported, or whose hooks fail, has failed even where no test of it ran.
    counts.failed += module.state() === 'failed' ? Math.max(1, failedTests) : failedTests
  }
  return counts
}
