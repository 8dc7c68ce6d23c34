/** Who does what: workflow tasks, the record, all that talks to a source, computation, language models, notices to people. */
export const taskQueues = ['workflows', 'ledger', 'warehouse', 'analysis', 'intelligence', 'alerts'] as const
export type TaskQueue = (typeof taskQueues)[number]
