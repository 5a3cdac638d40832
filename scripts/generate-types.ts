import { readFileSync, writeFileSync } from 'node:fs'
import { eventTypesSource } from './event-types-source.ts'

// Writes schemas/src/events.ts from schemas/avro/*.avsc.
const read = (name: string) => readFileSync(new URL(`../schemas/avro/${name}.avsc`, import.meta.url), 'utf8')
const target = new URL('../schemas/src/events.ts', import.meta.url)
writeFileSync(target, eventTypesSource(['materialization-event', 'asset-event', 'check-event', 'job-event'].map(read)))
