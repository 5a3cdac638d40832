import type { Producer } from '@headwater/producer'
import type { Lake } from '../storage/lake.ts'
import type { Warehouse } from '../storage/warehouse.ts'
import type { Story } from '../story.ts'

/** What a team works with. */
export type Workshop = {
  readonly producer: Producer
  readonly warehouse: Warehouse
  readonly lake: Lake
  readonly story: Story
}
