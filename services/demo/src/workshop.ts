import type { Producer } from '@headwater/producer'
import type { Lake } from './lake.ts'
import type { Story } from './story.ts'
import type { Warehouse } from './warehouse.ts'

/** What a team works with. */
export type Workshop = {
  readonly producer: Producer
  readonly warehouse: Warehouse
  readonly lake: Lake
  readonly story: Story
}
