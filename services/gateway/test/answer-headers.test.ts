import { describeAnswers } from '../../../infra/http/test/answers.contract.ts'
import { buildApp } from '../src/app.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

const app = await buildApp({ log: new InMemoryEventLog() })
await app.ready()
describeAnswers(app)
