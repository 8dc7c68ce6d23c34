import { useSyncExternalStore } from 'react'
import { OperationLine } from './operation-line.tsx'
import { watchedOperations } from './watched-operations.ts'

/** The bulk operations that were begun here, below whatever page is open, until they are put away. */
export function OperationsDock() {
  const ids = useSyncExternalStore(watchedOperations.subscribe, watchedOperations.ids)
  return ids.map((id) => <OperationLine key={id} operationId={id} onPutAway={() => watchedOperations.remove(id)} />)
}
