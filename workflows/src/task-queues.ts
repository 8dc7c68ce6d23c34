/** Who does what: workflow tasks, the record, all that talks to a source, computation. */
export const taskQueues = ['workflows', 'ledger', 'warehouse', 'analysis'] as const
export type TaskQueue = (typeof taskQueues)[number]
