import { buildMaterialization } from '@headwater/testing'
import { describeAnswers } from '../../../infra/http/test/answers.contract.ts'
import { buildApp } from '../src/app.ts'
import { createInMemoryStore } from './oracle/in-memory-store.ts'

const app = await buildApp({ store: createInMemoryStore([buildMaterialization({ outputs: ['s3://lake/orders'] })]) })
await app.ready()
describeAnswers(app)
