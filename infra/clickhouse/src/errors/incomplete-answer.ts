/** A 200 whose body is not the whole answer of ClickHouse: cut by a proxy, or another server's. The call may have been executed. */
export class IncompleteAnswer extends Error {
  override readonly name = 'IncompleteAnswer'
}
