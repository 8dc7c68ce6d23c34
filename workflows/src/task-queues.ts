/** Who does what: workflow tasks, the record, all that talks to a source, computation, language models. */
export const taskQueues = ['workflows', 'ledger', 'warehouse', 'analysis', 'intelligence'] as const
export type TaskQueue = (typeof taskQueues)[number]
