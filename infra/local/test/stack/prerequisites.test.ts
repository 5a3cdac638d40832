import { expect, test } from 'vitest'
import { missingPrerequisites } from '../../src/stack/prerequisites.ts'

const all = { java: 17, maven: true, docker: false }

test('nothing is missing with Java 17 and Maven', () => {
  expect(missingPrerequisites(all, false)).toBeUndefined()
})

test('Maven is not missed once it has done its work', () => {
  expect(missingPrerequisites({ ...all, maven: false }, true)).toBeUndefined()
  expect(missingPrerequisites({ ...all, maven: false }, false)).toMatch(/^Missing Maven 3\.8 or newer\. Install it \(/)
})

test('everything that is missing is reported at once, in one line', () => {
  const text = missingPrerequisites({ java: 11, maven: false, docker: false }, false)
  expect(text).toMatch(/^Missing Java 17 or newer \(found 11\) and Maven 3\.8 or newer\. Install them/)
  expect(text).toContain('Docker')
  expect(text).not.toContain('\n')
})
