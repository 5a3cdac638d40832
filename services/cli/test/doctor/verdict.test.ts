import { expect, it } from 'vitest'
import { type Finding, verdictOf } from '../../src/doctor/finding.ts'

const fine: Finding = { name: 'Kafka', ok: true, needed: true, detail: '', remedy: '' }
const down: Finding = { ...fine, name: 'Gateway', ok: false }
const unsuitable: Finding = { ...fine, name: 'Topics', ok: false, setting: 'cleanup.policy of openlineage.events' }

it('says that everything works, also where something that is not needed does not', () => {
  expect(verdictOf([fine, { ...down, needed: false }, { ...unsuitable, needed: false }])).toBe(
    'Everything needed works',
  )
})

it('names what is down or refused', () => {
  expect(verdictOf([fine, down, { ...down, name: 'API key' }])).toBe(
    'Something needed is down or refused: Gateway, API key',
  )
})

it('says that everything runs where only the settings of topics are wrong, and names them', () => {
  const [wrong, fix] = ['topics have other settings than it needs', 'fix cleanup.policy of openlineage.events']
  expect(verdictOf([fine, unsuitable])).toBe(`Everything needed runs, but ${wrong}; ${fix}: events are lost or wrong`)
  expect(verdictOf([down, unsuitable])).toBe(
    `Something needed is down or refused: Gateway. Also ${fix}: events are lost or wrong`,
  )
})
